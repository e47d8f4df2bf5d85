using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Entail.Audit;

namespace Entail.Tests.Audit;

/// <summary>A record that is like another one is understood as if it had been read by itself.</summary>
public sealed class RecordParserTests
{
    private static readonly string[] Tags =
    [
        "license:mit",
        "license:other",
        "license:apache-2.0",
        "license:a, b",
        "base_model:a/b",
        "base_model:finetune:a/b",
        "base_model:adapter:c/d",
        "base_model:quantized:e/f",
        "base_model:merge:e/f",
        "base_model:me/self",
        "base_model:finetune:me/self",
        "base_model:A/B",
        "base_model:./local",
        "base_model:bert-base-uncased",
        "base_model:none",
        "base_model:what:a/b",
        "base_model:hf.co/model",
        "base_model:finetune:huggingface.co/a",
        "base_model:https://huggingface.co/a/b",
        "dataset:squad",
        "dataset:g/h",
        "dataset:a/b",
        "task_categories:translation",
        "merge",
        "mergekit",
        "lora",
        "PEFT",
        "gguf",
        "4-bit",
        "en",
        "arxiv:1234.5678",
        "region:us",
        "LICENSE:gemma",
        "licence:mit",
        "license:a\nlicense:b",
        "base_model:a/b, c/d",
        "base_model:",
        "base_model:finetune:",
        "dataset:中文",
        "中文",
    ];

    private static readonly string[] Relations = ["finetune", "adapter", "quantized", "merge", "what"];

