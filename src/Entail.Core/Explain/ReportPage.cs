using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>
/// A report for people, in the manner of compilers: each finding with the offending line, at most three reasons, the clause and a fix to paste;
/// then the lineage as a small tree, what is owed, and the verdict.
/// </summary>
/// <param name="catalog">The catalog.</param>
/// <param name="say">The words.</param>
/// <param name="line">Gives the text of a line of a file of the folder; null where it has none.</param>
public sealed class ReportPage(CompiledCatalog catalog, Phrases say, Func<string, int, string?> line)
{
    private const int MostPlaces = 6;

    private readonly FindingWords words = new(catalog, say);
    private readonly Reasons reasons = new(say);

    /// <summary>The lines of the page.</summary>
    public IEnumerable<Line> Of(CheckResult result)
    {
        var open = result.Findings.Where(f => f.Suppressed is null).ToList();
        foreach (var finding in open.Where(f => f.Severity > Severity.Note).SelectMany(f => Finding(f, result)))
        {
            yield return finding;
        }
        var notes = open.Where(f => f.Severity == Severity.Note).ToList();
        foreach (var note in notes)
        {
            yield return new Line(
                new Span($"note[{note.Code}]", Tone.Quiet),
                new Span($": {words.Message(note)}", Tone.Quiet),
                new Span(Cited(note.Clauses), Tone.Quiet)
            );
        }
        if (notes.Count > 0)
        {
            yield return Line.Empty;
        }
        yield return Line.Of(say.Say("lineage", "谱系"), Tone.Heading);
        foreach (var one in Tree(result.Decision).Append(Line.Empty).Concat(Owed(result)).Concat(Used(result)).Concat(Conclusion(result)))
        {
            yield return one;
        }
    }

    private IEnumerable<Line> Finding(Finding finding, CheckResult result)
    {
        var tone = finding.Severity == Severity.Error ? Tone.Bad : Tone.Caution;
        yield return new Line(
            new Span($"{Kebab.Of(finding.Severity)}[{finding.Code}]", tone),
            new Span($": {words.Message(finding)}", Tone.Strong)
        );
        foreach (var place in finding.Evidence.Take(2).SelectMany(Place))
        {
            yield return place;
        }
        foreach (var reason in reasons.Of(finding, result).Take(3))
        {
            yield return new Line(new Span(say.Say("   = because: ", "   = 理由："), Tone.Quiet), new Span(reason, Tone.Plain));
        }
        if (!finding.Clauses.IsEmpty)
        {
            yield return new Line(
                new Span(say.Say("   = clause: ", "   = 条款："), Tone.Quiet),
                new Span(Short(finding.Clauses), Tone.Plain)
            );
        }
        yield return new Line(new Span(say.Say("   = fix: ", "   = 修复："), Tone.Quiet), new Span(words.Fix(finding), Tone.Good));
        yield return Line.Empty;
    }

    private IEnumerable<Line> Place(Evidence place)
    {
        var at = place.Line is { } number ? $"{place.File}:{number.ToString(CultureInfo.InvariantCulture)}" : place.File;
        yield return Line.Of($"  --> {at}{(place.Line is null && place.Pointer is { } pointer ? $" ({pointer})" : "")}", Tone.Quiet);
        // Of a license text, whose lines are long, only the words that differ are worth showing.
        var isWritten = place.Source is EvidenceSource.Declared or EvidenceSource.Configured;
        if (place.Line is { } shown && ((isWritten ? line(place.File, shown) : null) ?? place.Text) is { } text)
        {
            var gutter = shown.ToString(CultureInfo.InvariantCulture).PadLeft(4);
            yield return new Line(new Span($"{gutter} | ", Tone.Quiet), new Span(text.Length > 100 ? text[..100] + "…" : text, Tone.Plain));
        }
    }

    /// <summary>The lineage as a tree, the shipped work at its root.</summary>
    public IEnumerable<Line> Tree(LineageDecision decision) =>
        Branch(decision, decision.Lineage.RootWork, "", "", new HashSet<string>(StringComparer.Ordinal));

