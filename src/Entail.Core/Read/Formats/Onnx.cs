using System.Collections.Immutable;
using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// What an ONNX model says of itself beside its graph (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, ModelProto): a walk over the outermost
/// fields of the protobuf message, which passes over the graph and the weights in it wherever they stand.
/// </summary>
/// <param name="Metadata">The metadata properties (field 14), each key once.</param>
/// <param name="Producer">Who wrote the file (field 2); null where it does not say.</param>
internal sealed record Onnx(IReadOnlyDictionary<string, string> Metadata, string? Producer)
{
    private const int LongestValue = 1 << 20;
    private const int MostKeys = 4096;
    private const int MostFields = 1_000_000;

    private const int LongestOther = 1024; // of a value that nothing turns on

    private static readonly ImmutableArray<string> LicenseKeys = ["license", "model_license"];
    private static readonly ImmutableArray<string> Kept = [.. LicenseKeys, "model_name", "base_model"];

    private const ulong ProducerName = 2;
    private const ulong MetadataProps = 14;
    private const ulong LargestField = 536_870_911; // protobuf's limit

    /// <summary>Reads the fields; what is wrong is a problem of the source.</summary>
    /// <param name="source">The file.</param>
    /// <param name="problems">Receives a key that stands twice; the first value counts.</param>
    public static Onnx Read(ByteSource source, ICollection<ReadProblem> problems)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        string? producer = null;
        for (var i = 0; source.Remaining > 0 && !source.Failed; i++)
        {
            if (i == MostFields)
            {
                source.Fail("there are more fields here than a model has", "此处的字段多于模型应有的数量");
            }
            var (field, type) = Tag(source);
            if (type != Wire.Bytes)
            {
                Pass(source, type);
                continue;
            }
            var length = Varint(source);
            if (field == MetadataProps && length <= LongestValue && source.Bytes(length, LongestValue) is { } entry)
            {
                if (metadata.Count < MostKeys && Entry(entry) is { } pair && (pair.Value.Length <= LongestOther || Kept.Contains(pair.Key)))
                {
                    if (!metadata.TryAdd(pair.Key, pair.Value) && Kept.Contains(pair.Key) && metadata[pair.Key] != pair.Value)
                    {
                        problems.Add(FormatProblems.Twice(source, pair.Key));
                    }
                }
            }
            else if (field == ProducerName && length <= LongestValue && source.Bytes(length, LongestValue) is { } name)
            {
                producer ??= Encoding.UTF8.GetString(name);
            }
            else
            {
                source.Skip(length);
            }
        }
        return new Onnx(metadata, producer);
    }

    /// <summary>What the properties declare: <c>license</c> and ONNX's own <c>model_license</c>, a name, a base.</summary>
    /// <param name="source">The file, for evidence.</param>
    public Declaration Declared(ByteSource source)
    {
        var declaration = new Declaration
        {
            Name = Metadata.TryGetValue("model_name", out var name)
                ? new Claim(Problems.Excerpt(name), source.Key("model_name", name))
                : null,
            Bases =
                Metadata.TryGetValue("base_model", out var written) && HubName.Parse(written) is (var work, HubNameForm.Full)
                    ? [new DeclaredBase(new Claim(work, source.Key("base_model", written)), null)]
                    : [],
            DescribesModel = true,
        };
        // Two keys that state a license may contradict each other: both count.
        return LicenseKeys.Aggregate(declaration, (d, key) => d.WithLicense(Metadata.GetValueOrDefault(key, ""), source, key));
    }

    private enum Wire
    {
        Varint = 0,
        Eight = 1,
        Bytes = 2,
        Four = 5,
        None = 7,
    }

    private static (ulong Field, Wire Type) Tag(ByteSource source)
    {
        var start = source.Position;
        var tag = Varint(source);
        var (field, type) = (tag >> 3, (Wire)(tag & 7));
        if (!source.Failed && (field is 0 or > LargestField || type is not (Wire.Varint or Wire.Eight or Wire.Bytes or Wire.Four)))
        {
            source.Seek(start);
            source.Fail(
                "this is no ONNX model: no field of a protobuf message begins here",
                "这不是 ONNX 模型：此处不是 protobuf 消息的字段"
            );
        }
        return source.Failed ? (0, Wire.None) : (field, type);
    }

    private static void Pass(ByteSource source, Wire type)
    {
        switch (type)
        {
            case Wire.Varint:
                Varint(source);
                break;
            case Wire.Eight:
                source.Skip(8);
                break;
            case Wire.Four:
                source.Skip(4);
                break;
            default:
                break; // it has failed
        }
    }

    private static ulong Varint(ByteSource source)
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = source.U8();
            value |= shift < 64 ? (ulong)(next & 0x7f) << shift : 0;
            if (next < 0x80)
            {
                return value;
            }
        }
        source.Fail("a number here has no end", "此处的数字没有结束");
        return 0;
    }

    // StringStringEntryProto: key is field 1, value field 2.
    private static KeyValuePair<string, string>? Entry(byte[] bytes)
    {
        var found = new List<ReadProblem>();
        var source = new ByteSource(new MemoryStream(bytes), "", found);
        string? key = null;
        string? value = null;
        while (source.Remaining > 0 && !source.Failed)
        {
            var (field, type) = Tag(source);
            if (type != Wire.Bytes)
            {
                Pass(source, type);
            }
            else if (source.Bytes(Varint(source), LongestValue) is { } text)
            {
                key = field == 1 ? Encoding.UTF8.GetString(text) : key;
                value = field == 2 ? Encoding.UTF8.GetString(text) : value;
            }
        }
        return key is null || value is null ? null : new(key, value);
    }
}
