using System.IO.Compression;
using System.Text;
using Entail.Audit;
using Entail.Catalog;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Tests.Audit;

/// <summary>A small made hub as inputs of an audit: records with all that is odd about records, a packed file that breaks off, and folders.</summary>
internal static class MadeHub
{
    private static readonly Lazy<Identifier> Identifying = new(() =>
        new Identifier(FingerprintIndex.Load(EmbeddedCatalog.Fingerprints().ToArray()), Repository.Catalog)
    );

    /// <summary>The names of the inputs, in their order.</summary>
    public static readonly string[] Names = ["one.jsonl", "two.jsonl.gz", "hub"];

    /// <summary>Writes the inputs and gives their paths.</summary>
    public static string[] Write(Folder folder, int records)
    {
        var random = new Random(records);
        string[] licenses = ["mit", "apache-2.0", "deepseek", "cc-by-nc-4.0", "llama2", "other", "nobody-knows-it", "MIT"];
        string Record(int i)
        {
            var isAgain = random.Next(10) == 0;
            var number = isAgain ? random.Next(i + 1) : i;
            var id = isAgain ? $"Made/W{number}" : $"made/w{number}";
            // Circles at the end alone: what is after one is dear to decide.
            var bases = i > records * 9 / 10 ? records : number + 1;
            var tags = Enumerable
                .Range(0, random.Next(3))
                .Select(_ => $"\"base_model:{(random.Next(4) == 0 ? "finetune:" : "")}made/w{random.Next(bases)}\"")
                .Append($"\"license:{licenses[random.Next(licenses.Length)]}\"");
            return random.Next(20) switch
            {
                0 => "{\"nonsense\":true}",
                1 =>
                    $$$"""{"id":"{{{id}}}","cardData":{"license":"other","license_name":"My «own» license","base_model":["made/w1","made/w2"]}}""",
                2 => $$$"""{"id":"{{{id}}}","tags":["base_model:deepseek-ai/deepseek-coder-6.7b-base","license:mit","dataset:{{{id}}}"]}""",
                _ => $$$"""{"id":"{{{id}}}","tags":[{{{string.Join(',', tags)}}}],"downloads":{{{random.Next(1000)}}}}""",
            };
        }
        var lines = Enumerable.Range(0, records).Select(Record).ToList();
        folder.Write("one.jsonl", string.Join('\n', lines[..(records / 2)]));
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines[(records / 2)..])));
        }
        File.WriteAllBytes(Path.Combine(folder.Path, "two.jsonl.gz"), packed.ToArray()[..^20]);
        var text = File.ReadAllText(Path.Combine(Repository.Root, "LICENSE"));
        for (var i = 0; i < 6; i++)
        {
            folder.Write($"hub/made/w{i}/README.md", $"---\nlicense: {licenses[i]}\nbase_model: made/w{i + 1}\n---\n# w{i}\n");
            folder.Write($"hub/made/f{i}/README.md", $"---\nbase_model: made/w{i}\n---\n# f{i}\n");
            folder.Write($"hub/made/f{i}/LICENSE", text);
        }
        return [.. Names.Select(n => Path.Combine(folder.Path, n))];
    }

    /// <summary>Reads a share.</summary>
    public static HubReading Reading(Share share) => new(Repository.Catalog, () => Identifying.Value, share);

    /// <summary>Writes the shard of a share.</summary>
    public static string Shard(string folder, Share share, string[] inputs)
    {
        var path = Path.Combine(folder, ShardFile.NameOf(share));
        var reading = Reading(share);
        using var file = File.Create(path);
        ShardFile.Write(file, ShardHeadJson.For(share, inputs, Repository.Catalog), reading.Records(inputs), () => reading.Places);
        return path;
    }

    /// <summary>Opens shards.</summary>
    public static ShardMerge Merge(params string[] files) => new(files, ShardHeadJson.For(Share.Whole, [], Repository.Catalog));

    /// <summary>All that an audit of these records writes.</summary>
    public static string Outputs(IEnumerable<ParsedRecord> records, IReadOnlyList<string> inputs)
    {
        var auditing = new Auditing(Repository.Catalog, Repository.Today);
        return Outputs(auditing, auditing.Run(records, null), inputs);
    }

    /// <summary>All that an audit writes.</summary>
    public static string Outputs(Auditing auditing, AuditResult result, IReadOnlyList<string> inputs)
    {
        var say = new Phrases(Repository.Catalog, Lang.En);
        var summary = auditing.Summary(result, inputs, say);
        return string.Join(
            '\n',
            [
                .. auditing.Lines(result).Select(l => Encoding.UTF8.GetString(l.Lines.Span)),
                DocumentWriter.Json(summary, indented: true),
                new AuditReport(auditing, say).Page(result, summary),
            ]
        );
    }
}
