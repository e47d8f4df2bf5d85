using System.Collections.Immutable;

namespace Entail.Core.Identify;

/// <summary>Reads a text of no cataloged license by the clauses it has in common with licenses of a known family.</summary>
internal static class Families
{
    // Fewer restriction clauses may have been quoted by anyone.
    private const int FewestClauses = 3;

    // The shingles that as many short clauses have in common with the file at least.
    private const int FewestShingles = 8;

    // Below this share of its words a clause is another one.
    private const double KnownShare = 0.75;

    // A clause of fewer words is a heading, or words that stand anywhere.
    private const int FewestWords = 4;
    private const int MostPassages = 200;

    /// <summary>
    /// The family whose restriction clauses the file has most of; null where it has hardly any. A clause that several licenses share is named from the
    /// first of them.
    /// </summary>
    public static FamilyReading? Read(ReferenceLibrary library, AnalyzedText file)
    {
        if (file.Shingles.Count(library.Restricting.Contains) < FewestShingles)
        {
            return null;
        }
        var wanted = file.Shingles.ToHashSet();
        var found = library
            .Cataloged.SelectMany(text => Clauses(library, file, text, wanted))
            .OrderByDescending(known => known.Clause.Restricts)
            .ThenByDescending(known => known.Score)
            .ToList();
        var taken = new bool[file.Words.Count];
        var kept = new List<Known>();
        foreach (var known in found)
        {
            if (2 * taken.AsSpan(known.Start..known.End).Count(true) <= known.End - known.Start)
            {
                taken.AsSpan(known.Start..known.End).Fill(true);
                kept.Add(known);
            }
        }
        var family = kept.Where(known => known.Clause.Restricts)
            .GroupBy(known => known.Text.Family, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        if (family is null || family.Count() < FewestClauses)
        {
            return null;
        }
        return new FamilyReading(
            family.Key,
            [
                .. kept.Where(known => known.Clause.Restricts)
                    .OrderBy(known => known.Start)
                    .Select(known => new KnownClause(
                        known.Text.License,
                        known.Clause.Id,
                        file.Lines(known.Start, known.End),
                        Math.Round(known.Score, 4)
                    )),
            ],
            [.. Untaken(taken).Take(MostPassages).Select(range => file.Passage(range.Start, range.End))]
        );
    }

    private static IEnumerable<Known> Clauses(ReferenceLibrary library, AnalyzedText file, int text, HashSet<uint> wanted)
    {
        var entry = library.Entries(text)[0];
        if (!entry.Clauses.Any(clause => clause.Restricts))
        {
            yield break;
        }
        var sequence = library.Index.Sequence(text).ToArray();
        foreach (var clause in entry.Clauses.Where(clause => clause.End - clause.Start >= FewestWords))
        {
            if (Place(sequence.AsSpan(clause.Start..clause.End), file, wanted) is { } place)
            {
                yield return new Known(entry, clause, place.Start, place.End, place.Score);
            }
        }
    }

    // Where the clause stands: word for word when it is short, else around the first of its shingles that the file has.
    private static (int Start, int End, double Score)? Place(ReadOnlySpan<ushort> clause, AnalyzedText file, HashSet<uint> wanted)
    {
        if (file.Numbers.AsSpan().IndexOf(clause) is >= 0 and var exact)
        {
            return (exact, exact + clause.Length, 1);
        }
        var shingles = Fingerprint.Shingles(clause);
        var first = Array.FindIndex(shingles, wanted.Contains);
        if (first < 0)
        {
            return null;
        }
        var at = Array.IndexOf(file.Shingles, shingles[first]);
        var start = Math.Max(0, at - first - clause.Length / 4 - Fingerprint.ShingleWords);
        var end = Math.Min(file.Words.Count, at - first + clause.Length + clause.Length / 4 + Fingerprint.ShingleWords);
        var blocks = Alignment.Align(clause, file.Numbers.AsSpan(start..end), _ => false, _ => false);
        var matched = blocks.Sum(block => block.Length);
        var span = blocks.Count == 0 ? 0 : blocks[^1].EndB - blocks[0].B;
        var score = 2.0 * matched / (clause.Length + span);
        return span > 0 && score >= KnownShare ? (start + blocks[0].B, start + blocks[^1].EndB, score) : null;
    }

    private static IEnumerable<WordRange> Untaken(bool[] taken)
    {
        for (var start = 0; start < taken.Length; )
        {
            var end = start;
            while (end < taken.Length && !taken[end])
            {
                end++;
            }
            if (end > start)
            {
                yield return new WordRange(start, end);
            }
            start = end + 1;
        }
    }

    private readonly record struct Known(CatalogText Text, ClauseSpan Clause, int Start, int End, double Score);
}
