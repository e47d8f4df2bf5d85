using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>One place at which a text differs from the license it was recognized as.</summary>
public abstract record Difference
{
    private Difference() { }

    /// <summary>A clause with other words: what was put into it and what was taken out.</summary>
    public sealed record Changed(ChangedClause Clause, ImmutableArray<Passage> Put, ImmutableArray<Removal> Taken) : Difference;

    /// <summary>A clause that is not there, and the line on which it is missing; null where that is not known.</summary>
    public sealed record Missing(string Clause, int? Line) : Difference;

    /// <summary>A passage that the license does not have, outside its changed clauses.</summary>
    public sealed record Added(Passage Passage) : Difference;

    /// <summary>Words that are missing, of no clause that is named otherwise.</summary>
    public sealed record Removed(Removal Words) : Difference;

    /// <summary>
    /// What differs: changed clauses, missing ones, added passages, removed words, each in the order of the match; nothing for a mention. What a
    /// copy may leave out (<see cref="LeftOut"/>) is no difference, and of a license that is there in part what is not there goes without saying.
    /// Text beside the license counts as added to it, except in a document that only holds the license: one that is not called a license
    /// and is for the most part something else.
    /// </summary>
    /// <param name="match">A license found in a file.</param>
    /// <param name="isLicenseFile">The file is called a license.</param>
    /// <param name="license">The license that it is; null where the catalog does not have it.</param>
    public static ImmutableArray<Difference> Of(LicenseMatch match, bool isLicenseFile, License? license)
    {
        var document = Document(match, license);
        var (changed, missing) = (match.Clauses.Changed, match.Clauses.Missing);
        var isHeld = !isLicenseFile && IsHeld(match);
        var residue = match.Residue.Where(passage => !(isHeld && IsBeside(passage, match)) && !IsTitle(passage, license));
        var removed = match.Removed.Where(removal => document is null || !Dressing.Is(removal, document));
        var put = residue.ToLookup(passage => changed.FirstOrDefault(clause => StandsIn(passage, clause)).Id);
        var taken = removed.ToLookup(removal => changed.FirstOrDefault(clause => removal.Clauses.Contains(clause.Id)).Id);
        var isPart = IsPart(match, license);
        return
        [
            .. changed
                .Where(clause => put.Contains(clause.Id) || taken.Contains(clause.Id) || !IsShortened(clause, match))
                .Select(clause => new Changed(clause, [.. put[clause.Id]], [.. taken[clause.Id]])),
            .. missing
                .Where(clause => !isPart && (document is null || !Dressing.Is(clause, document)))
                .Select(clause => new Missing(clause, LineOf(clause, match.Removed))),
            .. put[null!].Select(passage => new Added(passage)),
            .. taken[null!].Where(removal => !isPart && !removal.Clauses.Any(missing.Contains)).Select(removal => new Removed(removal)),
        ];
    }

    /// <summary>The clauses that are missing, in part or as a whole, and that a copy may leave out: the title, headings, appendices.</summary>
    public static ImmutableArray<string> LeftOut(LicenseMatch match, License? license) =>
        Document(match, license) is not { } document || IsPart(match, license)
            ? []
            :
            [
                .. match
                    .Removed.Where(removal => Dressing.Is(removal, document))
                    .SelectMany(removal => removal.Clauses)
                    .Concat(match.Clauses.Missing.Where(clause => Dressing.Is(clause, document)))
                    .Distinct(StringComparer.Ordinal),
            ];

    /// <summary>True for a passage of a license: less than half of its words.</summary>
    public static bool IsPart(LicenseMatch match, License? license)
    {
        var document = Document(match, license);
        var clauses = match.Clauses;
        var there = clauses.Changed.Select(clause => clause.Id).Concat(clauses.Present).ToHashSet(StringComparer.Ordinal);
        return match.Kind == MatchKind.Partial
            && (document is null || 2 * document.Clauses.Where(c => there.Contains(c.Id)).Sum(c => c.End - c.Start) < document.Words);
    }

    /// <summary>True where other text stands beside the license, which is not counted as added to it.</summary>
    public static bool IsInDocument(LicenseMatch match, bool isLicenseFile) =>
        !isLicenseFile && IsHeld(match) && match.Residue.Any(passage => IsBeside(passage, match));

    private static Document? Document(LicenseMatch match, License? license) =>
        license?.Documents.FirstOrDefault(d => match.Document is null || d.Id == match.Document);

    // A license's name above or below its text, as in "The MIT License (MIT)".
    private static bool IsTitle(Passage passage, License? license)
    {
        if (passage.Clause is not null || license is null)
        {
            return false;
        }
        var ids = license.Ids;
        var names = license
            .Documents.SelectMany(d => new[] { d.Title.En, d.Title.Zh })
            .Concat([license.Id, license.Name.En, license.Name.Zh, "the license"])
            .Concat([.. ids.Spdx, .. ids.Scancode, .. ids.HuggingFace, .. ids.Other])
            .SelectMany(n => Normalization.Words(n))
            .Select(w => w.Text)
            .ToHashSet(StringComparer.Ordinal);
        return Normalization.Words(passage.Text).All(w => names.Contains(w.Text));
    }

    private static bool IsShortened(ChangedClause clause, LicenseMatch match) =>
        match.Removed.Any(removal => removal.Clauses.Contains(clause.Id));

    private static int? LineOf(string clause, ImmutableArray<Removal> removals)
    {
        var first = removals.Select(removal => (Removal?)removal).FirstOrDefault(removal => removal!.Value.Clauses.Contains(clause));
        return first?.Line;
    }

    private static bool IsHeld(LicenseMatch match)
    {
        var beside = match.Residue.Where(passage => IsBeside(passage, match)).ToList();
        return beside.Exists(passage => passage.Text.Length >= Passage.MaxCharacters)
            || beside.Sum(passage => Normalization.Words(passage.Text).Count) > match.Spans.Sum(span => span.Words.End - span.Words.Start);
    }

    private static bool IsBeside(Passage passage, LicenseMatch match) =>
        !match.Spans.Any(span => Meet(passage.Lines, span.Lines))
        && !match.Clauses.Changed.Any(clause => Meet(passage.Lines, clause.Lines));

    private static bool StandsIn(Passage passage, ChangedClause clause) =>
        (passage.Clause is null || passage.Clause == clause.Id) && Meet(passage.Lines, clause.Lines);

    private static bool Meet(LineRange left, LineRange right) => left.First <= right.Last && right.First <= left.Last;
}
