namespace Entail.Tests.Cli;

/// <summary>Exit codes are promises that scripts and CI jobs rest on (CONTRACT, Commands).</summary>
public sealed class ExitCodeTests
{
    private const string Fine = "works:\n- {id: a, path: ., licenses: {weights: mit}, made-from: []}\n";
    private const string Relabeled = "---\nlicense: apache-2.0\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n";
    private const string Unstated = "---\nlicense: mit\n---\n";

    [Theory]
    [InlineData(0, "mit", "--do", "run")]
    [InlineData(0, "deepseek-1.0", "--do", "distribute")]
    [InlineData(1, "deepseek-1.0", "--do", "relicense,distribute", "--of", "derivative", "--as", "mit")]
    [InlineData(1, "llama-3.1", "--do", "host", "--fact", "mau-at-release=800000000")]
    [InlineData(2, "cc-by-nc-4.0", "--do", "run")]
    [InlineData(0, "cc-by-nc-4.0", "--do", "run", "--allow-unclear")]
    [InlineData(1, "cc-by-nc-4.0", "--do", "run", "--fact", "commercial", "--allow-unclear")]
    [InlineData(2, "nothing-anyone-knows", "--do", "run")]
    [InlineData(3, "mit", "--do", "fly")]
    public void Ask_exits_with(int code, params string[] arguments) => Assert.Equal(code, Command.Run(["ask", .. arguments]).Code);

    [Theory]
    [InlineData(0, Unstated, Fine)]
    [InlineData(1, Unstated, Fine, "--fail-on", "note")] // no copy of MIT beside it
    [InlineData(1, Relabeled, "")]
    [InlineData(1, Relabeled, "", "--allow-unclear")]
    [InlineData(2, Unstated, "")]
    [InlineData(0, Unstated, "", "--allow-unclear")]
    [InlineData(1, Unstated, "", "--fail-on", "warning")]
    [InlineData(1, Unstated, "", "--fail-on", "warning", "--allow-unclear")]
    [InlineData(0, Relabeled, "", "--as", "deepseek-1.0", "--do", "run")]
    [InlineData(3, Unstated, Fine, "--do", "fly")]
    public void Check_exits_with(int code, string card, string configuration, params string[] arguments)
    {
        using var folder = new Folder();
        folder.Write("README.md", card);
        if (configuration.Length > 0)
        {
            folder.Write("entail.yaml", configuration);
        }

        var run = Command.RunIn(folder.Path, null, null, ["check", ".", .. arguments]);

        Assert.True(code == run.Code, $"exit code {run.Code}\n{run.Out}{run.Error}");
    }

    [Fact]
    public void A_finding_that_was_accepted_does_not_fail()
    {
        using var folder = new Folder();
        folder.Write("README.md", Relabeled);
        folder.Write(
            "entail.yaml",
            """
            works: [{id: a, path: .}]
            policy:
              suppress:
              - {code: restrictions-dropped, reason: asked, until: 2027-01-31}
              - {code: license-copy-missing, reason: asked}
            """
        );

        Assert.Equal(0, Command.RunIn(folder.Path, null, null, "check", "--date", "2027-01-31").Code);
        Assert.Equal(1, Command.RunIn(folder.Path, null, null, "check", "--date", "2027-02-01").Code);
    }

    [Fact]
    public void Help_and_version_exit_with_0()
    {
        Assert.Equal(0, Command.Run("--help").Code);
        Assert.Equal(0, Command.Run("check", "--help").Code);
        Assert.StartsWith("entail 0.", Command.Run("--version").Out, StringComparison.Ordinal);
    }
}
