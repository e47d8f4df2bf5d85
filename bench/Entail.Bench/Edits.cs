using System.Text;
using System.Text.RegularExpressions;

namespace Entail.Bench;

/// <summary>Changes of single words.</summary>
internal static partial class Edits
{
    /// <summary>
    /// The text with a share of its words replaced, deleted or followed by another, each as often; at least one. A word is a run of characters between
    /// spaces with a letter or digit in it, or one Chinese, Japanese or Korean character.
    /// </summary>
    public static string Mixed(string text, double share, Random random) =>
        Each(
            text,
            share,
            random,
            word =>
                random.Next(3) switch
                {
                    0 => Prose.Word(random),
                    1 => "",
                    _ => $"{word} {Prose.Word(random)}",
                }
        );

    /// <summary>The text with a share of its words replaced.</summary>
    public static string Replaced(string text, double share, Random random) => Each(text, share, random, _ => Prose.Word(random));

    private static string Each(string text, double share, Random random, Func<string, string> edit)
    {
        var words = Word().Matches(text).Where(word => word.Value.Any(char.IsLetterOrDigit)).ToArray();
        var chosen = Enumerable.Range(0, words.Length).ToArray();
        random.Shuffle(chosen);
        var count = Math.Max(1, (int)Math.Round(share * words.Length));
        var result = new StringBuilder(text.Length);
        var next = 0;
        foreach (var word in chosen.Take(count).Order().Select(i => words[i]))
        {
            result.Append(text, next, word.Index - next).Append(edit(word.Value));
            next = word.Index + word.Length;
        }
        return result.Append(text, next, text.Length - next).ToString();
    }

    [GeneratedRegex(@"[\u3040-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]|[^\s\u3040-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]+")]
    private static partial Regex Word();
}
