using Entail.Core.Identify;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Identify;

public sealed class AlignmentTests
{
    // Few different words, so that everything repeats; and many, so that anchors exist.
    private static readonly Arbitrary<ushort[]> Sequences = Gen.OneOf(
            Gen.Choose(0, 3).Select(word => (ushort)word).ArrayOf(),
            Gen.Choose(0, 400).Select(word => (ushort)word).ArrayOf()
        )
        .ToArbitrary();

    [Fact]
    public void Blocks_are_equal_words_in_ascending_order() =>
        Prop.ForAll(
                Sequences,
                Sequences,
                (a, b) =>
                {
                    var (endA, endB) = (0, 0);
                    foreach (var block in Align(a, b))
                    {
                        Assert.True(block is { Length: > 0 } && block.A >= endA && block.B >= endB);
                        Assert.Equal(a[block.A..block.EndA], b[block.B..block.EndB]);
                        (endA, endB) = (block.EndA, block.EndB);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_sequence_aligns_with_itself_whole() =>
        Prop.ForAll(Sequences, a => Align(a, a).Sum(block => block.Length) == a.Length).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_put_in_is_left_out_of_the_blocks() =>
        Prop.ForAll(
                Gen.Choose(0, 300).ToArbitrary(),
                Gen.Choose(1, 300).ToArbitrary(),
                (at, count) =>
                {
                    var text = Enumerable.Range(0, 300).Select(word => (ushort)word).ToArray();
                    var added = Enumerable.Range(1000, count).Select(word => (ushort)word);
                    var blocks = Align(text, [.. text[..at], .. added, .. text[at..]]);
                    // A tail of up to three words may be taken for chance.
                    return blocks.Sum(block => block.Length) >= 297;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_window_has_the_hash_of_its_words() =>
        Prop.ForAll(
                Sequences,
                Sequences,
                Sequences,
                (before, text, after) =>
                    new SequenceHash(Wide([.. before, .. text, .. after])).Window(
                        before.Length,
                        text.Length,
                        SequenceHash.Power(text.Length)
                    ) == new SequenceHash(Wide(text)).Whole
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_deletion_stands_where_a_clause_begins()
    {
        // "… under the terms. under the seal. under" without the second sentence: the gap could begin at three places.
        ushort[] license = [1, 2, 3, 10, 11, 12, 10, 11, 13, 10, 20, 21, 22];
        ushort[] file = [1, 2, 3, 10, 11, 12, 10, 20, 21, 22];
        var blocks = Alignment.Align(license, file, start => start is 6 or 9, _ => false);
        Assert.Equal([new Block(0, 0, 6), new Block(9, 6, 4)], blocks);
    }

    private static uint[] Wide(ushort[] words) => Array.ConvertAll(words, word => (uint)word);

    private static List<Block> Align(ushort[] a, ushort[] b) => Alignment.Align(a, b, _ => false, _ => false);
}
