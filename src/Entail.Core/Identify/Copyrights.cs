using System.Buffers;
using System.Collections.Frozen;

namespace Entail.Core.Identify;

/// <summary>Copyright notices, which are no part of a license's words (SPDX matching guidelines, "copyright notice").</summary>
internal static class Copyrights
{
    private const int MaxLength = 300;

    private static readonly SearchValues<char> Dressing = SearchValues.Create(" \t.,;*/#-_|>");

    // A statement with one of these says more than whose the work is.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Telling = Set(
        "may must shall should not no only permitted prohibited forbidden allowed granted license licensed licence use used using commercial noncommercial"
            + " subject provided without under please terms permission redistribution"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations = Set(
        "inc ltd co corp llc llp gmbh univ jr sr st dr mr ms prof al sa ag bv nv pty pte plc dept inst vol"
    );

    /// <summary>The characters of a line that state a copyright, from its beginning; 0 for a line that begins otherwise.</summary>
    public static int Length(ReadOnlySpan<char> line)
    {
        var length = 0;
        while (length < line.Length && Statement(line[length..]) is > 0 and var more)
        {
            length += more;
        }
        return line[length..].IndexOfAnyExcept(Dressing) < 0 ? line.Length : length;
    }

    private static int Statement(ReadOnlySpan<char> text)
    {
        var begin = 0;
        var ends = false;
        while (begin < text.Length && !char.IsLetterOrDigit(text[begin]) && text[begin] is not ('©' or '(' or '&'))
        {
            begin += text[begin] == '<' ? Math.Max(1, Markup.TagLength(text[begin..], ref ends)) : 1;
        }
        var rest = text[begin..];
        const string Reserved = "all rights reserved";
        if (rest.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase))
        {
            var after = rest[Reserved.Length..];
            return after is [] || !char.IsLetterOrDigit(after[0]) ? Ended(text, begin + Reserved.Length) : 0;
        }
        if (Opening(rest) == 0)
        {
            return 0;
        }
        var end = SentenceEnd(rest);
        return end <= MaxLength && !Tells(rest[..end]) ? Ended(text, begin + end) : 0;
    }

    // The word or sign, and what shows that a notice follows: a second sign, a year, a placeholder, "by".
    private static int Opening(ReadOnlySpan<char> text)
    {
        var length = Sign(text);
        if (length == 0)
        {
            return 0;
        }
        var rest = text[length..].TrimStart();
        var notice =
            Sign(rest) > 0
            || rest is ['<' or '[' or '{' or ':', ..]
            || (rest.Length >= 4 && rest[..4].IndexOfAnyExceptInRange('0', '9') < 0)
            || (rest.StartsWith("by", StringComparison.OrdinalIgnoreCase) && rest.Length > 2 && rest[2] == ' ')
            || (
                rest.StartsWith("the ", StringComparison.OrdinalIgnoreCase)
                && rest[..Math.Min(rest.Length, 80)].Contains(" authors", StringComparison.OrdinalIgnoreCase)
            );
        return notice ? length : 0;
    }

    private static int Sign(ReadOnlySpan<char> text) =>
        text.StartsWith("copyright", StringComparison.OrdinalIgnoreCase) ? 9
        : text is ['©', ..] ? 1
        : text is ['(', 'c' or 'C', ')', ..] ? 3
        : text.StartsWith("&copy;", StringComparison.OrdinalIgnoreCase) ? 6
        : 0;

    private static int SentenceEnd(ReadOnlySpan<char> text)
    {
        var ends = false;
        for (var i = 1; i + 2 < text.Length && i <= MaxLength; i++)
        {
            if (text[i] == '<' && (Markup.TagLength(text[i..], ref ends) > 0 || IsAddress(text[i..])))
            {
                return i;
            }
            if (text[i] == '.' && text[i + 1] == ' ' && char.IsUpper(text[i + 2]) && !IsAbbreviation(text[..i]))
            {
                return i + 1;
            }
        }
        return text.Length;
    }

    // The holder's address is where a notice ends however its lines are broken.
    private static bool IsAddress(ReadOnlySpan<char> text) =>
        text.StartsWith("<http", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<www.", StringComparison.OrdinalIgnoreCase);

    private static bool IsAbbreviation(ReadOnlySpan<char> text)
    {
        var word = text[(text.LastIndexOfAny(" .,(") + 1)..];
        return word.Length <= 1 || Abbreviations.Contains(word);
    }

    private static bool Tells(ReadOnlySpan<char> statement)
    {
        foreach (var range in statement.SplitAny(" \t,;:.()<>[]{}\"'"))
        {
            if (Telling.Contains(statement[range]))
            {
                return true;
            }
        }
        return false;
    }

    private static int Ended(ReadOnlySpan<char> text, int length)
    {
        while (length < text.Length && text[length] is ' ' or '.' or ',' or ';')
        {
            length++;
        }
        return length;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
