using System.Buffers;

namespace Entail.Core.Identify;

/// <summary>A run of words that two sequences have in common.</summary>
/// <param name="A">Where it begins in the first sequence.</param>
/// <param name="B">Where it begins in the second.</param>
/// <param name="Length">Its words.</param>
internal readonly record struct Block(int A, int B, int Length)
{
    public int EndA => A + Length;
    public int EndB => B + Length;
}

/// <summary>
/// A word diff of two sequences. Where they part, a run of eight words that both go on with nearby resumes them. Failing that, runs of eight words that
/// stand once in the first sequence are the anchors; the longest chain of them in the order of both (Hunt and Szymanski 1977) splits the problem,
/// the gaps are split by runs of four and of two, and what remains is compared by dynamic programming. Near-linear in practice; a gap larger than <see cref="MaxCells"/> stays unmatched, so the
/// result is a common subsequence, not always the longest.
/// </summary>
internal static class Alignment
{
    private const int FirstRun = Fingerprint.ShingleWords;
    private const int NearWords = 20;
    private const int MaxCells = 1 << 18;

    // So small a gap is compared at once, on the stack.
    private const int FewCells = 512;
    private const int StackCells = 1024;
    private const int MaxPairs = 1 << 21;

    // A shorter run amid larger gaps on both sides is chance: "of the" occurs everywhere.
    private const int ChanceWords = 3;

    /// <summary>
    /// The common runs in ascending order; none touches the next in both sequences. Where a deletion or an insertion could stand at
    /// several places, it stands where <paramref name="startsA"/> or <paramref name="startsB"/> says that something begins.
    /// </summary>
    public static List<Block> Align(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, Func<int, bool> startsA, Func<int, bool> startsB)
    {
        var blocks = new List<Block>();
        Align(a, b, new Gap(0, 0, a.Length, b.Length), FirstRun, blocks);
        DropChance(blocks, a.Length, b.Length);
        Settle(blocks, a, b, startsA, startsB);
        return blocks;
    }

    private static void Align(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, Gap gap, int run, List<Block> blocks)
    {
        var (i, j, endA, endB) = gap;
        while (endA > i && endB > j && a[endA - 1] == b[endB - 1])
        {
            (endA, endB) = (endA - 1, endB - 1);
        }
        while (true)
        {
            var prefix = a[i..endA].CommonPrefixLength(b[j..endB]);
            Add(blocks, new Block(i, j, prefix));
            (i, j) = (i + prefix, j + prefix);
            if (i == endA || j == endB)
            {
                break;
            }
            if (run == 1 || (long)(endA - i) * (endB - j) <= FewCells)
            {
                Compare(a, b, new Gap(i, j, endA, endB), blocks);
                break;
            }
            if (run < FirstRun || !Resumes(a[i..endA], b[j..endB], out var skipA, out var skipB))
            {
                Anchored(a, b, new Gap(i, j, endA, endB), run, blocks);
                break;
            }
            Align(a, b, new Gap(i, j, i + skipA, j + skipB), run / 2, blocks);
            (i, j) = (i + skipA, j + skipB);
        }
        Add(blocks, new Block(endA, endB, gap.EndA - endA));
    }

    // Where, within a few words, both go on alike for a whole run: the usual case of an edited word or sentence.
    private static bool Resumes(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, out int skipA, out int skipB)
    {
        for (var skip = 1; skip <= 2 * NearWords; skip++)
        {
            for (skipA = Math.Max(0, skip - NearWords); skipA <= Math.Min(skip, NearWords); skipA++)
            {
                skipB = skip - skipA;
                if (
                    skipA + FirstRun <= a.Length
                    && skipB + FirstRun <= b.Length
                    && a[skipA] == b[skipB]
                    && a.Slice(skipA, FirstRun).SequenceEqual(b.Slice(skipB, FirstRun))
                )
                {
                    return true;
                }
            }
        }
        (skipA, skipB) = (0, 0);
        return false;
    }

    private static void Anchored(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, Gap gap, int run, List<Block> blocks)
    {
        var (startA, startB, endA, endB) = gap;
        foreach (var (x, y) in Anchors(a, b, gap, run))
        {
            if (x >= startA && y >= startB)
            {
                Align(a, b, new Gap(startA, startB, x, y), run / 2, blocks);
                Add(blocks, new Block(x, y, run));
                (startA, startB) = (x + run, y + run);
            }
            else if (x - startA == y - startB && x + run > startA)
            {
                Add(blocks, new Block(startA, startB, x + run - startA));
                (startA, startB) = (x + run, y + run);
            }
        }
        Align(a, b, new Gap(startA, startB, endA, endB), run / 2, blocks);
    }

    // The longest chain of runs, ascending in both sequences, of those that stand once in the first.
    private static List<(int A, int B)> Anchors(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, Gap gap, int run)
    {
        if (gap.EndA - gap.A < run || gap.EndB - gap.B < run)
        {
            return [];
        }
        var (countA, countB) = (gap.EndA - gap.A - run + 1, gap.EndB - gap.B - run + 1);
        var runs = ArrayPool<uint>.Shared.Rent(countA + countB);
        var runsA = runs.AsSpan(0, countA);
        var runsB = runs.AsSpan(countA, countB);
        Fingerprint.Runs(a[gap.A..gap.EndA], run, runsA);
        Fingerprint.Runs(b[gap.B..gap.EndB], run, runsB);
        var pairs = new List<(int A, int B)>();
        using (var table = new RunTable(runsA))
        {
            for (var j = 0; j < countB && pairs.Count < MaxPairs; j++)
            {
                if (table.Find(runsB[j]) is >= 0 and var i && a.Slice(gap.A + i, run).SequenceEqual(b.Slice(gap.B + j, run)))
                {
                    pairs.Add((gap.A + i, gap.B + j));
                }
            }
        }
        ArrayPool<uint>.Shared.Return(runs);
        return LongestChain(pairs);
    }

