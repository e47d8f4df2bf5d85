using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>Whether the texts of a license that go with a work hold its use restrictions, word for word; the rest of the license may be missing.</summary>
internal static class CarriedRestrictions
{
    /// <summary>
    /// True where of every rule that restricts uses the first clause, which is the one that rules the use out, stands in a text, and no clause it
    /// cites has other words there. A document that does not go along is carried by the clause that incorporates it.
    /// </summary>
    /// <param name="license">The license.</param>
    /// <param name="texts">Its texts, or passages of them.</param>
    public static bool AreWhole(License license, IReadOnlyCollection<FoundText> texts) =>
        texts.Count > 0
        && license
            .Rules.Where(r => r.Effect is Effect.Restrict)
            .All(r => IsThere(license, texts, r.Clauses[0]) && !r.Clauses.Any(c => IsAltered(texts, c)));

    private static bool IsThere(License license, IReadOnlyCollection<FoundText> texts, string clause)
    {
        if (texts.Any(t => t.Match.Clauses.Present.Contains(clause)))
        {
            return true;
        }
        var document = license.Documents.First(d => d.Clauses.Any(c => c.Id == clause));
        return texts.All(t => t.Document != document)
            && document.IncorporatedBy.Any(c => texts.Any(t => t.Match.Clauses.Present.Contains(c)));
    }

    private static bool IsAltered(IReadOnlyCollection<FoundText> texts, string clause) =>
        texts.Any(t => t.Match.Clauses.Changed.Any(c => c.Id == clause) || (t.IsWhole && t.Match.Clauses.Missing.Contains(clause)));
}
