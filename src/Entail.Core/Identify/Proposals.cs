namespace Entail.Core.Identify;

/// <summary>Finds where in a file each candidate may stand.</summary>
internal static class Proposals
{
    private const int MaxAligned = 256;
    private const int MaxSampled = 256;
    private const int MaxRounds = 4;
    private const int MaxVerbatim = 2000;

    /// <summary>Every reference text of at least three shingles' length that stands in the file word for word.</summary>
    public static List<Proposal> Verbatim(FingerprintIndex index, AnalyzedText file)
    {
        var proposals = new List<Proposal>();
        var powers = new Dictionary<int, ulong>();
        var byOpening = index.ByOpening;
        var openings = index.Openings;
        var wordCounts = index.WordCounts;
        for (var start = 0; start < file.Shingles.Length && proposals.Count < MaxVerbatim; start++)
        {
            var shingle = file.Shingles[start];
            for (var i = FirstWithOpening(index, shingle); i < index.Count && openings[(int)byOpening[i]] == shingle; i++)
            {
                var text = (int)byOpening[i];
                var words = (int)wordCounts[text];
                if (words < 3 * Fingerprint.ShingleWords || start + words > file.Words.Count)
                {
                    continue;
                }
                if (!powers.TryGetValue(words, out var power))
                {
                    powers.Add(words, power = SequenceHash.Power(words));
                }
                if (file.Sequence.Window(start, words, power) == index.SequenceHashes[text] && index.Preferred(text) == text)
                {
                    proposals.Add(Whole(text, start, words));
                }
            }
        }
        return proposals;
    }

    /// <summary>The proposal that a text stands at a place word for word.</summary>
    public static Proposal Whole(int text, int start, int words) =>
        new(text, start, start + words, words, words, [new Block(0, start, words)], Strong: true);

    /// <summary>The occurrences of a cataloged text, each aligned word by word, the fullest first.</summary>
    /// <param name="index">The index.</param>
    /// <param name="file">The file.</param>
    /// <param name="text">The text's number.</param>
    /// <param name="known">Occurrences that need no second look.</param>
    public static List<Proposal> Aligned(FingerprintIndex index, AnalyzedText file, int text, List<Proposal> known)
    {
        var license = index.Sequence(text);
        var clauseStarts = index.Clauses(index.Entries(text).Start.Value).Select(clause => clause.Start).ToHashSet();
        var hits = Hits(license, file);
        var settled = new HashSet<int>(known.Where(proposal => proposal.Text == text).Select(proposal => proposal.Start));
        hits.RemoveAll(hit => settled.Contains(hit.Diagonal));
        var proposals = new List<Proposal>();
        var slack = 16 + (license.Length / 20);
        var fewest = Math.Max(2, license.Length / 200);
        var taken = new bool[file.Words.Count];
        for (var round = 0; round < MaxRounds; round++)
        {
            var windows = Windows([.. hits.Select(hit => hit.Diagonal)], (license.Length * 6 / 10) + 16, fewest);
            var found = windows
                .Take(MaxAligned - proposals.Count)
                .Select(window => Occurrence(hits[window.Start.Value..window.End.Value]))
                .ToList();
            proposals.AddRange(found.OfType<Proposal>());
            foreach (var window in windows.AsEnumerable().Reverse())
            {
                hits.RemoveRange(window.Start.Value, window.End.Value - window.Start.Value);
            }
            foreach (var proposal in found.OfType<Proposal>())
            {
                taken.AsSpan(proposal.Start..proposal.End).Fill(true);
            }
            hits.RemoveAll(hit => taken[hit.File]);
        }
        return proposals;

        Proposal? Occurrence(List<Hit> region)
        {
            var first = region.MinBy(hit => hit.File);
            var last = region.MaxBy(hit => hit.File);
            var start = Math.Max(0, first.File - first.License - slack);
            var end = Math.Min(file.Hashes.Length, last.File + license.Length - last.License + slack);
            var blocks = Alignment.Align(
                license,
                file.Hashes[start..end],
                clauseStarts.Contains,
                word => file.StartsSentence(start + word)
            );
            if (Trim(blocks, license.Length, start) is not { Count: > 0 } kept)
            {
                return null;
            }
            var matched = kept.Sum(block => block.Length);
            var proposal = new Proposal(text, kept[0].B, kept[^1].EndB, license.Length, matched, kept, Strong: false);
            return proposal with { Strong = proposal.Score >= Identifier.CloseBar };
        }
    }

    /// <summary>The places where a text known by samples agrees best with the file, not overlapping.</summary>
    public static List<Proposal> Sampled(FingerprintIndex index, AnalyzedText file, Candidates candidates, int text)
    {
        var proposals = new List<Proposal>();
        var words = (int)index.WordCounts[text];
        var reach = words + (words / 10) + 16 - Fingerprint.ShingleWords;
        var places = candidates.Places(text);
        foreach (var window in Windows(places, reach, Math.Max(2, (int)index.SampleCounts[text] / 4)).Take(MaxSampled))
        {
            var (from, to) = (window.Start.Value, window.End.Value);
            // The words before the first sample and after the last are the text's too, as many as it has.
            var (start, end) = (places[from], places[to - 1] + Fingerprint.ShingleWords);
            var edge = 3 * index.Rates[text];
            var before = Math.Min(Math.Clamp(words - (end - start), 0, edge), start - (from > 0 ? places[from - 1] + 1 : 0));
            start -= Math.Max(0, before);
            end = Math.Min(file.Words.Count, end + Math.Clamp(words - (end - start), 0, edge));
            var (ofText, ofSpan) = candidates.Measure(text, start, end);
            var length = (double)(end - start) / words;
            var strong = ofText >= Identifier.CloseBar && ofSpan >= Identifier.CloseBar && length is > 0.9 and < 1.1;
            var matched = Math.Min(0.9999, candidates.Agreement(text, start, end)) * (words + end - start) / 2;
            proposals.Add(new Proposal(text, start, end, words, matched, [], strong));
        }
        return proposals;
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

    // The shingles that stand once in the license, wherever they stand in the file, ordered by how far apart both places are.
    private static List<Hit> Hits(uint[] license, AnalyzedText file)
    {
        var places = new Dictionary<uint, int>();
        var shingles = Fingerprint.Shingles(license);
        for (var i = 0; i < shingles.Length; i++)
        {
            places[shingles[i]] = places.ContainsKey(shingles[i]) ? -1 : i;
        }
        var hits = new List<Hit>();
        for (var i = 0; i < file.Shingles.Length; i++)
        {
            if (places.TryGetValue(file.Shingles[i], out var place) && place >= 0)
            {
                hits.Add(new Hit(i, place));
            }
        }
        hits.Sort(
            (left, right) => left.Diagonal != right.Diagonal ? left.Diagonal.CompareTo(right.Diagonal) : left.File.CompareTo(right.File)
        );
        return hits;
    }

    // The runs of sorted keys that lie within `width` and are nearly as long as the longest, not overlapping. Insertions and deletions move the
    // diagonal within one occurrence of a license; another occurrence lies a license's length away.
    private static List<Range> Windows(List<int> keys, int width, int fewest)
    {
        var ends = new int[keys.Count];
        var most = 0;
        for (int start = 0, end = 0; start < keys.Count; start++)
        {
            while (end < keys.Count && keys[end] - keys[start] <= width)
            {
                end++;
            }
            ends[start] = end;
            most = Math.Max(most, end - start);
        }
        var windows = new List<Range>();
        for (var start = 0; start < keys.Count; start++)
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
