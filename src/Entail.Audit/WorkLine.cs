using System.Buffers;
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

    /// <summary>A work as a line.</summary>
    public static byte[] Of(AuditWorkJson work) => [.. JsonSerializer.SerializeToUtf8Bytes(work, Relaxed.AuditWorkJson), (byte)'\n'];

    /// <summary>A license that binds a work, as it stands in a line.</summary>
    public static byte[] Of(AuditBindingJson binding) => JsonSerializer.SerializeToUtf8Bytes(binding, Relaxed.AuditBindingJson);

    /// <summary>Something wrong with a work, as it stands in a line.</summary>
    public static byte[] Of(AuditFindingJson finding) => JsonSerializer.SerializeToUtf8Bytes(finding, Relaxed.AuditFindingJson);

    /// <summary>Adds a name as it stands in a line, between its quotes.</summary>
    public static void AddName(ArrayBufferWriter<byte> lines, ReadOnlySpan<byte> name)
    {
        if (Encoder.FindFirstCharacterToEncodeUtf8(name) >= 0)
        {
            name = JsonEncodedText.Encode(name, Encoder).EncodedUtf8Bytes;
        }
        lines.Write(name);
    }
}
