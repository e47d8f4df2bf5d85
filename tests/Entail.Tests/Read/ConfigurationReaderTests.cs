using Entail.Core.Model;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Read;

/// <summary>entail.yaml.</summary>
public sealed class ConfigurationReaderTests
{
    private static Configuration Parse(string text) => ConfigurationReader.Parse(text, "entail.yaml", Repository.Catalog.Taxonomy);

    [Fact]
    public void The_example_of_the_contract_is_read()
    {
        var read = Parse(
            """
            works:
              - id: base
                model: org/base-6.7b
              - id: sql-7b
                kind: model
                path: .
                licenses: {weights: isc, code: mit}
                made-from:
                  - {work: base, act: fine-tune}
                  - {work: my-data, act: train-on-data, part: data, facts: {target: llm}}
                facts: {modified: true}
              - {id: my-data, kind: dataset, licenses: {data: odbl}}
            ship: {work: sql-7b, acts: [distribute, sell], as: mit}
            facts: {commercial: true, mau: {product: 10, group: 20}}
            policy:
              deny: [odbl]
              suppress:
                - {code: license-mismatch, work: my-data, reason: "agreed", until: 2027-01-31}
            """
        );

        Assert.Empty(read.Problems);
        Assert.Equal(["base", "sql-7b", "my-data"], read.Works.Select(w => w.Id));
        Assert.Equal([null, "model", "dataset"], read.Works.Select(w => w.Kind));
        Assert.Equal("org/base-6.7b", read.Works[0].Model);
        Assert.Equal(".", read.Works[1].Path);
        Assert.Equal(["weights: isc", "code: mit"], read.Works[1].Licenses.Values());
        Assert.Equal(
            new Evidence("entail.yaml", 7, null, "works[1].licenses.code", "mit", EvidenceSource.Configured),
            read.Works[1].Licenses[1].Claim.Evidence
        );
        Assert.Equal(["fine-tune base", "train-on-data my-data"], read.Works[1].Steps.Lines());
        Assert.Equal(Part.Data, read.Works[1].Steps[1].Part);
        Assert.Equal("llm", read.Works[1].Steps[1].Facts.Known["target"].ToString());
        Assert.Equal("true", read.Works[1].Facts.Known["modified"].ToString());
        Assert.Equal(("sql-7b", "mit"), (read.ShipWork, read.ShipAs));
        Assert.Equal([Act.Distribute, Act.Sell], read.ShipActs);
        Assert.Equal("product 10, group 20", read.Facts.Known["mau"].ToString());
        Assert.Equal(["odbl"], read.Policy.Entries.Select(e => e.Name));
        var suppression = Assert.Single(read.Policy.Suppress);
        Assert.Equal(
            ("license-mismatch", "my-data", "agreed", new DateOnly(2027, 1, 31)),
            (suppression.Code, suppression.Work, suppression.Reason, suppression.Until)
        );
    }

    [Theory]
    [InlineData("model", "weights: mit")]
    [InlineData("dataset", "data: mit")]
    [InlineData("code", "code: mit")]
    [InlineData("product", "code: mit")]
    [InlineData("~", "weights: mit")]
    public void A_plain_license_is_for_the_main_part(string kind, string expected)
    {
        var work = Assert.Single(Parse($"works: [{{id: a, kind: {kind}, licenses: mit}}]").Works);

        Assert.Equal([expected], work.Licenses.Values());
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("works: []")]
    [InlineData("works:\nship:\nfacts:\npolicy:")]
    [InlineData("works: [{id: a, made-from: [{work: unheard-of, act: merge}]}]")]
    [InlineData("works: [{model: org/a}]\nship: {work: org/a, acts: sell}")]
    [InlineData("{\"works\": [{\"id\": \"a\"}], \"facts\": {\"commercial\": true}}")]
    public void Little_is_fine(string text) => Assert.Empty(Parse(text).Problems);

