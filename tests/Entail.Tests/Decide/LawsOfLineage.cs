using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Link;
using Entail.Core.Model;
using Xunit;

namespace Entail.Tests.Decide;

/// <summary>The laws of DESIGN that speak of lineages, over random ones whose works carry licenses of the catalog.</summary>
public sealed class LawsOfLineage
{
    private const int Partners = 5;

    private const int Tries = 150;

    private static readonly ImmutableArray<Act> Making =
    [
        Act.Copy,
        Act.Modify,
        Act.FineTune,
        Act.Adapt,
        Act.Quantize,
        Act.Convert,
        Act.Merge,
        Act.Distill,
        Act.TrainOnOutputs,
        Act.Embed,
        Act.Generate,
    ];

    private static readonly string[] Licenses = [.. Repository.Catalog.LicenseIds];

    [Fact]
    public void Removing_a_step_never_adds_a_duty()
    {
        var owed = 0;
        for (var seed = 0; seed < Tries; seed++)
        {
            var works = Random(seed);
            var before = Duties(works);
            owed += before.Count;
            foreach (var (work, index) in works.Select((w, i) => (w, i)).Where(w => !w.w.Steps.IsEmpty))
            {
                foreach (var step in work.Steps)
                {
                    var after = Duties(works.SetItem(index, work with { Steps = work.Steps.Remove(step) }));
                    Assert.True(
                        after.IsSubsetOf(before),
                        $"seed {seed}: without {step.Work} -{step.Act}-> {work.Id}: {string.Join(", ", after.Except(before))}"
                    );
                }
            }
        }
        Assert.True(owed > Tries, "the random lineages owe too little to show anything");
    }

    [Fact]
    public void The_order_of_works_and_steps_never_matters()
    {
        for (var seed = 0; seed < Tries; seed++)
        {
            var works = Random(seed);
            var turned = works.Select(w => w with { Steps = [.. w.Steps.Reverse(), .. w.Steps.Take(1)] }).Reverse().ToImmutableArray();
            var (one, other) = (Decision(works), Decision(turned));
            Assert.True(
                one.Verdict == other.Verdict && Duties(works).SetEquals(Duties(turned)),
                $"seed {seed}: {one.Verdict}, {other.Verdict}"
            );
        }
    }

    [Fact]
    public void A_license_that_may_be_chosen_conveys_every_license_that_binds()
    {
        var decider = new ExpressionDecider(Repository.Catalog, Repository.Today);
        var compatibility = new Compatibility(Repository.Catalog, decider);
        var conveys = Licenses
            .SelectMany(from => Licenses.Select(to => (From: from, To: to)))
            .ToDictionary(p => p, p => compatibility.Check([p.From], LicenseExpression.Parse(p.To), Facts.None).Conveys);
        // Every license beside some others: all pairs with all they may be put under would be millions of questions.
        var random = new Random(1);
        foreach (
            var pair in Licenses.SelectMany(a =>
                Enumerable.Range(0, Partners).Select(_ => new[] { a, Licenses[random.Next(Licenses.Length)] })
            )
        )
        {
            foreach (var chosen in compatibility.Choose(pair, Facts.None).Where(c => c.Conveys == Answer3.Yes))
            {
                Assert.All(pair, from => Assert.Equal(Answer3.Yes, conveys[(from, chosen.To)]));
            }
        }
    }

    // The last work is shipped; it has no license of its own, so that it never counts as an original.
    private static ImmutableArray<ConfiguredWork> Random(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(2, 7);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new ConfiguredWork(
                    $"w{i}",
                    "model",
                    null,
                    null,
                    i == count - 1 ? [] : [(Part.Weights, new Claim(Licenses[random.Next(Licenses.Length)], Evidence))],
                    [
                        .. Enumerable
                            .Range(0, i)
                            .Where(_ => random.Next(2) == 0)
                            .Select(from => new DeclaredStep(
                                $"w{from}",
                                Making[random.Next(Making.Length)],
                                false,
                                null,
                                Facts.None,
                                Evidence
                            )),
                    ],
                    Facts.None,
                    Evidence
                )),
        ];
    }

    private static LineageDecision Decision(ImmutableArray<ConfiguredWork> works)
    {
        var shipped = works.MaxBy(w => w.Id, StringComparer.Ordinal)!.Id;
        var configuration = new Configuration(works, shipped, [Act.Distribute], null, Facts.None, Policy.None, []);
        var lineage = new Linker(Repository.Catalog, null, configuration, []).Link();
        var decider = new ExpressionDecider(Repository.Catalog, Repository.Today);
        return new LineageDecider(Repository.Catalog, decider, Repository.Today).Decide(lineage, Question.About(Act.Distribute, Act.Host));
    }

    private static ImmutableSortedSet<string> Duties(ImmutableArray<ConfiguredWork> works) =>
        Decision(works)
            .Bindings.SelectMany(b => b.Answer.Duties.Select(d => $"{d.License} {d.Rule.Id}"))
            .ToImmutableSortedSet(StringComparer.Ordinal);

    private static Evidence Evidence => new("entail.yaml", 1, null, null, null, EvidenceSource.Configured);
}
