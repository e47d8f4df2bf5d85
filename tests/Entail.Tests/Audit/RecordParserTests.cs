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
    ];

    [Fact]
    public void Made_records_come_out_as_by_themselves()
    {
        var parser = new RecordParser();
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var tags = Enumerable.Range(0, random.Next(7)).Select(_ => Tags[random.Next(Tags.Length)]).ToList();
            var id = random.Next(5) == 0 ? "me/self" : $"o{random.Next(3)}/w{random.Next(3)}";
            var record = JsonSerializer.SerializeToUtf8Bytes(
                random.Next(4) switch
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
        var records = new RecordFile(file!);
        var count = 0;
        foreach (var record in records.Records())
        {
            Same(parser, record);
            count++;
        }
        Assert.Null(records.Problem);
        Assert.Equal(name[0] == 'm' ? 3988 : 708, count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"id\":5}")]
    [InlineData("{\"id\":\" \"}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":\"license:mit\"}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[{\"x\":1},\"license:mit\"]}")]
    [InlineData("{\"id\":\"a/b\",\"id\":\"c/d\"}")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[\"license:mit\"]} trailing")]
    [InlineData("{\"id\":\"a/b\",\"tags\":[\"license:mit\"")]
    [InlineData("{\"id\":\"a\\u0000b\",\"tags\":[\"license:\\ud800\"]}")]
    public void Odd_records_come_out_as_by_themselves(string record) => Same(new RecordParser(), Encoding.UTF8.GetBytes(record));

    [Fact]
    public void A_record_with_a_million_tags_is_read()
    {
        var record = JsonSerializer.SerializeToUtf8Bytes(
            new { id = "a/b", tags = Enumerable.Range(0, 1_000_000).Select(i => i == 999_999 ? "license:mit" : $"x{i}") }
        );

        var read = new RecordParser().Parse(record, "f");

        Assert.Equal("mit", read.Shape!.Like.Licenses[0].Claim.Value);
    }

    [Theory]
    [InlineData("[{\"a\":1},{\"b\":[{}]}]", "{\"a\":1}|{\"b\":[{}]}", false)]
    [InlineData("{\"a\":\"}\"}\n{\"b\":\"\\\"{\"}\n", "{\"a\":\"}\"}|{\"b\":\"\\\"{\"}", false)]
    [InlineData("{\"a\":1}{\"b\":2}", "{\"a\":1}|{\"b\":2}", false)]
    [InlineData("{\"a\":1} nonsense ] {\"b\":2}", "{\"a\":1}|{\"b\":2}", false)]
    [InlineData("[{\"a\":1},{\"b\":", "{\"a\":1}", true)]
    [InlineData("", "", false)]
    public void Records_are_told_apart(string text, string expected, bool broken)
    {
        using var folder = new Folder();
        var file = new RecordFile(folder.Write("records.json", text));

        Assert.Equal(expected, string.Join('|', file.Records().Select(Encoding.UTF8.GetString)));
        Assert.Equal(broken, file.Problem is not null);
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

        var count = file.Records().Count();

        Assert.InRange(count, 5_000, 15_000);
        Assert.NotNull(file.Problem);
    }

    private static void Same(RecordParser parser, byte[] record)
    {
        var text = Encoding.UTF8.GetString(record);
        Assert.True(
            Written(RecordParser.InFull(record, "f")) == Written(parser.Parse(record, "f")),
            $"{text}\n{Written(RecordParser.InFull(record, "f"))}\n{Written(parser.Parse(record, "f"))}"
        );
    }

    private static string Written(ParsedRecord read) =>
        read.Shape is not { } shape
            ? $"none: {string.Join("; ", read.Problems)}"
            : $"{read.Id} {shape.Like.Kind} {read.Downloads} {string.Join("; ", shape.Like.Licenses.Select(l => $"{l.Part} {l.Claim.Value}"))} from {string.Join("; ", shape.Steps.Select(s => $"{s.Act} {read.Names[s.From]} {s.Inferred}"))}: {string.Join("; ", read.Problems)}";
}
