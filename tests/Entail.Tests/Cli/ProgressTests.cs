using Entail.Cli;

namespace Entail.Tests.Cli;

/// <summary>What a long task says of itself on a terminal.</summary>
public sealed class ProgressTests
{
    [Theory]
    [InlineData(1_234_567, 0, 0.5, 10, "1,234,567 (50%), 123,457/s, 10 s left")]
    [InlineData(500, 2_000, 0.25, 2, "500 of 2,000 (25%), 250/s, 6 s left")]
    [InlineData(500, 0, 0, 2, "500, 250/s")]
    [InlineData(2_000, 2_000, 1, 4, "2,000 of 2,000 (100%), 500/s, 0 s left")]
    public void It_tells_how_many_how_fast_and_how_long(long done, long total, double share, int seconds, string expected) =>
        Assert.Equal(expected, Progress.Text(done, total, share, TimeSpan.FromSeconds(seconds)));
}
