using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Decide;

/// <summary>Order and duplicates never matter, the same question gives the same answer, and every question has one.</summary>
public sealed class LawsOfOrder
{
    [Fact]
    public void Order_and_duplicates_of_acts_never_matter() => Law.Holds(Shuffled(Any.Trial), 400, ActsAreASet);

    [Fact]
    public void Order_and_duplicates_of_acts_never_matter_in_the_catalog() => Law.Holds(Shuffled(Any.CatalogTrial), 200, ActsAreASet);

    private static void ActsAreASet((Trial Trial, int Seed) tried)
    {
        var (trial, seed) = tried;
        var question = trial.Question;
        var mixed = question with
        {
            Acts = Mixed(question.Acts.AddRange(question.Acts), seed),
            MadeBy = Mixed(question.MadeBy.AddRange(question.MadeBy), seed),
        };
        Assert.Equal(Structure.Of(trial.Ask()), Structure.Of(trial.Decider.Ask(trial.License, mixed)));
    }

    [Fact]
    public void Order_of_rules_never_matters() => Law.Holds(Shuffled(Any.Trial), 400, RulesAreASet);

    [Fact]
    public void Order_of_rules_never_matters_in_the_catalog() => Law.Holds(Shuffled(Any.CatalogTrial), 200, RulesAreASet);

    private static void RulesAreASet((Trial Trial, int Seed) tried)
    {
        var (trial, seed) = tried;
        var mixed = trial.License with { Rules = Mixed(trial.License.Rules, seed) };
        Assert.Equal(Said(trial.Ask()), Said(Trial.Of(mixed, trial.Other).Ask(mixed, trial.Question)));
    }

    // What an answer says; the order of its lines follows the license.
    private static string Said(Answer answer) =>
        Structure.Of(
            new
            {
                answer.Verdict,
                Duties = Sorted(answer.Duties.Select(d => $"{d.Rule.Id} {d.Certainty} [{string.Join(' ', d.Acts)}] {d.When}")),
                Restrictions = Sorted(answer.Restrictions.Select(r => $"{r.Restriction} {r.Rule.Id}")),
                Assumed = Sorted(answer.Assumed.Select(a => a.Fact)),
                Because = Sorted(answer.Because.Select(b => b.Rule.Id)),
                Unclear = Sorted(answer.Unclear.Select(u => $"{u.Reason} {u.Subject}")),
                Missing = Sorted(answer.Missing.Select(m => $"{m.Kind} {m.Id}")),
                MaybeMissing = Sorted(answer.MaybeMissing.Select(m => $"{m.Kind} {m.Id}")),
                answer.Risks,
                answer.Ownership,
            }
        );

    [Fact]
    public void The_same_question_gives_the_same_answer() =>
        Law.Holds(Any.Trial, 300, t => Assert.Equal(Structure.Of(t.Ask()), Structure.Of(t.Ask())));

    [Theory, MemberData(nameof(Repository.LicenseRows), MemberType = typeof(Repository))]
    public void Every_act_of_every_subject_has_an_answer(string id)
    {
        var license = Repository.Catalog.Find(id)!;
        string?[] wanted = [null, "mit", id, "unheard-of", "mit OR " + id];
        foreach (var act in Acts.All)
        {
            foreach (var of in Enum.GetValues<Subject>().Cast<Subject?>().Prepend(null))
            {
                foreach (var name in act == Act.Relicense ? wanted : [null])
                {
                    var facts = Facts.None with { Assume = ((int)act + (int?)of ?? 0) % 2 == 0 };
                    var expression = name is null ? null : LicenseExpression.Parse(name);
                    var answer = Repository.Decider.Ask(license, new([act], expression, of, [], null, facts, Standing.Original));
                    Assert.True(Enum.IsDefined(answer.Verdict));
                    Assert.True(answer.Verdict != Verdict.Unclear || answer.Unclear.Length > 0, $"{act} of {of} is unclear for no reason");
                }
            }
        }
    }

    [Fact]
    public void Random_questions_to_the_catalog_have_answers() => Law.Holds(Any.CatalogTrial, 400, t => t.Ask());

    private static Arbitrary<(Trial Trial, int Seed)> Shuffled(Arbitrary<Trial> trials) =>
        Arb.From(
            from trial in trials.Generator
            from seed in Gen.Choose(0, 1000)
            select (trial, seed),
            t => trials.Shrinker(t.trial).Select(s => (s, t.seed))
        );

    private static ImmutableArray<T> Mixed<T>(ImmutableArray<T> values, int seed)
    {
        var mixed = values.ToArray();
        new Random(seed).Shuffle(mixed);
        return [.. mixed];
    }

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];
}
