using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Decide;

/// <summary>"Conveys at least" orders licenses: every license conveys itself, and what conveys what conveys also conveys.</summary>
public sealed class LawsOfConveyance
{
    private static readonly Subject[] Subjects = [Subject.Original, Subject.Derivative];

    [Fact]
    public void Relicensing_to_the_same_license_conveys() =>
        Law.Holds(
            Any.Trial,
            400,
            t =>
                Assert.All(
                    Subjects,
                    s => Assert.Equal(Answer3.Yes, Conveys(t.Decider, t.License, t.License.Id, s, t.Question.Facts).Conveys)
                )
        );

    [Theory, MemberData(nameof(Repository.LicenseRows), MemberType = typeof(Repository))]
    public void Every_license_of_the_catalog_conveys_itself(string id) =>
        Assert.All(
            Subjects,
            s => Assert.Equal(Answer3.Yes, Conveys(Repository.Decider, Repository.Catalog.Find(id)!, id, s, Facts.None).Conveys)
        );

    [Fact]
    public void Conveying_is_transitive_over_the_catalog()
    {
        var broken = new List<string>();
        foreach (var subject in Subjects)
        {
            var licenses = Repository.Catalog.Licenses.ToList();
            var conveys = licenses
                .SelectMany(a =>
                    licenses.Select(b => (From: a.Id, To: b.Id, Said: Conveys(Repository.Decider, a, b.Id, subject, Facts.None)))
                )
                .ToDictionary(c => (c.From, c.To), c => c.Said);
            foreach (var ((a, b), _) in conveys.Where(c => c.Value.Conveys == Answer3.Yes))
            {
                foreach (var c in licenses.Select(l => l.Id).Where(c => conveys[(b, c)].Conveys == Answer3.Yes))
                {
                    var end = conveys[(a, c)];
                    if (end.Conveys != Answer3.Yes)
                    {
                        var missing = end.Missing.Select(m => $"{m.Kind} {m.Id} ({string.Join(", ", m.Clauses)})");
                        broken.Add($"{subject}: {a} -> {b} -> {c}, yet {a} -> {c} is {end.Conveys}: {string.Join("; ", missing)}");
                    }
                }
            }
        }
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Known_facts_never_unsettle_what_conveys() => Law.Holds(Any.Trial, 1000, NeverUnsettled);

    private static void NeverUnsettled(Trial trial)
    {
        var facts = trial.Question.Facts with { Assume = false };
        if (facts.Known.ContainsKey(trial.Fact))
        {
            return;
        }
        foreach (var subject in Subjects)
        {
            var before = Conveys(trial.Decider, trial.License, trial.Other.Id, subject, facts).Conveys;
            var after = Conveys(trial.Decider, trial.License, trial.Other.Id, subject, facts.With(trial.Fact, trial.Value)).Conveys;
            Assert.True(before == Answer3.Unclear || after == before, $"{before} became {after}");
        }
    }

    [Fact]
    public void An_unknown_license_is_never_said_to_convey_what_binds()
    {
        foreach (var license in Repository.Catalog.Licenses)
        {
            var keeps = license.Rules.Any(r => r.Effect is Effect.Terms { KeepRestrictions: true } && r.Of.Contains(Subject.Derivative));
            var said = Conveys(Repository.Decider, license, "unheard-of", Subject.Derivative, Facts.None).Conveys;
            Assert.False(keeps && said == Answer3.Yes, license.Id);
        }
    }

    private static (Answer3 Conveys, ImmutableArray<MissingItem> Missing, ImmutableArray<Rule> Because) Conveys(
        Decider decider,
        License inbound,
        string outbound,
        Subject subject,
        Facts facts
    ) => decider.Conveys(inbound, new LicenseExpression.Single(outbound, null), subject, facts);
}
