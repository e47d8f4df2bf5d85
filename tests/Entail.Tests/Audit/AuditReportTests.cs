using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Entail.Audit;
using Entail.Core.Decide.Engine;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Tests.Audit;

/// <summary>The page of an audit, and the numbers in it.</summary>
public sealed partial class AuditReportTests
{
    private static readonly Auditing Auditing = new(Repository.Catalog, Repository.Today);

    private const string Small = """
        {"id":"lab/base","tags":["license:deepseek"],"downloads":5}
        {"id":"lab/kept","tags":["license:deepseek","base_model:finetune:lab/base"]}
        {"id":"else/dropped","tags":["license:mit","base_model:finetune:lab/base"],"downloads":9}
        {"id":"else/again","tags":["license:mit","base_model:quantized:else/dropped"],"downloads":90}
        {"id":"else/nc","tags":["license:cc-by-nc-4.0"]}
        {"id":"else/data","tags":["license:mit","dataset:else/nc"],"downloads":900}
        {"id":"else/circle","tags":["license:mit","base_model:else/circle"],"downloads":1}
        {"id":"else/bare","tags":["base_model:finetune:lab/base"]}
        {"id":"sd/base","tags":["license:creativeml-openrail-m"]}
        {"id":"sd/next","tags":["license:openrail","base_model:finetune:sd/base"]}
        {"id":"else/lost","tags":["license:mit","base_model:finetune:no/where","base_model:finetune:no/where"]}
        """;

    [Fact]
    public void Errors_come_first_then_what_is_downloaded_most_and_all_are_told()
    {
        var (page, summary) = Of(Small);

        Assert.Equal(
            ["else/again", "else/dropped", "else/circle"],
            page.Descendants("tbody").Where(t => t.Attribute("data-work") is not null).Select(t => t.Attribute("data-work")!.Value).Take(3)
        );
        var rows = page.Descendants("tbody").Where(t => t.Attribute("data-work") is not null).ToList();
        Assert.Equal(summary.Terms.Sum(t => t.Count), rows.Count);
        Assert.Equal(3, summary.Terms.Single(t => t.Name == "error").Count);
        Assert.All(
            rows,
            r =>
                Assert.Equal(
                    r.Elements("tr").Count(),
                    int.Parse(r.Descendants("td").First().Attribute("rowspan")!.Value, CultureInfo.InvariantCulture)
                )
        );
        Assert.Contains(
            rows,
            r =>
                r.Attribute("data-finding")!.Value == "lineage-cycle"
                && r.Value.Contains("else/circle → fine-tune → else/circle", StringComparison.Ordinal)
        );
        Assert.Equal(
            rows.SelectMany(r => r.Elements("tr")).Select(r => r.Attribute("data-code")!.Value).Distinct().Order(StringComparer.Ordinal),
            page.Descendants("select").First().Elements("option").Select(o => o.Attribute("value")!.Value).Where(v => v.Length > 0)
        );
    }

    [Fact]
    public void Terms_are_lost_by_one_step_and_not_by_those_after_it()
    {
        var (_, summary) = Of(Small);

        var relations = summary.Relations.ToDictionary(r => r.Name, r => (r.Bound, r.Dropped));
        Assert.Equal((3, 1), relations["fine-tune"]);
        Assert.Equal((1, 0), relations["quantize"]);
        Assert.Equal([("fine-tune", 1)], summary.DroppedByRelation.Select(d => (d.Name, d.Count)));
        Assert.Equal(
            [
                ("creativeml-openrail-m", "openrail", "renamed", 0),
                ("deepseek-1.0", "deepseek-1.0", "same", 0),
                ("deepseek-1.0", "mit", "changed", 1),
            ],
            summary
                .Transitions.Where(t => t.From != "none" && t.To != "none" && t.From != "mit")
                .Select(t => (t.From, t.To, t.Change, t.Dropped))
        );
        Assert.Equal((2, 1), summary.Depths.Where(d => d.Depth == 1).Select(d => (d.Bound - 1, d.BoundKept - 1)).Single());
    }

    [Fact]
    public void Why_works_are_unclear_and_which_bases_nobody_knows_is_counted()
    {
        var (_, summary) = Of(Small);

        Assert.Equal([("no/where", 1)], summary.UnknownBases.Select(b => (b.Name, b.Count)));
        var unclear = summary.Unclear.ToDictionary(u => u.Name, u => u.Count);
        Assert.Equal((1, 1, 1), (unclear["license-undeclared"], unclear["base-not-found"], unclear["lineage-cycle"]));
        Assert.Equal(summary.Edges - 1, summary.Transitions.Sum(t => t.Count));
        Assert.Equal(summary.UndeclaredSteps, summary.Transitions.Where(t => t.From == "none" || t.To == "none").Sum(t => t.Count));
    }

