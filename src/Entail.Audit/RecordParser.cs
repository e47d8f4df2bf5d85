using System.Collections.Concurrent;
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
);

/// <summary>
/// Records of the hub's list API, understood as <see cref="HubRecordReader"/> does. What a record without a card declares follows from the few of its
/// tags that tell anything, whatever the names in them: such a record is read once, and those like it take what was read with names of their own.
/// Safe for several threads.
/// </summary>
public sealed class RecordParser
{
    private const int MostNames = 64;
    private const int LongestName = 90; // longer ones are cut where they are shown

    private static readonly string[] Prefixes = ["base_model:", "dataset:"];
    private static readonly string[] Relations = ["finetune:", "adapter:", "quantized:", "merge:"];

    private readonly ConcurrentDictionary<string, (HubShape? Shape, ImmutableArray<string> Problems)> shapes = new(StringComparer.Ordinal);

    /// <summary>The record in these bytes.</summary>
    /// <param name="bytes">One JSON object.</param>
    /// <param name="file">The file that evidence shows.</param>
    public ParsedRecord Parse(byte[] bytes, string file)
    {
        var tags = new List<string>();
        if (Skim(bytes, tags, out var id, out var downloads) && KeyOf(id!, tags, out var names) is { } key)
        {
            var (shape, problems) = shapes.GetOrAdd(key, (_, given) => Like(given.tags, given.names, given.file), (tags, names, file));
            return new ParsedRecord(id!, shape, names, downloads, problems);
        }
        return InFull(bytes, file);
    }

    /// <summary>The record in these bytes, without looking at others.</summary>
    internal static ParsedRecord InFull(byte[] bytes, string file)
    {
        var found = new List<SourceProblem>();
        var problems = new List<ReadProblem>();
        var value = Json.Parse(Encoding.UTF8.GetString(bytes), 1, found);
        var work = value is null ? null : HubRecordReader.ReadRecord(value, file, "", problems);
        ImmutableArray<string> told = [.. found.Select(_ => "a record is no JSON"), .. problems.Select(p => Kind(p.Message.En))];
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
    private static bool Skim(byte[] bytes, List<string> tags, out string? id, out long downloads)
    {
        (id, downloads) = (null, 0);
        string? modelId = null;
        var seen = 0;
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
                            var tag = reader.GetString()!;
                            if (Declaration.Matters(tag))
                            {
                                tags.Add(tag);
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
                    case 0:
                        reader.Skip();
                        break;
                    default:
                        return false;
                }
            }
            id ??= modelId;
            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && !string.IsNullOrWhiteSpace(id) && id == id.Trim();
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // The tags with numbers for names, first come first; null where a name is none that the hub could have.
    private static string? KeyOf(string id, List<string> tags, out List<string> names)
    {
        names = [id];
        var key = new StringBuilder();
        foreach (var tag in tags)
        {
            var (lead, name) = Split(tag);
            if (name is null)
            {
                key.Append(tag).Append('\n');
                continue;
            }
            var (parsed, form) = HubName.Parse(name);
            if (
                parsed != name
                || form is not (HubNameForm.Full or HubNameForm.Bare)
                || name.Length > LongestName
                || names.Count > MostNames
            )
            {
                return null;
            }
            var number = names.IndexOf(name);
            if (number < 0)
            {
                if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    return null; // two spellings of one name
                }
                number = names.Count;
                names.Add(name);
            }
            key.Append(lead)
                .Append(form == HubNameForm.Full ? '#' : '@')
                .Append(number.ToString(CultureInfo.InvariantCulture))
                .Append('\n');
        }
        return key.ToString();
    }

    private static (string Lead, string? Name) Split(string tag)
    {
        var lead = Array.Find(Prefixes, p => tag.StartsWith(p, StringComparison.OrdinalIgnoreCase));
        if (lead is null)
        {
            return (tag, null);
        }
        var rest = tag[lead.Length..];
        var relation = lead == Prefixes[0] ? Array.Find(Relations, r => rest.StartsWith(r, StringComparison.Ordinal)) ?? "" : "";
        return (tag[..(lead.Length + relation.Length)], rest[relation.Length..]);
    }

    private static (HubShape?, ImmutableArray<string>) Like(List<string> tags, List<string> names, string file)
    {
        var written = tags.Select(t =>
        {
            var (lead, name) = Split(t);
            var owner = name?.Contains('/', StringComparison.Ordinal) == true ? "name/" : "";
            return name is null ? t : $"{lead}{owner}n{names.IndexOf(name).ToString(CultureInfo.InvariantCulture)}";
        });
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("id", "name/n0");
            writer.WriteStartArray("tags");
            foreach (var tag in written)
            {
                writer.WriteStringValue(tag);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        var read = InFull(bytes.ToArray(), file);
        return read.Shape is not { } shape
            ? (null, [.. read.Problems])
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
                [.. read.Problems]
            );
    }

    // What was written differs from record to record; what is wrong with it does not.
    private static string Kind(string message)
    {
        var text = new StringBuilder();
        var quoted = false;
        foreach (var c in message)
        {
            if (c == '`')
            {
                quoted = !quoted;
                text.Append(quoted ? "…" : "");
            }
            else if (!quoted)
            {
                text.Append(c);
            }
        }
        return text.ToString();
    }
}
