using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Formats;

namespace Entail.Tests.Read.Formats;

/// <summary>What a merge configuration and a Modelfile declare.</summary>
public sealed class ConfigurationFormatTests
{
    [Theory]
    [InlineData(
        "models:\n- model: a/one\n- model: b/two\n  parameters: {weight: 0.5}\nmerge_method: ties\nbase_model: c/base\ntokenizer_source: d/none",
        "a/one b/two c/base"
    )]
    [InlineData(
        "slices:\n- sources:\n  - model: a/one\n    layer_range: [0, 16]\n- sources:\n  - model: b/two\n    layer_range: [8, 24]\nmerge_method: passthrough",
        "a/one b/two"
    )]
    [InlineData(
        "base_model: a/one\nexperts:\n- source_model: b/two\n  positive_prompts: [x]\n- source_model: c/three",
        "b/two c/three a/one"
    )]
    [InlineData("models:\n- model: a/one+b/lora\nmerge_method: linear", "a/one b/lora")]
    [InlineData(
        "models:\n- model: {path: a/one, revision: main}\n- model: {model: {path: b/two}, lora: {path: c/lora}}",
        "a/one b/two c/lora"
    )]
    [InlineData(
        "modules:\n  text:\n    slices:\n    - sources: [{model: a/one}]\n      base_model: b/two\n  vision:\n    models: [{model: c/three}]",
        "a/one b/two c/three"
    )]
    [InlineData("base_model: a/one\nshared_experts: [{source_model: b/two}]", "b/two a/one")]
    [InlineData("models: [{model: a/one@main}, {model: b/two@v1+c/lora@v2}]", "a/one b/two c/lora")]
    [InlineData(
        "name: first\nmodels: [{model: a/one}, {model: b/two}]\n---\nmodels: [{model: first}, {model: c/three}]",
        "a/one b/two c/three"
    )]
    [InlineData("modules: {a: {modules: {b: {models: [{model: a/one}]}}}}", "")]
    [InlineData("models: []", "")]
    [InlineData("models: 3\nslices: x\nexperts: {}", "")]
    [InlineData("- a\n- b", "")]
    public void Every_model_that_goes_into_a_merge_is_a_parent(string yaml, string parents)
    {
        var problems = new List<ReadProblem>();

        var read = MergeConfig.Read(new TextFile("mergekit_config.yml", yaml, false), problems);

        Assert.Equal(parents, string.Join(' ', read.Bases.Select(b => b.Claim.Value)));
        Assert.All(read.Bases, b => Assert.Equal(Act.Merge, b.Act));
        Assert.Empty(problems);
    }

    [Fact]
    public void A_parent_on_somebodys_disk_is_a_problem_with_its_line()
    {
        var problems = new List<ReadProblem>();

        MergeConfig.Read(new TextFile("mergekit_config.yml", "models:\n- model: a/one\n- model: ./out/step-2\n", false), problems);

        Assert.Equal(["metadata-invalid mergekit_config.yml:3"], problems.Places());
    }

    [Fact]
    public void A_merge_configuration_beside_a_card_adds_the_parents_that_the_card_lacks()
    {
        using var folder = new TemporaryFolder()
            .Card("license: mit\nbase_model: a/one\ntags: [merge]")
            .With("mergekit_config.yml", "models:\n- model: a/one\n- model: b/two\nmerge_method: slerp\n");

        Assert.Equal(["merge a/one (inferred)", "merge b/two"], folder.Read().Steps.Lines());
    }

    [Fact]
    public void A_configuration_that_a_card_shows_counts_with_its_line_in_the_card()
    {
        using var folder = new TemporaryFolder().Card(
            "license: mit\ntags: [merge]",
            "# Merged\n\n```python\nprint('no')\n```\n\n```yaml\nmodels:\n  - model: a/one\n  - model: b/two\nmerge_method: slerp\n```\n"
        );

        var read = folder.Read();

        Assert.Equal(["merge a/one", "merge b/two"], read.Steps.Lines());
        Assert.Equal([("README.md", 13), ("README.md", 14)], read.Steps.Select(s => (s.Evidence.File, s.Evidence.Line ?? 0)));
    }

