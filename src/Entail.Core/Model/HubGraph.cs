using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Entail.Core.Model;

/// <summary>A work of a hub, as much of it as deciding needs; equal licenses and facts of many works are one object.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Declared">Its kind and licenses.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="Steps">What it was made from: the number of the source, and the act.</param>
/// <param name="Origin">Where it is known from: a record, the catalog, or nowhere.</param>
/// <param name="Owner">The number of its owner, the same in any letter case; 0 without one.</param>
public readonly record struct HubNode(
    string Id,
    HubLabel Declared,
    Facts Facts,
    ImmutableArray<HubStep> Steps,
    WorkOrigin Origin,
    int Owner
)
{
    /// <summary>True where it is named, but nothing is known of it.</summary>
    public bool IsMissing => Origin == WorkOrigin.Missing;
}

/// <summary>A step from the work with a number.</summary>
public readonly record struct HubStep(int From, Act Act, bool Inferred);

/// <summary>What works of a hub declare, once for all that declare the same.</summary>
/// <param name="Kind">model, adapter or dataset.</param>
/// <param name="Licenses">The licenses, as written.</param>
/// <param name="Index">Its number.</param>
public sealed record HubLabel(string Kind, ImmutableArray<PartLicense> Licenses, int Index)
{
    /// <summary>The licenses as written, each once.</summary>
    public ImmutableArray<string> Values { get; } = [.. Licenses.Select(l => l.Claim.Value).Distinct()];

    /// <summary>The part that is shipped, and that others are made from.</summary>
    public Part MainPart { get; } = new LinkedWork("", Kind, WorkOrigin.Missing, [], [], Facts.None, null, null).MainPart;

    /// <summary>A work with that declaration.</summary>
    public LinkedWork Of(string id) => new(id, Kind, WorkOrigin.Record, Licenses, [], Facts.None, null, null);
}

/// <summary>
/// The works of a hub with numbers. A work that the catalog knows has two faces: what its record says, when it is asked about, and what the catalog says,
/// when others are made from it; the second one has a number of its own. Whoever made the graph may change its nodes and add to them.
/// </summary>
/// <param name="nodes">All nodes.</param>
/// <param name="works">The numbers of those that are asked about, in the order of the records.</param>
/// <param name="numbers">The number of a work that others are made from, by its name in any letter case.</param>
/// <param name="doubled">The numbers of those asked about that have another face.</param>
public sealed class HubGraph(List<HubNode> nodes, List<int> works, IReadOnlyDictionary<string, int> numbers, IReadOnlySet<int> doubled)
{
    // What was made from each node, as of the first time that was asked; and what came after that.
    private (int[] Starts, int[] Nodes)? next;
    private readonly Dictionary<int, List<int>> later = [];

    /// <summary>All nodes.</summary>
    public ReadOnlySpan<HubNode> Nodes => CollectionsMarshal.AsSpan(nodes);

    /// <summary>The numbers of the nodes that are asked about, in the order of the records.</summary>
    public IReadOnlyList<int> Works => works;

    /// <summary>The number of a work that others are made from, by its name in any letter case.</summary>
    public IReadOnlyDictionary<string, int> Numbers => numbers;

    /// <summary>True for a work that is said to be made from itself, near or far, by the other face that the catalog has of it.</summary>
    public bool IsFromItself(int number)
    {
        if (!doubled.Contains(number) || !numbers.TryGetValue(Nodes[number].Id, out var face))
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

    /// <summary>The works that are asked about and have another face.</summary>
    public IReadOnlySet<int> Doubled => doubled;

    /// <summary>True where a number is the other face of a work that is asked about.</summary>
    public bool IsFace(int number, int work) =>
        doubled.Contains(work) && numbers.TryGetValue(Nodes[work].Id, out var face) && face == number;

    /// <summary>Tells the graph that a node was changed or added, once its decisions are kept up to date.</summary>
    internal void Changed(int number)
    {
        if (next is not null)
        {
            foreach (var step in Nodes[number].Steps)
            {
                if (!later.TryGetValue(step.From, out var list))
                {
                    later[step.From] = list = [];
                }
                list.Add(number);
            }
        }
    }

    /// <summary>These nodes, and all that were made from them, near or far; now and then one that no longer is.</summary>
    public IReadOnlyCollection<int> From(IEnumerable<int> changed)
    {
        next ??= Made();
        var (starts, nearby) = next.Value;
        var found = new HashSet<int>(changed);
        var pending = new Stack<int>(found);
        while (pending.TryPop(out var from))
        {
            if (from + 1 < starts.Length)
            {
                foreach (var child in nearby.AsSpan(starts[from], starts[from + 1] - starts[from]))
                {
                    Take(child);
                }
            }
            foreach (var child in later.GetValueOrDefault(from) ?? [])
            {
                Take(child);
            }
        }
        return found;

        void Take(int child)
        {
            if (found.Add(child))
            {
                pending.Push(child);
            }
        }
    }

    /// <summary>The numbers of all nodes, sources before what was made from them (Kahn, 1962); what is in a circle or after one is left out.</summary>
    public int[] Sorted()
    {
        var all = Nodes;
        var waiting = new int[all.Length];
        var (starts, nearby) = Made();
        var order = new int[all.Length];
        var count = 0;
        for (var i = 0; i < all.Length; i++)
        {
            waiting[i] = all[i].Steps.Length;
            if (waiting[i] == 0)
            {
                order[count++] = i;
            }
        }
        for (var done = 0; done < count; done++)
        {
            for (var c = starts[order[done]]; c < starts[order[done] + 1]; c++)
            {
                if (--waiting[nearby[c]] == 0)
                {
                    order[count++] = nearby[c];
                }
            }
        }
        return order[..count];
    }

    // What was made from each node: those of node i are at Starts[i] to Starts[i + 1].
    private (int[] Starts, int[] Nodes) Made()
    {
        var all = Nodes;
        var starts = new int[all.Length + 1];
        foreach (ref readonly var node in all)
        {
            foreach (var step in node.Steps)
            {
                starts[step.From + 1]++;
            }
        }
        for (var i = 0; i < all.Length; i++)
        {
            starts[i + 1] += starts[i];
        }
        var made = new int[starts[^1]];
        var place = starts.AsSpan(0, all.Length).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            foreach (var step in all[i].Steps)
            {
                made[place[step.From]++] = i;
            }
        }
        return (starts, made);
    }
}
