using System.Text.Json;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Formats;

namespace Entail.Tests.Read.Formats;

/// <summary>What each key of a GGUF file declares.</summary>
public sealed class GgufReaderTests
{
    private static (Declaration Declaration, List<ReadProblem> Problems) Read(byte[] bytes)
    {
        var problems = new List<ReadProblem>();
        return (GgufReader.Read(new ByteSource(new MemoryStream(bytes), "model.gguf", problems), problems), problems);
    }

    private static Declaration Of(GgufBytes bytes)
    {
        var (declaration, problems) = Read(bytes.File());
        Assert.Empty(problems);
        return declaration;
    }

    private static string[] Lines(IEnumerable<DeclaredBase> bases) =>
        [.. bases.Select(b => $"{b.Act?.Name() ?? "?"} {b.Claim.Value} ({b.Claim.Evidence.Pointer}: {b.Claim.Evidence.Text})")];

    [Fact]
    public void A_quantized_model_declares_where_it_is_from()
    {
        var (read, problems) = Read(File.ReadAllBytes(Fixture.Path("quantized.gguf")));

        Assert.Empty(problems);
        Assert.Equal(
            ("Tidewater-Labs/Pebble-Chat-1B", "general.name", "Pebble Chat 1B"),
            (read.Name?.Value, read.Name?.Evidence.Pointer, read.Name?.Evidence.Text)
        );
        Assert.Equal("other", Assert.Single(read.Licenses).Value);
        Assert.Equal("pebble-community-1", read.LicenseName?.Value);
        Assert.Equal("https://example.org/pebble/LICENSE", read.LicenseLink?.Value);
        Assert.Equal(
            [
                "? tidewater-labs/Pebble-1B (general.base_model.0.repo_url: https://huggingface.co/tidewater-labs/Pebble-1B)",
                "? Shingle-Street/Shingle-1B-v0.2 (general.base_model.1.name: Shingle 1B v0.2)",
            ],
            Lines(read.Bases)
        );
        Assert.Equal(
            ["quantize tidewater-labs/Pebble-Chat-1B (general.source.repo_url: https://huggingface.co/tidewater-labs/Pebble-Chat-1B)"],
            Lines(read.Sources)
        );
        Assert.Equal("tidewater-labs/beach-talk", Assert.Single(read.Datasets).Value);
        Assert.Equal(["text-generation", "merge", "海滩"], read.Tags);
        Assert.Equal(new MakingHints(Adapter: false, Quantized: true), read.Stated);
        Assert.True(read.DescribesModel);
    }

    [Fact]
    public void An_adapter_adapts_its_base()
    {
        var (read, problems) = Read(File.ReadAllBytes(Fixture.Path("adapter.gguf")));

        Assert.Empty(problems);
        Assert.Equal(
            ["adapt tidewater-labs/Pebble-1B (general.base_model.0.repo_url: https://huggingface.co/tidewater-labs/Pebble-1B)"],
            Lines(read.Bases)
        );
        Assert.Equal(new MakingHints(Adapter: true, Quantized: false), read.Stated);
    }

