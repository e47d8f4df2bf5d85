using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Entail.Catalog;
using Entail.Core;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read.Stores;

namespace Entail.Bench;

/// <summary>How fast a folder is checked in process: 500 files that it makes, 200 of them weights of 1 GB each, without their bytes.</summary>
internal static class CheckFolder
{
    private const int Runs = 51;
    private const int Shards = 200;
    private const int Sources = 297;
    private const long ShardBytes = 1L << 30;

    private static readonly DateOnly Today = new(2026, 11, 1);

    public static void Run(string license, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("entail-bench-");
        try
        {
            Fill(folder.FullName, license);
            var catalog = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
            var identifier = new Identifier(FingerprintIndex.Load(EmbeddedCatalog.Fingerprints()), catalog);
            var times = new List<double>();
            var allocated = 0L;
            for (var i = 0; i < Runs; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var begin = Stopwatch.GetTimestamp();
                new Checking(catalog, identifier, Today).Check(
                    StoredWork.In(folder.FullName),
                    null,
                    new CheckOptions([], null, Facts.None, null)
                );
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a folder of {Shards + Sources + 3} files, {Shards} GB: first {times[0]:n0} ms, median of {Runs} {times.Order().ElementAt(Runs / 2):n1} ms, worst of the rest {times.Skip(1).Max():n1} ms; {allocated / 1e6:n1} MB allocated"
                )
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Fill(string folder, string license)
    {
        File.WriteAllText(
            Path.Combine(folder, "README.md"),
            "---\nlicense: deepseek\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n# big\n\nFine-tuned from deepseek-ai/deepseek-coder-6.7b-base.\n"
        );
        File.WriteAllText(Path.Combine(folder, "config.json"), "{}");
        File.Copy(license, Path.Combine(folder, "LICENSE"));
        var tensors = Enumerable
            .Range(0, 30)
            .Select(i => $"\"model.layers.{i}.w\":{{\"dtype\":\"BF16\",\"shape\":[4096,4096],\"data_offsets\":[0,33554432]}}");
        var header = Encoding.UTF8.GetBytes($"{{\"__metadata__\":{{\"format\":\"pt\"}},{string.Join(',', tensors)}}}");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        for (var i = 1; i <= Shards; i++)
        {
            using var shard = new FileStream(Path.Combine(folder, $"model-{i:D5}-of-{Shards:D5}.safetensors"), FileMode.Create);
            shard.Write(length);
            shard.Write(header);
            shard.SetLength(ShardBytes);
        }
        var source = Directory.CreateDirectory(Path.Combine(folder, "src")).FullName;
        for (var i = 0; i < Sources; i++)
        {
            File.WriteAllText(Path.Combine(source, $"module{i}.py"), $"# SPDX-License-Identifier: MIT\nx = {i}\n");
        }
    }
}
