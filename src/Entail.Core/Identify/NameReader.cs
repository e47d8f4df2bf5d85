using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Words = System.Collections.Frozen.FrozenSet<string>.AlternateLookup<System.ReadOnlySpan<char>>;

namespace Entail.Core.Identify;

/// <summary>A license that words of a text name.</summary>
/// <param name="Named">The words.</param>
/// <param name="License">The license they stand for; null when unknown.</param>
/// <param name="Start">The character at which they begin.</param>
/// <param name="End">The character after them.</param>
internal readonly record struct NamedLicense(string Named, string? License, int Start, int End);

/// <summary>What makes words that stand for a license its name, rather than something else that is called so.</summary>
internal enum NameDemand
{
    /// <summary>They end there, or go on in a way that names do: what stands before says that a license follows.</summary>
    Known,

    /// <summary>The same, and they look like an id: what stands before may be of other things.</summary>
    Distinct,

    /// <summary>The sentence or line ends there.</summary>
    Alone,

    /// <summary>The word "license" follows.</summary>
    License,
}

/// <summary>Reads the names of licenses at a place of a text. A name is followed by the word "license", or meets the demand.</summary>
internal sealed partial class NameReader(string text, LicenseNames names)
{
    private const int MostTokens = 16;
    private const int MostWords = 8;
    private const int MostNames = 6;
    private const int LongestLink = 300;
    private const int LongestWord = 100;

    private static readonly Words LicenseWords = Set("license licence licenses licences");
    private static readonly Words Joints = Set("and or / &");

    private static readonly Words Openings = Set(
        "the a an its our terms conditions and of both either following same open source open-source permissive standard official"
    );

    // What may follow a name without being part of it.
    private static readonly Words Followers = Set(
        "and or / & but for by with while which as in on at to from unless except since because please see you we it this that here is are"
    );

    // "An X-style license" is another license.
    private static readonly Words Likenesses = Set("style styled like type compatible compliant alternative equivalent");

    // Words that make no name by themselves.
    private static readonly Words Common = Set(
        "model models code software source data dataset community use user end project repository repo agreement new custom original base commercial"
            + " non-commercial noncommercial research academic proprietary free public general separate special respective different certain this that these"
    );

    // Where the word ends hard, no name goes on; where it ends soft, one may.
    private readonly record struct Token(int Start, int End, bool Hard, bool Soft);

    private readonly List<Token> tokens = [];

    /// <summary>The names that begin at a place, joined by `and`, `or` or a slash; none where what stands there is no name.</summary>
    /// <param name="start">The place; what dresses a name may come before it.</param>
    /// <param name="demand">What is asked of a name.</param>
    /// <param name="unknown">Words that end with "license" and look like a name are one, whether or not it is known.</param>
    /// <param name="alternatives">True when recipients may choose: `or` joins the names.</param>
    public List<NamedLicense> Read(int start, NameDemand demand, bool unknown, out bool alternatives)
    {
        ReadTokens(start);
        var found = new List<NamedLicense>();
        alternatives = false;
        var next = 0;
        while (found.Count < MostNames)
        {
            while (next < tokens.Count && Openings.Contains(Word(tokens[next])) && !tokens[next].Hard)
            {
                next++;
            }
            if ((Known(ref next, demand) ?? (unknown && found.Count == 0 ? Unknown(ref next) : null)) is not { } name)
            {
                break;
            }
            found.Add(name);
            if (next >= tokens.Count || tokens[next - 1].Hard || !Joints.Contains(Word(tokens[next])))
            {
                break;
            }
            alternatives |= Word(tokens[next++]) is "or" or "OR" or "/";
        }
        return found;
    }

    private NamedLicense? Known(ref int next, NameDemand demand)
    {
        var first = next;
        var license = tokens.FindIndex(first, token => LicenseWords.Contains(Word(token)));
        for (var end = NameEnd(first); end > first; end--)
        {
            var after = license == end && !tokens[end - 1].Hard ? end + 1 : end;
            var follower = tokens[after - 1].Hard || after == tokens.Count ? "" : Word(tokens[after]);
            var hasWord = license >= 0 && license < after;
            if (Likenesses.Contains(follower) || !(hasWord || MayEnd(demand, tokens[end - 1], follower)))
            {
                continue;
            }
            var name = Joined(first, end);
            if (
                LicenseWords.Contains(name)
                || names.Name(name) is not { } known
                || !(hasWord || demand != NameDemand.Distinct || IsDistinct(name, known))
            )
            {
                continue;
            }
            if (Later(after) is > 0 and var later && names.Name($"{name} or later") is { } andLater)
            {
                (name, known, after) = ($"{name} or later", andLater, later);
            }
            next = after;
            return new NamedLicense(name, known, tokens[first].Start, tokens[after - 1].End);
        }
        return null;
    }

    private static bool MayEnd(NameDemand demand, Token last, ReadOnlySpan<char> follower) =>
        demand switch
        {
            NameDemand.Known or NameDemand.Distinct => follower.Length == 0 || last.Soft || Followers.Contains(follower),
            NameDemand.Alone => follower.Length == 0,
            _ => false,
        };

