using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Entail.Tests.Catalog;

/// <summary>The steps of docs/catalog.md, followed to the letter with the license that stands there.</summary>
public sealed partial class GuideTests
{
    private const string Id = "example-model-1.0";

    [Fact]
    public void Whoever_follows_the_guide_adds_a_license()
    {
        using var folder = new Folder();
        var catalog = Path.Combine(folder.Path, "catalog");
        CopyFolder(Path.Combine(Repository.CatalogFolder, "taxonomy"), Path.Combine(catalog, "taxonomy"));
        CopyFolder(Path.Combine(Repository.CatalogFolder, "licenses"), Path.Combine(catalog, "licenses"));
        File.Copy(Path.Combine(Repository.CatalogFolder, "releases.yaml"), Path.Combine(catalog, "releases.yaml"));
        var blocks = Block()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "catalog.md")))
            .Select(m => (Kind: m.Groups["kind"].Value, Lines: Outdented(m.Groups["lines"].Value)))
            .ToList();
        var files = new Queue<string>([$"texts/{Id}.txt", $"catalog/licenses/{Id}/rules.yaml", $"catalog/licenses/{Id}/cases.yaml"]);
        var steps = 0;

        foreach (var (kind, lines) in blocks)
        {
            if (kind == "steps")
            {
                foreach (var step in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    steps++;
                    Follow(folder.Path, step);
                }
                continue;
            }
            var file = Path.Combine(folder.Path, files.Dequeue());
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var text = Path.Combine(folder.Path, "texts", $"{Id}.txt");
            File.WriteAllText(
                file,
                File.Exists(text)
                    ? lines.Replace("SHA256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(text))), StringComparison.Ordinal)
                    : lines
            );
        }

        Assert.Empty(files);
        Assert.Equal(5, steps);
    }

    private static void Follow(string folder, string step)
    {
        var words = step.Split(' ');
        Assert.Equal("tasks", words[0]);
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Entail.Tasks.dll"), .. words[1..]]
        )
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"`{step}` ended with {process.ExitCode}:\n{output}");
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Outdented(string lines) => string.Join('\n', lines.Split('\n').Select(l => l.Length > 2 ? l[3..] : l));

    // The blocks of the guide stand within a list; the rest of the page has blocks at the margin.
    [GeneratedRegex(
        @"^   ```(?<kind>text|steps|yaml)\n(?<lines>.*?)^   ```",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Block();
}
