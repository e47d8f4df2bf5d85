using System.Collections.Immutable;
using System.Text.Json;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// The header of a safetensors file: eight bytes with its length, then JSON that holds <c>__metadata__</c>, a map of strings, and a member for each
/// tensor (https://huggingface.co/docs/safetensors). Tensors are counted and not kept.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The longest header that the format's own library takes.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>The most bytes of a value that is kept; longer ones are passed over.</summary>
    public const int MostTextBytes = 64 * 1024;

    /// <summary>The most bytes of a license that is kept: ModelSpec lets its text stand there.</summary>
    public const int MostLicenseBytes = 1024 * 1024;

    /// <summary>The most keys of the metadata that are kept.</summary>
    public const int MostKeys = 10_000;

    private const string Member = "__metadata__";
    private const int MostStoredBytes = 16 * 1024 * 1024;

    // File names and captions of training data, which are nobody else's business, and a picture.
    private static readonly ImmutableArray<string> PassedOver =
    [
        "ss_datasets",
        "ss_dataset_dirs",
        "ss_reg_dataset_dirs",
        "ss_tag_frequency",
        "ss_bucket_info",
        "modelspec.thumbnail",
    ];

    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly List<string> tooLong = [];
    private int stored;
    private bool found;
    private string? twice;

    private SafetensorsHeader() { }

    /// <summary>The strings of <c>__metadata__</c>; of a key that stands twice, the first.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The keys of strings that are too long to be kept.</summary>
    public IReadOnlyList<string> TooLong => tooLong;

    /// <summary>How many tensors there are.</summary>
    public int TensorCount { get; private set; }

    /// <summary>How many of them have names that PEFT or sd-scripts give to the tensors of a LoRA.</summary>
    public int LoraCount { get; private set; }

    /// <summary>Reads from the beginning of a file; null with a problem where it is no safetensors file, and what came before it where the JSON breaks off.</summary>
    public static SafetensorsHeader? Read(ByteSource source, ICollection<ReadProblem> problems)
    {
        var length = source.U64();
        var start = source.Position;
        if (source.Failed)
        {
            return null;
        }
        if (length is < 2 or > LongestHeader || (source.Remaining > 0 && source.U8() != '{'))
        {
            problems.Add(FormatProblems.Other(source, "safetensors"));
            return null;
        }
        source.Seek(start);
        if (source.Bytes(length, (int)(ByteSource.MostRead - start)) is not { } json)
        {
            return null;
        }
        var header = new SafetensorsHeader();
        JsonHeader.Read(source, start, json, header.Members);
        if (header.twice is { } key)
        {
            problems.Add(FormatProblems.Twice(source, key));
        }
        return header;
    }

    private void Members(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!JsonHeader.Is(ref reader, Member))
            {
                TensorCount++;
                LoraCount += IsLora(reader.ValueSpan) ? 1 : 0;
                reader.Skip();
                continue;
            }
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && !found)
            {
                found = true;
                Strings(ref reader);
            }
            else
            {
                twice ??= found ? Member : null;
                reader.Skip();
            }
        }
    }

    private void Strings(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key =
                metadata.Count + tooLong.Count < MostKeys && Fits(reader.ValueSpan.Length, MostTextBytes)
                    ? JsonHeader.Text(ref reader)
                    : null;
            reader.Read();
            if (key is null || reader.TokenType != JsonTokenType.String || PassedOver.Contains(key))
            {
                reader.Skip();
            }
            else if (metadata.ContainsKey(key))
            {
                twice ??= key;
            }
            else if (Fits(reader.ValueSpan.Length, IsLicense(key) ? MostLicenseBytes : MostTextBytes))
            {
                metadata.Add(key, JsonHeader.Text(ref reader));
            }
            else
            {
                tooLong.Add(key);
            }
        }
    }

    private bool Fits(int size, int most)
    {
        var fits = size <= most && stored + size <= MostStoredBytes;
        stored += fits ? size : 0;
        return fits;
    }

    private static bool IsLicense(string key) => key.EndsWith("license", StringComparison.Ordinal);

    private static bool IsLora(ReadOnlySpan<byte> name) =>
        name.StartsWith("lora_"u8)
        || name.IndexOf(".lora_A"u8) >= 0
        || name.IndexOf(".lora_B"u8) >= 0
        || name.IndexOf(".lora_down"u8) >= 0
        || name.IndexOf(".lora_up"u8) >= 0;
}
