using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>How much of a license's texts is accounted for, in normalized words: by a rule, or by a reason why a clause does nothing.</summary>
/// <param name="License">The license.</param>
/// <param name="Words">The words of all its documents.</param>
/// <param name="WithRule">Those in clauses that a rule cites, or that pull in a further document.</param>
/// <param name="NoEffect">Those in clauses without effect, by reason.</param>
public sealed record ClauseCoverage(License License, int Words, int WithRule, ImmutableSortedDictionary<string, int> NoEffect)
{
    /// <summary>The share that is accounted for, from 0 to 1; the compiler of the catalog refuses less than all.</summary>
    public double Share => Words == 0 ? 1 : (double)(WithRule + NoEffect.Values.Sum()) / Words;

    /// <summary>The coverage of one license.</summary>
    public static ClauseCoverage Of(License license)
    {
        var cited = license
            .Rules.SelectMany(r => r.Clauses)
            .Concat(license.Documents.SelectMany(d => d.IncorporatedBy))
            .ToHashSet(StringComparer.Ordinal);
        var clauses = license.Documents.SelectMany(d => d.Clauses).ToList();
        return new ClauseCoverage(
            license,
            license.Documents.Sum(d => d.Words),
            clauses.Where(c => cited.Contains(c.Id)).Sum(Length),
            clauses
                .Where(c => !cited.Contains(c.Id) && c.NoEffect is not null)
                .GroupBy(c => c.NoEffect!, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => g.Sum(Length), StringComparer.Ordinal)
        );
    }

    private static int Length(Clause clause) => clause.End - clause.Start;
}
