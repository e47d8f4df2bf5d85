using System.Text.Json.Nodes;
using Entail.Catalog;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Write;
using Entail.Tests.Identify;

namespace Entail.Tests.Explain;

public sealed class IdentifyFindingsTests
{
    private static readonly FingerprintIndex Index = FingerprintIndex.Load(EmbeddedCatalog.Fingerprints());
    private static readonly IdentifyFindings Judge = new(Repository.Catalog, Index);

    [Theory]
    [InlineData("LICENSE", IdentifyStatus.Recognized)]
    [InlineData("LICENSE-MODEL", IdentifyStatus.Modified)]
    [InlineData("LICENSES/two", IdentifyStatus.Recognized)]
    [InlineData("LICENSE.either", IdentifyStatus.Modified)]
    [InlineData("LICENSE.part", IdentifyStatus.Unclear)]
    [InlineData("LICENSE.shortened", IdentifyStatus.Recognized)]
    [InlineData("docs/history.md", IdentifyStatus.Recognized)]
    [InlineData("model.py", IdentifyStatus.Recognized)]
    [InlineData("main.c", IdentifyStatus.Recognized)]
    [InlineData("shared.c", IdentifyStatus.Recognized)]
    [InlineData("COPYING", IdentifyStatus.Recognized)]
    [InlineData("other.c", IdentifyStatus.Unclear)]
    [InlineData("LICENSE.unknown", IdentifyStatus.Unclear)]
    [InlineData("notes.txt", IdentifyStatus.Unclear)]
    [InlineData("NOTICE", IdentifyStatus.Recognized)]
    [InlineData("LICENSE.rail", IdentifyStatus.Unclear)]
    [InlineData("LICENSE.long", IdentifyStatus.Modified)]
    [InlineData("LICENSE.masked", IdentifyStatus.Modified)]
    [InlineData("LICENSE.pdf", IdentifyStatus.Unclear)]
    public void Each_kind_of_file_comes_out_as(string file, IdentifyStatus status) => Assert.Equal(status, Status(Named(file)));

    [Fact]
    public void Every_kind_is_tried() => Assert.Equal(19, MadeFiles.All.Count);

    // The edit that other detectors call an exact, complete match.
    [Theory]
    [InlineData("LICENSE")]
    [InlineData("terms-of-ours.txt")]
    public void A_sentence_after_the_license_is_a_change_of_it(string file)
    {
        var match = MadeFiles.Exact("mit") with
        {
            Kind = MatchKind.Close,
            Residue = [MadeFiles.At(90, "Commercial use is not permitted.")],
        };
        Assert.Equal(IdentifyStatus.Modified, Status(MadeFiles.Of(file, match)));
    }

    [Theory]
    [InlineData("LICENSE", IdentifyStatus.Modified)]
    [InlineData("README.md", IdentifyStatus.Recognized)]
    public void Text_around_a_license_counts_where_the_file_is_called_one(string file, IdentifyStatus status)
    {
        var around = new Passage(new LineRange(90, 400), new string('x', Passage.MaxCharacters));
        Assert.Equal(status, Status(MadeFiles.Of(file, MadeFiles.Exact("mit") with { Kind = MatchKind.Close, Residue = [around] })));
    }

    [Fact]
    public void A_name_beside_the_text_of_another_license_is_not_enough()
    {
        var named = MadeFiles.Of("LICENSE", MadeFiles.Named("mit", "MIT", null));
        Assert.Equal(IdentifyStatus.Recognized, Status(named));
        Assert.Equal(
            IdentifyStatus.Unclear,
            Status(named with { Found = named.Found! with { Closest = [new ClosestLicense("gemma-2025", 0.8)] } })
        );
    }

    [Fact]
    public void What_was_put_into_and_taken_from_a_clause_belongs_to_it()
    {
        var differences = MadeFiles.All[1].Differences(MadeFiles.Modified, license: null);

        Assert.Equal(["Changed", "Changed", "Missing", "Added", "Removed"], differences.Select(difference => difference.GetType().Name));
        var first = (Difference.Changed)differences[0];
        Assert.Equal(("4.b", "a green hat", 5), (first.Clause.Id, Assert.Single(first.Put).Text, Assert.Single(first.Taken).Words));
        Assert.Equal(new Difference.Missing("A.1", 76), differences[2]);
        Assert.Equal(3, ((Difference.Removed)differences[4]).Words.Words);
    }

