using System.IO.Compression;
using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Read;

/// <summary>An offline copy of the hub's records answers for works that nothing else knows.</summary>
public sealed class HubSnapshotTests
{
    private const string First = """{"id":"acme/base-7b","tags":["license:mit"],"cardData":{"base_model":"acme/root-7b"}}""";
    private const string Second = """{"modelId":"acme/root-7b","tags":["license:apache-2.0"]}""";

    [Theory]
    [InlineData("[" + First + "," + Second + "]")]
    [InlineData(First + "\n" + Second + "\n")]
    public void Records_are_found_by_id_whether_in_an_array_or_in_lines(string json)
    {
        var snapshot = Read("hub.json", Encoding.UTF8.GetBytes(json));

        Assert.Null(snapshot.Problem);
        Assert.Equal(2, snapshot.Count);
        Assert.Equal(["fine-tune acme/root-7b (inferred)"], snapshot.Find("ACME/Base-7B")!.Steps.Lines());
        Assert.Equal(["weights: apache-2.0"], snapshot.Find("acme/root-7b")!.Licenses.Values());
        Assert.Null(snapshot.Find("acme/other"));
    }

    [Fact]
    public void A_packed_file_is_unpacked_and_a_damaged_one_counts_up_to_the_damage()
    {
        var packed = Packed(
            First + "\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"id\":\"acme/n{i}\",\"tags\":[]}}\n"))
        );

        Assert.Equal(20_001, Read("hub.jsonl.gz", packed).Count);
        var broken = Read("hub.jsonl.gz", packed[..(packed.Length / 2)]);

        Assert.NotNull(broken.Problem);
        Assert.NotNull(broken.Find("acme/base-7b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[1, \"x\", null, {\"tags\":[]}]")]
    public void What_holds_no_records_is_empty(string json)
    {
        var snapshot = Read("hub.json", Encoding.UTF8.GetBytes(json));

        Assert.Equal(0, snapshot.Count);
    }

    [Theory]
    [InlineData(First + "\n{\"id\":")]
    [InlineData(First + "\nnonsense")]
    [InlineData(First + "\n{\"id\":\"x\",\"a\":\"\\ud800\"} ]")]
    public void What_breaks_off_counts_up_to_there(string json)
    {
        var snapshot = Read("hub.json", Encoding.UTF8.GetBytes(json));

        Assert.NotNull(snapshot.Find("acme/base-7b"));
        Assert.NotNull(snapshot.Problem);
    }

    [Fact]
    public void Nesting_without_end_is_a_problem_and_no_crash()
    {
        var deep = First + "\n{\"id\":\"x\",\"a\":" + new string('[', 1_000_000);

        Assert.NotNull(Read("hub.json", Encoding.UTF8.GetBytes(deep)).Problem);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem() => Assert.NotNull(HubSnapshot.Read("/no/such/file.json").Problem);

    [Fact]
    public void Every_record_of_the_real_hub_is_found()
    {
        var snapshot = HubSnapshot.Read(Shared.Require("hub/models-3988.json.gz"));

        Assert.Null(snapshot.Problem);
        Assert.True(snapshot.Count > 3_900, $"{snapshot.Count}");
    }

    private static HubSnapshot Read(string name, byte[] bytes)
    {
        using var folder = new TemporaryFolder().With(name, bytes);
        return HubSnapshot.Read(folder.Path(name));
    }

    private static byte[] Packed(string text)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return to.ToArray();
    }
}
