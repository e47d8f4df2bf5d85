using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>What names stand for in C#, JavaScript and TypeScript: what was assigned to them last before a place, or first after it.</summary>
/// <param name="isScript">JavaScript or TypeScript rather than C#.</param>
internal sealed class BraceNames(bool isScript)
{
    private const int MostAssigned = 100_000;
    private const int LongestValue = 64;

    private readonly Dictionary<string, List<(int At, Span Value)>> assigned = new(StringComparer.Ordinal);

    /// <summary>Reads all assignments.</summary>
    public void Read(Code code)
    {
        for (var (i, count) = (0, 0); i + 2 < code.Tokens.Count && count < MostAssigned; i++)
        {
            // `name = value`, and TypeScript's `name: type = value`.
            if (code[i].Kind == TokenKind.Word && code[i + 1].Is("="))
            {
                count++;
                var isTyped = isScript && i > 1 && code[i - 1].Is(":") && code[i - 2].Kind == TokenKind.Word;
                var name = code[isTyped ? i - 2 : i].Value;
                if (!assigned.TryGetValue(name, out var found))
                {
                    assigned[name] = found = [];
                }
                found.Add((i, ValueAt(code, i + 2, isScript)));
            }
        }
    }

    /// <summary>The value that a name may have at a place.</summary>
    public IEnumerable<Span> ValuesOf(string name, int at)
    {
        if (!assigned.TryGetValue(name[(name.LastIndexOf('.') + 1)..], out var found))
        {
            return [];
        }
        var (low, high) = (0, found.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = found[middle].At < at ? (middle + 1, high) : (low, middle);
        }
        return [found[Math.Max(0, low - 1)].Value];
    }

    /// <summary>The value that begins at a place and ends with its statement.</summary>
    public static Span ValueAt(Code code, int start, bool isScript)
    {
        var i = start;
        for (var count = 0; i < code.Tokens.Count && count < LongestValue; count++)
        {
            var token = code[i];
            if (token.Kind == TokenKind.Sign && token.Value is ";" or "," or ")" or "]" or "}")
            {
                break;
            }
            // JavaScript needs no semicolon at the end of a line.
            if (
                isScript
                && i > start
                && token.Line > code[i - 1].Line
                && token.Kind == TokenKind.Word
                && code[i - 1].Kind != TokenKind.Sign
            )
            {
                break;
            }
            i = code.After(i);
        }
        return new Span(start, Math.Max(start, i));
    }

    /// <summary>The works whose files the code names by their addresses on the hub.</summary>
    public static void Addresses(Code code, FoundUses uses)
    {
        foreach (var token in code.Tokens.Where(t => t.Kind == TokenKind.Text))
        {
            var (name, kind) = SourceNames.Address(token.Value, whole: false);
            uses.Add(name, Act.Run, "huggingface.co", token.Line, kind);
        }
    }
}
