namespace Entail.Core.Identify;

/// <summary>Finds where in a file each candidate may stand.</summary>
internal static class Proposals
{
    private const int MaxAligned = 256;
    private const int MaxRounds = 4;
    private const int MaxVerbatim = 2000;

    /// <summary>Every reference text of at least three shingles' length that stands in the file word for word.</summary>
    public static List<Proposal> Verbatim(ReferenceLibrary library, AnalyzedText file)
    {
        var index = library.Index;
        var proposals = new List<Proposal>();
        var powers = new Dictionary<int, ulong>();
        var byOpening = index.ByOpening;
        var openings = index.Openings;
        var hashes = index.SequenceHashes;
        for (var start = 0; start < file.Shingles.Length && proposals.Count < MaxVerbatim; start++)
        {
            var shingle = file.Shingles[start];
            if (!index.Opens(shingle))
            {
                continue;
            }
            for (var i = FirstWithOpening(index, shingle); i < index.Count && openings[(int)byOpening[i]] == shingle; i++)
            {
                var text = (int)byOpening[i];
                var words = index.Words(text);
                if (words < 3 * Fingerprint.ShingleWords || start + words > file.Words.Count)
                {
                    continue;
                }
                if (!powers.TryGetValue(words, out var power))
                {
                    powers.Add(words, power = SequenceHash.Power(words));
                }
                if (file.Sequence.Window(start, words, power) == hashes[text] && library.Preferred(text) == text)
                {
                    proposals.Add(Whole(text, start, words));
                }
            }
        }
        return proposals;
    }

    /// <summary>The proposal that a text stands at a place word for word.</summary>
    public static Proposal Whole(int text, int start, int words) =>
        new(text, start, start + words, words, words, [new Block(0, start, words)]);

    /// <summary>The occurrences of a text, each aligned word by word, the fullest first.</summary>
    /// <param name="library">The reference texts.</param>
    /// <param name="file">The file.</param>
    /// <param name="text">The text's number.</param>
    /// <param name="known">Occurrences that need no second look.</param>
    /// <param name="best">The best proposal so far, if any: a text that stands where it does and shares far fewer shingles is not aligned.</param>
    public static List<Proposal> Aligned(ReferenceLibrary library, AnalyzedText file, int text, List<Proposal> known, Proposal? best)
    {
        var words = library.Index.Words(text);
        if (3 * words >= 2 * file.Words.Count && !known.Exists(one => one.Text == text))
        {
            // There is no room for it twice.
            return Occurrence(library, file, text, 0, file.Words.Count) is { } only ? [only] : [];
        }
        var hits = Hits(library.Index.Sequence(text), file, [.. known.Where(one => one.Text == text).Select(one => one.Start)]);
        var proposals = new List<Proposal>();
        var (width, fewest) = ((words * 6 / 10) + 16, Math.Max(1, words / 200));
        if (hits.Count < fewest || (best is { Strong: true } && CannotRival(hits, best)))
        {
            return proposals;
        }
        if (Spread(hits) <= width)
        {
            if (Occurrence(library, file, text, hits) is { } sole)
            {
                proposals.Add(sole);
            }
            return proposals;
        }
        hits.Sort(
            (left, right) => left.Diagonal != right.Diagonal ? left.Diagonal.CompareTo(right.Diagonal) : left.File.CompareTo(right.File)
        );
        var taken = new bool[file.Words.Count];
        for (var round = 0; round < MaxRounds && hits.Count > 0; round++)
        {
            var windows = Windows(hits, width, fewest);
            var found = windows
                .Take(MaxAligned - proposals.Count)
                .Select(window => Occurrence(library, file, text, hits[window.Start.Value..window.End.Value]))
                .OfType<Proposal>()
                .ToList();
            proposals.AddRange(found);
            foreach (var window in windows.AsEnumerable().Reverse())
            {
                hits.RemoveRange(window.Start.Value, window.End.Value - window.Start.Value);
            }
            foreach (var proposal in found)
            {
                taken.AsSpan(proposal.Start..proposal.End).Fill(true);
            }
            hits.RemoveAll(hit => taken[hit.File]);
        }
        return proposals;
    }

    private static Proposal? Occurrence(ReferenceLibrary library, AnalyzedText file, int text, List<Hit> region)
    {
        var words = library.Index.Words(text);
        var slack = 16 + (words / 20);
        var (first, last) = (region[0], region[0]);
        foreach (var hit in region)
        {
            first = hit.File < first.File ? hit : first;
            last = hit.File > last.File ? hit : last;
        }
        var start = Math.Max(0, first.File - first.License - slack);
        var end = Math.Min(file.Words.Count, last.File + words - last.License + slack);
        return Occurrence(library, file, text, start, end);
    }

