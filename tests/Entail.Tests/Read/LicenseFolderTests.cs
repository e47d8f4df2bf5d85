using Entail.Core.Read;

namespace Entail.Tests.Read;

public sealed class LicenseFolderTests
{
    [Fact]
    public void A_file_is_read_up_to_2_MB()
    {
        using var folder = new Folder();
        folder.Write("LICENSE", new string('x', OpenedFile.MostBytes));
        folder.Write("LICENSE.more", new string('x', OpenedFile.MostBytes + 1));
        var license = new LicenseFolder(folder.Path);

        var (whole, cut) = (license.Open("LICENSE", "a"), license.Open("LICENSE.more", "b"));

        Assert.Equal((OpenedFile.MostBytes, false), (whole.Text!.Length, whole.Truncated));
        Assert.Equal((OpenedFile.MostBytes, true), (cut.Text!.Length, cut.Truncated));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    [InlineData("\0\u0001")]
    public void What_holds_no_text_has_a_problem(string content)
    {
        using var folder = new Folder();
        folder.Write("LICENSE", content);

        var opened = new LicenseFolder(folder.Path).Open("LICENSE", "shown");

        Assert.Null(opened.Text);
        Assert.Equal(("file-unreadable", "shown"), (opened.Problem!.Code, opened.Problem.Evidence.File));
    }

    [Theory]
    [InlineData("LICENSE")]
    [InlineData("../outside")]
    [InlineData("")]
    public void What_is_not_there_or_no_file_has_a_problem(string file)
    {
        using var folder = new Folder();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(folder.Path)!, "outside"), "word and");

        Assert.NotNull(new LicenseFolder(folder.Path).Open(file, "shown").Problem);
    }

    [Fact]
    public void A_folder_that_is_gone_has_a_problem()
    {
        using var folder = new Folder();
        var looked = new LicenseFolder(Path.Combine(folder.Path, "nothing"));
        Assert.Empty(looked.Files);
        Assert.Single(looked.Unseen);
    }

    [Fact]
    public void A_stream_is_read_in_whatever_pieces_it_comes()
    {
        var bytes = new byte[180_000];
        bytes.AsSpan().Fill((byte)'x');
        using var stream = new Trickle(bytes);
        Assert.Equal(bytes.Length, OpenedFile.Read(stream, "-").Text!.Length);
    }

    // A pipe gives what it has.
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(7, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(7, count));
    }
}
