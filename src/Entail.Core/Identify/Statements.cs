using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>
/// Finds where a text says in words which license holds: "licensed under …", "License: …", 采用…许可. What a sentence denies, supposes or compares is
/// not said, and neither is what it tells of another work.
/// </summary>
internal static partial class Statements
{
    private const int LongestSentence = 200;

    /// <summary>The licenses that a text states from one character up to another.</summary>
    public static IEnumerable<Mention> In(string text, int start, int end, LicenseNames names)
    {
        var reader = new NameReader(text, names);
        for (var match = Phrase().Match(text, start, end - start); match.Success; match = match.NextMatch())
        {
            var (demand, unknown) =
                match.Groups["licensed"].Success ? (NameDemand.Known, true)
                : match.Groups["released"].Success ? (NameDemand.Distinct, true)
                : match.Groups["under"].Success ? (NameDemand.License, true)
                : match.Groups["is"].Success ? (NameDemand.Distinct, false)
                : (NameDemand.License, false);
            foreach (var mention in Stated(text, match.Index, match.Index + match.Length, demand, unknown, reader, names))
            {
                yield return mention;
            }
        }
        for (var match = Label().Match(text, start, end - start); match.Success; match = match.NextMatch())
        {
            foreach (var mention in Stated(text, match.Index, match.Index + match.Length, NameDemand.Known, true, reader, names))
            {
                yield return mention;
            }
        }
        for (var match = ChinesePhrase().Match(text, start, end - start); match.Success; match = match.NextMatch())
        {
            if (Chinese(text, match, names) is { } mention)
            {
                yield return mention;
            }
        }
    }

    /// <summary>The license named at the beginning of a line, where the line or sentence ends with the name or the word "license" follows.</summary>
    public static IEnumerable<Mention> AtLineStarts(string text, LicenseNames names)
    {
        var reader = new NameReader(text, names);
        for (var match = LineStart().Match(text); match.Success; match = match.NextMatch())
        {
            foreach (var mention in Stated(text, match.Index, match.Index + match.Length, NameDemand.Alone, false, reader, names))
            {
                yield return mention;
            }
        }
    }

    /// <summary>The part of a work that a sentence up to a place speaks of; null where it speaks of none, or several.</summary>
    public static Part? PartBefore(string text, int place) => GovernedParts.In(Sentence(text, place));

    /// <summary>True where a sentence up to a place denies, supposes or compares, or speaks of another work.</summary>
    public static bool IsDenied(string text, int place)
    {
        var sentence = Sentence(text, place);
        var clause = sentence[(sentence.LastIndexOfAny(',', '，') + 1)..];
        return Supposition().IsMatch(sentence) || Denial().IsMatch(clause);
    }

    private static IEnumerable<Mention> Stated(
        string text,
        int phrase,
        int start,
        NameDemand demand,
        bool unknown,
        NameReader reader,
        LicenseNames names
    )
    {
        if (IsDenied(text, phrase))
        {
            yield break;
        }
        var part = PartBefore(text, start);
        if (demand is NameDemand.Known or NameDemand.Distinct && Addresses.At(text, start, names) is { } address)
        {
            yield return address with
            {
                Part = part,
            };
            yield break;
        }
        var found = reader.Read(start, demand, unknown, out var alternatives);
        alternatives |= Dual().IsMatch(text.AsSpan(phrase, start - phrase));
        var expression = found.Count > 1 && alternatives ? string.Join(" OR ", found.Select(name => name.License ?? name.Named)) : null;
        foreach (var name in found)
        {
            yield return new Mention(name.Named, name.License ?? name.Named, name.Start, name.End, expression, part);
        }
    }

    private static Mention? Chinese(string text, Match match, LicenseNames names)
    {
        var name = match.Groups["name"];
        var whole = name.Value + match.Groups["word"].Value;
        if (IsDenied(text, match.Index + match.Groups["verb"].Length))
        {
            return null;
        }
        var part = PartBefore(text, name.Index);
        if (names.Name(name.Value.Trim()) is { } license)
        {
            return new Mention(name.Value.Trim(), license, name.Index, name.Index + name.Length, Part: part);
        }
        return name.Value.Any(char.IsAsciiLetterUpper)
            ? new Mention(whole, names.Name(whole) ?? whole, name.Index, name.Index + whole.Length, Part: part)
            : null;
    }

    // From the beginning of the sentence, list item or paragraph up to the place.
    private static ReadOnlySpan<char> Sentence(string text, int place)
    {
        var before = text.AsSpan(Math.Max(0, place - LongestSentence)..place);
        var start = 0;
        foreach (var match in SentenceEnd().EnumerateMatches(before))
        {
            start = match.Index + match.Length;
        }
        return before[start..];
    }

    [GeneratedRegex(
        @"\b((?<licensed>((dual|multi|re)-?)?licen[cs]ed(\s+\w+){0,2}\s+(under|as))|(?<released>(released|distributed|redistributed|published|available|provided|shared|offered|issued|open-?sourced|placed|made)(\s+\w+)?\s+under)|(?<under>under|governed\s+by|covered\s+by|bound\s+by|subject\s+to|(accordance|compliance|adherence)\s+with)|(?<is>licen[cs]e(\s+(of|for|on)(\s+[\w.-]+){1,4})?\s+is)|(follows?|inherits?|adopts?|uses|has|carries|keeps|retains)\s+(the|an?))\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Phrase();

    [GeneratedRegex(
        @"(^|[\u2028\u2029])[ \t>*+|•#_\[!-]*(\w+ ){0,2}(licen[cs]e(s|\(s\))?|许可证?|许可协议|授权协议|开源协议)(\*\*|__)?\s{0,3}[:：|=]",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Label();

    [GeneratedRegex(
        @"(?<verb>采用|采取|遵循|遵守|遵从|使用|基于|依据|根据|按照|适用|受|以|在)\s*(了|的是)?\s*[《「“]?(?<name>[\w.+ -]{1,40}?)\s*[》」”]?\s*(开源|公共)?(?<word>许可证|许可协议|许可条款|许可|授权协议|授权|协议|license)(?!的|库|检)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex ChinesePhrase();

    [GeneratedRegex(
        @"(^|[\u2028\u2029])[ \t>*+|•#_-]*(?=[\w\[])",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\b(dual|multi)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Dual();

    // What holds of a whole sentence, and what of the words up to a comma.
    [GeneratedRegex(
        @"\b(if|unless|whether|unlike|previously|formerly|originally|for example|e\.g)\b|如果|若|除非|曾|原先",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Supposition();

    [GeneratedRegex(
        @"\b(not|never|no longer|nor|neither|cannot|\w+n['’]t|without|instead|rather than|incompatible|may|might|must|could|would|should|shall|some of|variants?|versions? of this|third[- ]part(y|ies)|dependenc(y|ies)|librar(y|ies)|upstream)\b|\b(which|that|whose) (is|are|was|were)\s*\z|[不未非]|第三方|依赖",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Denial();

    [GeneratedRegex(
        @"[.!?;:](\s|[*_`""”)]+\s)|[。；！？\u2029]|\n\s*(\n|[>*+|•#-]|\d+[.)])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex SentenceEnd();
}
