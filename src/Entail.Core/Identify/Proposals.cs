namespace Entail.Core.Identify;

/// <summary>Finds where in a file each candidate may stand.</summary>
internal static class Proposals
{
    private const int MaxOccurrences = 64;
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
        hits.RemoveAll(hit => known.Exists(proposal => proposal.Text == text && proposal.Start <= hit.File && hit.File < proposal.End));
        var proposals = new List<Proposal>();
        var slack = 16 + (license.Length / 20);
        var fewest = Math.Max(2, hits.Count / 1000);
        while (proposals.Count < MaxOccurrences && Densest(hits, license.Length) is var (from, count) && count >= fewest)
        {
            var region = hits.GetRange(from, count);
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
            if (Trim(blocks, license.Length, start) is { Count: > 0 } kept)
            {
                var matched = kept.Sum(block => block.Length);
                var proposal = new Proposal(text, kept[0].B, kept[^1].EndB, license.Length, matched, kept, Strong: false);
                proposals.Add(proposal with { Strong = proposal.Score >= Identifier.CloseBar });
                hits.RemoveRange(from, count);
                hits.RemoveAll(hit => proposal.Start <= hit.File && hit.File < proposal.End);
            }
            else
            {
                hits.RemoveRange(from, count);
            }
        }
        return proposals;
    }

    /// <summary>The places where a text known by samples agrees best with the file, not overlapping.</summary>
    public static List<Proposal> Sampled(FingerprintIndex index, AnalyzedText file, Candidates candidates, int text)
    {
        var proposals = new List<Proposal>();
        var words = (int)index.WordCounts[text];
        var reach = words + (words / 10) + 16 - Fingerprint.ShingleWords;
        var pieces = new Stack<(int From, int To)>([(0, candidates.Places(text).Count)]);
        var places = candidates.Places(text);
        while (pieces.TryPop(out var piece) && proposals.Count < MaxOccurrences)
        {
            var (from, to) = DensestWithin(places, piece.From, piece.To, reach);
            if (to - from < Math.Max(2, index.SampleCounts[text] / 4))
            {
                continue;
            }
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
            pieces.Push((piece.From, from));
            pieces.Push((to, piece.To));
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

    // Insertions and deletions move the diagonal within one occurrence; another occurrence lies a license's length away.
    private static (int From, int Count) Densest(List<Hit> hits, int words)
    {
        var width = (words * 6 / 10) + 16;
        var best = (From: 0, Count: 0);
        for (int from = 0, to = 0; from < hits.Count; from++)
        {
            while (to < hits.Count && hits[to].Diagonal - hits[from].Diagonal <= width)
            {
                to++;
            }
            if (to - from > best.Count)
            {
                best = (from, to - from);
            }
        }
        return best;
    }

    private static (int From, int To) DensestWithin(List<int> places, int first, int last, int reach)
    {
        var best = (From: first, To: first);
        for (int from = first, to = first; from < last; from++)
        {
            while (to < last && places[to] - places[from] <= reach)
            {
                to++;
            }
            if (to - from > best.To - best.From)
            {
                best = (from, to);
            }
        }
        return best;
    }

    // Cuts off what lies far from the rest, where the score is better without it; moves the blocks by `offset`.
    private static List<Block> Trim(List<Block> blocks, int licenseWords, int offset)
    {
        var (first, last) = (0, blocks.Count);
        var matched = blocks.Sum(block => block.Length);
        var best = -1.0;
        for (int i = 0, rest = matched; i < blocks.Count; rest -= blocks[i++].Length)
        {
            if (Score(rest, i, blocks.Count) is var score && score > best)
            {
                (best, first) = (score, i);
            }
        }
        matched = blocks.Skip(first).Sum(block => block.Length);
        best = -1;
        for (int i = blocks.Count, rest = matched; i > first; rest -= blocks[--i].Length)
        {
            if (Score(rest, first, i) is var score && score > best)
            {
                (best, last) = (score, i);
            }
        }
        return [.. blocks.Take(first..last).Select(block => block with { B = block.B + offset })];

        double Score(int words, int from, int to) => 2.0 * words / (licenseWords + blocks[to - 1].EndB - blocks[from].B);
    }

    private readonly record struct Hit(int File, int License)
    {
        public int Diagonal => File - License;
    }
}
