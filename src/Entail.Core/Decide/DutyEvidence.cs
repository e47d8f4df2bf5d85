using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>What an artifact shows of a duty: met, missing, or not visible in it.</summary>
public sealed partial class DutyEvidence(Artifact artifact)
{
    private static readonly string[] WordsOfChange =
    [
        "tune",
        "tuning",
        "train",
        "modified",
        "modification",
        "quantiz",
        "quantis",
        "merge",
        "converted",
        "distill",
        "adapter",
        "changes",
        "changed",
        "derived from",
        "based on",
        "微调",
        "修改",
        "量化",
        "合并",
        "蒸馏",
        "改动",
    ];

    private const string Dated = "dated";
    private const int ShortestName = 5;
    private const int Longest = 160; // of a line that is shown

    private readonly ImmutableArray<FileLine> body = artifact.Card is null
        ? []
        : [.. Lines(artifact.Card).Where(l => l.Number >= artifact.CardBodyLine)];

    private readonly record struct FileLine(string File, int Number, string Text)
    {
        public Evidence Evidence =>
            new(
                File,
                Number,
                null,
                null,
                Text.Trim() is var line && line.Length > Longest ? line[..Longest] + "…" : line,
                EvidenceSource.Declared
            );

        public bool Has(string words) => Text.Contains(words, StringComparison.OrdinalIgnoreCase);

        // People write “Mistral 7B” for Mistral-7B-v0.1; an address may hold the words by chance. What is no name of the hub has to stand as it is.
        public bool Names(string work) =>
            Has(work)
            || (
                work.Contains('/', StringComparison.Ordinal)
                && (
                    Has(work.Split('/')[^1])
                    || (
                        Plain(work) is { Length: >= ShortestName } plain
                        && Squeeze(Address().Replace(Text, "")).Contains(plain, StringComparison.Ordinal)
                    )
                )
            );
    }

    /// <summary>The state of a duty that a license imposes on account of the work <paramref name="origin"/>.</summary>
    public (DutyState State, ImmutableArray<Evidence> Evidence) Of(Effect.Owe owe, string license, string origin) =>
        owe.Duty switch
        {
            "include-license" => LicenseCopy(owe, license),
            "notice-file" => Notice(owe),
            "retain-notices" => Notices(license),
            "state-changes" => Changes(owe, origin),
            "attribution" => Attribution(origin),
            "display-brand" => owe.Words is { } words ? InCard(words) : (DutyState.NotVisible, []),
            "name-prefix" => OfName(owe, artifact.Name, artifact.NameEvidence),
            "pass-use-restrictions" => UseRestrictions(license),
            _ => (DutyState.NotVisible, []),
        };

    private IEnumerable<FoundText> TextsOf(string license) => artifact.Texts.Found.Where(t => !t.IsMention && t.Names.Contains(license));

    // A changed text is no copy of the license; it is shown, so that nobody looks for another.
    private (DutyState, ImmutableArray<Evidence>) LicenseCopy(Effect.Owe owe, string license)
    {
        var texts = TextsOf(license).Where(t => t is { IsAgreement: true, IsWhole: true }).OrderByDescending(t => t.IsCopy).ToList();
        if (texts is [{ IsCopy: true } copy, ..])
        {
            return (DutyState.Met, [At(copy)]);
        }
        if (owe.Form == "copy-or-link" && body.FirstOrDefault(l => Links(l.Text, license)) is { Number: > 0 } link)
        {
            return (DutyState.Met, [link.Evidence]);
        }
        return (DutyState.Missing, [.. texts.Take(1).Select(At)]);
    }

    private (DutyState, ImmutableArray<Evidence>) UseRestrictions(string license)
    {
        var texts = TextsOf(license).OrderByDescending(t => t.IsCopy).ToList();
        var own = texts.FindAll(t => t.License == license);
        var met =
            texts.Exists(t => t.License != license && t is { IsAgreement: true, IsCopy: true })
            || (own is [{ Cataloged: { } known }, ..] && CarriedRestrictions.AreWhole(known, own));
        return (met ? DutyState.Met : DutyState.Missing, [.. texts.Take(1).Select(At)]);
    }

    // A link names the license in its address: .../licenses/by-nc/4.0/ for cc-by-nc-4.0.
    private static bool Links(string line, string license) =>
        line.Contains("http", StringComparison.OrdinalIgnoreCase)
        && license.Split('-').Where(p => p.Length > 1).All(p => line.Contains(p, StringComparison.OrdinalIgnoreCase));

    private (DutyState, ImmutableArray<Evidence>) Notice(Effect.Owe owe)
    {
        var words = owe.Words is null ? null : Squeeze(owe.Words);
        foreach (var file in artifact.NoticeFiles)
        {
            if (words is null || Squeeze(file.Text).Contains(words, StringComparison.Ordinal))
            {
                return (DutyState.Met, [new Evidence(file.File, 1, null, null, null, EvidenceSource.Declared)]);
            }
        }
        // A notice without fixed words is owed only where the original has one, which the artifact does not show.
        return (owe.Words is null ? DutyState.NotVisible : DutyState.Missing, []);
    }

