using System.Text;
using Entail.Core.Write;

namespace Entail.Tests.Write.Bundles;

/// <summary>Several files are changed together or not at all.</summary>
public sealed class FileChangeTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_are_written()
    {
        folder.Write("a", "one");

        FileChange.Apply(folder.Path, [Change("a", "one", "two"), Change("b/c", null, "new")]);

        Assert.Equal(["a=two", "b/c=new"], Files());
    }

    [Theory]
    [InlineData("a", "other", "was changed")] // not what was read
    [InlineData("a", null, "was changed")] // there already
    [InlineData("gone", "one", "was changed")] // no longer there
    [InlineData("link", "one", "is a link")]
    [InlineData("a/b", null, "a")] // below a file
    [InlineData("d", null, "d")] // a folder stands there
    public void Where_one_cannot_be_all_stays_as_it_was(string path, string? before, string said)
    {
        folder.Write("a", "one");
        folder.Write("first", "one");
        folder.Write("d/x", "one");
        File.CreateSymbolicLink(System.IO.Path.Combine(folder.Path, "link"), "a");
        var all = Files();

        var problem = Assert.ThrowsAny<IOException>(() =>
            FileChange.Apply(folder.Path, [Change("first", "one", "two"), Change(path, before, "two")])
        );

        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Equal(all, Files());
    }

    [Fact]
    public void What_was_moved_already_is_put_back()
    {
        folder.Write("a", "one");
        var all = Files();

        // The second is there by the time the first was moved: it is the first's own new file.
        Assert.ThrowsAny<IOException>(() =>
            FileChange.Apply(folder.Path, [Change("a", "one", "two"), Change("n", null, "1"), Change("n", null, "2")])
        );

        Assert.Equal(all, Files());
    }

    [Fact]
    public void The_mode_of_a_file_stays()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // files have no mode there
        }
        var file = folder.Write("a", "one");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        FileChange.Apply(folder.Path, [Change("a", "one", "two")]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
    }

    private static FileChange Change(string path, string? before, string after) =>
        new(path, before is null ? null : Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));

    private string[] Files() =>
        [
            .. Directory
                .EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
                .Select(f => $"{System.IO.Path.GetRelativePath(folder.Path, f)}={File.ReadAllText(f)}")
                .Order(StringComparer.Ordinal),
        ];
}