    private IEnumerable<Line> Branch(LineageDecision decision, LinkedWork work, string lead, string indent, HashSet<string> seen)
    {
        var licenses = work.Of(work.MainPart).Select(l => l.Claim.Value).Distinct().ToList();
        var shown = licenses.Count == 0 ? say.Say("no license known", "许可证未知") : string.Join(", ", licenses);
        // What several works were made from is told once.
        var isTold = !seen.Add(work.Id) && !work.Steps.IsEmpty;
        yield return new Line(
            new Span($"  {lead}", Tone.Quiet),
            new Span(work.Id, Tone.Strong),
            new Span($"  {shown}", licenses.Count == 0 ? Tone.Caution : Tone.Quiet),
            new Span(isTold ? say.Say("  (see above)", "（见上）") : "", Tone.Quiet)
        );
        if (isTold)
        {
            yield break;
        }
        for (var i = 0; i < work.Steps.Length; i++)
        {
            var step = work.Steps[i];
            var last = i == work.Steps.Length - 1;
            var label = $"{indent}{(last ? "└─ " : "├─ ")}{step.Act.Name()}{(step.Inferred ? say.Say(" (inferred)", "（推断）") : "")} ";
            foreach (var below in Branch(decision, decision.Lineage[step.From], label, indent + (last ? "   " : "│  "), seen))
            {
                yield return below;
            }
        }
    }

    private IEnumerable<Line> Owed(CheckResult result)
    {
        if (result.Duties.IsEmpty)
        {
            yield break;
        }
        yield return Line.Of(say.Say("duties", "义务"), Tone.Heading);
        // Two rules of a license may ask for one thing, as on handing out copies and on hosting: that is one thing to do.
        var duties = result
            .Duties.GroupBy(d => (d.License, d.Owe.Duty, d.State))
            .Select(g =>
                (Duty: g.MinBy(d => d.Certainty)!, Clauses: g.OrderBy(d => d.Certainty).SelectMany(d => d.Rule.Clauses).Distinct())
            );
        foreach (
            var (duty, clauses) in duties.OrderBy(d => d.Duty.State == DutyState.NotVisible).ThenBy(d => d.Duty.State == DutyState.Met)
        )
        {
            var (mark, tone) = duty.State switch
            {
                DutyState.Met => (say.Say("met        ", "已履行 "), Tone.Good),
                DutyState.Missing => (say.Say("missing    ", "缺失   "), Tone.Bad),
                _ => (say.Say("not visible", "不可见 "), Tone.Quiet),
            };
            var seen = duty.Evidence.IsEmpty
                ? ""
                : $"  {duty.Evidence[0].File}{(duty.Evidence[0].Line is { } at ? $":{at.ToString(CultureInfo.InvariantCulture)}" : "")}";
            yield return new Line(
                new Span($"  {mark} ", tone),
                new Span(duty.Owe.Duty, Tone.Plain),
                new Span(duty.Certainty == Certainty.Arguable ? say.Say(" (arguable)", "（有争议）") : "", Tone.Caution),
                new Span($"  [{Phrases.Cite(duty.License, [.. clauses])}]{seen}", Tone.Quiet)
            );
        }
        yield return Line.Empty;
    }

    // Which models, where in the code, and what each asks of that use.
    private IEnumerable<Line> Used(CheckResult result)
    {
        if (result.Uses.IsEmpty)
        {
            yield break;
        }
        yield return Line.Of(say.Say("used by the code", "代码使用的模型和数据"), Tone.Heading);
        foreach (var used in result.Uses)
        {
            var licenses = used.Licenses.ToList();
            yield return new Line(
                new Span($"  {used.Name}", Tone.Strong),
                new Span(
                    $"  {(licenses.Count == 0 ? say.Say("no license known", "许可证未知") : string.Join(", ", licenses))}",
                    licenses.Count == 0 ? Tone.Caution : Tone.Quiet
                ),
                new Span($"  {string.Join(", ", used.Acts.Select(a => a.Name()))}: ", Tone.Plain),
                new Span(say.Verdict(used.Decision.Verdict), Phrases.ToneOf(used.Decision.Verdict))
            );
            var places = used
                .Places.Select(p => $"{p.File}{(p.Line is { } at ? $":{at.ToString(CultureInfo.InvariantCulture)}" : "")}")
                .ToList();
            yield return Line.Of($"     {string.Join(", ", places.Take(MostPlaces))}{(places.Count > MostPlaces ? " …" : "")}", Tone.Quiet);
            foreach (var duty in used.Owed)
            {
                yield return new Line(
                    new Span($"     {duty.Owe.Duty}", Tone.Plain),
                    new Span(duty.Certainty == Certainty.Arguable ? say.Say(" (arguable)", "（有争议）") : "", Tone.Caution),
                    new Span($"  {say.Say(duty.Rule.Summary)}  [{Phrases.Cite(duty.License, duty.Rule.Clauses)}]", Tone.Quiet)
                );
            }
        }
        yield return Line.Empty;
    }

