namespace Entail.Core.Identify;

/// <summary>What ends before a word.</summary>
internal enum Boundary
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A member of a list: the word is "and" or "or".</summary>
    Joint,

    /// <summary>A sentence.</summary>
    Sentence,

    /// <summary>A paragraph.</summary>
    Paragraph,
}

/// <summary>Bullets and numbering: what opens an item of a list without being a word of it.</summary>
internal static class Bullets
{
    // Room for a numeral in parentheses and its emphasis.
    private const int MostParenthesized = 16;

    /// <summary>The length of the bullet at the beginning of <paramref name="text"/>; 0 where there is none.</summary>
    /// <param name="text">From a letter or digit on.</param>
    /// <param name="before">What ends before it.</param>
    /// <param name="line">A line begins here.</param>
    /// <param name="refers">The word before is one like "section", so that a number belongs to it.</param>
    public static int Length(ReadOnlySpan<char> text, Boundary before, bool line, bool refers)
    {
        line &= !refers;
        var length = char.IsAsciiDigit(text[0]) ? Number(text, out var levels) : Letter(text, out levels);
        if (length == 0)
        {
            return 0;
        }
        var rest = text[length..];
        if (rest is ['.' or ')' or ']' or '、' or '．' or '）', ..])
        {
            var after = rest[1..];
            var stands =
                after is [] or [' ' or '\t' or '\n' or '\r' or '*' or '_' or '\u00A0' or '\u3000' or '\u2028' or '\u2029', ..]
                || after.StartsWith("&nbsp;", StringComparison.Ordinal);
            if (text[0] is 'v' or 'V' && length == 1 && after.TrimStart() is [>= '0' and <= '9', ..])
            {
                // "v. 2.0"
                return 0;
            }
            var isItem = before >= Boundary.Joint || line;
            // "ii." is no word, wherever it stands.
            return stands && (isItem || (levels == 0 && length > 1 && !refers)) ? length + 1
                : !stands && levels > 0 && (before >= Boundary.Sentence || line) && (char.IsUpper(after[0]) || after[0] >= '\u2E80')
                    ? length + 1
                : 0;
        }
        // A number without punctuation is one where a heading follows: "1 Definitions", "2.3 Grant".
        return
            levels > 0
            && before >= (levels > 1 ? Boundary.Sentence : Boundary.Paragraph)
            && rest.Length > 0
            && char.IsWhiteSpace(rest[0])
            && Opens(rest)
            ? length
            : 0;
    }

    /// <summary>The length of a number, letter or Roman numeral in parentheses; 0 where there is none.</summary>
    public static int Parenthesized(ReadOnlySpan<char> text, out bool isNumber)
    {
        var inside = text[1..Math.Min(text.Length, MostParenthesized)].TrimStart("*_");
        isNumber = inside.Length > 0 && char.IsAsciiDigit(inside[0]);
        var length =
            inside.Length == 0 ? 0
            : isNumber ? Digits(inside)
            : Letter(inside, out _);
        if (length == 0)
        {
            return 0;
        }
        var rest = inside[length..].TrimStart("*_");
        return rest is [')', ..] ? Math.Min(text.Length, MostParenthesized) - rest.Length + 1 : 0;
    }

    private static bool Opens(ReadOnlySpan<char> rest)
    {
        var first = rest.TrimStart(" \t\r\n*_\"'“‘[(#\u00A0\u3000\u2028\u2029");
        return first.Length > 0 && (char.IsUpper(first[0]) || first[0] >= '\u2E80');
    }

    // At most three digits, or several such with dots between them.
    private static int Number(ReadOnlySpan<char> text, out int levels)
    {
        var length = Digits(text);
        levels = length > 0 ? 1 : 0;
        while (length > 0 && length + 1 < text.Length && text[length] == '.' && Digits(text[(length + 1)..]) is > 0 and var more)
        {
            length += 1 + more;
            levels++;
        }
        return length < text.Length && char.IsLetterOrDigit(text[length]) && text[length] < '\u2E80' ? 0 : length;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            length++;
        }
        return length <= 3 ? length : 0;
    }

    private static int Letter(ReadOnlySpan<char> text, out int levels)
    {
        levels = 0;
        var length = 0;
        while (length < text.Length && length < 6 && text[length] is 'i' or 'v' or 'x' or 'I' or 'V' or 'X')
        {
            length++;
        }
        if (length is > 0 and < 6 && !(length < text.Length && char.IsLetterOrDigit(text[length])))
        {
            return length;
        }
        return char.IsAsciiLetter(text[0]) && !(text.Length > 1 && char.IsLetterOrDigit(text[1])) ? 1 : 0;
    }
}
