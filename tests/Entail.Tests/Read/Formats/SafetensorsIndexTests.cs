using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Formats;

namespace Entail.Tests.Read.Formats;

/// <summary>The shards that an index names, and that it cannot lead out of its folder.</summary>
public sealed class SafetensorsIndexTests
{
    private const string Good = """
        {
          "metadata": {"total_size": 32},
          "weight_map": {
            "model.b.weight": "model-00002-of-00002.safetensors",
            "model.a.weight": "model-00001-of-00002.safetensors",
            "model.c.weight": "model-00002-of-00002.safetensors"
          }
        }
        """;

    private static (SafetensorsIndex Index, List<ReadProblem> Problems) Read(byte[] bytes)
    {
        var problems = new List<ReadProblem>();
        return (
            SafetensorsIndex.Read(new ByteSource(new MemoryStream(bytes), "model.safetensors.index.json", problems), problems),
            problems
        );
    }

    private static (SafetensorsIndex Index, List<ReadProblem> Problems) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Each_shard_is_named_once()
    {
        var (index, problems) = Read(Good);

        Assert.Empty(problems);
        Assert.Equal(["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"], index.Shards);
        Assert.Equal(3, index.TensorCount);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("sub/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/secret")]
    [InlineData("..\\\\secret")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData("a\\u0000b")]
    public void A_shard_outside_the_folder_is_a_problem(string shard)
    {
        var (index, problems) = Read($$"""{ "weight_map": {"a": "{{shard}}", "b": "sub/model.safetensors"} }""");

        Assert.Equal(["sub/model.safetensors"], index.Shards);
        Assert.Equal("weight_map", Assert.Single(problems).Evidence.Pointer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"weight_map\": {\"a\": \"b\"}")]
    [InlineData("{} {}")]
    [InlineData("weights")]
    public void What_is_no_index_is_a_problem(string text) => Assert.Single(Read(text).Problems);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"weight_map\": [\"a\"]}")]
    [InlineData("{\"weight_map\": {\"a\": 1, \"b\": {\"c\": [\"d\"]}}}")]
    public void An_index_without_shards_has_none(string text)
    {
        var (index, problems) = Read(text);

        Assert.Empty(index.Shards);
        Assert.Empty(problems);
    }

    [Fact]
    public void Many_tensors_take_little_memory()
    {
        var text = new StringBuilder("{\"weight_map\":{\"\":\"a\"");
        for (var i = 0; i < 500_000; i++)
        {
            text.Append(",\"\":\"").Append(i % 2 == 0 ? 'a' : 'b').Append('"');
        }
        var bytes = Encoding.UTF8.GetBytes(text.Append("}}").ToString());
        var before = GC.GetAllocatedBytesForCurrentThread();

        var (index, problems) = Read(bytes);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes.Length + (1024 * 1024));
        Assert.Empty(problems);
        Assert.Equal(["a", "b"], index.Shards);
    }

    [Fact]
    public void No_file_makes_the_reader_throw() =>
        Fuzzing.Run(
            "safetensors index",
            [Encoding.UTF8.GetBytes(Good)],
            bytes => Assert.All(Read(bytes).Index.Shards, s => Assert.DoesNotContain("..", s.Split('/')))
        );
}
