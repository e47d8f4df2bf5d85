using System.IO.Compression;
using System.Text;
using Entail.Audit;

namespace Entail.Tests.Audit;

/// <summary>The shards of an audit: joined they are one run, and what is not whole is told.</summary>
public sealed class ShardTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Shards_joined_in_any_order_are_the_bytes_of_one_run(int count)
    {
        var inputs = MadeHub.Write(folder, 600);
        var expected = MadeHub.Outputs(MadeHub.Reading(Share.Whole).Records(inputs).Select(r => r.Record), MadeHub.Names);
        var files = Enumerable.Range(1, count).Select(i => MadeHub.Shard(folder.Path, new Share(i, count), inputs)).ToArray();
        new Random(count).Shuffle(files);

        using var merge = MadeHub.Merge(files);

        Assert.Equal(MadeHub.Names, merge.Inputs);
        Assert.Equal(expected, MadeHub.Outputs(merge.Records(), merge.Inputs));
        Assert.Contains("\"two.jsonl.gz: the file breaks off within a record\",\n      \"count\": 1", expected, StringComparison.Ordinal);
        Assert.DoesNotContain("\"duplicates\": 0", expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_made_again_has_the_same_bytes()
    {
        var inputs = MadeHub.Write(folder, 700);
        var first = File.ReadAllBytes(MadeHub.Shard(folder.Path, new Share(2, 3), inputs));

        Assert.Equal(first, File.ReadAllBytes(MadeHub.Shard(folder.Path, new Share(2, 3), inputs)));
    }

    [Fact]
    public void Each_record_is_in_one_share_whatever_the_letter_case_of_its_name()
    {
        var inputs = MadeHub.Write(folder, 700);
        var shares = Enumerable.Range(1, 5).Select(i => MadeHub.Reading(new Share(i, 5)).Records(inputs).ToList()).ToList();

        Assert.Equal(
            MadeHub.Reading(Share.Whole).Records(inputs).Select(r => (r.Input, r.Ordinal)),
            shares.SelectMany(s => s).Select(r => (r.Input, r.Ordinal)).Order()
        );
        Assert.All(shares, s => Assert.InRange(s.Count, 700 / 5 / 2, 700 / 5 * 2));
        Assert.Equal(new Share(4, 7).Holds("Made/W1"), new Share(4, 7).Holds("made/w1"));
    }

    [Theory]
    [InlineData("missing", "of 3 shards 1 is missing: 2; make it: entail audit one.jsonl two.jsonl.gz hub --shard 2/3 --out DIR")]
    [InlineData("doubled", "are both shard 2/3; name one of them")]
    [InlineData("cut", "is cut short or damaged; make it again: entail audit one.jsonl two.jsonl.gz hub --shard 2/3 --out DIR")]
    [InlineData("headless", "is no shard of an audit, or breaks off in its first line")]
    [InlineData("a line less", "is cut short or damaged; make it again")]
    [InlineData("no last line", "is cut short or damaged; make it again")]
    [InlineData("other catalog", "was made with the catalog sha256:0, and this is sha256:")]
    [InlineData("other version", "was made by entail 0.0.0, and this is")]
    [InlineData("other inputs", "is of one.jsonl, two.jsonl.gz, hub, and")]
    [InlineData("other count", "is one of 3 shards, and")]
    [InlineData("input that grew", "an input changed in between; make all shards again")]
    public void What_is_not_all_shards_of_one_audit_is_told(string wrong, string said)
    {
        var inputs = MadeHub.Write(folder, 100);
        var files = Enumerable.Range(1, 3).Select(i => MadeHub.Shard(folder.Path, new Share(i, 3), inputs)).ToList();
        var catalog = Repository.Catalog.Digest;
        var head = ShardHeadJson.For(new Share(2, 3), inputs, Repository.Catalog);
        switch (wrong)
        {
            case "missing":
                files.RemoveAt(1);
                break;
            case "doubled":
                File.Copy(files[1], files[1] + ".gz");
                files.Add(files[1] + ".gz");
                break;
            case "cut":
                File.WriteAllBytes(files[1], File.ReadAllBytes(files[1])[..^30]);
                break;
            case "headless":
                File.WriteAllBytes(files[1], File.ReadAllBytes(files[1])[..12]);
                break;
            case "a line less":
                Change(files[1], lines => [.. lines[..3], .. lines[4..]]);
                break;
            case "no last line":
                Change(files[1], lines => lines[..^1]);
                break;
            case "other catalog":
                Change(files[1], lines => [lines[0].Replace(catalog, "sha256:0", StringComparison.Ordinal), .. lines[1..]]);
                break;
            case "other version":
                Change(files[1], lines => [lines[0].Replace($"\"{head.Tool}\"", "\"0.0.0\"", StringComparison.Ordinal), .. lines[1..]]);
                break;
            case "other inputs":
                files[1] = MadeHub.Shard(folder.Path, new Share(2, 3), inputs[..2]);
                break;
            case "other count":
                files[1] = MadeHub.Shard(folder.Path, new Share(2, 4), inputs);
                break;
            default:
                folder.Write("hub/made/new/README.md", "---\nlicense: mit\n---\n");
                MadeHub.Shard(folder.Path, new Share(2, 3), inputs);
                break;
        }

        var problem = Assert.Throws<InvalidDataException>(() =>
        {
            using var merge = MadeHub.Merge([.. files]);
            _ = merge.Records().Count();
        });

        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1/1", true)]
    [InlineData("3/8", true)]
    [InlineData("0/8", false)]
    [InlineData("9/8", false)]
    [InlineData("3", false)]
    [InlineData("-1/8", false)]
    [InlineData("a/b", false)]
    public void A_share_is_written_as_which_of_how_many(string written, bool isShare) =>
        Assert.Equal(isShare ? written : null, Share.Parse(written)?.ToString());

    private static void Change(string file, Func<string[], string[]> change)
    {
        string[] lines;
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress)))
        {
            lines = reader.ReadToEnd().TrimEnd('\n').Split('\n');
        }
        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest), new UTF8Encoding(false));
        writer.Write(string.Concat(change(lines).Select(l => l + "\n")));
    }
}
