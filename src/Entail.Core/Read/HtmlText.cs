using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Entail.Core.Read;

/// <summary>
/// The text of an HTML page, on the lines of its source: a parser would lose these, and a report must name lines that the reader's editor
/// shows. Tags, comments and what is not part of the text (head, scripts, styles, navigation) are taken out, character references are
/// decoded. A block begins with a paragraph separator (U+2029), a line break is a line separator (U+2028): neither begins a line of the file.
/// Linear in the length of the page, whatever it holds.
/// </summary>
internal sealed class HtmlText
{
    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Dropped = Set(
        "head script style noscript template svg math nav aside footer button select iframe object"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Blocks = Set(
        "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr html legend li main menu ol p pre section summary table tbody td tfoot th thead title tr ul"
    );

    private readonly StringBuilder text = new();
    private readonly HashSet<string> neverClosed = new(StringComparer.OrdinalIgnoreCase);
    private bool lineBroken;
    private bool blockEnded;

    private HtmlText() { }

    /// <summary>The text, with as many line feeds as the page.</summary>
    /// <param name="html">The page, its lines ended by LF.</param>
    public static string Of(string html)
    {
        var reader = new HtmlText();
        reader.Read(html);
        return reader.text.ToString();
    }

    private void Read(ReadOnlySpan<char> page)
    {
        var position = 0;
        while (position < page.Length)
        {
            var next = page[position..].IndexOf('<');
            var start = next < 0 ? page.Length : position + next;
            AddText(page[position..start]);
            if (start == page.Length)
            {
                return;
            }
            if (!OpensMarkup(page[start..]))
            {
                AddText("<");
                position = start + 1;
                continue;
            }
            var after = start + MarkupLength(page[start..]);
            if (after == start)
            {
                // Markup without an end: whatever follows is kept as text.
                AddText(page[start..]);
                return;
            }
            var name = Name(page[(start + 1)..after]);
            if (Dropped.Contains(name) && !IsEmptyElement(page[start..after], name))
            {
                after = AfterElement(page, after, name);
            }
            blockEnded |= Blocks.Contains(name);
            lineBroken |= name.Equals("br", StringComparison.OrdinalIgnoreCase);
            AddLineEnds(page[start..after]);
            position = after;
        }
    }

    private static bool OpensMarkup(ReadOnlySpan<char> page) =>
        page.Length > 1 && (char.IsAsciiLetter(page[1]) || page[1] is '!' or '?' || (page[1] == '/' && page.Length > 2 && page[2] > ' '));

    // From `<` to the `>` that ends it; 0 where nothing does. A `>` in a quoted value ends nothing.
    private static int MarkupLength(ReadOnlySpan<char> page)
    {
        if (page.StartsWith("<!--"))
        {
            var end = page[4..].IndexOf("-->");
            return end < 0 ? 0 : end + 7;
        }
        var position = 1;
        while (true)
        {
            var next = page[position..].IndexOfAny('>', '=');
            if (next < 0)
            {
                return 0;
            }
            position += next + 1;
            if (page[position - 1] == '>')
            {
                return position;
            }
            while (position < page.Length && char.IsWhiteSpace(page[position]))
            {
                position++;
            }
            if (position < page.Length && page[position] is '"' or '\'')
            {
                var end = page[(position + 1)..].IndexOf(page[position]);
                if (end < 0)
                {
                    return 0;
                }
                position += end + 2;
            }
        }
    }

    // Empty for a comment; of an end tag the name of its element.
    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> markup)
    {
        var name = markup.TrimStart('/');
        var length = 0;
        while (length < name.Length && char.IsAsciiLetterOrDigit(name[length]))
        {
            length++;
        }
        return name[..length];
    }

    private static bool IsEmptyElement(ReadOnlySpan<char> tag, ReadOnlySpan<char> name) =>
        tag[1] == '/' || (tag[^2] == '/' && !IsRaw(name));

    private static bool IsRaw(ReadOnlySpan<char> name) =>
        name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase);

    // Where an element ends, or its content begins if it does not end. Each name is searched in vain once.
    private int AfterElement(ReadOnlySpan<char> page, int start, ReadOnlySpan<char> name)
    {
        if (neverClosed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            return start;
        }
        var depth = 1;
        var position = start;
        while (depth > 0)
        {
            var next = page[position..].IndexOf('<');
            if (next < 0)
            {
                neverClosed.Add(name.ToString());
                return start;
            }
            position += next + 1;
            var closes = position < page.Length && page[position] == '/';
            if (Name(page[position..]).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                depth +=
                    closes ? -1
                    : IsRaw(name) ? 0
                    : 1;
            }
        }
        var end = page[position..].IndexOf('>');
        return end < 0 ? page.Length : position + end + 1;
    }

    private void AddText(ReadOnlySpan<char> run)
    {
        while (true)
        {
            var end = run.IndexOf('\n');
            var line = end < 0 ? run : run[..end];
            if (!line.IsWhiteSpace())
            {
                if ((blockEnded || lineBroken) && text.Length > 0)
                {
                    text.Append(blockEnded ? ParagraphSeparator : LineSeparator);
                }
                (lineBroken, blockEnded) = (false, false);
            }
            if (line.Contains('&'))
            {
                text.Append(WebUtility.HtmlDecode(line.ToString()).Replace('\n', LineSeparator).Replace('\r', ' ').Replace('\0', ' '));
            }
            else
            {
                text.Append(line);
            }
            if (end < 0)
            {
                return;
            }
            AddLineEnds("\n");
            run = run[(end + 1)..];
        }
    }

    private void AddLineEnds(ReadOnlySpan<char> skipped)
    {
        var lines = skipped.Count('\n');
        if (lines > 0)
        {
            text.Append('\n', lines);
            lineBroken = false;
        }
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