    [Theory]
    [InlineData(Lang.En)]
    [InlineData(Lang.Zh)]
    public void The_page_tells_the_numbers_of_the_summary(Lang lang)
    {
        using var folder = new Folder();
        var records = MadeHub.Reading(Share.Whole).Records(MadeHub.Write(folder, 400)).Select(r => r.Record);
        var (page, summary) = Of(records, lang);
        var rows = page.Descendants("tr").Select(r => r.Elements("td").Select(d => d.Value).ToList()).ToList();

        foreach (
            var count in summary
                .Verdicts.Concat(summary.Findings)
                .Concat(summary.Unclear)
                .Concat(summary.NotUnderstood.Take(20))
                .Concat(summary.UnknownBases.Take(20))
                .Concat(summary.Problems)
        )
        {
            Assert.Contains(rows, r => r.Count >= 2 && r[0].EndsWith(count.Name, StringComparison.Ordinal) && r[1] == Number(count.Count));
        }
        foreach (var relation in summary.Relations)
        {
            Assert.Contains(
                rows,
                r =>
                    r.Count == 5
                    && r[0].EndsWith(relation.Name, StringComparison.Ordinal)
                    && r[1] == Number(relation.Steps)
                    && r[2] == Number(relation.Bound)
                    && r[3] == Number(relation.Dropped)
            );
        }
        foreach (var depth in summary.Depths)
        {
            Assert.Contains(
                rows,
                r =>
                    r.Count == 7
                    && r[0] == $"{depth.Depth}"
                    && r[1] == Number(depth.Works)
                    && r[2] == Number(depth.Known)
                    && r[4] == Number(depth.Bound)
                    && r[5] == Number(depth.BoundKept)
            );
        }
        foreach (
            var number in new[] { summary.Works, summary.Edges, summary.Cyclic, summary.Duplicates, summary.UndeclaredSteps }.Concat(
                summary.Terms.Select(t => t.Count)
            )
        )
        {
            Assert.Contains(Number(number), page.Value, StringComparison.Ordinal);
        }
        Assert.Contains(summary.AsOf, page.Value, StringComparison.Ordinal);
        Assert.Equal(summary.Works, summary.Depths.Sum(d => d.Works) + summary.Cyclic);
        Assert.Equal(summary.Relations.Sum(r => r.Dropped), summary.DroppedByRelation.Sum(r => r.Count));
        Assert.Equal(summary.Relations.Sum(r => r.Dropped), summary.Transitions.Sum(t => t.Dropped));
    }

