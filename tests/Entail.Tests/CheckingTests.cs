using Entail.Core;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Tests;

/// <summary>The whole check over small configurations, each about one point of how works hang together.</summary>
public sealed class CheckingTests
{
    [Fact]
    public void Made_from_nothing_is_known_and_nothing_said_is_not()
    {
        using var folder = new Folder("original");
        folder.Write("README.md", "---\nlicense: mit\n---\n");

        var said = Check("works: [{id: original, path: ., made-from: []}]", folder: folder.Path);
        var unsaid = Check("works: [{id: original, path: .}]", folder: folder.Path);

        Assert.Equal(Verdict.PermittedWithDuties, said.Decision.Verdict);
        Assert.Equal(Verdict.Unclear, unsaid.Decision.Verdict);
        Assert.Contains(unsaid.Findings, f => f.Code == "lineage-unknown");
    }

    [Fact]
    public void A_base_that_a_card_names_is_not_unsaid_by_made_from_nothing()
    {
        using var folder = new Folder("tuned");
        folder.Write("README.md", "---\nlicense: mit\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n");

        var result = Check("works: [{id: tuned, path: ., made-from: []}]", folder: folder.Path);

        Assert.Contains(result.Findings, f => f.Code == "restrictions-dropped");
    }

    // Which of the licenses that the tag may mean is not known: one of them would do, another would not. What no candidate meets is still a finding.
    [Theory]
    [InlineData("yi-license", "yi-license", Verdict.Unclear)]
    [InlineData("cc-by-sa-4.0", "cc", Verdict.Unclear)]
    [InlineData("llama3.1", "cc", Verdict.Prohibited)]
    public void A_tag_of_several_licenses_is_one_of_them(string of, string under, Verdict verdict)
    {
        var result = Check(
            $$"""
            works:
            - {id: base, kind: model, licenses: {{of}}}
            - {id: mine, kind: model, licenses: {{under}}, made-from: [{work: base, act: fine-tune}]}
            ship: {work: mine}
            """
        );

        Assert.Equal(verdict, result.Decision.Verdict);
        Assert.Equal(
            verdict == Verdict.Prohibited,
            result.Findings.Any(f =>
                f.Severity == Severity.Error && f.Code is "restrictions-dropped" or "share-alike-conflict" or "license-conflict"
            )
        );
    }

    // Meta's own fine-tune is no act of a licensee; a stranger's would be.
    [Theory]
    [InlineData("meta-llama/Base", "meta-llama/Chat", Certainty.Arguable)]
    [InlineData("meta-llama/Base", "stranger/Chat", Certainty.Yes)]
    public void A_release_of_the_same_publisher_under_its_license_is_an_original(string first, string second, Certainty prefix)
    {
        var result = Check(
            $$"""
            works:
            - {id: {{first}}, kind: model, licenses: llama3.1}
            - {id: {{second}}, kind: model, licenses: llama3.1, made-from: [{work: {{first}}, act: fine-tune}]}
            - {id: small, kind: model, licenses: llama3.1, made-from: [{work: {{second}}, act: quantize}]}
            """
        );

        Assert.Equal(prefix, result.Duties.Where(d => d.Owe.Duty == "name-prefix").Min(d => d.Certainty));
    }

    [Theory]
    [InlineData("{code: mit}", true)]
    [InlineData("{code: mit, weights: gemma}", false)]
    public void A_product_says_what_restrictions_its_component_brings(string licenses, bool silent)
    {
        var result = Check(
            $$"""
            works:
            - {id: model, kind: model, licenses: gemma}
            - {id: product, kind: product, licenses: {{licenses}}, made-from: [{work: model, act: embed}]}
            """
        );

        var dropped = result.Findings.Where(f => f.Code == "restrictions-dropped").ToList();
        Assert.Equal(silent, dropped.Count > 0);
        Assert.All(dropped, f => Assert.Equal(Severity.Warning, f.Severity));
        Assert.Equal(Verdict.PermittedWithDuties, result.Decision.Verdict);
    }

    [Theory]
    [InlineData("lab/chat-8b", true)]
    [InlineData("lab/Llama-chat-8b", false)]
    public void The_name_of_a_work_without_a_folder_is_seen(string name, bool missing)
    {
        var result = Check(
            $$"""
            works:
            - {id: base, kind: model, licenses: llama3.1}
            - {id: {{name}}, kind: model, licenses: llama3.1, made-from: [{work: base, act: fine-tune}]}
            """
        );

        Assert.Equal(missing, result.Findings.Any(f => f.Code == "name-prefix-missing"));
    }

    [Fact]
    public void Another_work_is_shipped_on_its_own_terms()
    {
        const string Two = """
            works:
            - {id: a, kind: model, licenses: mit, made-from: []}
            - {id: b, kind: model, licenses: apache-2.0, made-from: []}
            ship: {work: a, acts: [sell], as: mit}
            """;

        Assert.Equal([Act.Sell], Check(Two).Decision.Question.Acts);
        Assert.Equal("b", Check(Two, "b").Decision.Lineage.Root);
        Assert.Equal([Act.Distribute], Check(Two, "b").Decision.Question.Acts);
        Assert.Equal("apache-2.0", Check(Two, "b").Decision.Question.As?.ToString());
    }

    [Theory]
    [InlineData("2026-11-01", true)]
    [InlineData("2026-10-31", false)]
    public void A_suppression_holds_to_the_end_of_its_day(string until, bool holds)
    {
        var result = Check(
            $$"""
            works:
            - {id: base, kind: model, licenses: deepseek-1.0}
            - {id: tuned, kind: model, licenses: mit, made-from: [{work: base, act: fine-tune}]}
            policy: {suppress: [{code: restrictions-dropped, reason: asked, until: {{until}}}]}
            """
        );

        Assert.Equal(holds, result.Findings.Single(f => f.Code == "restrictions-dropped").Suppressed is not null);
        Assert.Equal(!holds, result.Findings.Any(f => f.Code == "suppression-expired"));
    }

    private static CheckResult Check(string yaml, string? work = null, string? folder = null)
    {
        var configuration = ConfigurationReader.Parse(yaml, "entail.yaml", Repository.Catalog.Taxonomy);
        Assert.Empty(configuration.Problems.Select(p => p.Message.En));
        var options = new CheckOptions([], null, Facts.None, null, work);
        return new Checking(Repository.Catalog, null, Repository.Today).Check(
            folder is null ? null : StoredWork.In(folder),
            configuration,
            options
        );
    }
}
