using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>A license that binds a work of a hub.</summary>
/// <param name="License">Its canonical id, or the name as written; of a work without a license its own name.</param>
/// <param name="Origin">The number of the work whose license it is.</param>
/// <param name="Certainty">Arguable where only the strict reading, or a tag that may mean another, binds.</param>
public readonly record struct HubBinding(string? License, int Origin, Certainty Certainty);

/// <summary>Something wrong with a work of a hub.</summary>
/// <param name="Code">A finding code.</param>
/// <param name="License">The license involved; null without one.</param>
/// <param name="Origin">The number of the work it comes from; null without one.</param>
/// <param name="Certainty">Arguable where only the strict reading finds it.</param>
public readonly record struct HubFinding(string Code, string? License, int? Origin, Certainty Certainty);

/// <summary>The decision on a work of a hub.</summary>
public sealed record HubDecision(Verdict Verdict, ImmutableArray<HubBinding> Bindings, ImmutableArray<HubFinding> Findings);

/// <summary>A license of a work that binds another; those of one origin are a choice, or what one tag may mean.</summary>
internal readonly record struct Bound(int Origin, int State, bool Candidate, bool Direct);

/// <summary>How works of one kind come out; origins are places in the list that <see cref="HubDecisions.OriginsOf"/> gives.</summary>
internal sealed record HubOutcome(
    int Number,
    Verdict Verdict,
    ImmutableArray<HubBinding> Bindings,
    ImmutableArray<HubFinding> Findings,
    Bound[] Reached,
    bool HasGap
);

/// <summary>The decisions on all works of a hub, in the order in which they are asked about.</summary>
public sealed class HubDecisions
{
    private readonly HubGraph graph;
    private readonly HubOutcome?[] outcomes;
    private readonly Bound[][] reached;
    private readonly Dictionary<int, HubDecision> referred;

    internal HubDecisions(HubGraph graph, HubOutcome?[] outcomes, Bound[][] reached, Dictionary<int, HubDecision> referred)
    {
        this.graph = graph;
        this.outcomes = outcomes;
        this.reached = reached;
        this.referred = referred;
    }

    /// <summary>How many works are asked about.</summary>
    public int Count => graph.Works.Length;

    /// <summary>How many were left to the reference, being in a circle of origins or after one.</summary>
    public int Cyclic => referred.Count;

    /// <summary>The verdict on the work at a place.</summary>
    public Verdict VerdictAt(int place) =>
        referred.TryGetValue(graph.Works[place], out var decision) ? decision.Verdict : outcomes[graph.Works[place]]!.Verdict;

    /// <summary>What is wrong with the work at a place; of most, only what and how sure are good, for origins are numbers of places.</summary>
    internal ImmutableArray<HubFinding> KindsAt(int place) =>
        referred.TryGetValue(graph.Works[place], out var decision) ? decision.Findings : outcomes[graph.Works[place]]!.Findings;

    /// <summary>The decision on the work at a place.</summary>
    public HubDecision this[int place]
    {
        get
        {
            var number = graph.Works[place];
            if (referred.TryGetValue(number, out var decision))
            {
                return decision;
            }
            var outcome = outcomes[number]!;
            var origins = new List<int>();
            OriginsOf(graph, reached, number, origins);
            return new HubDecision(
                outcome.Verdict,
                [
                    .. outcome.Bindings.Select(b =>
                        b with
                        {
                            License = b.License ?? graph.Nodes[origins[b.Origin]].Id,
                            Origin = origins[b.Origin],
                        }
                    ),
                ],
                [.. outcome.Findings.Select(f => f with { Origin = f.Origin is { } origin ? origins[origin] : null })]
            );
        }
    }

    /// <summary>All works that a license of a work may come from: by each step what reached the source, and the source; last the work itself.</summary>
    internal static void OriginsOf(HubGraph graph, Bound[][] reached, int number, List<int> to)
    {
        to.Clear();
        foreach (var step in graph.Nodes[number].Steps)
        {
            foreach (var bound in reached[step.From])
            {
                to.Add(bound.Origin);
            }
            to.Add(step.From);
        }
        to.Add(number);
    }
}
