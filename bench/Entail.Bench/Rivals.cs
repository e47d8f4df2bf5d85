namespace Entail.Bench;

/// <summary>
/// How similar texts are, word by word: twice the longest common subsequence over the words of both (E. W. Myers, "An O(ND) Difference
/// Algorithm and Its Variations", 1986).
/// </summary>
internal static class Rivals
{
    private const int Run = 8;

    // A text that differs by 2% of its words keeps at least this share of its runs of eight.
    private const double SharedRuns = 0.8;

    /// <summary>For each text the number of the most similar one that is not equal to it and more similar than <paramref name="bar"/>, or -1.</summary>
    public static int[] Nearest(IReadOnlyList<int[]> texts, double bar)
    {
        var nearest = new int[texts.Count];
        var best = new double[texts.Count];
        Array.Fill(nearest, -1);
        Array.Fill(best, bar);
        foreach (var (one, other) in Candidates(texts))
        {
            var similarity = Similarity(texts[one], texts[other], bar);
            if (similarity == 1)
            {
                continue;
            }
            foreach (var (text, rival) in ((int, int)[])[(one, other), (other, one)])
            {
                if (similarity > best[text])
                {
                    (best[text], nearest[text]) = (similarity, rival);
                }
            }
        }
        return nearest;
    }

    /// <summary>The similarity of two texts; 0 when it is not above <paramref name="bar"/>.</summary>
    private static double Similarity(int[] a, int[] b, double bar)
    {
        var total = a.Length + b.Length;
        return Distance(a, b, (int)((1 - bar) * total)) is { } edits ? 1 - ((double)edits / total) : 0;
    }

    /// <summary>The fewest words to delete and insert that make one text the other; null when they are more than <paramref name="most"/>.</summary>
    public static int? Distance(int[] a, int[] b, int most)
    {
        var furthest = new int[(2 * most) + 3];
        for (var edits = 0; edits <= most; edits++)
        {
            for (var diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                var at = most + 1 + diagonal;
                var down = diagonal == -edits || (diagonal != edits && furthest[at - 1] < furthest[at + 1]);
                var x = down ? furthest[at + 1] : furthest[at - 1] + 1;
                while (x < a.Length && x - diagonal < b.Length && x >= 0 && x - diagonal >= 0 && a[x] == b[x - diagonal])
                {
                    x++;
                }
                furthest[at] = x;
                if (x >= a.Length && x - diagonal >= b.Length)
                {
                    return edits;
                }
            }
        }
        return null;
    }

    private static IEnumerable<(int, int)> Candidates(IReadOnlyList<int[]> texts)
    {
        var runs = texts.Select(Runs).ToList();
        var holders = new Dictionary<int, List<int>>();
        var shared = new int[texts.Count];
        for (var text = 0; text < texts.Count; text++)
        {
            Array.Clear(shared);
            foreach (var run in runs[text])
            {
                var list = holders.TryGetValue(run, out var known) ? known : holders[run] = [];
                foreach (var other in list)
                {
                    shared[other]++;
                }
                list.Add(text);
            }
            for (var other = 0; other < text; other++)
            {
                if (shared[other] > 0 && 2.0 * shared[other] / (runs[text].Count + runs[other].Count) > SharedRuns)
                {
                    yield return (text, other);
                }
            }
        }
    }

    private static HashSet<int> Runs(int[] text)
    {
        var runs = new HashSet<int>();
        for (var i = 0; i + Run <= text.Length; i++)
        {
            var hash = 0;
            foreach (var word in text.AsSpan(i, Run))
            {
                hash = unchecked((hash * 1_000_003) + word);
            }
            runs.Add(hash);
        }
        return runs;
    }
}
