using System.Collections.Immutable;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>What an artifact shows of a duty: met, missing, or not visible in it.</summary>
public sealed class DutyEvidence(Artifact artifact)
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

    private readonly ImmutableArray<(int Line, string Text)> body = artifact.Card is null
        ? []
        : [.. Lines(artifact.Card.Text).Where(l => l.Line >= artifact.CardBodyLine)];

    /// <summary>The state of a duty that a license imposes on account of the work <paramref name="origin"/>.</summary>
    public (DutyState State, ImmutableArray<Evidence> Evidence) Of(Effect.Owe owe, string license, string origin) =>
        owe.Duty switch
        {
            "include-license" => LicenseCopy(owe, license),
            "notice-file" => Notice(owe),
            "state-changes" => Changes(origin),
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
        if (owe.Form == "copy-or-link" && body.FirstOrDefault(l => Links(l.Text, license)) is { Line: > 0 } link)
        {
            return (DutyState.Met, [CardLine(link.Line, link.Text)]);
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

    private (DutyState, ImmutableArray<Evidence>) Changes(string origin)
    {
        var names = Names(origin);
        foreach (var (line, text) in body)
        {
            if (
                WordsOfChange.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase))
                && names.Any(n => text.Contains(n, StringComparison.OrdinalIgnoreCase))
            )
            {
                return (DutyState.Met, [CardLine(line, text)]);
            }
        }
        return (DutyState.Missing, []);
    }

    private (DutyState, ImmutableArray<Evidence>) Attribution(string origin)
    {
        var names = Names(origin);
        var found = body.FirstOrDefault(l => names.Any(n => l.Text.Contains(n, StringComparison.OrdinalIgnoreCase)));
        return found.Line > 0 ? (DutyState.Met, [CardLine(found.Line, found.Text)]) : (DutyState.Missing, []);
    }

    private (DutyState, ImmutableArray<Evidence>) InCard(string words)
    {
        // Where the license leaves the choice between lines, each will do.
        var lines = words.Split(" | ");
        var found = body.FirstOrDefault(l => lines.Any(w => l.Text.Contains(w, StringComparison.OrdinalIgnoreCase)));
        return found.Line > 0 ? (DutyState.Met, [CardLine(found.Line, found.Text)]) : (DutyState.Missing, []);
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

    private static string[] Names(string origin) =>
        origin.Contains('/', StringComparison.Ordinal) ? [origin, origin.Split('/')[^1]] : [origin];

    private static Evidence At(FoundText text) => new(text.File, text.Line, null, null, null, EvidenceSource.Identified);

    private Evidence CardLine(int line, string text) => new(artifact.Card!.File, line, null, null, text.Trim(), EvidenceSource.Declared);

    private static string Squeeze(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static IEnumerable<(int Line, string Text)> Lines(string text) => text.Split('\n').Select((t, i) => (i + 1, t));
}
