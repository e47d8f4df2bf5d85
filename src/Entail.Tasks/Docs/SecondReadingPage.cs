using System.Globalization;
using System.Text;
using Entail.Core.Read;
using Entail.Tasks.Sources;

namespace Entail.Tasks.Docs;

/// <summary>What two people who read each text without seeing each other's work agreed on, and how the text settled the rest.</summary>
internal static class SecondReadingPage
{
    /// <summary>The page, from <c>catalog/readings/settled.yaml</c> and the readings as they are now.</summary>
    public static string Of(CatalogSource source, string folder, ICollection<CatalogProblem> problems)
    {
        var now = AgreementTask.Compare(source, folder, problems).ToDictionary(c => c.License, StringComparer.Ordinal);
        var read = new SourceReader(Path.Combine(folder, "readings", "settled.yaml"), problems);
        var settled = SourceReader.Items(read.Load()).Select(i => read.Map(i, "license", "drawn", "before", "differences")).ToList();
        var rows = settled.ConvertAll(m => (License: read.String(m, "license"), Before: Before(read, m), Map: m));
        var page = new StringBuilder();
        page.Append(
            """
            # Second reading

            The licenses below were encoded twice, each time from the text and without the other encoding at hand. The second readings are in
            [catalog/readings](../catalog/readings): rules without summaries, kept as they were written. Point by point they were compared with the
            catalog; where the two differed the text was read a third time and settled it, or the rule became `arguable`. Licenses that are not
            here were read once.

            How much agreement shows: both readings follow the conventions of [catalog.md](catalog.md); variants of one text were read by varying one
            reading; and a text with the words of an older license was read, both times, with the settled reading of that license at hand. So a high
            figure speaks for shared conventions as well as for a clear text, and the figures of a family are not independent of each other.

            **Points** are: the *verdict* on each act and on two licenses for a derivative, with nothing said, for a large company and for academic
            research; each making act that creates a *derivative*; each *duty* with each act and subject it is owed for; each category of *restriction*
            with its certain and its broadest strength; *risks and ownership*. On each point yes, arguable and no are three answers, so agreement is
            exact. *Opposite* are verdicts that are definite and contrary: one permits, the other does not. The figures before settling were taken by
            `tasks agree catalog` when both readings were complete and neither had been changed; the last column is what it says now, of the settled
            catalog against the second reading as it was.

            <!-- Made from catalog/readings by `tasks generate`. -->


            """
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"| license | {string.Join(" | ", AgreementTask.Kinds)} | all, before | opposite | all, now |\n"
        );
        page.Append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var (license, before, _) in rows)
        {
            var after = now.TryGetValue(license, out var comparison) ? AgreementTask.Percent(comparison.Share) : "";
            var cells = before.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Same}/{p.All}"));
            page.Append(
                CultureInfo.InvariantCulture,
                $"| [`{license}`](licenses/{license}.md) | {string.Join(" | ", cells)} | {AgreementTask.Percent(Share(before.Points))} | {before.Opposite} | {after} |\n"
            );
        }
        var points = rows.SelectMany(r => r.Before.Points).ToList();
        var nowPoints = now.Values.SelectMany(c => c.Tallies).ToList();
        page.Append(
            CultureInfo.InvariantCulture,
            $"\n{rows.Count} licenses: before settling {points.Sum(p => p.Same)} of {points.Sum(p => p.All)} points agreed ({AgreementTask.Percent(Share(points))}), and {rows.Sum(r => r.Before.Opposite)} definite answers were opposite. "
        );
        page.Append(
            CultureInfo.InvariantCulture,
            $"Now {nowPoints.Sum(t => t.Same)} of {nowPoints.Sum(t => t.All)} agree, and {now.Values.Sum(c => c.Opposite)} are opposite.\n"
        );
        var drawn = rows.FindAll(r => read.Flag(r.Map, "drawn"));
        if (drawn.Count > 0)
        {
            var ofDrawn = drawn.SelectMany(r => r.Before.Points).ToList();
            page.Append(
                CultureInfo.InvariantCulture,
                $"\nOf the licenses that came with 2026.11.2, {drawn.Count} were drawn by chance (those whose `entail 2026.11.2 ID` has the lowest SHA-256): {string.Join(", ", drawn.Select(r => $"`{r.License}`"))}. "
            );
            page.Append(
                CultureInfo.InvariantCulture,
                $"On these {ofDrawn.Sum(p => p.Same)} of {ofDrawn.Sum(p => p.All)} points agreed before settling ({AgreementTask.Percent(Share(ofDrawn))}). That is below 97%, so the others were read again as well.\n"
            );
        }
        foreach (var (license, _, map) in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {license}\n\n");
            var items = SourceReader
                .Items(map["differences"])
                .Select(d => read.Map(d, "points", "first", "second", "settled", "why", "clauses"))
                .ToList();
            page.Append(
                items.Count == 0
                    ? "The two readings agree on every point.\n"
                    : "| points | first | second | settled | why | clauses |\n|---|---|---|---|---|---|\n"
            );
            foreach (var item in items)
            {
                string[] cells = [.. Told.Select(k => Cell(read.String(item, k)))];
                var clauses = string.Join(' ', read.Strings(item, "clauses").Select(c => $"`{c}`"));
                page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} | {clauses} |\n");
            }
        }
        return page.ToString();
    }

    private static readonly string[] Told = ["points", "first", "second", "settled", "why"];

    private sealed record Figures(List<(int Same, int All)> Points, int Opposite);

    private static Figures Before(SourceReader read, YamlValue.Map map)
    {
        var before = read.Map(map["before"], "points", "opposite");
        var points = read.Strings(before, "points")
            .Select(p => p.Split('/'))
            .Select(p => (int.Parse(p[0], CultureInfo.InvariantCulture), int.Parse(p[1], CultureInfo.InvariantCulture)))
            .ToList();
        return new Figures(points, read.Number(before, "opposite"));
    }

    private static double Share(List<(int Same, int All)> points) => (double)points.Sum(p => p.Same) / points.Sum(p => p.All);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
