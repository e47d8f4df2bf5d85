using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Tasks.Docs;

/// <summary>A kind of public document.</summary>
/// <param name="Name">Its name, as in <c>entail/NAME/v1</c>.</param>
/// <param name="Version">The version of its shape.</param>
/// <param name="Title">What it is.</param>
/// <param name="Type">The type that defines it.</param>
public sealed record DocumentKind(string Name, int Version, string Title, Type Type)
{
    /// <summary>What its <c>schema</c> key says, and the <c>$id</c> of its schema.</summary>
    public string Id => $"entail/{Name}/v{Version}";

    /// <summary>The file of its schema, below <c>docs/schemas</c>.</summary>
    public string File => $"{Name}.v{Version}.schema.json";
}

/// <summary>
/// JSON schemas (draft 2020-12) of the public documents, from the types that write them. What may be null is left out when it is, so it is
/// optional; everything else is required. Further keys are allowed: they may be added in any release.
/// </summary>
public sealed class Schemas
{
    /// <summary>Every kind of document.</summary>
    public static readonly IReadOnlyList<DocumentKind> Kinds =
    [
        new("answer", 1, "The answer to a question", typeof(AnswerJson)),
        new("audit", 1, "What an audit of a hub found, in numbers", typeof(AuditSummaryJson)),
        new("bundle", 1, "The files that a work owes those who receive it", typeof(BundleJson)),
        new("catalog-diff", 1, "What changed between two releases of the catalog", typeof(CatalogDiffJson)),
        new("choose", 1, "The licenses that may be chosen, best first", typeof(ChooseJson)),
        new("classes", 1, "The reference texts that have the very same words", typeof(ClassesJson)),
        new("compat", 1, "Whether a work bound by licenses may carry another", typeof(CompatJson)),
        new("coverage", 1, "How much of the licenses' texts is accounted for", typeof(CoverageJson)),
        new("diff", 1, "What differs between two licenses", typeof(LicenseDiffJson)),
        new("error", 1, "A line of a batch that could not be asked", typeof(ErrorJson)),
        new("explain", 1, "What a finding code means", typeof(ExplainJson)),
        new("faq", 1, "The FAQ of a license", typeof(FaqJson)),
        new("fix", 1, "What fix changes, and what only people can put right", typeof(FixJson)),
        new("identify", 1, "Which licenses files hold, and what differs", typeof(IdentifyJson)),
        new("license", 1, "A license in full", typeof(LicenseDetailJson)),
        new("licenses", 1, "The licenses of the catalog", typeof(LicensesJson)),
        new("releases", 1, "The releases of the catalog", typeof(ReleasesJson)),
        new("report", 1, "What a check of a work found", typeof(ReportJson)),
        new("report-diff", 1, "What differs from an earlier report", typeof(ReportDiffJson)),
        new("texts", 1, "The user's own store of license texts", typeof(TextsJson)),
        new("why", 1, "The reasoning behind findings and duties", typeof(WhyJson)),
    ];

    private readonly ClosedLists lists;

    /// <summary>Makes the schemas of all <see cref="Kinds"/>.</summary>
    public Schemas(Taxonomy taxonomy)
    {
        lists = new ClosedLists(taxonomy);
        All = [.. Kinds.Select(k => (k, Of(k)))];
        if (lists.Unused.ToList() is { Count: > 0 } unused)
        {
            throw new InvalidOperationException($"no document has {string.Join(", ", unused)}; correct ClosedLists.cs");
        }
    }

    /// <summary>The kinds with their schemas.</summary>
    public IReadOnlyList<(DocumentKind Kind, JsonObject Schema)> All { get; }

    private JsonObject Of(DocumentKind kind)
    {
        // Each record is described once, under $defs: readable, and the same whichever document holds it.
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var root = Describe(kind.Type, definitions);
        root["properties"]!["schema"] = new JsonObject { ["const"] = kind.Id };
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = kind.Id,
            ["title"] = kind.Title,
        };
        foreach (var (key, value) in root.ToList())
        {
            root.Remove(key);
            schema[key] = value;
        }
        if (definitions.Count > 0)
        {
            schema["$defs"] = new JsonObject(definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        }
        return schema;
    }

    private JsonObject Describe(Type type, SortedDictionary<string, JsonNode> definitions)
    {
        var exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        return (JsonObject)DocumentContext.Default.GetTypeInfo(type)!.GetJsonSchemaAsNode(exporter);

        JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
        {
            var current = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
            if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && context.Path.Length > 0)
            {
                var name = current.Name.EndsWith("Json", StringComparison.Ordinal) ? current.Name[..^4] : throw new UnreachableException();
                if (!definitions.ContainsKey(name))
                {
                    definitions[name] = true; // its own place is taken while it is described
                    definitions[name] = Describe(current, definitions);
                }
                return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
            }
            var schema = (JsonObject)node;
            if (schema["type"] is JsonArray types)
            {
                schema["type"] = types.Select(t => t!.GetValue<string>()).Single(t => t != "null");
            }
            if (context.TypeInfo.ElementType == typeof(JsonElement))
            {
                // The exporter leaves it at anything; it is the value of a fact.
                schema["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("boolean", "number", "string", "object") };
            }
            if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
            {
                schema["required"] = new JsonArray([
                    .. context.TypeInfo.Properties.Where(p => !p.IsGetNullable).Select(p => (JsonNode)p.Name),
                ]);
            }
            if (context is { PropertyInfo: { } property, Path.Length: 2 } && lists.Of(type, property.Name) is { } list)
            {
                var strings = (JsonObject)(schema["items"] ?? schema["additionalProperties"] ?? schema);
                strings["enum"] = new JsonArray([.. list.Select(v => (JsonNode)v)]);
            }
            return schema;
        }
    }
}
