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

    /// <summary>The matrix.</summary>
    public static string Matrix(IReadOnlyList<CompatResult> pairs, IReadOnlyList<string> ids)
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Compatibility

            May a derivative of a work under the license of the row carry the license of the column? On both readings, with ceilings and layers:
            **✓** yes; **+** yes for one's own part, and recipients receive the license of the row as well; **?** the texts leave it open; blank no.
            Nothing is known of the asker but what every question presumes. [compatibility.tsv](compatibility.tsv) has a sentence and the missing
            items for every pair, the pages of the [licenses](licenses.md) the same with links, and `entail compat --from A,B --to C` answers for
            several at once, with the repair; `entail choose --from A,B` lists the licenses to choose from, those that convey the least first.

            <!-- Made from catalog/licenses by `tasks generate`. -->


            """
        );
        page.Append("| |")
            .Append(string.Concat(ids.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $" {i + 1} |"))))
            .Append('\n');
        page.Append("|---|").Append(string.Concat(ids.Select(_ => ":-:|"))).Append('\n');
        foreach (var row in pairs.Chunk(ids.Count).Select((cells, i) => (cells, i)))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {row.i + 1} [`{ids[row.i]}`](licenses/{ids[row.i]}.md) |");
            page.Append(string.Concat(row.cells.Select(c => $" {Mark(c)} |"))).Append('\n');
        }
        var yes = pairs.Count(p => p.Conveys == Answer3.Yes);
        var open = pairs.Count(p => p.Conveys == Answer3.Unclear);
        page.Append(CultureInfo.InvariantCulture, $"\n{pairs.Count} pairs: {yes} yes, {open} open, {pairs.Count - yes - open} no.\n");
        return page.ToString();
    }

    /// <summary>One line a pair, tab-separated.</summary>
    public static string Table(IReadOnlyList<CompatResult> pairs, Phrases say)
    {
        var table = new StringBuilder("from\tto\tconveys\tresult\tmissing\tclauses\tsentence\n");
        foreach (var pair in pairs)
        {
            var missing = string.Join(' ', pair.Missing.Select(m => $"{m.Kind}:{m.Id}").Distinct());
            var clauses = string.Join(' ', pair.Missing.SelectMany(m => m.Clauses).Distinct());
            table
                .Append(
                    string.Join(
                        '\t',
                        pair.From[0],
                        pair.To,
                        Kebab.Of(pair.Conveys),
                        pair.Result,
                        missing,
                        clauses,
                        CompatWords.Sentence(pair, say)
                    )
                )
                .Append('\n');
        }
        return table.ToString();
    }

    private static string Mark(CompatResult pair) =>
        pair.Conveys switch
        {
            Answer3.Yes => pair.Result == pair.To ? "✓" : "+",
            Answer3.Unclear => "?",
            _ => " ",
        };
}
