using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// The header of a GGUF file, version 2 or 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). Kept are the keys that speak of the model
/// as a whole, <c>general.*</c>, <c>adapter.*</c> and <c>split.*</c>; the vocabulary and everything else is walked over, tensors are not looked at.
/// </summary>
/// <param name="Version">2 or 3; 0 where the file is no GGUF file that can be read.</param>
/// <param name="Tensors">How many tensors the file says it holds.</param>
/// <param name="Texts">The values of keys that are texts.</param>
/// <param name="Lists">The values of keys that are lists of texts, at most the first 1,000 each.</param>
/// <param name="Numbers">The values of keys that are whole numbers or flags.</param>
internal sealed record GgufHeader(
    int Version,
    ulong Tensors,
    IReadOnlyDictionary<string, string> Texts,
    IReadOnlyDictionary<string, ImmutableArray<string>> Lists,
    IReadOnlyDictionary<string, ulong> Numbers
)
{
    private const uint Magic = 0x46554747; // "GGUF", the lowest byte first
    private const int LongestKey = 65_535; // the specification's limit
    private const int LongestText = 1 << 20;
    private const int MostItems = 1000;
    private const int MostKept = 4096;
    private const int DeepestArray = 4;

    // llama.cpp's file types of full precision: F32, F16, BF16; 1024 marks a guess.
    private static readonly ImmutableArray<ulong> FullPrecision = [0, 1, 32];
    private const ulong Guessed = 1024;

    private static readonly ImmutableArray<string> Sources = ["general.source", "general"];
    private static readonly ImmutableArray<string> Kept = ["general.", "adapter.", "split."];

    /// <summary>Reads the header from the beginning of a file; what is wrong is a problem of the source, and what stands before it counts.</summary>
    public static GgufHeader Read(ByteSource source)
    {
        var reading = new Reading(source);
        var (version, tensors) = reading.Whole();
        return new GgufHeader(version, tensors, reading.Texts, reading.Lists, reading.Numbers);
    }

    /// <summary>
    /// What the header declares. Converters copy the card of the model that they convert, so the bases are that model's, and <c>general.source.*</c>
    /// (else <c>general.repo_url</c>, where it names a work on the hub) is the model itself.
    /// </summary>
    /// <param name="source">The file, for evidence.</param>
    public Declaration Declared(ByteSource source)
    {
        var (licenses, terms) = FormatClaims.License(source, "general.license", Texts.GetValueOrDefault("general.license"));
        var isAdapter = Texts.GetValueOrDefault("general.type") == "adapter" || Texts.ContainsKey("adapter.type");
        var sources = Sources
            .Select(p => Work(source, p, fromAddress: true))
            .Append(
                FormatClaims.Text(
                    source,
                    "general.source.huggingface.repository",
                    Texts.GetValueOrDefault("general.source.huggingface.repository")
                )
            )
            .OfType<Claim>()
            .DistinctBy(c => c.Value, StringComparer.OrdinalIgnoreCase)
            .Take(1);
        return new Declaration
        {
            Licenses = licenses,
            LicenseName = Text(source, "general.license.name"),
            LicenseLink = Text(source, "general.license.link"),
            Name = Text(source, "general.name"),
            Bases = [.. Numbered(source, "general.base_model").Select(b => new DeclaredBase(b, isAdapter ? Act.Adapt : null))],
            Sources = isAdapter ? [] : [.. sources.Select(s => new DeclaredBase(s, null))],
            Datasets =
            [
                .. Numbered(source, "general.dataset"),
                .. Lists.GetValueOrDefault("general.datasets", []).Select(d => new Claim(d, source.Key("general.datasets", d))),
            ],
            Tags = Lists.GetValueOrDefault("general.tags", []),
            Terms = terms,
            DescribesModel = true,
            Stated = new MakingHints(
                isAdapter,
                Numbers.TryGetValue("general.file_type", out var type) && !FullPrecision.Contains(type & ~Guessed)
            ),
        };
    }

    private Claim? Text(ByteSource source, string key) => FormatClaims.Text(source, key, Texts.GetValueOrDefault(key));

    private IEnumerable<Claim> Numbered(ByteSource source, string prefix)
    {
        var count = Math.Min(Numbers.GetValueOrDefault(prefix + ".count"), MostItems);
        return Enumerable.Range(0, (int)count).Select(i => Work(source, $"{prefix}.{i}", fromAddress: false)).OfType<Claim>();
    }

    // The name on the hub where an address gives one; else organization and name, as far as they are there.
    private Claim? Work(ByteSource source, string prefix, bool fromAddress)
    {
        foreach (var key in new[] { $"{prefix}.repo_url", $"{prefix}.url" })
        {
            if (Texts.TryGetValue(key, out var address) && HubName.Parse(address) is (var named, HubNameForm.Full))
            {
                return new Claim(named, source.Key(key, address));
            }
        }
        if (fromAddress || !Texts.TryGetValue($"{prefix}.name", out var name) || string.IsNullOrWhiteSpace(name))
        {
            return null;
        }
        var plain = name.Trim().Replace(' ', '-');
        return
            Texts.TryGetValue($"{prefix}.organization", out var organization)
            && HubName.Parse($"{organization.Trim().Replace(' ', '-')}/{plain}") is (var full, HubNameForm.Full)
            ? new Claim(full, source.Key($"{prefix}.name", name))
            : new Claim(Problems.Excerpt(plain), source.Key($"{prefix}.name", name));
    }

    private enum Kind : uint
    {
        U8,
        I8,
        U16,
        I16,
        U32,
        I32,
        F32,
        Bool,
        Text,
        Array,
        U64,
        I64,
        F64,
    }

    private sealed class Reading(ByteSource source)
    {
        public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ImmutableArray<string>> Lists { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ulong> Numbers { get; } = new(StringComparer.Ordinal);

        public (int Version, ulong Tensors) Whole()
        {
            if (source.U32() != Magic)
            {
                source.Fail("this is no GGUF file: it does not begin with its four letters", "这不是 GGUF 文件：开头不是其标识");
                return (0, 0);
            }
            var version = source.U32();
            if (version is not (2 or 3))
            {
                _ = version is 1
                    ? source.Fail(
                        "this is GGUF version 1, which nobody writes any more and which is not read",
                        "这是 GGUF 第 1 版，早已不再使用，不予读取"
                    )
                    : source.Fail(
                        $"this is GGUF version {version.ToString(CultureInfo.InvariantCulture)}, or its numbers stand in the other byte order; versions 2 and 3 in the common order are read",
                        $"这是 GGUF 第 {version.ToString(CultureInfo.InvariantCulture)} 版，或字节序相反；可读取常见字节序的第 2、3 版"
                    );
                return (0, 0);
            }
            var tensors = source.U64();
            var pairs = source.U64();
            for (ulong i = 0; i < pairs && !source.Failed; i++)
            {
                Pair();
            }
            return ((int)version, tensors);
        }

        private void Pair()
        {
            if (source.Bytes(source.U64(), LongestKey) is not { } bytes)
            {
                return;
            }
            var key = Encoding.UTF8.GetString(bytes);
            var kind = (Kind)source.U32();
            var isKept = Kept.Any(k => key.StartsWith(k, StringComparison.Ordinal)) && Texts.Count + Lists.Count + Numbers.Count < MostKept;
            switch (kind)
            {
                case Kind.Text when isKept:
                    if (Value(LongestText) is { } text)
                    {
                        Texts.TryAdd(key, text);
                    }
                    break;
                case Kind.Array when isKept:
                    Items(key);
                    break;
                case Kind.U8 or Kind.Bool:
                    Number(key, source.U8(), isKept);
                    break;
                case Kind.U32 or Kind.I32:
                    Number(key, source.U32(), isKept);
                    break;
                case Kind.U64 or Kind.I64:
                    Number(key, source.U64(), isKept);
                    break;
                default:
                    Pass(kind, 0);
                    break;
            }
        }

        private void Number(string key, ulong value, bool isKept)
        {
            if (isKept && !source.Failed)
            {
                Numbers.TryAdd(key, value);
            }
        }

        private string? Value(int longest) => source.Bytes(source.U64(), longest) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

        private void Items(string key)
        {
            var kind = (Kind)source.U32();
            var count = source.U64();
            if (kind != Kind.Text)
            {
                Elements(kind, count, 1);
                return;
            }
            var items = ImmutableArray.CreateBuilder<string>();
            for (ulong i = 0; i < count && !source.Failed; i++)
            {
                var length = source.U64();
                if (items.Count < MostItems && length <= LongestKey)
                {
                    if (source.Bytes(length, LongestKey) is { } bytes)
                    {
                        items.Add(Encoding.UTF8.GetString(bytes));
                    }
                }
                else
                {
                    source.Skip(length);
                }
            }
            Lists.TryAdd(key, items.ToImmutable());
        }

        private void Pass(Kind kind, int depth)
        {
            switch (kind)
            {
                case Kind.Text:
                    source.Skip(source.U64());
                    break;
                case Kind.Array when depth < DeepestArray:
                    var of = (Kind)source.U32();
                    Elements(of, source.U64(), depth + 1);
                    break;
                case Kind.Array:
                    source.Fail("lists stand here within lists, too deep to be meant", "此处列表嵌套过深");
                    break;
                default:
                    source.Skip(Size(kind));
                    break;
            }
        }

        private void Elements(Kind kind, ulong count, int depth)
        {
            if (kind is not (Kind.Text or Kind.Array))
            {
                var size = Size(kind);
                source.Skip(size > 0 && count > ulong.MaxValue / size ? ulong.MaxValue : count * size);
                return;
            }
            for (ulong i = 0; i < count && !source.Failed; i++)
            {
                Pass(kind, depth);
            }
        }

        private ulong Size(Kind kind)
        {
            switch (kind)
            {
                case Kind.U8 or Kind.I8 or Kind.Bool:
                    return 1;
                case Kind.U16 or Kind.I16:
                    return 2;
                case Kind.U32 or Kind.I32 or Kind.F32:
                    return 4;
                case Kind.U64 or Kind.I64 or Kind.F64:
                    return 8;
                default:
                    source.Fail(
                        $"there is no type of value {((uint)kind).ToString(CultureInfo.InvariantCulture)}",
                        $"没有类型为 {((uint)kind).ToString(CultureInfo.InvariantCulture)} 的值"
                    );
                    return 0;
            }
        }
    }
}