    private bool IsDistinct(string name, string license) =>
        IdLike().IsMatch(name) && (name.AsSpan().ContainsAny(' ', '-') || names.IsCataloged(license));

    // Words up to "license" of which one is a proper name.
    private NamedLicense? Unknown(ref int next)
    {
        var first = next;
        var isName = false;
        for (var end = next; end < tokens.Count && end - first < MostWords; end++)
        {
            var word = Word(tokens[end]);
            if (LicenseWords.Contains(word))
            {
                next = end + 1;
                return isName && !(next < tokens.Count && !tokens[end].Hard && Likenesses.Contains(Word(tokens[next])))
                    ? new NamedLicense(Joined(first, next), null, tokens[first].Start, tokens[end].End)
                    : null;
            }
            if (Likenesses.Contains(word) || (word.LastIndexOf('-') is > 0 and var dash && Likenesses.Contains(word[(dash + 1)..])))
            {
                return null;
            }
            isName |= (char.IsUpper(word[0]) || word.ContainsAnyInRange('0', '9')) && !Common.Contains(word);
            if (tokens[end].Hard || Joints.Contains(word))
            {
                return null;
            }
        }
        return null;
    }

    private int NameEnd(int first)
    {
        var end = first;
        while (
            end < tokens.Count && end - first < MostWords && !(end > first && (tokens[end - 1].Hard || Joints.Contains(Word(tokens[end]))))
        )
        {
            end++;
        }
        return end;
    }

    // "Or later", "or any later version", "or newer"; 0 where it does not stand there.
    private int Later(int at)
    {
        var words = Joined(Math.Min(at, tokens.Count), Math.Min(at + 4, tokens.Count));
        return words.StartsWith("or any later version", StringComparison.OrdinalIgnoreCase) ? at + 4
            : words.StartsWith("or later", StringComparison.OrdinalIgnoreCase)
            || words.StartsWith("or newer", StringComparison.OrdinalIgnoreCase)
                ? at + 2
            : 0;
    }

    private void ReadTokens(int start)
    {
        tokens.Clear();
        var position = start;
        var opening = true;
        while (tokens.Count < MostTokens)
        {
            var soft = false;
            var lines = 0;
            opening &= tokens.Count == 0 || Openings.Contains(Word(tokens[^1]));
            while (position < text.Length && DressingLength(position, opening) is > 0 and var length)
            {
                soft |= text[position] is ',' or '\n' or '\r' or '\u2028';
                lines += text[position] == '\n' ? 1 : 0;
                position += length;
            }
            var hard = lines > 1 || position == text.Length || !IsNamePart(text[position]);
            if (tokens.Count > 0)
            {
                tokens[^1] = tokens[^1] with { Hard = tokens[^1].Hard || hard, Soft = soft };
            }
            if (hard || (tokens.Count > 0 && tokens[^1].Hard))
            {
                break;
            }
            var begin = position;
            do
            {
                position++;
            } while (
                position < text.Length
                && position - begin < LongestWord
                && text[begin] is not ('/' or '&')
                && IsNamePart(text[position])
                && text[position] is not ('/' or '&')
            );
            // A full stop that closes a sentence is no part of a version.
            var end = position;
            while (end > begin + 1 && text[end - 1] is '.' or '-')
            {
                end--;
            }
            tokens.Add(new Token(begin, end, Hard: end < position, Soft: false));
        }
    }

    // What is around the words of a name without ending it; the address of a link too.
    private int DressingLength(int position, bool opening)
    {
        if (text[position] == ']' && position + 1 < text.Length && text[position + 1] == '(')
        {
            var end = text.AsSpan(position, Math.Min(text.Length - position, LongestLink)).IndexOfAny(')', '\n');
            return end > 0 && text[position + end] == ')' ? end + 1 : 0;
        }
        if (text[position] == '(' && position + 1 < text.Length && text[position + 1] is 'v' or 'V')
        {
            return 1; // (version 2.0)
        }
        return IsDressing(text[position]) || (opening && text[position] is '[' or '(' or ':' or '：') ? 1 : 0;
    }

    private static bool IsDressing(char c) =>
        c
            is ' '
                or '\t'
                or '\n'
                or '\r'
                or '\u2028'
                or '\u00A0'
                or '*'
                or '_'
                or '`'
                or '"'
                or '“'
                or '”'
                or ','
                or '《'
                or '》'
                or '「'
                or '」'
                or '\'';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '.' or '+' or '-' or '/' or '&' or '’';

    private ReadOnlySpan<char> Word(Token token) => text.AsSpan(token.Start, token.End - token.Start);

    private string Joined(int first, int end) => string.Join(' ', tokens[first..end].ConvertAll(token => text[token.Start..token.End]));

    private static Words Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    [GeneratedRegex(@"\p{Lu}\p{Lu}|\p{N}|\p{L}-\p{L}|[\u3400-\u9FFF]", RegexOptions.CultureInvariant)]
    private static partial Regex IdLike();
}
