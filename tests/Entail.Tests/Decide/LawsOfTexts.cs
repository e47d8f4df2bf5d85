using Entail.Core.Decide;
using Entail.Core.Identify;
using Entail.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Decide;

/// <summary>What a text that differs from its license may do to what it offers, over random licenses and random differences.</summary>
public sealed class LawsOfTexts
{
    private static readonly Passage Unread = MadeTexts.Words("whatever the harbor office says of lanterns");

    [Fact]
    public void One_more_restriction_clause_removed_never_makes_what_is_offered_convey_more() =>
        Law.Holds(
            Trials,
            500,
            t =>
            {
                // A ceiling bars restrictions that the other license adds: fewer of them are less to bar.
                if (t.Trial.License.Rules.Any(r => r.Effect is Effect.Owe { Duty: "no-further-restrictions" }))
                {
                    return;
                }
                foreach (var offered in new[] { t.Trial.License, t.Trial.Other })
                {
                    foreach (var removed in offered.Rules.Where(r => r.Effect is Effect.Restrict && !t.Missing.Contains(r.Id)))
                    {
                        var changed = t.Changed.Where(c => c != removed.Id).ToArray();
                        Assert.True(
                            Severity(Conveys(t.Trial, offered, [.. t.Missing, removed.Id], changed))
                                >= Severity(Conveys(t.Trial, offered, t.Missing, changed)),
                            $"{offered.Id} without {removed.Id}"
                        );
                    }
                }
            }
        );

    [Fact]
    public void Words_nobody_has_read_never_make_what_is_offered_certain() =>
        Law.Holds(
            Trials,
            500,
            t =>
            {
                foreach (var offered in new[] { t.Trial.License, t.Trial.Other })
                {
                    var before = Conveys(t.Trial, offered, t.Missing, t.Changed);
                    var after = Conveys(t.Trial, offered, t.Missing, t.Changed, Unread);
                    Assert.True(after == before || after == Answer3.Unclear, $"{offered.Id}: {before} became {after}");
                }
            }
        );

    [Fact]
    public void A_text_word_for_word_offers_what_its_license_does() =>
        Law.Holds(
            Trials,
            300,
            t =>
                Assert.Equal(
                    Trial
                        .Of(t.Trial.License, t.Trial.Other)
                        .Conveys(t.Trial.License, Single(t.Trial.Other), Subject.Derivative, Facts(t))
                        .Conveys,
                    Conveys(t.Trial, t.Trial.Other, [], [])
                )
        );

    private static Facts Facts((Trial Trial, string[] Missing, string[] Changed) t) => t.Trial.Question.Facts;

    private static LicenseExpression Single(License license) => new LicenseExpression.Single(license.Id, null);

    private static int Severity(Answer3 answer) =>
        answer switch
        {
            Answer3.Yes => 0,
            Answer3.Unclear => 1,
            _ => 2,
        };

    private static Answer3 Conveys(Trial trial, License offered, string[] missing, string[] changed, params Passage[] added)
    {
        var clauses = offered.Documents[0].Clauses.Select(c => c.Id).ToList();
        var text = offered.Text([.. missing.Where(clauses.Contains)], [.. changed.Where(clauses.Contains)], added);
        var decider = new Decider(
            name => name == offered.Id ? offered : null,
            Repository.Catalog.Facts,
            Repository.Catalog.Territories,
            Repository.Today,
            license => license.Id == offered.Id ? EffectiveLicense.Of(license, [text]) : EffectiveLicense.Unchanged(license)
        );
        return decider.Conveys(trial.License, Single(offered), Subject.Derivative, trial.Question.Facts).Conveys;
    }

    // Random licenses, some clauses of which are missing and some changed.
    private static Arbitrary<(Trial Trial, string[] Missing, string[] Changed)> Trials =>
        Arb.From(
            from trial in Any.Trial.Generator
            from touched in Gen.SubListOf("r0", "r1", "r2", "r3", "r4", "r5")
            from cut in Gen.Choose(0, touched.Count)
            select (
                trial with
                {
                    License = trial.License.Written(),
                    Other = trial.Other.Written(),
                },
                touched.Take(cut).ToArray(),
                touched.Skip(cut).ToArray()
            ),
            t =>
                t.Item2.Select(m => (t.Item1, t.Item2.Where(x => x != m).ToArray(), t.Item3))
                    .Concat(t.Item3.Select(c => (t.Item1, t.Item2, t.Item3.Where(x => x != c).ToArray())))
        );
}
