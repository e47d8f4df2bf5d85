using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;
using static Entail.Core.Write.Html;

namespace Entail.Core.Write;

/// <summary>The report of <c>check</c> as one web page in both languages, which loads nothing, and which a reviewer can print and sign.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="asOf">The day of the question.</param>
/// <param name="line">Gives the text of a line of a file of the folder; null where it has none.</param>
public sealed partial class ReportHtml(CompiledCatalog catalog, DateOnly asOf, Func<string, int, string?> line)
{
    /// <summary>The page.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="first">The language that is shown first.</param>
    public string Page(CheckResult result, Lang first)
    {
        var (english, chinese) = (new Phrases(catalog, Lang.En), new Phrases(catalog, Lang.Zh));
        return Html.Page(
            $"{result.Decision.Lineage.Root}: {(first == Lang.Zh ? chinese : english).Verdict(result.Verdict)}",
            first == Lang.Zh ? "zh" : "en",
            Style,
            Script,
            E(
                "body",
                E(
                    "p",
                    A("class", "switch"),
                    E("button", A("type", "button"), A("id", "switch"), A("aria-label", "language"), "中文 / English")
                ),
                Pane(result, english, first == Lang.En),
                Pane(result, chinese, first == Lang.Zh)
            )
        );
    }

    private XElement Pane(CheckResult result, Phrases say, bool shown) =>
        E(
            "main",
            A("lang", say.Lang == Lang.Zh ? "zh" : "en"),
            shown ? null : A("hidden", "hidden"),
            Head(result, say),
            PartsOf(result, say),
            LineageOf(result, say),
            FindingsOf(result, say),
            DutiesOf(result, say),
            UsesOf(result, say),
            RestrictionsOf(result, say),
            Presumed(result, say),
            TextsOf(result, say),
            ClausesOf(result, say),
            E(
                "footer",
                E(
                    "p",
                    say.Say(
                        $"Entail {DocumentWriter.Tool}, rules {catalog.Digest}. Information on licenses, not legal advice.",
                        $"Entail {DocumentWriter.Tool}，规则库 {catalog.Digest}。本报告为许可证信息，不构成法律意见。"
                    )
                ),
                E(
                    "p",
                    A("class", "sign"),
                    say.Say("Read by: ____________________  Date: ____________", "审阅人：____________________  日期：____________")
                )
            )
        );

    private XElement Head(CheckResult result, Phrases say)
    {
        var decision = result.Decision;
        var open = result.Findings.Where(f => f.Suppressed is null).ToList();
        var acts = string.Join(say.Say(", ", "、"), decision.Question.Acts.Select(say.ActPhrase));
        return E(
            "header",
            E("h1", decision.Lineage.Root),
            E(
                "p",
                A("class", "verdict " + Mood(result.Verdict)),
                E("span", A("aria-hidden", "true"), Mark(result.Verdict)),
                " ",
                say.Verdict(result.Verdict)
            ),
            E(
                "p",
                decision.Question.As is { } wanted
                    ? say.Say($"Asked: {acts}, under {wanted}, on {Day(asOf)}.", $"问题：{acts}，采用 {wanted}，日期 {Day(asOf)}。")
                    : say.Say($"Asked: {acts}, on {Day(asOf)}.", $"问题：{acts}，日期 {Day(asOf)}。")
            ),
            E(
                "p",
                string.Join(
                    say.Say(" · ", " · "),
                    new (Severity Severity, string En, string Zh)[]
                    {
                        (Severity.Error, "error", "个错误"),
                        (Severity.Warning, "warning", "个警告"),
                        (Severity.Note, "note", "条提示"),
                    }
                        .Select(s => (s, Count: open.Count(f => f.Severity == s.Severity)))
                        .Select(s => say.Say($"{s.Count} {s.s.En}{(s.Count == 1 ? "" : "s")}", $"{s.Count} {s.s.Zh}"))
                        .Append(
                            result.Findings.Length > open.Count
                                ? say.Say(
                                    $"{result.Findings.Length - open.Count} suppressed",
                                    $"{result.Findings.Length - open.Count} 条已抑制"
                                )
                                : null
                        )
                        .OfType<string>()
                )
            ),
            decision.Question.Facts.Known.IsEmpty
                ? null
                : E(
                    "p",
                    say.Say("Known: ", "已知："),
                    string.Join(say.Say(", ", "、"), decision.Question.Facts.Known.Select(f => $"{f.Key}: {f.Value}"))
                )
        );
    }

