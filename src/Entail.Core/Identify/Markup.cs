using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace Entail.Core.Identify;

/// <summary>HTML and Markdown dressing: what surrounds words without being any.</summary>
internal static class Markup
{
    private const int MaxTag = 2000;
    private const int MaxLink = 500;
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" />\t\r\n");

    // Elements a browser shows no name of. Anything else in angle brackets is text: a placeholder, an address, a word someone hid there.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Elements = Set(
        "a abbr acronym address article aside b base big blockquote body br button caption center cite code col colgroup dd del details dfn div dl dt em"
            + " figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i img input ins kbd label li link main mark meta nav ol p pre q s"
            + " samp script section small span strike strong style sub summary sup table tbody td tfoot th thead title tr tt u ul var wbr"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Inline = Set(
        "a abbr acronym b big br cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub sup tt u var wbr"
    );

    private static readonly FrozenDictionary<string, char>.AlternateLookup<ReadOnlySpan<char>> Entities = new Dictionary<string, char>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["amp"] = '&',
        ["apos"] = '\'',
        ["bull"] = '•',
        ["copy"] = '©',
        ["emsp"] = ' ',
        ["ensp"] = ' ',
        ["gt"] = '>',
        ["hellip"] = '.',
        ["laquo"] = '«',
        ["ldquo"] = '“',
        ["lsquo"] = '‘',
        ["lt"] = '<',
        ["mdash"] = '—',
        ["middot"] = '·',
        ["nbsp"] = ' ',
        ["ndash"] = '–',
        ["para"] = '¶',
        ["quot"] = '"',
        ["raquo"] = '»',
        ["rdquo"] = '”',
        ["reg"] = '®',
        ["rsquo"] = '’',
        ["sect"] = '§',
        ["thinsp"] = ' ',
        ["trade"] = '™',
    }
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The length of the tag or comment marker that <paramref name="text"/> begins with; 0 where there is none. A script or style counts with all it
    /// holds; once one does not end, <paramref name="ends"/> is false and no other is followed to its end.
    /// </summary>
    public static int TagLength(ReadOnlySpan<char> text, ref bool ends)
    {
        if (text.StartsWith("<!--", StringComparison.Ordinal))
        {
            return 4;
        }
        if (text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase))
        {
            return Closed(text);
        }
        var closing = text.Length > 1 && text[1] == '/';
        var name = text[(closing ? 2 : 1)..];
        var length = 0;
        while (length < name.Length && length < 12 && char.IsAsciiLetterOrDigit(name[length]))
        {
            length++;
        }
        if (
            length == 0
            || length == name.Length
            || name[length] is not ('>' or ' ' or '/' or '\t' or '\n' or '\r')
            || !Elements.Contains(name[..length])
        )
        {
            return 0;
        }
        var tag = Closed(text);
        name = name[..length];
        var unread = name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase);
        return tag > 0 && !closing && unread && ends ? WithContent(text, tag, name, ref ends) : tag;
    }

    /// <summary>True for a tag that begins or ends a paragraph.</summary>
    public static bool IsBlock(ReadOnlySpan<char> tag)
    {
        var name = tag.TrimStart("</");
        var length = name.IndexOfAny(NameEnds);
        return length > 0 && char.IsAsciiLetter(name[0]) && !Inline.Contains(name[..length]);
    }

    /// <summary>The length of the character reference that <paramref name="text"/> begins with, and what it stands for; 0 where it is none.</summary>
    public static int Entity(ReadOnlySpan<char> text, out char character)
    {
        character = '\0';
        var end = text[..Math.Min(text.Length, 10)].IndexOf(';');
        if (end < 2)
        {
            return 0;
        }
        var name = text[1..end];
        if (name[0] != '#')
        {
            return Entities.TryGetValue(name, out character) || Named(text[..(end + 1)], out character) ? end + 1 : 0;
        }
        var parsed =
            name.Length > 1 && name[1] is 'x' or 'X'
                ? int.TryParse(name[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                : int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out code);
        if (!parsed || code is <= 0 or > char.MaxValue || char.IsSurrogate((char)code))
        {
            return 0;
        }
        character = (char)code;
        return end + 1;
    }

    /// <summary>The length of a Markdown link's address from its `](` to its `)`, where it only repeats the link's text; else 0.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="open">Where the link's `[` is.</param>
    /// <param name="close">Where its `]` is.</param>
    public static int RepeatedLink(ReadOnlySpan<char> text, int open, int close)
    {
        if (close - open > MaxLink || close + 1 >= text.Length || text[close + 1] != '(')
        {
            return 0;
        }
        var rest = text[(close + 2)..Math.Min(text.Length, close + 2 + MaxLink)];
        var end = rest.IndexOfAny(") \n");
        return
            end >= 0
            && rest[end] == ')'
            && Address(text[(open + 1)..close]).Equals(Address(rest[..end]), StringComparison.OrdinalIgnoreCase)
            ? end + 3
            : 0;
    }

    // The names of HTML that stand for one character; each is read once at most in a while, so a string does no harm.
    private static bool Named(ReadOnlySpan<char> reference, out char character)
    {
        var decoded = WebUtility.HtmlDecode(reference.ToString());
        character = decoded[0];
        return decoded.Length == 1 && reference.Length > 1;
    }

    private static ReadOnlySpan<char> Address(ReadOnlySpan<char> address)
    {
        address = address.Trim("<> *_`");
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        address = scheme is > 0 and < 6 ? address[(scheme + 3)..] : address;
        return (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? address[7..] : address).TrimEnd("/.");
    }

    private static int Closed(ReadOnlySpan<char> text)
    {
        var end = text[1..Math.Min(text.Length, MaxTag)].IndexOfAny("<>");
        return end >= 0 && text[end + 1] == '>' ? end + 2 : 0;
    }

    private static int WithContent(ReadOnlySpan<char> text, int tag, ReadOnlySpan<char> name, ref bool ends)
    {
        for (var from = tag; from < text.Length; )
        {
            var end = text[from..].IndexOf("</", StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }
            from += end + 2;
            if (text[from..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return from + name.Length;
            }
        }
        ends = false;
        return tag;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