    [Fact]
    public void An_id_outlives_other_lines_and_tells_differences_apart()
    {
        var match = MadeFiles.Modified;
        var moved = match with
        {
            Residue = [.. match.Residue.Select(p => p with { Lines = new LineRange(p.Lines.First + 7, p.Lines.Last + 7) })],
            Clauses = match.Clauses with
            {
                Changed = [.. match.Clauses.Changed.Select(c => c with { Lines = new LineRange(c.Lines.First + 7, c.Lines.Last + 7) })],
            },
        };
        var ids = Ids(match);
        Assert.Equal(ids, Ids(moved));
        Assert.Equal(5, ids.Distinct().Count());

        static List<string> Ids(LicenseMatch match) => [.. Judge.Of(MadeFiles.Of("LICENSE", match)).Select(finding => finding.Id)];
    }

    // SARIF 2.1.0, section 3: the properties that a viewer needs, and none that the format does not have.
    [Theory]
    [InlineData(Lang.En)]
    [InlineData(Lang.Zh)]
    public void As_SARIF_they_have_what_the_format_asks(Lang lang)
    {
        var findings = MadeFiles.All.SelectMany(Judge.Of).ToList();
        string[] codes = ["license-modified", "license-unknown", "file-unreadable"];
        var log = JsonNode.Parse(
            SarifWriter.Json(new SarifWriter(Repository.Catalog, new Phrases(Repository.Catalog, lang)).Log(findings, codes))
        )!;

        Keys(log, "$schema", "version", "runs");
        Assert.Equal("2.1.0", (string?)log["version"]);
        var run = Assert.Single(log["runs"]!.AsArray())!;
        Keys(run, "tool", "columnKind", "properties", "results");
        Keys(run["tool"]!["driver"]!, "name", "semanticVersion", "language", "rules");
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.Equal(codes, rules.Select(rule => (string?)rule!["id"]));
        Assert.All(
            rules,
            rule =>
            {
                Keys(rule!, "id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration");
                Assert.All(["shortDescription", "fullDescription", "help"], key => Assert.NotEmpty((string)rule![key]!["text"]!));
                Assert.Contains((string)rule!["defaultConfiguration"]!["level"]!, (string[])["error", "warning", "note"]);
            }
        );
        var results = run["results"]!.AsArray();
        Assert.Equal(findings.Count, results.Count);
        Assert.All(
            results,
            result =>
            {
                Keys(result!, "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints");
                Assert.Equal((string?)result!["ruleId"], codes[(int)result["ruleIndex"]!]);
                Assert.NotEmpty((string)result["message"]!["text"]!);
                Assert.Matches("^[0-9a-f]{16}$", (string)result["partialFingerprints"]!["entailFindingId/v1"]!);
                var place = Assert.Single(result["locations"]!.AsArray())!["physicalLocation"]!;
                Keys(place, "artifactLocation", "region");
                Assert.True((int)place["region"]!["startLine"]! >= 1);
                Assert.True(place["region"]!["endLine"] is not { } end || (int)end > (int)place["region"]!["startLine"]!);
            }
        );
        Assert.Equal(
            results.Count,
            results.Select(result => (string?)result!["partialFingerprints"]!["entailFindingId/v1"]).Distinct().Count()
        );
    }

    [Theory]
    [InlineData("a folder/LICENSE", "a%20folder/LICENSE")]
    [InlineData("许可证.txt", "%E8%AE%B8%E5%8F%AF%E8%AF%81.txt")]
    [InlineData("c:evil", "c%3Aevil")]
    public void A_file_is_a_relative_reference(string file, string uri)
    {
        var findings = Judge.Of(MadeFiles.Unknown(file, []));
        var log = new SarifWriter(Repository.Catalog, new Phrases(Repository.Catalog, Lang.En)).Log(findings, ["license-unknown"]);
        Assert.Equal(uri, Assert.Single(Assert.Single(log.Runs).Results).Locations[0].PhysicalLocation.ArtifactLocation.Uri);
    }

    private static IdentifiedFile Named(string file) => MadeFiles.All.Single(f => f.File == file);

    private static IdentifyStatus Status(IdentifiedFile file) => IdentifyFindings.Status([.. Judge.Of(file)]);

    private static void Keys(JsonNode node, params string[] keys) => Assert.Equal(keys, node.AsObject().Select(pair => pair.Key));
}
