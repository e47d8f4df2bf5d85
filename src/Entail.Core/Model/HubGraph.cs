using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Entail.Core.Model;

/// <summary>A work of a hub, as much of it as deciding needs.</summary>
/// <param name="graph">The graph that it is in.</param>
/// <param name="number">Its number there.</param>
public readonly struct HubNode(HubGraph graph, int number)
{
    /// <summary>Its name.</summary>
    public string Id => graph.NameOf(number);

    /// <summary>Its kind and licenses.</summary>
    public HubLabel Declared => graph.LabelOf(graph.Entries[number].Label);

    /// <summary>Its facts.</summary>
    public Facts Facts => graph.FactsOf(graph.Entries[number]);

    /// <summary>What it was made from: the number of the source, and the act.</summary>
    public ReadOnlySpan<HubStep> Steps => graph.StepsOf(graph.Entries[number]);

    /// <summary>Where it is known from: a record, the catalog, or nowhere.</summary>
    public WorkOrigin Origin => graph.Entries[number].Origin;

    /// <summary>The number of its owner, the same in any letter case; 0 without one.</summary>
    public int Owner => graph.Entries[number].Owner;

    /// <summary>True where it is named, but nothing is known of it.</summary>
    public bool IsMissing => Origin == WorkOrigin.Missing;
}

/// <summary>A step from the work with a number.</summary>
public readonly record struct HubStep(int From, Act Act, bool Inferred);

/// <summary>A node as it is kept, by numbers: its label's, its owner's, that of its facts, and where its steps are.</summary>
internal readonly record struct HubEntry(int Label, int Owner, int FirstStep, int StepCount, int Facts, WorkOrigin Origin)
{
    /// <summary>The number of no facts at all.</summary>
    public const int NoFacts = 0;

    /// <summary>True where it is named, but nothing is known of it.</summary>
    public bool IsMissing => Origin == WorkOrigin.Missing;
}

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
/// The works of a hub with numbers, kept as few arrays, for there may be tens of millions. A work that the catalog knows has two faces: what its record
/// says, when it is asked about, and what the catalog says, when others are made from it; the second one has a number of its own.
/// </summary>
public sealed class HubGraph
{
    private readonly HubNames names = new();
    private readonly List<HubEntry> entries = [];
    private readonly List<HubStep> steps = [];
    private readonly List<HubLabel?> labels = [];
    private readonly List<Facts> facts = [Facts.None];
    private readonly Dictionary<Facts, int> factNumbers = new() { [Facts.None] = 0 };
    private readonly Dictionary<string, int> owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<int> works = [];
    private readonly HashSet<int> doubled = [];

    // What was made from each node, as of the first time that was asked; and what came after that.
    private (int[] Starts, int[] Nodes)? next;
    private readonly Dictionary<int, List<int>> later = [];

    /// <summary>How many nodes there are.</summary>
    public int Count => entries.Count;

    /// <summary>The node with a number.</summary>
    public HubNode this[int number] => new(this, number);

    /// <summary>The numbers of the nodes that are asked about, in the order of the records.</summary>
    public IReadOnlyList<int> Works => works;

    internal ReadOnlySpan<int> WorkNumbers => CollectionsMarshal.AsSpan(works);

    /// <summary>The works that are asked about and have another face.</summary>
    internal IReadOnlySet<int> Doubled => doubled;

    internal ReadOnlySpan<HubEntry> Entries => CollectionsMarshal.AsSpan(entries);

    internal HubLabel LabelOf(int label) => labels[label]!;

    internal Facts FactsOf(in HubEntry entry) => facts[entry.Facts];

    internal ReadOnlySpan<HubStep> StepsOf(in HubEntry entry) => CollectionsMarshal.AsSpan(steps).Slice(entry.FirstStep, entry.StepCount);

    /// <summary>The name of a node.</summary>
    public string NameOf(int number) => names[number];

    /// <summary>The name of a node, as UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8NameOf(int number) => names.Utf8(number);

    /// <summary>The number of a work that others are made from, by its name in any letter case; -1 where there is none.</summary>
    public int Find(string id) => names.Find(id);

    /// <summary>Adds a node.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="label">What it declares.</param>
    /// <param name="known">What is known of it beyond that.</param>
    /// <param name="made">What it was made from.</param>
    /// <param name="origin">Where it is known from.</param>
    /// <param name="isFound">Others are made from it: it is found by its name, which no other one that is found has.</param>
    /// <returns>Its number.</returns>
    public int Add(string id, HubLabel label, Facts known, ReadOnlySpan<HubStep> made, WorkOrigin origin, bool isFound = true)
    {
        names.Add(id, isFound);
        entries.Add(Entry(OwnerOf(id), label, known, made, origin));
        Changed(entries.Count - 1);
        return entries.Count - 1;
    }

