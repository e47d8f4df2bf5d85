using System.Diagnostics;
using Entail.Audit;
using Entail.Tests.Audit;

namespace Entail.Tests.Cli;

/// <summary><c>audit --shard</c> and <c>audit merge</c> as their users meet them, and as a machine that fails meets them.</summary>
public sealed class AuditShardTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_shard_that_is_killed_at_any_moment_and_made_again_is_whole()
    {
        MadeHub.Write(folder, 200);
        folder.Write(
            "large.jsonl",
            string.Join(
                '\n',
                Enumerable
                    .Range(1, 40_000)
                    .Select(i => $$$"""{"id":"large/w{{{i}}}","tags":["license:mit","base_model:large/w{{{i / 2}}}"]}""")
            )
        );
        string[] inputs = ["large.jsonl", .. MadeHub.Names];
        Audit([.. inputs, "--out", "one"]);
        Audit([.. inputs, "--shard", "1/2", "--out", "shards"]);
        var whole = File.ReadAllBytes(Shard(1));
        File.Delete(Shard(1));
        var random = new Random(7);

        for (var i = 0; i < 4; i++)
        {
            Kill(TimeSpan.FromMilliseconds(random.Next(50, 1500)), [.. inputs, "--shard", "1/2", "--out", "shards"]);
            Assert.True(!File.Exists(Shard(1)) || whole.AsSpan().SequenceEqual(File.ReadAllBytes(Shard(1))));
        }
        Audit([.. inputs, "--shard", "1/2", "--out", "shards"]);
        Audit([.. inputs, "--shard", "2/2", "--out", "shards"]);
        Audit(["merge", "shards", "--out", "merged"]);

        Assert.Equal(
            ["shard-1-of-2.jsonl.gz", "shard-2-of-2.jsonl.gz"],
            Directory.GetFiles(Path.Combine(folder.Path, "shards")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
        );
        foreach (var name in new[] { "works.jsonl", "summary.json", "report.html" })
        {
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(folder.Path, "one", name)),
                File.ReadAllBytes(Path.Combine(folder.Path, "merged", name))
            );
        }
    }

    [Theory]
    [InlineData("hub.jsonl --shard 3/2", "--shard 3/2: write which share and of how many")]
    [InlineData("nowhere --shard 1/2", "there is no file nowhere; name files of records as the hub's list API returns them, or folders")]
    [InlineData("empty --shard 1/2", "empty: no records were found")]
    [InlineData("merge nowhere", "there is no nowhere; name DIR, or the files in it, of `entail audit INPUT... --shard I/N --out DIR`")]
    [InlineData("merge .", ". holds no records of an audit; make them: entail audit INPUT... --shard I/N --out .")]
    [InlineData("merge hub.jsonl", "hub.jsonl is no shard of an audit")]
    [InlineData("hub.jsonl merge hub.jsonl", "`merge` joins shards and comes first")]
    public void Wrong_use_is_told(string arguments, string said)
    {
        folder.Write("hub.jsonl", "{\"id\":\"a/b\",\"tags\":[\"license:mit\"]}");

        Directory.CreateDirectory(Path.Combine(folder.Path, "empty"));
        var output = Directory.CreateDirectory(Path.Combine(folder.Path, "out"));

        var run = Run([.. arguments.Split(' '), "--out", "out"]);

        Assert.Equal(3, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Empty(output.GetFiles());
    }

    [Fact]
    public void An_input_named_merge_is_reached_by_its_path()
    {
        folder.Write("merge", "{\"id\":\"a/b\",\"tags\":[\"license:mit\"]}");

        Audit(["./merge", "--out", "out"]);

        Assert.Single(File.ReadAllLines(Path.Combine(folder.Path, "out", "works.jsonl")));
    }

    private string Shard(int index) => Path.Combine(folder.Path, "shards", ShardFile.NameOf(new Share(index, 2)));

    private Run Run(string[] arguments) => Command.RunIn(folder.Path, null, null, ["audit", .. arguments, "--date", "2026-11-01"]);

    private void Audit(string[] arguments)
    {
        var run = Run(arguments);
        Assert.True(run.Code == 0, run.Error);
    }

    private void Kill(TimeSpan after, string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "entail.dll"), "audit", .. arguments, "--quiet"]
        )
        {
            WorkingDirectory = folder.Path,
        };
        using var process = Process.Start(start)!;
        process.WaitForExit(after);
        process.Kill(); // SIGKILL
        process.WaitForExit();
    }
}
