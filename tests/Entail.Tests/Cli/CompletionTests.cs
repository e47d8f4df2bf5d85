using System.Diagnostics;

namespace Entail.Tests.Cli;

/// <summary>What the shell offers.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("entail ch", "check choose")]
    [InlineData("entail ask mit --do fine-", "fine-tune")]
    [InlineData("entail ask mit --do fine-tune,ho", "fine-tune,host")]
    [InlineData("entail faq deeps", "deepseek-1.0")]
    [InlineData("entail compat --from mit,apache-2", "mit,apache-2.0")]
    [InlineData("entail check --fail-on ", "error note warning")]
    [InlineData("entail check --format=sa", "sarif")]
    [InlineData("entail ask mit --fact commerc", "commercial=")]
    [InlineData("entail explain policy-", "policy-denied policy-undecided")]
    [InlineData("entail completions ba", "bash")]
    public void Bash_completes(string line, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no bash");
        var program = Path.Combine(AppContext.BaseDirectory, "entail.dll");
        var script = $"""
            entail() {"{"} dotnet "{program}" "$@"; {"}"}
            eval "$(entail completions bash)"
            COMP_LINE='{line}' COMP_POINT={line.Length}
            _entail_complete entail "$2" "$3"
            printf '%s\n' "${"{"}COMPREPLY[@]{"}"}" | sort | paste -sd ' '
            """;
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();

        Assert.Equal("", process.StandardError.ReadToEnd());
        Assert.Equal(expected, output.Trim());
    }

    [Theory]
    [InlineData("zsh", "compdef _entail_complete entail")]
    [InlineData("fish", "complete -c entail")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Each_shell_gets_a_script_of_its_own(string shell, string said)
    {
        var run = Command.Run("completions", shell);
        Assert.Equal(0, run.Code);
        Assert.Contains(said, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_that_is_not_known_is_told_those_that_are()
    {
        var run = Command.Run("completions", "tcsh");
        Assert.Equal(3, run.Code);
        Assert.Contains("bash, zsh, fish and pwsh", run.Error, StringComparison.Ordinal);
    }
}