    private static List<(int A, int B)> LongestChain(List<(int A, int B)> pairs)
    {
        var ascends = true;
        for (var pair = 1; pair < pairs.Count && ascends; pair++)
        {
            ascends = pairs[pair].A > pairs[pair - 1].A;
        }
        if (ascends)
        {
            return pairs;
        }
        pairs.Sort((left, right) => left.A != right.A ? left.A.CompareTo(right.A) : right.B.CompareTo(left.B));
        var tails = new List<int>();
        var previous = new int[pairs.Count];
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var low = 0;
            var high = tails.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = pairs[tails[middle]].B < pairs[pair].B ? (middle + 1, high) : (low, middle);
            }
            previous[pair] = low > 0 ? tails[low - 1] : -1;
            if (low == tails.Count)
            {
                tails.Add(pair);
            }
            else
            {
                tails[low] = pair;
            }
        }
        var chain = new List<(int A, int B)>();
        for (var pair = tails.Count > 0 ? tails[^1] : -1; pair >= 0; pair = previous[pair])
        {
            chain.Add(pairs[pair]);
        }
        chain.Reverse();
        return chain;
    }

    // The longest common subsequence of a small gap.
    private static void Compare(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, Gap gap, List<Block> blocks)
    {
        var (height, width) = (gap.EndA - gap.A, gap.EndB - gap.B);
        if ((long)height * width > MaxCells)
        {
            return;
        }
        var row = width + 1;
        var cells = (height + 1) * row;
        var rented = cells > StackCells ? ArrayPool<int>.Shared.Rent(cells) : null;
        var lengths = rented is null ? stackalloc int[StackCells] : rented.AsSpan(0, cells);
        lengths.Clear();
        for (var i = height - 1; i >= 0; i--)
        {
            for (var j = width - 1; j >= 0; j--)
            {
                lengths[(i * row) + j] =
                    a[gap.A + i] == b[gap.B + j]
                        ? lengths[((i + 1) * row) + j + 1] + 1
                        : Math.Max(lengths[((i + 1) * row) + j], lengths[(i * row) + j + 1]);
            }
        }
        for (int i = 0, j = 0; i < height && j < width; )
        {
            if (a[gap.A + i] == b[gap.B + j])
            {
                Add(blocks, new Block(gap.A + i++, gap.B + j++, 1));
            }
            else if (lengths[((i + 1) * row) + j] >= lengths[(i * row) + j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private static void Add(List<Block> blocks, Block block)
    {
        if (block.Length == 0)
        {
            return;
        }
        if (blocks.Count > 0 && blocks[^1].EndA == block.A && blocks[^1].EndB == block.B)
        {
            blocks[^1] = blocks[^1] with { Length = blocks[^1].Length + block.Length };
        }
        else
        {
            blocks.Add(block);
        }
    }

    private static void DropChance(List<Block> blocks, int lengthA, int lengthB)
    {
        int before;
        do
        {
            before = blocks.Count;
            var kept = new List<Block>(before);
            for (var i = 0; i < before; i++)
            {
                var block = blocks[i];
                var last = kept.Count > 0 ? kept[^1] : default;
                var (nextA, nextB) = i + 1 < before ? (blocks[i + 1].A, blocks[i + 1].B) : (lengthA, lengthB);
                var left = Math.Max(block.A - last.EndA, block.B - last.EndB);
                var right = Math.Max(nextA - block.EndA, nextB - block.EndB);
                if (block.Length > ChanceWords || left <= block.Length || right <= block.Length)
                {
                    kept.Add(block);
                }
            }
            blocks.Clear();
            blocks.AddRange(kept);
        } while (blocks.Count < before);
    }

    // Moves pure deletions and insertions to a place where something begins, if the words beside them allow.
    private static void Settle(
        List<Block> blocks,
        ReadOnlySpan<ushort> a,
        ReadOnlySpan<ushort> b,
        Func<int, bool> startsA,
        Func<int, bool> startsB
    )
    {
        for (var i = 0; i + 1 < blocks.Count; i++)
        {
            var (left, right) = (blocks[i], blocks[i + 1]);
            int shift;
            if (left.EndB == right.B)
            {
                shift = Shift(a, left.EndA, right.A, left.Length, right.Length, startsA);
            }
            else if (left.EndA == right.A)
            {
                shift = Shift(b, left.EndB, right.B, left.Length, right.Length, startsB);
            }
            else
            {
                continue;
            }
            blocks[i] = left with { Length = left.Length + shift };
            blocks[i + 1] = new Block(right.A + shift, right.B + shift, right.Length - shift);
        }
        blocks.RemoveAll(block => block.Length == 0);
    }

    // How far the gap [start, end) may best move: to where it begins and what follows it begins too, else to where it begins.
    private static int Shift(ReadOnlySpan<ushort> words, int start, int end, int maxLeft, int maxRight, Func<int, bool> starts)
    {
        var (best, bestRank) = (0, Rank(0));
        for (var shift = -1; -shift <= maxLeft && words[start + shift] == words[end + shift]; shift--)
        {
            Consider(shift);
        }
        for (var shift = 1; shift <= maxRight && words[start + shift - 1] == words[end + shift - 1]; shift++)
        {
            Consider(shift);
        }
        return best;

        void Consider(int shift)
        {
            if (Rank(shift) is var rank && rank > bestRank)
            {
                (best, bestRank) = (shift, rank);
            }
        }

        int Rank(int shift) => (starts(start + shift) ? 2 : 0) + (starts(end + shift) ? 1 : 0);
    }

    private readonly record struct Gap(int A, int B, int EndA, int EndB);
}
