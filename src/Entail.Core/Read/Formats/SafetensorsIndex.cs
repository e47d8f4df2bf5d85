using System.Collections.Immutable;
using System.Text.Json;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// The index of a model in several safetensors files, <c>*.safetensors.index.json</c>: which tensor is in which file, the shard. Whether the
/// shards are there is not asked: an index is often kept without them.
/// </summary>
/// <param name="Shards">The names of the shards, each once, in ordinal order; those that lead out of the folder are left out.</param>
/// <param name="TensorCount">How many tensors are listed.</param>
internal sealed record SafetensorsIndex(ImmutableArray<string> Shards, int TensorCount)
{
    private const int MostShards = 10_000;
    private const int LongestName = 1024;

    /// <summary>Reads an index; no shards, with a problem, where it is none.</summary>
    public static SafetensorsIndex Read(ByteSource source, ICollection<ReadProblem> problems)
    {
        var shards = new HashSet<string>(StringComparer.Ordinal);
        var tensors = 0;
        if (source.Bytes((ulong)source.Length, (int)ByteSource.MostRead) is { } json)
        {
            JsonHeader.Read(source, 0, json, (ref Utf8JsonReader reader) => tensors = Members(ref reader, shards));
        }
        foreach (var shard in shards.Where(s => !IsInside(s)).Order(StringComparer.Ordinal).Take(1))
        {
            problems.Add(
                Problems.Invalid(
                    source.Key("weight_map", shard),
                    $"`{source.File}` names the shard `{Problems.Excerpt(shard)}`, which is no file beside or below it, and was not followed. Name the files in the model's own folder.",
                    $"`{source.File}` 中的分片 `{Problems.Excerpt(shard)}` 不在该文件所在的文件夹内，未予读取。请改为模型文件夹内的文件名。"
                )
            );
        }
        return new SafetensorsIndex([.. shards.Where(IsInside).Order(StringComparer.Ordinal)], tensors);
    }

    private static int Members(ref Utf8JsonReader reader, HashSet<string> shards)
    {
        var tensors = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var map = JsonHeader.Is(ref reader, "weight_map");
            reader.Read();
            if (map && reader.TokenType == JsonTokenType.StartObject)
            {
                tensors += Map(ref reader, shards);
            }
            else
            {
                reader.Skip();
            }
        }
        return tensors;
    }

    // Many tensors share few names, which are looked up without a string for each.
    private static int Map(ref Utf8JsonReader reader, HashSet<string> shards)
    {
        var tensors = 0;
        var known = shards.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> name = stackalloc char[LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            tensors++;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= LongestName && shards.Count < MostShards)
            {
                Add(ref reader, shards, known, name);
            }
            reader.Skip();
        }
        return tensors;
    }

    private static void Add(
        ref Utf8JsonReader reader,
        HashSet<string> shards,
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known,
        scoped Span<char> name
    )
    {
        try
        {
            known.Add(name[..reader.CopyString(name)]);
        }
        catch (InvalidOperationException)
        {
            shards.Add(JsonHeader.Text(ref reader));
        }
    }

    private static bool IsInside(string shard) =>
        !shard.Any(c => c is '\\' or ':' || char.IsControl(c)) && shard.Split('/').All(part => part is not ("" or "." or ".."));
}
