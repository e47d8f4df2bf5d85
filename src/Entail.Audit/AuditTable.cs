using System.Collections.Immutable;
using System.Xml.Linq;
using Entail.Core.Decide.Engine;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;
using static Entail.Core.Write.Html;

namespace Entail.Audit;

/// <summary>The findings about terms and lineage, the worst of the most downloaded works first, with the chain and the clauses behind each.</summary>
internal sealed class AuditTable(Auditing auditing, Phrases say, AuditResult result)
{
    private const int MostRows = 500;

    private readonly HubGraph graph = result.Hub.Graph;
    private readonly Dictionary<(string, string, Certainty, int, string, int), ImmutableArray<ClauseRef>> clauses = [];

    private readonly Dictionary<int, Ways> ways = [];

    // A finding of a work that rests on clauses, and the way from the origin of these.
    private readonly record struct Resting(int Work, HubFinding Finding, IReadOnlyList<Leg> Way);

    /// <summary>The section.</summary>
    /// <param name="all">The works that have such findings, by the worst.</param>
    public XElement Section(IReadOnlyList<AuditCountJson> all)
    {
        var shown = new List<(int Place, List<HubFinding> Findings)>();
        var rows = 0;
        foreach (var place in Worst())
        {
            var findings = FindingsOf(place);
            if ((rows += findings.Count) > MostRows && shown.Count > 0)
            {
                break;
            }
            shown.Add((place, findings));
        }
        FindClauses(shown);
        var (errors, arguable) = (all.First(c => c.Name == "error").Count, all.First(c => c.Name == "warning").Count);
        var left = errors + arguable - shown.Count;
        return E(
            "section",
            A("id", "findings"),
            E("h2", say.Say("Findings about terms and lineage", "关于条款与来源的问题")),
            E(
                "p",
                say.Say(
                    $"{Words.N(errors)} works have an error, {Words.N(arguable)} more only findings that turn on how a text is read. Errors come first, then what is downloaded most. ",
                    $"{Words.N(errors)} 个作品存在错误，另有 {Words.N(arguable)} 个作品只有取决于条款解读的问题。错误在前，再按下载量排列。"
                ),
                left == 0
                    ? say.Say("All are here.", "全部列于下表。")
                    : say.Say(
                        $"{Words.N(shown.Count)} are here; the other {Words.N(left)} are in works.jsonl.",
                        $"此处列出 {Words.N(shown.Count)} 个，其余 {Words.N(left)} 个见 works.jsonl。"
                    ),
                say.Say(
                    " That no license is declared, or a base not known, is not among them: works.jsonl tells it of each work.",
                    "未声明许可证或基础作品不明的情况不在其中，works.jsonl 逐个列明。"
                )
            ),
            shown.Count == 0 ? null : Controls(shown),
            shown.Count == 0 ? null : Table(shown)
        );
    }

    private List<int> Worst()
    {
        var traits = auditing.Traits(result);
        var found = new List<int>();
        for (var i = 0; i < traits.Length; i++)
        {
            if (traits[i].Worst > Severity.Note)
            {
                found.Add(i);
            }
        }
        found.Sort(
            (a, b) =>
                traits[b].Worst != traits[a].Worst ? traits[b].Worst.CompareTo(traits[a].Worst)
                : result.Hub.Downloads[b] != result.Hub.Downloads[a] ? result.Hub.Downloads[b].CompareTo(result.Hub.Downloads[a])
                : string.CompareOrdinal(IdOf(a), IdOf(b))
        );
        return found;

        string IdOf(int place) => graph[graph.Works[place]].Id;
    }

    private List<HubFinding> FindingsOf(int place) =>
        [
            .. result
                .Decisions.FindingsAt(place)
                .Where(f => auditing.IsOfTerms(f.Code))
                .Distinct()
                .OrderByDescending(f => auditing.SeverityOf(f.Code, f.Certainty))
                .ThenBy(f => f.Code, StringComparer.Ordinal)
                .ThenBy(f => f.License, StringComparer.Ordinal),
        ];

