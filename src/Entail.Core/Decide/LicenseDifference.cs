using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>What differs between two licenses: the verdict on each act, the duties of sharing, the restrictions, and which conveys the other.</summary>
public sealed record LicenseDifference(
    string A,
    string B,
    ImmutableArray<(string Act, Verdict A, Verdict B)> Verdicts,
    ImmutableArray<string> DutiesOnlyA,
    ImmutableArray<string> DutiesOnlyB,
    ImmutableArray<string> RestrictionsOnlyA,
    ImmutableArray<string> RestrictionsOnlyB,
    Answer3 AConveyedByB,
    Answer3 BConveyedByA
)
{
    /// <summary>Compares two licenses; uses are commercial, sharing acts are asked of the original and of a derivative.</summary>
    public static LicenseDifference Between(License a, License b, Decider decider)
    {
        var facts = Facts.None.With("commercial", new FactValue.Flag(true));
        var questions = Acts
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
            .ToList();
        var answers = questions.ConvertAll(q => (q.Name, A: decider.Ask(a, q.Question), B: decider.Ask(b, q.Question)));
        var dutiesA = answers.SelectMany(x => x.A.Duties).Select(d => d.Owe.Duty).ToImmutableSortedSet(StringComparer.Ordinal);
        var dutiesB = answers.SelectMany(x => x.B.Duties).Select(d => d.Owe.Duty).ToImmutableSortedSet(StringComparer.Ordinal);
        var usesA = a.Restrictions(Reading.Strict).Select(r => r.ToString()).ToImmutableSortedSet(StringComparer.Ordinal);
        var usesB = b.Restrictions(Reading.Strict).Select(r => r.ToString()).ToImmutableSortedSet(StringComparer.Ordinal);
        return new LicenseDifference(
            a.Id,
            b.Id,
            [.. answers.Where(x => x.A.Verdict != x.B.Verdict).Select(x => (x.Name, x.A.Verdict, x.B.Verdict))],
            [.. dutiesA.Except(dutiesB)],
            [.. dutiesB.Except(dutiesA)],
            [.. usesA.Except(usesB)],
            [.. usesB.Except(usesA)],
            decider.Conveys(a, new LicenseExpression.Single(b.Id, null), Subject.Derivative, Facts.None).Conveys,
            decider.Conveys(b, new LicenseExpression.Single(a.Id, null), Subject.Derivative, Facts.None).Conveys
        );
    }
}
