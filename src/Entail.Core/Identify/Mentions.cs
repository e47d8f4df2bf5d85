using System.Text.RegularExpressions;

namespace Entail.Core.Identify;

/// <summary>A name of a license in a text that does not hold the license itself.</summary>
/// <param name="Named">The name as written.</param>
/// <param name="License">The cataloged id, else the key of a reference text, else the name.</param>
/// <param name="Start">The character at which the name begins.</param>
internal sealed record Mention(string Named, string License, int Start);

/// <summary>Finds licenses that a text only names.</summary>
internal static partial class Mentions
{
    private const int MaxTags = 50;
    private const int MaxNameWords = 8;

    /// <summary>The ids in `SPDX-License-Identifier` tags (SPDX 3.0.1, annex E); operators and exceptions are no licenses.</summary>
    public static IEnumerable<Mention> Tags(string text, Func<string, string?> resolve, FingerprintIndex index)
    {
        foreach (Match tag in Tag().Matches(text).Cast<Match>().Take(MaxTags))
        {
            var expected = true;
            foreach (Match token in Token().Matches(tag.Groups["expression"].Value))
            {
                if (token.Value is "AND" or "OR" or "WITH" or "and" or "or" or "with")
                {
                    expected = token.Value is not ("WITH" or "with");
                    continue;
                }
                if (expected && token.Value.Length is > 1 and < 80)
                {
                    var license = resolve(token.Value) ?? index.FindSpdx(token.Value)?.Key ?? token.Value;
                    yield return new Mention(token.Value, license, tag.Groups["expression"].Index + token.Index);
                }
                expected = false;
            }
        }
    }

    /// <summary>
    /// The names in a short text that <paramref name="resolve"/> knows, the longest first where several begin at one word. A single word is a name
    /// only if it looks like an id: capitals, a digit or a hyphen.
    /// </summary>
    public static IEnumerable<Mention> Names(string text, Func<string, string?> resolve)
    {
        var words = NameWord().Matches(text);
        for (var first = 0; first < words.Count; first++)
        {
            for (var last = Math.Min(words.Count, first + MaxNameWords) - 1; last >= first; last--)
            {
                var start = words[first].Index;
                var name = text[start..(words[last].Index + words[last].Length)].TrimEnd('.', ',');
                if ((first != last || IdLike().IsMatch(name)) && resolve(Space().Replace(name, " ")) is { } license)
                {
                    yield return new Mention(Space().Replace(name, " "), license, start);
                    first = last;
                    break;
                }
            }
        }
    }

    /// <summary>The license that a passage names and does nothing else, such as a title; null when it says more.</summary>
    public static string? Title(string passage, Func<string, string?> resolve)
    {
        var name = Space().Replace(passage, " ").Trim(' ', '#', '*', '=', '-', '_', '"', '.', ':', ';', ',');
        return name.Length is > 1 and < 120 ? resolve(name) ?? resolve(Bracketed().Replace(name, "")) : null;
    }

    [GeneratedRegex(
        @"SPDX-License-Identifier:[ \t]*(?<expression>[A-Za-z0-9.+\-() \t]{1,200})",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Tag();

    [GeneratedRegex(@"[A-Za-z0-9.+\-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}.+\-'’/]*,?", RegexOptions.CultureInvariant)]
    private static partial Regex NameWord();

    [GeneratedRegex(@"\p{Lu}\p{Lu}|\p{N}|\p{L}-\p{L}|[\u3400-\u9FFF]", RegexOptions.CultureInvariant)]
    private static partial Regex IdLike();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex(@"\s*\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();
}
