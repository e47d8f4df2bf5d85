using Entail.Core.Link;
using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>Records whose id an earlier one had: those that say something else are counted.</summary>
internal sealed class RepeatedRecords
{
    private readonly List<(string Id, HubShape Shape, IReadOnlyList<string> Names)> repeated = [];

    /// <summary>Takes one.</summary>
    public void Add(string id, HubShape shape, IReadOnlyList<string> names) => repeated.Add((id, shape, names));

    /// <summary>How many say something else than the record that counts.</summary>
    public long Differing(HubGraph graph)
    {
        if (repeated.Count == 0)
        {
            return 0;
        }
        var ids = repeated.Select(r => r.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var counting = graph
            .Works.Select(number => graph[number])
            .Where(node => ids.Contains(node.Id))
            .ToDictionary(node => node.Id, StringComparer.OrdinalIgnoreCase);
        return repeated.LongCount(r => !SaysTheSame(graph, counting[r.Id], r.Shape, r.Names));
    }

    private static bool SaysTheSame(HubGraph graph, HubNode node, HubShape shape, IReadOnlyList<string> names) =>
        node.Declared.Kind == shape.Like.Kind
        && node.Declared.Licenses.Select(l => (l.Part, l.Claim.Value))
            .SequenceEqual(shape.Like.Licenses.Select(l => (l.Part, l.Claim.Value)))
        && node.Steps.ToArray()
            .Select(s => (graph[s.From].Id.ToUpperInvariant(), s.Act, s.Inferred))
            .SequenceEqual(shape.Steps.Select(s => (names[s.From].ToUpperInvariant(), s.Act, s.Inferred)));
}
