using System.Text;
using System.Text.Json;

namespace Entail.Audit;

/// <summary>
/// The rows of a Parquet file as records of the hub's list API. Of its columns id (or modelId), tags, downloads, cardData and baseModels are read, the
/// last two and the tags as values or as JSON text; null is the same as absent.
/// </summary>
public sealed class ParquetRecords(string path) : IRecordSource
{
    private const int DeepestNesting = 60; // the reader of records goes as far as 64

    private static readonly string[] Ids = ["id", "modelId"];
    private static readonly string[] Cards = ["tags", "cardData", "baseModels"];

    /// <inheritdoc/>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public IEnumerable<RecordBlock> Blocks() => RecordBlock.Of(Records());

    /// <summary>Each record in turn.</summary>
    internal IEnumerable<byte[]> Records()
    {
        using var duckdb = new DuckDb();
        var from = $"read_parquet({DuckDb.File(path)}, hive_partitioning = false, binary_as_string = true)";
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in Told(duckdb.Query($"SELECT column_name, column_type FROM (DESCRIBE FROM {from})")))
        {
            columns[column[0]!] = column[1]!;
        }
        string[] ids = [.. Ids.Where(columns.ContainsKey)];
        if (ids.Length == 0)
        {
            Problem ??= "the table has no column `id`";
            yield break;
        }
        var record = $"'id', coalesce({string.Join(", ", ids)})";
        if (columns.ContainsKey("downloads"))
        {
            record += ", 'downloads', coalesce(try_cast(downloads AS BIGINT), 0)";
        }
        var listed = columns.GetValueOrDefault("tags") == "VARCHAR[]";
        if (listed)
        {
            record += ", 'tags', tags";
        }
        // What may be absent, or no JSON, is put into its record here.
        string[] apart = [.. Cards.Where(c => columns.ContainsKey(c) && !(listed && c == "tags"))];
        var values = apart.Select(c => $", encode({(columns[c] is "VARCHAR" or "JSON" ? c : $"to_json({c})")}::VARCHAR)");
        var damaged = new int[apart.Length];
        foreach (var row in Told(duckdb.Blobs($"SELECT encode(json_object({record})::VARCHAR){string.Concat(values)} FROM {from}")))
        {
            var text = row[0]!;
            for (var i = 0; i < apart.Length; i++)
            {
                if (row[i + 1] is not { } value || value.AsSpan().SequenceEqual("null"u8))
                {
                    continue;
                }
                if (IsJson(value))
                {
                    text = [.. text.AsSpan()[..^1], .. Encoding.UTF8.GetBytes($",\"{apart[i]}\":"), .. value, (byte)'}'];
                }
                else
                {
                    damaged[i]++;
                }
            }
            yield return text;
        }
        string?[] problems =
        [
            Problem,
            .. apart.Zip(damaged).Where(c => c.Second > 0).Select(c => $"{c.Second} times `{c.First}` is no JSON and was passed over"),
        ];
        Problem = string.Join("; ", problems.OfType<string>()) is { Length: > 0 } told ? told : null;
    }

    private static bool IsJson(byte[] text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The rows as far as they can be read.
    private IEnumerable<T> Told<T>(IEnumerable<T> rows)
    {
        using var each = rows.GetEnumerator();
        while (true)
        {
            try
            {
                if (!each.MoveNext())
                {
                    yield break;
                }
            }
            catch (IOException problem)
            {
                Problem = $"this is no Parquet file, or not the whole of one ({problem.Message})";
                yield break;
            }
            yield return each.Current;
        }
    }
}
