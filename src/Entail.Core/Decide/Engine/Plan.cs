using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>What of a question decides which facts matter and which ways they may be. Questions with the same key share a plan.</summary>
/// <param name="Acts">The acts asked of, as bits.</param>
/// <param name="MadeBy">Of the making acts of the question and of the subject's history, as bits, those that facts are asked about for.</param>
/// <param name="Known">The facts that were said, as bits in the order of the table's facts.</param>
/// <param name="Output">The question is about outputs.</param>
/// <param name="Relicense">A license for the result is asked for.</param>
/// <param name="Assume">The ordinary answers are presumed.</param>
internal readonly record struct PlanKey(uint Acts, uint MadeBy, ulong Known, bool Output, bool Relicense, bool Assume);

/// <summary>One way the unknown facts may be: the tests that hold, those that fail, and the restrictions that a supposed purpose meets.</summary>
internal readonly record struct World(ulong Yes, ulong No, UInt128 Hits);

/// <summary>
/// Every distinguishable combination of the facts that a question leaves unknown, as <see cref="Decider"/> finds them. Finding them takes a hundred
/// times as long as answering, and questions that differ in the values of known facts only share them.
/// </summary>
/// <param name="Worlds">The combinations; one without any where nothing is unknown.</param>
/// <param name="IsWhole">False where they would be too many with a further fact, which then stays unknown.</param>
internal sealed record Plan(ImmutableArray<World> Worlds, bool IsWhole)
{
    public static Plan Of(RuleTable table, Decider decider, Question question, Situation situation)
    {
        var (worlds, isWhole) = decider.WorldsOf(table.License, question, situation);
        return new Plan([.. worlds.Select(w => Supposed(table, situation, w))], isWhole);
    }

    private static World Supposed(RuleTable table, Situation situation, ImmutableArray<Possibility> world)
    {
        var supposed = world.Aggregate(situation, (s, p) => s.Suppose(p.Fact, p.Value));
        ulong yes = 0;
        ulong no = 0;
        for (var i = 0; i < table.Tests.Length; i++)
        {
            var test = table.Tests[i];
            if (world.Any(p => p.Fact == test.Fact))
            {
                var holds = supposed.Holds(test);
                yes |= holds == true ? 1UL << i : 0;
                no |= holds == false ? 1UL << i : 0;
            }
        }
        return new World(yes, no, table.Hit(world.FirstOrDefault(p => p.Fact == "purpose")?.Value));
    }
}
