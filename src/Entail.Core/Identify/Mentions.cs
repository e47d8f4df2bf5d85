using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>A name of a license in a text that does not hold the license itself.</summary>
/// <param name="Named">The name, id or address as written.</param>
/// <param name="License">The cataloged id, else the key of a reference text, else the name.</param>
/// <param name="Start">The character at which the name begins.</param>
/// <param name="End">The character after it.</param>
/// <param name="Expression">The expression in which it stands, where that names more than this license; null otherwise.</param>
/// <param name="Part">The part of the work that its sentence speaks of; null where it says none.</param>
internal sealed record Mention(string Named, string License, int Start, int End, string? Expression = null, Part? Part = null);

/// <summary>
/// Finds licenses that a text only names: in SPDX tags, in statements such as "licensed under …", and, in a text that is about a license, by address or
/// at the beginning of a line. A bare name in a sentence says nothing: it may be a university, a model, or the license of something else.
/// </summary>
internal static partial class Mentions
{
    private const int ShortWords = 150;
    private const int MaxMentions = 50;
    private const int MaxOpening = 200;
    private const int MaxCandidates = 500;
    private const int MaxLinkText = 200;

    /// <summary>The licenses named outside the texts that were found, each once.</summary>
    public static IEnumerable<LicenseMatch> In(string text, AnalyzedText file, IReadOnlyList<LicenseMatch> found, LicenseNames names)
    {
        var mentions = Gaps(text, file, found).SelectMany(gap => In(text, gap.Start, gap.End, names));
        if (found.Count == 0 && (file.Words.Count <= ShortWords || OpensWithLicense(text)))
        {
            mentions = WithoutRepeatedLinks(
                text,
                [.. mentions.Concat(Addresses.In(text, names)).Concat(Statements.AtLineStarts(text, names)).Take(MaxCandidates)]
            );
        }
        return mentions
            .Take(MaxCandidates)
            .Where(mention => !found.Any(match => match.License == mention.License))
            .OrderBy(mention => mention.Expression is null)
            .ThenBy(mention => mention.Start)
            .DistinctBy(mention => mention.License, StringComparer.OrdinalIgnoreCase)
            .Take(MaxMentions)
            .OrderBy(mention => mention.Start)
            .Select(mention => Match(mention, file));
    }

    /// <summary>The license that a passage names and does nothing else, such as a title; null when it says more.</summary>
    public static string? Title(string passage, Func<string, string?> resolve)
    {
        var name = Space().Replace(passage, " ").Trim(' ', '#', '*', '=', '-', '_', '"', '.', ':', ';', ',');
        return name.Length is > 1 and < 120 ? resolve(name) ?? resolve(Bracketed().Replace(name, "")) : null;
    }

    private static IEnumerable<Mention> In(string text, int start, int end, LicenseNames names)
    {
        var gap = text.AsSpan(start, end - start);
        var tags = gap.Contains("SPDX-L", StringComparison.OrdinalIgnoreCase) ? Tags(text, start, end, names) : [];
        var states =
            gap.Contains("licen", StringComparison.OrdinalIgnoreCase)
            || gap.Contains(" under", StringComparison.Ordinal)
            || gap.ContainsAny('许', '授', '协');
        return states ? tags.Concat(Statements.In(text, start, end, names)) : tags;
    }

    // The ids in `SPDX-License-Identifier` tags (SPDX 3.0.1, annex E); operators and exceptions are no licenses.
    private static IEnumerable<Mention> Tags(string text, int start, int end, LicenseNames names)
    {
        for (var tag = Tag().Match(text, start, end - start); tag.Success; tag = tag.NextMatch())
        {
            var written = tag.Groups["expression"];
            var expression = Expression(written.Value.Trim(' ', '\t', '-'));
            var licenses = expression?.Singles().ToList() ?? [.. Ids(written.Value)];
            var whole = licenses.Count > 1 || licenses is [{ Exception: not null }] ? expression?.ToString() : null;
            foreach (var id in licenses.Select(license => license.Id).Where(id => id.Length is > 1 and < 80))
            {
                var place = written.Index + Math.Max(0, written.Value.IndexOf(id, StringComparison.Ordinal));
                yield return new Mention(id, names.Id(id) ?? names.Id(id.TrimEnd('+')) ?? id, place, place + id.Length, whole);
            }
        }
    }

    // Other words may follow the expression.
    private static LicenseExpression? Expression(string written)
    {
        while (written.Length > 0)
        {
            if (LicenseExpression.TryParse(written) is { } expression)
            {
                return expression;
            }
            var end = written.LastIndexOf(' ');
            written = end < 0 ? "" : written[..end].TrimEnd();
        }
        return null;
    }

    private static IEnumerable<LicenseExpression.Single> Ids(string written) =>
        written
            .Split([' ', '\t', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .Where(token => token.ToUpperInvariant() is not ("AND" or "OR" or "WITH"))
            .Take(1)
            .Select(token => new LicenseExpression.Single(token, null));

    // What stands between the texts that were found.
    private static IEnumerable<(int Start, int End)> Gaps(string text, AnalyzedText file, IReadOnlyList<LicenseMatch> found)
    {
        var start = 0;
        foreach (var words in found.SelectMany(match => match.Spans).Select(span => span.Words).OrderBy(words => words.Start))
        {
            var end = file.Words.Starts[words.Start];
            if (end > start)
            {
                yield return (start, end);
            }
            start = Math.Max(start, file.Words.Ends[words.End - 1]);
        }
        if (start < text.Length)
        {
            yield return (start, text.Length);
        }
    }

    private static bool OpensWithLicense(string text)
    {
        var opening = text.AsSpan().TrimStart();
        var end = opening.IndexOf('\n');
        opening = end < 0 ? opening : opening[..end];
        return opening.Length <= MaxOpening && LicenseWord().IsMatch(opening);
    }

    // `[the license](https://…)` names one license: where its words are a name, the address adds nothing.
    private static IEnumerable<Mention> WithoutRepeatedLinks(string text, List<Mention> mentions) =>
        mentions.Where(mention =>
            !(
                mention.Named == mention.License
                && mention.Start > 1
                && text[mention.Start - 1] == '('
                && text[mention.Start - 2] == ']'
                && text.LastIndexOf('[', mention.Start - 2, Math.Min(mention.Start - 1, MaxLinkText)) is >= 0 and var open
                && mentions.Exists(other => other.Start > open && other.End <= mention.Start - 2)
            )
        );

    private static LicenseMatch Match(Mention mention, AnalyzedText file) =>
        new(
            mention.License,
            Document: null,
            MatchKind.Mentioned,
            Score: 0,
            Place(mention, file),
            ClauseComparison.None,
            Residue: [],
            Removed: [],
            Also: [],
            Or: [],
            mention.Named,
            mention.Expression,
            mention.Part
        );

    private static ImmutableArray<TextSpan> Place(Mention mention, AnalyzedText file)
    {
        var start = file.Words.Starts.LowerBound(mention.Start);
        var end = file.Words.Starts.LowerBound(mention.End);
        return start < end ? [file.Span(start, end)] : [];
    }

    [GeneratedRegex(
        @"SPDX-License-Identifier:[ \t]*(?<expression>[\w.+:() \t-]{1,300})",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Tag();

    [GeneratedRegex(@"licen[cs]|许可|授权|协议|版权", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LicenseWord();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex(@"\s*\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();
}
