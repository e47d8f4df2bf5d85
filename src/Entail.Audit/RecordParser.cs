using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Entail.Core.Link;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Audit;

/// <summary>A record as it was understood.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Shape">What it declares; null where it is no record.</param>
/// <param name="Names">The names in it.</param>
/// <param name="Downloads">How often it was downloaded; 0 where it does not say.</param>
/// <param name="Problems">What was not understood.</param>
public readonly record struct ParsedRecord(
    string Id,
    HubShape? Shape,
    IReadOnlyList<string> Names,
    long Downloads,
    IReadOnlyList<string> Problems
)
{
    /// <summary>No record, but a problem that is counted.</summary>
    public static ParsedRecord OfProblem(string problem) => new("", null, [], 0, [problem]);
}

/// <summary>
/// Records of the hub's list API, understood as <see cref="HubRecordReader"/> does. What a record without a card declares follows from the few of its
/// tags that tell anything, whatever the names in them: such a record is read once, and those like it take what was read with names of their own.
/// Safe for several threads.
/// </summary>
/// <param name="edges">What else is told of the works.</param>
public sealed class RecordParser(Edges? edges = null)
{
    private const int MostNames = 64;
    private const int LongestName = 90; // longer ones are cut where they are shown

    private static readonly string[] Prefixes = ["base_model:", "dataset:"];
    private static readonly string[] Relations = [.. CardReader.Relations.Select(r => $"{r.Word}:")];
    private static readonly SearchValues<byte> Between = SearchValues.Create([.. " \t\r\n,[]"u8, 0xEF, 0xBB, 0xBF]);
    private static readonly FrozenSet<string> Keys = FrozenSet.Create(
        StringComparer.Ordinal,
        "id",
        "tags",
        "cardData",
        "baseModels",
        "baseModels.relation",
        "license",
        "license_name",
        "license_link",
        "base_model",
        "base_model_relation",
        "datasets",
        "org/name"
    );
    private static readonly ParsedRecord Stray = new("", null, [], 0, ["what stands between records is no record"]);

    private readonly ConcurrentDictionary<string, (HubShape? Shape, IReadOnlyList<string> Problems)> shapes = new(StringComparer.Ordinal);

    /// <summary>The records in these bytes, in their order.</summary>
    /// <param name="bytes">JSON objects, with or without commas between them.</param>
    /// <param name="file">The file that evidence shows.</param>
    public List<ParsedRecord> Read(ReadOnlySpan<byte> bytes, string file)
    {
        var records = new List<ParsedRecord>();
        var telling = new TellingTags();
        while (true)
        {
            var start = bytes.IndexOf((byte)'{');
            if ((start < 0 ? bytes : bytes[..start]).ContainsAnyExcept(Between))
            {
                records.Add(Stray);
            }
            if (start < 0)
            {
                return records;
            }
            bytes = bytes[start..];
            records.Add(Next(bytes, file, telling, out var length));
            bytes = bytes[length..];
        }
    }