    [Theory]
    [InlineData("```yaml\nmerge_method: slerp\nmodels: [")]
    [InlineData("```\nmerge_method: x")]
    [InlineData("```")]
    [InlineData("```yaml\nmodels:\n- model: a/one\n```")] // shown, but as no merge
    public void Pieces_of_code_in_a_card_declare_nothing(string body)
    {
        using var folder = new TemporaryFolder().Card("license: mit", body);

        var read = folder.Read();

        Assert.Empty(read.Steps);
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void A_Modelfile_names_what_it_is_built_on_and_holds_its_license()
    {
        var read = Modelfile.Read(
            new TextFile(
                "Modelfile",
                "# mine\nFROM llama3.2:3b\nparameter temperature 0\nadapter ./lora.gguf\nSYSTEM \"\"\"FROM nobody\nLICENSE none\"\"\"\nLICENSE \"\"\"\nfirst line\nsecond line\n\"\"\"\n",
                false
            ),
            []
        );

        Assert.Equal(["copy llama3.2:3b", "adapt ./lora.gguf"], read.Bases.Select(b => $"{b.Act!.Value.Name()} {b.Claim.Value}"));
        var license = Assert.Single(read.Terms);
        Assert.Equal((7, "first line"), (license.Line, license.Text.Split('\n')[7]));
        Assert.Empty(read.Licenses);
    }

    [Theory]
    [InlineData("FROM hf.co/acme/pine-GGUF:Q4_K_M", "acme/pine-GGUF")]
    [InlineData("from https://huggingface.co/acme/pine-GGUF", "acme/pine-GGUF")]
    [InlineData("FROM \"llama3.2\"", "llama3.2")]
    [InlineData("FROM", "")]
    [InlineData("FROM   ", "")]
    [InlineData("", "")]
    [InlineData("MESSAGE user \"\"\"\nFROM someone/else\nLICENSE mit\n\"\"\"\nFROM a/b", "a/b")]
    [InlineData("LICENSE \"Terms\nFrom time to time these terms change.\"\nFROM a/b", "a/b")]
    [InlineData("PARAMETER stop \"<end>\"\nFROM a/b", "a/b")]
    [InlineData("LICENSE \"\"\"never ends", "")]
    public void What_it_is_built_on_is_a_name_as_others_know_it(string text, string name) =>
        Assert.Equal(name, string.Join(' ', Modelfile.Read(new TextFile("Modelfile", text, false), []).Bases.Select(b => b.Claim.Value)));

    [Fact]
    public void Quotes_that_are_never_closed_are_a_problem_with_their_line()
    {
        var problems = new List<ReadProblem>();

        var read = Modelfile.Read(new TextFile("Modelfile", "FROM a/b\nSYSTEM \"\"\"be kind\nFROM c/d\n", false), problems);

        Assert.Equal(["metadata-invalid Modelfile:2"], problems.Places());
        Assert.Equal("a/b", Assert.Single(read.Bases).Claim.Value);
    }

    [Fact]
    public void An_id_after_LICENSE_is_a_claim() =>
        Assert.Equal("mit", Assert.Single(Modelfile.Read(new TextFile("Modelfile", "FROM x\nLICENSE mit", false), []).Licenses).Value);

    [Fact]
    public void A_Modelfile_is_checked_by_itself_or_in_its_folder()
    {
        using var folder = new TemporaryFolder().With("Modelfile", "FROM acme/pine:latest\nLICENSE mit\n").With("pine.gguf", "FROM");

        var alone = FolderReader.ReadFile(folder.Root, "Modelfile");

        Assert.Equal(["weights: mit"], alone.Licenses.Values());
        Assert.Equal(["copy acme/pine:latest"], alone.Steps.Lines());
        Assert.Empty(alone.Problems);
    }

    [Fact]
    public void No_text_makes_the_readers_throw() =>
        Fuzzing.Run(
            "modelfile and mergekit",
            [
                Encoding.UTF8.GetBytes("FROM a/b\nLICENSE \"\"\"\nwords\n\"\"\"\nADAPTER x\n"),
                Encoding.UTF8.GetBytes(
                    "models:\n- model: a/one+b/two\nslices:\n- sources:\n  - model: {path: c/d}\nexperts: [{source_model: e/f}]\nbase_model: g/h\n"
                ),
            ],
            bytes =>
            {
                var file = new TextFile("x", Encoding.UTF8.GetString(bytes), false);
                Modelfile.Read(file, []);
                MergeConfig.Read(file, []);
            }
        );
}
