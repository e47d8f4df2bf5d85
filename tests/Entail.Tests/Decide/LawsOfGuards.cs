using Entail.Core.Decide;
using Entail.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Decide;

/// <summary>Guards follow Kleene's strong three-valued logic (Kleene, Introduction to Metamathematics, 1952, §64) and print as they are read.</summary>
public sealed class LawsOfGuards
{
    private static readonly Guard True = new Guard.Always();
    private static readonly Guard False = new Guard.Not(True);
    private static readonly Guard Unknown = new Guard.IsTrue("never-said");

    [Fact]
    public void A_printed_guard_reads_back_as_the_same_guard() =>
        Law.Holds(
            Arb.From(Any.Guards(3)),
            500,
            guard =>
            {
                Assert.True(GuardParser.TryParse(guard.ToString()!, out var read, out var error), error);
                Assert.Equal(Structure.Of(guard), Structure.Of(read));
                Assert.Equal(Shape(guard), Shape(read));
            }
        );

    // Guards print the same when they mean the same to a reader; the shape tells apart what only parentheses do.
    private static string Shape(Guard guard) =>
        guard switch
        {
            Guard.All all => $"all({string.Join(',', all.Operands.Select(Shape))})",
            Guard.Any any => $"any({string.Join(',', any.Operands.Select(Shape))})",
            Guard.Not not => $"not({Shape(not.Operand)})",
            _ => $"{guard.GetType().Name}:{guard}",
        };

    [Fact]
    public void Unknown_decides_nothing_and_hides_nothing()
    {
        Assert.Equal(false, Holds(And(Unknown, False)));
        Assert.Equal(false, Holds(And(False, Unknown)));
        Assert.Null(Holds(And(Unknown, True)));
        Assert.Equal(true, Holds(Or(Unknown, True)));
        Assert.Equal(true, Holds(Or(True, Unknown)));
        Assert.Null(Holds(Or(Unknown, False)));
        Assert.Null(Holds(new Guard.Not(Unknown)));
    }

    [Fact]
    public void Negation_is_its_own_inverse_and_swaps_and_with_or() =>
        Law.Holds(
            Situations,
            500,
            s =>
            {
                var (a, b, situation) = s;
                Assert.Equal(situation.Holds(a), situation.Holds(new Guard.Not(new Guard.Not(a))));
                Assert.Equal(situation.Holds(new Guard.Not(And(a, b))), situation.Holds(Or(new Guard.Not(a), new Guard.Not(b))));
                Assert.Equal(situation.Holds(new Guard.Not(Or(a, b))), situation.Holds(And(new Guard.Not(a), new Guard.Not(b))));
            }
        );

    [Fact]
    public void And_and_or_commute_absorb_and_keep_their_units() =>
        Law.Holds(
            Situations,
            500,
            s =>
            {
                var (a, b, situation) = s;
                Assert.Equal(situation.Holds(And(a, b)), situation.Holds(And(b, a)));
                Assert.Equal(situation.Holds(Or(a, b)), situation.Holds(Or(b, a)));
                Assert.Equal(situation.Holds(a), situation.Holds(And(a, Or(a, b))));
                Assert.Equal(situation.Holds(a), situation.Holds(Or(a, And(a, b))));
                Assert.Equal(situation.Holds(a), situation.Holds(And(a, True)));
                Assert.Equal(situation.Holds(a), situation.Holds(Or(a, False)));
                Assert.Equal(situation.Holds(a), situation.Holds(And(a, a)));
            }
        );

    /// <summary>Kleene's logic is monotone: an unknown may settle, what is settled stays. The law of facts rests on this.</summary>
    [Fact]
    public void Learning_a_fact_never_changes_a_guard_that_was_settled() =>
        Law.Holds(
            Arb.From(
                from guard in Any.Guards(3)
                from facts in Any.Facts
                from fact in Gen.Elements("commercial", "entity", "mau", "recipients", "territory", "seat", "date")
                from value in Any.Value(fact)
                select (guard, facts, fact, value)
            ),
            1000,
            t =>
            {
                var facts = t.facts with { Assume = false };
                if (facts.Known.ContainsKey(t.fact) || Of(facts).Holds(t.guard) is not { } settled)
                {
                    return;
                }
                Assert.Equal(settled, Of(facts.With(t.fact, t.value)).Holds(t.guard));
            }
        );

    private static Arbitrary<(Guard A, Guard B, Situation Situation)> Situations =>
        Arb.From(from a in Any.Guards(2) from b in Any.Guards(2) from facts in Any.Facts select (a, b, Of(facts)));

    private static Situation Of(Facts facts) => new(facts, "this", Repository.Catalog.Territories, Repository.Today);

    private static bool? Holds(Guard guard) => Of(Facts.None).Holds(guard);

    private static Guard And(Guard a, Guard b) => new Guard.All([a, b]);

    private static Guard Or(Guard a, Guard b) => new Guard.Any([a, b]);
}