    private ParsedRecord Next(ReadOnlySpan<byte> bytes, string file, TellingTags tags, out int length)
    {
        if (!Skim(bytes, tags, out var id, out var downloads, out length))
        {
            length = new Braces().End(bytes);
            length = length < 0 ? bytes.Length : length;
            return InFull(bytes[..length], file, edges);
        }
        foreach (var tag in edges?.Of(id!) ?? [])
        {
            tags.Add(Encoding.UTF8.GetBytes(tag));
        }
        if (KeyOf(id!, tags, out var names))
        {
            var key = tags.Key.WrittenSpan;
            if (!shapes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var like))
            {
                like = shapes.GetOrAdd(key.ToString(), Like(tags, names, file));
            }
            return new ParsedRecord(id!, like.Shape, names, downloads, like.Problems);
        }
        return InFull(bytes[..length], file, edges);
    }

    /// <summary>The record in these bytes, without looking at others.</summary>
    internal static ParsedRecord InFull(ReadOnlySpan<byte> bytes, string file, Edges? edges = null)
    {
        var found = new List<SourceProblem>();
        var problems = new List<ReadProblem>();
        var value = Json.Parse(Encoding.UTF8.GetString(bytes), 1, found);
        var work = value is null ? null : HubRecordReader.ReadRecord(value, file, "", problems, edges is null ? null : edges.Of);
        ImmutableArray<string> told =
        [
            .. value is null ? ["a record is no JSON"] : found.Select(p => Kind(p.Message)),
            .. problems.Select(p => Kind(p.Message.En)),
        ];
        var downloads =
            (value as YamlValue.Map)?["downloads"] is YamlValue.Scalar count
            && long.TryParse(count.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0;
        return work is null
            ? new ParsedRecord("", null, [], downloads, told)
            : new ParsedRecord(
                work.Id,
                new HubShape(work, [.. work.Steps.Select((s, i) => new HubStep(i, s.Act, s.Inferred))]),
                [.. work.Steps.Select(s => s.Work)],
                downloads,
                told
            );
    }

    // False for what has to be read in full: a card, keys that are there twice, what is no record.
    private static bool Skim(ReadOnlySpan<byte> bytes, TellingTags tags, out string? id, out long downloads, out int length)
    {
        (id, downloads, length) = (null, 0, 0);
        tags.Clear();
        string? modelId = null;
        var seen = 0;
        var bases = (Start: 0, Length: 0);
        try
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key =
                    reader.ValueTextEquals("id"u8) ? 1
                    : reader.ValueTextEquals("modelId"u8) ? 2
                    : reader.ValueTextEquals("tags"u8) ? 4
                    : reader.ValueTextEquals("downloads"u8) ? 8
                    : reader.ValueTextEquals("cardData"u8) ? 16
                    : reader.ValueTextEquals("baseModels"u8) ? 32
                    : 0;
                reader.Read();
                if ((seen & key) != 0)
                {
                    return false;
                }
                seen |= key;
                switch (key)
                {
                    case 1 when reader.TokenType == JsonTokenType.String:
                        id = reader.GetString();
                        break;
                    case 2 when reader.TokenType == JsonTokenType.String:
                        modelId = reader.GetString();
                        break;
                    case 4 when reader.TokenType == JsonTokenType.StartArray:
                        while (reader.Read() && reader.TokenType == JsonTokenType.String)
                        {
                            if (reader.ValueIsEscaped)
                            {
                                tags.Add(Encoding.UTF8.GetBytes(reader.GetString()!));
                            }
                            else
                            {
                                tags.Add(reader.ValueSpan);
                            }
                        }
                        if (reader.TokenType != JsonTokenType.EndArray)
                        {
                            return false;
                        }
                        break;
                    case 8 when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count):
                        downloads = count;
                        break;
                    case 16 or 32 when reader.TokenType == JsonTokenType.Null:
                        break;
                    case 32 when reader.TokenType == JsonTokenType.StartObject:
                        bases.Start = (int)reader.TokenStartIndex;
                        reader.Skip();
                        bases.Length = (int)reader.BytesConsumed - bases.Start;
                        break;
                    case 32 when reader.TokenType == JsonTokenType.String:
                        bases = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed - (int)reader.TokenStartIndex);
                        break;
                    case 0:
                        reader.Skip();
                        break;
                    default:
                        return false;
                }
            }
            id ??= modelId;
            length = (int)reader.BytesConsumed;
            return reader.TokenType == JsonTokenType.EndObject
                && !string.IsNullOrWhiteSpace(id)
                && id == id.Trim()
                && (bases.Length == 0 || SaysTheSame(bytes.Slice(bases.Start, bases.Length), tags));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // The hub's own reading of the bases adds nothing where each of them is a tag, too.
    private static bool SaysTheSame(ReadOnlySpan<byte> json, TellingTags tags)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return SaysTheSame(Encoding.UTF8.GetBytes(reader.GetString()!), tags);
        }
        using var bases = JsonDocument.ParseValue(ref reader);
        return bases.RootElement.ValueKind == JsonValueKind.Object
            && bases.RootElement.GetPropertyCount() == 2
            && bases.RootElement.TryGetProperty("relation", out var relation)
            && bases.RootElement.TryGetProperty("models", out var models)
            && models
                .EnumerateArray()
                .All(m =>
                    m.GetPropertyCount() == 2
                    && m.TryGetProperty("_id", out _)
                    && m.TryGetProperty("id", out var id)
                    && tags.Contains($"base_model:{relation.GetString()}:{id.GetString()}")
                );
    }

    // The tags with numbers for names, first come first; false where a name is none that the hub could have.
    private static bool KeyOf(string id, TellingTags tags, out string[] names)
    {
        names = [];
        List<string>? found = null;
        for (var i = 0; i < tags.Count; i++)
        {
            var tag = tags[i];
            var lead = Lead(tag);
            tags.Key.Write(tag[..lead]);
            if (lead < tag.Length)
            {
                var name = tag[lead..];
                found ??= [id];
                if (!HubName.IsPlain(name, out var form) || name.Length > LongestName || found.Count > MostNames)
                {
                    return false;
                }
                var number = IndexOf(found, name, StringComparison.Ordinal);
                if (number < 0)
                {
                    if (IndexOf(found, name, StringComparison.OrdinalIgnoreCase) >= 0)
                    {
                        return false; // two spellings of one name
                    }
                    number = found.Count;
                    found.Add(name.ToString());
                }
                tags.Key.Write([form == HubNameForm.Full ? '#' : '@', (char)('0' + number)]);
            }
            else if (tag.Contains('\n'))
            {
                return false;
            }
            tags.Key.Write("\n");
        }
        names = found?.ToArray() ?? [];
        return true;
    }

    private static int IndexOf(List<string> names, ReadOnlySpan<char> name, StringComparison comparison)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (name.Equals(names[i], comparison))
            {
                return i;
            }
        }
        return -1;
    }

    // How much of a tag stands before a name; all of it where it names nothing.
    private static int Lead(ReadOnlySpan<char> tag)
    {
        foreach (var prefix in Prefixes)
        {
            if (tag.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                foreach (var relation in Relations)
                {
                    if (prefix == Prefixes[0] && tag[prefix.Length..].StartsWith(relation, StringComparison.Ordinal))
                    {
                        return prefix.Length + relation.Length;
                    }
                }
                return prefix.Length;
            }
        }
        return tag.Length;
    }

    private static (HubShape?, IReadOnlyList<string>) Like(TellingTags tags, string[] names, string file)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("id", "name/n0");
            writer.WriteStartArray("tags");
            for (var i = 0; i < tags.Count; i++)
            {
                var tag = tags[i];
                var lead = Lead(tag);
                var name = tag[lead..].ToString();
                var owner = name.Contains('/', StringComparison.Ordinal) ? "name/" : "";
                writer.WriteStringValue(name.Length == 0 ? tag.ToString() : $"{tag[..lead]}{owner}n{Array.IndexOf(names, name)}");
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        var read = InFull(bytes.ToArray(), file);
        return read.Shape is not { } shape
            ? (null, read.Problems)
            : (
                shape with
                {
                    Steps =
                    [
                        .. shape.Steps.Select(s =>
                            s with
                            {
                                From = int.Parse(
                                    read.Names[s.From].Split('/')[^1].AsSpan(1),
                                    NumberStyles.None,
                                    CultureInfo.InvariantCulture
                                ),
                            }
                        ),
                    ],
                },
                read.Problems
            );
    }

    // What was written differs from record to record; what is wrong with it does not. Keys are ours and stay.
    internal static string Kind(string message)
    {
        var parts = message.Split('`');
        for (var i = 1; i < parts.Length; i += 2)
        {
            parts[i] = Keys.Contains(parts[i].TrimEnd(':')) ? $"`{parts[i]}`" : "…";
        }
        return string.Concat(parts);
    }
}
