using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Entail.Tests.Cli;

/// <summary>Edges beside records: each is read as a tag of the child's record would be, and wrong lines cost themselves alone.</summary>
public sealed class AuditEdgesTests : IDisposable
{
    private const string Heading = "parent\tchild\trelation\n";

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_edge_is_a_tag_of_the_childs_record_whatever_comes_first()
    {
        folder.Write(
            "hub.jsonl",
            """
            {"id":"lab/base","tags":["license:deepseek"]}
            {"id":"else/none","tags":["license:mit"]}
            {"id":"else/same","tags":["license:mit","base_model:lab/base","base_model:finetune:lab/base"]}
            {"id":"else/loose","tags":["license:mit","base_model:lab/base"]}
            {"id":"else/card","cardData":{"license":"mit","base_model":"lab/other"}}
            {"id":"else/tuned","cardData":{"license":"mit","base_model":"lab/other","base_model_relation":"finetune"}}
            """
        );
        folder.Write(
            "edges.tsv",
            Heading
                + "lab/base\telse/none\tadapter\n"
                + "LAB/BASE\tElse/Same\tquantized\n"
                + "https://huggingface.co/lab/base\telse/loose\tadapter\n"
                + "lab/base\telse/card\tadapter\nlab/other\telse/card\tadapter\n"
                + "lab/base\telse/tuned\tadapter\n"
                + "lab/base\telse/new\tmerge\nelse/none\telse/new\tmerge\n"
        );
        folder.Write(
            "told.jsonl",
            """
            {"id":"lab/base","tags":["license:deepseek"]}
            {"id":"else/none","tags":["license:mit","base_model:adapter:lab/base"]}
            {"id":"else/same","tags":["license:mit","base_model:finetune:lab/base"]}
            {"id":"else/loose","tags":["license:mit","base_model:adapter:lab/base"]}
            {"id":"else/card","tags":["license:mit","base_model:adapter:lab/other","base_model:adapter:lab/base"]}
            {"id":"else/tuned","tags":["license:mit","base_model:finetune:lab/other","base_model:adapter:lab/base"]}
            {"id":"else/new","tags":["base_model:merge:lab/base","base_model:merge:else/none"]}
            """
        );
        Audit("told.jsonl");
        var expected = Lines();

        foreach (var inputs in new[] { "hub.jsonl edges.tsv", "edges.tsv hub.jsonl" })
        {
            var run = Audit(inputs);

            Assert.Equal((0, ""), (run.Code, run.Error));
            Assert.Equal(expected, Lines());
            Assert.Equal(["1 a work that only edges tell of; its license is not known"], Problems());
        }
        Assert.Contains("\"kind\":\"adapter\"", expected[1], StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"model\"", expected[5], StringComparison.Ordinal);
        Assert.Contains("license-undeclared", expected[6], StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_lines_are_counted_and_the_rest_goes_on()
    {
        folder.Write("hub.jsonl", """{"id":"a/b","tags":["license:mit"]}""");
        folder.Write(
            "edges.tsv",
            "\uFEFFparent\tchild\trelation\r\n"
                + "a/b\ta/c\tfinetune\r\n\r\n"
                + "a/b\ta/c\n"
                + "a/b\ta/c\tinspired\n"
                + "a/b\tnot a name\tmerge\nnone\ta/c\tmerge\n\t\t\na/b\ta/\"},{\"id\":\"x\tmerge\n"
                + $"{new string('x', 5_000_000)}\ta/c\tmerge\n"
                + "./mine\ta/d\tmerge\n"
                + "a/b\ta/e\tquantized\tand more"
        );

        var run = Audit("edges.tsv hub.jsonl");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["a/b", "a/c", "a/d", "a/e"], Lines().Select(l => JsonDocument.Parse(l).RootElement.GetProperty("id").GetString()));
        Assert.Equal(
            [
                "4 a line of edges lacks a name on the hub",
                "3 a work that only edges tell of; its license is not known",
                "1 `base_model:` gives a path, …, which nobody else can follow. Write the name on the hub, `org/name`.",
                "1 a line of edges has a relation that is none of finetune, adapter, quantized, merge",
                "1 a line of edges has fewer than three columns",
                "1 a line of edges is longer than 1000 characters",
            ],
            Problems()
        );
    }

    [Fact]
    public void A_work_of_countless_edges_keeps_the_first_thousand()
    {
        folder.Write("edges.tsv", Heading + string.Concat(Enumerable.Range(0, 1200).Select(i => $"a/p{i}\ta/c\tmerge\n")));

        Audit("edges.tsv");

        Assert.Equal(1000, JsonDocument.Parse(Read("summary.json")).RootElement.GetProperty("edges").GetInt32());
        Assert.Contains("200 a work has more than 1000 edges; the first 1000 count", Problems());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b\ta/c\tmerge\n")]
    [InlineData("parent,child,relation\na/b,a/c,merge\n")]
    [InlineData("{\"id\":\"a/b\"}")]
    public void A_file_without_the_heading_is_told_and_passed_over(string text)
    {
        folder.Write("hub.jsonl", """{"id":"a/b","tags":["license:mit"]}""");
        folder.Write("edges.tsv", text);

        var run = Audit("hub.jsonl edges.tsv");

        Assert.Equal(0, run.Code);
        Assert.Contains("edges.tsv: its first line is not `parent`, `child` and `relation`", run.Error, StringComparison.Ordinal);
        Assert.Single(Lines());
        var alone = Audit("edges.tsv");
        Assert.Equal(3, alone.Code);
        Assert.Contains("no records were found (edges.tsv: its first line", alone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Packed_edges_are_read_as_far_as_they_go()
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(Heading + string.Concat(Enumerable.Range(0, 9000).Select(i => $"a/b\ta/c{i}\tmerge\n"))));
        }
        var file = Path.Combine(folder.Path, "edges.tsv.gz");
        File.WriteAllBytes(file, packed.ToArray());

        Audit("edges.tsv.gz");
        Assert.Equal(9000, Lines().Count);

        File.WriteAllBytes(file, packed.ToArray()[..100_000]);
        var run = Audit("edges.tsv.gz");
        Assert.Equal(0, run.Code);
        Assert.InRange(Lines().Count, 1, 8999);
        Assert.Contains("edges.tsv.gz: the file breaks off within a line", run.Error, StringComparison.Ordinal);

        File.WriteAllText(file, "no gzip");
        Assert.Contains("the packed data is damaged from here on", Audit("edges.tsv.gz").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_and_folders_take_edges_too_and_what_changed_since_does_not()
    {
        folder.Write(
            "hub.jsonl",
            string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{{\"id\":\"a/r{i}\",\"tags\":[\"license:mit\"]}}"))
        );
        folder.Write("copy/lab/work/README.md", "---\nlicense: mit\nbase_model: a/r1\n---\n");
        folder.Write(
            "edges.tsv",
            Heading
                + "a/r1\tlab/work\tquantized\na/r2\tLab/Work\tmerge\nno line\n"
                + string.Concat(Enumerable.Range(0, 40).Select(i => $"a/base\ta/r{i}\tmerge\na/r{i}\ta/n{i}\tfinetune\n"))
        );
        var inputs = "edges.tsv hub.jsonl copy";
        Audit(inputs);
        var (lines, summary) = (Lines(), Read("summary.json"));

        Assert.Equal(81, lines.Count);
        Assert.Equal(82, JsonDocument.Parse(summary).RootElement.GetProperty("edges").GetInt32());
        foreach (var share in new[] { "3/3", "1/3", "2/3" })
        {
            Command.RunIn(folder.Path, null, null, ["audit", .. inputs.Split(' '), "--shard", share, "--out", "shards"]);
        }
        Command.RunIn(folder.Path, null, null, ["audit", "merge", "shards", "--out", "out", "--date", "2026-11-01"]);
        Assert.Equal(lines, Lines());
        Assert.Equal(summary, Read("summary.json"));

        Command.RunIn(folder.Path, null, null, ["audit", "hub.jsonl", "edges.tsv", "--out", "kept", "--to", "records"]);
        var since = Command.RunIn(folder.Path, null, null, ["audit", "hub.jsonl", "--since", "kept", "--out", "out"]);
        Assert.Equal(3, since.Code);
        Assert.Contains("leave out --since and give all inputs", since.Error, StringComparison.Ordinal);
    }

    private Run Audit(string inputs) =>
        Command.RunIn(folder.Path, null, null, ["audit", .. inputs.Split(' '), "--out", "out", "--date", "2026-11-01"]);

    private List<string> Lines() => [.. File.ReadAllLines(Path.Combine(folder.Path, "out", "works.jsonl"))];

    private string Read(string name) => File.ReadAllText(Path.Combine(folder.Path, "out", name));

    private IEnumerable<string> Problems() =>
        JsonDocument
            .Parse(Read("summary.json"))
            .RootElement.GetProperty("problems")
            .EnumerateArray()
            .Select(p => $"{p.GetProperty("count")} {p.GetProperty("name")}");
}
