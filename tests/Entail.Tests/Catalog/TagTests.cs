using System.IO.Compression;
using System.Text.Json;
using Entail.Core.Catalog;

namespace Entail.Tests.Catalog;

/// <summary>What hubs call licenses: each tag is a license, a named ambiguity, or says why it names none.</summary>
public sealed class TagTests
{
    /// <summary>The values that the front matter of a card takes as <c>license:</c>, as the hub's documentation lists them.</summary>
    public static TheoryData<string> HubTags =>
        [
            .. """
                apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bigcode-openrail-m afl-3.0 artistic-2.0 bsl-1.0
                bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0
                cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0
                cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0
                gpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc h-research intel-research lppl-1.3c ms-pl apple-ascl apple-amlr mpl-2.0 odc-by odbl openmdw-1.0 openrail++
                osl-3.0 postgresql ofl-1.1 ncsa unlicense zlib pddl lgpl-lr deepfloyd-if-license fair-noncommercial-research-license llama2 llama3 llama3.1
                llama3.2 llama3.3 llama4 grok2-community gemma unknown other
                """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];

    [Theory, MemberData(nameof(HubTags))]
    public void A_tag_of_the_hub_has_a_meaning(string tag) => AssertHasMeaning(tag);

    [Fact]
    public void Every_spelling_of_real_records_has_a_meaning()
    {
        var hub = Shared.Require("hub");
        var spellings = Spellings(Path.Combine(hub, "models-3988.json.gz"))
            .Concat(Spellings(Path.Combine(hub, "datasets-708.json.gz")))
            .Concat(CardSpellings(Path.Combine(hub, "cards")))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(spellings.Count > 40);
        Assert.All(spellings, AssertHasMeaning);
    }

    // What a tag may mean is told by another in several cases; that it means nothing, in words.
    private static void AssertHasMeaning(string tag) =>
        Assert.True(
            Repository.Catalog.Resolve(tag) switch
            {
                Resolution.Known => true,
                Resolution.Ambiguous ambiguous => !ambiguous.Candidates.IsEmpty || ambiguous.Note is not null,
                _ => false,
            },
            $"`{tag}` is unknown without a reason; encode the license, or add the tag to catalog/taxonomy/ambiguous.yaml"
        );

    private static IEnumerable<string> Spellings(string file)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var records = JsonDocument.Parse(stream);
        foreach (var record in records.RootElement.EnumerateArray())
        {
            foreach (var tag in record.GetProperty("tags").EnumerateArray().Select(t => t.GetString()!))
            {
                if (tag.StartsWith("license:", StringComparison.Ordinal))
                {
                    yield return tag["license:".Length..];
                }
            }
        }
    }

    private static IEnumerable<string> CardSpellings(string folder) =>
        Directory
            .EnumerateFiles(folder, "README.md", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line =>
                line.StartsWith("license:", StringComparison.Ordinal) || line.StartsWith("license_name:", StringComparison.Ordinal)
            )
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Trim('"', '\''))
            .Where(value => value.Length > 0);
}
