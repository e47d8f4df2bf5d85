using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Entail.Core.Decide.Engine;

namespace Entail.Audit;

/// <summary>The line of works of one kind, which differ in names alone: what stands between the names, and which those are.</summary>
internal sealed class LineTemplate
{
    private const string Open = "\u27ea";
    private const string Close = "\u27eb";

    /// <summary>That of works whose lines have none.</summary>
    public static readonly LineTemplate None = new([], []);

    private readonly byte[] text;
    private readonly (int End, HubOrigin Name)[] names;

    private LineTemplate(byte[] text, (int End, HubOrigin Name)[] names) => (this.text, this.names) = (text, names);

    /// <summary>What stands for a name while the line is made.</summary>
    public static string Mark(int name) => Open + name.ToString(CultureInfo.InvariantCulture) + Close;

    /// <summary>The template of a line.</summary>
    /// <param name="line">The line, with marks for names.</param>
    /// <param name="marked">The name that each mark stands for.</param>
    /// <returns>Null where something in the line looks like a mark and is none.</returns>
    public static LineTemplate? Of(ReadOnlySpan<byte> line, IReadOnlyList<HubOrigin> marked)
    {
        var (open, close) = (Encoding.UTF8.GetBytes(Open), Encoding.UTF8.GetBytes(Close));
        var text = new ArrayBufferWriter<byte>(line.Length);
        var names = new List<(int, HubOrigin)>();
        for (var at = line.IndexOf(open); at >= 0; at = line.IndexOf(open))
        {
            text.Write(line[..at]);
            line = line[(at + open.Length)..];
            if (
                !Utf8Parser.TryParse(line, out int mark, out var length)
                || mark != names.Count
                || mark >= marked.Count
                || !line[length..].StartsWith(close)
            )
            {
                return null;
            }
            names.Add((text.WrittenCount, marked[mark]));
            line = line[(length + close.Length)..];
        }
        text.Write(line);
        return names.Count == marked.Count ? new LineTemplate(text.WrittenSpan.ToArray(), [.. names]) : null;
    }

    /// <summary>Adds the line of the work at a place.</summary>
    public void AddTo(ArrayBufferWriter<byte> lines, AuditResult result, int place)
    {
        var from = 0;
        foreach (var (end, name) in names)
        {
            lines.Write(text.AsSpan(from, end - from));
            WorkLine.AddName(lines, result.Hub.Graph.Utf8NameOf(result.Decisions.OriginAt(place, name)));
            from = end;
        }
        lines.Write(text.AsSpan(from));
    }
}
