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
public sealed class HubDecider(CompiledCatalog catalog, DateOnly today)
{
    internal HubAnswers Answers { get; } = new(catalog, today);

    /// <summary>Decides for every work that is asked about.</summary>
    public HubDecisions Decide(HubGraph graph)
    {
        var pass = new HubPass(graph, new HubKinds(graph, Answers), Answers);
        foreach (var number in graph.Sorted())
        {
            pass.Decide(number);
        }
        var decisions = new HubDecisions(graph, pass, Answers);
        decisions.ReferAll();
        return decisions;
    }

    /// <summary>The decision of the reference evaluator on the same question.</summary>
    public LineageDecision Reference(Lineage lineage) => Answers.Reference(lineage);
}
