namespace Entail.Core.Identify;

/// <summary>Bullets and numbering: what opens an item of a list without being a word of it.</summary>
internal static class Bullets
{
    /// <summary>The length of the bullet at the beginning of <paramref name="text"/>; 0 where there is none.</summary>
    /// <param name="text">From a letter or digit on.</param>
    /// <param name="sentence">A sentence or a paragraph begins here.</param>
    /// <param name="joint">So does one, or the word before is "and" or "or".</param>
    /// <param name="line">A line begins here.</param>
    public static int Length(ReadOnlySpan<char> text, bool sentence, bool joint, bool line)
    {
        if (!joint && !line)
        {
            return 0;
        }
        var length = char.IsAsciiDigit(text[0]) ? Number(text, out var levels) : Letter(text, out levels);
        if (length == 0)
        {
            return 0;
        }
        var rest = text[length..];
        if (rest is ['.' or ')' or ']' or '、' or '．' or '）', ..])
        {
            var after = rest[1..];
            var stands = after is [] or [' ' or '\t' or '\n' or '\r' or '*' or '_' or '\u00A0' or '\u3000', ..];
            return stands || ((sentence || line) && levels > 0 && (char.IsUpper(after[0]) || after[0] >= '\u2E80')) ? length + 1 : 0;
        }
        // A number without punctuation is one where a heading follows: "1 Definitions", "2.3 Grant".
        return levels > 0 && sentence && (line || levels > 1) && rest is [' ' or '\t' or '\u00A0' or '\u3000', ..] && Opens(rest)
            ? length
            : 0;
    }

    /// <summary>The length of a number, letter or Roman numeral in parentheses; 0 where there is none.</summary>
    public static int Parenthesized(ReadOnlySpan<char> text, out bool isNumber)
    {
        isNumber = text.Length > 1 && char.IsAsciiDigit(text[1]);
        if (text.Length < 3)
        {
            return 0;
        }
        var length = isNumber ? Digits(text[1..]) : Letter(text[1..], out _);
        return length > 0 && length + 1 < text.Length && text[length + 1] == ')' ? length + 2 : 0;
    }

    private static bool Opens(ReadOnlySpan<char> rest)
    {
        var first = rest.TrimStart(" \t*_\"'“‘[(#\u00A0\u3000");
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
