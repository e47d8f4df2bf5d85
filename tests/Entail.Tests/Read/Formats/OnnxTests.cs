using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Formats;

namespace Entail.Tests.Read.Formats;

/// <summary>What an ONNX model declares beside its graph, and that no file breaks the reader.</summary>
public sealed class OnnxTests
{
    [Fact]
    public void A_model_declares_what_its_exporter_wrote_after_the_graph()
    {
        var problems = new List<ReadProblem>();
        var source = Source(File.ReadAllBytes(Fixture.Path("exported.onnx")), problems);

        var read = Onnx.Read(source, []);
        var declared = read.Declared(source);

        Assert.Empty(problems);
        Assert.Equal("pebble-exporter", read.Producer);
        Assert.Equal("Pebble Detector", declared.Name?.Value);
        Assert.Equal(["tidewater-labs/pebble-detect"], declared.Bases.Select(b => b.Claim.Value));
        // A sentence with an address is something to identify, no id.
        Assert.Empty(declared.Licenses);
        Assert.Equal("License: AGPL-3.0 License (https://example.org/license)", Assert.Single(declared.Terms).Text);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var written = Enumerable.Range(0, random.Next(6)).ToDictionary(i => $"key{i}", _ => Words(random), StringComparer.Ordinal);
            // Graphs may stand before, between and after.
            var bytes = written
                .SelectMany(p => Field(7, new byte[random.Next(100)]).Concat(Property(p.Key, p.Value)))
                .Concat(Field(7, new byte[9]));

            var problems = new List<ReadProblem>();
            var read = Onnx.Read(Source([.. bytes], problems), problems);

            Assert.Empty(problems);
            Assert.Equal(written, read.Metadata);
        }
    }

    [Theory]
    [InlineData("mit", "mit")]
    [InlineData("apache-2.0, mit", "apache-2.0|mit")]
    public void Ids_are_licenses(string value, string expected)
    {
        var source = Source([.. Property("license", value)], []);

        Assert.Equal(expected, string.Join('|', Onnx.Read(source, []).Declared(source).Licenses.Select(l => l.Value)));
    }

    [Fact]
    public void Licenses_that_contradict_each_other_both_count_and_a_key_that_stands_twice_is_a_problem()
    {
        var problems = new List<ReadProblem>();
        var source = Source(
            [.. Property("license", "mit"), .. Property("model_license", "agpl-3.0"), .. Property("license", "gpl-3.0")],
            problems
        );

        var declared = Onnx.Read(source, problems).Declared(source);

        Assert.Equal(["mit", "agpl-3.0"], declared.Licenses.Select(l => l.Value));
        Assert.Single(problems);
    }

    [Fact]
    public void A_graph_of_a_terabyte_is_passed_over()
    {
        using var folder = new TemporaryFolder();
        const long Size = 1L << 40;
        using (var file = new FileStream(folder.Path("big.onnx"), FileMode.Create))
        {
            file.Write([0x3a, .. Varint(Size)]);
            file.Position += Size;
            file.Write([.. Property("license", "mit")]);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = folder.Read();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        Assert.Equal(["weights: mit"], read.Licenses.Values());
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80 })] // a number without an end
    [InlineData(new byte[] { 0x72, 0xff, 0xff, 0xff, 0xff, 0x0f })] // a length beyond the file
    [InlineData(new byte[] { 0x00 })] // field 0
    [InlineData(new byte[] { 0x0b })] // a group, which protobuf no longer has
    [InlineData(new byte[] { 0x72, 0x02, 0x0a, 0x7f, 0x0a })] // a property cut off
    public void What_is_no_model_is_one_problem_at_most(byte[] bytes)
    {
        var problems = new List<ReadProblem>();

        Onnx.Read(Source(bytes, problems), problems);

        Assert.InRange(problems.Count, 0, 1);
        Assert.All(problems.Places(), p => Assert.Equal("metadata-invalid model.onnx", p));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_read_up_to_there()
    {
        var whole = File.ReadAllBytes(Fixture.Path("exported.onnx"));
        for (var length = 0; length < whole.Length; length++)
        {
            var problems = new List<ReadProblem>();
            Onnx.Read(Source(whole[..length], problems), problems);
            Assert.InRange(problems.Count, 0, 1);
        }
    }

    [Fact]
    public void No_file_makes_the_reader_throw() =>
        Fuzzing.Run(
            "onnx",
            [File.ReadAllBytes(Fixture.Path("exported.onnx"))],
            bytes =>
            {
                var source = Source(bytes, []);
                Onnx.Read(source, []).Declared(source);
            }
        );

    private static ByteSource Source(byte[] bytes, List<ReadProblem> problems) => new(new MemoryStream(bytes), "model.onnx", problems);

    private static string Words(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(32, 0x3000)));

    private static IEnumerable<byte> Property(string key, string value) =>
        Field(14, [.. Field(1, Encoding.UTF8.GetBytes(key)), .. Field(2, Encoding.UTF8.GetBytes(value))]);

    private static IEnumerable<byte> Field(int number, byte[] bytes) => [.. Varint((number << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }
        yield return (byte)value;
    }
}
