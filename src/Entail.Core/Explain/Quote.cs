using System.Globalization;
using System.Text;

namespace Entail.Core.Explain;

/// <summary>Words of a file, for people: on one line, cut, wrapped, and with the characters shown that hide.</summary>
internal static class Quote
{
    private const int MostColumns = 90;

    /// <summary>In quotation marks on one line, cut after some 90 columns.</summary>
    public static string Short(string text) => $"“{Cut(Flat(text), MostColumns)}”";

    /// <summary>
    /// In quotation marks, with each letter that is neither ASCII nor wide, and each that is not seen, shown by its number, as in <c>l‹U+0456›cense</c>.
    /// </summary>
    public static string Disguised(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(rune.IsAscii || Columns(rune) == 2 ? rune.ToString() : $"‹U+{rune.Value:X4}›");
        }
        return Short(shown.ToString());
    }

    /// <summary>In quotation marks on lines of at most <paramref name="columns"/>; of a longer text the first <paramref name="most"/> lines.</summary>
    public static IEnumerable<string> Wrapped(string text, int columns, int most)
    {
        var rest = $"“{Flat(text)}”";
        for (var count = 1; rest.Length > 0; count++)
        {
            if (count == most && Columns(rest) > columns)
            {
                yield return Cut(rest, columns - 2) + "”";
                yield break;
            }
            var line = Fitting(rest, columns);
            yield return rest[..line].TrimEnd();
            rest = rest[line..].TrimStart();
        }
    }

    /// <summary>The columns a terminal gives to a text: two for a wide character (Unicode, UAX 11).</summary>
    public static int Columns(string text) => text.EnumerateRunes().Sum(Columns);

    // White space in a row is one space. What turns the direction of writing is left out: it would turn what stands around it too.
    private static string Flat(string text)
    {
        var flat = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (flat.Length > 0 && flat[^1] != ' ')
                {
                    flat.Append(' ');
                }
            }
            else if (c is not ('\u200e' or '\u200f' or '\u061c' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')))
            {
                flat.Append(c);
            }
        }
        return flat.ToString().TrimEnd();
    }

    private static string Cut(string text, int columns) =>
        Columns(text) <= columns ? text : text[..Prefix(text, columns - 1)].TrimEnd() + "…";

    // Up to the last space that fits; within a word, or between wide characters, where that would leave most of the line empty.
    private static int Fitting(string text, int columns)
    {
        var end = Prefix(text, columns);
        if (end == text.Length || text[end] == ' ')
        {
            return end;
        }
        var space = text.LastIndexOf(' ', end - 1);
        return space > 0 && Columns(text[..space]) >= columns / 3 ? space : end;
    }

    private static int Prefix(string text, int columns)
    {
        var (end, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += Columns(rune);
            if (used > columns && end > 0)
            {
                break;
            }
            end += rune.Utf16SequenceLength;
        }
        return end;
    }

    private static int Columns(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
        : rune.Value
            is (>= 0x1100 and <= 0x115f)
                or (>= 0x2e80 and <= 0xa4cf)
                or (>= 0xac00 and <= 0xd7a3)
                or (>= 0xf900 and <= 0xfaff)
                or (>= 0xfe30 and <= 0xfe6f)
                or (>= 0xff00 and <= 0xff60)
                or (>= 0xffe0 and <= 0xffe6)
                or (>= 0x1f300 and <= 0x1faff)
                or (>= 0x20000 and <= 0x3fffd)
            ? 2
        : 1;
}
