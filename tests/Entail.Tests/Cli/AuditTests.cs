using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Entail.Tests.Audit;

namespace Entail.Tests.Cli;

/// <summary><c>audit</c> as its users meet it: every work a line, the numbers, a page, and what becomes of bad input.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_work_is_a_line_with_its_verdict_and_what_is_wrong()
    {
        folder.Write(
            "hub.jsonl",
            """
            {"id":"lab/base","tags":["license:deepseek"],"downloads":5}
            {"id":"lab/kept","tags":["license:deepseek","base_model:lab/base","base_model:finetune:lab/base"]}
            {"id":"else/dropped","tags":["license:mit","base_model:lab/base","base_model:finetune:lab/base"],"downloads":9}
            {"id":"else/again","tags":["license:mit","base_model:else/dropped"]}
            {"id":"else/circle","tags":["license:mit","base_model:else/circle"]}
            {"id":"else/dropped","tags":["license:gpl-3.0"]}
            {"id":"else/bare"}
            {"nonsense":true}
            """
        );

        var run = Audit("hub.jsonl");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var lines = Lines();
        Assert.Equal(
            ["lab/base", "lab/kept", "else/dropped", "else/again", "else/circle", "else/bare"],
            lines.Select(l => l.GetProperty("id").GetString())
        );
        Assert.Equal(
            ["", "", "restrictions-dropped", "restrictions-dropped", "lineage-cycle", "license-undeclared"],
            lines.Select(l => string.Join(' ', l.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString())))
        );
        Assert.Equal("lab/base", lines[3].GetProperty("findings")[0].GetProperty("origin").GetString());
        var summary = Json("summary.json");
        Assert.Equal(
            (6, 4, 1, 1),
            (Number(summary, "works"), Number(summary, "edges"), Number(summary, "duplicates"), Number(summary, "cyclic"))
        );
        Assert.Contains("lab/base → fine-tune → else/dropped → fine-tune → else/again", Page().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_lines_and_packed_files_come_to_the_same_bytes()
    {
        string[] records =
        [
            "{\"id\":\"a/b\",\"tags\":[\"license:mit\"]}",
            "{\"id\":\"a/c\",\"tags\":[\"license:mit\",\"base_model:a/b\"]}",
        ];
        folder.Write("hub.json", $"[{string.Join(",\n", records)}]");
        Audit("hub.json");
        var expected = Lines().Select(l => l.GetRawText()).ToList();
        folder.Write("one.jsonl", records[0]);
        folder.Write("two.jsonl", records[1]);
        using (var packed = new GZipStream(File.Create(Path.Combine(folder.Path, "hub.jsonl.gz")), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(string.Join('\n', records)));
        }

        foreach (var input in new[] { "hub.jsonl.gz", "one.jsonl two.jsonl" })
        {
            Audit(input);
            Assert.Equal(expected, Lines().Select(l => l.GetRawText()));
        }
    }

    [Fact]
    public void What_is_not_understood_is_counted_by_kind_and_passes_for_nothing()
    {
        folder.Write(
            "hub.jsonl",
            """
            {"id":"a/fine","tags":["license:mit"]}
            {"id":"a/path","tags":["license:mit","base_model:./out/one"]}
            {"id":"a/drive","cardData":{"license":"mit","base_model":"C:\\models\\two"}}
            {"id":"a/number","cardData":{"license":"mit","base_model":7}}
            {"id":"a/mapping","cardData":{"license":"mit","base_model":{"id":"a/fine"}}}
            {"id":"a/british","tags":["licence:mit"]}
            {"id":"a/fine","tags":["license:gemma"]}
            {"id":"a/fine","downloads":7,"tags":["license:mit","en"]}
            {"id":"a/broken","tags":["lic
            null
            {"id":"a/last","tags":["license:mit"]}
            """
        );

        var run = Audit("hub.jsonl");

        Assert.Equal(0, run.Code);
        Assert.Equal(
            [
                "a/fine permitted-with-duties",
                "a/path unclear",
                "a/drive unclear",
                "a/number unclear",
                "a/mapping unclear",
                "a/british permitted-with-duties",
                "a/last permitted-with-duties",
            ],
            Lines().Select(l => $"{l.GetProperty("id")} {l.GetProperty("verdict")}")
        );
        Assert.Equal(
            [
                "2 `base_model:` gives a path, …, which nobody else can follow. Write the name on the hub, `org/name`.",
                "1 `base_model:` holds a mapping where a name is expected. Write `org/name`, or a list of such names.",
                "1 `base_model:` holds … where a name is expected. Write `org/name`, or a list of such names.",
                "1 a record has the id of an earlier one and says something else; the earlier one counts",
                "1 a record is no JSON",
                "1 the hub does not know the tag …. Write `license:`; it is read as that here.",
                "1 what stands between records is no record",
            ],
            Json("summary.json").GetProperty("problems").EnumerateArray().Select(p => $"{p.GetProperty("count")} {p.GetProperty("name")}")
        );
        Assert.Equal(2, Number(Json("summary.json"), "duplicates"));
    }

    [Theory]
    [InlineData("nowhere.json", null, "there is no file nowhere.json")]
    [InlineData("empty.json", "", "no records were found")]
    [InlineData("text.json", "not a record", "no records were found")]
    public void What_holds_no_records_is_told_and_leaves_the_old_output(string file, string? text, string said)
    {
        folder.Write("out/summary.json", "old");
        if (text is not null)
        {
            folder.Write(file, text);
        }

        var run = Audit(file);

        Assert.Equal(3, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Path.Combine(folder.Path, "out", "summary.json")));
    }

    [Fact]
    public void A_file_that_breaks_off_is_audited_as_far_as_it_goes_and_told()
    {
        folder.Write("hub.jsonl", "{\"id\":\"a/b\",\"tags\":[\"license:mit\"]}\n{\"id\":\"a/c\",\"tags\":[\"lic");

        var run = Audit("hub.jsonl");

        Assert.Equal(0, run.Code);
        Assert.Contains("hub.jsonl: the file breaks off within a record", run.Error, StringComparison.Ordinal);
        Assert.Single(Lines());
    }

    [Fact]
    public void The_sql_form_is_there_whole_and_what_others_put_beside_it_stays()
    {
        folder.Write("hub.jsonl", "{\"id\":\"a/b\",\"tags\":[\"license:mit\"]}\n{\"id\":\"a/c\",\"tags\":[\"base_model:a/b\"]}");
        folder.Write("out/sql-duckdb/query.sql", "old");
        folder.Write("out/sql-duckdb/hub.db", "mine");

        var run = Audit("hub.jsonl --sql duckdb --sql postgres");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.EndsWith("report.html, sql-duckdb/, sql-postgres/\n", run.Out, StringComparison.Ordinal);
        string[] files = ["README.md", "load.sql", "query.sql", "schema.sql"];
        Assert.Equal([.. files, "hub.db"], Names("sql-duckdb").OrderBy(f => f == "hub.db"));
        Assert.Equal(files, Names("sql-postgres"));
        string[] same = ["query.sql", "schema.sql", "facts/works.csv", "rules/states.csv"];
        Assert.All(same, file => Assert.Equal(Text($"sql-duckdb/{file}"), Text($"sql-postgres/{file}")));
        Assert.StartsWith(
            "work,id,asked,missing,declaration,facts,owner\n0,a/b,true,false,0,0,1\n",
            Text("sql-duckdb/facts/works.csv"),
            StringComparison.Ordinal
        );
        Assert.Equal(3, Audit("hub.jsonl --sql oracle").Code);

        IEnumerable<string> Names(string form) =>
            Directory.GetFiles(Path.Combine(folder.Path, "out", form)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
        string Text(string file) => File.ReadAllText(Path.Combine(folder.Path, "out", file));
    }

    private Run Audit(string inputs) =>
        Command.RunIn(folder.Path, null, null, ["audit", .. inputs.Split(' '), "--out", "out", "--date", "2026-11-01"]);

    private List<JsonElement> Lines() =>
        [.. File.ReadAllLines(Path.Combine(folder.Path, "out", "works.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];

    private JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "out", name))).RootElement;

    private XElement Page() => AuditReportTests.Body(File.ReadAllText(Path.Combine(folder.Path, "out", "report.html")));

    private static int Number(JsonElement summary, string key) => summary.GetProperty(key).GetInt32();
}
