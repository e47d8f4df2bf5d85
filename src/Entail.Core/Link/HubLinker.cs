using System.Collections.Immutable;
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
    private readonly HubGraph graph = new();
    private readonly Dictionary<string, int> doubled = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HubLabel> labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HubLabel> unknown = new(StringComparer.Ordinal);
    private readonly Queue<int> open = new();
    private HubStep[] steps = new HubStep[16];

    /// <summary>How many records were added.</summary>
    public int Count => graph.Works.Count;

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
        var number = Numbered(id, isKnown);
        if (number >= 0 && graph[number].Origin == WorkOrigin.Record)
        {
            Duplicates++;
            return false;
        }
        // Others may have named it already.
        if (number < 0)
        {
            number = New(id, isFound: !isKnown);
        }
        if (isKnown)
        {
            doubled[id] = number;
        }
        graph.Ask(number, isKnown);
        Declare(number, id, shape, names);
        return true;
    }

    // The number of the work that is asked about.
    private int Numbered(string id, bool isKnown) =>
        !isKnown ? graph.Find(id)
        : doubled.TryGetValue(id, out var number) ? number
        : -1;

    /// <summary>Takes a record in the place of the one with its id, or adds it, once there is a graph.</summary>
    /// <returns>The numbers of the nodes that changed or are new, that of the record first.</returns>
    public IReadOnlyList<int> Put(string id, HubShape shape, IReadOnlyList<string> names)
    {
        var before = graph.Count;
        var isKnown = catalog.FindModel(id) is not null;
        var number = Numbered(id, isKnown);
        if (number >= 0 && graph[number].Origin == WorkOrigin.Record)
        {
            Declare(number, id, shape, names);
        }
        else
        {
            Add(id, shape, names);
            number = Numbered(id, isKnown);
        }
        Complete();
        return [number, .. Enumerable.Range(before, graph.Count - before).Where(n => n != number)];
    }

    private void Declare(int number, string id, HubShape shape, IReadOnlyList<string> names)
    {
        shape.Label ??= Label(Linker.Stated(catalog, shape.Like));
        if (steps.Length < shape.Steps.Length)
        {
            steps = new HubStep[shape.Steps.Length * 2];
        }
        for (var i = 0; i < shape.Steps.Length; i++)
        {
            steps[i] = shape.Steps[i] with { From = Number(names[shape.Steps[i].From], shape.Steps[i].Act) };
        }
        graph.Set(number, id, shape.Label, shape.Like.Facts, steps.AsSpan(0, shape.Steps.Length), WorkOrigin.Record);
    }

    /// <summary>The lineage of one work, as <see cref="Linker"/> makes it of the records.</summary>
    public static Lineage LineageOf(HubGraph graph, int number, CompiledCatalog catalog)
    {
        var root = Stated(graph, number, graph.NameOf(number));
        var configuration = new Configuration([root], root.Id, [], null, Facts.None, Policy.None, []);
        return new Linker(
            catalog,
            null,
            configuration,
            [],
            id => graph.Find(id) is >= 0 and var other && !graph[other].IsMissing ? Stated(graph, other, id) : null
        ).Link();
    }

    private static ConfiguredWork Stated(HubGraph graph, int number, string id)
    {
        var node = graph[number];
        var evidence = new Evidence(node.Id, null, null, null, null, EvidenceSource.Declared);
        return new ConfiguredWork(
            id,
            node.Declared.Kind,
            null,
            null,
            [.. node.Declared.Licenses.Select(l => (l.Part, l.Claim))],
            [.. node.Steps.ToArray().Select(s => new DeclaredStep(graph.NameOf(s.From), s.Act, s.Inferred, null, Facts.None, evidence))],
            node.Facts,
            evidence
        );
    }

    /// <summary>The graph of all that was added, and of what the catalog knows of their origins.</summary>
    public HubGraph Graph()
    {
        Complete();
        return graph;
    }

    // What the catalog knows of works that were named.
    private void Complete()
    {
        while (open.TryDequeue(out var number))
        {
            var id = graph.NameOf(number);
            if (graph[number].IsMissing && catalog.FindModel(id) is { } model) // unless a record came later
            {
                var work = Linker.Known(catalog, id, model);
                HubStep[] made = [.. work.Steps.Select(s => new HubStep(Number(s.From, s.Act), s.Act, s.Inferred))];
                graph.Set(number, id, Label(work), work.Facts, made, work.Origin);
            }
        }
    }

    private int Number(string id, Act act)
    {
        var number = graph.Find(id);
        if (number < 0)
        {
            number = New(id, isFound: true, act == Act.TrainOnData ? "dataset" : "model");
            open.Enqueue(number);
        }
        return number;
    }

    private int New(string id, bool isFound, string kind = "model") =>
        graph.Add(id, Unknown(kind), Facts.None, [], WorkOrigin.Missing, isFound);

    private HubLabel Unknown(string kind) =>
        unknown.TryGetValue(kind, out var known)
            ? known
            : unknown[kind] = Label(new LinkedWork("", kind, WorkOrigin.Missing, [], [], Facts.None, null, null));

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
