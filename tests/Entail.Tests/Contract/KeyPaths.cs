using System.Text.Json.Nodes;

namespace Entail.Tests.Contract;

/// <summary>The keys of a document, one line each: <c>duties[].when string?</c>, with <c>?</c> where it may be absent.</summary>
internal static class KeyPaths
{
    /// <summary>Every key path of a schema with its type. Keys of a mapping are written <c>*</c>.</summary>
    public static IEnumerable<(string Path, string Type)> Of(JsonObject schema) => Walk(schema, schema, "");

    private static IEnumerable<(string Path, string Type)> Walk(JsonObject root, JsonObject written, string path)
    {
        var schema = SchemaValidator.Resolve(root, written);
        var required = (schema["required"] as JsonArray ?? []).Select(k => (string)k!).ToHashSet(StringComparer.Ordinal);
        var inner = (schema["properties"] as JsonObject ?? [])
            .Select(p =>
                (
                    Path: path.Length == 0 ? p.Key : $"{path}.{p.Key}",
                    Schema: (JsonObject)p.Value!,
                    Mark: required.Contains(p.Key) ? "" : "?"
                )
            )
            .ToList();
        if (schema["additionalProperties"] is JsonObject any)
        {
            inner.Add(($"{path}.*", any, ""));
        }
        if (schema["items"] is JsonObject each)
        {
            inner.Add(($"{path}[]", each, ""));
        }
        return inner.SelectMany(i =>
            Walk(root, i.Schema, i.Path).Prepend((i.Path, TypeOf(SchemaValidator.Resolve(root, i.Schema)) + i.Mark))
        );
    }

    private static string TypeOf(JsonObject schema) =>
        schema["type"] switch
        {
            JsonArray several => string.Join("|", several.Select(t => (string)t!)),
            { } one => (string)one!,
            null => "string", // a constant
        };
}
