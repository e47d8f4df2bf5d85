using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>A license that two states of the catalog have, and that says something else in the later one.</summary>
/// <param name="Before">As it was.</param>
/// <param name="After">As it is.</param>
/// <param name="Texts">The documents whose text is another one, new or gone, by id.</param>
/// <param name="Verdicts">Acts with another verdict; uses are commercial, sharing is asked of the original and of a derivative.</param>
/// <param name="Removed">Rules that are gone.</param>
/// <param name="Added">Rules that are new.</param>
/// <param name="Changed">Rules of the same id that do something else or cite other clauses.</param>
public sealed record ChangedLicense(
    License Before,
    License After,
    ImmutableArray<string> Texts,
    ImmutableArray<(string Act, Verdict Before, Verdict After)> Verdicts,
    ImmutableArray<Rule> Removed,
    ImmutableArray<Rule> Added,
    ImmutableArray<(Rule Before, Rule After)> Changed
);

/// <summary>A name that stands for something else than before: a license's id, several joined by <c>|</c>, or nothing (empty).</summary>
public sealed record ChangedName(string Name, string Before, string After);

/// <summary>What changed between two states of the catalog, as far as it can change an answer.</summary>
/// <param name="Before">The earlier release.</param>
/// <param name="After">The later release.</param>
/// <param name="Added">Licenses that are new.</param>
/// <param name="Removed">Licenses that are gone.</param>
/// <param name="Changed">Licenses that say something else.</param>
/// <param name="Names">Names and tags that stood for something and stand for something else now.</param>
/// <param name="ModelsAdded">Models that are new.</param>
/// <param name="ModelsRemoved">Models that are gone.</param>
/// <param name="ModelsChanged">Models whose licenses or origins are others.</param>
public sealed record CatalogDifference(
    CatalogRelease Before,
    CatalogRelease After,
    ImmutableArray<License> Added,
    ImmutableArray<License> Removed,
    ImmutableArray<ChangedLicense> Changed,
    ImmutableArray<ChangedName> Names,
    ImmutableArray<KnownModel> ModelsAdded,
    ImmutableArray<KnownModel> ModelsRemoved,
    ImmutableArray<(KnownModel Before, KnownModel After)> ModelsChanged
)
{
    /// <summary>Compares two catalogs; both are asked on the same day.</summary>
    public static CatalogDifference Between(CompiledCatalog before, CompiledCatalog after, DateOnly day)
    {
        var (was, isNow) = (before.LicenseIds.ToHashSet(StringComparer.Ordinal), after.LicenseIds.ToHashSet(StringComparer.Ordinal));
        var (asked, asking) = (new ExpressionDecider(before, day).Single, new ExpressionDecider(after, day).Single);
        var (models, modelsNow) = (Models(before), Models(after));
        return new CatalogDifference(
            before.Releases[0],
            after.Releases[0],
            [.. after.Licenses.Where(l => !was.Contains(l.Id))],
            [.. before.Licenses.Where(l => !isNow.Contains(l.Id))],
            [
                .. before
                    .Licenses.Where(l => isNow.Contains(l.Id))
                    .Select(l => Between(l, after.Find(l.Id)!, asked, asking))
                    .OfType<ChangedLicense>(),
            ],
            [
                .. before
                    .Names.Keys.Concat(before.Taxonomy.Ambiguous.Select(a => a.Tag))
                    .Distinct(StringComparer.OrdinalIgnoreCase)
                    .Order(StringComparer.Ordinal)
                    .Select(n => new ChangedName(n, Meaning(before, n), Meaning(after, n)))
                    .Where(n => n.Before != n.After),
            ],
            [.. modelsNow.Values.Where(m => !models.ContainsKey(m.Id))],
            [.. models.Values.Where(m => !modelsNow.ContainsKey(m.Id))],
            [
                .. models
                    .Values.Where(m => modelsNow.ContainsKey(m.Id))
                    .Select(m => (m, modelsNow[m.Id]))
                    .Where(m => !SameTerms(m.m, m.Item2)),
            ]
        );
    }

    private static ChangedLicense? Between(License before, License after, Decider asked, Decider asking)
    {
        var old = before.Rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var now = after.Rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var texts = before
            .Documents.Concat(after.Documents)
            .Select(d => d.Id)
            .Distinct()
            .Where(id => Text(before, id) != Text(after, id))
            .ToImmutableArray();
        ImmutableArray<(Rule, Rule)> changed =
        [
            .. before
                .Rules.Where(r => now.ContainsKey(r.Id))
                .Select(r => (r, now[r.Id]))
                .Where(r => r.r.Meaning() != r.Item2.Meaning() || !r.r.Clauses.SequenceEqual(r.Item2.Clauses)),
        ];
        ImmutableArray<Rule> removed = [.. before.Rules.Where(r => !now.ContainsKey(r.Id))];
        ImmutableArray<Rule> added = [.. after.Rules.Where(r => !old.ContainsKey(r.Id))];
        return texts.IsEmpty && changed.IsEmpty && removed.IsEmpty && added.IsEmpty && before.Meaning() == after.Meaning()
            ? null
            : new ChangedLicense(before, after, texts, LicenseDifference.VerdictsOf(before, asked, after, asking), removed, added, changed);
    }

    private static string Text(License license, string document) =>
        license.Documents.FirstOrDefault(d => d.Id == document) is { } one ? $"{one.Sha256} {one.ReadOn}" : "";

    private static string Meaning(CompiledCatalog catalog, string name) =>
        catalog.Resolve(name) switch
        {
            Resolution.Known known => known.License.Id,
            Resolution.Ambiguous ambiguous => string.Join('|', ambiguous.Candidates.Select(c => c.Id)),
            _ => "",
        };

    private static SortedDictionary<string, KnownModel> Models(CompiledCatalog catalog) =>
        new(catalog.Models.Values.DistinctBy(m => m.Id).ToDictionary(m => m.Id, StringComparer.Ordinal), StringComparer.Ordinal);

    private static bool SameTerms(KnownModel a, KnownModel b) =>
        a.Licenses.SequenceEqual(b.Licenses) && a.From.ToHashSet().SetEquals(b.From) && a.Multimodal == b.Multimodal;
}
