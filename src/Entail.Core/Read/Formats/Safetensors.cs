using System.Collections.Immutable;
using System.Text.Json;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// The header of a safetensors file (https://github.com/huggingface/safetensors, "Format"): eight bytes of length, then JSON that names the tensors and
/// may hold free metadata. Only the metadata is kept: ModelSpec's keys (https://github.com/Stability-AI/ModelSpec), those that sd-scripts writes
/// (<c>ss_*</c>), and plain <c>license</c> and <c>base_model</c>.
/// </summary>
/// <param name="Metadata">The metadata, each key once.</param>
/// <param name="Tensors">How many tensors are named.</param>
internal sealed record Safetensors(IReadOnlyDictionary<string, string> Metadata, int Tensors)
{
    private const int LongestHeader = 32 * 1024 * 1024;
    private const int LongestValue = 1 << 20;
    private const int MostKeys = 4096;
    private const int DeepestNesting = 16;

    private static readonly ImmutableArray<string> LicenseKeys = ["modelspec.license", "license"];

    /// <summary>Reads the header; what is wrong is a problem of the source.</summary>
    public static Safetensors Read(ByteSource source)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = 0;
        var length = source.U64();
        if (source.Bytes(length, LongestHeader) is { } bytes)
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepestNesting });
            try
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                {
                    throw new JsonException();
                }
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isMetadata = reader.ValueTextEquals("__metadata__"u8);
                    reader.Read();
                    if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
                    {
                        Keep(ref reader, metadata);
                    }
                    else
                    {
                        tensors += isMetadata ? 0 : 1;
                        reader.Skip();
                    }
                }
            }
            catch (Exception problem) when (problem is JsonException or InvalidOperationException)
            {
                source.Seek(Math.Min(8 + reader.BytesConsumed, source.Length));
                source.Fail("the header is no JSON object as safetensors files have it", "文件头不是 safetensors 所用的 JSON 对象");
            }
        }
        return new Safetensors(metadata, tensors);
    }

    /// <summary>
    /// What the metadata declares. A model that others were merged from, or an adapter was trained on, counts where it is a name on the hub; the name of
    /// a file on somebody's disk names nothing.
    /// </summary>
    /// <param name="source">The file, for evidence.</param>
    public Declaration Declared(ByteSource source)
    {
        var isAdapter = Metadata.ContainsKey("ss_network_module");
        var (licenses, terms) = LicenseKeys
            .Select(k => FormatClaims.License(source, k, Metadata.GetValueOrDefault(k)))
            .FirstOrDefault(l => !l.Licenses.IsEmpty || !l.Terms.IsEmpty, ([], []));
        return new Declaration
        {
            Licenses = licenses,
            Name = FormatClaims.Text(source, "modelspec.title", Metadata.GetValueOrDefault("modelspec.title")),
            Bases =
            [
                .. Works(source, "modelspec.merged_from").Select(c => new DeclaredBase(c, Act.Merge)),
                .. Works(source, "base_model").Select(c => new DeclaredBase(c, isAdapter ? Act.Adapt : null)),
                .. Works(source, "ss_sd_model_name").Select(c => new DeclaredBase(c, isAdapter ? Act.Adapt : Act.FineTune)),
            ],
            Terms = terms,
            DescribesModel = true,
            Stated = new MakingHints(isAdapter, false),
        };
    }

    private IEnumerable<Claim> Works(ByteSource source, string key) =>
        Metadata
            .GetValueOrDefault(key, "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(w => HubName.Parse(w))
            .Where(w => w.Form == HubNameForm.Full && !KnownFiles.IsWeights(w.Name))
            .Select(w => new Claim(w.Name, source.Key(key, w.Name)))
            .DistinctBy(c => c.Value, StringComparer.OrdinalIgnoreCase);

    private static void Keep(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= LongestValue && metadata.Count < MostKeys)
            {
                metadata.TryAdd(key, reader.GetString()!);
            }
            reader.Skip();
        }
    }
}
