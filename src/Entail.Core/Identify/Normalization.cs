using System.Collections.Frozen;
using System.Net;
using System.Text;

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
public static class Normalization
{
    /// <summary>The version of this function; the catalog and the fingerprint index record it.</summary>
    public const int Version = 2;

    internal const uint HashBasis = 2166136261u;
    internal const uint HashPrime = 16777619u;

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

    private static readonly FrozenDictionary<uint, uint> SpellingHashes = Spellings.ToFrozenDictionary(
        pair => Hash(pair.Key),
        pair => Hash(pair.Value)
    );

    /// <summary>The words of <paramref name="text"/> in order.</summary>
    /// <param name="text">Any text; never null. An empty text has no words.</param>
    public static IReadOnlyList<Word> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var table = WordScanner.Scan(text);
        var words = new Word[table.Count];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = new Word(Spelled(text.AsSpan(table.Starts[i]..table.Ends[i])), table.Lines[i], table.Starts[i]);
        }
        return words;
    }

    /// <summary>A stable 32-bit hash (FNV-1a over UTF-8) of one normalized word.</summary>
    public static uint Hash(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var hash = HashBasis;
        foreach (var rune in word.EnumerateRunes())
        {
            hash = Extend(hash, rune);
        }
        return hash;
    }

    /// <summary>The hash of a word and one more character.</summary>
    internal static uint Extend(uint hash, Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
        {
            hash = (hash ^ b) * HashPrime;
        }
        return hash;
    }

    /// <summary>The hash of the spelling that counts for the word of this hash.</summary>
    internal static uint OneSpelling(uint hash) => SpellingHashes.GetValueOrDefault(hash, hash);

    // The word in these characters: what WordScanner hashes, spelled out.
    private static string Spelled(ReadOnlySpan<char> characters)
    {
        characters = characters.Contains('&') ? WebUtility.HtmlDecode(characters.ToString()) : characters;
        var word = new StringBuilder(characters.Length);
        var latin = false;
        var alike = true;
        foreach (var rune in characters.EnumerateRunes())
        {
            latin |= rune.IsAscii && Rune.IsLetter(rune);
            alike &= rune.IsAscii || Folding.IsJoiner(rune.Value) || (rune.IsBmp && Folding.LookAlike((char)rune.Value) != '\0');
        }
        foreach (var rune in characters.EnumerateRunes())
        {
            if (rune.Value is '\'' or '`' || Folding.IsJoiner(rune.Value))
            {
                continue;
            }
            if (Folding.Ascii(rune.Value) is not '\0' and var ascii)
            {
                word.Append(ascii);
            }
            else if (rune.IsBmp && (latin || alike) && Folding.LookAlike((char)rune.Value) is not '\0' and var letter)
            {
                word.Append(letter);
            }
            else if (rune.IsBmp && Folding.Letters((char)rune.Value) is { Length: > 0 } letters)
            {
                word.Append(letters);
            }
            else
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
        }
        var result = word.ToString();
        return Spellings.GetValueOrDefault(result, result);
    }
}
