using Entail.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Decide;

/// <summary>The two readings are ordered, and so are licenses that differ by one restriction.</summary>
public sealed class LawsOfReadings
{
    [Fact]
    public void The_strict_outcome_is_never_milder_than_the_lenient_one() => Law.Holds(Any.Trial, 1500, StrictIsStricter);

    [Fact]
    public void The_strict_outcome_is_never_milder_than_the_lenient_one_in_the_catalog() =>
        Law.Holds(Any.CatalogTrial, 500, StrictIsStricter);

    private static void StrictIsStricter(Trial trial)
    {
        var (lenient, strict) = trial.Decider.Both(trial.License, trial.Question, trial.Situation);
        Assert.True(strict.Level >= lenient.Level, $"leniently {lenient.Level}, strictly {strict.Level}");
        // A wider strength of the same restriction may be missing strictly, so kinds are compared.
        Assert.Empty(lenient.Missing.Select(m => m.Kind).Except(strict.Missing.Select(m => m.Kind)));
    }

    [Fact]
    public void One_more_restriction_never_makes_a_verdict_milder() => Law.Holds(With(Any.Trial), 800, NeverMilder);

    [Fact]
    public void One_more_restriction_never_makes_a_verdict_of_the_catalog_milder() => Law.Holds(With(Any.CatalogTrial), 300, NeverMilder);

    private static Arbitrary<(Trial Trial, Rule Rule)> With(Arbitrary<Trial> trials) =>
        Arb.From(
            from trial in trials.Generator
            from rule in Any.Rule("more").Where(r => r.Effect is Effect.Restrict)
            select (trial, rule),
            t => trials.Shrinker(t.trial).Select(s => (s, t.rule))
        );

    private static void NeverMilder((Trial Trial, Rule Rule) tried)
    {
        var (trial, rule) = tried;
        // A ceiling bars restrictions beyond the license's own, so a restriction of its own lifts it: that is what the ceiling says.
        var ceiling = trial.License.Rules.Any(r => r.Effect is Effect.Owe { Duty: "no-further-restrictions" });
        if (ceiling && trial.Question.As is not null)
        {
            return;
        }
        var stricter = trial.License with { Rules = trial.License.Rules.Add(rule) };
        var decider = Trial.Of(stricter, trial.Other);
        var (lenient, strict) = trial.Decider.Both(trial.License, trial.Question, trial.Situation);
        var (lenientAfter, strictAfter) = decider.Both(stricter, trial.Question, trial.Situation);
        Assert.True(lenientAfter.Level >= lenient.Level, $"leniently {lenient.Level} became {lenientAfter.Level}: {rule}");
        Assert.True(strictAfter.Level >= strict.Level, $"strictly {strict.Level} became {strictAfter.Level}: {rule}");

        // That no purpose is restricted is presumed, so one more restriction presumes more: where guards test restricted categories, fewer
        // purposes are left to be unclear about.
        var presumesMore = trial.License.Rules.SelectMany(r => r.When.Tests()).Any(t => t.Fact == "purpose");
        if (trial.Question.Facts.Assume && presumesMore)
        {
            return;
        }
        var before = trial.Ask().Verdict;
        var after = decider.Ask(stricter, trial.Question).Verdict;
        // Unclear is neither mild nor severe, but some of what it stood between was worse than permission.
        var least = before == Verdict.Unclear ? Verdict.NeedsAgreement : before;
        Assert.True(after >= least, $"{before} became {after}: {rule}");
    }
}
