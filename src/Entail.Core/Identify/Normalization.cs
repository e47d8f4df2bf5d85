using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Entail.Core.Identify;

/// <summary>One normalized word of a text and the place it came from.</summary>
/// <param name="Text">The word: lower case, one spelling, no punctuation.</param>
/// <param name="Line">The line it stands on, counted from 1.</param>
/// <param name="Offset">The character offset of its first character in the text, counted from 0.</param>
public readonly record struct Word(string Text, int Line, int Offset);

/// <summary>
/// Reduces a text to the words that carry its meaning, after the SPDX matching guidelines
/// (https://spdx.github.io/spdx-spec/v3.0.1/annexes/license-matching-guidelines-and-templates/):
/// case, white space, punctuation, quotation marks, bullets and numbering, comment markers, Markdown and HTML dressing,
/// copyright lines and varietal spelling do not count. A Chinese, Japanese or Korean character is a word of its own.
/// </summary>
/// <remarks>Word spans in the catalog are counted in these words, so a change of behavior needs a new <see cref="Version"/>.</remarks>
public static partial class Normalization
{
    /// <summary>The version of this function; the catalog and the fingerprint index record it.</summary>
    public const int Version = 1;

    // SPDX "equivalent words": spellings that count as one.
    private static readonly FrozenDictionary<string, string> Spellings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acknowledgement"] = "acknowledgment",
        ["acknowledgements"] = "acknowledgments",
        ["analogue"] = "analog",
        ["analyse"] = "analyze",
        ["artefact"] = "artifact",
        ["artefacts"] = "artifacts",
        ["authorisation"] = "authorization",
        ["authorised"] = "authorized",
        ["calibre"] = "caliber",
        ["cancelled"] = "canceled",
        ["catalogue"] = "catalog",
        ["categorise"] = "categorize",
        ["centre"] = "center",
        ["copyrightholder"] = "copyrightholder",
        ["emphasised"] = "emphasized",
        ["favour"] = "favor",
        ["favourite"] = "favorite",
        ["fulfil"] = "fulfill",
        ["fulfilment"] = "fulfillment",
        ["https"] = "http",
        ["initialise"] = "initialize",
        ["judgement"] = "judgment",
        ["labelling"] = "labeling",
        ["labour"] = "labor",
        ["licence"] = "license",
        ["licences"] = "licenses",
        ["licenced"] = "licensed",
        ["maximise"] = "maximize",
        ["modelled"] = "modeled",
        ["modelling"] = "modeling",
        ["offence"] = "offense",
        ["optimise"] = "optimize",
        ["organisation"] = "organization",
        ["organise"] = "organize",
        ["practise"] = "practice",
        ["programme"] = "program",
        ["realise"] = "realize",
        ["recognise"] = "recognize",
        ["signalling"] = "signaling",
        ["utilisation"] = "utilization",
        ["whilst"] = "while",
        ["wilful"] = "willful",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words of <paramref name="text"/> in order.</summary>
    /// <param name="text">Any text; never null. An empty text has no words.</param>
    public static IReadOnlyList<Word> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<Word>(text.Length / 6);
        var line = 0;
        var start = 0;
        var mayBeCopyright = true;
        while (start <= text.Length)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
            {
                end = text.Length;
            }
            line++;
            var content = text.AsSpan(start, end - start);
            if (content.IsWhiteSpace())
            {
                mayBeCopyright = true;
            }
            else if (!mayBeCopyright || !IsCopyrightLine(content))
            {
                mayBeCopyright = false;
                AddLine(text, start, end, line, words);
            }
            start = end + 1;
        }
        return words;
    }

    /// <summary>A stable 32-bit hash (FNV-1a over UTF-8) of one normalized word.</summary>
    public static uint Hash(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var hash = 2166136261u;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in word.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(utf8);
            foreach (var b in utf8[..count])
            {
                hash = (hash ^ b) * 16777619u;
            }
        }
        return hash;
    }

    /// <summary>True where a line states a copyright and nothing else; only lines that open a paragraph are asked.</summary>
    private static bool IsCopyrightLine(ReadOnlySpan<char> line) =>
        line.Length <= 300 && (CopyrightLine().IsMatch(line) || AllRightsReserved().IsMatch(line));

    private static void AddLine(string text, int start, int end, int line, List<Word> words)
    {
        var position = start + Enumerator().Match(text, start, end - start).Length;
        var buffer = new StringBuilder();
        var wordStart = position;
        while (position < end)
        {
            var character = text[position];
            if (character == '<' && Tag().Match(text, position, end - position) is { Success: true } tag)
            {
                Flush();
                position += tag.Length;
                continue;
            }
            if (character == '(' && Parenthesized().Match(text, position, end - position) is { Success: true } item)
            {
                Flush();
                position += item.Length;
                continue;
            }
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character))
            {
                if (IsWordByItself(character))
                {
                    Flush();
                    words.Add(new Word(character.ToString(), line, position));
                }
                else
                {
                    if (buffer.Length == 0)
                    {
                        wordStart = position;
                    }
                    buffer.Append(char.ToLowerInvariant(character));
                }
            }
            else if (!IsJoiner(character))
            {
                Flush();
            }
            position++;
        }
        Flush();

        void Flush()
        {
            if (buffer.Length == 0)
            {
                return;
            }
            var word = buffer.ToString();
            buffer.Clear();
            words.Add(new Word(Spellings.GetValueOrDefault(word, word), line, wordStart));
        }
    }

    // An apostrophe of any shape, a soft hyphen or a zero-width mark inside a word does not end it.
    private static bool IsJoiner(char c) =>
        c is '\'' or '’' or '‘' or '`' or '´' or '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF';

    private static bool IsWordByItself(char c) =>
        c is >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' or >= '\u3040' and <= '\u30FF' or >= '\uAC00' and <= '\uD7AF';

    [GeneratedRegex(
        @"^[\s\W]*(copyright|©|\(c\))\s*(\(c\)|©|<|\[|\{|:|\d{4}|by\b|the\s+\S+\s+authors)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex CopyrightLine();

    [GeneratedRegex(
        @"^\W*all rights reserved\W*$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex AllRightsReserved();

    // What may open a line without being a word of the text: comment markers, bullets, numbers and letters of lists.
    [GeneratedRegex(
        @"\G[\s#>*/;%|\-–—•·▪●○■□◦+=_~]*((\d{1,3}(\.\d{1,3})*[.)]?|[a-zA-Z][.)]|[ivxIVX]{1,5}[.)])(?=[\s*_])[\s*_]*)?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Enumerator();

    [GeneratedRegex(@"\G\((\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Parenthesized();

    [GeneratedRegex(@"\G</?[a-zA-Z][^<>]{0,400}>|\G<!--|\G-->", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
