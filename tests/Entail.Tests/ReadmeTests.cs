using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Entail.Tests;

/// <summary>What the README shows is what a newcomer gets.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_command_in_the_readme_prints_what_stands_below_it()
    {
        var root = Root();
        var blocks = Console().Matches(File.ReadAllText(Path.Combine(root, "README.md")));
        Assert.NotEmpty(blocks);
        foreach (Match block in blocks)
        {
            var lines = block.Groups["body"].Value.TrimEnd('\n').Split('\n');
            Assert.StartsWith("$ ./entail ", lines[0], StringComparison.Ordinal);
            var printed = Run(root, lines[0]["$ ./entail ".Length..]);
            var shown = string.Join('\n', lines.Skip(1));
            // A block that ends in an ellipsis shows the beginning.
            if (shown.EndsWith("\n…", StringComparison.Ordinal))
            {
                Assert.StartsWith(shown[..^2], printed, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(shown, printed.TrimEnd('\n'));
            }
        }
    }

    private static string Run(string root, string arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "entail.dll"));
        foreach (var argument in arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Entail.slnx")))
        {
            folder = folder.Parent;
        }
        return folder.FullName;
    }

    [GeneratedRegex(@"^```console\n(?<body>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Console();
}
