using System.Globalization;
using System.Text;
using Entail.Core.Catalog;
using Entail.Core.Model;
using Entail.Tasks.Sources;

namespace Entail.Tasks.Docs;

/// <summary>The Markdown pages that are made from the catalog.</summary>
internal static class Pages
{
    /// <summary>What each finding code means.</summary>
    public static string Findings(Taxonomy taxonomy)
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Finding codes

            What `entail check` and `entail audit` report. `entail explain CODE` prints the same, in English or Chinese. The severity is that of a
            plain case; where the clause behind a finding is arguable, it is one lower.

            <!-- Made from catalog/taxonomy/findings.yaml by `tasks generate`. -->

            | code | severity | what is wrong |
            |---|---|---|

            """
        );
        foreach (var finding in taxonomy.Findings)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| [`{finding.Id}`](#{finding.Id}) | {Kebab.Of(finding.Severity)} | {Cell(finding.Title.En)} |\n"
            );
        }
        foreach (var finding in taxonomy.Findings)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {finding.Id}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"**{finding.Title.En}** ({Kebab.Of(finding.Severity)})\n\n");
            page.Append(CultureInfo.InvariantCulture, $"{finding.Meaning.En}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"Example: {finding.Example.En}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"Fix: {finding.Fix.En}\n");
        }
        return page.ToString();
    }

    /// <summary>The licenses, and how much of each is encoded.</summary>
    public static string Licenses(CompiledCatalog catalog, string folder, ICollection<CatalogProblem> problems)
    {
        var rows = catalog
            .Licenses.Select(l =>
                (
                    License: l,
                    Clauses: l.Documents.Sum(d => d.Clauses.Length),
                    Cases: CaseSource.Read(folder, l.Id, catalog.Facts, problems).Length
                )
            )
            .ToList();
        var page = new StringBuilder();
        page.Append("# Licenses\n\n");
        page.Append(
            CultureInfo.InvariantCulture,
            $"The catalog has {rows.Count} licenses: {rows.Sum(r => r.Clauses)} clauses, {rows.Sum(r => r.License.Rules.Length)} rules, "
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"{rows.Sum(r => r.Cases)} cases. Each has a page, in English and Chinese; [compatibility](compatibility.md) compares them.\n\n"
        );
        page.Append("<!-- Made from catalog/licenses by `tasks generate`. -->\n\n");
        page.Append("| id | name | ids elsewhere | family | covers | clauses | rules | cases |\n|---|---|---|---|---|--:|--:|--:|\n");
        foreach (var (license, clauses, cases) in rows)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| [`{license.Id}`](licenses/{license.Id}.md) ([中文](licenses/{license.Id}.zh.md)) | {Cell(license.Name.En)} | {Elsewhere(license)} "
            );
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {license.Family} | {string.Join(", ", license.Covers.Select(c => Kebab.Of(c)))} "
            );
            page.Append(CultureInfo.InvariantCulture, $"| {clauses} | {license.Rules.Length} | {cases} |\n");
        }
        return page.ToString();
    }

    /// <summary>The names that stand for several licenses or for none, with why.</summary>
    public static string Tags(CompiledCatalog catalog)
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Names that stand for several licenses, or for none

            What hubs and cards write instead of a license's name. Every candidate is asked that existed on the day of the question (`--date`); where their
            answers differ, the answer is unclear and lists them. The ids of each license stand in [licenses.md](licenses.md).

            <!-- Made from catalog/taxonomy/ambiguous.yaml by `tasks generate`. -->

            | names | may mean | why |
            |---|---|---|

            """
        );
        foreach (
            var alike in catalog.Taxonomy.Ambiguous.GroupBy(a => (string.Join(' ', a.Candidates.Select(c => $"`{c}`")), a.Note?.En ?? ""))
        )
        {
            var names = string.Join(' ', alike.Select(a => $"`{Cell(a.Tag)}`"));
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {names} | {(alike.Key.Item1.Length > 0 ? alike.Key.Item1 : "no license of the catalog")} | {Cell(alike.Key.Item2)} |\n"
            );
        }
        return page.ToString();
    }

    private static string Elsewhere(License license) =>
        string.Join(
            ", ",
            license
                .Ids.Spdx.Concat(license.Ids.HuggingFace)
                .Concat(license.Ids.Scancode)
                .Concat(license.Ids.Ollama)
                .Concat(license.Ids.Other)
                .Where(i => i != license.Id)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(i => $"`{Cell(i)}`")
        );

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
