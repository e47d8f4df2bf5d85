using Entail.Core.Read.Sources;

namespace Entail.Tests.Read.Sources;

/// <summary>The models and datasets that configurations name.</summary>
public sealed class SettingsSourcesTests
{
    [Theory]
    [InlineData(
        "base_model: org/pear\nadapter: qlora\ndatasets:\n  - path: org/data\n    type: alpaca\n  - path: ./mine.jsonl",
        "org/pear@adapt:1 [org/data]@train-on-data:4"
    )]
    [InlineData("base_model: org/pear\nmicro_batch_size: 2\ndatasets: [{path: data/mine, type: x}]", "org/pear@fine-tune:1")]
    [InlineData(
        "model_name_or_path: org/pear\nstage: sft\ndo_train: true\nfinetuning_type: lora\ndataset: identity,alpaca/x",
        "org/pear@adapt:1"
    )]
    [InlineData("model_name_or_path: org/pear\nstage: sft\ndo_train: true\nfinetuning_type: full", "org/pear@fine-tune:1")]
    [InlineData(
        "model_name_or_path: org/pear\nadapter_name_or_path: org/lora\nfinetuning_type: lora\ntemplate: x",
        "org/pear@run:1 org/lora@run:2"
    )]
    [InlineData("model_name_or_path: org/pear\ndataset_name: org/data\nuse_peft: true", "org/pear@adapt:1 [org/data]@train-on-data:2")]
    [InlineData(
        "model_name_or_path: org/pear\ndataset_mixer:\n  org/data: 1.0\n  org/more: 0.5",
        "org/pear@fine-tune:1 [org/data]@train-on-data:3 [org/more]@train-on-data:4"
    )]
    [InlineData(
        "model_name_or_path: org/pear\ndataset_mixture:\n  datasets:\n  - id: org/data\n    config: x",
        "org/pear@fine-tune:1 [org/data]@train-on-data:4"
    )]
    [InlineData(
        "merge_method: slerp\nslices:\n- sources:\n  - model: org/pear\n  - model: org/plum\nbase_model: org/pear",
        "org/pear@merge:4 org/plum@merge:5"
    )]
    [InlineData("merge_method: linear\nmodels:\n- model: ./mine\n- model: org/plum", "org/plum@merge:4")]
    [InlineData(
        "model_list:\n- model_name: x\n  litellm_params:\n    model: ollama/mistral\n- litellm_params: {model: huggingface/org/pear}\n- litellm_params: {model: gpt-4o}",
        "mistral@run:4 org/pear@run:5"
    )]
    [InlineData("base_model: org/pear\ngate_mode: hidden\nexperts:\n- source_model: org/plum", "org/pear@merge:1 org/plum@merge:4")]
    public void Training_merging_and_serving(string yaml, string expected) => Assert.Equal(expected, Uses.Of("conf/a.yaml", yaml));

    [Theory]
    [InlineData("{\"llm\": {\"model_id\": \"org/pear-7b\",\n \"ModelName\": \"org/plum-7b\"}}", "org/pear-7b@run:1 org/plum-7b@run:2")]
    [InlineData("{\"Ollama\": {\"Model\": \"llama3.2\", \"Endpoint\": \"http://x\"}}", "llama3.2@run:1")]
    [InlineData("{\"provider\": \"ollama\", \"model\": \"llama3.2\"}", "llama3.2@run:1")]
    [InlineData("{\"OpenAI\": {\"Model\": \"gpt-4o\"}, \"model\": \"llama3.2\", \"Name\": \"org/pear-7b\"}", "")]
    [InlineData("{\"provider\": \"openrouter\", \"model\": \"org/pear-7b\"}", "")]
    [InlineData("{\"model\": \"openai/gpt-4o\", \"a\": {\"model\": \"anthropic/claude-3\"}}", "")]
    [InlineData("{\"model\": \"block/stone_1\", \"a\": {\"model\": \"meshes/robot-1.glb\"}, \"b\": {\"model\": \"models/pear-7b\"}}", "")]
    [InlineData("{\"model\": \"zoo/pear-7b\", \"folder\": \"./zoo/x\"}", "")]
    [InlineData("{\"model\": \"org/pear-7b\", \"page\": \"https://huggingface.co/org/pear-7b\"}", "org/pear-7b@run:1")]
    [InlineData("{\"model\": null, \"model_id\": 3, \"ollama\": {\"model\": null}}", "")]
    [InlineData("not json: 'org/pear-7b' model", "")]
    public void Settings_of_programs(string json, string expected) => Assert.Equal(expected, Uses.Of("appsettings.json", json));

    [Fact]
    public void Variables_of_the_environment() =>
        Assert.Equal(
            "org/pear-7b@run:1 llama3.2@run:4",
            Uses.Of(".env", "HF_MODEL=org/pear-7b\n# HF_MODEL=org/x-7b\nKEY=a/b-7\nOLLAMA_MODEL='llama3.2'")
        );

    [Theory]
    [InlineData("a.py", true)]
    [InlineData("A.PY", true)]
    [InlineData("a.ipynb", true)]
    [InlineData("Program.cs", true)]
    [InlineData("a.tsx", true)]
    [InlineData("Makefile", true)]
    [InlineData("Dockerfile.gpu", true)]
    [InlineData("compose.yaml", true)]
    [InlineData("requirements-dev.txt", true)]
    [InlineData(".env.example", true)]
    [InlineData("notes.txt", false)]
    [InlineData("package-lock.json", false)]
    [InlineData("config.json", false)]
    [InlineData("entail.yaml", false)]
    [InlineData("README.md", false)]
    [InlineData("", false)]
    public void Files_that_are_read(string name, bool reads)
    {
        Assert.Equal(reads, SourceUses.Reads(name));
        if (!reads)
        {
            Assert.Empty(SourceUses.In(name, "A.from_pretrained('org/pear')"));
        }
    }
}
