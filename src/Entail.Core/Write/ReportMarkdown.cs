using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>The report of <c>check</c> as Markdown, short enough for a comment on a pull request: verdict, findings with place and fix, duties folded.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="say">The words.</param>
public sealed class ReportMarkdown(CompiledCatalog catalog, Phrases say)
{
    private const int MostFindings = 50;
    private const int MostPlaces = 6;

    private readonly FindingWords words = new(catalog, say);

    /// <summary>The comment.</summary>
    public string Of(CheckResult result)
    {
        var open = result.Findings.Where(f => f.Suppressed is null).ToList();
        var page = new StringBuilder();
        page.Append("## ")
            .Append(Mark(result.Verdict))
            .Append(' ')
            .Append(Plain(new ReportPage(catalog, say, (_, _) => null).Summary(result).ToString()))
            .Append('\n');
        if (open.Count > 0)
        {
            page.Append(say.Say("\n| | Finding | Where | Do |\n|---|---|---|---|\n", "\n| | 问题 | 位置 | 处理 |\n|---|---|---|---|\n"));
        }
        foreach (var finding in open.Take(MostFindings))
        {
            page.Append("| ")
                .Append(
                    finding.Severity switch
                    {
                        Severity.Error => "❌",
                        Severity.Warning => "⚠️",
                        _ => "ℹ️",
                    }
                )
                .Append(" | **")
                .Append(finding.Code)
                .Append("** ")
                .Append(Plain(words.Message(finding)))
                .Append(Clauses(finding.Clauses))
                .Append(" | ")
                .Append(string.Join("<br>", finding.Evidence.Take(2).Select(Place)))
                .Append(" | ")
                .Append(Plain(words.Fix(finding)))
                .Append(" |\n");
        }
        if (open.Count > MostFindings)
        {
            page.Append(say.Say($"\n… and {open.Count - MostFindings} more.\n", $"\n……另有 {open.Count - MostFindings} 条。\n"));
        }
        var accepted = result.Findings.Where(f => f.Suppressed is not null).ToList();
        Folded(
            page,
            say.Say($"{accepted.Count} accepted", $"已接受 {accepted.Count} 条"),
            accepted.Select(f => $"**{f.Code}** {Plain(words.Message(f))} ({Plain(f.Suppressed!.Reason)})")
        );
        Folded(
            page,
            say.Say("Duties", "义务"),
            result
                .Duties.GroupBy(d => (d.License, d.Owe.Duty, d.State))
                .OrderBy(g =>
                    g.Key.State switch
                    {
                        DutyState.Missing => 0,
                        DutyState.Met => 1,
                        _ => 2,
                    }
                )
                .Select(g =>
                    $"{(g.Key.State == DutyState.Met ? "[x]" : "[ ]")} {Plain(say.Say(g.First().Rule.Summary))} ({g.Key.License}: {State(g.Key.State)})"
                )
        );
        Folded(
            page,
            say.Say($"Used by the code: {result.Uses.Length}", $"代码使用的模型和数据：{result.Uses.Length}"),
            result.Uses.Select(u =>
                $"{Mark(u.Decision.Verdict)} **{Plain(u.Name)}** {Plain(string.Join(", ", u.Licenses))} ({string.Join(", ", u.Acts.Select(a => a.Name()))}: {say.Verdict(u.Decision.Verdict)}) {string.Join(" ", u.Places.Take(MostPlaces).Select(Place))}"
            )
        );
        return page.ToString();
    }

    private static void Folded(StringBuilder page, string title, IEnumerable<string> lines)
    {
        var all = lines.ToImmutableArray();
        if (!all.IsEmpty)
        {
            page.Append("\n<details><summary>").Append(title).Append("</summary>\n\n");
            page.AppendJoin("", all.Select(l => $"- {l}\n")).Append("\n</details>\n");
        }
    }

    private string State(DutyState state) =>
        state switch
        {
            DutyState.Met => say.Say("met", "已履行"),
            DutyState.Missing => say.Say("missing", "缺失"),
            _ => say.Say("not visible", "不可见"),
        };

    private static string Place(Evidence place) =>
        Plain($"`{place.File.Replace('`', '\'')}{(place.Line is { } line ? $":{line.ToString(CultureInfo.InvariantCulture)}" : "")}`");

    private static string Clauses(ImmutableArray<ClauseRef> clauses) =>
        clauses.IsEmpty ? "" : $" <sub>{Plain(Phrases.Cite(clauses.Take(3)))}{(clauses.Length > 3 ? " …" : "")}</sub>";

    // Words of strangers stay words: no markup, no table cell, no mention, no line of their own. Our own backticks make code; an odd one makes nothing.
    private static string Plain(string text)
    {
        var isMarked = text.Count(c => c == '`') % 2 == 0;
        var isCode = false;
        var plain = new StringBuilder();
        foreach (var c in text)
        {
            isCode ^= isMarked && c == '`';
            plain.Append(
                c switch
                {
                    '`' => isMarked ? "`" : "'",
                    '|' => "\\|",
                    '\r' or '\n' => " ",
                    _ when char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => "\ufffd",
                    _ when isCode => c.ToString(),
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '@' => "&#64;",
                    '[' or ']' or '*' or '_' or '#' or '\\' or '~' => $"\\{c}",
                    _ => c.ToString(),
                }
            );
        }
        return plain.ToString();
    }

    private static string Mark(Verdict verdict) =>
        verdict switch
        {
            Verdict.Permitted or Verdict.PermittedWithDuties => "✅",
            Verdict.Unclear => "❔",
            _ => "❌",
        };
}
