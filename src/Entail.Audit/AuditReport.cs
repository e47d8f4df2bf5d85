using System.Globalization;
using System.Xml.Linq;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;
using static Entail.Audit.Words;
using static Entail.Core.Write.Html;

namespace Entail.Audit;

/// <summary>The audit as one web page that loads nothing: numbers, drawings, and a table to search, with the chain and the clauses behind each finding.</summary>
public sealed class AuditReport(Auditing auditing, Phrases say)
{
    private const int MostFlows = 12;
    private const int MostNames = 20;
    private const int LeastWorks = 5;

    private const string Script = """
        const table = document.getElementById("works");
        if (table) {
          const at = (id) => document.getElementById(id);
          const [box, code, certainty] = [at("filter"), at("code"), at("certainty")];
          const works = [...table.tBodies].map((body) => ({ body, text: body.textContent.toLowerCase() }));
          const filter = () => {
            const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
            let count = 0;
            for (const { body, text } of works) {
              const fits = words.every((w) => text.includes(w)) && [...body.rows].some((r) =>
                (!code.value || r.dataset.code === code.value) && (!certainty.value || r.dataset.certainty === certainty.value));
              body.hidden = !fits;
              count += fits;
            }
            at("shown").textContent = count;
          };
          for (const control of [box, code, certainty]) control.addEventListener("input", filter);
          const compare = {
            work: (a, b) => a.work.localeCompare(b.work),
            downloads: (a, b) => b.downloads - a.downloads,
            finding: (a, b) => a.finding.localeCompare(b.finding),
          };
          for (const button of table.querySelectorAll("button")) {
            button.addEventListener("click", () => {
              const head = button.parentElement;
              const back = head.dataset.sorted === "first";
              for (const other of head.parentElement.children) delete other.dataset.sorted;
              head.dataset.sorted = back ? "again" : "first";
              works.sort((a, b) => compare[button.dataset.key](a.body.dataset, b.body.dataset) * (back ? -1 : 1));
              table.append(...works.map((w) => w.body));
            });
          }
          at("controls").hidden = false;
        }
        """;

    private const string Style =
        ReportHtml.Palette
        + """
            body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
            main { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
            h1 { font-size: 1.6rem; line-height: 1.25; }
            h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
            a { color: var(--accent); }
            table { border-collapse: collapse; width: 100%; font-size: .9rem; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
            td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
            td.name { min-width: 9rem; } td.wide { width: 40%; }
            .soft, footer { color: var(--soft); font-size: .85rem; }
            .bar { display: block; height: .8rem; margin-top: .35rem; min-width: 1px; background: var(--accent); border-radius: .15rem; }
            .prohibited .bar { background: var(--bad); } .unclear .bar, .needs-agreement .bar { background: var(--caution); } .permitted .bar, .permitted-with-duties .bar { background: var(--good); }
            .scroll { overflow-x: auto; } #findings .scroll { max-height: 42rem; overflow-y: auto; border: 1px solid var(--line); border-radius: .3rem; }
            #works { min-width: 66rem; table-layout: fixed; border-collapse: separate; border-spacing: 0; } #works th, #works td { padding-left: .6rem; }
            #works th:nth-child(1) { width: 18%; } #works th:nth-child(2) { width: 10%; } #works th:nth-child(3) { width: 18%; } #works th:nth-child(4) { width: 9%; }
            #works th { background: var(--faint); padding-top: .4rem; position: sticky; top: 0; white-space: nowrap; overflow-wrap: normal; z-index: 1; } #works th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; text-align: left; cursor: pointer; text-decoration: underline dotted; }
            #works th[data-sorted=first]::after { content: " ▾"; } #works th[data-sorted=again]::after { content: " ▴"; }
            #controls { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .6rem 0; } #controls[hidden] { display: none; }
            input, select { font: inherit; max-width: 100%; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--faint); color: var(--ink); }
            input { flex: 1 1 18rem; }
            svg { display: block; width: 100%; min-width: 36rem; max-width: 48rem; height: auto; font-size: 12px; fill: var(--ink); }
            .flow { fill: none; stroke: var(--accent); stroke-opacity: .35; } .flow.other { stroke: var(--soft); stroke-opacity: .4; } .flow.dropped { stroke: var(--bad); stroke-opacity: .75; }
            .axis { stroke: var(--line); }
            line.terms, line.evidence { stroke-width: 2; } .terms { stroke: var(--accent); fill: var(--accent); } .evidence { stroke: var(--caution); fill: var(--caution); }
            line.evidence { stroke-dasharray: 6 3; } .weak { opacity: .35; }
            .key { display: inline-block; width: 1.6rem; height: .25rem; vertical-align: middle; margin-right: .4rem; background: var(--accent); } .key.other { background: var(--caution); }
            """;

