using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Read.Formats;

/// <summary>What a safetensors file declares, and that no file breaks the reader.</summary>
public sealed class SafetensorsTests
{
    private static byte[] File(string json, ulong? length = null)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return [.. BitConverter.GetBytes(length ?? (ulong)bytes.Length), .. bytes];
    }

    private static byte[] With(string metadata, string tensors = "") => File($$"""{"__metadata__":{ {{metadata}} }{{tensors}}}""");

    private static (SafetensorsHeader? Header, List<ReadProblem> Problems) Header(byte[] bytes)
    {
        var problems = new List<ReadProblem>();
        return (SafetensorsHeader.Read(new ByteSource(new MemoryStream(bytes), "model.safetensors", problems), problems), problems);
    }

    private static (Declaration Declaration, List<ReadProblem> Problems) Read(byte[] bytes)
    {
        var problems = new List<ReadProblem>();
        return (SafetensorsReader.Read(new ByteSource(new MemoryStream(bytes), "model.safetensors", problems), problems), problems);
    }

    private static Declaration Of(string metadata, string tensors = "")
    {
        var (declaration, problems) = Read(With(metadata, tensors));
        Assert.Empty(problems);
        return declaration;
    }

    private static string[] Lines(IEnumerable<DeclaredBase> bases) => [.. bases.Select(b => $"{b.Act?.Name() ?? "?"} {b.Claim.Value}")];

    [Fact]
    public void A_LoRA_declares_its_base_and_its_license()
    {
        var (read, problems) = Read(System.IO.File.ReadAllBytes(Fixture.Path("lora.safetensors")));

        Assert.Empty(problems);
        Assert.Equal("Harbour Style", read.Name?.Value);
        Assert.Equal(("cc-by-4.0", "modelspec.license"), (Assert.Single(read.Licenses).Value, read.Licenses[0].Evidence.Pointer));
        Assert.Equal(["adapt tidewater-labs/pebble-paint-v1"], Lines(read.Bases));
        Assert.Equal(["style", "harbour"], read.Tags);
        Assert.Equal(new MakingHints(Adapter: true, Quantized: false), read.Stated);
    }

    [Fact]
    public void A_merged_model_declares_what_it_was_merged_from()
    {
        var (read, problems) = Read(System.IO.File.ReadAllBytes(Fixture.Path("merged.safetensors")));

        Assert.Empty(problems);
        Assert.Equal(["merge Pebble Paint 1.0", "merge tidewater-labs/pebble-paint-v1", "merge shoreline_v3"], Lines(read.Bases));
        Assert.Equal("https://example.org/pebble/LICENSE", read.LicenseLink?.Value);
        Assert.False(read.Stated.Adapter);
    }

    [Fact]
    public void Training_data_is_not_kept()
    {
        var (header, _) = Header(System.IO.File.ReadAllBytes(Fixture.Path("lora.safetensors")));

        Assert.Equal(3, header!.TensorCount);
        Assert.Equal(3, header.LoraCount);
        Assert.Equal("8", header.Metadata["ss_network_dim"]);
        Assert.DoesNotContain("ss_datasets", header.Metadata.Keys);
        Assert.DoesNotContain("ss_tag_frequency", header.Metadata.Keys);
    }

    [Theory]
    [InlineData("org/model", true)]
    [InlineData("https://huggingface.co/org/model", true)]
    [InlineData("model.safetensors", false)]
    [InlineData("models/model.safetensors", false)]
    [InlineData("model", false)]
    [InlineData("/home/me/model", false)]
    [InlineData("None", false)]
    public void The_trained_model_is_a_base_where_it_is_a_name_on_the_hub(string name, bool expected)
    {
        var read = Of($"\"ss_network_module\": \"networks.lora\", \"ss_sd_model_name\": \"{name}\"");

        Assert.Equal(expected ? ["adapt org/model"] : [], Lines(read.Bases));
        Assert.True(read.Stated.Adapter);
    }

    [Fact]
    public void A_model_that_was_trained_as_a_whole_is_not_said_to_be_adapted() =>
        Assert.Equal(["? org/model"], Lines(Of("\"ss_sd_model_name\": \"org/model\", \"ss_network_module\": \"None\"").Bases));

    [Theory]
    [InlineData("\"modelspec.architecture\": \"stable-diffusion-v1-lora\"", "", true)]
    [InlineData("\"modelspec.architecture\": \"stable-diffusion-xl-v1-base/textual-inversion\"", "", true)]
    [InlineData("\"modelspec.architecture\": \"stable-diffusion-v1\"", "", false)]
    [InlineData("\"lora_adapter_metadata\": \"{}\"", "", true)]
    [InlineData("\"format\": \"pt\"", ",\"base_model.model.q.lora_A.weight\":{},\"base_model.model.q.lora_B.weight\":{}", true)]
    [InlineData("\"format\": \"pt\"", ",\"q.lora_A.weight\":{},\"a\":{},\"b\":{}", false)]
    [InlineData("\"format\": \"pt\"", "", false)]
    public void An_adapter_says_so(string metadata, string tensors, bool expected) =>
        Assert.Equal(expected, Of(metadata, tensors).Stated.Adapter);

    [Fact]
    public void A_card_s_keys_are_read_where_somebody_wrote_them()
    {
        var read = Of("\"license\": \"mit\", \"license_name\": \"x\", \"license_link\": \"LICENSE\", \"base_model\": \"Some Model 2\"");

        Assert.Equal(("mit", "x", "LICENSE"), (Assert.Single(read.Licenses).Value, read.LicenseName?.Value, read.LicenseLink?.Value));
        Assert.Equal(["? Some Model 2"], Lines(read.Bases));
    }

    [Fact]
    public void A_whole_license_is_a_text_to_identify()
    {
        var read = Of("\"modelspec.license\": \"Pebble License\\n\\nWhoever has a copy\\nmay use it.\"");

        Assert.Equal(
            new TermsSource("model.safetensors", 1, "Pebble License\n\nWhoever has a copy\nmay use it.", TermsKind.LicenseFile),
            Assert.Single(read.Terms)
        );
        Assert.Empty(read.Licenses);
    }

    [Fact]
    public void A_license_that_is_too_long_is_a_problem()
    {
        var (read, problems) = Read(
            With($"\"license\": \"{new string('x', SafetensorsHeader.MostLicenseBytes + 1)}\", \"modelspec.title\": \"after\"")
        );

        Assert.Equal("after", read.Name?.Value);
        Assert.Equal(["file-unreadable model.safetensors"], problems.Places());
    }

    [Fact]
    public void What_is_written_is_read() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<Dictionary<NonNull<string>, NonNull<string>>>(),
                written =>
                {
                    var metadata = written
                        .Select(w => (Key: "x" + Whole(w.Key.Get), Value: Whole(w.Value.Get)))
                        .DistinctBy(w => w.Key)
                        .ToDictionary(w => w.Key, w => w.Value);
                    var json = System.Text.Json.JsonSerializer.Serialize(
                        new { __metadata__ = metadata, tensor = new { shape = metadata.Keys } }
                    );

                    var (header, problems) = Header(File(json));

                    Assert.Empty(problems);
                    Assert.Equal(metadata, header!.Metadata);
                    Assert.Equal(1, header.TensorCount);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_file_cut_anywhere_is_a_problem()
    {
        var whole = System.IO.File.ReadAllBytes(Fixture.Path("merged.safetensors"));
        var end = 8 + (int)BitConverter.ToUInt64(whole);

        for (var length = 0; length < end; length++)
        {
            var problem = Assert.Single(Read(whole[..length]).Problems);
            Assert.NotEqual("", problem.Message.Zh);
        }
        Assert.Empty(Read(whole[..end]).Problems);
    }

    [Fact]
    public void What_breaks_off_is_read_as_far_as_it_goes()
    {
        var (read, problems) = Read(With("\"license\": \"mit\", \"modelspec.title\": \"x\", oops"));

        Assert.Equal("mit", Assert.Single(read.Licenses).Value);
        Assert.Equal("x", read.Name?.Value);
        Assert.Contains("not JSON here", Assert.Single(problems).Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a model: an example has no weights.\n", "does not begin as a safetensors file")]
    [InlineData("\u0002\0\0\0\0\0\0\0[]", "does not begin as a safetensors file")]
    [InlineData("\u0001\0\0\0\0\0\0\0{", "does not begin as a safetensors file")]
    [InlineData("\0\0\0\0\0\0\0\u0080{}", "does not begin as a safetensors file")]
    [InlineData("\0\0\0\u0001\0\0\0\0{}", "beyond the end")]
    [InlineData("\u0004\0\0\0\0\0\0\0{}{}", "not JSON here")]
    [InlineData("{}", "ends here")]
    [InlineData("", "ends here")]
    public void What_is_no_such_file_is_a_problem(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(Read(Encoding.Latin1.GetBytes(text)).Problems).Message.En, StringComparison.Ordinal);

    [Fact]
    public void Of_a_key_that_stands_twice_the_first_value_counts()
    {
        var (read, problems) = Read(With("\"license\": \"mit\", \"license\": \"isc\"", ",\"__metadata__\":{\"modelspec.title\": \"x\"}"));

        Assert.Equal("mit", Assert.Single(read.Licenses).Value);
        Assert.Null(read.Name);
        Assert.Equal("license", Assert.Single(problems).Evidence.Pointer);
    }

    [Theory]
    [InlineData("\"a\": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]")]
    [InlineData("\"a\": {\"b\": {\"c\": 1}}, \"license\": [\"mit\"], \"modelspec.title\": 5")]
    [InlineData("\"\\ud800\": \"\\ud800\", \"license\": \"\\udfff\"")]
    public void Odd_values_do_not_break_the_reader(string metadata) => Read(With(metadata, ",\"\\ud800\":{}"));

    [Fact]
    public void Escapes_do_not_hide_the_metadata() =>
        Assert.Equal("mit", Assert.Single(Read(File("""{"\u005f_metadata__":{"li\u0063ense":"m\u0069t"}}""")).Declaration.Licenses).Value);

    [Fact]
    public void Metadata_without_end_is_bounded()
    {
        var many = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"k{i}\":\"{i}\""));
        var (header, problems) = Header(With(many));

        Assert.Empty(problems);
        Assert.Equal(SafetensorsHeader.MostKeys, header!.Metadata.Count);
    }

    [Fact]
    public void A_terabyte_of_weights_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files are not sparse there unless asked");
        using var folder = new TemporaryFolder().With("model.safetensors", With("\"modelspec.title\": \"Vast\""));
        using var stream = new FileStream(folder.Path("model.safetensors"), FileMode.Open, FileAccess.ReadWrite);
        stream.SetLength(1L << 40);
        var problems = new List<ReadProblem>();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = SafetensorsReader.Read(new ByteSource(stream, "model.safetensors", problems), problems);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        Assert.Empty(problems);
        Assert.Equal("Vast", read.Name?.Value);
    }

    [Theory]
    [InlineData(60_000_000, "not JSON here")]
    [InlineData(90_000_000, "are expected")]
    [InlineData(110_000_000, "does not begin as a safetensors file")]
    public void A_header_of_millions_of_zeros_is_given_up(long length, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files are not sparse there unless asked");
        using var folder = new TemporaryFolder().With("model.safetensors", File("{", (ulong)length));
        using var stream = new FileStream(folder.Path("model.safetensors"), FileMode.Open, FileAccess.ReadWrite);
        stream.SetLength(1L << 30);
        var problems = new List<ReadProblem>();

        SafetensorsReader.Read(new ByteSource(stream, "model.safetensors", problems), problems);

        Assert.Contains(expected, Assert.Single(problems).Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_makes_the_reader_throw() =>
        Fuzzing.Run(
            "safetensors",
            [.. Fixture.Named("*.safetensors")],
            bytes =>
            {
                var (read, problems) = Read(bytes);
                Assert.All(problems, p => Assert.True(p.Message.En.Length > 0 && p.Message.Zh.Length > 0));
                Assert.All(read.Bases, b => Assert.InRange(b.Claim.Value.Length, 1, 200));
            }
        );
}