    // Of use with the script alone, which shows them.
    private XElement Controls(List<(int Place, List<HubFinding> Findings)> shown)
    {
        var all = shown.SelectMany(s => s.Findings).ToList();
        return E(
            "div",
            A("id", "controls"),
            A("hidden", ""),
            E(
                "input",
                A("id", "filter"),
                A("type", "search"),
                A("placeholder", say.Say("Search by name, license or finding", "按名称、许可证或问题搜索")),
                A("aria-label", say.Say("Search by name, license or finding", "按名称、许可证或问题搜索"))
            ),
            Choice(
                "code",
                say.Say("all findings", "所有问题"),
                all.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal).Select(c => (c, say.Say(auditing.TitleOf(c))))
            ),
            Choice(
                "certainty",
                say.Say("certain or not", "确定与否"),
                all.Select(f => f.Certainty).Distinct().Order().Select(c => (Kebab.Of(c), Certain(c)))
            ),
            E(
                "span",
                A("class", "soft"),
                E("span", A("id", "shown"), $"{shown.Count}"),
                say.Say($" of {shown.Count} works", $" / {shown.Count} 个作品")
            )
        );
    }

    private static XElement Choice(string id, string any, IEnumerable<(string Value, string Text)> choices) =>
        E(
            "select",
            A("id", id),
            A("aria-label", any),
            E("option", A("value", ""), any),
            choices.Select(c => E("option", A("value", c.Value), c.Text))
        );

    private XElement Table(List<(int Place, List<HubFinding> Findings)> shown) =>
        E(
            "div",
            A("class", "scroll"),
            E(
                "table",
                A("id", "works"),
                E(
                    "thead",
                    E(
                        "tr",
                        Head(say.Say("Work", "作品"), "work"),
                        Head(say.Say("Downloads", "下载量"), "downloads"),
                        Head(say.Say("Finding", "问题"), "finding"),
                        Head(say.Say("Certain?", "是否确定"), null),
                        Head(say.Say("From the origin to the work", "从来源到作品"), null),
                        Head(say.Say("Clauses, in our words", "条款（我们的概述）"), null)
                    )
                ),
                shown.Select(s => Work(s.Place, s.Findings))
            )
        );

    private static XElement Head(string text, string? key) =>
        E("th", A("scope", "col"), key is null ? text : E("button", A("type", "button"), A("data-key", key), text));

    private XElement Work(int place, List<HubFinding> findings)
    {
        var node = graph[graph.Works[place]];
        var downloads = result.Hub.Downloads[place];
        return E(
            "tbody",
            A("data-work", node.Id),
            A("data-downloads", downloads),
            A("data-finding", findings[0].Code),
            findings.Select(
                (f, i) =>
                    E(
                        "tr",
                        A("data-code", f.Code),
                        A("data-certainty", Kebab.Of(f.Certainty)),
                        i > 0 ? null : E("td", A("rowspan", findings.Count), Link(graph.Works[place]), E("br"), Declared(node)),
                        i > 0 ? null : E("td", A("rowspan", findings.Count), A("class", "number"), Words.N(downloads)),
                        E(
                            "td",
                            say.Say(auditing.TitleOf(f.Code)),
                            E("br"),
                            E("span", A("class", "soft"), f.License is null ? f.Code : $"{f.Code} · {f.License}")
                        ),
                        E("td", Certain(f.Certainty)),
                        E("td", f.Origin is { } origin ? Chain(origin, graph.Works[place]) : Bound(place)),
                        E("td", A("class", "soft"), Clauses(place, f))
                    )
            )
        );
    }

    private XElement Declared(HubNode node) =>
        E(
            "span",
            A("class", "soft"),
            node.Declared.Values.IsEmpty ? say.Say("declares nothing", "未声明") : string.Join(", ", node.Declared.Values)
        );

    private string Certain(Certainty certainty) =>
        certainty == Certainty.Yes ? say.Say("for certain", "确定") : say.Say("turns on the reading", "取决于解读");

    private object[] Chain(int origin, int work)
    {
        var way = WaysTo(work).From(origin);
        return way.Count == 0
            ? origin == work
                ? []
                : [Link(origin), " → … → ", Link(work)]
            : [Link(origin), .. way.SelectMany(s => new object[] { $" → {Act(s.Act)} → ", Link(s.To) })];
    }

    private string Act(Act act) => say.Say(act.Name(), say.ActPhrase(act));

    // Bases that clash: all that is known to bind.
    private object[] Bound(int place) =>
        [
            .. result
                .Decisions[place]
                .Bindings.Where(b => b.Certainty == Certainty.Yes && b.License != graph[b.Origin].Id)
                .SelectMany((b, i) => new object[] { i == 0 ? "" : " · ", $"{b.License}: ", Link(b.Origin) }),
        ];

    // Names that are none of the hub's are text alone.
    private XElement Link(int number)
    {
        var node = graph[number];
        return HubAddress.Of(node.Id, node.Declared.Kind) is { } address
            ? E("a", A("href", address), A("rel", "noreferrer"), node.Id)
            : E("span", node.Id);
    }

    // What findings rest on, by the reference evaluator: the same where the same license came the same way to the same declaration.
    private void FindClauses(List<(int Place, List<HubFinding> Findings)> shown)
    {
        var asked = shown
            .SelectMany(s => s.Findings.Where(RestsOnClauses).Select(f => On(graph.Works[s.Place], f)))
            .DistinctBy(Key)
            .ToList() // the ways are found by one thread
            .AsParallel()
            .AsOrdered()
            .Select(r => (Key: Key(r), Found: auditing.ClausesAlong(graph, r.Way, r.Work, r.Finding)));
        foreach (var (key, found) in asked)
        {
            clauses[key] = found;
        }
    }

    private static bool RestsOnClauses(HubFinding finding) => finding is { License: not null, Origin: not null };

    private Ways WaysTo(int work) => ways.TryGetValue(work, out var known) ? known : ways[work] = new Ways(graph, work);

    private Resting On(int work, HubFinding finding) => new(work, finding, WaysTo(work).From(finding.Origin!.Value));

    private (string, string, Certainty, int, string, int) Key(Resting on) =>
        (
            on.Finding.Code,
            on.Finding.License!,
            on.Finding.Certainty,
            graph[on.Finding.Origin!.Value].Declared.Index,
            string.Join(' ', on.Way.Select(s => s.Act.Name())),
            graph[on.Work].Declared.Index
        );

    private object[] Clauses(int place, HubFinding finding)
    {
        if (!RestsOnClauses(finding))
        {
            return [];
        }
        var found = clauses[Key(On(graph.Works[place], finding))];
        var told = found
            .Select(c =>
                E(
                    "div",
                    E("b", c.License == finding.License ? c.Clause : c.ToString()),
                    " ",
                    say.Say(auditing.SummaryOf(c) ?? new Text("", ""))
                )
            )
            .ToList();
        return told.Count == 0 ? []
            : told.Count == 1 ? [told[0]]
            : [told[0], E("details", E("summary", say.Say($"{told.Count - 1} more", $"另有 {told.Count - 1} 条")), told.Skip(1))];
    }
}