    [Theory]
    [InlineData("wroks: []", 1, "`works`")]
    [InlineData("works:\n- id: a\n  license: mit", 3, "`licenses`")]
    [InlineData("works:\n- id: a\n  made-form: []", 3, "`made-from`")]
    [InlineData("works:\n- id: a\n  kind: modle", 3, "`model`")]
    [InlineData("works:\n- id: a\n  licenses: {weigths: mit}", 3, "`weights`")]
    [InlineData("works:\n- id: a\n  licenses: {weights: {x: y}}", 3, "license id")]
    [InlineData("works:\n- id: a\n  path: /etc", 3, "relative")]
    [InlineData("works:\n- kind: model", 2, "`id:`")]
    [InlineData("works:\n- id: a\n- id: a", 3, "`a`")]
    [InlineData("works:\n- a", 2, "id, kind")]
    [InlineData("works:\n- id: a\n  made-from: base", 3, "{work: base, act: fine-tune}")]
    [InlineData("works:\n- id: a\n  made-from: [{work: b}]", 3, "`act:`")]
    [InlineData("works:\n- id: a\n  made-from: [{act: merge}]", 3, "`work:`")]
    [InlineData("works:\n- id: a\n  made-from: [{work: b, act: fintune}]", 3, "`fine-tune`")]
    [InlineData("works:\n- id: a\n  made-from: [{work: b, act: host}]", 3, "one of copy, modify")]
    [InlineData("works:\n- id: a\n  made-from: [{work: b, act: merge, part: wieghts}]", 3, "`weights`")]
    [InlineData("works:\n- id: a\n  made-from: [{work: b, act: merge, facts: {targit: llm}}]", 3, "`target`")]
    [InlineData("works: [{id: base-7b}]\nship: {work: bsae-7b}", 2, "`base-7b`")]
    [InlineData("ship: {acts: [distribuet]}", 1, "`distribute`")]
    [InlineData("ship: {acts: [[sell]]}", 1, "an act")]
    [InlineData("facts: {comercial: true}", 1, "`commercial`")]
    [InlineData("facts: {commercial: perhaps}", 1, "true or false")]
    [InlineData("facts: [commercial]", 1, "mapping")]
    [InlineData("policy: {suppress: [{reason: x}]}", 1, "`code:`")]
    [InlineData("policy: {suppress: [{code: x}]}", 1, "`reason:`")]
    [InlineData("policy: {suppress: [{code: license-unknown, reason: y, until: soon}]}", 1, "2027-01-31")]
    [InlineData("policy: {deny: [{a: b}]}", 1, "license")]
    [InlineData("policy: {denny: []}", 1, "`deny`")]
    [InlineData("works: [", 1, "")]
    [InlineData("facts: {}\nfacts: {}", 2, "twice")]
    [InlineData("- works", 1, "works, ship, facts, policy")]
    public void What_is_wrong_is_named_with_its_line_and_the_way_out(string text, int line, string advice)
    {
        var read = Parse(text);

        Assert.Equal([$"metadata-invalid entail.yaml:{line}"], read.Problems.Places());
        Assert.Contains(advice, read.Problems[0].Message.En, StringComparison.Ordinal);
        Assert.Equal(EvidenceSource.Configured, read.Problems[0].Evidence.Source);
    }

    [Theory]
    [InlineData("works", "works", 0)]
    [InlineData("wroks", "works", 1)]
    [InlineData("Works", "works", 0)]
    [InlineData("fintune", "fine-tune", 2)]
    [InlineData("", "abc", 3)]
    [InlineData("ca", "abc", 3)]
    public void Names_are_as_far_apart_as_the_slips_between_them(string a, string b, int slips)
    {
        Assert.Equal(slips, Closeness.Distance(a, b));
        Assert.Equal(slips, Closeness.Distance(b, a));
    }

    [Fact]
    public void A_suppression_with_a_broken_end_does_not_hold()
    {
        Assert.Empty(Parse("policy: {suppress: [{code: license-unknown, reason: y, until: 2027-02-30}]}").Policy.Suppress);
    }

    [Fact]
    public void A_file_is_read_and_shown_by_its_name()
    {
        using var folder = new TemporaryFolder().With("entail.yaml", "works: [{id: a}]\nx: y\n");

        var read = ConfigurationReader.Read(folder.Path("entail.yaml"), Repository.Catalog.Taxonomy);

        Assert.Equal("a", Assert.Single(read.Works).Id);
        Assert.Equal(["metadata-invalid entail.yaml:2"], read.Problems.Places());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_problem()
    {
        using var folder = new TemporaryFolder().With("big.yaml", "works: [" + new string(' ', 3 * 1024 * 1024) + "]").With("dir/x", "");

        Assert.Equal(
            ["file-unreadable gone.yaml"],
            ConfigurationReader.Read(folder.Path("gone.yaml"), Repository.Catalog.Taxonomy).Problems.Places()
        );
        Assert.Equal(["file-unreadable dir"], ConfigurationReader.Read(folder.Path("dir"), Repository.Catalog.Taxonomy).Problems.Places());
        Assert.Equal(
            ["file-unreadable big.yaml"],
            ConfigurationReader.Read(folder.Path("big.yaml"), Repository.Catalog.Taxonomy).Problems.Places()
        );
    }
}
