namespace Entail.Audit;

/// <summary>All shards of one audit, joined to the records in the order of their places; one record of each shard is in memory.</summary>
public sealed class ShardMerge : IDisposable
{
    private readonly List<ShardFile> shards = [];

    /// <summary>Opens the files, in any order.</summary>
    /// <param name="files">The files.</param>
    /// <param name="expected">What this tool writes into the head of a shard.</param>
    /// <exception cref="InvalidDataException">They are not all shards of one audit, or not by this tool; the message says what to do.</exception>
    public ShardMerge(IReadOnlyList<string> files, ShardHeadJson expected)
    {
        try
        {
            foreach (var file in files)
            {
                shards.Add(new ShardFile(file));
            }
            Check(expected);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The names of the inputs, in their order.</summary>
    public IReadOnlyList<string> Inputs => shards[0].Head.Inputs;

    /// <summary>Each record in turn.</summary>
    /// <exception cref="InvalidDataException">A shard breaks off, or they count the places differently.</exception>
    public IEnumerable<ParsedRecord> Records()
    {
        var ends = new Dictionary<ShardFile, ShardEndJson>();
        var next = new PriorityQueue<IEnumerator<PlacedRecord>, (int, long)>();
        foreach (var shard in shards)
        {
            Advance(Of(shard, ends).GetEnumerator());
        }
        while (next.TryDequeue(out var records, out _))
        {
            yield return records.Current.Record;
            Advance(records);
        }
        var places = shards.Sum(s => ends[s].Records);
        if (shards.Find(s => ends[s].Places != places) is { } other)
        {
            throw new InvalidDataException(
                $"{other.Path} was made of {ends[other].Places} records, and the shards hold {places} in all: an input changed in between; make all shards again"
            );
        }

        void Advance(IEnumerator<PlacedRecord> records)
        {
            if (records.MoveNext())
            {
                next.Enqueue(records, (records.Current.Input, records.Current.Ordinal));
            }
            else
            {
                records.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => shards.ForEach(s => s.Dispose());

    private static IEnumerable<PlacedRecord> Of(ShardFile shard, Dictionary<ShardFile, ShardEndJson> ends)
    {
        using var records = shard.Records(end => ends[shard] = end).GetEnumerator();
        while (true)
        {
            try
            {
                if (!records.MoveNext())
                {
                    yield break;
                }
            }
            catch (InvalidDataException problem)
            {
                throw new InvalidDataException($"{problem.Message}; make it again: {Making(shard.Head, shard.Head.Shard)}", problem);
            }
            yield return records.Current;
        }
    }

    private void Check(ShardHeadJson expected)
    {
        foreach (var shard in shards)
        {
            var head = shard.Head;
            if (head.Schema != expected.Schema || head.Tool != expected.Tool)
            {
                throw new InvalidDataException(
                    $"{shard.Path} was made by entail {head.Tool}, and this is {expected.Tool}; make all shards by one version"
                );
            }
            if (head.Catalog != expected.Catalog)
            {
                throw new InvalidDataException(
                    $"{shard.Path} was made with the catalog {head.Catalog}, and this is {expected.Catalog}; merge with the same --catalog, or make all shards again"
                );
            }
            if (head.Of != shards[0].Head.Of)
            {
                throw new InvalidDataException(
                    $"{shards[0].Path} is one of {shards[0].Head.Of} shards, and {shard.Path} one of {head.Of}; name those of one audit"
                );
            }
            if (!head.Inputs.SequenceEqual(Inputs))
            {
                throw new InvalidDataException(
                    $"{shards[0].Path} is of {string.Join(", ", Inputs)}, and {shard.Path} of {string.Join(", ", head.Inputs)}; name those of one audit"
                );
            }
            if (shards.Find(s => s.Head.Shard == head.Shard) is { } first && first != shard)
            {
                throw new InvalidDataException($"{first.Path} and {shard.Path} are both shard {head.Shard}/{head.Of}; name one of them");
            }
        }
        var missing = Enumerable.Range(1, shards[0].Head.Of).Except(shards.Select(s => s.Head.Shard)).ToList();
        if (missing is [var one, ..])
        {
            var named = string.Join(", ", missing.Take(20)) + (missing.Count > 20 ? " …" : "");
            throw new InvalidDataException(
                $"of {shards[0].Head.Of} shards {missing.Count} {(missing.Count == 1 ? "is" : "are")} missing: {named}; make {(missing.Count == 1 ? "it" : "each")}: {Making(shards[0].Head, one)}"
            );
        }
    }

    private static string Making(ShardHeadJson head, int shard) =>
        $"entail audit {string.Join(' ', head.Inputs)} --shard {shard}/{head.Of} --out DIR";
}
