using Entail.Tests.Cli;

namespace Entail.Tests;

/// <summary>Every folder of examples/ comes out as its expected.txt says.</summary>
public sealed class ExampleTests
{
    // License texts are other people's words and not checked in: the example that carries one gets it here.
    private static readonly Dictionary<string, (string Text, string File)> Copies = new(StringComparer.Ordinal)
    {
        ["deepseek-fine-tune-clean"] = ("deepseek-la-1.0.txt", "LICENSE"),
    };

    public static IEnumerable<TheoryDataRow<string>> Folders =>
        Directory
            .GetDirectories(Path.Combine(Repository.Root, "examples"))
            .Select(f => Path.GetFileName(f))
            .Order(StringComparer.Ordinal)
            .Select(f => new TheoryDataRow<string>(f));

    [Theory, MemberData(nameof(Folders))]
    public void An_example_comes_out_as_expected(string name)
    {
        var original = Path.Combine(Repository.Root, "examples", name);
        using var copy = new Folder(name);
        foreach (var file in Directory.GetFiles(original, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(original, f)))
        {
            if (file is not ("expected.txt" or "arguments.txt"))
            {
                Directory.CreateDirectory(Path.Combine(copy.Path, Path.GetDirectoryName(file)!));
                File.Copy(Path.Combine(original, file), Path.Combine(copy.Path, file));
            }
        }
        if (Copies.TryGetValue(name, out var owed))
        {
            File.Copy(Path.Combine(Shared.RequireTexts(), owed.Text), Path.Combine(copy.Path, owed.File));
        }

        // Of a store, which of its models is meant.
        var named = Path.Combine(original, "arguments.txt");
        string[] arguments = File.Exists(named) ? File.ReadAllText(named).Trim().Split(' ') : [];
        var run = Command.RunIn(copy.Path, null, null, ["check", ".", .. arguments, "--date", "2026-11-01", "--color", "never"]);

        var expected = Path.Combine(original, "expected.txt");
        if (Accepting.IsOn)
        {
            File.WriteAllText(expected, run.Out);
        }
        Assert.Equal(File.ReadAllText(expected), run.Out);
        Assert.Equal("", run.Error);
        Assert.Equal(
            run.Out.Contains("error[", StringComparison.Ordinal) ? 1
                : run.Out.Contains(": unclear;", StringComparison.Ordinal) ? 2
                : 0,
            run.Code
        );
    }

    [Fact]
    public void Every_example_is_described()
    {
        var described = File.ReadAllText(Path.Combine(Repository.Root, "examples", "README.md"));
        Assert.All(Folders, f => Assert.Contains($"`{f.Data}/`", described, StringComparison.Ordinal));
    }
}
