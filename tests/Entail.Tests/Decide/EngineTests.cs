using Entail.Core.Decide.Engine;
using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>The compiled engine answers as the reference evaluator does: on 100,000 random questions, of the catalog and of random licenses.</summary>
public sealed class EngineTests
{
    private static readonly RuleEngine OfCatalog = RuleEngine.Of(Repository.Catalog, Repository.Today);

    [Fact]
    public void It_agrees_with_the_reference_on_the_licenses_of_the_catalog() =>
        Law.Holds(Any.CatalogTrial, 50_000, t => Agrees(OfCatalog, t, t.Question));

    [Fact]
    public void It_agrees_with_the_reference_on_random_licenses() =>
        Law.Holds(Any.Trial, 25_000, t => Agrees(Of(t.License, t.Other), t, t.Question));

    [Fact]
    public void It_agrees_with_the_reference_when_one_more_fact_is_known() =>
        Law.Holds(
            Any.Trial,
            25_000,
            t => Agrees(Of(t.License, t.Other), t, t.Question with { Facts = t.Question.Facts.With(t.Fact, t.Value) })
        );

    private static RuleEngine Of(params License[] licenses) =>
        new(
            licenses,
            name => Array.Find(licenses, l => l.Id == name),
            Repository.Catalog.Facts,
            Repository.Catalog.Territories,
            Repository.Today
        );

    private static void Agrees(RuleEngine engine, Trial trial, Question question)
    {
        var reference = trial.Decider.Decide(trial.License, question);
        var quick = engine.Ask(trial.License, question);
        Assert.Equal(reference.Verdict, quick.Verdict);
        Assert.Equal(
            reference.Duties.Select(d => (d.Rule.Id, d.Certainty)),
            quick.Duties(trial.License).Select(d => (d.Rule.Id, d.Certainty))
        );
        Assert.Equal(quick, engine.Ask(trial.License, question));
    }
}