    private static Proposal? Occurrence(ReferenceLibrary library, AnalyzedText file, int text, int start, int end)
    {
        var license = library.Index.Sequence(text);
        var clauses = library.Clauses(text);
        var blocks = Alignment.Align(
            license,
            file.Numbers.AsSpan(start..end),
            word => clauses.Any(clause => clause.Start == word),
            word => file.StartsSentence(start + word)
        );
        return Trim(blocks, license.Length, start) is { Count: > 0 } kept
            ? new Proposal(text, kept[0].B, kept[^1].EndB, license.Length, kept.Sum(block => block.Length), kept)
            : null;
    }

    private static int FirstWithOpening(FingerprintIndex index, uint shingle)
    {
        var (low, high) = (0, index.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = index.Openings[(int)index.ByOpening[middle]] < shingle ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    // The shingles that stand once in the license, wherever they stand in the file, but for the diagonals that are settled.
    private static List<Hit> Hits(ReadOnlySpan<ushort> license, AnalyzedText file, HashSet<int> settled)
    {
        var hits = new List<Hit>();
        using var table = new RunTable(Fingerprint.Shingles(license));
        for (var place = 0; place < file.Shingles.Length; place++)
        {
            if (table.Find(file.Shingles[place]) is >= 0 and var found && !settled.Contains(place - found))
            {
                hits.Add(new Hit(place, found));
            }
        }
        return hits;
    }

    // As Candidate.CannotRival, by all shingles; those that stand twice in a text are not among the hits.
    private static bool CannotRival(List<Hit> hits, Proposal best)
    {
        var least = Candidate.Least(best.Shingles * 9 / 10, best.Length - best.Matched);
        return hits.Count < least && hits.TrueForAll(hit => hit.File >= best.Start && hit.File < best.End);
    }

    private static int Spread(List<Hit> hits)
    {
        var (least, most) = (int.MaxValue, int.MinValue);
        foreach (var hit in hits)
        {
            (least, most) = (Math.Min(least, hit.Diagonal), Math.Max(most, hit.Diagonal));
        }
        return most - least;
    }

    // The runs of hits, sorted by diagonal, that lie within `width` and are nearly as many as the most, not overlapping. Insertions and deletions move the
    // diagonal within one occurrence of a license; another occurrence lies a license's length away.
    private static List<Range> Windows(List<Hit> hits, int width, int fewest)
    {
        var ends = new int[hits.Count];
        var most = 0;
        for (int start = 0, end = 0; start < hits.Count; start++)
        {
            while (end < hits.Count && hits[end].Diagonal - hits[start].Diagonal <= width)
            {
                end++;
            }
            ends[start] = end;
            most = Math.Max(most, end - start);
        }
        var windows = new List<Range>();
        for (var start = 0; start < hits.Count; start++)
        {
            if (ends[start] - start < Math.Max(fewest, most * 8 / 10))
            {
                continue;
            }
            var best = start;
            for (var other = start + 1; other < ends[start]; other++)
            {
                best = ends[other] - other > ends[best] - best ? other : best;
            }
            windows.Add(best..ends[best]);
            start = ends[best] - 1;
        }
        return windows;
    }

    // Cuts off what lies far from the rest, where the score is better without it; moves the blocks by `offset`.
    private static List<Block> Trim(List<Block> blocks, int licenseWords, int offset)
    {
        var (first, last) = (0, blocks.Count);
        var matched = blocks.Sum(block => block.Length);
        var best = -1.0;
        for (int i = 0, rest = matched; i < blocks.Count; rest -= blocks[i++].Length)
        {
            if (IsApart(i) && Score(rest, i, blocks.Count) is var score && score > best)
            {
                (best, first) = (score, i);
            }
        }
        matched = blocks.Skip(first).Sum(block => block.Length);
        best = -1;
        for (int i = blocks.Count, rest = matched; i > first; rest -= blocks[--i].Length)
        {
            if (IsApart(i) && Score(rest, first, i) is var score && score > best)
            {
                (best, last) = (score, i);
            }
        }
        return [.. blocks.Take(first..last).Select(block => block with { B = block.B + offset })];

        bool IsApart(int i) => i == 0 || i == blocks.Count || blocks[i].B - blocks[i - 1].EndB > 24 + (licenseWords / 20);

        double Score(int words, int from, int to) => 2.0 * words / (licenseWords + blocks[to - 1].EndB - blocks[from].B);
    }

    private readonly record struct Hit(int File, int License)
    {
        public int Diagonal => File - License;
    }
}
