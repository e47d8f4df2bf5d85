using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>Whether the texts of a license that go with a work hold its use restrictions, word for word; the rest of the license may be missing.</summary>
internal static class CarriedRestrictions
{
    /// <summary>
    /// True where of every rule that restricts uses the first clause, which is the one that rules the use out, stands in a text, and no clause it
    /// cites has other words there. A document that does not go along is carried by the clause that incorporates it. The same words count whatever
    /// license they were taken for: families share their clauses.
    /// </summary>
    /// <param name="license">The license.</param>
    /// <param name="texts">License texts, or passages of them; at least one has to be of this license, or have words of it.</param>
    public static bool AreWhole(License license, IReadOnlyCollection<FoundText> texts)
    {
        var own = texts.Where(t => t.Names.Contains(license.Id)).ToList();
        var prints = texts.SelectMany(Prints).ToHashSet();
        var restricting = license.Rules.Where(r => r.Effect is Effect.Restrict).ToList();
        return restricting.Count > 0
            ? restricting.TrueForAll(r =>
                IsThere(license, own, prints, r.Clauses[0]) && !r.Clauses.Any(c => IsAltered(license, own, prints, c))
            )
            : own.Count > 0;
    }

    /// <summary>True where a text has words of a clause that restricts uses under the license.</summary>
    public static bool Holds(License license, FoundText text) =>
        Prints(text).ToHashSet() is var prints
        && license.Rules.Any(r => r.Effect is Effect.Restrict && r.Clauses.Any(c => prints.Contains(PrintOf(license, c))));

    private static IEnumerable<ulong> Prints(FoundText text) =>
        text.Cataloged is { } cataloged ? text.Match.Clauses.Present.Select(c => PrintOf(cataloged, c)).Where(p => p != 0) : [];

    private static ulong PrintOf(License license, string clause) =>
        license.Documents.SelectMany(d => d.Clauses).FirstOrDefault(c => c.Id == clause)?.Print ?? 0;

    private static bool IsThere(License license, List<FoundText> own, HashSet<ulong> prints, string clause)
    {
        if (prints.Contains(PrintOf(license, clause)) || own.Exists(t => t.Match.Clauses.Present.Contains(clause)))
        {
            return true;
        }
        var document = license.Documents.First(d => d.Clauses.Any(c => c.Id == clause));
        return own.TrueForAll(t => t.Document != document)
            && document.IncorporatedBy.Any(c => own.Exists(t => t.Match.Clauses.Present.Contains(c)));
    }

    private static bool IsAltered(License license, List<FoundText> own, HashSet<ulong> prints, string clause) =>
        !prints.Contains(PrintOf(license, clause))
        && own.Exists(t => t.Match.Clauses.Changed.Any(c => c.Id == clause) || (t.IsWhole && t.Match.Clauses.Missing.Contains(clause)));
}