    private static XElement? UsesOf(CheckResult result, Phrases say) =>
        result.Uses.IsEmpty
            ? null
            : Section(
                say.Say("Used by the code", "代码使用的模型和数据"),
                Table(
                    [
                        say.Say("Model or dataset", "模型或数据集"),
                        say.Say("License", "许可证"),
                        say.Say("Verdict", "结论"),
                        say.Say("Where", "位置"),
                        say.Say("Asks", "要求"),
                    ],
                    result.Uses.Select(u =>
                        new object[]
                        {
                            u.Name,
                            string.Join(", ", u.Licenses),
                            E(
                                "span",
                                A("class", Mood(u.Decision.Verdict)),
                                $"{Mark(u.Decision.Verdict)} {say.Verdict(u.Decision.Verdict)} ({string.Join(", ", u.Acts.Select(a => a.Name()))})"
                            ),
                            string.Join(
                                ", ",
                                u.Places.Select(p => p.Line is { } at ? $"{p.File}:{at.ToString(CultureInfo.InvariantCulture)}" : p.File)
                            ),
                            string.Join(" ", u.Owed.Select(d => $"{say.Say(d.Rule.Summary)} [{Phrases.Cite(d.License, d.Rule.Clauses)}]")),
                        }
                    )
                )
            );

    private static XElement? PartsOf(CheckResult result, Phrases say) =>
        result.Parts.Length < 2
            ? null
            : Section(
                say.Say("Verdict by part", "各部分的结论"),
                Table(
                    [say.Say("Part", "部分"), say.Say("License", "许可证"), say.Say("Verdict", "结论")],
                    result.Parts.Select(p =>
                        new object[]
                        {
                            Kebab.Of(p.Part),
                            string.Join(", ", result.Decision.Lineage.RootWork.Of(p.Part).Select(l => l.Claim.Value).Distinct()),
                            E("span", A("class", Mood(p.Verdict)), $"{Mark(p.Verdict)} {say.Verdict(p.Verdict)}"),
                        }
                    )
                )
            );

    private XElement LineageOf(CheckResult result, Phrases say)
    {
        var drawing = new LineageDrawing(result.Decision.Lineage);
        var tree = new ReportPage(catalog, say, line).Tree(result.Decision).Select(l => l.ToString());
        return Section(
            say.Say("Lineage", "谱系"),
            E("div", A("class", "drawing"), drawing.Svg(say)),
            drawing.Left > 0
                ? E("p", say.Say($"{drawing.Left} works further back are not drawn.", $"另有 {drawing.Left} 个更早的作品未画出。"))
                : null,
            E("details", E("summary", say.Say("In words", "文字说明")), E("pre", string.Join("\n", tree)))
        );
    }

    private XElement FindingsOf(CheckResult result, Phrases say)
    {
        var words = new FindingWords(catalog, say);
        var reasons = new Reasons(say);
        return Section(
            say.Say("Findings", "发现的问题"),
            result.Findings.IsEmpty ? E("p", say.Say("None.", "无。")) : null,
            result
                .Findings.Select(f =>
                    E(
                        "article",
                        A("class", f.Suppressed is null ? Kebab.Of(f.Severity) : "suppressed"),
                        E(
                            "h3",
                            E("span", A("class", "severity"), $"{Named(f.Severity, say)} "),
                            E("code", f.Code),
                            " ",
                            Marked(words.Message(f))
                        ),
                        f.Suppressed is { } s
                            ? E(
                                "p",
                                say.Say("Accepted: ", "已接受："),
                                s.Reason,
                                s.Until is { } until ? say.Say($" (until {Day(until)})", $"（至 {Day(until)}）") : ""
                            )
                            : null,
                        f.Evidence.Select(Place).ToArray(),
                        E("ul", reasons.Of(f, result).Select(r => E("li", Marked(r))).ToArray()),
                        f.Clauses.IsEmpty ? null : E("p", A("class", "clauses"), say.Say("Clauses: ", "条款："), Cited(f.Clauses, say)),
                        E("p", A("class", "fix"), say.Say("Fix: ", "修复："), Marked(words.Fix(f))),
                        E("p", A("class", "small"), E("code", f.Id))
                    )
                )
                .ToArray()
        );
    }

    private XElement Place(Evidence place)
    {
        var at =
            place.Line is { } number ? $"{place.File}:{number.ToString(CultureInfo.InvariantCulture)}"
            : place.Pointer is { } pointer ? $"{place.File} ({pointer})"
            : place.File;
        var text =
            (place is { Line: { } shown, Source: EvidenceSource.Declared or EvidenceSource.Configured } ? line(place.File, shown) : null)
            ?? place.Text;
        return E("p", A("class", "place"), E("code", at), text is null ? null : E("code", A("class", "line"), text.Trim()));
    }

