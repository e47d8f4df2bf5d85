using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>A work of a hub, as much of it as deciding needs; equal licenses and facts of many works are one object.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Declared">Its kind and licenses.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="Steps">What it was made from: the number of the source, and the act.</param>
/// <param name="IsMissing">It is named, but nothing is known of it.</param>
/// <param name="Owner">The number of its owner, the same in any letter case; 0 without one.</param>
public readonly record struct HubNode(string Id, HubLabel Declared, Facts Facts, ImmutableArray<HubStep> Steps, bool IsMissing, int Owner);

/// <summary>A step from the work with a number.</summary>
public readonly record struct HubStep(int From, Act Act, bool Inferred);

/// <summary>What works of a hub declare, once for all that declare the same.</summary>
/// <param name="Kind">model, adapter or dataset.</param>
/// <param name="Licenses">The licenses, as written.</param>
/// <param name="Index">Its number.</param>
public sealed record HubLabel(string Kind, ImmutableArray<PartLicense> Licenses, int Index)
{
    /// <summary>The part that is shipped, and that others are made from.</summary>
    public Part MainPart { get; } = new LinkedWork("", Kind, WorkOrigin.Missing, [], [], Facts.None, null, null).MainPart;

    /// <summary>A work with that declaration.</summary>
    public LinkedWork Of(string id) => new(id, Kind, WorkOrigin.Record, Licenses, [], Facts.None, null, null);
}

/// <summary>
/// The works of a hub with numbers. A work that the catalog knows has two faces: what its record says, when it is asked about, and what the catalog says,
/// when others are made from it; the second one has a number of its own.
/// </summary>
/// <param name="Nodes">All nodes.</param>
/// <param name="Works">The numbers of those that are asked about, in the order of the records.</param>
/// <param name="Order">The numbers of the nodes others are made from and of those asked about, sources before what was made from them; without those in a cycle or after one.</param>
/// <param name="Doubled">The numbers of those asked about that have another face.</param>
/// <param name="Numbers">The number of a work that others are made from, by its name in any letter case.</param>
public sealed record HubGraph(
    ImmutableArray<HubNode> Nodes,
    ImmutableArray<int> Works,
    ImmutableArray<int> Order,
    IReadOnlyDictionary<string, int> Numbers,
    IReadOnlySet<int> Doubled
)
{
    /// <summary>True for a work that is said to be made from itself, near or far, by the other face that the catalog has of it.</summary>
    public bool IsFromItself(int number)
    {
        if (!Doubled.Contains(number) || !Numbers.TryGetValue(Nodes[number].Id, out var face))
        {
            return false;
        }
        var seen = new HashSet<int>();
        var pending = new Stack<int>([number]);
        while (pending.TryPop(out var next))
        {
            foreach (var step in Nodes[next].Steps.Where(s => seen.Add(s.From)))
            {
                pending.Push(step.From);
            }
        }
        return seen.Contains(face);
    }

    /// <summary>True where a number is the other face of a work that is asked about.</summary>
    public bool IsFace(int number, int work) =>
        Doubled.Contains(work) && Numbers.TryGetValue(Nodes[work].Id, out var face) && face == number;

    /// <summary>The order by sources first (Kahn, 1962); what is in a cycle or after one is left out.</summary>
    public static ImmutableArray<int> Sorted(IReadOnlyList<HubNode> nodes)
    {
        var waiting = new int[nodes.Count];
        var starts = new int[nodes.Count + 1];
        for (var i = 0; i < nodes.Count; i++)
        {
            waiting[i] = nodes[i].Steps.Length;
            foreach (var step in nodes[i].Steps)
            {
                starts[step.From + 1]++;
            }
        }
        for (var i = 0; i < nodes.Count; i++)
        {
            starts[i + 1] += starts[i];
        }
        var children = new int[starts[^1]];
        var next = starts.AsSpan(0, nodes.Count).ToArray();
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var step in nodes[i].Steps)
            {
                children[next[step.From]++] = i;
            }
        }
        var order = ImmutableArray.CreateBuilder<int>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (waiting[i] == 0)
            {
                order.Add(i);
            }
        }
        for (var done = 0; done < order.Count; done++)
        {
            var node = order[done];
            for (var c = starts[node]; c < starts[node + 1]; c++)
            {
                if (--waiting[children[c]] == 0)
                {
                    order.Add(children[c]);
                }
            }
        }
        return order.ToImmutable();
    }
}