    /// <summary>Tells of a node something else than before; its name stays the same but for its letter case.</summary>
    public void Set(int number, string id, HubLabel label, Facts known, ReadOnlySpan<HubStep> made, WorkOrigin origin)
    {
        names[number] = id;
        entries[number] = Entry(entries[number].Owner, label, known, made, origin);
        Changed(number);
    }

    private HubEntry Entry(int owner, HubLabel label, Facts known, ReadOnlySpan<HubStep> made, WorkOrigin origin)
    {
        while (labels.Count <= label.Index)
        {
            labels.Add(null);
        }
        labels[label.Index] = label;
        var first = steps.Count;
        steps.AddRange(made);
        return new HubEntry(label.Index, owner, first, made.Length, NumberOf(known), origin);
    }

    private int NumberOf(Facts known)
    {
        if (ReferenceEquals(known, Facts.None))
        {
            return HubEntry.NoFacts;
        }
        if (!factNumbers.TryGetValue(known, out var number))
        {
            factNumbers[known] = number = facts.Count;
            facts.Add(known);
        }
        return number;
    }

    /// <summary>Asks about a node.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isDoubled">It has another face, which the catalog knows.</param>
    public void Ask(int number, bool isDoubled)
    {
        works.Add(number);
        if (isDoubled)
        {
            doubled.Add(number);
        }
    }

    private int OwnerOf(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            return 0;
        }
        var known = owners.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(id.AsSpan(0, slash), out var number))
        {
            known[id.AsSpan(0, slash)] = number = owners.Count + 1;
        }
        return number;
    }

    /// <summary>True for a work that is said to be made from itself, near or far, by the other face that the catalog has of it.</summary>
    public bool IsFromItself(int number)
    {
        if (!doubled.Contains(number) || Find(NameOf(number)) is not (>= 0 and var face))
        {
            return false;
        }
        var seen = new HashSet<int>();
        var pending = new Stack<int>([number]);
        while (pending.TryPop(out var at))
        {
            foreach (var step in this[at].Steps)
            {
                if (seen.Add(step.From))
                {
                    pending.Push(step.From);
                }
            }
        }
        return seen.Contains(face);
    }

    /// <summary>True where a number is the other face of a work that is asked about.</summary>
    public bool IsFace(int number, int work) => doubled.Contains(work) && Find(NameOf(work)) == number;

    // Once its decisions are kept up to date, what was made from what is as well.
    private void Changed(int number)
    {
        if (next is not null)
        {
            foreach (var step in this[number].Steps)
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

    /// <summary>
    /// The numbers of all nodes, otherwise as they were added, but sources before what was made from them, by a search in depth (Tarjan, 1972); what is in
    /// a circle or after one is left out.
    /// </summary>
    public ReadOnlySpan<int> Sorted()
    {
        const byte Open = 1;
        const byte Done = 2;
        const byte Circular = 3;
        var all = Entries;
        var states = new byte[all.Length];
        var order = GC.AllocateUninitializedArray<int>(all.Length);
        var count = 0;
        var open = new Stack<(int Number, int Step)>();
        for (var i = 0; i < all.Length; i++)
        {
            if (states[i] != 0)
            {
                continue;
            }
            if (all[i].StepCount == 0)
            {
                states[i] = Done;
                order[count++] = i;
                continue;
            }
            states[i] = Open;
            open.Push((i, 0));
            while (open.TryPop(out var at))
            {
                var made = StepsOf(all[at.Number]);
                var step = at.Step;
                for (; step < made.Length && states[made[step].From] is not 0 and var state; step++)
                {
                    if (state != Done)
                    {
                        states[at.Number] = Circular;
                    }
                }
                if (step < made.Length)
                {
                    open.Push((at.Number, step));
                    open.Push((made[step].From, 0));
                    states[made[step].From] = Open;
                }
                else if (states[at.Number] == Open)
                {
                    states[at.Number] = Done;
                    order[count++] = at.Number;
                }
            }
        }
        return order.AsSpan(0, count);
    }

    // What was made from each node: those of node i are at Starts[i] to Starts[i + 1].
    private (int[] Starts, int[] Nodes) Made()
    {
        var starts = new int[Count + 1];
        for (var i = 0; i < Count; i++)
        {
            foreach (var step in this[i].Steps)
            {
                starts[step.From + 1]++;
            }
        }
        for (var i = 0; i < Count; i++)
        {
            starts[i + 1] += starts[i];
        }
        var made = new int[starts[^1]];
        var place = starts.AsSpan(0, Count).ToArray();
        for (var i = 0; i < Count; i++)
        {
            foreach (var step in this[i].Steps)
            {
                made[place[step.From]++] = i;
            }
        }
        return (starts, made);
    }
}
