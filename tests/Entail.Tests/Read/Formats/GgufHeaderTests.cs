using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Read.Formats;

/// <summary>What is written is read; what is broken is read as far as it goes, with a problem, and takes no more memory than a whole file.</summary>
public sealed class GgufHeaderTests
{
    private static readonly Gen<(int Kind, long Number, double Real, string Text, string[] Texts)> Values =
        from kind in Gen.Choose(0, 13)
        from number in ArbMap.Default.GeneratorFor<long>()
        from real in ArbMap.Default.GeneratorFor<double>()
        from text in ArbMap.Default.GeneratorFor<string>()
        from texts in ArbMap.Default.GeneratorFor<string[]>()
        select (kind, number, real, text ?? "", (texts ?? []).Select(t => t ?? "").ToArray());

    private static (GgufHeader? Header, List<ReadProblem> Problems) Read(byte[] bytes)
    {
        var problems = new List<ReadProblem>();
        return (GgufHeader.Read(new ByteSource(new MemoryStream(bytes), "model.gguf", problems), problems), problems);
    }

    // The message of the only problem.
    private static string Problem(byte[] bytes)
    {
        var problem = Assert.Single(Read(bytes).Problems);
        Assert.NotEqual("", problem.Message.Zh);
        return problem.Message.En;
    }

