using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>A step on the way from one work to another.</summary>
internal readonly record struct Leg(int From, Act Act, bool Inferred, int To);

/// <summary>The shortest ways to a work from those it was made from, found backwards, no further than is asked.</summary>
/// <param name="graph">The graph.</param>
/// <param name="work">The work.</param>
internal sealed class Ways(HubGraph graph, int work)
{
    private readonly Dictionary<int, (int To, HubStep By)> via = [];
    private readonly Queue<int> pending = new([work]);

    /// <summary>The steps of the way from an origin, or from the work to itself around its circle. Empty where there is none.</summary>
    public IReadOnlyList<Leg> From(int origin) =>
        origin == work ? Search(origin, [], new Queue<int>([work])) : Search(origin, via, pending);

    private List<Leg> Search(int origin, Dictionary<int, (int To, HubStep By)> found, Queue<int> open)
    {
        while (!found.ContainsKey(origin) && open.TryDequeue(out var next))
        {
            foreach (var step in graph[next].Steps)
            {
                var from = origin == work && graph.IsFace(step.From, work) ? work : step.From;
                if (found.TryAdd(from, (next, step)))
                {
                    open.Enqueue(from);
                }
            }
        }
        var way = new List<Leg>();
        for (var at = origin; found.TryGetValue(at, out var step) && (way.Count == 0 || at != work); at = step.To)
        {
            way.Add(new Leg(at, step.By.Act, step.By.Inferred, step.To));
        }
        return way;
    }
}

/// <summary>Ways from one work to another that was made from it.</summary>
internal static class Way
{
    /// <summary>The works of a way as a graph of their own, in order; null where a work is twice among them, or there is no way.</summary>
    public static HubGraph? Alone(HubGraph graph, IReadOnlyList<Leg> way)
    {
        if (way.Count == 0)
        {
            return null;
        }
        var alone = new HubGraph();
        if (!Add(way[0].From, []))
        {
            return null;
        }
        foreach (var leg in way)
        {
            if (!Add(leg.To, [new HubStep(alone.Count - 1, leg.Act, leg.Inferred)]))
            {
                return null;
            }
        }
        alone.Ask(alone.Count - 1, isDoubled: false);
        return alone;

        bool Add(int number, ReadOnlySpan<HubStep> steps)
        {
            var node = graph[number];
            return alone.Find(node.Id) < 0 && alone.Add(node.Id, node.Declared, node.Facts, steps, node.Origin) >= 0;
        }
    }
}
