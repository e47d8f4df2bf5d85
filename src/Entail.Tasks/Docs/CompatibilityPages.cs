using System.Globalization;
using System.Text;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Tasks.Docs;

/// <summary>The conveys-relation over the catalog: a matrix for people, and a table with a sentence and the missing items for every pair.</summary>
internal static class CompatibilityPages
{
    /// <summary>Every pair of licenses.</summary>
    public static IReadOnlyList<CompatResult> Pairs(CompiledCatalog catalog, ExpressionDecider decider)
    {
        var compatibility = new Compatibility(catalog, decider);
        var ids = catalog.LicenseIds.ToList();
        return
        [
            .. ids.SelectMany(from => ids.Select(to => compatibility.Check([from], new LicenseExpression.Single(to, null), Facts.None))),
        ];
    }

    /// <summary>A row for each license: what a derivative may carry.</summary>
    public static string Rows(IReadOnlyList<CompatResult> pairs, IReadOnlyList<string> ids)
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Compatibility

            May a derivative of a work under the license of the row carry another? On both readings, with ceilings and layers. **Yes**: as a whole.
            **Own part**: yes for what you add, and recipients receive the license of the row as well. **Open**: the texts leave it open. Every other
            license: no. Nothing is known of the asker but what every question presumes. The pages of the [licenses](licenses.md) name what is missing,
            [compatibility.tsv](compatibility.tsv) counts it for every pair, and `entail compat --from A,B --to C` answers for several at once, with the
            repair; `entail choose --from A,B` lists the licenses to choose from, those that convey the least first.

            <!-- Made from catalog/licenses by `tasks generate`. -->

            | license | yes | own part | open | no |
            |---|---|---|---|--:|

            """
        );
        foreach (var row in pairs.Chunk(ids.Count))
        {
            var from = row[0].From[0];
            var yes = row.Where(p => p.Conveys == Answer3.Yes).ToLookup(p => p.Result == p.To, p => p.To);
            var open = row.Where(p => p.Conveys == Answer3.Unclear).Select(p => p.To).ToList();
            page.Append(
                CultureInfo.InvariantCulture,
                $"| [`{from}`](licenses/{from}.md) | {Listed([.. yes[true]], ids)} | {Listed([.. yes[false]], ids)} | {Listed(open, ids)} | {row.Count(p => p.Conveys == Answer3.No)} |\n"
            );
        }
        var certain = pairs.Count(p => p.Conveys == Answer3.Yes);
        var unclear = pairs.Count(p => p.Conveys == Answer3.Unclear);
        page.Append(
            CultureInfo.InvariantCulture,
            $"\n{pairs.Count} pairs: {certain} yes, {unclear} open, {pairs.Count - certain - unclear} no.\n"
        );
        return page.ToString();
    }

    /// <summary>One line a pair, tab-separated: what is missing by kind, with how many of each.</summary>
    public static string Table(IReadOnlyList<CompatResult> pairs)
    {
        var table = new StringBuilder("from\tto\tconveys\tresult\tmissing\n");
        foreach (var pair in pairs)
        {
            var missing = pair
                .Missing.GroupBy(m => m.Kind, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} {g.Count()}"));
            table
                .Append(string.Join('\t', pair.From[0], pair.To, Kebab.Of(pair.Conveys), pair.Result, string.Join(", ", missing)))
                .Append('\n');
        }
        return table.ToString();
    }

    // Where nearly all of them are meant, those that are not.
    private static string Listed(IReadOnlyCollection<string> some, IReadOnlyList<string> ids)
    {
        const int MostLeftOut = 12;
        var others = ids.Where(i => !some.Contains(i)).ToList();
        return some.Count == 0 ? ""
            : others.Count == 0 ? "every license"
            : others.Count <= MostLeftOut && others.Count < some.Count ? $"every license but {Names(others)}"
            : Names(some);
    }

    private static string Names(IEnumerable<string> ids) => string.Join(' ', ids.Select(i => $"`{i}`"));
}
