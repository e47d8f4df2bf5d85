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
/// A word diff of two sequences. Runs of eight words that stand once in the first sequence are the anchors; the longest chain of them in the order of
/// both (Hunt and Szymanski 1977) splits the problem, the gaps are split by runs of four and of two, and what remains is compared
/// by dynamic programming. Near-linear in practice; a gap larger than <see cref="MaxCells"/> stays unmatched, so the
/// result is a common subsequence, not always the longest.
/// </summary>
internal static class Alignment
{
    private const int MaxCells = 1 << 18;
    private const int MaxPairs = 1 << 21;

    // A shorter run amid larger gaps on both sides is chance: "of the" occurs everywhere.
    private const int ChanceWords = 3;

    /// <summary>
    /// The common runs in ascending order; none touches the next in both sequences. Where a deletion or an insertion could stand at
    /// several places, it stands where <paramref name="startsA"/> or <paramref name="startsB"/> says that something begins.
    /// </summary>
    public static List<Block> Align(uint[] a, uint[] b, Func<int, bool> startsA, Func<int, bool> startsB)
    {
        var blocks = new List<Block>();
        Align(a, b, new Gap(0, a.Length, 0, b.Length), Fingerprint.ShingleWords, blocks);
        DropChance(blocks, a.Length, b.Length);
        Settle(blocks, a, b, startsA, startsB);
        return blocks;
    }

    private static void Align(uint[] a, uint[] b, Gap gap, int run, List<Block> blocks)
    {
        var prefix = a.AsSpan(gap.A..gap.EndA).CommonPrefixLength(b.AsSpan(gap.B..gap.EndB));
        Add(blocks, new Block(gap.A, gap.B, prefix));
        var (startA, startB, endA, endB) = (gap.A + prefix, gap.B + prefix, gap.EndA, gap.EndB);
        while (endA > startA && endB > startB && a[endA - 1] == b[endB - 1])
        {
            (endA, endB) = (endA - 1, endB - 1);
        }
        if (endA > startA && endB > startB)
        {
            var middle = new Gap(startA, endA, startB, endB);
            if (run == 1)
            {
                Compare(a, b, middle, blocks);
            }
            else
            {
                foreach (var (x, y) in Anchors(a, b, middle, run))
                {
                    if (x >= startA && y >= startB)
                    {
                        Align(a, b, new Gap(startA, x, startB, y), run / 2, blocks);
                        Add(blocks, new Block(x, y, run));
                        (startA, startB) = (x + run, y + run);
                    }
                    else if (x - startA == y - startB && x + run > startA)
                    {
                        Add(blocks, new Block(startA, startB, x + run - startA));
                        (startA, startB) = (x + run, y + run);
                    }
                }
                Align(a, b, new Gap(startA, endA, startB, endB), run / 2, blocks);
            }
        }
        Add(blocks, new Block(endA, endB, gap.EndA - endA));
    }

    // The longest chain of runs, ascending in both sequences, of those that stand once in the first.
    private static List<(int A, int B)> Anchors(uint[] a, uint[] b, Gap gap, int run)
    {
        if (gap.EndA - gap.A < run || gap.EndB - gap.B < run)
        {
            return [];
        }
        var places = new Dictionary<uint, int>();
        var runsA = Fingerprint.Runs(a.AsSpan(gap.A..gap.EndA), run);
        for (var i = 0; i < runsA.Length; i++)
        {
            places[runsA[i]] = places.ContainsKey(runsA[i]) ? -1 : i;
        }
        var runsB = Fingerprint.Runs(b.AsSpan(gap.B..gap.EndB), run);
        var pairs = new List<(int A, int B)>();
        for (var j = 0; j < runsB.Length && pairs.Count < MaxPairs; j++)
        {
            if (places.TryGetValue(runsB[j], out var i) && i >= 0 && a.AsSpan(gap.A + i, run).SequenceEqual(b.AsSpan(gap.B + j, run)))
            {
                pairs.Add((gap.A + i, gap.B + j));
            }
        }
        pairs.Sort((left, right) => left.A != right.A ? left.A.CompareTo(right.A) : right.B.CompareTo(left.B));
        return LongestChain(pairs);
    }

    private static List<(int A, int B)> LongestChain(List<(int A, int B)> pairs)
    {
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
    private static void Compare(uint[] a, uint[] b, Gap gap, List<Block> blocks)
    {
        var (height, width) = (gap.EndA - gap.A, gap.EndB - gap.B);
        if ((long)height * width > MaxCells)
        {
            return;
        }
        var lengths = new int[(height + 1) * (width + 1)];
        for (var i = height - 1; i >= 0; i--)
        {
            for (var j = width - 1; j >= 0; j--)
            {
                lengths[At(i, j)] =
                    a[gap.A + i] == b[gap.B + j] ? lengths[At(i + 1, j + 1)] + 1 : Math.Max(lengths[At(i + 1, j)], lengths[At(i, j + 1)]);
            }
        }
        for (int i = 0, j = 0; i < height && j < width; )
        {
            if (a[gap.A + i] == b[gap.B + j])
            {
                Add(blocks, new Block(gap.A + i++, gap.B + j++, 1));
            }
            else if (lengths[At(i + 1, j)] >= lengths[At(i, j + 1)])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        int At(int i, int j) => (i * (width + 1)) + j;
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
    private static void Settle(List<Block> blocks, uint[] a, uint[] b, Func<int, bool> startsA, Func<int, bool> startsB)
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
    private static int Shift(uint[] words, int start, int end, int maxLeft, int maxRight, Func<int, bool> starts)
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

    private readonly record struct Gap(int A, int EndA, int B, int EndB);
}
