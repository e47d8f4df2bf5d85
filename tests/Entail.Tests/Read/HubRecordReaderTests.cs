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
    [InlineData("""["base_model:org/b", "base_model:adapter:org/b"]""", "adapter", "org/b", "adapt org/b")]
    [InlineData("""["base_model:org/b"]""", "quantized", "Org/B", "quantize org/b")]
    [InlineData("""["base_model:finetune:org/b"]""", "quantized", "org/b", "fine-tune org/b")]
    [InlineData("[]", "merge", "org/b", "merge org/b")]
    [InlineData("""["base_model:merge:org/b"]""", "merge", "org/c", "merge org/b|merge org/c")]
    public void The_bases_that_the_hub_read_are_added(string tags, string relation, string id, string steps)
    {
        var bases = $$"""{"relation": "{{relation}}", "models": [{"_id": "0", "id": "{{id}}"}]}""";
        foreach (var written in new[] { bases, $"\"{bases.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" })
        {
            var read = HubRecordReader.Read($$"""[{"id": "org/a", "tags": {{tags}}, "baseModels": {{written}}}]""");

            Assert.Equal(steps, string.Join('|', Assert.Single(read.Works).Steps.Lines()));
            Assert.Empty(read.Problems);
        }
    }

    // Nothing is dropped: a base that cannot be read is one that nobody finds, and what was not understood is told.
    [Theory]
    [InlineData("null", "", "")]
    [InlineData("\"\"", "", "")]
    [InlineData("\"none\"", "", "")]
    [InlineData("\"org/b, org/c\"", "org/b|org/c", "")]
    [InlineData("\"https://huggingface.co/org/b\"", "org/b", "")]
    [InlineData("\"https://huggingface.co/org/b/tree/main\"", "org/b", "")]
    [InlineData("\"hf.co/org/b/blob/main/b.gguf\"", "org/b", "")]
    [InlineData("\"org/a\"", "org/a", "")]
    [InlineData("\"https://example.org/org/b\"", "https://example.org/org/b", "is no name on the hub")]
    [InlineData("\"org/b and others\"", "org/b and others", "is no name on the hub")]
    [InlineData("\"org/b, ./c\"", "org/b, ./c", "is no name on the hub")]
    [InlineData("\"./models/b\"", "./models/b", "gives a path")]
    [InlineData("\"/home/u/b\"", "/home/u/b", "gives a path")]
    [InlineData("\"C:\\\\models\\\\b\"", "C:\\models\\b", "gives a path")]
    [InlineData("\"~/b\"", "~/b", "gives a path")]
    [InlineData("\"../out/checkpoint-500\"", "../out/checkpoint-500", "gives a path")]
    [InlineData("\"org/b/b.Q4_K_M.gguf\"", "org/b/b.Q4_K_M.gguf", "gives a path")]
    [InlineData("7", "`7`", "holds `7`")]
    [InlineData("true", "`true`", "holds `true`")]
    [InlineData("{\"name\": \"org/b\"}", "a mapping", "holds a mapping")]
    [InlineData("[\"org/b\", [\"org/c\"]]", "org/b|a list", "holds a list")]
    public void Every_base_is_normalized_or_told(string value, string bases, string told)
    {
        var card = HubRecordReader.Read($$$"""[{"id": "org/a", "cardData": {"base_model": {{{value}}}}}]""");
        Assert.Equal(bases, string.Join('|', Assert.Single(card.Works).Steps.Select(s => s.Work)));
        Told(told, card);
        if (value[0] == '"')
        {
            var tag = HubRecordReader.Read($$$"""[{"id": "org/a", "tags": ["base_model:{{{value[1..]}}}]}]""");
            Assert.Equal(bases, string.Join('|', Assert.Single(tag.Works).Steps.Select(s => s.Work)));
            Told(told, tag);
        }
    }

    [Theory]
    [InlineData("""{"cardData": {"license": ["mit", "acme"]}}""", "mit|acme", "")]
    [InlineData("""{"cardData": {"license": " Apache 2.0 "}}""", "Apache 2.0", "")]
    [InlineData("""{"cardData": {"license": "https://opensource.org/license/mit"}}""", "https://opensource.org/license/mit", "")]
    [InlineData("""{"cardData": {"license": "other", "license_link": "https://example.org/terms"}}""", "https://example.org/terms", "")]
    [InlineData("""{"cardData": {"license": "other", "license_link": "LICENSE"}}""", "other", "")]
    [InlineData("""{"cardData": {"licence": "mit"}}""", "mit", "`license:`")]
    [InlineData("""{"tags": ["licence:mit"]}""", "mit", "`license:`")]
    [InlineData("""{"cardData": {"LICENSE": "mit"}}""", "mit", "`license:`")]
    [InlineData("""{"cardData": {"license": {"name": "mit"}}}""", "", "holds a mapping")]
    [InlineData("""{"cardData": {"license": [["mit"]]}}""", "", "holds a list")]
    [InlineData("""{"cardData": {"license": 5}}""", "5", "")]
    [InlineData("""{"cardData": "{\"license\": \"mit\"}"}""", "mit", "")]
    [InlineData("""{"cardData": "license: mit"}""", "", "`cardData:` is no mapping")]
    [InlineData("""{"cardData": ["license"]}""", "", "`cardData:` is no mapping")]
    [InlineData("""{"tags": ["license:mit", {"x": 1}]}""", "mit", "`tags:` holds a mapping")]
    [InlineData("""{"tags": {"license": "mit"}}""", "", "`tags:` holds a mapping")]
    [InlineData("""{"baseModels": 7}""", "", "`baseModels:` is no mapping")]
    [InlineData("""{"baseModels": {"relation": "kin", "models": []}}""", "", "`baseModels.relation:` does not take `kin`")]
    public void Every_license_is_normalized_or_told(string record, string licenses, string told)
    {
        var read = HubRecordReader.Read($$"""[{"id": "org/a", {{record[1..]}}]""");

        Assert.Equal(licenses, string.Join('|', Assert.Single(read.Works).Licenses.Select(l => l.Claim.Value)));
        Told(told, read);
    }

    private static void Told(string told, Configuration read)
    {
        if (told.Length == 0)
        {
            Assert.Empty(read.Problems);
        }
        else
        {
            Assert.Contains(told, Assert.Single(read.Problems).Message.En, StringComparison.Ordinal);
        }
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
