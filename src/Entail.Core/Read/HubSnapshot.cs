using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// An offline copy of what the hub records of works, as its list API returns it: a JSON array or JSON Lines, gzipped or not. Made once, it answers for
/// ancestors that neither a folder nor the catalog knows. Only where each record stands is kept beside the bytes; a record is read when asked for.
/// </summary>
public sealed class HubSnapshot
{
    /// <summary>The most bytes that are read, unpacked.</summary>
    public const int MostBytes = 1_500_000_000;

    private const int DeepestNesting = 64;

    private readonly byte[] bytes;
    private readonly Dictionary<string, (int Start, int Length)> places = new(StringComparer.OrdinalIgnoreCase);
    private readonly string file;

    private HubSnapshot(string file, byte[] bytes)
    {
        this.file = file;
        this.bytes = bytes;
    }

    /// <summary>How many works it has records of.</summary>
    public int Count => places.Count;

    /// <summary>What is wrong with the file, in both languages; null where all of it was understood.</summary>
    public Text? Problem { get; private set; }

    /// <summary>Reads a file. What cannot be understood ends the reading and is told by <see cref="Problem"/>; what stands before it counts.</summary>
    /// <param name="path">The file; a name that ends in <c>.gz</c> is unpacked.</param>
    public static HubSnapshot Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var unpacked = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(stream, CompressionMode.Decompress)
                : (Stream)stream;
            var (bytes, ended) = All(unpacked);
            var snapshot = new HubSnapshot(name, bytes);
            snapshot.Index();
            snapshot.Problem ??= ended;
            return snapshot;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return new HubSnapshot(name, [])
            {
                Problem = new Text(
                    "is not there; name a file of records as the hub's list API returns them",
                    "不存在；请指定 Hub 列表接口返回的记录文件"
                ),
            };
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return new HubSnapshot(name, [])
            {
                Problem = new Text($"cannot be read ({problem.GetType().Name})", $"无法读取（{problem.GetType().Name}）"),
            };
        }
    }

    /// <summary>The record of a work; null where there is none.</summary>
    /// <param name="id">Its name on the hub, in any letter case.</param>
    public ConfiguredWork? Find(string id)
    {
        if (!places.TryGetValue(id, out var place))
        {
            return null;
        }
        var record = Json.Parse(Encoding.UTF8.GetString(bytes.AsSpan(place.Start, place.Length)), 1, []);
        // Where a record stands in a file of millions, its id tells better than a line does.
        return record is null ? null
            : HubRecordReader.ReadRecord(record, file, id, []) is { } work ? work with { Id = id }
            : null;
    }

    private static (byte[] Bytes, Text? Ended) All(Stream stream)
    {
        var buffer = new byte[1 << 20];
        var count = 0;
        try
        {
            while (stream.Read(buffer, count, buffer.Length - count) is > 0 and var more)
            {
                count += more;
                if (count >= MostBytes)
                {
                    return (
                        buffer[..count],
                        new Text("is larger than 1.5 GB unpacked; the rest was not read", "解压后超过 1.5 GB，其余未读取")
                    );
                }
                if (count == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, MostBytes));
                }
            }
            return (buffer[..count], null);
        }
        catch (InvalidDataException)
        {
            return (buffer[..count], new Text("breaks off: the packed data is damaged from here on", "压缩数据自此处起已损坏"));
        }
    }

    // Records follow one another, in an array or bare; of two with one id the first counts.
    private void Index()
    {
        var options = new JsonReaderOptions
        {
            AllowMultipleValues = true,
            AllowTrailingCommas = true,
            MaxDepth = DeepestNesting,
        };
        var reader = new Utf8JsonReader(bytes, options);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    var start = (int)reader.TokenStartIndex;
                    var id = Id(ref reader);
                    if (id is not null)
                    {
                        places.TryAdd(id, (start, (int)reader.BytesConsumed - start));
                    }
                }
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            Problem = new Text(
                $"is no JSON from byte {reader.BytesConsumed} on; {places.Count} records before it were read",
                $"自第 {reader.BytesConsumed} 字节起不是 JSON；已读取之前的 {places.Count} 条记录"
            );
        }
    }

    // The reader stands on the record's end afterwards.
    private static string? Id(ref Utf8JsonReader reader)
    {
        string? id = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isId = reader.ValueTextEquals("id"u8) || (id is null && reader.ValueTextEquals("modelId"u8));
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
            {
                id = reader.GetString();
            }
            reader.Skip();
        }
        return id;
    }
}
