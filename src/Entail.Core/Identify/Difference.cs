using System.Collections.Immutable;

namespace Entail.Core.Identify;

/// <summary>One place at which a text differs from the license it was recognized as.</summary>
public abstract record Difference
{
    private Difference() { }

    /// <summary>A clause with other words: what was put into it and what was taken out.</summary>
    public sealed record Changed(ChangedClause Clause, ImmutableArray<Passage> Put, ImmutableArray<Removal> Taken) : Difference;

    /// <summary>A clause that is not there.</summary>
    public sealed record Missing(string Clause) : Difference;

    /// <summary>A passage that the license does not have, outside its changed clauses.</summary>
    public sealed record Added(Passage Passage) : Difference;

    /// <summary>Words that are missing, of no clause that is named otherwise.</summary>
    public sealed record Removed(Removal Words) : Difference;

    /// <summary>
    /// What differs: changed clauses, missing ones, added passages, removed words, each in the order of the match; nothing for a mention.
    /// Text beside the license counts as added to it, except in a document that only holds the license: one that is not called a license
    /// and is for the most part something else.
    /// </summary>
    /// <param name="match">A license found in a file.</param>
    /// <param name="isLicenseFile">The file is called a license.</param>
    public static ImmutableArray<Difference> Of(LicenseMatch match, bool isLicenseFile)
    {
        var (changed, missing) = (match.Clauses.Changed, match.Clauses.Missing);
        var residue = isLicenseFile || !IsHeld(match) ? match.Residue : [.. match.Residue.Where(passage => !IsBeside(passage, match))];
        var put = residue.ToLookup(passage => changed.FirstOrDefault(clause => StandsIn(passage, clause)).Id);
        var taken = match.Removed.ToLookup(removal => changed.FirstOrDefault(clause => removal.Clauses.Contains(clause.Id)).Id);
        return
        [
            .. changed.Select(clause => new Changed(clause, [.. put[clause.Id]], [.. taken[clause.Id]])),
            .. missing.Select(clause => new Missing(clause)),
            .. put[null!].Select(passage => new Added(passage)),
            .. taken[null!].Where(removal => !removal.Clauses.Any(missing.Contains)).Select(removal => new Removed(removal)),
        ];
    }

    /// <summary>True where other text stands beside the license, which is not counted as added to it.</summary>
    public static bool IsInDocument(LicenseMatch match, bool isLicenseFile) =>
        !isLicenseFile && IsHeld(match) && match.Residue.Any(passage => IsBeside(passage, match));

    /// <summary>True where a text differs and the places are not known: of its license the index has samples only.</summary>
    public static bool IsSomewhere(LicenseMatch match, bool isLicenseFile) =>
        match is { Kind: MatchKind.Close, Score: < 1 } && Of(match, isLicenseFile).IsEmpty;

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
