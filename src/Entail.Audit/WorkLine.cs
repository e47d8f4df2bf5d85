using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entail.Audit;

// The lines of works.jsonl (CONTRACT.md); what they have in common, such as the catalog, stands in summary.json.

/// <summary>A license that binds a work of a hub, and the work it comes from.</summary>
public sealed record AuditBindingJson(string License, string Origin, string Reading);

/// <summary>Something wrong with a work of a hub.</summary>
public sealed record AuditFindingJson(string Code, string Severity, string? License, string? Origin, string Reading);

/// <summary>A line of <c>works.jsonl</c>: a work of a hub under what it declares.</summary>
public sealed record AuditWorkJson(
    string Id,
    string Kind,
    IReadOnlyList<string> Declared,
    IReadOnlyList<AuditBindingJson> Binding,
    string Verdict,
    IReadOnlyList<AuditFindingJson> Findings
);

/// <summary>The source-generated serializer of these lines.</summary>
[JsonSerializable(typeof(AuditWorkJson))]
internal sealed partial class WorkLine : JsonSerializerContext
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly WorkLine Relaxed = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = Encoder,
        }
    );

    /// <summary>Works as lines.</summary>
    public static ArraySegment<byte> Of(IEnumerable<AuditWorkJson> works)
    {
        var lines = new MemoryStream(1 << 20);
        using var writer = new Utf8JsonWriter(lines, new JsonWriterOptions { Encoder = Encoder, SkipValidation = true });
        foreach (var work in works)
        {
            JsonSerializer.Serialize(writer, work, Relaxed.AuditWorkJson);
            writer.Flush();
            writer.Reset();
            lines.WriteByte((byte)'\n');
        }
        return new ArraySegment<byte>(lines.GetBuffer(), 0, (int)lines.Length);
    }
}
