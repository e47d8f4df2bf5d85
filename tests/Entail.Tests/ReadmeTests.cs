using System.Text.RegularExpressions;
using Entail.Tests.Cli;
using Xunit;

namespace Entail.Tests;

/// <summary>What the README shows is what a newcomer gets.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_command_in_the_readme_prints_what_stands_below_it()
    {
        var blocks = Console().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
        Assert.NotEmpty(blocks);
        foreach (Match block in blocks)
        {
            var lines = block.Groups["body"].Value.TrimEnd('\n').Split('\n');
            Assert.StartsWith("$ ./entail ", lines[0], StringComparison.Ordinal);
            var printed = Command.Run(lines[0]["$ ./entail ".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Out;
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

    [GeneratedRegex(@"^```console\n(?<body>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Console();
}
