using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>An answer for people: the verdict first, then what decides it, what is owed, what is ruled out and what was presumed.</summary>
public static class AnswerPage
{
    /// <summary>The lines of the page.</summary>
    public static IEnumerable<Line> Of(Answer answer, string asked, IReadOnlyList<string> repairs, Phrases say)
    {
        yield return new Line(
            new Span(asked.Equals(answer.License, StringComparison.Ordinal) ? answer.License : $"{answer.License} ({asked})", Tone.Strong),
            new Span(": ", Tone.Plain),
            new Span(say.Verdict(answer.Verdict), Phrases.ToneOf(answer.Verdict))
        );
        if (answer.Chosen is not null)
        {
            yield return Line.Of(say.Say($"  by choosing {answer.Chosen}", $"  选择 {answer.Chosen}"), Tone.Quiet);
        }
        foreach (var one in answer.Cases)
        {
            yield return new Line(
                new Span($"  {string.Join(", ", one.When.Select(w => $"{w.Fact}: {w.Label}"))} → ", Tone.Plain),
                new Span(say.Verdict(one.Verdict), Phrases.ToneOf(one.Verdict)),
                new Span($"  [{Short(one.Clauses)}]", Tone.Quiet)
            );
        }
        foreach (var unclear in answer.Unclear.Where(u => u.Reason != UnclearReason.MissingFact || answer.Cases.IsEmpty))
        {
            yield return new Line(new Span($"  {say.Describe(unclear)}", Tone.Caution), new Span(Bracketed(unclear.Clauses), Tone.Quiet));
        }
        var because = Because(answer).Take(answer.Verdict == Verdict.Unclear ? 4 : 3).ToList();
        if (because.Count > 0)
        {
            yield return Line.Empty;
            yield return Line.Of(say.Say("because", "理由"), Tone.Heading);
            foreach (var reason in because)
            {
                yield return new Line(
                    new Span($"  {say.Say(reason.Rule.Summary)}", Tone.Plain),
                    new Span(Arguable(reason.Rule, say), Tone.Caution),
                    new Span($"  [{Phrases.Cite(reason.License, reason.Rule.Clauses)}]", Tone.Quiet)
                );
            }
        }
        if (!answer.MaybeMissing.IsEmpty)
        {
            yield return Line.Empty;
            yield return Line.Of(say.Say("what the license asked for lacks", "所选许可证缺少的内容"), Tone.Heading);
            foreach (var item in answer.MaybeMissing.Take(20))
            {
                yield return new Line(new Span($"  {say.Describe(item)}", Tone.Plain), new Span(Bracketed(item.Clauses), Tone.Quiet));
            }
            foreach (var repair in repairs)
            {
                yield return new Line(new Span(say.Say("  = repair: ", "  = 修复："), Tone.Quiet), new Span(repair, Tone.Good));
            }
        }
        if (!answer.Duties.IsEmpty && answer.Verdict is not (Verdict.Prohibited or Verdict.NeedsAgreement))
        {
            yield return Line.Empty;
            yield return Line.Of(say.Say("you owe", "您的义务"), Tone.Heading);
            foreach (var duty in answer.Duties)
            {
                yield return new Line(
                    new Span($"  {duty.Owe.Duty}", Tone.Strong),
                    new Span($"  {say.Say(duty.Rule.Summary)}", Tone.Plain),
                    new Span(Qualified(duty, say), Tone.Caution),
                    new Span($"  [{Phrases.Cite(duty.License, duty.Rule.Clauses)}]", Tone.Quiet)
                );
                if (duty.Owe.Words is not null)
                {
                    yield return Line.Of($"      “{duty.Owe.Words}”", Tone.Quiet);
                }
            }
        }
        if (!answer.Restrictions.IsEmpty && answer.Verdict is not (Verdict.Prohibited or Verdict.NeedsAgreement))
        {
            yield return Line.Empty;
            yield return Line.Of(say.Say("ruled out whatever else is allowed", "无论如何均被禁止的用途"), Tone.Heading);
            foreach (var group in answer.Restrictions.GroupBy(r => (r.License, r.Rule.Id)))
            {
                var rule = group.First().Rule;
                yield return new Line(
                    new Span($"  {say.Say(rule.Summary)}", Tone.Plain),
                    new Span(Arguable(rule, say), Tone.Caution),
                    new Span($"  [{Phrases.Cite(group.Key.License, rule.Clauses)}]", Tone.Quiet)
                );
            }
        }
        var assumed = answer.Assumed.Where(a => a.Fact != "purpose").ToList();
        if (assumed.Count > 0)
        {
            yield return Line.Empty;
            yield return Line.Of(say.Say("presumed (--assume none asks without)", "默认假设（--assume none 可取消）"), Tone.Heading);
            foreach (var one in assumed)
            {
                yield return new Line(
                    new Span($"  {one.Fact}: {one.Value}", Tone.Plain),
                    new Span(say.Say("; otherwise ", "；否则") + say.Verdict(one.Otherwise), Tone.Caution),
                    new Span($"  [{Short(one.Clauses)}]", Tone.Quiet)
                );
            }
        }
        if (!answer.Risks.IsEmpty)
        {
            yield return Line.Empty;
            yield return Line.Of(say.Say("worth knowing", "值得注意"), Tone.Heading);
            foreach (var risk in answer.Risks)
            {
                yield return Line.Of($"  {say.Risk(risk)}", Tone.Quiet);
            }
        }
    }

    /// <summary>The reasons, the most telling first: what forbids before what permits, and then in the order of the license.</summary>
    public static IEnumerable<Because> Because(Answer answer) =>
        answer.Because.OrderBy(b =>
            b.Rule.Effect switch
            {
                Effect.Prohibit or Effect.Threshold or Effect.Restrict or Effect.Terminate => 0,
                Effect.Terms => 1,
                Effect.Owe => 2,
                Effect.Pass => 4,
                _ => 3,
            }
        );

    private static string Arguable(Rule rule, Phrases say) =>
        rule.Certainty == Certainty.Arguable ? say.Say(" (arguable)", "（有争议）") : "";

    private static string Qualified(OwedDuty duty, Phrases say) =>
        (duty.Certainty, duty.When) switch
        {
            (Certainty.Yes, _) => "",
            (_, null) => say.Say(" (arguable)", "（有争议）"),
            (_, var when) => say.Say($" (when {when})", $"（当 {when}）"),
        };

    private static string Bracketed(ImmutableArray<ClauseRef> clauses) => clauses.IsEmpty ? "" : $"  [{Short(clauses)}]";

    private static string Short(ImmutableArray<ClauseRef> clauses) =>
        clauses.Length <= 4 ? Phrases.Cite(clauses) : Phrases.Cite(clauses.Take(4)) + " …";
}
