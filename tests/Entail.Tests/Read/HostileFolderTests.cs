using System.Diagnostics;
using System.Text;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Read;

/// <summary>Folders that are broken, or meant to break the reader: whatever is wrong is a problem, and the rest is read.</summary>
public sealed class HostileFolderTests
{
    [Fact]
    public void A_folder_that_is_not_there_is_a_problem()
    {
        var read = FolderReader.Read("/no/such/folder");

        Assert.Equal(["file-unreadable ."], read.Problems.Places());
        Assert.Equal("folder", read.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_path_that_is_none_does_not_throw(string folder) => Assert.NotNull(FolderReader.Read(folder));

    [Fact]
    public void A_file_in_place_of_a_folder_is_a_problem()
    {
        using var folder = new TemporaryFolder().With("file", "x");

        Assert.Equal(["file-unreadable ."], FolderReader.Read(folder.Path("file")).Problems.Places());
    }

    [Theory]
    [InlineData("license: mit\nbase_model: [org/a\ntags: [x]", 3)]
    [InlineData("license: mit\nlanguage: @en", 3)]
    [InlineData("license: mit\nsummary: a: b: c", 3)]
    [InlineData("license: mit\ntags:\n\t- x", 3)]
    [InlineData("license: mit\nbase: &a org/a\nbase2: {<<: *b}", 4)]
    [InlineData("a: 'unclosed\nlicense: mit", 2)]
    public void One_slip_in_the_metadata_costs_one_key(string metadata, int line)
    {
        using var folder = new TemporaryFolder().Card(metadata);

        var read = folder.Read();

        Assert.Equal(["weights: mit"], read.Licenses.Values());
        Assert.Equal([$"metadata-invalid README.md:{line}"], read.Problems.Places());
    }

    [Fact]
    public void Metadata_without_an_end_is_read_up_to_the_text()
    {
        using var folder = new TemporaryFolder().With("README.md", "---\nlicense: mit\n\n# Title\ntext: here\n");

        var read = folder.Read();

        Assert.Equal(["weights: mit"], read.Licenses.Values());
        Assert.Equal(["metadata-invalid README.md:1"], read.Problems.Places());
    }

    [Theory]
    [InlineData("---\r\nlicense: mit\r\n---\r\ntext")]
    [InlineData("---\rlicense: mit\r---\rtext")]
    [InlineData("\uFEFF---\nlicense: mit\n---\n")]
    [InlineData("\n\n---  \nlicense: mit\n---  \n")]
    [InlineData("---\nlicense:\tmit\n---")]
    public void Line_ends_marks_and_blanks_do_not_matter(string text)
    {
        using var folder = new TemporaryFolder().With("README.md", text);

        var read = folder.Read();

        Assert.Equal(["weights: mit"], read.Licenses.Values());
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-8")]
    public void A_byte_order_mark_says_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        using var folder = new TemporaryFolder().With(
            "README.md",
            [.. encoding.GetPreamble(), .. encoding.GetBytes("---\nlicense: mit\n---\n")]
        );

        Assert.Equal(["weights: mit"], folder.Read().Licenses.Values());
    }

    [Fact]
    public void Text_in_an_older_encoding_is_read()
    {
        using var folder = new TemporaryFolder().With(
            "LICENSE",
            Encoding.Latin1.GetBytes("Copyright © 2024 Müller and others, all rights")
        );

        var read = folder.Read();

        Assert.Equal("Copyright © 2024 Müller and others, all rights", Assert.Single(read.LicenseFiles).Text);
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void What_is_no_text_is_not_read_as_one()
    {
        using var folder = new TemporaryFolder()
            .With("LICENSE.pdf", [0x25, 0x50, 0x44, 0x46, 0, 1, 2])
            .With("COPYING", [0x8D, 0x83, 0xDF, 0x90, 0x81, 0xED, 0x8F, 0xC9]);

        var read = folder.Read();

        Assert.Empty(read.LicenseFiles);
        Assert.Equal(["file-unreadable COPYING", "file-unreadable LICENSE.pdf"], read.Problems.Places());
    }

    [Fact]
    public void An_empty_license_is_kept_as_empty()
    {
        using var folder = new TemporaryFolder().With("LICENSE", "");

        Assert.Equal(new("LICENSE", "", false), Assert.Single(folder.Read().LicenseFiles));
    }

    [Fact]
    public void Of_a_vast_license_2_MB_are_read()
    {
        using var folder = new TemporaryFolder();
        using (var stream = File.Create(folder.Path("LICENSE")))
        {
            stream.Write(Encoding.UTF8.GetBytes(new string('许', 1024 * 1024)));
            stream.SetLength(50L * 1024 * 1024);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = folder.Read();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var file = Assert.Single(read.LicenseFiles);
        Assert.True(file.Truncated);
        Assert.Equal(2 * 1024 * 1024 / 3, file.Text.Length);
        Assert.True(file.Text.All(c => c == '许'));
        Assert.InRange(allocated, 0, 12 * 1024 * 1024);
    }

    [Fact]
    public void Links_out_of_the_folder_are_not_followed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Parent, "secret"), "secret");
        Directory.CreateDirectory(Path.Combine(folder.Parent, "elsewhere"));
        File.WriteAllText(Path.Combine(folder.Parent, "elsewhere", "LICENSE"), "secret");
        File.CreateSymbolicLink(folder.Path("LICENSE"), "../secret");
        File.CreateSymbolicLink(folder.Path("COPYING"), Path.Combine(folder.Parent, "secret"));
        Directory.CreateSymbolicLink(folder.Path("licenses"), "../elsewhere");
        Directory.CreateSymbolicLink(folder.Path("way"), "..");
        File.CreateSymbolicLink(folder.Path("NOTICE"), "way/secret");

        var read = folder.Read();

        Assert.Empty(read.LicenseFiles);
        Assert.Empty(read.NoticeFiles);
        Assert.Equal(
            ["COPYING", "LICENSE", "NOTICE", "licenses"],
            read.Problems.Select(p => p.Evidence.File).Order(StringComparer.Ordinal)
        );
        Assert.All(read.Problems, p => Assert.Contains("outside the folder", p.Message.En, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_within_the_folder_are_followed()
    {
        using var folder = new TemporaryFolder().With("sub/text", "words");
        File.CreateSymbolicLink(folder.Path("LICENSE"), "sub/text");
        Directory.CreateSymbolicLink(folder.Path("there"), "sub");
        File.CreateSymbolicLink(folder.Path("NOTICE"), Path.Combine(folder.Root, "there", "..", "sub", ".", "text"));

        var read = folder.Read();

        Assert.Equal("words", Assert.Single(read.LicenseFiles).Text);
        Assert.Equal("words", Assert.Single(read.NoticeFiles).Text);
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void A_link_to_the_folder_itself_is_the_folder()
    {
        using var folder = new TemporaryFolder().Card("license: mit");
        var link = Path.Combine(folder.Parent, "link");
        Directory.CreateSymbolicLink(link, folder.Root);

        Assert.Equal(["weights: mit"], FolderReader.Read(link).Licenses.Values());
    }

    [Fact]
    public void Links_in_a_circle_and_to_nowhere_are_problems()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.Path("LICENSE"), "COPYING");
        File.CreateSymbolicLink(folder.Path("COPYING"), "LICENSE");
        File.CreateSymbolicLink(folder.Path("README.md"), "README.md");
        File.CreateSymbolicLink(folder.Path("NOTICE"), "gone");

        var read = folder.Read();

        Assert.Null(read.Card);
        Assert.Equal(4, read.Problems.Length);
        Assert.All(read.Problems.Places(), p => Assert.StartsWith("file-unreadable", p, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_of_licenses_that_links_to_its_parent_ends()
    {
        using var folder = new TemporaryFolder().With("LICENSE", "words");
        Directory.CreateSymbolicLink(folder.Path("licenses"), ".");

        Assert.NotEmpty(folder.Read().LicenseFiles);
    }

    [Fact]
    public void Folders_in_place_of_files_are_problems()
    {
        using var folder = new TemporaryFolder().With("README.md/x", "x").With("config.json/x", "x").With("NOTICE/x", "x");

        var read = folder.Read();

        Assert.Equal(["file-unreadable README.md", "file-unreadable config.json"], read.Problems.Places());
    }

    [Fact]
    public void A_file_without_permission_is_a_problem()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("a privileged user may read everything, and permissions work otherwise on Windows");
            return;
        }
        using var folder = new TemporaryFolder().With("LICENSE", "words");
        File.SetUnixFileMode(folder.Path("LICENSE"), UnixFileMode.None);

        Assert.Equal(["file-unreadable LICENSE"], folder.Read().Problems.Places());
    }

    [Fact]
    public void A_pipe_in_place_of_a_license_does_not_block()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders");
        using var folder = new TemporaryFolder();
        using (var made = Process.Start("mkfifo", folder.Path("LICENSE")))
        {
            made.WaitForExit();
        }

        Assert.Equal("", Assert.Single(folder.Read().LicenseFiles).Text);
    }

    [Fact]
    public void Many_files_are_listed_and_not_opened()
    {
        using var folder = new TemporaryFolder().Card("license: mit");
        for (var i = 0; i < 10_000; i++)
        {
            File.Create(folder.Path($"data-{i}.txt")).Dispose();
        }
        var watch = Stopwatch.StartNew();

        var read = folder.Read();

        Assert.Equal(["weights: mit"], read.Licenses.Values());
        Assert.Empty(read.Problems);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }

    [Fact]
    public void Texts_without_end_are_bounded()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 300; i++)
        {
            folder.With($"licenses/{i}.txt", "x");
        }

        var read = folder.Read();

        Assert.Equal(200, read.LicenseFiles.Length);
        Assert.Equal("file-unreadable", Assert.Single(read.Problems).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("{\"a\": ")]
    [InlineData("\"\\ud800\"")]
    public void A_broken_configuration_is_a_problem(string text)
    {
        using var folder = new TemporaryFolder().With("config.json", text + "\n");

        Assert.Equal(
            ["metadata-invalid config.json:1"],
            folder.Read().Problems.Places().Select(p => p.Replace(":2", ":1", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    [InlineData("[[{a: ", "")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    [InlineData("!!x ", "")]
    [InlineData("&a ", "")]
    [InlineData("\t", "")]
    public void Deep_nesting_ends(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));
        using var folder = new TemporaryFolder()
            .Card($"license: mit\nx: {text}")
            .With("config.json", text)
            .With("adapter_config.json", text);
        var watch = Stopwatch.StartNew();

        var read = folder.Read();

        Assert.Equal(["weights: mit"], read.Licenses.Values());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }
}
