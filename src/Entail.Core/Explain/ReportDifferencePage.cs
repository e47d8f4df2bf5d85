using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>A finding or duty as the page tells it.</summary>
/// <param name="Mark">new, gone or changed.</param>
/// <param name="Name">Its code or id, with severity or state.</param>
/// <param name="Text">What is wrong, or owed.</param>
/// <param name="Place">Where; empty where nothing shows it.</param>
/// <param name="Fix">What to do; empty for what is gone.</param>
public sealed record DifferenceItem(string Mark, string Name, string Text, string Place, string Fix);

/// <summary>What differs from an earlier report, for people: only what is new, gone or changed.</summary>
/// <param name="say">The words.</param>
public sealed class ReportDifferencePage(Phrases say)
{
    /// <summary>The lines of the page.</summary>
    /// <param name="before">The verdict then.</param>
    /// <param name="after">The verdict now.</param>
    /// <param name="causes">Which of rules, facts and files changed.</param>
    /// <param name="findings">Findings.</param>
    /// <param name="duties">Duties.</param>
    public IEnumerable<Line> Of(
        Verdict before,
        Verdict after,
        IReadOnlyList<string> causes,
        IReadOnlyList<DifferenceItem> findings,
        IReadOnlyList<DifferenceItem> duties
    )
    {
        foreach (var item in findings)
        {
            yield return Head(item);
            if (item.Place.Length > 0)
            {
                yield return Line.Of($"  --> {item.Place}", Tone.Quiet);
            }
            if (item.Fix.Length > 0)
            {
                yield return new Line(new Span(say.Say("   = fix: ", "   = 修复："), Tone.Quiet), new Span(item.Fix, Tone.Good));
            }
        }
        if (findings.Count > 0)
        {
            yield return Line.Empty;
        }
        if (duties.Count > 0)
        {
            yield return Line.Of(say.Say("duties", "义务"), Tone.Heading);
            foreach (var item in duties)
            {
                yield return Head(item);
            }
            yield return Line.Empty;
        }
        if (causes.Count > 0)
        {
            yield return Line.Of(
                say.Say("changed since: ", "此后有变：") + string.Join(say.Say(", ", "、"), causes.Select(Cause)),
                Tone.Quiet
            );
        }
        yield return new Line(
            new Span(findings.Count + duties.Count == 0 ? say.Say("nothing new; ", "没有新的问题；") : "", Tone.Plain),
            new Span(before == after ? say.Verdict(after) : $"{say.Verdict(before)} → {say.Verdict(after)}", Phrases.ToneOf(after))
        );
    }

    /// <summary>The page as Markdown, for a comment on a pull request: the last line as its heading, the rest as a difference that code hosts color.</summary>
    /// <param name="work">The work.</param>
    /// <param name="lines">The lines of the page.</param>
    public string Markdown(string work, IReadOnlyList<Line> lines)
    {
        var text = new StringBuilder(
            $"## {say.Say("What this changes for", "此更改的影响：")} {Unmarked(work)}\n\n{Unmarked(lines[^1].ToString())}\n"
        );
        if (lines.Count > 1)
        {
            text.Append("\n```diff\n");
            foreach (var line in lines.SkipLast(1).Select(l => l.ToString()))
            {
                var mark =
                    line.StartsWith(New, StringComparison.Ordinal) ? "- "
                    : line.StartsWith(Gone, StringComparison.Ordinal) ? "+ "
                    : line.StartsWith(Changed, StringComparison.Ordinal) ? "! "
                    : "  ";
                text.Append($"{mark}{line.ReplaceLineEndings(" ")}".TrimEnd()).Append('\n');
            }
            text.Append("```\n");
        }
        return text.ToString();
    }

    // Words of strangers stay words.
    private static string Unmarked(string text) =>
        string.Concat(
            text.ReplaceLineEndings(" ")
                .Select(c => c is '<' or '@' or '[' or ']' or '*' or '_' or '`' or '#' or '\\' ? $"\\{c}" : c.ToString())
        );

    private string New => say.Say("new      ", "新增 ");

    private string Gone => say.Say("gone     ", "消失 ");

    private string Changed => say.Say("changed  ", "变化 ");

    private Line Head(DifferenceItem item) =>
        new(
            new Span(
                item.Mark switch
                {
                    "new" => New,
                    "gone" => Gone,
                    _ => Changed,
                },
                item.Mark == "new" ? Tone.Bad
                    : item.Mark == "gone" ? Tone.Good
                    : Tone.Caution
            ),
            new Span(item.Name, Tone.Strong),
            new Span($"  {item.Text}", Tone.Plain)
        );

    private string Cause(string cause) =>
        cause switch
        {
            "rules" => say.Say("the rules", "规则"),
            "facts" => say.Say("the question or its facts", "问题或事实"),
            _ => say.Say("the files", "文件"),
        };
}
