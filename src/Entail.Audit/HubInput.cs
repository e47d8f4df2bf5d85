using Entail.Core.Catalog;
using Entail.Core.Link;
using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>A hub as it was read.</summary>
/// <param name="Graph">Its works and steps.</param>
/// <param name="Downloads">How often each work was downloaded, in the order of the graph's works; 0 where that is not known.</param>
/// <param name="Duplicates">Records whose id an earlier one had.</param>
/// <param name="Problems">What was not understood, by what it is, with how often.</param>
public sealed record Hub(HubGraph Graph, long[] Downloads, int Duplicates, IReadOnlyDictionary<string, long> Problems);

/// <summary>Reads records of the hub's list API into a graph; records are understood by several threads and joined in their order.</summary>
public sealed class HubInput(CompiledCatalog catalog)
{
    private const int BatchSize = 512;

    private readonly RecordParser parser = new();

    /// <summary>The hub in some files.</summary>
    /// <param name="files">The files, in their order: of two records with one id the first counts.</param>
    /// <param name="progress">Told how many records were read.</param>
    public Hub Of(IReadOnlyList<string> files, Action<long>? progress) => Of(files.SelectMany(Records), progress);

    /// <summary>The hub of some records.</summary>
    /// <param name="records">The records, in their order.</param>
    /// <param name="progress">Told how many were joined.</param>
    public Hub Of(IEnumerable<ParsedRecord> records, Action<long>? progress)
    {
        var linker = new HubLinker(catalog);
        var repeated = new RepeatedRecords();
        var downloads = new List<long>();
        var problems = new Dictionary<string, long>(StringComparer.Ordinal);
        long done = 0;
        foreach (var read in records)
        {
            if (++done % BatchSize == 0)
            {
                progress?.Invoke(done);
            }
            foreach (var problem in read.Problems)
            {
                problems[problem] = problems.GetValueOrDefault(problem) + 1;
            }
            if (read.Shape is not { } shape)
            {
                continue;
            }
            if (linker.Add(read.Id, shape, read.Names))
            {
                downloads.Add(read.Downloads);
            }
            else
            {
                repeated.Add(read.Id, shape, read.Names);
            }
        }
        var graph = linker.Graph();
        if (repeated.Differing(graph) is > 0 and var differing)
        {
            problems["a record has the id of an earlier one and says something else; the earlier one counts"] = differing;
        }
        return new Hub(graph, [.. downloads], linker.Duplicates, problems);
    }

    /// <summary>The records of a file, in their order; what was wrong with the file comes last, as a record of nothing but a problem.</summary>
    public IEnumerable<ParsedRecord> Records(string file)
    {
        var stream = IRecordSource.Of(file);
        var name = Path.GetFileName(file);
        foreach (var batch in RecordReading.Of(stream, parser, name))
        {
            foreach (var read in batch)
            {
                yield return read;
            }
        }
        if (stream.Problem is { } broken)
        {
            yield return ParsedRecord.OfProblem($"{name}: {broken}");
        }
    }
}
