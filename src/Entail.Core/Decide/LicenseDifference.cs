using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>
/// What differs between two licenses: the verdict on each act, the duties of sharing, the restrictions, the rules behind these and other terms
/// that only one has, and which conveys the other.
/// </summary>
public sealed record LicenseDifference(
    string A,
    string B,
    ImmutableArray<(string Act, Verdict A, Verdict B)> Verdicts,
    ImmutableArray<string> DutiesOnlyA,
    ImmutableArray<string> DutiesOnlyB,
    ImmutableArray<string> RestrictionsOnlyA,
    ImmutableArray<string> RestrictionsOnlyB,
    Answer3 AConveyedByB,
    Answer3 BConveyedByA,
    ImmutableArray<Rule> RulesOnlyA,
    ImmutableArray<Rule> RulesOnlyB
)
{
    /// <summary>Compares two licenses; uses are commercial, sharing acts are asked of the original and of a derivative.</summary>
    public static LicenseDifference Between(License a, License b, Decider decider)
    {
        var answers = Answers(a, decider, b, decider);
        var dutiesA = answers.SelectMany(x => x.A.Duties).Select(d => d.Owe.Duty).ToImmutableSortedSet(StringComparer.Ordinal);
        var dutiesB = answers.SelectMany(x => x.B.Duties).Select(d => d.Owe.Duty).ToImmutableSortedSet(StringComparer.Ordinal);
        var usesA = a.Restrictions(Reading.Strict).Select(r => r.ToString()).ToImmutableSortedSet(StringComparer.Ordinal);
        var usesB = b.Restrictions(Reading.Strict).Select(r => r.ToString()).ToImmutableSortedSet(StringComparer.Ordinal);
        return new LicenseDifference(
            a.Id,
            b.Id,
            Differing(answers),
            [.. dutiesA.Except(dutiesB)],
            [.. dutiesB.Except(dutiesA)],
            [.. usesA.Except(usesB)],
            [.. usesB.Except(usesA)],
            decider.Conveys(a, new LicenseExpression.Single(b.Id, null), Subject.Derivative, Facts.None).Conveys,
            decider.Conveys(b, new LicenseExpression.Single(a.Id, null), Subject.Derivative, Facts.None).Conveys,
            OnlyOf(a, dutiesA.Except(dutiesB), usesA.Except(usesB), b),
            OnlyOf(b, dutiesB.Except(dutiesA), usesB.Except(usesA), a)
        );
    }

    /// <summary>The acts on which two states of a license differ, each asked with its own catalog.</summary>
    public static ImmutableArray<(string Act, Verdict A, Verdict B)> VerdictsOf(License a, Decider askA, License b, Decider askB) =>
        Differing(Answers(a, askA, b, askB));

    private static ImmutableArray<(string Act, Verdict A, Verdict B)> Differing(List<(string Name, Answer A, Answer B)> answers) =>
        [.. answers.Where(x => x.A.Verdict != x.B.Verdict).Select(x => (x.Name, x.A.Verdict, x.B.Verdict))];

    private static List<(string Name, Answer A, Answer B)> Answers(License a, Decider askA, License b, Decider askB)
    {
        var facts = Facts.None.With("commercial", new FactValue.Flag(true));
        return
        [
            .. Acts
                .All.SelectMany(act =>
                    act.HasSubject() ? new (Act, Subject?)[] { (act, Subject.Original), (act, Subject.Derivative) } : [(act, null)]
                )
                .Select(q =>
                    (
                        Name: q.Item2 is { } of ? $"{q.Item1.Name()} ({Kebab.Of(of)})" : q.Item1.Name(),
                        Question: Question.About(q.Item1) with
                        {
                            Of = q.Item2,
                            Facts = facts,
                        }
                    )
                )
                .Select(q => (q.Name, askA.Ask(a, q.Question), askB.Ask(b, q.Question))),
        ];
    }

    // Grants and prohibitions are left to the verdicts: how many acts one rule speaks of is a matter of encoding.
    private static ImmutableArray<Rule> OnlyOf(License license, ISet<string> duties, ISet<string> uses, License other)
    {
        var terms = other.Rules.Select(Term).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. license.Rules.Where(rule =>
                rule.Effect switch
                {
                    Effect.Owe owe => duties.Contains(owe.Duty),
                    Effect.Restrict restrict => restrict.Uses.Any(use => uses.Contains(use.ToString())),
                    _ => Term(rule) is { } term && !terms.Contains(term),
                }
            ),
        ];
    }

    private static string? Term(Rule rule) =>
        rule.Effect switch
        {
            Effect.Threshold threshold => $"{threshold} {rule.When}",
            Effect.Terms or Effect.Own or Effect.Terminate or Effect.Warn => rule.Effect.ToString(),
            _ => null,
        };
}
