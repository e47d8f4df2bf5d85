using System.Globalization;
using System.Text;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Tasks.Docs;

/// <summary>The change log of the catalog, made by comparing each release with the one before.</summary>
internal static class ChangesPage
{
    public static string Of(CompiledCatalog newest, string folder, DateOnly day)
    {
        var releases = newest.Releases.Select((r, i) => i == 0 ? newest : Kept(folder, r)).ToList();
        var page = new StringBuilder();
        page.Append(
            """
            # What changed in the catalog

            `entail licenses releases` lists the releases, `entail licenses diff 2026.11.1` compares one with the newest, and `--catalog 2026.11.1`
            (or a day) asks any question of an earlier one. Only what can change an answer is listed.

            <!-- Made from catalog/releases.yaml and catalog/releases by `tasks generate`. -->

            """
        );
        for (var i = 0; i < releases.Count; i++)
        {
            if (i + 1 < releases.Count)
            {
                Append(
                    page,
                    CatalogDifferencePage.Of(
                        CatalogDifference.Between(releases[i + 1], releases[i], day),
                        new Phrases(releases[i], Lang.En)
                    )
                );
            }
            else
            {
                var first = releases[i].Releases[0];
                page.Append(CultureInfo.InvariantCulture, $"\n## {first.Version} ({first.Date:yyyy-MM-dd})\n\n{first.Summary.En}\n");
            }
        }
        return page.ToString();
    }

    private static void Append(StringBuilder page, IEnumerable<Line> lines)
    {
        foreach (var line in lines)
        {
            var text = line.ToString().Replace("|", "\\|", StringComparison.Ordinal);
            page.Append(
                line.Spans switch
                {
                    [] => "\n",
                    [{ Tone: Tone.Strong }] => $"\n## {text}\n\n",
                    [{ Tone: Tone.Heading }] => $"### {text}\n\n",
                    _ when text.StartsWith("  ", StringComparison.Ordinal) => $"- {text.Trim()}\n",
                    _ => $"{text}\n",
                }
            );
        }
    }

    private static CompiledCatalog Kept(string folder, CatalogRelease release) =>
        CompiledCatalog.Unpack(File.ReadAllBytes(Path.Combine(folder, "releases", $"{release.Version}.catalog")));
}