    [Fact]
    public void Hostile_names_are_text_and_nothing_is_loaded()
    {
        var (page, _) = Of(
            """
            {"id":"lab/base","tags":["license:deepseek"]}
            {"id":"x\"><script>alert(1)</script>/../y","tags":["license:mit","base_model:lab/base"]}
            {"id":"javascript:alert(1)","tags":["license:mit","base_model:lab/base"]}
            {"id":"../..","tags":["license:mit","base_model:lab/base"]}
            {"id":"a/b","tags":["license:<img src=//evil.example onerror=alert(1)>"]}
            {"id":"a/c","tags":["license:mit","base_model:<b>/\" onload=\"x"]}
            """
        );

        Assert.All(
            page.DescendantsAndSelf().Attributes("href"),
            a => Assert.Matches("^https://huggingface\\.co/[A-Za-z0-9._/-]+$", a.Value)
        );
        Assert.All(page.Descendants("a"), a => Assert.Equal("noreferrer", a.Attribute("rel")!.Value));
        Assert.DoesNotContain(
            page.Descendants(),
            e => e.Name.LocalName is "img" or "script" or "iframe" or "link" or "b" && e.Value.Contains("alert", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            a => a.Name.LocalName is "src" or "srcset" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
        );
        Assert.Contains("<img src=//evil.example onerror=alert(1)>", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Ways_to_a_work_are_the_same_in_whatever_order_they_are_asked_for()
    {
        using var folder = new Folder();
        var result = Made(folder);
        var graph = result.Hub.Graph;
        var longest = 0;

        for (var i = 0; i < graph.Works.Count; i++)
        {
            var work = graph.Works[i];
            var ways = new Ways(graph, work);
            foreach (var origin in result.Decisions[i].Bindings.Select(b => b.Origin).Reverse())
            {
                var alone = new Ways(graph, work).From(origin);
                Assert.Equal(alone, ways.From(origin));
                longest = Math.Max(longest, alone.Count);
            }
        }
        Assert.True(longest > 2, $"{longest}");
    }

    [Fact]
    public void A_work_of_thousands_of_bases_tells_of_each()
    {
        const int Many = 5000;
        var bases = Enumerable.Range(0, Many).Select(i => $"lab/base-{i}").ToList();
        var lines = bases
            .Select(b => $$"""{"id":"{{b}}","tags":["license:deepseek"]}""")
            .Append(
                $$"""{"id":"lab2/merge","tags":["license:mit",{{string.Join(',', bases.Select(b => $"\"base_model:merge:{b}\""))}}]}"""
            );
        using var folder = new Folder();
        folder.Write("hub.jsonl", string.Join('\n', lines));

        var result = Auditing.Run(
            MadeHub.Reading(Share.Whole).Records([Path.Combine(folder.Path, "hub.jsonl")]).Select(r => r.Record),
            null
        );

        Assert.Equal(Many, result.Decisions[Many].Findings.Count(f => f.Code == "restrictions-dropped"));
        Assert.Equal(Many, result.Decisions[Many].Bindings.Length);
    }

    [Fact]
    public void The_clauses_of_a_finding_are_those_of_the_whole_lineage()
    {
        using var folder = new Folder();
        var result = Made(folder);
        var graph = result.Hub.Graph;
        var compared = 0;

        for (var i = 0; i < graph.Works.Count; i++)
        {
            foreach (
                var finding in result
                    .Decisions[i]
                    .Findings.Where(f => f is { License: not null, Origin: not null } && Auditing.IsOfTerms(f.Code))
            )
            {
                var whole = Auditing.ClausesOf(graph, graph.Works[i], finding) ?? [];
                var along = Auditing.ClausesAlong(
                    graph,
                    new Ways(graph, graph.Works[i]).From(finding.Origin!.Value),
                    graph.Works[i],
                    finding
                );
                Assert.Equal(whole.IsEmpty, along.IsEmpty);
                Assert.Subset(whole.ToHashSet(), along.ToHashSet());
                compared++;
            }
        }
        Assert.True(compared > 50, $"{compared}");
    }

    [Fact]
    public void A_half_life_is_told_only_within_the_distances()
    {
        Assert.Equal(2, AuditReport.HalfLife([(0, 800, 800), (2, 800, 400), (4, 800, 200)])!.Value, 6);
        Assert.Equal(2, AuditReport.HalfLife([(0, 800, 400), (2, 800, 200), (4, 800, 100)])!.Value, 6);
        Assert.Null(AuditReport.HalfLife([(1, 1000, 990), (2, 1000, 985)]));
        Assert.Null(AuditReport.HalfLife([(0, 10, 10), (1, 10, 10)]));
        Assert.Null(AuditReport.HalfLife([]));
    }

    [Theory]
    [InlineData(0, 7, "0.0 %")]
    [InlineData(1, 3000, "<0.1 %")]
    [InlineData(2, 3000, "0.1 %")]
    [InlineData(2999, 3000, ">99.9 %")]
    [InlineData(7, 7, "100.0 %")]
    public void What_is_not_nothing_and_not_all_is_not_called_so(long part, long all, string told) =>
        Assert.Equal(told, Words.Share(part, all));

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static (XElement Page, AuditSummaryJson Summary) Of(string lines)
    {
        using var folder = new Folder();
        folder.Write("hub.jsonl", lines);
        return Of(MadeHub.Reading(Share.Whole).Records([Path.Combine(folder.Path, "hub.jsonl")]).Select(r => r.Record).ToList(), Lang.En);
    }

    private static (XElement Page, AuditSummaryJson Summary) Of(IEnumerable<ParsedRecord> records, Lang lang)
    {
        var result = Auditing.Run(records, null);
        var say = new Phrases(Repository.Catalog, lang);
        var summary = Auditing.Summary(result, ["hub.jsonl"], say);
        return (Body(new AuditReport(Auditing, say).Page(result, summary)), summary);
    }

    /// <summary>Written so that it is XML too, but for the elements without an end.</summary>
    internal static XElement Body(string page) =>
        XElement.Parse(
            Ends()
                .Replace(
                    Scripts()
                        .Replace(
                            page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)],
                            ""
                        ),
                    "$0</$1>"
                ),
            LoadOptions.PreserveWhitespace
        );

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<(br|input)\\b[^>]*>")]
    private static partial Regex Ends();

    private static AuditResult Made(Folder folder) =>
        Auditing.Run(MadeHub.Reading(Share.Whole).Records(MadeHub.Write(folder, 1200)).Select(r => r.Record), null);
}
