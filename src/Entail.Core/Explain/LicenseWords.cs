using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>Names of licenses and words for their clauses, for whatever identifying may find: licenses of the catalog and reference texts.</summary>
internal sealed class LicenseWords(CompiledCatalog catalog, FingerprintIndex index)
{
    /// <summary>True where the catalog or the index has a license of this id.</summary>
    public bool Knows(string id) => catalog.Find(id) is not null || index.Find(id) is not null;

    /// <summary>True where the catalog says what the license means.</summary>
    public bool IsCataloged(string id) => catalog.Find(id) is not null;

    /// <summary>The name with the id behind it: the catalog's, else the SPDX id, else the id alone.</summary>
    public Text Name(string id, string? document = null)
    {
        if (catalog.Find(id) is { } license)
        {
            var further = license.Documents.FirstOrDefault(d => d.Id == document) is { } one && one != license.Documents[0] ? one : null;
            var name = further?.Title ?? license.Name;
            return new Text($"{name.En} ({id})", $"{name.Zh}（{id}）");
        }
        return index.Find(id) is { Spdx: { Length: > 0 } spdx } && spdx != id && !spdx.StartsWith("LicenseRef-", StringComparison.Ordinal)
            ? new Text($"{spdx} ({id})", $"{spdx}（{id}）")
            : new Text(id, id);
    }

    /// <summary>What the catalog has of a license; null where it has nothing.</summary>
    public License? License(LicenseMatch match) => catalog.Find(match.License);

    /// <summary>A clause in one line of our own; null where the catalog has no such clause.</summary>
    public Text? Summary(string license, string clause) =>
        catalog.Find(license)?.Documents.SelectMany(d => d.Clauses).FirstOrDefault(c => c.Id == clause)?.Summary;

    /// <summary>The uses that a clause rules out, on the broadest reading.</summary>
    public IEnumerable<Restriction> Restrictions(string license, string clause) =>
        (catalog.Find(license)?.Rules ?? [])
            .Where(rule => rule.Clauses.Contains(clause))
            .Select(rule => rule.Effect)
            .OfType<Effect.Restrict>()
            .SelectMany(effect => effect.Uses)
            .Distinct()
            .Order();
}
