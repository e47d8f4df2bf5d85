using System.Buffers;
using Entail.Core.Decide.Engine;

namespace Entail.Audit;

/// <summary>The line of works of one kind, which differ in names alone: texts, which kinds share, and names in turn.</summary>
/// <param name="parts">Each a text, and the name that follows it; none after the last.</param>
internal sealed class LineTemplate(LineTemplate.Part[] parts)
{
    /// <summary>That of works whose lines have none.</summary>
    public static readonly LineTemplate None = new([]);

    /// <summary>A text, and the work whose name follows it; <see cref="HubOrigin.Nowhere"/> for none.</summary>
    internal readonly record struct Part(byte[] Text, HubOrigin Name);

    /// <summary>Adds the line of the work at a place.</summary>
    public void AddTo(ArrayBufferWriter<byte> lines, AuditResult result, int place)
    {
        foreach (var (text, name) in parts)
        {
            lines.Write(text);
            if (name != HubOrigin.Nowhere)
            {
                WorkLine.AddName(lines, result.Hub.Graph.Utf8NameOf(result.Decisions.OriginAt(place, name)));
            }
        }
    }
}
