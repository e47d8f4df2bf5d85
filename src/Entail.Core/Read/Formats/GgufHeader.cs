using System.Buffers.Binary;
using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// What stands before the tensors of a GGUF file, versions 2 and 3, in either byte order
/// (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). The list of tensors and their data are not read.
/// </summary>
internal sealed class GgufHeader
{
    /// <summary>The most bytes of a string that are kept.</summary>
    public const int MostTextBytes = 64 * 1024;

    /// <summary>The most bytes of a license that are kept: some files hold its text.</summary>
    public const int MostLicenseBytes = 1024 * 1024;

    /// <summary>The most items of an array of strings that are kept.</summary>
    public const int MostItems = 1000;

    /// <summary>The most keys that are read.</summary>
    public const int MostKeys = 10_000;

    /// <summary>The most arrays within one another.</summary>
    public const int DeepestArray = 8;

    // The specification's bound.
    private const int MostKeyBytes = 65_535;
    private const int MostStoredBytes = 16 * 1024 * 1024;

    // A name of no letters, no dimensions, a type and an offset.
    private const int LeastTensorBytes = 8 + 4 + 4 + 8;

    private const int StringType = 8;
    private const int ArrayType = 9;

    private readonly Dictionary<string, GgufValue> metadata = new(StringComparer.Ordinal);
    private readonly ByteSource source;
    private int stored;

    private GgufHeader(ByteSource source) => this.source = source;

    /// <summary>The version of the format, 2 or 3.</summary>
    public uint Version { get; private set; }

    /// <summary>The highest byte of a number comes first.</summary>
    public bool BigEndian { get; private set; }

    /// <summary>How many tensors the file says it has.</summary>
    public ulong TensorCount { get; private set; }

    /// <summary>How many keys the file says it has.</summary>
    public ulong KeyCount { get; private set; }

    /// <summary>The metadata, as far as it could be read; of a key that stands twice, the first value.</summary>
    public IReadOnlyDictionary<string, GgufValue> Metadata => metadata;

    /// <summary>Which file of several this is, from 0; null where the model is in one file. Only the first has the model's metadata.</summary>
    public int? SplitNumber => Small("split.no");

    /// <summary>How many files the model is in; null where it does not say.</summary>
    public int? SplitCount => Small("split.count");

    /// <summary>Reads from the beginning of a file; null with a problem where it is no GGUF file, or none of a version that is read.</summary>
    public static GgufHeader? Read(ByteSource source, ICollection<ReadProblem> problems)
    {
        Span<byte> magic = stackalloc byte[4];
        if (!source.Read(magic))
        {
            return null;
        }
        if (!magic.SequenceEqual("GGUF"u8))
        {
            problems.Add(FormatProblems.Other(source, "GGUF"));
            return null;
        }
        var header = new GgufHeader(source);
        var version = header.U32();
        if (version is not 0 && (version & 0xFFFF) == 0)
        {
            header.BigEndian = true;
            version = BinaryPrimitives.ReverseEndianness(version);
        }
        header.Version = version;
        if (!source.Failed && version is not (2 or 3))
        {
            problems.Add(
                Problems.Unreadable(
                    source.At(4, null),
                    version == 1
                        ? $"`{source.File}` is GGUF of version 1, which is too old to be read. Convert the model again, or take a newer file of it."
                        : $"`{source.File}` says it is GGUF of version {version}; versions 2 and 3 are read. Take the file anew from its source, or use a newer Entail.",
                    version == 1
                        ? $"`{source.File}` 是 GGUF 第 1 版，过旧而无法读取。请重新转换模型，或换用较新的文件。"
                        : $"`{source.File}` 标明为 GGUF 第 {version} 版；仅支持第 2、3 版。请从来源重新取得该文件，或使用更新的 Entail。"
                )
            );
            return null;
        }
        header.TensorCount = header.U64();
        header.KeyCount = header.U64();
        if (source.Failed)
        {
            return null;
        }
        header.ReadMetadata(problems);
        return header;
    }

    /// <summary>A string, or the only one of an array; null where there is none.</summary>
    public GgufValue.Text? Text(string key) =>
        metadata.GetValueOrDefault(key) switch
        {
            GgufValue.Text text => text,
            GgufValue.Texts { Items: [var only], Count: 1 } => new GgufValue.Text(only, Cut: false),
            _ => null,
        };

    /// <summary>A whole number; null where there is none.</summary>
    public Int128? Whole(string key) => metadata.GetValueOrDefault(key) is GgufValue.Whole whole ? whole.Value : null;

    private int? Small(string key) => Whole(key) is { } value && value >= 0 && value <= int.MaxValue ? (int)value : null;

