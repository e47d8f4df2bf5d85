using System.Text;
using System.Text.Json;
using Entail.Audit;
using Entail.Tests.Cli;

namespace Entail.Tests.Audit;

/// <summary>Records in Parquet are audited as they are in JSON, and the table of works says what the lines say.</summary>
public sealed class ParquetTests : IDisposable
{
    private const string Whole = """
        {"id":"lab/base","tags":["license:deepseek","region:us"],"downloads":5}
        {"id":"lab/kept","cardData":{"license":"deepseek","base_model":["lab/base"]},"tags":["base_model:finetune:lab/base"],"downloads":7}
        {"id":"else/dropped","cardData":{"license":"mit","tags":["lora","\"quoted\" \\ 标签"]},"tags":["base_model:adapter:lab/base"],"baseModels":{"relation":"adapter","models":[{"_id":"1","id":"lab/base"}]}}
        {"id":"else/again","tags":[],"baseModels":{"relation":"quantized","models":[{"_id":"2","id":"else/dropped"},{"_id":"3","id":"lab/kept"}]}}
        {"id":"else/bare"}
        {"tags":["license:mit"]}
        """;

    private const string Plain = """
        {"id":"lab/base","tags":["license:deepseek"],"downloads":5}
        {"id":"else/dropped","tags":["license:mit","base_model:lab/base","base_model:finetune:lab/base"]}
        {"id":"else/set","tags":["task_categories:translation","license:cc-by-4.0"]}
        """;

