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

    /// <summary>The hub in some files.</summary>
    /// <param name="files">The files, in their order: of two records with one id the first counts.</param>
    /// <param name="progress">Told how many records were read.</param>
    public Hub Of(IReadOnlyList<string> files, Action<long>? progress)
    {
        var linker = new HubLinker(catalog);
        var parser = new RecordParser();
        var downloads = new List<long>();
        var problems = new Dictionary<string, long>(StringComparer.Ordinal);
        long done = 0;
        foreach (var file in files)
        {
            var stream = IRecordSource.Of(file);
            var name = Path.GetFileName(file);
            var batches = stream
                .Records()
                .Chunk(BatchSize)
                .AsParallel()
                .AsOrdered()
                .WithMergeOptions(ParallelMergeOptions.NotBuffered)
                .Select(batch => Array.ConvertAll(batch, r => parser.Parse(r, name)));
            foreach (var batch in batches)
            {
                foreach (var read in batch)
                {
                    foreach (var problem in read.Problems)
                    {
                        problems[problem] = problems.GetValueOrDefault(problem) + 1;
                    }
                    if (read.Shape is { } shape && linker.Add(read.Id, shape, read.Names))
                    {
                        downloads.Add(read.Downloads);
                    }
                }
                progress?.Invoke(done += batch.Length);
            }
            if (stream.Problem is { } broken)
            {
                problems[$"{name}: {broken}"] = 1;
            }
        }
        return new Hub(linker.Graph(), [.. downloads], linker.Duplicates, problems);
    }
}