    [Fact]
    public void What_is_written_is_read() =>
        Prop.ForAll(
                (from values in Gen.ListOf(Values) from big in Gen.Elements(true, false) select (values, big)).ToArbitrary(),
                file =>
                {
                    var bytes = new GgufBytes(version: file.big ? 3u : 2u, bigEndian: file.big);
                    var written = file.values.Select((v, i) => ($"key.{i}", Write(bytes, $"key.{i}", v))).ToArray();

                    var (header, problems) = Read(bytes.File());

                    Assert.Empty(problems);
                    Assert.NotNull(header);
                    Assert.Equal(file.big, header.BigEndian);
                    Assert.Equal(Structure.Of(written), Structure.Of(header.Metadata.Select(m => (m.Key, m.Value)).ToArray()));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static GgufValue Write(GgufBytes to, string key, (int Kind, long Number, double Real, string Text, string[] Texts) value)
    {
        var (kind, number, real, text, texts) = value;
        var raw = (ulong)number;
        switch (kind)
        {
            case 0:
                to.With(key, 0, to.Bytes(raw, 1));
                return new GgufValue.Whole((byte)raw);
            case 1:
                to.With(key, 1, to.Bytes(raw, 1));
                return new GgufValue.Whole((sbyte)raw);
            case 2:
                to.With(key, 2, to.Bytes(raw, 2));
                return new GgufValue.Whole((ushort)raw);
            case 3:
                to.With(key, 3, to.Bytes(raw, 2));
                return new GgufValue.Whole((short)raw);
            case 4:
                to.With(key, 4, to.Bytes(raw, 4));
                return new GgufValue.Whole((uint)raw);
            case 5:
                to.With(key, 5, to.Bytes(raw, 4));
                return new GgufValue.Whole((int)raw);
            case 6:
                to.With(key, 6, to.Bytes(BitConverter.SingleToUInt32Bits((float)real), 4));
                return new GgufValue.Real((float)real);
            case 7:
                to.With(key, 7, to.Bytes(raw & 1, 1));
                return new GgufValue.Truth((raw & 1) == 1);
            case 8:
                to.Text(key, text);
                return new GgufValue.Text(Encoded(text), Cut: false);
            case 9:
                to.Texts(key, texts);
                return new GgufValue.Texts([.. texts.Select(Encoded)], (ulong)texts.Length);
            case 10:
                to.With(key, 10, to.Bytes(raw, 8));
                return new GgufValue.Whole(raw);
            case 11:
                to.With(key, 11, to.Bytes(raw, 8));
                return new GgufValue.Whole(number);
            case 12:
                to.With(key, 12, to.Bytes(BitConverter.DoubleToUInt64Bits(real), 8));
                return new GgufValue.Real(real);
            default:
                // An array of two arrays: one of numbers, and one of strings.
                to.With(key, 9, [.. to.Array(9, 2), .. to.Array(3, 2), 1, 2, 3, 4, .. to.Array(8, 1), .. to.String("one"u8.ToArray())]);
                return new GgufValue.Passed(2);
        }
    }

    // Half of a surrogate pair has no UTF-8.
    private static string Encoded(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_file_cut_anywhere_is_read_as_far_as_it_goes()
    {
        var whole = File.ReadAllBytes(Fixture.Path("quantized.gguf"));
        var all = Read(whole).Header!.Metadata;

        for (var length = 0; length < whole.Length; length++)
        {
            var (header, problems) = Read(whole[..length]);
            var read = header?.Metadata ?? new Dictionary<string, GgufValue>();

            Assert.True(problems.Count == 1 || read.Count == all.Count, $"{problems.Count} problems after {length} bytes");
            Assert.Equal(
                all.Take(read.Count).Select(m => (m.Key, Structure.Of(m.Value))),
                read.Select(m => (m.Key, Structure.Of(m.Value)))
            );
        }
    }

    [Fact]
    public void Counts_and_lengths_are_not_believed()
    {
        var any = new GgufBytes();
        uint[] types = [0, 2, 4, 8, 9, 10];
        byte[][] files =
        [
            any.File(counted: ulong.MaxValue),
            new GgufBytes().Text("general.name", "x").File(tensors: ulong.MaxValue),
            new GgufBytes().With("general.name", 8, any.String([65], ulong.MaxValue)).File(),
            new GgufBytes().With("general.name", 8, any.String([65], long.MaxValue)).File(),
            new GgufBytes().With("general.name", 8, any.String([65], int.MaxValue)).File(),
            [.. new GgufBytes().File(counted: 1), .. any.String([], ulong.MaxValue)],
            .. types.Select(t => new GgufBytes().With("general.tags", 9, [.. any.Array(t, ulong.MaxValue), 1, 2, 3]).File()),
            .. types.Select(t => new GgufBytes().With("general.tags", 9, [.. any.Array(t, (ulong.MaxValue / 8) + 2), 1, 2, 3]).File()),
        ];
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var file in files)
        {
            Problem(file);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void Arrays_within_arrays_end()
    {
        var any = new GgufBytes();
        var deep = Enumerable.Repeat(any.Array(9, 1), 100_000).SelectMany(a => a).ToArray();

        Assert.Contains("within more than 8", Problem(new GgufBytes().With("a", 9, deep).File()), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_key_that_stands_twice_the_first_value_counts()
    {
        var (header, problems) = Read(new GgufBytes().Text("general.name", "one").Text("general.name", "two").Text("a", "b").File());

        Assert.Equal("one", header!.Text("general.name")!.Value);
        Assert.Equal(2, header.Metadata.Count);
        Assert.Equal("general.name", Assert.Single(problems).Evidence.Pointer);
    }

    [Fact]
    public void Keys_without_end_are_bounded()
    {
        var bytes = new GgufBytes();
        for (var i = 0; i <= GgufHeader.MostKeys; i++)
        {
            bytes.Number($"k{i}", 1);
        }

        Assert.Contains("more than 10000", Problem(bytes.File()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_string_is_cut_between_two_characters()
    {
        var text = new string('许', 30_000);
        var (header, problems) = Read(new GgufBytes().Text("a", text).Text("general.license", text).Text("b", "end").File());

        Assert.Empty(problems);
        Assert.Equal(new GgufValue.Text(text[..(GgufHeader.MostTextBytes / 3)], Cut: true), header!.Text("a"));
        Assert.Equal(new GgufValue.Text(text, Cut: false), header.Text("general.license"));
        Assert.Equal("end", header.Text("b")!.Value);
    }

    [Fact]
    public void Of_many_strings_the_first_thousand_are_kept_and_of_tokens_none()
    {
        var many = Enumerable.Range(0, 5000).Select(i => $"t{i}").ToArray();
        var (header, problems) = Read(new GgufBytes().Texts("general.tags", many).Texts("tokenizer.ggml.tokens", many).File());

        Assert.Empty(problems);
        var tags = Assert.IsType<GgufValue.Texts>(header!.Metadata["general.tags"]);
        Assert.Equal(many.Take(GgufHeader.MostItems), tags.Items);
        Assert.Equal(5000ul, tags.Count);
        Assert.Equal(new GgufValue.Passed(5000), header.Metadata["tokenizer.ggml.tokens"]);
    }

    [Fact]
    public void A_million_tokens_take_no_memory()
    {
        var any = new GgufBytes();
        var token = any.String("token"u8.ToArray());
        var tokens = new byte[1_000_000 * token.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = token[i % token.Length];
        }
        var file = new GgufBytes()
            .With("tokenizer.ggml.tokens", 9, [.. any.Array(8, 1_000_000), .. tokens])
            .Text("general.name", "after")
            .File();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var (header, problems) = Read(file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        Assert.Empty(problems);
        Assert.Equal("after", header!.Text("general.name")!.Value);
    }

    [Fact]
    public void Texts_without_end_are_bounded()
    {
        var bytes = new GgufBytes();
        var text = new string('x', GgufHeader.MostTextBytes);
        for (var i = 0; i < 500; i++)
        {
            bytes.Text($"k{i}", text);
        }
        var file = bytes.File();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read(file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public void A_terabyte_of_weights_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files are not sparse there unless asked");
        using var folder = new TemporaryFolder().With("model.gguf", new GgufBytes().Text("general.name", "Vast").File(tensors: 900));
        using var stream = new FileStream(folder.Path("model.gguf"), FileMode.Open, FileAccess.ReadWrite);
        stream.SetLength(1L << 40);
        var problems = new List<ReadProblem>();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = GgufReader.Read(new ByteSource(stream, "model.gguf", problems), problems);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        Assert.Empty(problems);
        Assert.Equal("Vast", read.Name?.Value);
    }

    [Fact]
    public void A_terabyte_of_empty_strings_is_given_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files are not sparse there unless asked");
        var any = new GgufBytes();
        using var folder = new TemporaryFolder().With(
            "model.gguf",
            new GgufBytes().With("tokenizer.ggml.tokens", 9, any.Array(8, 1ul << 36)).File()
        );
        using var stream = new FileStream(folder.Path("model.gguf"), FileMode.Open, FileAccess.ReadWrite);
        stream.SetLength(1L << 40);
        var problems = new List<ReadProblem>();

        GgufReader.Read(new ByteSource(stream, "model.gguf", problems), problems);

        Assert.Contains("longer than 64 MB", Assert.Single(problems).Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a model: an example has no weights.\n", "does not begin as a GGUF file")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "Git LFS")]
    [InlineData("GGUF\u0001\0\0\0\u0001\0\0\0\u0001\0\0\0", "version 1, which is too old")]
    [InlineData("GGUF\0\0\0\u0001\0\0\0\u0001\0\0\0\u0001", "version 1, which is too old")]
    [InlineData("GGUF\u0004\0\0\0", "version 4; versions 2 and 3")]
    [InlineData("GGUF\0\0\0\0", "version 0; versions 2 and 3")]
    [InlineData("GG", "ends here")]
    [InlineData("", "ends here")]
    public void What_is_no_such_file_is_a_problem(string text, string expected)
    {
        var bytes = Encoding.Latin1.GetBytes(text);

        Assert.Contains(expected, Problem(bytes), StringComparison.Ordinal);
        Assert.Null(Read(bytes).Header);
    }

    [Fact]
    public void A_type_that_the_format_lacks_ends_the_reading()
    {
        var (header, problems) = Read(new GgufBytes().Text("general.name", "x").With("a", 13, [1]).Text("b", "c").File());

        Assert.Single(header!.Metadata);
        Assert.Contains("type 13", Assert.Single(problems).Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_of_a_split_model_are_numbered()
    {
        var any = new GgufBytes();
        var (header, _) = Read(new GgufBytes().With("split.no", 2, any.Bytes(1, 2)).With("split.count", 2, any.Bytes(3, 2)).File());

        Assert.Equal((1, 3), (header!.SplitNumber, header.SplitCount));
        Assert.Null(Read(any.File()).Header!.SplitNumber);
    }

    [Fact]
    public void No_file_makes_the_reader_throw() =>
        Fuzzing.Run(
            "gguf",
            [.. Fixture.Named("*.gguf")],
            bytes =>
            {
                var problems = new List<ReadProblem>();
                var read = GgufReader.Read(new ByteSource(new MemoryStream(bytes), "model.gguf", problems), problems);
                Assert.All(problems, p => Assert.True(p.Message.En.Length > 0 && p.Message.Zh.Length > 0));
                Assert.All(read.Bases, b => Assert.InRange(b.Claim.Value.Length, 1, 200));
            }
        );
}