    private void ReadMetadata(ICollection<ReadProblem> problems)
    {
        string? twice = null;
        for (ulong read = 0; read < KeyCount; read++)
        {
            if (read == MostKeys)
            {
                source.Fail(
                    $"there are more than {MostKeys} metadata keys, which no model needs",
                    $"元数据的键超过 {MostKeys} 个，超出模型所需"
                );
                return;
            }
            var start = source.Position;
            var (key, keyCut) = ReadText(MostKeyBytes);
            if (keyCut)
            {
                source.Seek(start);
                source.Fail("a metadata key here is too long", "此处的元数据键过长");
            }
            var value = source.Failed ? null : ReadValue(key, U32());
            if (value is null || source.Failed)
            {
                return;
            }
            if (!metadata.TryAdd(key, value) && twice is null)
            {
                twice = key;
                problems.Add(FormatProblems.Twice(source, key));
            }
        }
        if (TensorCount > (ulong)source.Remaining / LeastTensorBytes)
        {
            source.Fail(
                $"{TensorCount} tensors should follow, and the file is too short for them",
                $"此后应有 {TensorCount} 个张量，但文件过短"
            );
        }
    }

    // Null only where the reading failed.
    private GgufValue? ReadValue(string key, uint type)
    {
        switch (type)
        {
            case 0:
                return new GgufValue.Whole(U8());
            case 1:
                return new GgufValue.Whole((sbyte)U8());
            case 2:
                return new GgufValue.Whole(U16());
            case 3:
                return new GgufValue.Whole((short)U16());
            case 4:
                return new GgufValue.Whole(U32());
            case 5:
                return new GgufValue.Whole((int)U32());
            case 6:
                return new GgufValue.Real(BitConverter.UInt32BitsToSingle(U32()));
            case 7:
                return new GgufValue.Truth(U8() != 0);
            case StringType:
                var license = key.StartsWith("general.license", StringComparison.Ordinal);
                var (text, cut) = ReadText(license ? MostLicenseBytes : MostTextBytes);
                return new GgufValue.Text(text, cut);
            case ArrayType:
                // The tokens of a tokenizer are many, and say nothing of where the model is from.
                return ReadArray(key.StartsWith("tokenizer.", StringComparison.Ordinal) ? 0 : MostItems, 1);
            case 10:
                return new GgufValue.Whole(U64());
            case 11:
                return new GgufValue.Whole((long)U64());
            case 12:
                return new GgufValue.Real(BitConverter.UInt64BitsToDouble(U64()));
            default:
                return Unknown(type);
        }
    }

    // What is counted here is not believed: every item takes bytes, and there are only so many.
    private GgufValue? ReadArray(int keep, int depth)
    {
        var type = U32();
        var count = U64();
        switch (type)
        {
            case StringType:
                var items = new List<string>();
                for (ulong i = 0; i < count && !source.Failed; i++)
                {
                    if (items.Count < keep)
                    {
                        items.Add(ReadText(MostTextBytes).Text);
                    }
                    else
                    {
                        source.Skip(U64());
                    }
                }
                return keep == 0 ? new GgufValue.Passed(count) : new GgufValue.Texts([.. items], count);
            case ArrayType when depth == DeepestArray:
                source.Fail($"arrays stand here within more than {DeepestArray} others", $"此处的数组嵌套超过 {DeepestArray} 层");
                return null;
            case ArrayType:
                for (ulong i = 0; i < count && !source.Failed; i++)
                {
                    ReadArray(0, depth + 1);
                }
                return new GgufValue.Passed(count);
            default:
                if (Width(type) is not { } width)
                {
                    return Unknown(type);
                }
                source.Skip(count > (ulong)source.Remaining ? ulong.MaxValue : count * width);
                return new GgufValue.Passed(count);
        }
    }

    private GgufValue? Unknown(uint type)
    {
        source.Fail(
            $"a value of type {type} should stand here, which the format does not have",
            $"此处的值标明为类型 {type}，格式中没有该类型"
        );
        return null;
    }

    private static uint? Width(uint type) =>
        type switch
        {
            0 or 1 or 7 => 1,
            2 or 3 => 2,
            4 or 5 or 6 => 4,
            10 or 11 or 12 => 8,
            _ => null,
        };

    private (string Text, bool Cut) ReadText(int most)
    {
        var length = U64();
        if (length > (ulong)source.Remaining)
        {
            source.Skip(length);
            return ("", false);
        }
        var kept = (int)Math.Min(length, (ulong)Math.Min(most, MostStoredBytes - stored));
        stored += kept;
        if (source.Bytes((ulong)kept, kept) is not { } bytes || !source.Skip(length - (ulong)kept))
        {
            return ("", false);
        }
        var cut = (ulong)kept < length;
        while (cut && kept > 0 && (bytes[kept - 1] & 0xC0) == 0x80)
        {
            kept--;
        }
        return (Encoding.UTF8.GetString(bytes, 0, cut && kept > 0 && bytes[kept - 1] >= 0xC0 ? kept - 1 : kept), cut);
    }

    private byte U8() => source.U8();

    private ushort U16()
    {
        Span<byte> bytes = stackalloc byte[2];
        source.Read(bytes);
        return BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    private uint U32() => BigEndian ? BinaryPrimitives.ReverseEndianness(source.U32()) : source.U32();

    private ulong U64() => BigEndian ? BinaryPrimitives.ReverseEndianness(source.U64()) : source.U64();
}
