using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>A step on the way from one work to another.</summary>
internal readonly record struct Leg(int From, Act Act, bool Inferred, int To);

/// <summary>Ways from one work to another that was made from it.</summary>
internal static class Way
{
    /// <summary>
    /// The steps of the shortest way from an origin to a work, found backwards; from a work to itself around its circle. Empty where there is none.
    /// </summary>
    public static IReadOnlyList<Leg> Between(HubGraph graph, int origin, int work)
    {
        var via = new Dictionary<int, (int To, HubStep By)>();
        var pending = new Queue<int>([work]);
        while (!via.ContainsKey(origin) && pending.TryDequeue(out var next))
        {
            foreach (var step in graph[next].Steps)
            {
                var from = origin == work && graph.IsFace(step.From, work) ? work : step.From;
                if (via.TryAdd(from, (next, step)))
                {
                    pending.Enqueue(from);
                }
            }
        }
        var way = new List<Leg>();
        for (var at = origin; via.TryGetValue(at, out var step) && (way.Count == 0 || at != work); at = step.To)
        {
            way.Add(new Leg(at, step.By.Act, step.By.Inferred, step.To));
        }
        return way;
    }

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
