using Entail.Core;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Tests.Link;

/// <summary>Facts from many files of a folder become one lineage; what they contradict is a finding, and what stays unknown is said.</summary>
public sealed class SourcesOfLineageTests
{
    private const string Card = "---\nlicense: mit\nbase_model: mistralai/Mistral-7B-v0.1\n---\n";

    [Fact]
    public void Two_places_that_name_unrelated_bases_contradict_each_other_and_both_bind()
    {
        using var folder = new Folder("lora");
        folder.Write("README.md", Card);
        folder.Write("adapter_config.json", """{"base_model_name_or_path": "deepseek-ai/deepseek-coder-6.7b-base"}""");

        var result = Check(folder.Path);

        var finding = result.Findings.Single(f => f.Code == "base-mismatch");
        Assert.Equal(["adapter_config.json", "README.md"], finding.Evidence.Select(e => e.File));
        Assert.Contains(result.Findings, f => f.Code == "restrictions-dropped");
    }

    [Theory]
    [InlineData("mistralai/Mistral-7B-v0.1")]
    [InlineData("MistralAI/mistral-7b-v0.1")]
    [InlineData("unsloth/mistral-7b-v0.1")] // the same name under another publisher
    [InlineData("mistralai/Mistral-7B-Instruct-v0.1")] // made from the one the card names
    public void A_base_that_is_the_same_or_of_the_same_line_contradicts_nobody(string other)
    {
        using var folder = new Folder("lora");
        folder.Write("README.md", Card);
        folder.Write("adapter_config.json", $$"""{"base_model_name_or_path": "{{other}}"}""");

        Assert.DoesNotContain(Check(folder.Path).Findings, f => f.Code == "base-mismatch");
    }

    [Fact]
    public void Entail_yaml_speaks_first_and_a_card_that_says_otherwise_is_a_finding()
    {
        using var folder = new Folder("tuned");
        folder.Write("README.md", Card);

        var result = Check(
            folder.Path,
            "works: [{id: tuned, path: ., made-from: [{work: deepseek-ai/deepseek-coder-6.7b-base, act: fine-tune}]}]"
        );

        Assert.Equal("README.md", result.Findings.Single(f => f.Code == "base-mismatch").Evidence[0].File);
    }

    [Fact]
    public void An_ancestor_that_only_the_hub_knows_comes_from_its_record()
    {
        using var folder = new Folder("tuned");
        folder.Write("README.md", "---\nlicense: mit\nbase_model: nobody/middle-7b\n---\n");
        var records = folder.Write(
            "hub.jsonl",
            """{"id":"nobody/middle-7b","tags":["license:mit","base_model:deepseek-ai/deepseek-coder-6.7b-base"]}"""
        );

        var without = Check(folder.Path);
        var with = Check(folder.Path, hub: HubSnapshot.Read(records));

        Assert.Contains(without.Findings, f => f.Code == "base-not-found");
        Assert.DoesNotContain(with.Findings, f => f.Code == "base-not-found");
        var dropped = with.Decision.Bindings.Single(b => b.Binding.Origin.Id == "deepseek-ai/deepseek-coder-6.7b-base");
        Assert.Equal(["nobody/middle-7b", "tuned"], dropped.Binding.Via.Select(s => s.To));
        Assert.Equal(Verdict.Prohibited, with.Decision.Verdict);
    }

    [Fact]
    public void The_components_of_a_pipeline_are_works_with_licenses_of_their_own()
    {
        using var folder = new Folder("painter");
        folder.Write("README.md", "---\nlicense: mit\n---\n");
        folder.Write(
            "model_index.json",
            """{"_class_name": "Painter", "text_encoder": ["transformers", "T5"], "vae": ["diffusers", "Vae"], "unet": ["diffusers", "Unet"], "safety_checker": [null, null]}"""
        );
        folder.Write("text_encoder/README.md", "---\nlicense: cc-by-nc-4.0\n---\n");
        folder.Write("vae/config.json", """{"_name_or_path": "deepseek-ai/deepseek-coder-6.7b-base"}""");
        folder.Write("unet/config.json", "{}");

        var result = Check(folder.Path, "works: [{id: painter, path: ., made-from: []}]");

        Assert.Equal(
            ["copy deepseek-ai/deepseek-coder-6.7b-base", "copy text_encoder"],
            result.Decision.Lineage.RootWork.Steps.Select(s => $"{s.Act.Name()} {s.From}").Order()
        );
        Assert.Contains(result.Decision.Bindings, b => b.Binding is { Name: "cc-by-nc-4.0", Origin.Id: "text_encoder" });
        Assert.Contains(result.Decision.Bindings, b => b.Binding.Origin.Id == "deepseek-ai/deepseek-coder-6.7b-base");
    }

    [Fact]
    public void Parts_of_a_pipeline_that_say_nothing_leave_its_own_origin_unsaid()
    {
        using var folder = new Folder("painter");
        folder.Write("README.md", "---\nlicense: mit\n---\n");
        folder.Write("model_index.json", """{"vae": ["diffusers", "Vae"]}""");
        folder.Write("vae/README.md", "---\nlicense: mit\n---\n");

        Assert.Contains(Check(folder.Path).Findings, f => f.Code == "lineage-unknown");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData("/etc")]
    [InlineData("vae/../..")]
    public void A_list_of_components_leads_nowhere_else(string path)
    {
        using var folder = new Folder("painter");
        folder.Write("../outside/README.md", "---\nlicense: gpl-3.0\n---\n");
        folder.Write("vae/config.json", "{}");
        folder.Write("README.md", "---\nlicense: mit\n---\n");
        folder.Write("modules.json", $$"""[{"idx": 0, "name": "0", "path": "{{path}}", "type": "x"}]""");

        Assert.Empty(Check(folder.Path).Decision.Lineage.RootWork.Steps);
    }

    private static CheckResult Check(string folder, string? configuration = null, HubSnapshot? hub = null) =>
        new Checking(Repository.Catalog, null, Repository.Today, hub).Check(
            StoredWork.In(folder),
            configuration is null ? null : ConfigurationReader.Parse(configuration, "entail.yaml", Repository.Catalog.Taxonomy),
            new CheckOptions([], null, Facts.None, null)
        );
}