    private XElement? DutiesOf(CheckResult result, Phrases say)
    {
        // Two rules of a license may ask for one thing: that is one thing to do.
        var duties = result
            .Duties.GroupBy(d => (d.License, d.Owe.Duty, d.State))
            .Select(g =>
                (
                    Duty: g.MinBy(d => d.Certainty)!,
                    Clauses: g.SelectMany(d => d.Rule.Clauses.Select(c => new ClauseRef(d.License, c))).Distinct()
                )
            )
            .OrderBy(d =>
                d.Duty.State switch
                {
                    DutyState.Missing => 0,
                    DutyState.Met => 1,
                    _ => 2,
                }
            )
            .ToList();
        return duties.Count == 0
            ? null
            : Section(
                say.Say("Duties", "义务"),
                E(
                    "ul",
                    A("class", "checklist"),
                    duties
                        .Select(d =>
                            E(
                                "li",
                                A("class", Kebab.Of(d.Duty.State)),
                                E(
                                    "strong",
                                    d.Duty.State switch
                                    {
                                        DutyState.Met => say.Say("☑ met", "☑ 已履行"),
                                        DutyState.Missing => say.Say("☒ missing", "☒ 缺失"),
                                        _ => say.Say("☐ not visible in the files", "☐ 文件中不可见"),
                                    }
                                ),
                                $" {say.Duty(d.Duty.Owe.Duty)} ",
                                E("span", A("class", "small"), d.Duty.License),
                                d.Duty.Certainty == Certainty.Arguable ? E("em", say.Say(" arguable", " 有争议")) : null,
                                E("br"),
                                say.Say(d.Duty.Rule.Summary),
                                d.Duty.Owe.Words is { } owed ? E("code", A("class", "line"), owed) : null,
                                E("span", A("class", "clauses"), " ", Cited([.. d.Clauses], say)),
                                d.Duty.Evidence.Take(3).Select(Place).ToArray()
                            )
                        )
                        .ToArray()
                )
            );
    }

    private XElement? RestrictionsOf(CheckResult result, Phrases say)
    {
        var restrictions = result
            .Decision.Bindings.Where(b => !b.Binding.Candidate)
            .SelectMany(b => b.Answer.Restrictions)
            .GroupBy(r => (r.License, r.Restriction))
            .Select(g => g.OrderBy(r => r.Rule.Certainty).First())
            .OrderBy(r => r.License, StringComparer.Ordinal)
            .ThenBy(r => r.Restriction.ToString(), StringComparer.Ordinal)
            .ToList();
        return restrictions.Count == 0
            ? null
            : Section(
                say.Say("Uses ruled out, for you and whoever comes after", "对您及后续接收方均禁止的用途"),
                restrictions
                    .GroupBy(r => r.License)
                    .SelectMany(g =>
                        new XElement[]
                        {
                            E("h3", g.Key),
                            E(
                                "ul",
                                g.Select(r =>
                                        E(
                                            "li",
                                            say.Restriction(r.Restriction),
                                            r.Rule.Certainty == Certainty.Arguable ? E("em", say.Say(" arguable", " 有争议")) : null,
                                            E(
                                                "span",
                                                A("class", "clauses"),
                                                " ",
                                                Cited([.. r.Rule.Clauses.Select(c => new ClauseRef(r.License, c))], say)
                                            )
                                        )
                                    )
                                    .ToArray()
                            ),
                        }
                    )
                    .ToArray()
            );
    }

    private XElement? Presumed(CheckResult result, Phrases say)
    {
        var decision = result.Decision;
        var assumed = decision.Bindings.SelectMany(b => b.Answer.Assumed).DistinctBy(a => (a.Fact, a.Otherwise)).ToList();
        var cases = decision.Bindings.Where(b => !b.Answer.Cases.IsEmpty).DistinctBy(b => b.Binding.Name).ToList();
        return assumed.Count == 0 && decision.Unclear.IsEmpty && cases.Count == 0
            ? null
            : Section(
                say.Say("What is open, and what was presumed", "未决事项与默认假设"),
                decision.Unclear.IsEmpty
                    ? null
                    : E("ul", decision.Unclear.Select(u => E("li", say.Describe(u), " ", Cited(u.Clauses, say))).ToArray()),
                cases
                    .Select(b =>
                        Table(
                            [b.Binding.Name, say.Say("then", "则")],
                            b.Answer.Cases.Select(c =>
                                new object[]
                                {
                                    string.Join(", ", c.When.Select(w => $"{w.Fact}: {w.Label}")),
                                    E("span", A("class", Mood(c.Verdict)), $"{Mark(c.Verdict)} {say.Verdict(c.Verdict)}"),
                                }
                            )
                        )
                    )
                    .ToArray(),
                assumed.Count == 0
                    ? null
                    : Table(
                        [say.Say("Presumed", "默认假设"), say.Say("Otherwise", "否则"), say.Say("Clauses", "条款")],
                        assumed.Select(a =>
                            new object[] { $"{a.Fact}: {a.Value}", say.Verdict(a.Otherwise), E("span", Cited(a.Clauses, say)) }
                        )
                    )
            );
    }

