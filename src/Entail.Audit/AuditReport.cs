using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Entail.Core.Decide.Engine;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;
using static Entail.Core.Write.Html;

namespace Entail.Audit;

/// <summary>The audit as one web page that loads nothing: numbers, drawings, and a table to search, with the chain behind each finding.</summary>
public sealed class AuditReport(Auditing auditing, Phrases say)
{
    private const int MostRows = 500;
    private const int MostClauses = 5;
    private const int MostFlows = 12;

    private readonly Dictionary<(int Kind, string Code, string License), ImmutableArray<ClauseRef>> clauses = [];

    private const string Script = """
        const box = document.getElementById("filter");
        const rows = [...document.querySelectorAll("#works tbody tr")];
        const shown = document.getElementById("shown");
        box.addEventListener("input", () => {
          const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
          let count = 0;
          for (const row of rows) {
            const text = row.textContent.toLowerCase();
            const fits = words.every((w) => text.includes(w));
            row.hidden = !fits;
            count += fits;
          }
          shown.textContent = count;
        });
        """;

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d8dee4; --faint: #f6f8fa; --accent: #0b5cad; --good: #116329; --caution: #7d4e00; --bad: #a40e26; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #14171a; --soft: #9aa4b0; --line: #333a42; --faint: #1c2126; --accent: #7ab8ff; --good: #57d364; --caution: #e3b341; --bad: #ff8a8a; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; }
        main { max-width: 70rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
        h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .soft, footer { color: var(--soft); font-size: .85rem; }
        .bar { display: inline-block; height: .8rem; background: var(--accent); border-radius: .15rem; vertical-align: middle; }
        .prohibited .bar { background: var(--bad); } .unclear .bar { background: var(--caution); } .permitted .bar, .permitted-with-duties .bar { background: var(--good); }
        input { font: inherit; width: 100%; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--faint); color: var(--ink); }
        svg { max-width: 100%; height: auto; font-size: 12px; fill: var(--ink); }
        .flow { fill: none; stroke: var(--accent); stroke-opacity: .35; } .flow.other { stroke: var(--bad); stroke-opacity: .45; }
        .line { fill: none; stroke: var(--accent); stroke-width: 2; }
        .axis { stroke: var(--line); }
        """;

    /// <summary>The page.</summary>
    public string Page(AuditResult result, AuditSummaryJson summary) =>
        Html.Page(
            say.Say($"Audit of {N(summary.Works)} works", $"{N(summary.Works)} 个作品的审查"),
            say.Lang == Lang.Zh ? "zh" : "en",
            Style,
            Script,
            E(
                "body",
                E(
                    "main",
                    E(
                        "h1",
                        say.Say(
                            $"Audit of {N(summary.Works)} works and {N(summary.Edges)} steps",
                            $"{N(summary.Works)} 个作品、{N(summary.Edges)} 个步骤的审查"
                        )
                    ),
                    E("p", A("class", "soft"), $"{string.Join(", ", summary.Inputs)} · {summary.AsOf}"),
                    Bars(
                        say.Say("Verdicts: may each be distributed under what it declares?", "结论：能否以所声明的许可证分发？"),
                        summary.Verdicts,
                        summary.Works,
                        v => v
                    ),
                    Bars(say.Say("Findings (works that have one)", "问题（涉及的作品数）"), summary.Findings, summary.Works, _ => ""),
                    E("h2", say.Say("From license to license along steps", "许可证沿步骤的变化")),
                    E(
                        "p",
                        A("class", "soft"),
                        say.Say(
                            $"The {MostFlows} most frequent; red where the license changes.",
                            $"最常见的 {MostFlows} 种；红色表示许可证改变。"
                        )
                    ),
                    Flows([.. summary.Transitions.Take(MostFlows)]),
                    Bars(
                        say.Say("Terms dropped, by relation to the base", "按与基础作品的关系统计丢失条款的作品"),
                        summary.DroppedByRelation,
                        summary.DroppedByRelation.Sum(r => r.Count),
                        _ => ""
                    ),
                    Depths(summary.Depths),
                    Conflicts(result),
                    Bars(
                        say.Say("License names that are not in the catalog", "目录中没有的许可证名称"),
                        [.. summary.NotUnderstood.Take(20)],
                        summary.Works,
                        _ => ""
                    ),
                    Bars(
                        say.Say("What was not understood in the records", "记录中未能理解的内容"),
                        summary.Problems,
                        summary.Works,
                        _ => ""
                    ),
                    E(
                        "footer",
                        E(
                            "p",
                            say.Say(
                                $"Entail {summary.Tool}, rules {summary.Catalog}. {N(summary.Duplicates)} records were of a work that had one already; {N(summary.Cyclic)} works are in a circle of origins or after one. Information on licenses, not legal advice.",
                                $"Entail {summary.Tool}，规则库 {summary.Catalog}。{N(summary.Duplicates)} 条记录重复；{N(summary.Cyclic)} 个作品处于来源循环之中或其后。本报告为许可证信息，不构成法律意见。"
                            )
                        )
                    )
                )
            )
        );

    private static XElement Bars(string title, IReadOnlyList<AuditCountJson> counts, long all, Func<string, string> mood) =>
        E(
            "section",
            E("h2", title),
            E(
                "table",
                E(
                    "tbody",
                    counts.Select(c =>
                        E(
                            "tr",
                            A("class", mood(c.Name)),
                            E("td", c.Name),
                            E("td", A("class", "number"), N(c.Count)),
                            E("td", A("class", "number"), Share(c.Count, all)),
                            E("td", E("span", A("class", "bar"), A("style", $"width: {F(20.0 * c.Count / Math.Max(1, all))}rem"), ""))
                        )
                    )
                )
            )
        );

    // Two columns of names and a band for each pair, as broad as it is frequent.
    private static XElement Flows(IReadOnlyList<AuditTransitionJson> flows)
    {
        const double Width = 760;
        const double Side = 230;
        const double Gap = 8;
        var all = Math.Max(1, flows.Sum(f => f.Count));
        double Thick(long count) => Math.Max(1.5, 320.0 * count / all);
        var (left, leftHeight) = Column(flows.GroupBy(f => f.From).Select(g => (g.Key, g.Sum(f => f.Count))));
        var (right, rightHeight) = Column(flows.GroupBy(f => f.To).Select(g => (g.Key, g.Sum(f => f.Count))));
        var parts = new List<XElement>();
        foreach (var flow in flows)
        {
            var thick = Thick(flow.Count);
            var (a, b) = (left[flow.From] + thick / 2, right[flow.To] + thick / 2);
            left[flow.From] += thick;
            right[flow.To] += thick;
            parts.Add(
                E(
                    "path",
                    A("class", flow.From == flow.To ? "flow" : "flow other"),
                    A("stroke-width", F(thick)),
                    A("d", $"M {F(Side)} {F(a)} C {F(Width / 2)} {F(a)}, {F(Width / 2)} {F(b)}, {F(Width - Side)} {F(b)}"),
                    E("title", $"{flow.From} → {flow.To}: {N(flow.Count)}")
                )
            );
        }
        parts.AddRange(Labels(flows.GroupBy(f => f.From).Select(g => (g.Key, g.Sum(f => f.Count))), Side - 8, "end"));
        parts.AddRange(Labels(flows.GroupBy(f => f.To).Select(g => (g.Key, g.Sum(f => f.Count))), Width - Side + 8, "start"));
        return E("svg", A("viewBox", $"0 0 {F(Width)} {F(Math.Max(leftHeight, rightHeight) + 10)}"), A("role", "img"), parts);

        (Dictionary<string, double> Tops, double Height) Column(IEnumerable<(string Name, long Count)> names)
        {
            var tops = new Dictionary<string, double>(StringComparer.Ordinal);
            var y = 5.0;
            foreach (var (name, count) in names)
            {
                tops[name] = y;
                y += Math.Max(16, Thick(count)) + Gap;
            }
            return (tops, y);
        }

        IEnumerable<XElement> Labels(IEnumerable<(string Name, long Count)> names, double x, string anchor)
        {
            var y = 5.0;
            foreach (var (name, count) in names)
            {
                var height = Math.Max(16, Thick(count));
                yield return E("text", A("x", F(x)), A("y", F(y + height / 2 + 4)), A("text-anchor", anchor), $"{name} ({N(count)})");
                y += height + Gap;
            }
        }
    }

    private XElement Depths(IReadOnlyList<AuditDepthJson> depths)
    {
        var drawn = depths.Where(d => d.Works >= 5).ToList();
        var half = HalfLife(drawn);
        const double Width = 560;
        const double Height = 200;
        double X(int i) => 40 + i * (Width - 60) / Math.Max(1, drawn.Count - 1);
        double Y(AuditDepthJson d) => 15 + (Height - 45) * (1 - (double)d.Kept / d.Works);
        return E(
            "section",
            E("h2", say.Say("Terms kept, by distance from the original", "按与原作的距离统计保留条款的比例")),
            E(
                "p",
                A("class", "soft"),
                half is { } steps
                    ? say.Say(
                        $"By the decline from one step to the next, half of the works have lost terms after {F(steps)} steps (an estimate: exponential fit over distances with at least 5 works).",
                        $"按逐步下降的趋势，经过 {F(steps)} 步后半数作品会丢失条款（估计值：对至少有 5 个作品的距离作指数拟合）。"
                    )
                    : say.Say("There is no decline to speak of.", "没有明显的下降。")
            ),
            E(
                "svg",
                A("viewBox", $"0 0 {F(Width)} {F(Height)}"),
                A("role", "img"),
                E("line", A("class", "axis"), A("x1", "40"), A("y1", F(Height - 30)), A("x2", F(Width - 10)), A("y2", F(Height - 30))),
                E("polyline", A("class", "line"), A("points", string.Join(' ', drawn.Select((d, i) => $"{F(X(i))},{F(Y(d))}")))),
                drawn.Select((d, i) => E("text", A("x", F(X(i))), A("y", F(Height - 12)), A("text-anchor", "middle"), $"{d.Depth}")),
                drawn.Select((d, i) => E("text", A("x", F(X(i))), A("y", F(Y(d) - 6)), A("text-anchor", "middle"), Share(d.Kept, d.Works)))
            ),
            E(
                "table",
                E(
                    "thead",
                    E(
                        "tr",
                        E("th", say.Say("Steps", "步数")),
                        E("th", A("class", "number"), say.Say("Works", "作品")),
                        E("th", A("class", "number"), say.Say("Kept", "保留"))
                    )
                ),
                E(
                    "tbody",
                    depths.Select(d =>
                        E(
                            "tr",
                            E("td", $"{d.Depth}"),
                            E("td", A("class", "number"), N(d.Works)),
                            E("td", A("class", "number"), Share(d.Kept, d.Works))
                        )
                    )
                )
            )
        );
    }

    /// <summary>After how many steps half of the terms are lost, by a fit of an exponential through 1 at the original; null where nothing declines.</summary>
    internal static double? HalfLife(IReadOnlyList<AuditDepthJson> depths)
    {
        double weighted = 0;
        double squares = 0;
        foreach (var depth in depths.Where(d => d is { Depth: > 0, Kept: > 0 }))
        {
            weighted += depth.Works * depth.Depth * Math.Log((double)depth.Kept / depth.Works);
            squares += (double)depth.Works * depth.Depth * depth.Depth;
        }
        return squares > 0 && weighted < 0 ? Math.Log(0.5) / (weighted / squares) : null;
    }

    private XElement Conflicts(AuditResult result)
    {
        var graph = result.Hub.Graph;
        var worst = Enumerable
            .Range(0, graph.Works.Count)
            .Where(i => result.Decisions.KindsAt(i).Any(k => IsError(k.Code, k.License, k.Certainty)))
            .SelectMany(i => result.Decisions[i].Findings.Where(f => IsError(f.Code, f.License, f.Certainty)).Select(f => (Place: i, Finding: f)))
            .OrderByDescending(f => result.Hub.Downloads[f.Place])
            .ThenBy(f => graph.Nodes[graph.Works[f.Place]].Id, StringComparer.Ordinal)
            .ThenBy(f => f.Finding.Code, StringComparer.Ordinal)
            .Take(MostRows)
            .ToList();
        return E(
            "section",
            E("h2", say.Say("Errors, by downloads", "错误（按下载量）")),
            E(
                "p",
                A("class", "soft"),
                E("label", A("for", "filter"), say.Say("Search by name, license or finding", "按名称、许可证或问题搜索")),
                " · ",
                E("span", A("id", "shown"), $"{worst.Count}"),
                say.Say($" of the {worst.Count} most downloaded", $" / 下载最多的 {worst.Count} 条")
            ),
            E("input", A("id", "filter"), A("type", "search"), ""),
            E(
                "table",
                A("id", "works"),
                E(
                    "thead",
                    E(
                        "tr",
                        E("th", say.Say("Work", "作品")),
                        E("th", A("class", "number"), say.Say("Downloads", "下载量")),
                        E("th", say.Say("Finding", "问题")),
                        E("th", say.Say("Chain", "来源链")),
                        E("th", say.Say("Clauses", "条款"))
                    )
                ),
                E(
                    "tbody",
                    worst.Select(f =>
                    {
                        var node = graph.Nodes[graph.Works[f.Place]];
                        return E(
                            "tr",
                            E(
                                "td",
                                node.Id,
                                E("br"),
                                E(
                                    "span",
                                    A("class", "soft"),
                                    string.Join(", ", node.Declared.Licenses.Select(l => l.Claim.Value).Distinct())
                                )
                            ),
                            E("td", A("class", "number"), N(result.Hub.Downloads[f.Place])),
                            E("td", f.Finding.Code, E("br"), E("span", A("class", "soft"), f.Finding.License!)),
                            E("td", Chain(result, graph.Works[f.Place], f.Finding.Origin)),
                            E("td", A("class", "soft"), Clauses(result, f.Place, f.Finding))
                        );
                    })
                )
            )
        );
    }

    private bool IsError(string code, string? license, Certainty certainty) =>
        license is not null && auditing.SeverityOf(code, certainty) == Severity.Error;

    /// <summary>The shortest way from the work that carries a license to the one it binds, found backwards.</summary>
    public static string Chain(AuditResult result, int number, int? origin)
    {
        var nodes = result.Hub.Graph.Nodes;
        if (origin is not { } target || target == number)
        {
            return nodes[number].Id;
        }
        var via = new Dictionary<int, (int To, Act Act)> { [number] = (number, default) };
        var pending = new Queue<int>([number]);
        while (pending.TryDequeue(out var next) && !via.ContainsKey(target))
        {
            foreach (var step in nodes[next].Steps.Where(s => via.TryAdd(s.From, (next, s.Act))))
            {
                pending.Enqueue(step.From);
            }
        }
        if (!via.ContainsKey(target))
        {
            return $"{nodes[target].Id} → … → {nodes[number].Id}";
        }
        var words = new List<string> { nodes[target].Id };
        for (var at = target; at != number; at = via[at].To)
        {
            words.Add(via[at].Act.Name());
            words.Add(nodes[via[at].To].Id);
        }
        return string.Join(" → ", words);
    }

    // What the finding rests on, by the reference evaluator; works of one kind rest on the same.
    private string Clauses(AuditResult result, int place, HubFinding finding)
    {
        var kind = result.Decisions.KindAt(place);
        var key = (kind == 0 ? -1 - place : kind, finding.Code, finding.License!);
        if (!clauses.TryGetValue(key, out var found))
        {
            var graph = result.Hub.Graph;
            clauses[key] = found = auditing.ClausesOf(graph, graph.Works[place], finding);
        }
        return found.IsEmpty ? "" : Phrases.Cite(found[0].License, [.. found.Select(c => c.Clause).Distinct().Take(MostClauses)]);
    }

    private static string N(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string F(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Share(long part, long all) =>
        all == 0 ? "" : $"{(100.0 * part / all).ToString("0.0", CultureInfo.InvariantCulture)} %";
}
