using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>What the verdicts of several licenses come to: as LineageDecider.OfWorks, of a choice the mildest, of a tag what its candidates agree on.</summary>
internal sealed class JointVerdict
{
    private readonly List<(Verdict Mildest, Verdict Agreed, Verdict Worst, int First)> works = [];

    /// <summary>The verdict.</summary>
    /// <param name="verdict">What stands whatever they are.</param>
    /// <param name="bounds">The licenses.</param>
    /// <param name="verdicts">What each of them answers.</param>
    public Verdict Of(Verdict verdict, ReadOnlySpan<HubReached> bounds, List<Verdict> verdicts)
    {
        works.Clear();
        for (var i = 0; i < bounds.Length; i++)
        {
            var given = verdicts[i];
            works.Add((given, given, given, i));
            if (bounds[i].First is var group && group < i)
            {
                var (mildest, agreed, worst, first) = works[group];
                // The license that the work declares first tells whether what it declares is certain.
                if (bounds[first].Marks.Candidate != bounds[i].Marks.Candidate && bounds[i].Marks.Rank < bounds[first].Marks.Rank)
                {
                    first = i;
                }
                works[group] = (given < mildest ? given : mildest, Decider.Together(agreed, given), Worse(worst, given), first);
                works[i] = (Verdict.Permitted, Verdict.Permitted, Verdict.Permitted, i);
            }
        }
        for (var i = 0; i < bounds.Length; i++)
        {
            verdict = Worse(
                verdict,
                bounds[i].Marks.IsChoice ? works[i].Mildest
                    : !bounds[works[i].First].Marks.Candidate ? works[i].Worst
                    : works[i].Agreed <= Verdict.PermittedWithDuties ? works[i].Agreed
                    : Verdict.Unclear
            );
        }
        return verdict;
    }

    /// <summary>The verdict of two that hold together; as <see cref="Verdicts.Joint"/>.</summary>
    public static Verdict Worse(Verdict one, Verdict other) =>
        one == Verdict.Prohibited || other == Verdict.Prohibited ? Verdict.Prohibited
        : one > other ? one
        : other;
}
