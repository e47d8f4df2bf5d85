using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>Learning a fact that was not assumed may settle an unclear verdict but never flips a definite one.</summary>
/// <remarks>
/// One step is no flip: permitted-with-duties says that a duty is owed in some case or on some reading; when the fact shows that this
/// is not the asker's case, what remains is permitted. Never the other way: what was permitted outright stays so.
/// </remarks>
public sealed class LawsOfFacts
{
    [Fact]
    public void Learning_a_fact_never_flips_a_definite_verdict() => Law.Holds(Any.Trial, 1400, NeverFlips);

    [Fact]
    public void Learning_a_fact_never_flips_a_definite_verdict_of_the_catalog() => Law.Holds(Any.CatalogTrial, 400, NeverFlips);

    private static void NeverFlips(Trial trial)
    {
        if (!trial.CanBeLearned())
        {
            return;
        }
        var before = trial.Ask();
        if (before.Verdict == Verdict.Unclear)
        {
            return;
        }
        var learned = trial.Question with { Facts = trial.Question.Facts.With(trial.Fact, trial.Value) };
        var after = trial.Decider.Ask(trial.License, learned).Verdict;
        var dutyGone = before.Verdict == Verdict.PermittedWithDuties && after == Verdict.Permitted;
        Assert.True(after == before.Verdict || dutyGone, $"{before.Verdict} became {after}");
    }
}
