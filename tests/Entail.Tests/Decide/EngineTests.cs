using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Decide.Engine;
using Entail.Core.Model;
using FsCheck.Fluent;

namespace Entail.Tests.Decide;

/// <summary>The compiled engine answers as the reference evaluator does: on 100,000 random questions, of the catalog and of random licenses.</summary>
public sealed class EngineTests
{
    private const int OfTheCatalog = 62_000;
    private const int Pairs = 1_000;
    private const int OfEachPair = 34;
    private const int TriedOfTheCatalog = 1_500;
    private const int Tried = 3_000;

    private static readonly RuleEngine Engine = RuleEngine.Of(Repository.Catalog, Repository.Today);
    private static readonly ImmutableArray<License> Licenses = [.. Repository.Catalog.Licenses];
    private static readonly string[] Names = [.. Repository.Catalog.LicenseIds, "unheard-of", "openrail"];

    // Most facts that a license turns on are known: what is unknown is tried by the laws below, in every combination.
    [Fact]
    public void It_agrees_with_the_reference_on_licenses_of_the_catalog()
    {
        var verdicts = new HashSet<Verdict>();
        var opennesses = new HashSet<(bool, bool)>();
        for (var seed = 0; seed < OfTheCatalog; seed++)
        {
            var random = new Random(seed);
            var license = Licenses[random.Next(Licenses.Length)];
            var question = AnyQuestion.Of(random, license, Names);
            var (verdict, openness) = Agrees(Engine, Repository.Decider, license, question, seed);
            verdicts.Add(verdict);
            opennesses.UnionWith(openness is { } kind ? [kind] : []);
        }
        Assert.Equal(Enum.GetValues<Verdict>().Length, verdicts.Count);
        Assert.Equal(3, opennesses.Count);
    }

    [Fact]
    public void It_agrees_with_the_reference_on_random_licenses()
    {
        var seed = 0;
        foreach (var trial in Any.Trial.Generator.Sample(Pairs))
        {
            var engine = Of(trial.License, trial.Other);
            for (var i = 0; i < OfEachPair; i++, seed++)
            {
                Agrees(
                    engine,
                    trial.Decider,
                    trial.License,
                    AnyQuestion.Of(new Random(seed), trial.License, ["this", "other", "unheard-of"]),
                    seed
                );
            }
        }
    }

    [Fact]
    public void It_agrees_where_much_is_unknown() =>
        Law.Holds(Any.CatalogTrial, TriedOfTheCatalog, t => Agrees(Engine, t.Decider, t.License, t.Question, 0));

    [Fact]
    public void It_agrees_on_random_licenses_where_much_is_unknown() =>
        Law.Holds(Any.Trial, Tried, t => Agrees(Of(t.License, t.Other), t.Decider, t.License, t.Question, 0));

    [Fact]
    public void A_question_like_one_before_is_answered_without_allocating()
    {
        var license = Licenses.MaxBy(l => l.Rules.Length)!;
        var question = Question.About(Act.FineTune, Act.Distribute, Act.Sell) with { As = new LicenseExpression.Single(license.Id, null) };
        for (var i = 0; i < 200; i++)
        {
            Engine.Ask(license, question);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Engine.Ask(license, question);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static RuleEngine Of(params License[] licenses) =>
        new(
            licenses,
            name => Array.Find(licenses, l => l.Id == name),
            Repository.Catalog.Facts,
            Repository.Catalog.Territories,
            Repository.Today
        );

    private static (Verdict Verdict, (bool IsOpen, bool IsBlocked)? Openness) Agrees(
        RuleEngine engine,
        Decider decider,
        License license,
        Question question,
        int seed
    )
    {
        var (verdict, duties, missing, maybe) = decider.Decide(license, question);
        var quick = engine.Ask(license, question);
        Assert.True(verdict == quick.Verdict, $"seed {seed}, {license.Id}: {verdict}, but {quick.Verdict}");
        var owed = duties.Select(d => (d.Rule.Id, d.Certainty));
        Assert.True(
            owed.SequenceEqual(quick.Duties(license).Select(d => (d.Rule.Id, d.Certainty))),
            $"seed {seed}, {license.Id}: other duties"
        );
        Assert.True(
            (LackOf(missing), LackOf(maybe)) == (quick.Lacking, quick.MaybeLacking),
            $"seed {seed}, {license.Id}: lacks {LackOf(missing)}, {LackOf(maybe)}, but {quick.Lacking}, {quick.MaybeLacking}"
        );
        Assert.Equal(quick, engine.Ask(license, question));
        return (verdict, question.As is null && verdict == Verdict.Unclear ? Openness(engine, decider, license, question, seed) : null);
    }

    private static (bool IsOpen, bool IsBlocked) Openness(RuleEngine engine, Decider decider, License license, Question question, int seed)
    {
        var answer = decider.Ask(license, question);
        var isOpen = FindingRules.IsOpen(answer);
        var expected = (isOpen, isOpen && FindingRules.Blocking(answer).Any());
        var quick = engine.Openness(license, question);
        Assert.True(expected == quick, $"seed {seed}, {license.Id}: {expected}, but {quick}");
        return quick;
    }

    private static Lack LackOf(IEnumerable<MissingItem> missing) =>
        missing.Aggregate(
            Lack.None,
            (all, m) =>
                all
                | m.Kind switch
                {
                    "restriction" => m.Id.StartsWith("SCP.NC", StringComparison.Ordinal) ? Lack.Noncommercial : Lack.Restriction,
                    "share-alike" => Lack.ShareAlike,
                    "grant" => Lack.Grant,
                    "ceiling" => Lack.Ceiling,
                    _ => throw new System.Diagnostics.UnreachableException(m.Kind),
                }
        );
}
