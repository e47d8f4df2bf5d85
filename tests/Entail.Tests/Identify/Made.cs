using Entail.Core.Identify;

namespace Entail.Tests.Identify;

/// <summary>Licenses made up for the tests, and an index of them.</summary>
internal static class Made
{
    // Before the texts that are spelled with them: fields are initialized in order.
    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>A cataloged license of five clauses.</summary>
    public const string Harbor = """
        HARBOR MODEL AGREEMENT

        This paper says what a sailor may do with the lantern weights that the harbor office keeps in its tower by the northern pier.

        1. A sailor may copy the lantern weights, carry them aboard any vessel, and teach a parrot to recite them in fair weather or foul.

        2. Whoever hands the lantern weights to another crew must hand over this paper too, and paint a blue stripe on every altered crate.

        3. Nobody may use the lantern weights to lure ships upon the rocks, to frighten whales, or to sell fog to the lighthouse keeper.

        4. The harbor office promises nothing about the lantern weights; a lamp may smoke, a wick may drown, and no coin will be given back.
        """;

    /// <summary>A cataloged license in Chinese.</summary>
    public const string Bamboo = """
        竹林模型约定

        第一条 任何人都可以在竹林里自由阅读和抄写本模型的全部参数，不必向看守竹林的老人支付任何费用。

        第二条 把模型交给别人的时候，应当同时交出这份约定，并且用红色的墨水写明自己改动过的地方。

        第三条 不得用本模型欺骗过路的商人，也不得用它惊扰山谷里正在睡觉的熊猫和它的孩子们。
        """;

    /// <summary>A text of no cataloged license.</summary>
    public static string Orchard { get; } =
        string.Join(
            "\n\n",
            Enumerable
                .Range(1, 30)
                .Select(row =>
                    $"In row {Number(row)} of the orchard the {Number(row + 7)} pear trees belong to the village, which lends their {Number(row * 3)} baskets to any neighbor "
                    + $"who returns them before the {Number(row + 2)} frost, keeps the {Number(row + 11)} ladders dry, and plants {Number(row * 5)} seeds by the old well."
                )
        );

    private static readonly string[] Ids = ["title", "preamble", "1", "2", "3", "4"];
    private static readonly Lazy<FingerprintIndex> Loaded = new(() => FingerprintIndex.Load(Build()));

    /// <summary>
    /// `harbor` and `bamboo` are cataloged; `reef` is too, and is `harbor` with one word changed in clause 3. `orchard` is not, nor is `echo`, which has
    /// the words of `harbor`.
    /// </summary>
    public static FingerprintIndex Index => Loaded.Value;

    public static CatalogText[] Cataloged { get; } =
    [
        Catalog("harbor", Harbor, Ids),
        Catalog("reef", Harbor.Replace("whales", "herrings", StringComparison.Ordinal), Ids),
        Catalog("bamboo", Bamboo, ["title", "1", "2", "3"]),
    ];

    /// <summary>Knows the made licenses by no other name than their own.</summary>
    public static Identifier Identifier => field ??= new(Index, Cataloged, _ => null);

    public static string Reef { get; } = Harbor.Replace("whales", "herrings", StringComparison.Ordinal);

    public static byte[] Build()
    {
        var folder = Directory.CreateTempSubdirectory("entail-texts-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "reference"));
            Directory.CreateDirectory(Path.Combine(folder.FullName, "ai-extra"));
            Add(
                "reference",
                "key\tshort_name\tspdx\tcategory\tis_deprecated",
                ("orchard", "\tOrchard\tOrchard-1.0\tPermissive\t", Orchard),
                ("echo", "\tEcho\tEcho-1.0\tPermissive\t", Harbor)
            );
            Add(
                "ai-extra",
                "key\trepository\tpath",
                ("harbor-text", "\t\t", Harbor),
                ("reef-text", "\t\t", Reef),
                ("bamboo-text", "\t\t", Bamboo)
            );
            return FingerprintBuilder.Build(folder.FullName, TextWriter.Null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Add(string list, string header, params (string Key, string Row, string Text)[] texts)
        {
            File.WriteAllLines(Path.Combine(folder.FullName, list + ".tsv"), texts.Select(text => text.Key + text.Row).Prepend(header));
            foreach (var (key, _, text) in texts)
            {
                File.WriteAllText(Path.Combine(folder.FullName, list, key + ".txt"), text);
            }
        }
    }

    // One clause for each paragraph.
    private static CatalogText Catalog(string license, string text, string[] ids)
    {
        var words = Normalization.Words(text);
        var starts = Enumerable
            .Range(0, words.Count)
            .Where(i => i == 0 || words[i].Line > words[i - 1].Line + 1)
            .Append(words.Count)
            .ToList();
        return new CatalogText(
            license + "-text",
            license,
            "agreement",
            "made",
            () => [.. ids.Select((id, i) => new ClauseSpan(id, starts[i], starts[i + 1]))]
        );
    }

    private static string Number(int number) => string.Join(' ', $"{number}".Select(digit => Digits[digit - '0']));
}
