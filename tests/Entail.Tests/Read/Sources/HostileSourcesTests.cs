using System.Diagnostics;
using Entail.Core.Read.Sources;

namespace Entail.Tests.Read.Sources;

/// <summary>Files that are broken, or meant to break a reader: nothing throws, and all ends soon.</summary>
public sealed class HostileSourcesTests
{
    private const int Most = 2 * 1024 * 1024;

    private static readonly string[] Files =
    [
        "a.py",
        "a.ipynb",
        "a.cs",
        "a.ts",
        "a.sh",
        "a.ps1",
        "a.bat",
        "Dockerfile",
        "Makefile",
        "a.yaml",
        "a.json",
        ".env",
        "requirements.txt",
    ];

    private static readonly string[] Samples =
    [
        "import os\nM = os.environ.get('X', \"org/pear\")\nclass C:\n    model: str = f(default='''org/x''')\n    def f(self, n=('a' 'b'), *k, **w):\n        self.n = n\n        return A.from_pretrained(self.n, rb'\\x', f\"{n!r}\")\nt = SFTTrainer(model=get_peft_model(A.from_pretrained(M), c), train_dataset=load_dataset('a/b')['x'])\n",
        "using OllamaSharp;\nvar s = $@\"{a}\"\"\"; var r = \"\"\"\"x\"\"\"\"; char c = '\\'';\nnew ChatRequest() { Model = a ?? b ? \"x\" : \"llama3.2\" };\n/* \" */ f(x: \"y\", new[] { 1 });\n",
        "const r = /[/'\"]\\//g; const t: string = `a${`b${c}`}` ;\nollama.chat({ model: process.env.M || 'llama3.2', x: [1, 2] }) // '\n",
        "FROM x AS y\nENV A=b C='d'\nRUN a \"b $X\" \\\n  # c\n  && vllm serve ${X:-org/pear} <<EOF\nfoo\nEOF\nCMD [\"ollama\", \"run\", \"x\"]\n",
        "a: &x\n  - {model: org/pear-7b, b: 'c'}\n  - >-\n    vllm serve org/pear\n---\nbase_model: *x\nservices: {a: {image: vllm, command: [\"--model\", 'org/pear']}}\n",
        "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"!ollama run x\\n\", \"A.from_pretrained('org/pear')\"]}], \"model\": \"org/pear-7b\"}",
    ];

    [Fact]
    public void No_beginning_of_any_text_throws()
    {
        foreach (var file in Files)
        {
            foreach (var sample in Samples)
            {
                for (var length = 0; length <= sample.Length; length++)
                {
                    Assert.NotNull(SourceUses.In(file, sample[..length]).ToList());
                }
            }
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("f(")]
    [InlineData("[{")]
    [InlineData(")")]
    [InlineData("f(a,")]
    [InlineData("/[")]
    [InlineData("${")]
    [InlineData("$(")]
    [InlineData("`${")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("\"\"\"")]
    [InlineData("$@\"")]
    [InlineData("\\")]
    [InlineData("\0")]
    [InlineData("a.")]
    [InlineData("a")]
    [InlineData("train")]
    [InlineData("x=x or ")]
    [InlineData("<<A\n")]
    [InlineData("def f(\n")]
    [InlineData("a=a\nTrainer(a)\n")]
    [InlineData("model: huggingface.co/")]
    [InlineData("--model vllm org/pear ")]
    [InlineData("vllm serve org/pear\n")]
    [InlineData("/model/ ")]
    [InlineData("class a:\n ")]
    [InlineData("A.from_pretrained('org/pear')\n")]
    public void Repetition_ends_soon(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, Math.Min(100_000, Most / part.Length)));
        foreach (var file in Files)
        {
            var clock = Stopwatch.StartNew();
            Assert.True(SourceUses.In(file, text).Count() <= 500);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{file} took {clock.Elapsed}");
        }
    }

    [Fact]
    public void A_line_of_two_million_characters_ends_soon()
    {
        foreach (var part in new[] { "a", "model 'a' ", "f(1+2) ", "a/b-1: {" })
        {
            var text = string.Concat(Enumerable.Repeat(part, Most / part.Length));
            foreach (var file in Files)
            {
                var clock = Stopwatch.StartNew();
                Assert.NotNull(SourceUses.In(file, text).ToList());
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{file} took {clock.Elapsed}");
            }
        }
    }

    [Fact]
    public void Values_that_multiply_are_given_up()
    {
        var names = Enumerable.Range(0, 200).Select(i => $"a{i} = {string.Join(" or ", Enumerable.Repeat($"a{i + 1}", 8))}\n");
        var text = string.Concat(names) + string.Concat(Enumerable.Repeat("A.from_pretrained(a0)\n", 10_000));

        Assert.Empty(SourceUses.In("a.py", text));
    }

    [Fact]
    public void At_most_five_hundred_uses_each_once_and_always_the_same()
    {
        var text = string.Concat(
            Enumerable.Range(0, 2000).Select(i => $"A.from_pretrained('org/pear-{i}'); B.from_pretrained('org/pear-{i}')\n")
        );

        var uses = SourceUses.In("a.py", text).ToList();

        Assert.Equal(500, uses.Count);
        Assert.Equal(500, uses.Distinct().Count());
        Assert.Equal(uses, SourceUses.In("a.py", text));
    }
}