    private bool IsChinese => say.Lang == Lang.Zh;

    /// <summary>The page.</summary>
    public string Page(AuditResult result, AuditSummaryJson summary) =>
        Html.Page(
            say.Say($"Audit of {N(summary.Works)} works", $"{N(summary.Works)} 个作品的审查"),
            IsChinese ? "zh" : "en",
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
                    E(
                        "p",
                        A("class", "soft"),
                        $"{string.Join(", ", summary.Inputs)} · ",
                        say.Say($"as of the law and licenses on {summary.AsOf}", $"以 {summary.AsOf} 的法律与许可证为准")
                    ),
                    Verdicts(summary),
                    new AuditTable(auditing, say, result).Section(summary.Terms),
                    Findings(summary),
                    Flows(summary),
                    Relations(summary),
                    Depths(summary.Depths),
                    Unknowns(summary),
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

    private XElement Verdicts(AuditSummaryJson summary) =>
        E(
            "section",
            E("h2", say.Say("Verdicts: may each be distributed under what it declares?", "结论：能否以所声明的许可证分发？")),
            summary.EdgesOnly == 0
                ? null
                : E(
                    "p",
                    say.Say(
                        $"{N(summary.EdgesOnly)} of the works are known from edges alone: no record tells of their licenses, and they are unclear for that.",
                        $"其中 {N(summary.EdgesOnly)} 个作品仅见于关系数据：没有记录说明其许可证，因此结论不明确。"
                    )
                ),
            Bars(
                summary.Verdicts,
                summary.Works,
                v => (say.Verdict(Kebab.TryParse<Verdict>(v, out var verdict) ? verdict : Verdict.Unclear), v),
                v => v
            ),
            summary.Unclear.Count == 0 ? null : E("h3", say.Say("Why works are unclear", "结论不明确的原因")),
            summary.Unclear.Count == 0
                ? null
                : E(
                    "p",
                    A("class", "soft"),
                    say.Say(
                        "Shares are of the unclear works; a work counts for each reason it has.",
                        "比例以结论不明确的作品为基数；一个作品可有多个原因。"
                    )
                ),
            Bars(summary.Unclear, summary.Verdicts.Single(v => v.Name == "unclear").Count, r => (Reason(r), r), _ => "unclear")
        );

    private string Reason(string name) =>
        name switch
        {
            "source-unknown" => say.Say("The license of an earlier work is not known", "上游作品的许可证不明"),
            "license-ambiguous" => say.Say("The name of the license may mean several", "许可证名称可能指多份许可证"),
            "arguable" => say.Say("It turns on how a text is read", "取决于条款的解读"),
            "other" => say.Say(
                "It turns on what no record tells, such as whether the use is commercial",
                "取决于记录未载明的事实，例如是否为商业使用"
            ),
            _ => say.Say(auditing.TitleOf(name)),
        };

    private XElement Findings(AuditSummaryJson summary) =>
        E(
            "section",
            E("h2", say.Say("All findings, by the works that have one", "所有问题（按涉及的作品数）")),
            Bars(summary.Findings, summary.Works, c => (say.Say(auditing.TitleOf(c)), c), _ => "")
        );

    private XElement Flows(AuditSummaryJson summary)
    {
        var declared = summary.Transitions.Where(t => t.From != "none" && t.To != "none").ToList();
        var drawn = declared
            .Take(MostFlows)
            .Union(declared.Where(t => t.Dropped > 0).OrderByDescending(t => t.Dropped).Take(MostFlows))
            .OrderByDescending(t => t.Count)
            .ToList();
        return E(
            "section",
            E("h2", say.Say("From license to license along steps", "许可证沿步骤的变化")),
            E(
                "p",
                say.Say(
                    $"{N(summary.UndeclaredSteps)} steps from or to a work that declares no license are left out. Drawn are the {MostFlows} most frequent pairs of the others, and the {MostFlows} in which terms were dropped most often. ",
                    $"一端未声明许可证的 {N(summary.UndeclaredSteps)} 个步骤未计入。图中为其余步骤中最常见的 {MostFlows} 种，以及最常丢失条款的 {MostFlows} 种。"
                ),
                say.Say(
                    "That the license changes (gray) is not wrong by itself; red is the part in which terms were dropped for certain. Blue: the same license, or a name that may mean it.",
                    "许可证改变（灰色）本身并非错误；红色为确定丢失条款的部分。蓝色：许可证相同，或名称可能指同一许可证。"
                )
            ),
            drawn.Count == 0 ? null : AuditCharts.Flows(drawn, say),
            drawn.Count == 0
                ? null
                : E(
                    "details",
                    E("summary", say.Say("As a table", "表格")),
                    Table(
                        [say.Say("From", "从"), say.Say("To", "到"), say.Say("#Steps", "#步骤"), say.Say("#Terms dropped", "#丢失条款")],
                        drawn.Select(t => new object[] { t.From, t.To, N(t.Count), N(t.Dropped) })
                    )
                )
        );
    }

    private XElement Relations(AuditSummaryJson summary) =>
        E(
            "section",
            E("h2", say.Say("Where terms were dropped, by relation to the base", "按与基础作品的关系统计丢失的条款")),
            E(
                "p",
                A("class", "soft"),
                say.Say(
                    "Counted is the step by which terms were lost for certain, not those after it. The rate is of the steps of that relation whose work declares a license and is bound for certain by a known license of an earlier work.",
                    "只计确定丢失条款的那一步，不计其后的步骤。比例的基数为：该关系中，作品声明了许可证且确定受上游作品已知许可证约束的步骤。"
                )
            ),
            Table(
                [
                    say.Say("Relation", "关系"),
                    say.Say("#Steps", "#步骤"),
                    say.Say("#Bound", "#受约束"),
                    say.Say("#Terms dropped", "#丢失条款"),
                    say.Say("#Rate", "#比例"),
                ],
                summary.Relations.Select(r =>
                    new object[]
                    {
                        Named(Acts.TryParse(r.Name, out var act) ? say.ActPhrase(act) : r.Name, r.Name),
                        N(r.Steps),
                        N(r.Bound),
                        N(r.Dropped),
                        Share(r.Dropped, r.Bound),
                    }
                )
            )
        );

    private XElement Depths(IReadOnlyList<AuditDepthJson> depths)
    {
        var terms = depths.Where(d => d.Bound >= LeastWorks).Select(d => (d.Depth, d.Bound, d.BoundKept)).ToList();
        var evidence = depths.Where(d => d.Works >= LeastWorks).Select(d => (d.Depth, d.Works, d.Known)).ToList();
        return E(
            "section",
            E("h2", say.Say("What is left by distance from the original", "按与原作的距离统计留存情况")),
            E(
                "p",
                E("span", A("class", "key"), ""),
                say.Say(
                    "Terms kept: of works that declare a license and that a known license of an earlier work binds for certain, those that dropped nothing for certain. ",
                    "条款留存：在声明了许可证且确定受上游作品已知许可证约束的作品中，未确定丢失条款者的比例。"
                ),
                Half(terms)
            ),
            E(
                "p",
                E("span", A("class", "key other"), ""),
                say.Say(
                    "Evidence: of all works, those that declare a license and whose sources, near and far, are all known (data sets aside). ",
                    "证据留存：在所有作品中，声明了许可证且各级来源均为已知者的比例（数据集除外）。"
                ),
                Half(evidence)
            ),
            AuditCharts.Depths(
                [new("terms", terms), new("evidence", evidence)],
                say.Say("steps from the original, by the longest way", "与原作相隔的步数（取最长路径）"),
                say.Say("share of works", "作品比例")
            ),
            E(
                "p",
                A("class", "soft"),
                say.Say(
                    $"Distances with at least {LeastWorks} works are drawn, those with fewer than 20 weaker. Half-lives are estimates: an exponential fit from the original on, each distance weighed by its works.",
                    $"图中为至少有 {LeastWorks} 个作品的距离，不足 20 个的以淡色表示。半衰期为估计值：从原作起作指数拟合，各距离按作品数加权。"
                )
            ),
            E(
                "details",
                E("summary", say.Say("As a table", "表格")),
                Table(
                    [
                        say.Say("Steps", "步数"),
                        say.Say("#Works", "#作品"),
                        say.Say("#Evidence", "#证据留存"),
                        say.Say("#Share", "#比例"),
                        say.Say("#Bound", "#受约束"),
                        say.Say("#Terms kept", "#条款留存"),
                        say.Say("#Share", "#比例"),
                    ],
                    depths.Select(d =>
                        new object[]
                        {
                            $"{d.Depth}",
                            N(d.Works),
                            N(d.Known),
                            Share(d.Known, d.Works),
                            N(d.Bound),
                            N(d.BoundKept),
                            Share(d.BoundKept, d.Bound),
                        }
                    )
                )
            )
        );
    }

    private string Half(IReadOnlyList<(int Depth, long Works, long Part)> points) =>
        HalfLife(points) is { } steps
            ? say.Say(
                $"By its decline, half is left after {steps.ToString("0.#", CultureInfo.InvariantCulture)} steps.",
                $"按其下降趋势，经过 {steps.ToString("0.#", CultureInfo.InvariantCulture)} 步后剩余一半。"
            )
            : say.Say("After how many steps half is left cannot be told from this.", "无法由此得出经过多少步后剩余一半。");

    /// <summary>
    /// After how many steps half of what there was at the original is left, by a fit of an exponential through it; all of it where there is no original.
    /// Null where nothing declines, or not by half within the distances.
    /// </summary>
    internal static double? HalfLife(IReadOnlyList<(int Depth, long Works, long Part)> points)
    {
        var first = points.FirstOrDefault(p => p.Depth == 0);
        var start = first.Works == 0 ? 1 : (double)first.Part / first.Works;
        double weighted = 0;
        double squares = 0;
        foreach (var (depth, works, part) in points.Where(p => p is { Depth: > 0, Part: > 0 }))
        {
            weighted += works * depth * Math.Log((double)part / works / start);
            squares += (double)works * depth * depth;
        }
        var half = start > 0 && squares > 0 && weighted < 0 ? Math.Log(0.5) / (weighted / squares) : double.PositiveInfinity;
        return points.Count > 0 && half <= points[^1].Depth ? half : null;
    }

    private XElement Unknowns(AuditSummaryJson summary) =>
        E(
            "section",
            E("h2", say.Say("What nobody knows", "未知的内容")),
            E("h3", say.Say("License names that are not in the catalog, by works", "目录中没有的许可证名称（按作品数）")),
            Bars([.. summary.NotUnderstood.Take(MostNames)], summary.Works, n => (n, ""), _ => ""),
            E(
                "h3",
                say.Say("Bases that are not to be found, by the works made from them directly", "找不到的基础作品（按直接衍生的作品数）")
            ),
            Bars([.. summary.UnknownBases.Take(MostNames)], summary.Works, n => (n, ""), _ => ""),
            E("h3", say.Say("What was not understood in the records, by lines", "记录中未能理解的内容（按条数）")),
            Table(
                [say.Say("What", "内容"), say.Say("#How often", "#次数")],
                summary.Problems.Select(p => new object[] { p.Name, N(p.Count) })
            )
        );

    private static XElement Bars(
        IReadOnlyList<AuditCountJson> counts,
        long all,
        Func<string, (string Words, string Code)> named,
        Func<string, string> mood
    ) =>
        E(
            "table",
            E(
                "tbody",
                counts.Select(c =>
                    E(
                        "tr",
                        A("class", mood(c.Name)),
                        E("td", A("class", "name"), named(c.Name) is var (words, code) ? Named(words, code) : null),
                        E("td", A("class", "number"), N(c.Count)),
                        E("td", A("class", "number"), Share(c.Count, all)),
                        E(
                            "td",
                            A("class", "wide"),
                            c.Count == 0 ? null : E("span", A("class", "bar"), A("style", Width((double)c.Count / Math.Max(1, all))), "")
                        )
                    )
                )
            )
        );

    private static string Width(double share) => $"width: {(100 * share).ToString("0.##", CultureInfo.InvariantCulture)}%";

    private static object Named(string words, string code) =>
        code.Length == 0 || code == words ? words : new object[] { words, " ", E("span", A("class", "soft"), code) };

    // A head that begins with # is of numbers.
    private static XElement Table(string[] heads, IEnumerable<object[]> rows) =>
        E(
            "div",
            A("class", "scroll"),
            E(
                "table",
                E("thead", E("tr", heads.Select(h => E("th", A("scope", "col"), Look(h), h.TrimStart('#'))))),
                E("tbody", rows.Select(r => E("tr", r.Select((cell, i) => E("td", Look(heads[i]), cell)))))
            )
        );

    private static XAttribute Look(string head) => A("class", head.StartsWith('#') ? "number" : "name");
}