    private readonly Folder folder = new("it's [odd]");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Plain, "id, tags, downloads")]
    [InlineData(Plain, "id, tags, downloads::DOUBLE AS downloads, NULL AS cardData, 3 AS likes, now() AS lastModified")]
    [InlineData(Plain, "id AS modelId, to_json(tags)::VARCHAR AS tags, downloads::VARCHAR AS downloads")]
    [InlineData(Plain, "if(downloads > 0, id, NULL) AS id, id AS modelId, tags, downloads::UTINYINT AS downloads")]
    [InlineData(Whole, "id, tags, downloads, cardData, baseModels")]
    [InlineData(Whole, "id, tags, downloads, cardData::VARCHAR AS cardData, baseModels::VARCHAR AS baseModels")]
    [InlineData(
        Whole,
        """"
            id, to_json(tags)::VARCHAR AS tags, downloads,
            json_transform(cardData, '{"license":"VARCHAR","base_model":["VARCHAR"],"tags":["VARCHAR"],"other":"VARCHAR"}') AS cardData,
            json_transform(baseModels, '{"relation":"VARCHAR","models":[{"_id":"VARCHAR","id":"VARCHAR"}]}') AS baseModels
            """"
    )]
    public void Every_shape_comes_to_the_same_as_its_lines(string records, string columns)
    {
        var lines = folder.Write("hub.jsonl", records);
        var table = Table($"SELECT {columns} FROM {Json(lines)}");

        Assert.Equal(Works(lines), Works(table));
    }

    [Theory]
    [InlineData("models-3988.json.gz")]
    [InlineData("datasets-708.json.gz")]
    public void Real_records_come_to_the_same(string name)
    {
        var records = Shared.Require($"hub/{name}");
        var table = Table($"FROM {Json(records)}");

        Assert.Equal(Works(records), Works(table));
    }

    [Theory]
    [InlineData(
        "'a/b' AS id, NULL::VARCHAR[] AS tags, NULL AS cardData, NULL::INTEGER AS downloads",
        """{"id":"a/b","downloads":0,"tags":null}"""
    )]
    [InlineData("'a/b' AS id, 'null' AS tags, NULL AS cardData, 1e30 AS downloads", """{"id":"a/b","downloads":0}""")]
    [InlineData("NULL AS id, ['x', NULL] AS tags", """{"id":null,"tags":["x",null]}""")]
    [InlineData(
        "'a\"b' AS id, {license: NULL, base_model: ['x']} AS cardData",
        """{"id":"a\"b","cardData":{"license":null,"base_model":["x"]}}"""
    )]
    [InlineData(
        "'a/b' AS id, {relation: 'merge', models: [{_id: '1', id: 'c/d'}]} AS baseModels",
        """{"id":"a/b","baseModels":{"relation":"merge","models":[{"_id":"1","id":"c/d"}]}}"""
    )]
    public void Absent_values_are_not_sent(string columns, string expected)
    {
        var file = new ParquetRecords(Table($"SELECT {columns}"));

        Assert.Equal([expected], file.Records().Select(Encoding.UTF8.GetString));
        Assert.Null(file.Problem);
    }

    [Fact]
    public void What_is_no_json_is_told_and_its_record_goes_on()
    {
        var file = new ParquetRecords(
            Table("SELECT 'a/b' AS id, unnest(['{\"x\":1}', '{\"x\":NaN}', '{', '']) AS cardData, 'mit' AS tags")
        );

        Assert.Equal(
            ["""{"id":"a/b","cardData":{"x":1}}""", .. Enumerable.Repeat("""{"id":"a/b"}""", 3)],
            file.Records().Select(Encoding.UTF8.GetString)
        );
        Assert.Equal("4 times `tags` is no JSON and was passed over; 3 times `cardData` is no JSON and was passed over", file.Problem);
    }

    [Fact]
    public void Rows_come_in_their_order_and_as_they_are_asked_for()
    {
        var file = new ParquetRecords(Table("SELECT 'a/' || range AS id FROM range(300000)"));

        Assert.Equal(Enumerable.Range(0, 300_000).Select(i => $$"""{"id":"a/{{i}}"}"""), file.Records().Select(Encoding.UTF8.GetString));
        Assert.Equal(10, file.Records().Take(10).Count());
    }

    [Fact]
    public void Files_that_cannot_be_read_are_told_and_the_others_go_on()
    {
        var good = Table("SELECT 'a/b' AS id, ['license:mit'] AS tags");
        var bytes = File.ReadAllBytes(good);
        var cut = Path.Combine(folder.Path, "cut.parquet");
        File.WriteAllBytes(cut, bytes[..^20]);
        var text = folder.Write("text.parquet", "no table");
        var other = Path.Combine(folder.Path, "other.parquet");
        File.Move(Table("SELECT 1 AS number"), other);
        File.WriteAllBytes(good, bytes);

        var run = Audit("cut.parquet", "text.parquet", "other.parquet", "table.parquet");

        Assert.Equal(0, run.Code);
        Assert.Contains("cut.parquet: this is no Parquet file, or not the whole of one (", run.Error, StringComparison.Ordinal);
        Assert.Contains("text.parquet: this is no Parquet file, or not the whole of one (", run.Error, StringComparison.Ordinal);
        Assert.Contains("other.parquet: the table has no column `id`", run.Error, StringComparison.Ordinal);
        Assert.Single(Lines());
    }

    [Fact]
    public void Damage_within_ends_the_file_there()
    {
        var path = Table("SELECT 'a/' || hash(range) AS id FROM range(300000)");
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length * 3 / 4, 1000).Fill(0xff);
        File.WriteAllBytes(path, bytes);
        var file = new ParquetRecords(path);

        Assert.InRange(file.Records().Count(), 0, 299_999);
        Assert.NotNull(file.Problem);
    }

    [Fact]
    public void The_table_of_works_says_what_the_lines_say()
    {
        folder.Write("hub.jsonl", Whole);

        var run = Audit("hub.jsonl", "--to", "jsonl", "--to", "parquet");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.EndsWith("report.html, works.parquet\n", run.Out, StringComparison.Ordinal);
        using var duckdb = NativeDuckDb.Open();
        var rows = duckdb
            .Query($"SELECT to_json(w)::VARCHAR FROM read_parquet({DuckDb.File(Path.Combine(folder.Path, "out", "works.parquet"))}) w")
            .Select(r => r[0]!);
        Assert.Equal(Lines().Select(Again), rows.Select(Again));
        Assert.Contains(Lines(), l => l.Contains("restrictions-dropped", StringComparison.Ordinal));
        Assert.Equal(
            ["report.html", "summary.json", "works.jsonl", "works.parquet"],
            Directory.GetFiles(Path.Combine(folder.Path, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("en", "hub.parquet", "jsonl", "Parquet needs DuckDB's library, and nowhere is not it: `npm install @duckdb/node-bindings-")]
    [InlineData(
        "zh",
        "hub.jsonl",
        "parquet",
        "读写 Parquet 需要 DuckDB 库，而 nowhere 不是该库：请在本文件夹运行 `npm install @duckdb/node-bindings-"
    )]
    public void Without_the_library_nothing_is_read(string lang, string input, string form, string said)
    {
        folder.Write(input, Whole);

        var run = Command.RunIn(
            folder.Path,
            null,
            new() { ["ENTAIL_DUCKDB"] = "nowhere" },
            "audit",
            input,
            "--to",
            form,
            "--out",
            "out",
            "--lang",
            lang
        );

        Assert.Equal(3, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "out")));
    }

    private Run Audit(params string[] arguments) =>
        Command.RunIn(
            folder.Path,
            null,
            null,
            ["audit", .. arguments, "--out", "out", "--date", "2026-11-01", "--duckdb", NativeDuckDb.Require()]
        );

    private string[] Lines() => File.ReadAllLines(Path.Combine(folder.Path, "out", "works.jsonl"));

    private string Table(string query)
    {
        using var duckdb = NativeDuckDb.Open();
        var path = Path.Combine(folder.Path, "table.parquet");
        duckdb.Execute($"COPY ({query}) TO {DuckDb.Quoted(path)} (FORMAT parquet)");
        return path;
    }

    private static string Json(string path) =>
        $$"""read_json({{DuckDb.File(path)}}, columns = {id: 'VARCHAR', tags: 'VARCHAR[]', downloads: 'BIGINT', cardData: 'JSON', baseModels: 'JSON'})""";

    // What an audit says of some records, without the file's name.
    private static string Works(string path)
    {
        var auditing = new Auditing(Repository.Catalog, Repository.Today);
        var result = auditing.Run(new HubInput(Repository.Catalog).Records(path), null);
        string[] rest =
        [
            .. result.Hub.Downloads.Select(d => $"{d}"),
            .. result.Hub.Problems.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}: {p.Value}"),
        ];
        return string.Join('\n', [.. auditing.Lines(result).Select(l => Encoding.UTF8.GetString(l.Lines.Span)), .. rest]);
    }

    private static string Again(string work) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<AuditWorkJson>(work, JsonSerializerOptions.Web), JsonSerializerOptions.Web);
}
