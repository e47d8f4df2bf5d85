using System.Diagnostics;
using System.Text.RegularExpressions;
using Entail.Tests.Cli;

namespace Entail.Tests;

/// <summary>A command in a page for people, and what it is said to print: <c>$ ./entail …</c>, or <c>$ … | ./entail …</c>.</summary>
internal sealed partial record Transcript(string Command, string Shown)
{
    private const string Program = "./entail ";

    /// <summary>The transcripts of a page of the repository.</summary>
    public static IReadOnlyList<Transcript> In(string page) =>
        [
            .. Block()
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
                .Select(block => new Transcript(block.Groups["command"].Value, block.Groups["shown"].Value.TrimEnd('\n'))),
        ];

    /// <summary>Runs the command in a folder and compares. One that ends in an ellipsis shows the beginning.</summary>
    public void Check(string folder)
    {
        var at = Command.LastIndexOf(Program, StringComparison.Ordinal);
        Assert.True(at == 0 || Command[..at].EndsWith("| ", StringComparison.Ordinal), $"`{Command}` does not run ./entail");
        var input = at == 0 ? null : Piped(Command[..(at - 2)], folder);
        var run = Cli.Command.RunIn(
            folder,
            input,
            null,
            Command[(at + Program.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        if (Shown.EndsWith("\n…", StringComparison.Ordinal))
        {
            Assert.StartsWith(Shown[..^2], run.Out, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(Shown, run.Out.TrimEnd('\n'));
        }
    }

    private static string Piped(string command, string folder)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", command])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }

    [GeneratedRegex(
        @"^```console\n\$ (?<command>[^\n]*)\n(?<shown>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Block();
}
