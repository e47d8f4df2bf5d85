using System.Text;
using Entail.Core.Identify;

namespace Entail.Tests.Identify;

/// <summary>
/// The reference texts, where the machine has them: a folder `shared/license-texts` beside the repository or above. They are other
/// people's words and no part of it.
/// </summary>
internal static class RealTexts
{
    private static readonly Lazy<string?> Folder = new(Locate);
    private static readonly Lazy<(byte[] Bytes, string Report)> Built = new(Build);
    private static readonly Lazy<FingerprintIndex> Loaded = new(() => FingerprintIndex.Load(Built.Value.Bytes));

    private static readonly Lazy<Identifier> Identifying = new(() =>
        new Identifier(
            Index,
            [
                .. Cataloged!.Select(text => new CatalogText(text.Key, text.License, "agreement", "some", () => Clauses(text.Key))),
                DeepSeek(),
            ],
            _ => null
        )
    );

    /// <summary>Texts that the tests treat as cataloged, with the license each belongs to.</summary>
    private static readonly (string Key, string License)[] Cataloged =
    [
        ("apache-2.0", "apache-2.0"),
        ("bigcode-open-rail-m-v1", "bigcode-openrail-m"),
        ("bigscience-open-rail-m", "bigscience-openrail-m"),
        ("bigscience-rail-1.0", "bigscience-rail-1.0"),
        ("bloom-openrail-m", "bloom-openrail-m"),
        ("bsd-new", "bsd-3-clause"),
        ("deepfloyd-if-model", "deepfloyd-if"),
        ("gemma-tou-2024-04-01", "gemma-2024"),
        ("gemma-tou-2025-03-24", "gemma-2025"),
        ("hunyuan-large", "hunyuan-large"),
        ("hunyuan-video", "hunyuan-video"),
        ("llama-2-license-2023", "llama-2"),
        ("llama-3-community-2024-04-18", "llama-3"),
        ("llama-3.1-license-2024", "llama-3.1"),
        ("llama-3.2-license-2024", "llama-3.2"),
        ("llama-3.3-license-2024", "llama-3.3"),
        ("llama-4-cla-2025", "llama-4"),
        ("llama-3.1-use-policy", "llama-3.1"),
        ("llama-3.2-use-policy", "llama-3.2"),
        ("mit", "mit"),
        ("ms-pl", "ms-pl"),
        ("openrail-plus-plus-m-sdxl-1.0", "openrail++-m"),
    ];

    // Where the clauses of deepseek-la-1.0 begin, in normalized words.
    private static readonly int[] DeepSeekStarts =
    [
        0,
        170,
        241,
        271,
        288,
        322,
        337,
        384,
        470,
        510,
        554,
        645,
        683,
        733,
        812,
        871,
        879,
        924,
        1000,
        1020,
        1036,
        1063,
        1124,
        1220,
        1267,
        1271,
        1300,
        1341,
        1461,
        1551,
        1666,
        1766,
        1800,
        1867,
        1888,
        1913,
        1919,
        1935,
        1951,
        1962,
        1976,
        1983,
        2004,
        2037,
        2091,
        2114,
    ];

    public static FingerprintIndex Index => Require(Loaded);

    public static Identifier Identifier => Require(Identifying);

    public static byte[] IndexBytes => Require(Built).Bytes;

    /// <summary>The keys of the texts treated as cataloged.</summary>
    public static IEnumerable<string> CatalogedKeys => Cataloged.Select(text => text.Key).Append("deepseek-la-1.0");

    /// <summary>The license that a match of this text is expected to name.</summary>
    public static string License(string key) => Identifier.Cataloged(key)?.License ?? key;

    public static string Report => Require(Built).Report;

    public static IReadOnlyList<string> Keys => [.. Enumerable.Range(0, Index.Count).Select(text => Index.Text(text).Key)];

    public static string Read(string key)
    {
        var folder = Require(Folder)!;
        var file = Path.Combine(folder, "reference", key + ".txt");
        return File.ReadAllText(File.Exists(file) ? file : Path.Combine(folder, "ai-extra", key + ".txt"), Encoding.UTF8);
    }

    /// <summary>Builds the index again.</summary>
    public static byte[] Rebuild() => Build().Bytes;

    public static Identification Identify(string text) => Identifier.Identify("LICENSE", text);

    private static (byte[] Bytes, string Report) Build()
    {
        using var report = new StringWriter();
        return (FingerprintBuilder.Build(Folder.Value!, report), report.ToString());
    }

    private static CatalogText DeepSeek() =>
        new(
            "deepseek-la-1.0",
            "deepseek-1.0",
            "agreement",
            "openrail",
            () => [.. DeepSeekStarts.Zip(DeepSeekStarts.Skip(1), (start, end) => new ClauseSpan($"w{start}", start, end))]
        );

    // One clause for each paragraph, which is enough for a test.
    private static List<ClauseSpan> Clauses(string key)
    {
        var text = Read(key);
        var words = Normalization.Words(text);
        var starts = Enumerable
            .Range(0, words.Count)
            .Where(i => i == 0 || text.AsSpan(words[i - 1].Offset..words[i].Offset).Count('\n') > 1)
            .Append(words.Count)
            .ToList();
        return [.. starts.Zip(starts.Skip(1), (start, end) => new ClauseSpan($"w{start}", start, end))];
    }

    private static T Require<T>(Lazy<T> value)
    {
        Assert.SkipWhen(Folder.Value is null, "the reference texts (shared/license-texts) are not on this machine");
        return value.Value;
    }

    private static string? Locate()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var texts = Path.Combine(folder.FullName, "shared", "license-texts");
            if (Directory.Exists(texts))
            {
                return texts;
            }
        }
        return null;
    }
}
