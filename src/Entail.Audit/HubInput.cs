using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>A hub as it was read.</summary>
/// <param name="Graph">Its works and steps.</param>
/// <param name="Downloads">How often each work was downloaded, in the order of the graph's works; 0 where that is not known.</param>
/// <param name="Duplicates">Records whose id an earlier one had.</param>
/// <param name="Problems">What was not understood, by what it is, with how often.</param>
public sealed record Hub(HubGraph Graph, IReadOnlyList<long> Downloads, int Duplicates, IReadOnlyDictionary<string, long> Problems);

/// <summary>Reads records of the hub's list API into a graph; records are understood by several threads and joined in their order.</summary>
/// <param name="catalog">What is known of well-known works.</param>
/// <param name="edges">What edges tell of the works.</param>
public sealed class HubInput(CompiledCatalog catalog, Edges? edges = null)
{
    private const int BatchSize = 512;

    private readonly RecordParser parser = new(edges);
    private IRecordSource? source;

    /// <summary>How much was read of the file at hand, from 0 to 1; 0 where that is not known.</summary>
    public double Done => source?.Done ?? 0;

    /// <summary>The hub in some files.</summary>
    /// <param name="files">The files, in their order: of two records with one id the first counts.</param>
    /// <param name="progress">Told how many records were read.</param>
    public Hub Of(IReadOnlyList<string> files, Action<long>? progress) => Of(files.SelectMany(Records), progress);

    /// <summary>The hub of some records.</summary>
    /// <param name="records">The records, in their order.</param>
    /// <param name="progress">Told how many were joined.</param>
    public Hub Of(IEnumerable<ParsedRecord> records, Action<long>? progress) => Builder(records, progress).Hub();

    internal HubBuilder Builder(IEnumerable<ParsedRecord> records, Action<long>? progress)
    {
        var hub = new HubBuilder(catalog);
        long done = 0;
        foreach (var read in records)
        {
            if (++done % BatchSize == 0)
            {
                progress?.Invoke(done);
            }
            hub.Add(read);
        }
        return hub;
    }

    /// <summary>The records of a file, in their order; what was wrong with the file comes last, as a record of nothing but a problem.</summary>
    public IEnumerable<ParsedRecord> Records(string file) => Records(IRecordSource.Of(file), Path.GetFileName(file));

    internal IEnumerable<ParsedRecord> Records(IRecordSource stream, string name)
    {
        source = stream;
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