    [Fact]
    public void Made_records_come_out_as_by_themselves()
    {
        var parser = new RecordParser();
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var tags = Enumerable.Range(0, random.Next(7)).Select(_ => Tags[random.Next(Tags.Length)]).ToList();
            var id = random.Next(5) == 0 ? "me/self" : $"o{random.Next(3)}/w{random.Next(3)}";
            var relation = Relations[random.Next(Relations.Length)];
            var bases = new
            {
                relation,
                models = tags.Where(t => t.StartsWith("base_model:", StringComparison.Ordinal))
                    .Select(t => new { _id = "0", id = t.Split(':')[^1] })
                    .Take(random.Next(3))
                    .Append(new { _id = "1", id = random.Next(3) == 0 ? "h/i" : "a/b" }),
            };
            var record = JsonSerializer.SerializeToUtf8Bytes(
                random.Next(7) switch
                {
                    0 => (object)
                        new
                        {
                            modelId = id,
                            tags,
                            downloads = seed,
                            cardData = random.Next(2) == 0 ? new { license = "mit" } : null,
                        },
                    1 => new
                    {
                        id,
                        downloads = "many",
                        tags,
                    },
                    2 => new
                    {
                        id,
                        tags,
                        baseModels = bases,
                    },
                    3 => new
                    {
                        id,
                        baseModels = JsonSerializer.Serialize(bases),
                        tags = tags.Append($"base_model:{relation}:a/b"),
                    },
                    4 => new
                    {
                        id,
                        tags = tags.Append($"base_model:{relation}:a/b"),
                        baseModels = (object?)(
                            random.Next(3) == 0 ? null : new { relation, models = new[] { new { _id = "0", id = "a/b" } } }
                        ),
                    },
                    _ => new
                    {
                        id,
                        tags,
                        downloads = seed,
                        nested = new { id = "x", tags = Tags },
                    },
                }
            );
            Same(parser, record);
        }
    }

    [Theory]
    [InlineData("models-3988.json.gz")]
    [InlineData("datasets-708.json.gz")]
    public void Real_records_come_out_as_by_themselves(string name)
    {
        var file = Shared.Find($"hub/{name}");
        Assert.SkipWhen(file is null, "the hub's records are not on this machine");
        var parser = new RecordParser();
        using var unpacked = new GZipStream(File.OpenRead(file!), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(unpacked);
        var expected = new List<string>();
        foreach (var record in document.RootElement.EnumerateArray())
        {
            var bytes = Encoding.UTF8.GetBytes(record.GetRawText());
            expected.Add(Written(RecordParser.InFull(bytes, "f")));
            Same(parser, bytes);
        }
        var records = new RecordFile(file!);
        Assert.Equal(expected, RecordReading.Of(records, parser, "f").SelectMany(r => r).Select(Written));
        Assert.Null(records.Problem);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"id\":5}")]
    [InlineData("{\"id\":\" \"}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":\"license:mit\"}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[{\"x\":1},\"license:mit\"]}")]
    [InlineData("{\"id\":\"a/b\",\"id\":\"c/d\"}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[],\"baseModels\":5}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[],\"baseModels\":\"no JSON\"}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[],\"baseModels\":{\"relation\":\"merge\",\"models\":{}}}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[],\"baseModels\":{\"relation\":\"merge\",\"models\":[5,null,\"c/d\"]}}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[],\"baseModels\":{\"relation\":null,\"models\":[]}}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[\"license:mit\"")]
    [InlineData("{\"id\":\"a\\u0000b\",\"tags\":[\"license:\\ud800\"]}")]
    public void Odd_records_come_out_as_by_themselves(string record) => Same(new RecordParser(), Encoding.UTF8.GetBytes(record));

    [Fact]
    public void A_record_with_a_million_tags_is_read()
    {
        var record = JsonSerializer.SerializeToUtf8Bytes(
            new { id = "a/b", tags = Enumerable.Range(0, 1_000_000).Select(i => i == 999_999 ? "license:mit" : $"x{i}") }
        );

        var read = Assert.Single(new RecordParser().Read(record, "f"));

        Assert.Equal("mit", read.Shape!.Like.Licenses[0].Claim.Value);
    }

    [Theory]
    [InlineData("[{`id`:`a`},{`id`:`b`,`x`:[{}]}]", "a b")]
    [InlineData("{`id`:`a}`}\n{`id`:`b\\`{`}\n", "a} b\"{")]
    [InlineData("{`id`:`a`}\r\n{`id`:`b`}\r\n", "a b")]
    [InlineData("\uFEFF{`id`:`a`}{`id`:`b`}", "a b")]
    [InlineData("[\n{`id`:`a`,\n`x`:[\n{\n}\n,\n{`id`:`c`}\n]\n}\n,\n{`id`:`b`}\n]", "a b")]
    [InlineData("{`id`:`a`} nonsense ] {`id`:`b`}", "a stray b")]
    [InlineData("null\n{`id`:`a`}\n`b`\n", "stray a stray")]
    [InlineData("{`id`:`a`}\n{`id`:{`x`:1}\n{`id`:`b`}\n", "a broken b")]
    [InlineData("{`id`:`a`}\n{`id`:`brok\n{`id`:`b`}\n", "a broken b")]
    [InlineData("{`id`:`a`}\n{`id`: nonsense}\n{`id`:`b`}\n", "a broken b")]
    [InlineData("[{`id`:`a`},{`id`:", "a; the file breaks off within a record")]
    [InlineData("{`id`:`a`}\n{`id`:`", "a; the file breaks off within a record")]
    [InlineData("", "")]
    public void Records_are_told_apart_and_nothing_between_them_is_lost(string text, string expected)
    {
        using var folder = new Folder();
        var file = new RecordFile(folder.Write("records.json", text.Replace('`', '"')));

        Assert.Equal(expected, Told(file));
    }

    // Records of all lengths lie across the blocks in which the file is read.
    [Theory]
    [InlineData("\n", "", "")]
    [InlineData(",", "[", "]")]
    [InlineData(" ", "", "")]
    public void A_file_of_many_blocks_gives_every_record(string between, string before, string after)
    {
        using var folder = new Folder();
        var random = new Random(1);
        var ids = Enumerable.Range(0, 300).Select(i => $"{i}").ToList();
        var records = ids.Select(i => $"{{\"id\":\"{i}\",\"x\":[\"{new string('{', random.Next(i == "7" ? 3_000_000 : 30_000))}\"]}}");
        var file = new RecordFile(folder.Write("records.json", before + string.Join(between, records) + after));

        Assert.Equal(string.Join(' ', ids), Told(file));
    }

    [Theory]
    [InlineData("\n{`id`:`b`}", "a b; a record of more than 16 MB was passed over")]
    [InlineData("", "a; a record of more than 16 MB was passed over")]
    public void A_record_without_measure_is_passed_over(string after, string expected)
    {
        using var folder = new Folder();
        var text = $"{{`id`:`a`}}\n{{`id`:`x`,`y`:`{new string('}', 40_000_000)}`}}{after}";
        var file = new RecordFile(folder.Write("records.json", text.Replace('`', '"')));

        Assert.Equal(expected, Told(file));
    }

    private static string Told(RecordFile file)
    {
        var read = RecordReading
            .Of(file, new RecordParser(), "f")
            .SelectMany(r => r)
            .Select(r =>
                r.Shape is not null ? r.Id
                : r.Problems.Contains("a record is no JSON") ? "broken"
                : r.Problems.Contains("what stands between records is no record") ? "stray"
                : "?"
            )
            .ToList();
        return string.Join(' ', read) + (file.Problem is null ? "" : $"; {file.Problem}");
    }

    [Fact]
    public void Packed_data_that_breaks_off_gives_what_stands_before()
    {
        using var folder = new Folder();
        var random = new Random(1);
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"id\":\"a/{i}-{random.Next()}\"}}\n"));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(lines));
        }
        var path = Path.Combine(folder.Path, "records.jsonl.gz");
        File.WriteAllBytes(path, packed.ToArray()[..(int)(packed.Length / 2)]);
        var file = new RecordFile(path);

        var count = RecordReading.Of(file, new RecordParser(), "f").Sum(r => r.Count);

        Assert.InRange(count, 5_000, 15_000);
        Assert.NotNull(file.Problem);
    }

    private static void Same(RecordParser parser, byte[] record)
    {
        var expected = Written(RecordParser.InFull(record, "f"));
        var found = Written(Assert.Single(parser.Read(record, "f")));
        Assert.True(expected == found, $"{Encoding.UTF8.GetString(record)}\n{expected}\n{found}");
    }

    private static string Written(ParsedRecord read) =>
        read.Shape is not { } shape
            ? $"none: {string.Join("; ", read.Problems)}"
            : $"{read.Id} {shape.Like.Kind} {read.Downloads} {string.Join("; ", shape.Like.Licenses.Select(l => $"{l.Part} {l.Claim.Value}"))} from {string.Join("; ", shape.Steps.Select(s => $"{s.Act} {read.Names[s.From]} {s.Inferred}"))}: {string.Join("; ", read.Problems)}";
}
