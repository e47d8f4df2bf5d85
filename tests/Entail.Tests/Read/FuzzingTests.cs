using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Read;

/// <summary>What is found by fuzzing can be found again.</summary>
public sealed class FuzzingTests
{
    private static readonly byte[][] Seeds =
    [
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        [],
    ];

    [Fact]
    public void The_first_cases_are_the_seeds() => Assert.Equal(Seeds, Seeds.Select((_, i) => Fuzzing.Case("any", Seeds, i)));

    [Fact]
    public void A_case_follows_from_the_name_and_its_number()
    {
        var first = Enumerable.Range(0, 200).Select(i => Fuzzing.Case("any", Seeds, i)).ToArray();

        Assert.Equal(first, Enumerable.Range(0, 200).Select(i => Fuzzing.Case("any", Seeds, i)));
        Assert.True(first.Select(Convert.ToHexString).Distinct().Count() > 150);
    }

    [Fact]
    public void A_reader_that_throws_fails_with_the_case()
    {
        var problem = Assert.ThrowsAny<Exception>(() => Fuzzing.Run("any", Seeds, b => Assert.NotEmpty(b)));

        Assert.Contains("any, case 1 of 0 bytes", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_takes_too_much_memory_fails() =>
        Assert.ThrowsAny<Exception>(() => Fuzzing.Run("any", Seeds, _ => GC.KeepAlive(new byte[Fuzzing.MostAllocated + 1])));

    [Fact]
    public void A_source_of_bytes_never_reads_past_its_end() =>
        Fuzzing.Run(
            "bytes",
            Seeds,
            bytes =>
            {
                var problems = new List<ReadProblem>();
                var source = new ByteSource(new MemoryStream(bytes), "any", problems);
                while (!source.Failed)
                {
                    source.Bytes(source.U32(), int.MaxValue);
                    source.Skip(source.U64());
                }
                Assert.InRange(source.Position, 0, source.Length);
                Assert.Single(problems);
            }
        );
}
