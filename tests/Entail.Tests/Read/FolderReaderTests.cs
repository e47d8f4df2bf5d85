using Entail.Core.Model;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Read;

/// <summary>What a folder in Hugging Face form declares.</summary>
public sealed class FolderReaderTests
{
    [Fact]
    public void A_card_yields_license_steps_and_name_each_with_its_line()
    {
        using var folder = new TemporaryFolder().Card(
            """
            license: mit
            base_model: org/base-7b
            base_model_relation: finetune
            datasets:
            - org/data
            - org/more
            """,
            "\n# Shown Name 7B\n"
        );

        var read = folder.With("LICENSE", "words").With("Notice.txt", "notice").Read();

        Assert.Equal(["weights: mit"], read.Licenses.Values());
        Assert.Equal(new Evidence("README.md", 2, null, "license", "mit", EvidenceSource.Declared), read.Licenses[0].Claim.Evidence);
        Assert.Equal(["fine-tune org/base-7b", "train-on-data org/data", "train-on-data org/more"], read.Steps.Lines());
        Assert.Equal([3, 6, 7], read.Steps.Select(s => s.Evidence.Line ?? 0));
        Assert.Equal("datasets[1]", read.Steps[2].Evidence.Pointer);
        Assert.Equal("model", read.Kind);
        Assert.Equal("my-model-7b", read.Name);
        Assert.Equal(("Shown Name 7B", 10), (read.NameEvidence?.Text, read.NameEvidence?.Line));
        Assert.Equal(9, read.CardBodyLine);
        Assert.Equal(["LICENSE"], read.LicenseFiles.Select(f => f.File));
        Assert.Equal(["Notice.txt"], read.NoticeFiles.Select(f => f.File));
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("license: mit", "weights: mit")]
    [InlineData("license: [mit, isc]", "weights: mit|weights: isc")]
    [InlineData("license: [mit, MIT, ~]", "weights: mit")]
    [InlineData("license:", "")]
    [InlineData("license: null", "")]
    [InlineData("license: ''", "")]
    [InlineData("license: []", "")]
    [InlineData("tags: [x, 'license:mit']", "weights: mit")]
    [InlineData("license: isc\ntags: ['license:mit']", "weights: isc")]
    [InlineData("license: other\nlicense_name: acme-1", "weights: other")]
    public void Licenses_are_claims(string metadata, string expected)
    {
        using var folder = new TemporaryFolder().Card(metadata);

        var read = folder.Read();

        Assert.Equal(expected, string.Join('|', read.Licenses.Values()));
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void The_name_and_link_of_an_unlisted_license_are_kept()
    {
        using var folder = new TemporaryFolder().Card("license: other\nlicense_name: acme-1\nlicense_link: LICENSE");

        var read = folder.Read();

        Assert.Equal(("acme-1", "LICENSE"), (read.LicenseName?.Value, read.LicenseLink?.Value));
    }

    [Theory]
    [InlineData("licence: mit", "license:")]
    [InlineData("License: mit", "license:")]
    [InlineData("licenses: mit", "license:")]
    public void A_misspelled_key_counts_and_is_reported(string metadata, string advice)
    {
        using var folder = new TemporaryFolder().Card(metadata);

        var read = folder.Read();

        Assert.Equal(["weights: mit"], read.Licenses.Values());
        var problem = Assert.Single(read.Problems);
        Assert.Equal(("metadata-invalid", 2), (problem.Code, problem.Evidence.Line));
        Assert.Contains(advice, problem.Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("license: {id: mit}")]
    [InlineData("base_model: {id: x}")]
    [InlineData("base_model: [[a]]")]
    [InlineData("base_model: ./checkpoints/last")]
    [InlineData("base_model: /data/models/x")]
    [InlineData("base_model: 'C:\\models\\x'")]
    [InlineData("base_model: a model we made")]
    [InlineData("base_model: org/x\nbase_model_relation: offspring")]
    [InlineData("datasets: [{name: x}]")]
    [InlineData("license: mit\nlicense: isc")]
    [InlineData("- a\n- list")]
    [InlineData("only words")]
    public void Nonsense_is_a_problem_with_its_line(string metadata)
    {
        using var folder = new TemporaryFolder().Card(metadata);

        var problem = Assert.Single(folder.Read().Problems);

        Assert.Equal(("metadata-invalid", "README.md"), (problem.Code, problem.Evidence.File));
        Assert.InRange(problem.Evidence.Line ?? 0, 2, 4);
    }

    [Theory]
    [InlineData("base_model: org/a", "fine-tune org/a (inferred)")]
    [InlineData("base_model: org/a\nbase_model_relation: quantized", "quantize org/a")]
    [InlineData("base_model: org/a\nbase_model_relation: Adapter", "adapt org/a")]
    [InlineData("base_model: [org/a, org/b]", "merge org/a (inferred)|merge org/b (inferred)")]
    [InlineData("base_model: [org/a, org/A]", "fine-tune org/a (inferred)")]
    [InlineData("base_model: org/a\ntags: [merge]", "merge org/a (inferred)")]
    [InlineData("base_model: org/a\ntags: [gguf, merge]", "quantize org/a (inferred)")]
    [InlineData("base_model: org/a\nlibrary_name: peft", "adapt org/a (inferred)")]
    [InlineData("base_model: https://huggingface.co/org/a", "fine-tune org/a (inferred)")]
    [InlineData("base_model: huggingface.co/org/a/tree/main", "fine-tune org/a (inferred)")]
    [InlineData("base_model: https://hf.co/gpt2/", "fine-tune gpt2 (inferred)")]
    [InlineData("base_model: my-model-7b", "fine-tune my-model-7b (inferred)")]
    [InlineData("base_model: [~, '']", "")]
    [InlineData("base_model: None", "")]
    [InlineData("base_model:", "")]
    [InlineData("tags: ['base_model:org/a', 'base_model:adapter:org/a', 'dataset:org/d']", "adapt org/a|train-on-data org/d")]
    [InlineData("datasets: https://huggingface.co/datasets/org/d", "train-on-data org/d")]
    public void Bases_are_steps(string metadata, string expected)
    {
        using var folder = new TemporaryFolder().Card(metadata);

        var read = folder.Read();

        Assert.Equal(expected, string.Join('|', read.Steps.Lines()));
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("adapter_config.json", "{\"peft_type\": \"LORA\"}", "adapt org/a (inferred)", "adapter")]
    [InlineData("model.Q4_K_M.gguf", "GGUF", "quantize org/a (inferred)", "model")]
    [InlineData("config.json", "{\"quantization_config\": {\"quant_method\": \"gptq\"}}", "quantize org/a (inferred)", "model")]
    [InlineData("config.json", "{\"scale\": NaN, \"quantization_config\": {\"bits\": 4}}", "quantize org/a (inferred)", "model")]
    [InlineData("config.json", "{\"_name_or_path\": \"org/other\"}", "fine-tune org/a (inferred)", "model")]
    public void Files_tell_how_it_was_made(string file, string text, string step, string kind)
    {
        using var folder = new TemporaryFolder().Card("base_model: org/a").With(file, text);

        var read = folder.Read();

        Assert.Equal([step], read.Steps.Lines());
        Assert.Equal(kind, read.Kind);
    }

    [Fact]
    public void An_adapter_names_its_base()
    {
        using var folder = new TemporaryFolder().With("adapter_config.json", "{\n\t\"base_model_name_or_path\": \"org/base\"\n}");

        var read = folder.Read();

        Assert.Equal(["adapt org/base"], read.Steps.Lines());
        Assert.Equal(("adapter_config.json", 2), (read.Steps[0].Evidence.File, read.Steps[0].Evidence.Line));
        Assert.Equal("adapter", read.Kind);
    }

    [Fact]
    public void The_card_outweighs_the_path_an_adapter_was_trained_from()
    {
        using var folder = new TemporaryFolder()
            .Card("base_model: org/base")
            .With("adapter_config.json", "{\"base_model_name_or_path\": \"/home/me/base\"}");

        var read = folder.Read();

        Assert.Equal(["adapt org/base (inferred)"], read.Steps.Lines());
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("org/base", "fine-tune org/base (inferred)")]
    [InlineData("org/My-Model-7B", "")]
    [InlineData("./out", "")]
    [InlineData("", "")]
    public void The_trace_in_the_configuration_counts_where_nothing_else_is_said(string value, string expected)
    {
        using var folder = new TemporaryFolder().With("config.json", $$"""{"_name_or_path": "{{value}}"}""");

        var read = folder.Read();

        Assert.Equal(expected, string.Join('|', read.Steps.Lines()));
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("task_categories: [text-generation]", "data.parquet", "dataset", "data: mit")]
    [InlineData("dataset_info: {features: []}", null, "dataset", "data: mit")]
    [InlineData("task_categories: [text-generation]", "model.safetensors", "model", "weights: mit")]
    [InlineData("x: y", "setup.py", "product", "code: mit")]
    [InlineData("x: y", "Cargo.toml", "product", "code: mit")]
    [InlineData("pipeline_tag: text-generation", "modeling_x.py", "model", "weights: mit")]
    [InlineData("x: y", null, "model", "weights: mit")]
    public void The_license_is_for_the_part_the_folder_holds(string metadata, string? file, string kind, string license)
    {
        using var folder = new TemporaryFolder().Card($"license: mit\n{metadata}");
        if (file is not null)
        {
            folder.With(file, "x");
        }

        var read = folder.Read();

        Assert.Equal(kind, read.Kind);
        Assert.Equal([license], read.Licenses.Values());
    }

    [Theory]
    [InlineData("LICENSE", true)]
    [InlineData("license.md", true)]
    [InlineData("LICENCE.txt", true)]
    [InlineData("COPYING", true)]
    [InlineData("MODEL_LICENSE", true)]
    [InlineData("LICENSE-MODEL", true)]
    [InlineData("DeepThought-LICENSE-MODEL.txt", true)]
    [InlineData("USE_POLICY.md", true)]
    [InlineData("model.safetensors.license", true)]
    [InlineData("licenses/agreement.txt", true)]
    [InlineData("relicensed.md", false)]
    [InlineData("check_license.py", false)]
    [InlineData("license.json", false)]
    [InlineData("docs/LICENSE", false)]
    public void License_texts_are_found_by_name(string file, bool found)
    {
        using var folder = new TemporaryFolder().With(file, "words");

        Assert.Equal(found ? [file] : Array.Empty<string>(), folder.Read().LicenseFiles.Select(f => f.File));
    }

    [Theory]
    [InlineData("NOTICE")]
    [InlineData("Notice.txt")]
    [InlineData("THIRD_PARTY_NOTICES.md")]
    [InlineData("licenses/NOTICE")]
    public void Notices_are_found_by_name(string file)
    {
        using var folder = new TemporaryFolder().With(file, "words").With("licenses/a", "a");

        var read = folder.Read();

        Assert.Equal([file], read.NoticeFiles.Select(f => f.File));
        Assert.Equal(["licenses/a"], read.LicenseFiles.Select(f => f.File));
    }

    [Theory]
    [InlineData("# My Model 7B", "My Model 7B")]
    [InlineData("# 🐶 NeuralThing14-7B", "NeuralThing14-7B")]
    [InlineData("# Model Card: Some 2 13B Chat", "Some 2 13B Chat")]
    [InlineData("# org/Thing-55b", "org/Thing-55b")]
    [InlineData("# [Thing-55b](https://example.org)", "Thing-55b")]
    [InlineData("# Thing-55b: best of all", "Thing-55b")]
    [InlineData("```\n# not-1\n```\n\n# Real-2", "Real-2")]
    [InlineData("# Model Details", null)]
    [InlineData("# Model Card", null)]
    [InlineData("# Update 2023-12-19", null)]
    [InlineData("# Fine-tuning", null)]
    [InlineData("## Thing-55b", null)]
    public void A_heading_that_is_a_name_is_shown(string body, string? name)
    {
        using var folder = new TemporaryFolder("work").With("README.md", body);

        var read = folder.Read();

        Assert.Equal("work", read.Name);
        Assert.Equal(name, read.NameEvidence?.Text);
    }

    [Fact]
    public void A_name_in_the_metadata_comes_first()
    {
        using var folder = new TemporaryFolder().Card("model_name: Deep Thought", "# My Model 7B");

        var read = folder.Read();

        Assert.Equal(("Deep Thought", 2), (read.Name, read.NameEvidence?.Line));
    }

    [Fact]
    public void A_dot_is_the_folder_it_stands_for()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("my-model-7b", FolderReader.Read(Path.Combine(folder.Root, ".")).Name);
        Assert.NotEqual(".", FolderReader.Read(".").Name);
    }

    [Fact]
    public void The_cache_of_the_hub_client_is_read_through_its_links()
    {
        using var folder = new TemporaryFolder("models--org--thing-7b")
            .With("blobs/abc", "---\nlicense: mit\n---\n")
            .With("snapshots/1f/x", "");
        File.CreateSymbolicLink(folder.Path("snapshots/1f/README.md"), "../../blobs/abc");

        var read = FolderReader.Read(folder.Path("snapshots/1f"));

        Assert.Equal(["weights: mit"], read.Licenses.Values());
        Assert.Equal("org/thing-7b", read.Name);
        Assert.Empty(read.Problems);
    }
}