    // The copyright line above the license's text, or in the notice that goes along; one that nobody filled in says nothing, and whether the original has
    // others, the artifact does not show.
    private (DutyState, ImmutableArray<Evidence>) Notices(string license)
    {
        var files = TextsOf(license).Select(t => t.File).ToHashSet(StringComparer.Ordinal);
        var line = artifact
            .LicenseFiles.Where(f => files.Contains(f.File))
            .Concat(artifact.NoticeFiles)
            .SelectMany(Lines)
            .FirstOrDefault(l => Copyrights.Length(l.Text.TrimStart()) > 0 && !Placeholder().IsMatch(l.Text));
        return line.Number > 0 ? (DutyState.Met, [line.Evidence]) : (DutyState.NotVisible, []);
    }

    private (DutyState, ImmutableArray<Evidence>) Changes(Effect.Owe owe, string origin)
    {
        var statements = body.Concat(artifact.NoticeFiles.SelectMany(Lines))
            .Where(l => WordsOfChange.Any(l.Has) && l.Names(origin))
            .ToList();
        var met = owe.Form == Dated ? statements.Find(l => Year().IsMatch(l.Text)) : statements.FirstOrDefault();
        // A statement without its date is shown, so that nobody looks for another.
        return met.Number > 0 ? (DutyState.Met, [met.Evidence]) : (DutyState.Missing, [.. statements.Take(1).Select(l => l.Evidence)]);
    }

    private (DutyState, ImmutableArray<Evidence>) Attribution(string origin)
    {
        var found = body.Concat(artifact.NoticeFiles.SelectMany(Lines)).FirstOrDefault(l => l.Names(origin));
        return found.Number > 0 ? (DutyState.Met, [found.Evidence]) : (DutyState.Missing, []);
    }

    private (DutyState, ImmutableArray<Evidence>) InCard(string words)
    {
        // Where the license leaves the choice between lines, each will do.
        var lines = words.Split(" | ");
        var found = body.FirstOrDefault(l => lines.Any(l.Has));
        return found.Number > 0 ? (DutyState.Met, [found.Evidence]) : (DutyState.Missing, []);
    }

    /// <summary>
    /// Whether the terms that users accept bind them to the use restrictions of a license: by its clauses, word for word. Terms that only name the
    /// license may bind them, which a person has to read; without any terms nothing is visible.
    /// </summary>
    public static (DutyState State, ImmutableArray<Evidence> Evidence) OfTerms(UserTerms? terms, License? license)
    {
        if (terms is null || license is null)
        {
            return (DutyState.NotVisible, []);
        }
        var own = terms.Found.Where(t => t.Names.Contains(license.Id) || (!t.IsMention && CarriedRestrictions.Holds(license, t))).ToList();
        var passages = own.FindAll(t => !t.IsMention);
        return CarriedRestrictions.AreWhole(license, passages) ? (DutyState.Met, [At(passages[0])])
            : passages.Count == 0 && own is [var named, ..] ? (DutyState.NotVisible, [At(named)])
            : (
                DutyState.Missing,
                [passages is [var some, ..] ? At(some) : new Evidence(terms.File, 1, null, null, null, EvidenceSource.Configured)]
            );
    }

    /// <summary>What a work's name alone shows: the rest is not visible without the artifact.</summary>
    public static (DutyState State, ImmutableArray<Evidence> Evidence) OfName(Effect.Owe owe, string name, Evidence? at)
    {
        if (owe is not { Duty: "name-prefix", Words: { } words })
        {
            return (DutyState.NotVisible, []);
        }
        // A local folder may be called anything: the name the card shows counts as well.
        var shown = new[] { name.Split('/')[^1], at?.Text ?? "" };
        // A name of a repository has hyphens where people write spaces.
        var starts = shown.Any(n => Squeeze(n).StartsWith(Squeeze(words), StringComparison.Ordinal));
        return (starts ? DutyState.Met : DutyState.Missing, at is null ? [] : [at]);
    }

    private static Evidence At(FoundText text) => new(text.File, text.Line, null, null, null, EvidenceSource.Identified);

    // A name without what versions and formats add to it.
    private static string Plain(string work) => Squeeze(Version().Replace(work.Split('/')[^1], ""));

    private static string Squeeze(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static IEnumerable<FileLine> Lines(TextFile file) => file.Text.Split('\n').Select((t, i) => new FileLine(file.File, i + 1, t));

    [GeneratedRegex(
        @"[\[<{(](year|yyyy|full ?name|name of|copyright (owner|holder)|owner|author)|_{3,}",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"([-_ .]v?\d+(\.\d+)+|[-_ ]v\d+|[-_](hf|fp16|bf16))*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex(@"https?://[^\s)>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<!\d)(19|20)\d\d(?!\d)", RegexOptions.ExplicitCapture)]
    private static partial Regex Year();
}
