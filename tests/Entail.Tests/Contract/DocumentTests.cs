using System.Text.Json.Nodes;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;
using Entail.Tasks.Docs;
using Entail.Tasks.Sources;
using Entail.Tests.Cli;

namespace Entail.Tests.Contract;

/// <summary>What the tools write keeps to the schemas.</summary>
public sealed class DocumentTests
{
    private const string Batch = """
        {"id":"a","license":"mit","acts":["sell"]}
        {"id":"b","license":"mit OR apache-2.0","acts":["fine-tune","distribute"],"as":"gpl-3.0-only"}
        {"id":"c","model":"meta-llama/Llama-3.1-8B","acts":["host"],"facts":{"mau":{"product":1,"group":2}}}
        {"id":"d","license":"nobody-knows-1.0","acts":["run"],"assume":"none"}
        {"id":"e","license":"mit","acts":["fly"]}
        {
        """;

    private const string Works = """
        works:
          - {id: base, model: meta-llama/Llama-3.1-8B}
          - {id: talks, kind: dataset, licenses: {data: cc-by-nc-4.0}}
          - id: mine
            kind: model
            path: .
            licenses: {weights: mit, code: apache-2.0}
            made-from:
              - {work: base, act: fine-tune}
              - {work: talks, act: train-on-data}
              - {work: nowhere, act: merge}
        ship: {work: mine, acts: [distribute, sell]}
        facts: {commercial: true, mau: {product: 10, group: 20}, mau-at-release: {llama-3.1: 5}, territory: [EU, US]}
        policy:
          deny: [cc-by-nc-4.0]
          suppress:
            - {code: noncommercial-dropped, reason: settled with the owner, until: 2027-01-31}
        """;

    private static readonly Lang[] Languages = [Lang.En, Lang.Zh];

    public static TheoryData<string, string> Commands =>
        new()
        {
            { "answer", "ask llama-3.1 --do fine-tune,host" },
            { "answer", "ask deepseek-1.0 --do fine-tune,relicense --as mit --lang zh" },
            { "audit", "audit records.jsonl --out audited" },
            { "audit", "audit records.jsonl --out audited --lang zh" },
            { "bundle", "bundle . --verify" },
            { "bundle", "bundle . --lang zh" },
            { "catalog-diff", "licenses diff 2026.11.1" },
            { "catalog-diff", "licenses diff 2026.11.1 2026.11.1 --lang zh" },
            { "choose", "choose --from llama-3.1,cc-by-sa-4.0" },
            { "classes", "identify --classes" },
            { "compat", "compat --from deepseek-1.0,nobody-knows-1.0 --to mit" },
            { "coverage", "licenses coverage" },
            { "coverage", "licenses coverage mit --lang zh" },
            { "diff", "licenses diff gemma-2025 llama-3.1" },
            { "releases", "licenses releases --lang zh" },
            { "explain", "explain restrictions-dropped" },
            { "faq", "faq deepseek-1.0" },
            { "fix", "fix ." },
            { "fix", "fix . --yes --lang zh" },
            { "identify", "identify LICENSE NOTICE README.md . entail.yaml broken" },
            { "identify", "identify LICENSE NOTICE README.md --lang zh" },
            { "license", "licenses show llama-3.1" },
            { "licenses", "licenses list" },
            { "report", "check ." },
            { "report", "check . --lang zh --assume none" },
            { "report-diff", "check . --against before.json" },
            { "report-diff", "check . --against before.json --lang zh --as apache-2.0" },
            { "texts", "texts list" },
            { "texts", "texts add LICENSE" },
            { "why", "why . license-copy-missing" },
            { "why", "why . include-license --lang zh" },
        };

    [Theory, MemberData(nameof(Commands))]
    public void What_a_command_prints_keeps_to_its_schema(string document, string command)
    {
        using var folder = new Folder();
        folder.Write("README.md", "---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n");
        folder.Write("entail.yaml", Works);
        folder.Write("LICENSE", "Permission is hereby granted, free of charge, to any person");
        folder.Write("NOTICE", "SPDX-License-Identifier: MIT OR Nobody-Knows-1.0");
        File.WriteAllBytes(Path.Combine(folder.Path, "broken"), [0, 1, 2]);
        folder.Write(
            "records.jsonl",
            "{\"id\":\"a/b\",\"tags\":[\"license:acme\"]}\n{\"id\":\"a/c\",\"tags\":[\"license:mit\",\"base_model:a/b\"]}\n{}\n"
        );
        if (document == "report-diff")
        {
            var before = Command.RunIn(folder.Path, null, null, "check", ".", "--as", "cc-by-nc-4.0", "--format", "json");
            folder.Write("before.json", before.Out);
        }
        var run = Command.RunIn(folder.Path, null, null, [.. command.Split(' '), "--format", "json"]);
        Assert.Equal("", run.Error);
        Keeps(document, run.Out);
    }

    [Fact]
    public void Each_line_of_a_batch_keeps_to_its_schema()
    {
        var lines = Command
            .RunIn(Repository.Root, Batch, null, "ask", "--batch", "-")
            .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.All(lines[..4], l => Keeps("answer", l));
        Assert.All(lines[4..], l => Keeps("error", l));
    }

    [Fact]
    public void Every_schema_is_tried() =>
        Assert.Equal(
            Schemas.Kinds.Select(k => k.Name).Except(["error"]), // by the batch
            Commands.Select(c => c.Data.Item1).Distinct().Order(StringComparer.Ordinal)
        );

    [Theory, MemberData(nameof(Repository.LicenseRows), MemberType = typeof(Repository))]
    public void What_is_said_of_a_license_keeps_to_the_schemas(string id)
    {
        var license = Repository.Catalog.Find(id)!;
        var cases = CaseSource.Read(Repository.CatalogFolder, id, Repository.Catalog.Facts, []);
        foreach (var lang in Languages)
        {
            var say = new Phrases(Repository.Catalog, lang);
            var write = new DocumentWriter(Repository.Catalog, say, Repository.Today);
            Keeps("license", DocumentWriter.Json(write.Detail(license), indented: true));
            Keeps("faq", DocumentWriter.Json(write.Faq(license, new Faq(Repository.Catalog, Repository.Decider, say).Of(license)), true));
            foreach (var asked in cases)
            {
                Keeps(
                    "answer",
                    DocumentWriter.Json(write.Answer(Repository.Decider.Ask(license, asked.Question), id, asked.Id), indented: false)
                );
            }
            var difference = LicenseDifference.Between(license, Repository.Catalog.Licenses.First(), Repository.Decider);
            Keeps("diff", DocumentWriter.Json(write.Diff(difference), indented: false));
        }
    }

    [Fact]
    public void What_is_said_of_a_finding_code_keeps_to_the_schema()
    {
        foreach (var lang in Languages)
        {
            var write = new DocumentWriter(Repository.Catalog, new Phrases(Repository.Catalog, lang), Repository.Today);
            Assert.All(Repository.Catalog.Taxonomy.Findings, c => Keeps("explain", DocumentWriter.Json(write.Explain(c), indented: false)));
        }
    }

    private static void Keeps(string document, string json) =>
        Assert.Empty(SchemaValidator.Problems(SchemaTests.All[document], JsonNode.Parse(json)));
}