    [Fact]
    public void An_older_file_declares_by_older_keys()
    {
        var (read, problems) = Read(File.ReadAllBytes(Fixture.Path("version-2.gguf")));

        Assert.Empty(problems);
        Assert.Equal(
            ["quantize tidewater-labs/Pebble-1B (general.source.huggingface.repository: tidewater-labs/Pebble-1B)"],
            Lines(read.Sources)
        );
        Assert.Equal(["tidewater-labs/beach-talk", "tidewater-labs/shore-talk"], read.Datasets.Select(d => d.Value));
        Assert.Empty(read.Licenses);
        Assert.StartsWith("Pebble License\n\nWhoever", Assert.Single(read.Terms).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_for_the_other_byte_order_is_read()
    {
        var (read, problems) = Read(File.ReadAllBytes(Fixture.Path("big-endian.gguf")));

        Assert.Empty(problems);
        Assert.Equal("Pebble 1B", read.Name?.Value);
        Assert.Equal(["mit", "apache-2.0"], read.Licenses.Select(l => l.Value));
        Assert.Equal(["one", "two"], read.Tags);
        Assert.False(read.Stated.Quantized);
    }

    [Theory]
    [InlineData("quantized.gguf")]
    [InlineData("adapter.gguf")]
    [InlineData("big-endian.gguf")]
    [InlineData("version-2.gguf")]
    public void The_metadata_is_what_the_hub_s_own_parser_reads(string file)
    {
        var problems = new List<ReadProblem>();
        var header = GgufHeader.Read(new ByteSource(new MemoryStream(File.ReadAllBytes(Fixture.Path(file))), file, problems), problems)!;
        using var theirs = JsonDocument.Parse(File.ReadAllText(Fixture.Path(file + ".json")));
        var expected = theirs
            .RootElement.EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetProperty("value"), StringComparer.Ordinal);

        Assert.Equal(expected["version"].GetUInt32(), header.Version);
        Assert.Equal(expected["tensor_count"].GetString(), $"{header.TensorCount}");
        Assert.Equal(expected["kv_count"].GetString(), $"{header.KeyCount}");
        Assert.Equal(expected.Keys.Skip(3).Order(StringComparer.Ordinal), header.Metadata.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            header.Metadata,
            m =>
            {
                var value = expected[m.Key];
                switch (m.Value)
                {
                    case GgufValue.Text text:
                        Assert.Equal(value.GetString(), text.Value);
                        break;
                    case GgufValue.Whole whole:
                        // They write 64 bits as a string.
                        Assert.Equal(value.ToString(), $"{whole.Value}");
                        break;
                    case GgufValue.Real real:
                        Assert.Equal(value.GetDouble(), real.Value);
                        break;
                    case GgufValue.Truth truth:
                        Assert.Equal(value.GetBoolean(), truth.Value);
                        break;
                    case GgufValue.Texts texts:
                        Assert.Equal(value.EnumerateArray().Select(v => v.GetString()), texts.Items);
                        break;
                    case GgufValue.Passed passed:
                        Assert.Equal((ulong)value.GetArrayLength(), passed.Count);
                        break;
                }
            }
        );
    }

    [Theory]
    [InlineData("https://huggingface.co/org/model", "Model", "Org", "org/model")]
    [InlineData("https://huggingface.co/org/model/tree/main", null, null, "org/model")]
    [InlineData("https://github.com/org/code", "Model 7B", "Org", "Org/Model-7B")]
    [InlineData("https://github.com/org/code", null, null, "https://github.com/org/code")]
    [InlineData("https://huggingface.co/papers/2307.09288", "Model", null, "Model")]
    [InlineData(null, "org/model", "Other", "org/model")]
    [InlineData(null, "Model 7B (chat)", "Org", "Model 7B (chat)")]
    [InlineData(null, "Model 7B", "Org & Sons", "Model 7B")]
    [InlineData(null, " Model  7B ", null, "Model  7B")]
    [InlineData("https://example.org/x", "/home/me/model", "Org", "https://example.org/x")]
    public void A_base_is_named_as_on_the_hub_where_the_file_says_enough(
        string? address,
        string? name,
        string? organization,
        string expected
    )
    {
        var bytes = new GgufBytes();
        Say(bytes, "general.base_model.0.repo_url", address);
        Say(bytes, "general.base_model.0.name", name);
        Say(bytes, "general.base_model.0.organization", organization);

        Assert.Equal(expected, Assert.Single(Of(bytes).Bases).Claim.Value);
    }

    private static void Say(GgufBytes to, string key, string? value)
    {
        if (value is not null)
        {
            to.Text(key, value);
        }
    }

    [Theory]
    [InlineData("None", null)]
    [InlineData("", null)]
    [InlineData("/models/some-model", null)]
    [InlineData("some-model", "some-model")]
    public void A_name_that_is_none_is_left_out(string name, string? expected) =>
        Assert.Equal(expected, Of(new GgufBytes().Text("general.name", name).Text("general.url", "https://example.org")).Name?.Value);

    [Fact]
    public void Bases_are_in_the_order_of_their_numbers_each_once()
    {
        var read = Of(
            new GgufBytes()
                .Text("general.base_model.10.name", "last")
                .Text("general.base_model.2.name", "second")
                .Text("general.base_model.2.version", "v1")
                .Text("general.base_model.1.doi", "10.1234/first")
                .Text("general.base_model.3.name", "Second")
                .Text("general.base_model.x.name", "none")
                .Text("general.base_model.4.author", "nobody")
        );

        Assert.Equal(["10.1234/first", "second", "last"], read.Bases.Select(b => b.Claim.Value));
    }

    [Fact]
    public void Bases_that_are_counted_and_not_named_are_a_problem()
    {
        var (read, problems) = Read(new GgufBytes().Number("general.base_model.count", 3).Text("general.base_model.0.name", "one").File());

        Assert.Single(read.Bases);
        Assert.Equal("general.base_model.count", Assert.Single(problems).Evidence.Pointer);
        Assert.Contains("says 3, and 1 are named", problems[0].Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(32, false)]
    [InlineData(32 + 1024, false)]
    [InlineData(2, true)]
    [InlineData(7, true)]
    [InlineData(15, true)]
    [InlineData(18, true)]
    [InlineData(30, true)]
    [InlineData(38, true)]
    [InlineData(15 + 1024, true)]
    [InlineData(1024 * 1024, null)]
    [InlineData(999, null)]
    public void The_file_type_tells_whether_the_precision_is_lower(int type, bool? expected)
    {
        var read = Of(
            new GgufBytes()
                .Number("general.file_type", (uint)type)
                .Number("general.quantization_version", 2)
                .Text("general.source.repo_url", "https://huggingface.co/org/model")
        );

        Assert.Equal(expected ?? false, read.Stated.Quantized);
        Assert.Equal(
            expected switch
            {
                true => Act.Quantize,
                false => Act.Convert,
                null => null,
            },
            Assert.Single(read.Sources).Act
        );
    }

    [Fact]
    public void Who_quantized_it_counts_where_the_file_type_is_not_stated()
    {
        Assert.True(Of(new GgufBytes().Text("general.quantized_by", "somebody")).Stated.Quantized);
        Assert.False(Of(new GgufBytes().Text("general.quantized_by", "somebody").Number("general.file_type", 1)).Stated.Quantized);
        Assert.False(Of(new GgufBytes().Number("general.quantization_version", 2)).Stated.Quantized);
    }

    [Theory]
    [InlineData("mit", "mit", null)]
    [InlineData("MIT OR Apache-2.0", "MIT OR Apache-2.0", null)]
    [InlineData("mit, apache-2.0", "mit|apache-2.0", null)]
    [InlineData("Pebble Community License, version 1", "Pebble Community License, version 1", null)]
    [InlineData("https://example.org/LICENSE", "", "https://example.org/LICENSE")]
    [InlineData("  ", "", null)]
    public void A_license_is_ids_or_a_name_or_an_address(string value, string licenses, string? link)
    {
        var read = Of(new GgufBytes().Text("general.license", value));

        Assert.Equal(licenses, string.Join('|', read.Licenses.Select(l => l.Value)));
        Assert.Equal(link, read.LicenseLink?.Value);
        Assert.Empty(read.Terms);
        Assert.All(
            read.Licenses,
            l => Assert.Equal(("model.gguf", "general.license", value), (l.Evidence.File, l.Evidence.Pointer, l.Evidence.Text))
        );
    }

    [Fact]
    public void A_list_of_licenses_is_read() =>
        Assert.Equal(
            ["mit", "apache-2.0"],
            Of(new GgufBytes().Texts("general.license", "mit", "apache-2.0")).Licenses.Select(l => l.Value)
        );

    [Fact]
    public void A_license_text_that_is_too_long_is_read_in_part_and_reported()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 300_000));
        var (read, problems) = Read(new GgufBytes().Text("general.license", text).File());

        Assert.Equal(GgufHeader.MostLicenseBytes, Assert.Single(read.Terms).Text.Length + 1, 2.0);
        Assert.Equal(["file-unreadable model.gguf"], problems.Places());
    }

    [Fact]
    public void An_importance_matrix_is_no_model() => Assert.False(Of(new GgufBytes().Text("general.type", "imatrix")).DescribesModel);

    [Fact]
    public void Values_of_other_types_declare_nothing()
    {
        var read = Of(
            new GgufBytes()
                .Number("general.license", 1)
                .Number("general.name", 1)
                .Text("general.file_type", "15")
                .Text("general.base_model.count", "2")
                .Number("general.base_model.0.name", 5)
        );

        Assert.Equal(Structure.Of(Declaration.None with { DescribesModel = true }), Structure.Of(read));
    }
}
