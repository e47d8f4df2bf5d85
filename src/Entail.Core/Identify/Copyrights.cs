using System.Buffers;
using System.Collections.Frozen;

namespace Entail.Core.Identify;

/// <summary>Copyright notices, which are no part of a license's words (SPDX matching guidelines, "copyright notice").</summary>
internal static class Copyrights
{
    private const int MaxLength = 300;

    private static readonly SearchValues<char> Gap = SearchValues.Create(" \t\r\n\u2028");
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n\u2028\u2029");

    // A statement with one of these says more than whose the work is.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Telling = Set(
        "may must shall should not no only permitted prohibited forbidden allowed granted license licensed licence use used using commercial noncommercial"
            + " subject provided without under please terms permission redistribution"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Connectives = Set(
        "of the and by et al de von van der for in at to rights reserved http https www"
            + " author authors contributor contributors holder holders owner owners developer developers team project community members others its their"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations = Set(
        "inc ltd co corp llc llp gmbh univ jr sr st dr mr ms prof al sa ag bv nv pty pte plc dept inst vol"
    );

    /// <summary>The characters that state a copyright, from the beginning of a line on; 0 for a line that begins otherwise.</summary>
    /// <param name="text">From the line's beginning to the end of the text. A notice may go on over several lines, however they are broken.</param>
    public static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && Statement(text[length..Math.Min(text.Length, length + MaxLength)]) is > 0 and var more)
        {
            length += more;
        }
        return length;
    }

    private static int Statement(ReadOnlySpan<char> text)
    {
        var begin = 0;
        var ends = false;
        var blank = 0;
        while (begin < text.Length && !char.IsLetterOrDigit(text[begin]) && text[begin] is not ('©' or '(' or '&') && blank < 2)
        {
            blank += text[begin] == '\n' ? 1 : 0;
            begin += text[begin] == '<' ? Math.Max(1, Markup.TagLength(text[begin..], ref ends)) : 1;
        }
        var rest = text[begin..];
        const string Reserved = "all rights reserved";
        if (rest.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase))
        {
            var after = rest[Reserved.Length..];
            return after is [] ? text.Length
                : char.IsLetterOrDigit(after[0]) ? 0
                : begin + Reserved.Length + (after[0] == '.' ? 1 : 0);
        }
        return Opening(rest) is > 0 and var opening ? begin + opening + Holder(rest[opening..]) : 0;
    }

    // Years, names, addresses: words that begin with a capital or a digit, or stand in brackets, up to the end of a sentence or a paragraph. Where
    // an ordinary word follows, the name before it begins another sentence: "… USA Everyone is permitted".
    private static int Holder(ReadOnlySpan<char> text)
    {
        var (end, before, bracketed, ends) = (0, 0, false, false);
        for (var position = 0; position < text.Length; )
        {
            var gap = text[position..].IndexOfAnyExcept(Gap);
            if (gap < 0 || text.Slice(position, gap).Count('\n') > 1 || text[position + gap] == '\u2029')
            {
                return end;
            }
            position += gap;
            var size = text[position..].IndexOfAny(WordEnds) is >= 0 and var found ? found : text.Length - position;
            var token = text.Slice(position, size);
            position += size;
            if (IsAddress(token))
            {
                return end;
            }
            if (token.IndexOf('<') is >= 0 and var tag && Markup.TagLength(text[(position - size + tag)..], ref ends) > 0)
            {
                return tag > 0 ? position - size + tag : end;
            }
            var word = token.Trim("([{<>}])\"'#*/-,.;:");
            var open = token.LastIndexOfAny("[<{");
            var inBrackets = bracketed || open >= 0;
            bracketed = token.LastIndexOfAny("]>}") is var close && close < open || (bracketed && close < 0);
            if (!inBrackets && Telling.Contains(word))
            {
                return end;
            }
            if (!inBrackets && word.Length > 0 && char.IsLower(word[0]) && !Connectives.Contains(word) && !word.ContainsAny(".@/"))
            {
                return end > 0 && text[end - 1] is ',' or '.' or ';' or ':' or ')' || char.IsAsciiDigit(text[Math.Max(0, end - 1)])
                    ? end
                    : before;
            }
            (before, end) = (end, position);
            if (token[^1] == '.' && !IsAbbreviation(word) && text[position..].TrimStart() is [var next, ..] && char.IsUpper(next))
            {
                return end;
            }
        }
        return end;
    }

    // The word or sign, and what shows that a notice follows: a second sign, a year, a placeholder, "by".
    private static int Opening(ReadOnlySpan<char> text)
    {
        var length = Sign(text);
        if (length == 0)
        {
            return 0;
        }
        var rest = text[length..].TrimStart(" \t*_");
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

    // The holder's address is where a notice ends however its lines are broken.
    private static bool IsAddress(ReadOnlySpan<char> text) =>
        text.StartsWith("<http", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<www.", StringComparison.OrdinalIgnoreCase);

    private static bool IsAbbreviation(ReadOnlySpan<char> word) => word.Length <= 1 || word.Contains('.') || Abbreviations.Contains(word);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
