namespace Entail.Tests.Read.Sources;

/// <summary>The models that C#, JavaScript and TypeScript name, and those of requirements.</summary>
public sealed class CodeSourcesTests
{
    [Theory]
    [InlineData("var c = new OllamaApiClient(new Uri(\"http://localhost:11434\"), \"llama3.2\");", "llama3.2@run:1")]
    [InlineData("var c = new OllamaApiClient(uri);\nc.SelectedModel = \"llama3.2:3b\";", "llama3.2:3b@run:2")]
    [InlineData("IChatClient c = new OllamaChatClient(uri, modelId: \"llama3.2\");", "llama3.2@run:1")]
    [InlineData("// Ollama\nvar r = new ChatRequest { Model = \"llama3.2\", Stream = true };", "llama3.2@run:2")]
    [InlineData("using OllamaSharp;\nvar r = new GenerateRequest() { Model = Name };\nconst string Name = \"qwen3:8b\";", "qwen3:8b@run:3")]
    [InlineData("private static readonly string Name = @\"llama3.2\";\nvoid F() => new OllamaApiClient(Uri, Name);", "llama3.2@run:1")]
    [InlineData("var m = Environment.GetEnvironmentVariable(\"M\") ?? \"llama3.2\";\nvar c = new OllamaApiClient(u, m);", "llama3.2@run:1")]
    [InlineData("using OllamaSharp;\nvar c = new OpenAIClient(key).GetChatClient(\"gpt-4o\");", "")]
    [InlineData("var c = new OpenAIClient(key).GetChatClient(\"qwen3\");", "")]
    [InlineData("await HuggingFaceDownloader.GetFile(\"org/pear\", \"main\");", "org/pear@run:1")]
    [InlineData("var t = AutoTokenizer.FromPretrained(\"\"\"org/pear\"\"\");", "org/pear@run:1")]
    [InlineData("var u = \"https://huggingface.co/org/pear-GGUF/resolve/main/pear.gguf?download=true\";", "org/pear-GGUF@run:1")]
    [InlineData("var u = \"https://huggingface.co/org/pear\"; // https://huggingface.co/a/b/resolve/c", "")]
    [InlineData("/* new OllamaApiClient(u, \"llama3.2\") */\n// new OllamaApiClient(u, \"llama3.2\")", "")]
    [InlineData(
        "var s = @\"new OllamaApiClient(u, \"\"llama3.2\"\")\";\nvar t = \"\"\"\nnew OllamaApiClient(u, \"llama3.2\")\n\"\"\";",
        ""
    )]
    [InlineData("var c = new OllamaApiClient(u, $\"{family}:3b\");\nvar d = new OllamaApiClient(u, '\"', \"llama\" + n);", "")]
    [InlineData("var s = \"\\\"\";\nvar c = new OllamaApiClient(u, \"llama3.2\");", "llama3.2@run:2")]
    [InlineData("var s = new OllamaApiClient(\"http://localhost:11434\");", "")]
    [InlineData("var c = new OllamaApiClient(\"localhost:11434\", \"llama3.2\");", "llama3.2@run:1")]
    [InlineData("// Ollama or OpenAI\nvar c = new AzureOpenAIClient(u, k).GetChatClient(\"my-deployment\");", "")]
    [InlineData("builder.AddOllama(\"ollama\").AddModel(\"chat\", \"x\"); builder.AddOllamaChatClient(\"chat\");", "")]
    [InlineData("await HuggingFace.DownloadAsync(\"org/pear\", \"onnx/cpu-int4\");", "org/pear@run:1")]
    [InlineData(
        "class OllamaSettings\n{\n    public string Url { get; set; } = \"a/b\";\n    public string Model { get; set; } = \"llama3.2\";\n}\nclass Other { string Model = \"x\"; }",
        "llama3.2@run:4"
    )]
    public void CSharp(string code, string expected) => Assert.Equal(expected, Uses.Of("a/Program.cs", code));

    [Theory]
    [InlineData("const p = await pipeline('feature-extraction', 'Xenova/pear-small');", "Xenova/pear-small@run:1")]
    [InlineData("const m = await AutoModel.from_pretrained(`org/pear`, {dtype: 'q8'})", "org/pear@run:1")]
    [InlineData("const ID = \"org/pear\"\nconst m = await AutoModel.from_pretrained(ID)", "org/pear@run:1")]
    [InlineData("const id: string = process.env.M ?? 'org/pear';\nawait T.from_pretrained(id);", "org/pear@run:1")]
    [InlineData("const r = await ollama.chat({\n  model: 'llama3.2',\n  messages: [{ role: 'user' }],\n})", "llama3.2@run:2")]
    [InlineData("const o = new Ollama({ host: 'x' })\nawait o.chat({ model: 'llama3.2' })", "llama3.2@run:2")]
    [InlineData("const l = new ChatOllama({ model: \"llama3.2\" });", "llama3.2@run:1")]
    [InlineData("fetch('https://huggingface.co/org/pear/resolve/main/a.onnx')", "org/pear@run:1")]
    [InlineData("fetch(`https://huggingface.co/${id}/resolve/main/a.onnx`)", "")]
    [InlineData("// pipeline('a', 'org/pear')\n/* pipeline('a', 'org/pear') */\nx = \"pipeline('a', 'org/pear')\"", "")]
    [InlineData("x = a.replace(/['\"`]/g, '');\npipeline('a', 'org/pear')", "org/pear@run:2")]
    [InlineData("pipeline('a', './org/pear'); pipeline('a', `org/${x}`); pipeline(read, 'a.txt')", "")]
    [InlineData("openai.chat({ model: 'gpt-4o' }); bot.chat({ model: 'llama3.2' })", "")]
    public void JavaScript(string code, string expected) => Assert.Equal(expected, Uses.Of("a/app.ts", code));

    [Theory]
    [InlineData("requirements.txt", "numpy\ngit+https://huggingface.co/org/pear\n", "org/pear@run:2")]
    [InlineData("requirements-dev.txt", "pear @ https://huggingface.co/org/pear/resolve/main/pear-1-py3-none-any.whl", "org/pear@run:1")]
    [InlineData("pyproject.toml", "dependencies = [\n  \"pear @ git+https://huggingface.co/org/pear.git@main\",\n]", "org/pear@run:2")]
    [InlineData("requirements.txt", "# git+https://huggingface.co/org/pear\nx # git+https://huggingface.co/org/pear", "")]
    [InlineData("pyproject.toml", "homepage = \"https://huggingface.co/org/pear\"", "")]
    public void Requirement_lists(string file, string text, string expected) => Assert.Equal(expected, Uses.Of(file, text));
}
