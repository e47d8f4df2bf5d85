using System.Diagnostics;
using Entail.Core.Identify;

namespace Entail.Tests.Identify;

public sealed class RealTextTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_reference_text_identifies_itself_exactly()
    {
        var wrong = new List<string>();
        var watch = Stopwatch.StartNew();
        foreach (var key in RealTexts.Keys)
        {
            var expected = RealTexts.Index.Find(key)!;
            var found = RealTexts.Identify(RealTexts.Read(key)).Matches;
            if (
                found.FirstOrDefault() is not { Kind: MatchKind.Exact, Score: 1, Residue: [] } match
                || !match.Also.Append(match.License).Contains(expected.Id, StringComparer.Ordinal)
            )
            {
                wrong.Add($"{key}: {string.Join(", ", found.Select(match => $"{match.Kind} {match.License}"))}");
            }
        }
        output.WriteLine($"{RealTexts.Keys.Count} texts in {watch.ElapsedMilliseconds} ms");
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_index_is_small_and_loads_fast()
    {
        var bytes = RealTexts.IndexBytes;
        var watch = Stopwatch.StartNew();
        FingerprintIndex.Load(bytes);
        output.WriteLine($"{bytes.Length} bytes, loaded in {watch.Elapsed.TotalMilliseconds} ms");
        output.WriteLine(RealTexts.Report);
        Assert.InRange(bytes.Length, 1, 2_000_000);
    }

    [Fact]
    public void The_same_texts_give_the_same_index() => Assert.Equal(RealTexts.IndexBytes, RealTexts.Rebuild());
}
