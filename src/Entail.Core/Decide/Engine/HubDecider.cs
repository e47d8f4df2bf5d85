using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>
/// Decides for every work of a hub whether it may be distributed under what it declares, in one pass over the graph: what binds a work is what passes by
/// its steps from what binds their sources. Works with the same declaration, made by the same acts from works to which the same applies, come out the
/// same, but for the works that the licenses come from: one of each kind is worked out, from answers of the compiled engine, and the others are looked
/// up. A work in a circle, or after one, is decided by its own lineage, circle cut. Equal to <see cref="LineageDecider"/>, work by work; a test compares
/// the two.
/// </summary>
/// <param name="catalog">The rules.</param>
/// <param name="today">The day of the question.</param>
/// <param name="lineageOf">Gives the lineage of a work as it is linked by itself, circles cut.</param>
public sealed class HubDecider(CompiledCatalog catalog, DateOnly today, Func<HubGraph, int, Lineage> lineageOf)
{
    internal HubAnswers Answers { get; } = new(catalog, today);

    /// <summary>Decides for every work that is asked about.</summary>
    public HubDecisions Decide(HubGraph graph)
    {
        var pass = new HubPass(graph, Answers);
        foreach (var number in graph.Sorted())
        {
            pass.Decide(number);
        }
        var decisions = new HubDecisions(graph, pass, this);
        foreach (var work in graph.Works)
        {
            decisions.Refer(work);
        }
        return decisions;
    }

    /// <summary>The decision of the reference evaluator on the same question.</summary>
    public LineageDecision Reference(Lineage lineage) => Answers.Reference(lineage);

    /// <summary>The decision on a work by its own lineage; origins are places in it.</summary>
    internal (HubDecision Decision, ImmutableArray<string> Works) OfLineage(HubGraph graph, int number)
    {
        var lineage = lineageOf(graph, number);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var nodes = new List<HubNode>();
        foreach (var work in lineage.Works) // sources first
        {
            var owner = work.Id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? work.Id[..slash] : null;
            if (owner is not null)
            {
                owners.TryAdd(owner, owners.Count + 1);
            }
            places[work.Id] = nodes.Count;
            nodes.Add(
                new HubNode(
                    work.Id,
                    new HubLabel(work.Kind, work.Licenses, nodes.Count),
                    work.Facts,
                    [.. work.Steps.Select(s => new HubStep(places[s.From], s.Act, s.Inferred))],
                    work.Origin,
                    owner is null ? 0 : owners[owner]
                )
            );
        }
        var pass = new HubPass(new HubGraph(nodes, [], places, new HashSet<int>()), Answers);
        var root = places[lineage.Root];
        var isOpen = lineage.Problems.Any(p => p.Code is "lineage-unknown" or "lineage-cycle" or "base-not-found");
        for (var i = 0; i < nodes.Count; i++)
        {
            pass.Decide(i, isOpen && i == root);
        }
        var decision = pass.DecisionOn(root);
        return (
            decision with
            {
                Findings =
                [
                    .. lineage
                        .Problems.Select(p => new HubFinding(
                            p.Code,
                            null,
                            places.TryGetValue(p.Subject, out var at) ? at : null,
                            Certainty.Yes
                        ))
                        .Distinct(),
                ],
            },
            [.. nodes.Select(n => n.Id)]
        );
    }
}
