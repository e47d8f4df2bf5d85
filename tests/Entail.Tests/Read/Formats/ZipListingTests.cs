using System.IO.Compression;
using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Formats;

namespace Entail.Tests.Read.Formats;

/// <summary>Archives of PyTorch and others: listed, never unpacked but for the licenses in them, and never run.</summary>
public sealed class ZipListingTests
{
    [Fact]
    public void Names_and_sizes_are_read()
    {
        var problems = new List<ReadProblem>();

        var read = ZipListing.Read(Source(Archive(("pebble/data.pkl", new byte[10]), ("pebble/data/0", new byte[4096])), problems));

        Assert.Empty(problems);
        Assert.Equal(["pebble/data.pkl 10", "pebble/data/0 4096"], read.Entries.Select(e => $"{e.Name} {e.SizeBytes}"));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void A_license_in_the_archive_is_a_license_text(CompressionLevel level)
    {
        var source = Source(
            Archive(level, ("pebble/LICENSE", Encoding.UTF8.GetBytes("the words of it")), ("pebble/NOTICE.txt", "by us"u8.ToArray())),
            []
        );

        var terms = ZipListing.Read(source).Declared(source, []).Terms;

        Assert.Equal(["model.pt!pebble/LICENSE", "model.pt!pebble/NOTICE.txt"], terms.Select(t => t.File));
        Assert.Equal(["the words of it", "by us"], terms.Select(t => t.Text));
        Assert.Equal([TermsKind.LicenseFile, TermsKind.Notice], terms.Select(t => t.Kind));
    }

    [Fact]
    public void A_license_is_read_in_whatever_encoding_a_license_file_may_have()
    {
        var source = Source(Archive(("LICENSE", [0xff, 0xfe, .. Encoding.Unicode.GetBytes("the words of it")])), []);

        Assert.Equal("the words of it", Assert.Single(ZipListing.Read(source).Declared(source, []).Terms).Text);
    }

    [Fact]
    public void A_pickle_is_never_run()
    {
        using var folder = new TemporaryFolder();
        var mark = folder.Path("it-ran");
        // What os.system("touch MARK") is in pickle, protocol 0: whoever loads this runs it.
        var pickle = Encoding.UTF8.GetBytes($"cposix\nsystem\n(S'touch {mark}'\ntR.");
        folder.With("pytorch_model.bin", Archive(("archive/data.pkl", pickle)));
        folder.With("legacy.pt", pickle);
        folder.With("old.ckpt", [0x80, 0x02, .. pickle]);

        var read = folder.Read();

        Assert.False(File.Exists(mark));
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void Nothing_in_the_library_starts_a_program_or_brings_objects_to_life()
    {
        var forbidden = new[]
        {
            "Process.Start",
            "ProcessStartInfo",
            "Assembly.Load",
            "BinaryFormatter",
            "Activator.CreateInstance",
            "DllImport",
            "LibraryImport",
        };
        var sources = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "Entail.Core"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        Assert.All(sources, f => Assert.DoesNotContain(forbidden, w => File.ReadAllText(f).Contains(w, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_text_that_unpacks_to_a_gigabyte_is_left_alone()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("LICENSE", CompressionLevel.Fastest).Open();
            var block = new byte[1 << 20];
            for (var i = 0; i < 64; i++)
            {
                entry.Write(block);
            }
        }
        var bytes = packed.ToArray();
        var honest = Source(bytes, []);
        // The same, with a size that is a lie: no more than what it says is unpacked.
        var small = bytes.AsSpan().LastIndexOf(BitConverter.GetBytes(64 << 20));
        var lying = bytes.ToArray();
        BitConverter.GetBytes(100).CopyTo(lying, small);
        var source = Source(lying, []);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(ZipListing.Read(honest).Declared(honest, []).Terms);
        Assert.InRange(ZipListing.Read(source).Declared(source, []).Terms.Sum(t => t.Text.Length), 0, 100);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData("../../../etc/LICENSE")]
    [InlineData("/etc/LICENSE")]
    [InlineData("..\\..\\LICENSE")]
    public void A_name_that_leads_elsewhere_is_only_a_name(string name)
    {
        var source = Source(Archive((name, "words"u8.ToArray())), []);

        Assert.Equal("model.pt!" + name, Assert.Single(ZipListing.Read(source).Declared(source, []).Terms).File);
    }

    [Fact]
    public void A_list_that_claims_more_entries_than_there_are_ends_where_they_end()
    {
        var bytes = Archive(("a", new byte[1]));
        var end = bytes.AsSpan().LastIndexOf("PK\x05\x06"u8);
        bytes[end + 10] = 0xfe;
        bytes[end + 11] = 0xff;
        var problems = new List<ReadProblem>();

        Assert.Single(ZipListing.Read(Source(bytes, problems)).Entries);
        Assert.Single(problems);
    }

    [Fact]
    public void An_archive_cut_off_anywhere_is_a_problem_at_most()
    {
        var whole = Archive(("pebble/data.pkl", new byte[10]), ("pebble/LICENSE", "words"u8.ToArray()));
        for (var length = 0; length < whole.Length; length++)
        {
            var problems = new List<ReadProblem>();
            var source = Source(whole[..length], problems);
            ZipListing.Read(source).Declared(source, []);
            Assert.InRange(problems.Count, 0, 1);
        }
    }

    [Fact]
    public void No_file_makes_the_reader_throw() =>
        Fuzzing.Run(
            "zip",
            [
                Archive(("pebble/data.pkl", new byte[10]), ("pebble/LICENSE", "the words"u8.ToArray())),
                Archive(CompressionLevel.SmallestSize, ("LICENSE", new byte[2000]), ("NOTICE", "by us"u8.ToArray())),
            ],
            bytes =>
            {
                var source = Source(bytes, []);
                ZipListing.Read(source).Declared(source, []);
            }
        );

    [Fact]
    public void A_pointer_of_Git_LFS_stands_for_weights_that_are_not_there()
    {
        var pointer = $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 4976698672\n";
        using var folder = new TemporaryFolder().With("model.safetensors", pointer).With("model.gguf", pointer);

        Assert.Equal(new LfsPointer(new string('a', 64), 4976698672), LfsPointer.Read(Encoding.UTF8.GetBytes(pointer)));
        Assert.Null(LfsPointer.Read("version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 1\n"u8));
        Assert.Null(LfsPointer.Read([]));
        Assert.Empty(folder.Read().Problems);
    }

    private static ByteSource Source(byte[] bytes, List<ReadProblem> problems) => new(new MemoryStream(bytes), "model.pt", problems);

    private static byte[] Archive(params ReadOnlySpan<(string Name, byte[] Content)> entries) =>
        Archive(CompressionLevel.NoCompression, entries);

    private static byte[] Archive(CompressionLevel level, params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return packed.ToArray();
    }
}
