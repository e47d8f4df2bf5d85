using Entail.Core.Model;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Read;

/// <summary>Records of the hub's list API.</summary>
public sealed class HubRecordReaderTests
{
    [Fact]
    public void Tags_alone_are_enough()
    {
        var read = HubRecordReader.Read(
            """
            [
              {
                "id": "org/a",
                "tags": ["gguf", "dataset:org/d", "base_model:org/b", "base_model:quantized:org/b", "license:mit"]
              }
            ]
            """
        );

        var work = Assert.Single(read.Works);
        Assert.Equal(("org/a", "model"), (work.Id, work.Kind));
        Assert.Equal(["weights: mit"], work.Licenses.Values());
        Assert.Equal(["quantize org/b", "train-on-data org/d"], work.Steps.Lines());
        Assert.Equal(
            new Evidence("records.json", 4, null, "[0].tags[4]", "license:mit", EvidenceSource.Declared),
            work.Licenses[0].Claim.Evidence
        );
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("""{"license": "isc"}""", """["license:mit"]""", "weights: isc", "")]
    [InlineData("""{"license": null}""", """["license:mit"]""", "", "")]
    [InlineData("""{"license": "other", "license_name": "acme-1"}""", """["license:other"]""", "weights: acme-1", "")]
    [InlineData("""{"base_model": "org/b"}""", """["base_model:org/b", "base_model:adapter:org/b"]""", "", "adapt org/b")]
    [InlineData(
        """{"base_model": "org/b", "base_model_relation": "finetune"}""",
        """["base_model:adapter:org/b"]""",
        "",
        "fine-tune org/b"
    )]
    [InlineData("""{"base_model": ["org/b", "org/c"]}""", "[]", "", "merge org/b (inferred)|merge org/c (inferred)")]
    [InlineData("""{"base_model": "org/b"}""", """["gguf"]""", "", "quantize org/b (inferred)")]
    [InlineData("""{"base_model": "org/b"}""", """["peft"]""", "", "adapt org/b (inferred)")]
    [InlineData("null", """["base_model:org/b"]""", "", "fine-tune org/b (inferred)")]
    [InlineData("""{"datasets": ["org/d"]}""", """["dataset:org/e"]""", "", "train-on-data org/d")]
    public void The_card_comes_before_the_tags(string card, string tags, string licenses, string steps)
    {
        var read = HubRecordReader.Read($$"""[{"id": "org/a", "tags": {{tags}}, "cardData": {{card}}}]""");

        var work = Assert.Single(read.Works);
        Assert.Equal(licenses, string.Join('|', work.Licenses.Values()));
        Assert.Equal(steps, string.Join('|', work.Steps.Lines()));
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("""["task_categories:text-generation", "license:mit"]""", "dataset", "data: mit")]
    [InlineData("""["base_model:adapter:org/b", "license:mit"]""", "adapter", "weights: mit")]
    [InlineData("""["license:mit"]""", "model", "weights: mit")]
    public void The_kind_follows_from_the_tags(string tags, string kind, string license)
    {
        var work = Assert.Single(HubRecordReader.Read($$"""{"id": "org/a", "tags": {{tags}}}""").Works);

        Assert.Equal(kind, work.Kind);
        Assert.Equal([license], work.Licenses.Values());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData("null", 0)]
    [InlineData("[1, {}, {\"id\": \"org/a\"}, {\"id\": \"org/a\"}, {\"id\": 7, \"tags\": {\"a\": 1}}]", 2)]
    [InlineData("[{\"id\": \"org/a\"}", 0)]
    public void Records_that_are_none_are_problems(string json, int works)
    {
        var read = HubRecordReader.Read(json);

        Assert.Equal(works, read.Works.Length);
        Assert.Equal(json is "[]", read.Problems.IsEmpty);
        Assert.All(read.Problems.Places(), p => Assert.StartsWith("metadata-invalid", p, StringComparison.Ordinal));
    }
}
