using Entail.Core.Catalog;
using Entail.Core.Link;
using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>Records to a hub, one after the other; later, records that take the place of earlier ones.</summary>
/// <param name="catalog">What is known of well-known works.</param>
internal sealed class HubBuilder(CompiledCatalog catalog)
{
    private readonly HubLinker linker = new(catalog);
    private readonly RepeatedRecords repeated = new();
    private readonly List<long> downloads = [];
    private readonly Dictionary<string, long> problems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> problemsOf = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> put = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, int>? places;

    /// <summary>Takes a record; of two with one id the first counts.</summary>
    public void Add(ParsedRecord read)
    {
        Count(read.Problems, 1);
        if (read.Shape is not { } shape)
        {
            return;
        }
        if (linker.Add(read.Id, shape, read.Names))
        {
            downloads.Add(read.Downloads);
            if (read.Problems.Count > 0)
            {
                problemsOf[read.Id] = read.Problems;
            }
        }
        else
        {
            repeated.Add(read.Id, shape, read.Names);
        }
    }

    /// <summary>Takes a record in the place of the one with its id, once the hub was asked for; again, of two with one id the first counts.</summary>
    /// <returns>The numbers of the nodes that changed or are new.</returns>
    public IReadOnlyList<int> Put(ParsedRecord read)
    {
        if (read.Shape is not { } shape || !put.Add(read.Id))
        {
            Add(read);
            return [];
        }
        places ??= Places();
        Count(problemsOf.GetValueOrDefault(read.Id) ?? [], -1);
        Count(read.Problems, 1);
        problemsOf[read.Id] = read.Problems;
        var changed = linker.Put(read.Id, shape, read.Names);
        if (places.TryGetValue(read.Id, out var place))
        {
            downloads[place] = read.Downloads;
        }
        else
        {
            places[read.Id] = downloads.Count;
            downloads.Add(read.Downloads);
        }
        return changed;
    }

    /// <summary>The works and steps; what is put later changes them.</summary>
    public HubGraph Graph => linker.Graph();

    /// <summary>The hub as it is now.</summary>
    public Hub Hub()
    {
        var graph = Graph;
        var all = problems.Where(p => p.Value > 0).ToDictionary(StringComparer.Ordinal);
        if (repeated.Differing(graph) is > 0 and var differing)
        {
            all["a record has the id of an earlier one and says something else; the earlier one counts"] = differing;
        }
        return new Hub(graph, downloads, linker.Duplicates, all);
    }

    private Dictionary<string, int> Places()
    {
        var graph = Graph;
        var found = new Dictionary<string, int>(graph.Works.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < graph.Works.Count; i++)
        {
            found[graph[graph.Works[i]].Id] = i;
        }
        return found;
    }

    private void Count(IReadOnlyList<string> told, int by)
    {
        foreach (var problem in told)
        {
            problems[problem] = problems.GetValueOrDefault(problem) + by;
        }
    }
}
