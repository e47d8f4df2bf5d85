using Entail.Core;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read.Stores;

namespace Entail.Audit;

/// <summary>A record and its place.</summary>
/// <param name="Input">The number of the input, counted from 0.</param>
/// <param name="Ordinal">The number of the record in it, counted from 0.</param>
/// <param name="Record">The record.</param>
public readonly record struct PlacedRecord(int Input, long Ordinal, ParsedRecord Record);

/// <summary>Reads inputs, files of records and folders of works, in their order: all of them, or one share. Edges add to them.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="identifier">Recognizes license texts; asked for where there is a folder.</param>
/// <param name="share">What is given out; of folders no other is read.</param>
public sealed class HubReading(CompiledCatalog catalog, Func<Identifier> identifier, Share share)
{
    /// <summary>How many places were passed, of this share and others.</summary>
    public long Places { get; private set; }

    /// <summary>How much of the inputs was read, from 0 to 1, by the sizes of the files; 0 where that is not known.</summary>
    public double Done { get; private set; }

    /// <summary>The name of an input, as the outputs show it.</summary>
    public static string NameOf(string input) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(input)));

    /// <summary>Each record of the share, in the order of places.</summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public IEnumerable<PlacedRecord> Records(IReadOnlyList<string> inputs)
    {
        var edges = new Edges(inputs.Where(EdgeFile.Is));
        var files = new HubInput(catalog, edges);
        var sizes = inputs.Select(i => Directory.Exists(i) ? 0.0 : new FileInfo(i).Length).ToList();
        var all = Math.Max(1, sizes.Sum());
        for (var i = 0; i < inputs.Count; i++)
        {
            var before = sizes.Take(i).Sum();
            if (EdgeFile.Is(inputs[i]))
            {
                continue;
            }
            foreach (var placed in Directory.Exists(inputs[i]) ? Folder(i, inputs[i], edges) : File(i, files.Records(inputs[i])))
            {
                Done = (before + (sizes[i] * files.Done)) / all;
                yield return placed;
            }
        }
        var rest = files.Records(edges, "edges").Select(r => r with { Problems = [.. r.Problems, Edges.NoRecord] });
        foreach (var placed in File(inputs.Count, edges.Problems.Select(ParsedRecord.OfProblem).Concat(rest)))
        {
            yield return placed;
        }
    }

    private IEnumerable<PlacedRecord> File(int input, IEnumerable<ParsedRecord> records)
    {
        long ordinal = 0;
        foreach (var record in records)
        {
            Places++;
            var placed = new PlacedRecord(input, ordinal++, record);
            // What has no name goes by its place.
            if (share.Holds(record.Shape is null ? $"{input}:{placed.Ordinal}" : record.Id))
            {
                yield return placed;
            }
        }
    }

    private IEnumerable<PlacedRecord> Folder(int input, string folder, Edges edges)
    {
        var problems = new List<ReadProblem>();
        var works = FolderOfWorks.In(folder, problems);
        var checking = new Checking(catalog, identifier(), default);
        Places += works.Length + problems.Count;
        foreach (var work in works)
        {
            edges.Of(work.Name);
        }
        return
        [
            .. works
                .Select((w, i) => (Work: w, Ordinal: i))
                .Where(w => share.Holds(w.Work.Name))
                .AsParallel()
                .AsOrdered()
                .Select(w => new PlacedRecord(input, w.Ordinal, edges.With(FolderRecord.Of(checking.Read(w.Work), catalog)))),
            .. problems
                .Select((p, i) => new PlacedRecord(input, works.Length + i, ParsedRecord.OfProblem(RecordParser.Kind(p.Message.En))))
                .Where(p => share.Holds($"{input}:{p.Ordinal}")),
        ];
    }
}
