using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Link;

/// <summary>What a record declares, the same for all records that differ in names alone.</summary>
/// <param name="Like">One such record.</param>
/// <param name="Steps">What it was made from, by numbers for names.</param>
public sealed record HubShape(ConfiguredWork Like, ImmutableArray<HubStep> Steps)
{
    internal HubLabel? Label { get; set; }
}

/// <summary>Records of a hub to a graph with numbers, as <see cref="Linker"/> links each of them; names are the same in any letter case.</summary>
/// <param name="catalog">What is known of well-known works.</param>
public sealed class HubLinker(CompiledCatalog catalog)
{
    private readonly List<HubNode> nodes = [];
    private readonly List<int> works = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> doubledNumbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HubLabel> labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HubLabel> unknown = new(StringComparer.Ordinal);
    private readonly HashSet<int> doubled = [];
    private readonly Queue<int> open = new();
    private HubGraph? graph;

    /// <summary>How many records were added.</summary>
    public int Count => works.Count;

    /// <summary>How many records had an id that an earlier one had; the first counts.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Adds a record; false where its id was there already.</summary>
    public bool Add(ConfiguredWork record) =>
        Add(
            record.Id,
            new HubShape(record, [.. record.Steps.Select((s, i) => new HubStep(i, s.Act, s.Inferred))]),
            [.. record.Steps.Select(s => s.Work)]
        );

    /// <summary>Adds a record like others; false where its id was there already.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="shape">What it declares.</param>
    /// <param name="names">The names that stand for the numbers in the steps of the shape.</param>
    public bool Add(string id, HubShape shape, IReadOnlyList<string> names)
    {
        var isKnown = catalog.FindModel(id) is not null;
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(isKnown ? doubledNumbers : numbers, id, out var isThere);
        if (isThere && nodes[place].Origin == WorkOrigin.Record)
        {
            Duplicates++;
            return false;
        }
        // Others may have named it already.
        var number = isThere ? place : New(id);
        place = number;
        works.Add(number);
        if (isKnown)
        {
            doubled.Add(number);
        }
        Declare(number, id, shape, names);
        return true;
    }

    /// <summary>Takes a record in the place of the one with its id, or adds it, once there is a graph.</summary>
    /// <returns>The numbers of the nodes that changed or are new, that of the record first.</returns>
    public IReadOnlyList<int> Put(string id, HubShape shape, IReadOnlyList<string> names)
    {
        var before = nodes.Count;
        var all = catalog.FindModel(id) is null ? numbers : doubledNumbers;
        if (all.TryGetValue(id, out var number) && nodes[number].Origin == WorkOrigin.Record)
        {
            Declare(number, id, shape, names);
        }
        else
        {
            Add(id, shape, names);
            number = all[id];
        }
        Complete();
        return [number, .. Enumerable.Range(before, nodes.Count - before).Where(n => n != number)];
    }

    private void Declare(int number, string id, HubShape shape, IReadOnlyList<string> names)
    {
        shape.Label ??= Label(Linker.Stated(catalog, shape.Like));
        var steps = ImmutableArray.CreateBuilder<HubStep>(shape.Steps.Length);
        foreach (var step in shape.Steps)
        {
            steps.Add(step with { From = Number(names[step.From], step.Act) });
        }
        Set(number, new HubNode(id, shape.Label, shape.Like.Facts, steps.DrainToImmutable(), WorkOrigin.Record, nodes[number].Owner));
    }

    private void Set(int number, HubNode node)
    {
        nodes[number] = node;
        graph?.Changed(number);
    }

    /// <summary>The lineage of one work, as <see cref="Linker"/> makes it of the records.</summary>
    public static Lineage LineageOf(HubGraph graph, int number, CompiledCatalog catalog)
    {
        var root = Stated(graph, number, graph.Nodes[number].Id);
        var configuration = new Configuration([root], root.Id, [], null, Facts.None, Policy.None, []);
        return new Linker(
            catalog,
            null,
            configuration,
            [],
            id => graph.Numbers.TryGetValue(id, out var other) && !graph.Nodes[other].IsMissing ? Stated(graph, other, id) : null
        ).Link();
    }

    private static ConfiguredWork Stated(HubGraph graph, int number, string id)
    {
        var node = graph.Nodes[number];
        var evidence = new Evidence(node.Id, null, null, null, null, EvidenceSource.Declared);
        return new ConfiguredWork(
            id,
            node.Declared.Kind,
            null,
            null,
            [.. node.Declared.Licenses.Select(l => (l.Part, l.Claim))],
            [.. node.Steps.Select(s => new DeclaredStep(graph.Nodes[s.From].Id, s.Act, s.Inferred, null, Facts.None, evidence))],
            node.Facts,
            evidence
        );
    }

    /// <summary>The graph of all that was added, and of what the catalog knows of their origins.</summary>
    public HubGraph Graph()
    {
        Complete();
        return graph ??= new HubGraph(nodes, works, numbers, doubled);
    }

    // What the catalog knows of works that were named.
    private void Complete()
    {
        while (open.TryDequeue(out var number))
        {
            var id = nodes[number].Id;
            if (nodes[number].IsMissing && catalog.FindModel(id) is { } model) // unless a record came later
            {
                var work = Linker.Known(catalog, id, model);
                Set(
                    number,
                    new HubNode(
                        id,
                        Label(work),
                        work.Facts,
                        Steps(work.Steps.Select(s => (s.From, s.Act, s.Inferred))),
                        work.Origin,
                        Owner(id)
                    )
                );
            }
        }
    }

    private ImmutableArray<HubStep> Steps(IEnumerable<(string From, Act Act, bool Inferred)> steps) =>
        [.. steps.Select(s => new HubStep(Number(s.From, s.Act), s.Act, s.Inferred))];

    private int Number(string id, Act act)
    {
        if (!numbers.TryGetValue(id, out var number))
        {
            numbers[id] = number = New(id, act == Act.TrainOnData ? "dataset" : "model");
            open.Enqueue(number);
        }
        return number;
    }

    private int New(string id, string kind = "model")
    {
        nodes.Add(new HubNode(id, Unknown(kind), Facts.None, [], WorkOrigin.Missing, Owner(id)));
        return nodes.Count - 1;
    }

    private HubLabel Unknown(string kind) =>
        unknown.TryGetValue(kind, out var known)
            ? known
            : unknown[kind] = Label(new LinkedWork("", kind, WorkOrigin.Missing, [], [], Facts.None, null, null));

    private int Owner(string id)
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

    private HubLabel Label(LinkedWork work)
    {
        var key = $"{work.Kind}\n{string.Join('\n', work.Licenses.Select(l => $"{Kebab.Of(l.Part)} {l.Candidate} {l.Expression}"))}";
        if (!labels.TryGetValue(key, out var label))
        {
            labels[key] = label = new HubLabel(work.Kind, work.Licenses, labels.Count);
        }
        return label;
    }
}
