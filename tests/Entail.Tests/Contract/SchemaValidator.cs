using System.Text.Json.Nodes;

namespace Entail.Tests.Contract;

/// <summary>
/// Validates JSON against the part of JSON Schema that our schemas use. It is stricter in two ways: a schema keyword it does not know is a bug
/// here, and a key that the schema does not know is a problem of the document.
/// </summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly string[] Keywords =
    [
        "$schema",
        "$id",
        "$defs",
        "$ref",
        "title",
        "type",
        "const",
        "enum",
        "properties",
        "required",
        "additionalProperties",
        "items",
    ];

    private readonly List<string> problems = [];

    /// <summary>What is wrong with a document; empty when nothing is.</summary>
    public static IReadOnlyList<string> Problems(JsonObject schema, JsonNode? document)
    {
        var validator = new SchemaValidator(schema);
        validator.Check(schema, document, "$");
        return validator.problems;
    }

    /// <summary>The schema itself, or the definition it refers to.</summary>
    public static JsonObject Resolve(JsonObject root, JsonObject schema) =>
        (string?)schema["$ref"] is { } reference ? (JsonObject)root["$defs"]![reference["#/$defs/".Length..]]! : schema;

    private void Check(JsonObject written, JsonNode? value, string path)
    {
        Assert.Empty(written.Select(k => k.Key).Except(Keywords));
        var schema = Resolve(root, written);
        var types = schema["type"] switch
        {
            null => [],
            JsonArray several => several.Select(t => (string)t!).ToArray(),
            var one => [(string)one!],
        };
        if (types.Length > 0 && !types.Contains(TypeOf(value)) && !(types.Contains("number") && TypeOf(value) == "integer"))
        {
            problems.Add($"{path}: {TypeOf(value)} where {string.Join(" or ", types)} is promised");
            return;
        }
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
        {
            problems.Add($"{path}: {value} where {constant} is promised");
        }
        if (schema["enum"] is JsonArray list && !list.Any(item => JsonNode.DeepEquals(item, value)))
        {
            problems.Add($"{path}: {value} is none of {string.Join(", ", list.Select(i => (string)i!))}");
        }
        switch (value)
        {
            case JsonObject map:
                CheckKeys(schema, map, path);
                break;
            case JsonArray items when schema["items"] is JsonObject each:
                for (var i = 0; i < items.Count; i++)
                {
                    Check(each, items[i], $"{path}[{i}]");
                }
                break;
        }
    }

    private void CheckKeys(JsonObject schema, JsonObject map, string path)
    {
        foreach (var key in (schema["required"] as JsonArray ?? []).Select(k => (string)k!).Where(k => !map.ContainsKey(k)))
        {
            problems.Add($"{path}: no {key}");
        }
        foreach (var (key, value) in map)
        {
            if (schema["properties"]?[key] is JsonObject property)
            {
                Check(property, value, $"{path}.{key}");
            }
            else if (schema["additionalProperties"] is JsonObject any)
            {
                Check(any, value, $"{path}.{key}");
            }
            else if (schema["properties"] is not null)
            {
                problems.Add($"{path}: the schema does not know {key}");
            }
        }
    }

    private static string TypeOf(JsonNode? value) =>
        value switch
        {
            null => "null",
            JsonObject => "object",
            JsonArray => "array",
            _ => value.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.String => "string",
                System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
                _ => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
            },
        };
}
