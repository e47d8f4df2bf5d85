using System.Globalization;
using System.Text;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>
/// A license's page as Markdown, in one language: at a glance, FAQ, restrictions, clauses, compatibility, history. Everything comes from its rules.
/// </summary>
public sealed class LicensePages(CompiledCatalog catalog, ExpressionDecider decider, Phrases say)
{
    private readonly Compatibility compatibility = new(catalog, decider);
    private readonly StringBuilder page = new();

    /// <summary>The page. <paramref name="link"/> gives the address of another license's page; null for plain names.</summary>
    public string Markdown(License license, Func<string, string>? link = null)
    {
        page.Clear();
        Line($"# {say.Say(license.Name)}\n");
        Line(
            say.Say(
                $"`{license.Id}`; written for {string.Join(", ", license.Covers.Select(c => Kebab.Of(c)))}; the text: <{license.Url}>. In our own words, from the license's rules, each naming its clause; not legal advice.",
                $"`{license.Id}`；适用于 {string.Join("、", license.Covers.Select(c => Kebab.Of(c)))}；原文：<{license.Url}>。以下内容由规则生成，用我们自己的话概括，并注明条款；不构成法律意见。"
            )
        );
        AtAGlance(license);
        Questions(license);
        Restrictions(license);
        Clauses(license);
        Compatible(license, link);
        History(license, link);
        return page.ToString();
    }

    private void Line(string text) => page.Append(text).Append('\n');

    private void Heading(string en, string zh)
    {
        if (page.Length < 2 || page[^2] != '\n')
        {
            Line("");
        }
        Line($"## {say.Say(en, zh)}\n");
    }

    private void AtAGlance(License license)
    {
        var glance = Glance.Of(license, decider.Single, say);
        Heading("At a glance", "概览");
        Points(say.Say("You may", "您可以"), glance.May, []);
        Points(say.Say("You must", "您必须"), [], glance.Must);
        Points(say.Say("You must not", "您不得"), glance.Not, glance.MustNot);
    }

    private void Points(
        string heading,
        IReadOnlyCollection<(Verdict Verdict, string Acts)> verdicts,
        IReadOnlyCollection<GlancePoint> points
    )
    {
        Line($"**{heading}**\n");
        foreach (var (verdict, acts) in verdicts)
        {
            Line($"- {say.Verdict(verdict)}{say.Say(": ", "：")}{acts}");
        }
        foreach (var point in points)
        {
            Line($"- {point.Text}{Arguable(point.Certainty)} {Cited(point.Clauses)}");
        }
        if (verdicts.Count + points.Count == 0)
        {
            Line($"- {say.Say("nothing", "无")}");
        }
        Line("");
    }

    private string Arguable(Certainty certainty) => certainty == Certainty.Arguable ? say.Say(" *(arguable)*", "*（有争议）*") : "";

    private static string Cited(IEnumerable<string> clauses) => string.Join(' ', clauses.Select(c => $"`{c}`"));

    private void Questions(License license)
    {
        Heading("FAQ", "常见问题");
        foreach (var entry in new Faq(catalog, decider.Single, say).Of(license))
        {
            Line($"**{entry.Question}** {entry.Lead}\n");
            foreach (var point in entry.Points)
            {
                Line($"- {point.Text} {Cited(point.Clauses.Select(c => c.License == license.Id ? c.Clause : c.ToString()))}".TrimEnd());
            }
            if (!entry.Points.IsEmpty)
            {
                Line("");
            }
        }
    }

    private void Restrictions(License license)
    {
        Heading("Uses it rules out", "禁止的用途");
        var rules = license.Rules.Where(r => r.Effect is Effect.Restrict).ToList();
        if (rules.Count == 0)
        {
            Line(say.Say("None.", "无。"));
            return;
        }
        Line(say.Say("| restriction | what it covers | reading | clauses |", "| 限制 | 范围 | 解读 | 条款 |"));
        Line("|---|---|---|---|");
        foreach (var (rule, use) in rules.SelectMany(r => ((Effect.Restrict)r.Effect).Uses.Select(u => (r, u))).OrderBy(r => r.u))
        {
            var reading = rule.Certainty == Certainty.Yes ? say.Say("certain", "明确") : say.Say("arguable", "有争议");
            Line($"| `{use}` | {Cell(say.Restriction(use))} | {reading} | {Cited(rule.Clauses)} |");
        }
    }