    private static XElement? TextsOf(CheckResult result, Phrases say)
    {
        var texts = result.Texts.Where(t => !t.IsMention).ToList();
        return texts.Count == 0
            ? null
            : Section(
                say.Say("License texts in the files", "文件中的许可证文本"),
                Table(
                    [
                        say.Say("File", "文件"),
                        say.Say("License", "许可证"),
                        say.Say("Words", "文字"),
                        say.Say("Clauses gone or changed", "缺失或改动的条款"),
                    ],
                    texts.Select(t =>
                        new object[]
                        {
                            $"{t.File}:{t.Line.ToString(CultureInfo.InvariantCulture)}",
                            string.Join(say.Say(" or ", " 或 "), t.MayBe.Distinct()),
                            t.IsCopy ? say.Say("a copy, word for word", "逐字一致的副本")
                            : t.IsWhole ? say.Say("the license, with other words", "该许可证，但文字有出入")
                            : say.Say("a passage of it", "其中一段"),
                            string.Join(", ", t.Match.Clauses.Missing.Concat(t.Match.Clauses.Changed.Select(c => c.Id))),
                        }
                    )
                )
            );
    }

    private XElement? ClausesOf(CheckResult result, Phrases say)
    {
        var cited = result
            .Findings.SelectMany(f => f.Clauses)
            .Concat(result.Duties.SelectMany(d => d.Rule.Clauses.Select(c => new ClauseRef(d.License, c))))
            .Concat(
                result
                    .Decision.Bindings.SelectMany(b => b.Answer.Restrictions)
                    .SelectMany(r => r.Rule.Clauses.Select(c => new ClauseRef(r.License, c)))
            )
            .Concat(result.Decision.Bindings.SelectMany(b => b.Answer.Assumed).SelectMany(assumption => assumption.Clauses))
            .Concat(result.Decision.Unclear.SelectMany(u => u.Clauses))
            .Distinct()
            .OrderBy(c => c.ToString(), StringComparer.Ordinal)
            .ToList();
        return cited.Count == 0
            ? null
            : Section(
                say.Say("Clauses, in our words", "条款（我们的概述）"),
                cited
                    .GroupBy(c => c.License)
                    .SelectMany(g =>
                        new XElement[]
                        {
                            E("h3", g.Key, catalog.Find(g.Key) is { } license ? E("span", A("class", "small"), $" {license.Url}") : null),
                            Table(
                                [say.Say("Clause", "条款"), say.Say("Says", "内容")],
                                g.Select(c => new object[] { E("code", A("id", Anchor(c, say)), c.Clause), Summary(c, say) })
                            ),
                        }
                    )
                    .ToArray()
            );
    }

    private string Summary(ClauseRef clause, Phrases say) =>
        catalog.Find(clause.License)?.Documents.SelectMany(d => d.Clauses).FirstOrDefault(c => c.Id == clause.Clause) is { } found
            ? say.Say(found.Summary)
            : "";

    private object[] Cited(ImmutableArray<ClauseRef> clauses, Phrases say) =>
        [
            .. clauses
                .Distinct()
                .SelectMany(c =>
                    new object[] { E("a", A("href", $"#{Anchor(c, say)}"), A("title", Summary(c, say)), $"{c.License}#{c.Clause}"), " " }
                ),
        ];

    private static string Anchor(ClauseRef clause, Phrases say) =>
        $"{(say.Lang == Lang.Zh ? "zh" : "en")}-{string.Concat(clause.ToString().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}";

    // Words between backticks are code.
    private static object[] Marked(string text) => [.. text.Split('`').Select((part, i) => i % 2 == 1 ? (object)E("code", part) : part)];

    private static XElement Section(string title, params ReadOnlySpan<object?> content) => E("section", [E("h2", title), .. content]);

    private static XElement Table(IEnumerable<string> heads, IEnumerable<object[]> rows) =>
        E(
            "table",
            E("thead", E("tr", heads.Select(h => E("th", A("scope", "col"), h)).ToArray())),
            E("tbody", rows.Select(r => E("tr", r.Select(c => E("td", c)).ToArray())).ToArray())
        );

    private static string Named(Severity severity, Phrases say) =>
        severity switch
        {
            Severity.Error => say.Say("✗ Error", "✗ 错误"),
            Severity.Warning => say.Say("▲ Warning", "▲ 警告"),
            _ => say.Say("• Note", "• 提示"),
        };

    private static string Mark(Verdict verdict) =>
        verdict switch
        {
            Verdict.Permitted or Verdict.PermittedWithDuties => "✓",
            Verdict.Prohibited => "✗",
            Verdict.NeedsAgreement => "✎",
            _ => "?",
        };

    private static string Mood(Verdict verdict) =>
        Phrases.ToneOf(verdict) switch
        {
            Tone.Good => "good",
            Tone.Caution => "caution",
            _ => "bad",
        };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
