using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Link;

/// <summary>Records of a hub to a graph with numbers, as <see cref="Linker"/> links each of them; names are the same in any letter case.</summary>
/// <param name="catalog">What is known of well-known works.</param>
public sealed class HubLinker(CompiledCatalog catalog)
{
    private readonly List<HubNode> nodes = [];
    private readonly List<int> works = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HubLabel> labels = new(StringComparer.Ordinal);
    private readonly Queue<int> open = new();

    /// <summary>How many records had an id that an earlier one had; the first counts.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Adds a record; false where its id was there already.</summary>
    public bool Add(ConfiguredWork record)
    {
        if (!asked.TryAdd(record.Id, nodes.Count))
        {
            Duplicates++;
            return false;
        }
        var known = catalog.FindModel(record.Id);
        // Others may have named it already.
        var number = known is null && numbers.TryGetValue(record.Id, out var named) ? named : New(record.Id);
        asked[record.Id] = number;
        works.Add(number);
        if (known is null)
        {
            numbers[record.Id] = number;
        }
        var work = Linker.Stated(catalog, record);
        nodes[number] = new HubNode(
            record.Id,
            Label(work),
            work.Facts,
            Steps(record.Steps.Select(s => (s.Work, s.Act, s.Inferred))),
            false
        );
        return true;
    }

    /// <summary>The graph of all that was added, and of what the catalog knows of their origins.</summary>
    public HubGraph Graph()
    {
        while (open.TryDequeue(out var number))
        {
            var id = nodes[number].Id;
            if (!nodes[number].IsMissing)
            {
                continue; // a record came later
            }
            if (catalog.FindModel(id) is { } model)
            {
                var work = Linker.Known(catalog, id, model);
                nodes[number] = new HubNode(id, Label(work), work.Facts, Steps(work.Steps.Select(s => (s.From, s.Act, s.Inferred))), false);
            }
        }
        return new HubGraph([.. nodes], [.. works], HubGraph.Sorted(nodes), numbers);
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
        nodes.Add(
            new HubNode(id, Label(new LinkedWork("", kind, WorkOrigin.Missing, [], [], Facts.None, null, null)), Facts.None, [], true)
        );
        return nodes.Count - 1;
    }

    private HubLabel Label(LinkedWork work)
    {
        var key = $"{work.Kind}\n{string.Join('\n', work.Licenses.Select(l => $"{Kebab.Of(l.Part)} {l.Candidate} {l.Expression}"))}";
        if (!labels.TryGetValue(key, out var label))
        {
            labels[key] = label = new HubLabel(work.Kind, work.Licenses);
        }
        return label;
    }
}