    private void Clauses(License license)
    {
        Heading("Clause by clause", "逐条说明");
        foreach (var document in license.Documents)
        {
            if (license.Documents.Length > 1)
            {
                Line($"**{say.Say(document.Title)}**\n");
            }
            Line(say.Say("| clause | in our words | rules |", "| 条款 | 概括 | 规则 |"));
            Line("|---|---|---|");
            foreach (var clause in document.Clauses)
            {
                var rules = license.Rules.Where(r => r.Clauses.Contains(clause.Id)).Select(r => $"`{r.Id}`").ToList();
                Line(
                    $"| `{clause.Id}` | {Cell(say.Say(clause.Summary))} | {(rules.Count > 0 ? string.Join(' ', rules) : clause.NoEffect)} |"
                );
            }
            Line("");
        }
        var covered = ClauseCoverage.Of(license);
        if (covered.Words == 0)
        {
            return;
        }
        Line(
            say.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{covered.Words:n0} words: {100.0 * covered.WithRule / covered.Words:n1}% in clauses with a rule, the rest in clauses without effect, each with a reason."
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"共 {covered.Words:n0} 词：{100.0 * covered.WithRule / covered.Words:n1}% 所在条款有规则，其余条款无规则效果并注明原因。"
                )
            )
        );
    }

    private void Compatible(License license, Func<string, string>? link)
    {
        Heading("May a derivative carry another license?", "衍生作品能否采用其他许可证？");
        Line(say.Say("| answer | licenses | missing on the strict reading |", "| 结论 | 许可证 | 从严解读所缺 |"));
        Line("|---|---|---|");
        var results = compatibility.Choose([license.Id], Facts.None);
        foreach (
            var alike in results
                .Where(r => r.Conveys != Answer3.No)
                .GroupBy(r => (r.Conveys, Alone: r.Result == r.To, Lacking: Lacking(r)))
                .OrderBy(g => g.Key.Conveys != Answer3.Yes)
                .ThenBy(g => !g.Key.Alone)
        )
        {
            var answer = alike.Key switch
            {
                { Conveys: Answer3.Unclear } => CompatWords.Label(Answer3.Unclear, say),
                { Alone: true } => say.Say("yes", "可以"),
                _ => say.Say(
                    $"yes, your own part; recipients receive `{license.Id}` as well",
                    $"可以，仅限您自己的部分；接收方同时受 `{license.Id}` 许可"
                ),
            };
            Line($"| {answer} | {string.Join(' ', alike.Select(r => Linked(r.To, link)))} | {alike.Key.Lacking} |");
        }
        Line($"\n{No(results, link)}");
    }

    private string No(IEnumerable<CompatResult> results, Func<string, string>? link)
    {
        var others = results.Where(r => r.Conveys == Answer3.No).Select(r => Linked(r.To, link)).ToList();
        return others.Count == 0
            ? say.Say("Every license of the catalog is above.", "目录中的许可证均已列出。")
            : say.Say("No: ", "不可以：") + string.Join(say.Say(", ", "、"), others) + say.Say(".", "。");
    }

    private string Lacking(CompatResult result)
    {
        const int Most = 6;
        var items = result.Missing.Select(m => $"`{m.Id}`").Distinct().ToList();
        return string.Join(' ', items.Take(Most))
            + (items.Count > Most ? say.Say($" and {items.Count - Most} more", $" 另有 {items.Count - Most} 项") : "");
    }

    private static string Linked(string license, Func<string, string>? link) =>
        link is null ? $"`{license}`" : $"[`{license}`]({link(license)})";

    private void History(License license, Func<string, string>? link)
    {
        Heading("History", "历史");
        Line(say.Say("| text | date | words | SHA-256 of the text that was read |", "| 文本 | 日期 | 词数 | 所读文本的 SHA-256 |"));
        Line("|---|---|--:|---|");
        foreach (var document in license.Documents)
        {
            var date = document.Pinned ?? license.Date;
            Line(
                document.ReadOn is { } read
                    ? $"| {Cell(say.Say(document.Title))} | {Day(date)} | – | {say.Say($"read on {Day(read)} at <{document.Url ?? license.Url}>; the text is not at hand and is not recognized in files", $"于 {Day(read)} 阅读 <{document.Url ?? license.Url}>；未收录文本，无法在文件中识别")} |"
                    : $"| {Cell(say.Say(document.Title))} | {Day(date)} | {document.Words} | `{document.Sha256}` |"
            );
        }
        var later = catalog.Licenses.Where(l => l.Supersedes.Contains(license.Id)).Select(l => l.Id).ToList();
        foreach (
            var (label, ids) in new (string, IReadOnlyCollection<string>)[]
            {
                (say.Say("It supersedes", "取代"), license.Supersedes),
                (say.Say("It is superseded by", "被取代于"), later),
            }.Where(chain => chain.Item2.Count > 0)
        )
        {
            Line($"\n{label} {string.Join(say.Say(", ", "、"), ids.Select(i => Linked(i, link)))}{say.Say(".", "。")}");
        }
        var family = catalog
            .Licenses.Where(l => l.Family == license.Family && l.Id != license.Id && l.Date is not null)
            .OrderBy(l => l.Date)
            .ThenBy(l => l.Id, StringComparer.Ordinal)
            .ToList();
        if (family.Count > 0)
        {
            Line($"\n{say.Say("Others of its family, by date:", "同一家族的其他许可证（按日期）：")}\n");
            family.ForEach(l => Line($"- {Day(l.Date)} {Linked(l.Id, link)} {say.Say(l.Name)}"));
        }
    }

    private static string Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
