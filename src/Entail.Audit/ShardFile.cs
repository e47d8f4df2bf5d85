using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Entail.Core.Link;

namespace Entail.Audit;

/// <summary>
/// What one share of the inputs says: a gzipped line for what it is a share of, one for each record, and one that counts them. All that linking needs of
/// a record is in it, and no decision. The same inputs give the same bytes.
/// </summary>
public sealed class ShardFile : IDisposable
{
    private const string EndMark = "{\"records\":";

    private readonly StreamReader reader;
    private readonly Dictionary<string, HubShape> shapes = new(StringComparer.Ordinal);

    /// <summary>Opens a file and reads what it is a share of.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public ShardFile(string path)
    {
        Path = path;
        reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        try
        {
            Head = Read(Line(), ShardLine.Plain.ShardHeadJson);
        }
        catch (InvalidDataException problem)
        {
            reader.Dispose();
            throw new InvalidDataException($"{path} is no shard of an audit, or breaks off in its first line", problem);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What it is a share of.</summary>
    public ShardHeadJson Head { get; }

    /// <summary>The name of the file that holds a share.</summary>
    public static string NameOf(Share share) =>
        string.Create(CultureInfo.InvariantCulture, $"shard-{share.Index}-of-{share.Count}.jsonl.gz");

    /// <summary>Writes a share.</summary>
    /// <param name="to">Receives the bytes.</param>
    /// <param name="head">What it is a share of.</param>
    /// <param name="records">Its records, in the order of their places.</param>
    /// <param name="places">How many places there are in all shares; asked after the last record.</param>
    public static ShardEndJson Write(Stream to, ShardHeadJson head, IEnumerable<PlacedRecord> records, Func<long> places)
    {
        using var writer = new StreamWriter(new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true), new UTF8Encoding(false));
        void Line<T>(T line, JsonTypeInfo<T> type) => writer.Write(JsonSerializer.Serialize(line, type) + "\n");
        Line(head, ShardLine.Plain.ShardHeadJson);
        long count = 0;
        foreach (var record in records)
        {
            Line(ShardRecordJson.Of(record), ShardLine.Plain.ShardRecordJson);
            count++;
        }
        var end = new ShardEndJson(count, places());
        Line(end, ShardLine.Plain.ShardEndJson);
        return end;
    }

    /// <summary>Each record in turn.</summary>
    /// <param name="ended">Told the last line.</param>
    /// <exception cref="InvalidDataException">The file breaks off, or is damaged.</exception>
    public IEnumerable<PlacedRecord> Records(Action<ShardEndJson> ended)
    {
        long count = 0;
        string line;
        while (!(line = Line()).StartsWith(EndMark, StringComparison.Ordinal))
        {
            count++;
            yield return Read(line, ShardLine.Plain.ShardRecordJson).Record(shapes);
        }
        var end = Read(line, ShardLine.Plain.ShardEndJson);
        if (end.Records != count)
        {
            throw Broken();
        }
        ended(end);
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private string Line()
    {
        try
        {
            return reader.ReadLine() ?? throw Broken();
        }
        catch (InvalidDataException problem)
        {
            throw Broken(problem);
        }
    }

    private T Read<T>(string line, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw Broken();
        }
        catch (JsonException problem)
        {
            throw Broken(problem);
        }
    }

    private InvalidDataException Broken(Exception? problem = null) => new($"{Path} is cut short or damaged", problem);
}
