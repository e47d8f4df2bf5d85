namespace Entail.Tests.Cli;

/// <summary>
/// Bad input is normal: wrong use exits with 3 and says what to write instead, on standard error alone; a bad folder gets a finding. Never a stack trace.
/// </summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("did you mean `fine-tune`?", "ask", "mit", "--do", "fine-tunee")]
    [InlineData("there is no act `x`", "ask", "mit", "--do", "x")]
    [InlineData("did you mean `commercial`?", "ask", "mit", "--do", "run", "--fact", "comercial=true")]
    [InlineData("takes true or false", "ask", "mit", "--do", "run", "--fact", "commercial=maybe")]
    [InlineData("did you mean deepseek-ai/deepseek-coder-6.7b-base?", "ask", "deepseek-ai/deepseek-coder-6.7b-bse", "--do", "run")]
    [InlineData("does not know the model nobody/nothing", "ask", "nobody/nothing", "--do", "run")]
    [InlineData("name a license or a model", "ask")]
    [InlineData("say what you want to do", "ask", "mit")]
    [InlineData("write none", "ask", "mit", "--do", "run", "--assume", "all")]
    [InlineData("use original, derivative, output", "ask", "mit", "--do", "run", "--of", "copy")]
    [InlineData("use weights, code, data, docs", "ask", "mit", "--do", "run", "--part", "head")]
    [InlineData("cannot read", "ask", "--batch", "no-such-file.jsonl")]
    [InlineData("--format xml", "ask", "mit", "--do", "run", "--format", "xml")]
    [InlineData("--lang fr", "ask", "mit", "--do", "run", "--lang", "fr")]
    [InlineData("--color blue", "ask", "mit", "--do", "run", "--color", "blue")]
    [InlineData("--date 2026-02-30", "ask", "mit", "--do", "run", "--date", "2026-02-30")]
    [InlineData("there is no option --nonsense", "ask", "mit", "--do", "run", "--nonsense")]
    [InlineData("--nonsense", "check", "--nonsense")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("there is no no-such-folder", "check", "no-such-folder")]
    [InlineData("neither a folder nor an entail.yaml", "check", "global.json.txt")]
    [InlineData("use note, warning, error", "check", ".", "--fail-on", "fatal")]
    [InlineData("nothing here lists works", "check", "src", "--work", "x")]
    [InlineData("did you mean mit or mit-0?", "faq", "mitt")]
    [InlineData("there is no license", "licenses", "show", "no-such-license-at-all")]
    public void Wrong_use_is_told_apart_and_exits_with_3(string says, params string[] arguments)
    {
        using var folder = new Folder();
        folder.Write("global.json.txt", "{}");
        Directory.CreateDirectory(Path.Combine(folder.Path, "src"));

        var run = Command.RunIn(folder.Path, null, null, arguments);

        AssertRefused(run, says);
    }

    [Theory]
    [InlineData("entail.yaml:1", "works: [\n")]
    [InlineData("not `7`", "works: 7\n")]
    [InlineData("Write `works`", "work:\n- {id: a}\n")]
    [InlineData("Write `fine-tune`", "works:\n- {id: a, made-from: [{work: b, act: finetune}]}\n")]
    [InlineData("did you mean `commercial`?", "works: [{id: a, path: .}]\nfacts: {comercial: true}\n")]
    [InlineData("there is no work `nothing`", "ship: {work: nothing}\n")]
    [InlineData("takes a text", "works:\n- {id: [a]}\n")]
    [InlineData("there is no kind `modle`. Write `model`", "works:\n- {id: a, kind: modle}\n")]
    [InlineData("there is no part `weight`. Write `weights`", "works:\n- {id: a, licenses: {weight: mit}}\n")]
    [InlineData("two works have the id `a`", "works:\n- {id: a}\n- {id: a}\n")]
    [InlineData("`2027-02-30` is no date", "policy: {suppress: [{code: license-unknown, reason: x, until: 2027-02-30}]}\n")]
    [InlineData("entail.yaml", "&a [*a, *a]\n")]
    public void A_configuration_that_cannot_be_read_as_meant_exits_with_3(string says, string yaml)
    {
        using var folder = new Folder();
        folder.Write("entail.yaml", yaml);

        AssertRefused(Command.RunIn(folder.Path, null, null, "check", "."), says);
        AssertRefused(Command.RunIn(folder.Path, null, null, "check", "entail.yaml"), says);
    }

    [Theory]
    [InlineData("metadata-invalid", "---\nlicense: [mit\nbase_model: : x\n---\n")]
    [InlineData("metadata-invalid", "---\nlicense: mit\nbase_model: a/b\n")]
    [InlineData("metadata-invalid", "---\nlicense: {mit: yes}\n---\n")]
    [InlineData("metadata-invalid", "---\nlicense: mit\nbase_model: {a: b}\n---\n")]
    [InlineData("metadata-invalid", "---\nlicense: mit\nbase_model: [[a/b], null, 7]\nbase_model_relation: married\n---\n")]
    [InlineData("license-undeclared", "---\nlicense: null\nbase_model: null\n---\n")]
    [InlineData("license-undeclared", "---\nlicense: []\nbase_model: []\n---\n")]
    [InlineData("license-unknown", "---\nlicense: 3.14\nbase_model: 42\n---\n")]
    [InlineData("base-not-found", "---\nlicense: mit\nbase_model: nobody/nothing\n---\n")]
    [InlineData("lineage-cycle", "---\nlicense: mit\nbase_model: work\n---\n")]
    [InlineData("restrictions-dropped", "---\nlicense: [mit, apache-2.0]\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n")]
    [InlineData("license-undeclared", "")]
    public void A_bad_card_gets_a_finding(string code, string card)
    {
        using var folder = new Folder();
        folder.Write("README.md", card);

        AssertFound(Command.RunIn(folder.Path, null, null, "check", ".", "--color", "never"), code);
    }

    [Fact]
    public void Works_made_from_one_another_are_a_cycle()
    {
        using var folder = new Folder();
        folder.Write(
            "entail.yaml",
            """
            works:
            - {id: a, path: ., kind: model, licenses: mit, made-from: [{work: b, act: merge}, {work: a, act: fine-tune}]}
            - {id: b, kind: model, licenses: mit, made-from: [{work: a, act: merge}]}
            """
        );

        AssertFound(Command.RunIn(folder.Path, null, null, "check", "."), "lineage-cycle");
        AssertFound(Command.RunIn(folder.Path, null, null, "check", "entail.yaml", "--work", "b"), "lineage-cycle");
    }

    [Fact]
    public void An_empty_folder_gets_a_finding()
    {
        using var folder = new Folder();

        AssertFound(Command.RunIn(folder.Path, null, null, "check"), "license-undeclared");
    }

    [Fact]
    public void Bytes_that_are_no_text_get_a_finding()
    {
        using var folder = new Folder();
        folder.Write("README.md", "---\nlicense: mit\n---\n");
        File.WriteAllBytes(Path.Combine(folder.Path, "LICENSE"), [0xC3, 0x28, 0xFF, 0xFE, 0x80]);

        AssertFound(Command.RunIn(folder.Path, null, null, "check", "."), "file-unreadable");
    }

    [Fact]
    public void An_empty_license_file_gets_a_finding()
    {
        using var folder = new Folder();
        folder.Write("README.md", "---\nlicense: mit\n---\n");
        folder.Write("LICENSE", "");

        AssertFound(Command.RunIn(folder.Path, null, null, "check", "."), "file-unreadable");
    }

    [Fact]
    public void A_license_file_of_50_MB_is_not_read_to_its_end()
    {
        using var folder = new Folder();
        folder.Write("README.md", "---\nlicense: mit\n---\n");
        folder.Write("LICENSE", "You may not. ");
        using (var text = File.AppendText(Path.Combine(folder.Path, "LICENSE")))
        {
            for (var i = 0; i < 50; i++)
            {
                text.Write(string.Concat(Enumerable.Repeat("word and\n", (1 << 20) / 9)));
            }
        }

        AssertFound(Command.RunIn(folder.Path, null, null, "check", "."), "file-unreadable");
    }

    [Fact]
    public void A_link_out_of_the_folder_is_not_followed()
    {
        using var folder = new Folder();
        using var outside = new Folder();
        folder.Write("README.md", "---\nlicense: mit\n---\n");
        var secret = outside.Write("secret.txt", "a secret of this machine");
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder.Path, "LICENSE"), secret);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("no symbolic links may be made here");
        }

        var run = Command.RunIn(folder.Path, null, null, "check", ".", "--format", "json");

        AssertFound(run, "file-unreadable");
        Assert.DoesNotContain("secret of this machine", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mit AND")]
    [InlineData("((((")]
    [InlineData(") OR (")]
    [InlineData("mit WITH")]
    [InlineData("AND")]
    [InlineData("  ")]
    [InlineData("许可证")]
    [InlineData("license:")]
    public void An_expression_that_is_none_is_at_most_unclear(string expression)
    {
        var run = Command.Run("ask", expression, "--do", "run");

        Assert.InRange(run.Code, 2, 3);
        AssertQuiet(run);
    }

    [Fact]
    public void Parentheses_without_end_break_nothing()
    {
        var run = Command.Run("ask", new string('(', 20_000) + "mit", "--do", "run");

        Assert.InRange(run.Code, 2, 3);
        AssertQuiet(run);
    }

    [Fact]
    public void Records_that_are_no_JSON_exit_with_3()
    {
        using var folder = new Folder();
        folder.Write("records.json", "[{\"id\": \"a/b\", ]");

        AssertRefused(Command.RunIn(folder.Path, null, null, "check", "records.json"), "records.json");
    }

    [Fact]
    public void What_a_stranger_wrote_does_not_steer_the_terminal()
    {
        using var folder = new Folder();
        folder.Write("README.md", "---\nlicense: \"mit\\e[31mred\"\nbase_model: \"a/b\\e]0;title\\a\"\n---\n");

        var run = Command.RunIn(folder.Path, null, null, "check", ".", "--color", "never");

        Assert.DoesNotContain('\e', run.Out + run.Error);
        AssertQuiet(run);
    }

    private static void AssertRefused(Run run, string says)
    {
        Assert.Equal(3, run.Code);
        Assert.Equal("", run.Out);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.TrimEnd('\n').Split('\n'), l => Assert.StartsWith("entail: ", l, StringComparison.Ordinal));
        AssertQuiet(run);
    }

    private static void AssertFound(Run run, string code)
    {
        Assert.InRange(run.Code, 1, 2);
        Assert.Contains(code, run.Out, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
        AssertQuiet(run);
    }

    private static void AssertQuiet(Run run)
    {
        Assert.DoesNotContain("   at ", run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("an error of entail itself", run.Error, StringComparison.Ordinal);
    }
}
