using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>One clause of a license text.</summary>
/// <param name="Id">The clause's id in the catalog.</param>
/// <param name="Start">Its first normalized word, counted from 0.</param>
/// <param name="End">The word after its last.</param>
/// <param name="Restricts">True when a rule takes a use restriction from it.</param>
public readonly record struct ClauseSpan(string Id, int Start, int End, bool Restricts = false);

/// <summary>A reference text that belongs to a cataloged license.</summary>
/// <param name="key">The key of the reference text.</param>
/// <param name="license">The canonical id of the license.</param>
/// <param name="document">Which document of the license it is: `agreement`, `aup` ...</param>
/// <param name="family">The family of the license, such as `openrail`.</param>
/// <param name="clauses">The clauses in the order of the text; asked for when first needed.</param>
public sealed class CatalogText(string key, string license, string document, string family, Func<IReadOnlyList<ClauseSpan>> clauses)
{
    private readonly Lazy<IReadOnlyList<ClauseSpan>> clauses = new(clauses);

    public string Key => key;

    public string License => license;

    public string Document => document;

    public string Family => family;

    public IReadOnlyList<ClauseSpan> Clauses => clauses.Value;

    /// <summary>The texts of all licenses of a catalog.</summary>
    public static IReadOnlyList<CatalogText> All(CompiledCatalog catalog) =>
        [
            .. catalog.Texts.Select(text => new CatalogText(
                text.Key,
                text.License,
                text.Document,
                text.Family,
                () => Spans(catalog.Find(text.License)!, text.Document)
            )),
        ];

    private static List<ClauseSpan> Spans(License license, string document)
    {
        var restricting = license
            .Rules.Where(rule => rule.Effect is Effect.Restrict)
            .SelectMany(rule => rule.Clauses)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. license
                .Documents.Single(d => d.Id == document)
                .Clauses.Select(clause => new ClauseSpan(clause.Id, clause.Start, clause.End, restricting.Contains(clause.Id))),
        ];
    }
}
