using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Entail.Core.Write;
using Entail.Tasks.Docs;

namespace Entail.Tests.Contract;

/// <summary>The shape of the public documents: what it promises, and that no promise is broken.</summary>
public sealed class SchemaTests
{
    private static readonly string[] Envelope = ["schema", "tool", "catalog", "lang"];

    /// <summary>The schemas, by the name of the document.</summary>
    internal static readonly IReadOnlyDictionary<string, JsonObject> All = new Schemas(Repository.Source.Taxonomy).All.ToDictionary(
        s => s.Kind.Name,
        s => s.Schema,
        StringComparer.Ordinal
    );

    [Fact]
    public void Every_document_the_tools_write_has_a_schema()
    {
        var written = typeof(DocumentContext)
            .GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(JsonSerializableAttribute))
            .Select(a => (Type)a.ConstructorArguments[0].Value!);
        var missing = written.Except(Schemas.Kinds.Select(k => k.Type)).Select(t => t.Name);
        Assert.True(!missing.Any(), $"add to Schemas.Kinds: {string.Join(", ", missing)}");
    }

    // Scripts rely on these keys. What is new is accepted; what is there stays, with its type, for as long as the document is v1.
    [Fact]
    public void No_v1_key_vanishes_or_changes_its_type()
    {
        var file = Path.Combine(Repository.Root, "tests", "Entail.Tests", "Contract", "v1-keys.txt");
        var promised = File.Exists(file) ? File.ReadAllLines(file) : [];
        var current = new Schemas(Repository.Source.Taxonomy)
            .All.Where(s => s.Kind.Version == 1)
            .SelectMany(s => KeyPaths.Of(s.Schema).Select(k => $"{s.Kind.Name} {k.Path} {k.Type}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        var broken = promised.Except(current).ToList();
        Assert.True(
            broken.Count == 0,
            $"these keys of v1 are promised and gone, or have another type: {Lines(broken)}\nbring them back; a new shape needs a new version"
        );
        var added = current.Except(promised).ToList();
        if (added.Count > 0 && Accepting.IsOn)
        {
            File.WriteAllText(file, string.Join('\n', current) + "\n");
            return;
        }
        Assert.True(
            added.Count == 0,
            $"these keys are new: {Lines(added)}\nto promise them, run: ENTAIL_ACCEPT=1 ./test --fast --filter No_v1_key"
        );
    }

    [Fact]
    public void Every_document_names_its_schema_the_tool_the_catalog_and_the_language() =>
        Assert.All(All.Values, s => Assert.Empty(Envelope.Except(s["required"]!.AsArray().Select(k => (string)k!))));

    // The examples of the public contract, key by key.
    [Theory]
    [InlineData(
        "answer",
        "asOf",
        "id",
        "asked",
        "license",
        "verdict",
        "cases[].when",
        "cases[].verdict",
        "cases[].clauses[]",
        "unclear",
        "risks[]"
    )]
    [InlineData(
        "answer",
        "duties[].id",
        "duties[].license",
        "duties[].acts[]",
        "duties[].clauses[]",
        "duties[].reading",
        "duties[].where[]"
    )]
    [InlineData("answer", "duties[].text", "duties[].summary", "restrictions[].id", "restrictions[].license", "restrictions[].clauses[]")]
    [InlineData("answer", "assumed[].fact", "assumed[].value", "assumed[].otherwise", "assumed[].clauses[]", "chosen", "branches")]
    [InlineData(
        "answer",
        "because[].rule",
        "because[].effect",
        "because[].license",
        "because[].clauses[]",
        "because[].reading",
        "because[].summary"
    )]
    [InlineData(
        "report",
        "asOf",
        "question.work",
        "question.acts[]",
        "question.as",
        "question.facts",
        "verdict",
        "works[].id",
        "works[].kind"
    )]
    [InlineData("report", "works[].parts.*.declared", "works[].parts.*.identified", "works[].verdicts.*", "works[].binding[].via[]")]
    [InlineData("report", "works[].binding[].license", "works[].binding[].part", "works[].binding[].reading", "works[].duties[].id")]
    [InlineData(
        "report",
        "works[].duties[].license",
        "works[].duties[].clauses[]",
        "works[].duties[].status",
        "works[].duties[].evidence[]"
    )]
    [InlineData(
        "report",
        "findings[].id",
        "findings[].code",
        "findings[].severity",
        "findings[].work",
        "findings[].part",
        "findings[].clauses[]"
    )]
    [InlineData(
        "report",
        "findings[].parties[].license",
        "findings[].parties[].work",
        "findings[].message",
        "findings[].params.*",
        "findings[].fix"
    )]
    [InlineData(
        "report",
        "findings[].reading",
        "findings[].suppressed.reason",
        "findings[].suppressed.until",
        "findings[].evidence[].file"
    )]
    [InlineData("report", "findings[].evidence[].line", "findings[].evidence[].endLine", "findings[].evidence[].pointer")]
    [InlineData("report", "findings[].evidence[].text", "findings[].evidence[].source")]
    [InlineData(
        "compat",
        "from[]",
        "to",
        "conveys",
        "result",
        "repair[]",
        "because[].rule",
        "missing[].kind",
        "missing[].id",
        "missing[].license"
    )]
    [InlineData("compat", "missing[].clauses[]")]
    [InlineData("choose", "from[]", "licenses[].license", "licenses[].conveys", "licenses[].result", "licenses[].missing[].kind")]
    [InlineData("licenses", "licenses[].id", "licenses[].name", "licenses[].ids.spdx[]", "licenses[].ids.scancode[]", "licenses[].version")]
    [InlineData(
        "licenses",
        "licenses[].ids.huggingface[]",
        "licenses[].ids.ollama[]",
        "licenses[].date",
        "licenses[].family",
        "licenses[].covers[]"
    )]
    [InlineData(
        "identify",
        "files[].file",
        "files[].part",
        "files[].matches[].license",
        "files[].matches[].kind",
        "files[].matches[].score"
    )]
    [InlineData(
        "identify",
        "files[].matches[].spans[].lines[]",
        "files[].matches[].spans[].words[]",
        "files[].matches[].clauses.present[]",
        "files[].matches[].clauses.changed[].id",
        "files[].matches[].clauses.changed[].lines[]",
        "files[].matches[].clauses.missing[]",
        "files[].matches[].residue[].lines[]",
        "files[].matches[].residue[].text",
        "files[].closest[].license",
        "files[].closest[].score"
    )]
    public void What_the_contract_shows_is_in_the_schemas(string document, params string[] keys)
    {
        var paths = KeyPaths.Of(All[document]).Select(k => k.Path).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(keys.ToHashSet(StringComparer.Ordinal), paths);
    }

    [Theory]
    [InlineData("""{"a":"x","l":["one"],"m":{"k":1},"d":{"n":true}}""", 0)]
    [InlineData("""{"l":["one"],"m":{}}""", 1)] // a is required
    [InlineData("""{"a":1,"l":[],"m":{}}""", 1)]
    [InlineData("""{"a":"y","l":["two"],"m":{}}""", 2)]
    [InlineData("""{"a":"x","l":[],"m":{"k":1.5,"j":"1"}}""", 2)]
    [InlineData("""{"a":"x","l":[],"m":{},"d":{"o":1},"z":null}""", 2)]
    [InlineData("[]", 1)]
    public void The_validator_of_these_tests_sees_what_is_wrong(string document, int problems)
    {
        var schema = (JsonObject)
            JsonNode.Parse(
                """
                {"type":"object","required":["a"],"properties":{"a":{"const":"x","type":"string"},"l":{"type":"array","items":{"enum":["one"]}},
                "m":{"type":"object","additionalProperties":{"type":"integer"}},"d":{"$ref":"#/$defs/D"}},
                "$defs":{"D":{"type":"object","properties":{"n":{"type":"boolean"}}}}}
                """
            )!;
        Assert.Equal(problems, SchemaValidator.Problems(schema, JsonNode.Parse(document)).Count);
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => $"\n  {l}"));
}
