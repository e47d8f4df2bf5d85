using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>One thing that a license lets people do, asks or rules out, in one sentence with its clauses.</summary>
public sealed record GlancePoint(string Text, ImmutableArray<string> Clauses, Certainty Certainty);

/// <summary>A license at a glance: what one may do, what one must do, what one must not do.</summary>
/// <param name="May">Acts that are permitted, or depend on facts or on the reading; each verdict with its acts as one phrase.</param>
/// <param name="Must">Duties of whoever does an act, by the rule that asks for them.</param>
/// <param name="Not">Acts that need an agreement or are prohibited, in the same form.</param>
/// <param name="MustNot">What the license prohibits, and the uses it rules out.</param>
public sealed record Glance(
    ImmutableArray<(Verdict Verdict, string Acts)> May,
    ImmutableArray<GlancePoint> Must,
    ImmutableArray<(Verdict Verdict, string Acts)> Not,
    ImmutableArray<GlancePoint> MustNot
)
{
    /// <summary>The license at a glance, with nothing known of the asker but what every question presumes.</summary>
    public static Glance Of(License license, Decider decider, Phrases say)
    {
        // Training on a dataset is asked of those that speak of data.
        var asked = Acts
            .All.Where(a => a != Act.TrainOnData || license.Covers.Contains(Part.Data))
            .Select(a =>
                (Act: a, Answer: decider.Ask(license, Question.About(a) with { Of = a == Act.Relicense ? Subject.Derivative : null }))
            )
            .ToList();
        return new Glance(
            ByVerdict(Verdict.Permitted, Verdict.PermittedWithDuties, Verdict.Unclear),
            [
                .. license
                    .Rules.Where(r => r.Effect is Effect.Owe)
                    .Select(r => Point(r, say.Duty(((Effect.Owe)r.Effect).Duty) + say.Say(": ", "："))),
            ],
            ByVerdict(Verdict.NeedsAgreement, Verdict.Prohibited),
            [
                .. license.Rules.Where(r => r.Effect is Effect.Prohibit or Effect.Threshold).Select(r => Point(r, "")),
                .. license.Rules.Where(r => r.Effect is Effect.Restrict).Select(r => Point(r, "")),
            ]
        );

        ImmutableArray<(Verdict, string)> ByVerdict(params Verdict[] verdicts) =>
            [
                .. verdicts
                    .Select(v =>
                        (v, string.Join(say.Say("; ", "；"), asked.Where(a => a.Answer.Verdict == v).Select(a => say.ActPhrase(a.Act))))
                    )
                    .Where(v => v.Item2.Length > 0),
            ];

        GlancePoint Point(Rule rule, string lead) => new(lead + say.Say(rule.Summary), rule.Clauses, rule.Certainty);
    }
}