    private IEnumerable<Line> Conclusion(CheckResult result)
    {
        var decision = result.Decision;
        foreach (var tag in decision.Unclear.Where(say.IsOfTag).Select(say.Describe).Distinct())
        {
            yield return new Line(new Span(say.Say("open: ", "未决："), Tone.Caution), new Span(tag, Tone.Plain));
        }
        foreach (var group in decision.Unclear.Where(u => !say.IsOfTag(u)).GroupBy(u => u.Reason))
        {
            var subjects = group.Select(u => u.Subject).Where(u => u.Length > 0).Distinct().ToList();
            var clauses = group.SelectMany(u => u.Clauses).Distinct().ToImmutableArray();
            yield return new Line(
                new Span(say.Say("open: ", "未决："), Tone.Caution),
                new Span(say.Reason(group.Key), Tone.Plain),
                new Span(
                    subjects.Count == 0 ? "" : $" ({string.Join(", ", subjects.Take(4))}{(subjects.Count > 4 ? " …" : "")})",
                    Tone.Plain
                ),
                new Span(clauses.IsEmpty ? "" : $"  [{Short(clauses)}]", Tone.Quiet)
            );
        }
        foreach (var answer in decision.Bindings.Where(b => !b.Answer.Cases.IsEmpty).DistinctBy(b => b.Binding.Name).Take(3))
        {
            foreach (var one in answer.Answer.Cases.Take(4))
            {
                yield return new Line(
                    new Span($"  {answer.Binding.Name}, {string.Join(", ", one.When.Select(w => $"{w.Fact}: {w.Label}"))} → ", Tone.Plain),
                    new Span(say.Verdict(one.Verdict), Phrases.ToneOf(one.Verdict))
                );
            }
        }
        yield return Summary(result);
    }

    /// <summary>The last line: what was asked, the verdict, and how many findings there are.</summary>
    public Line Summary(CheckResult result)
    {
        var decision = result.Decision;
        var open = result.Findings.Where(f => f.Suppressed is null).ToList();
        var errors = open.Count(f => f.Severity == Severity.Error);
        var warnings = open.Count(f => f.Severity == Severity.Warning);
        var suppressed = result.Findings.Length - open.Count;
        var acts = string.Join(", ", decision.Question.Acts.Select(a => a.Name()));
        var question = decision.Question.As is { } wanted ? $"{acts} as {wanted}" : acts;
        return new Line(
            new Span($"{decision.Lineage.Root} ({question}): ", Tone.Strong),
            new Span(say.Verdict(result.Verdict), Phrases.ToneOf(result.Verdict)),
            new Span(
                say.Say(
                    $"; {Count(errors, "error")}, {Count(warnings, "warning")}{(suppressed > 0 ? $", {suppressed} suppressed" : "")}",
                    $"；{errors} 个错误，{warnings} 个警告{(suppressed > 0 ? $"，{suppressed} 个已抑制" : "")}"
                ),
                Tone.Plain
            )
        );
    }

    private static string Count(int count, string word) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {word}{(count == 1 ? "" : "s")}";

    private static string Cited(ImmutableArray<ClauseRef> clauses) => clauses.IsEmpty ? "" : $"  [{Short(clauses)}]";

    private static string Short(ImmutableArray<ClauseRef> clauses) =>
        clauses.Length <= 5 ? Phrases.Cite(clauses) : Phrases.Cite(clauses.Take(5)) + " …";
}
