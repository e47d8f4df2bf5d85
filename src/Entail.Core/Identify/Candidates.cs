using System.Buffers;

namespace Entail.Core.Identify;

/// <summary>The reference texts that share enough sampled shingles with a file to be worth a closer look.</summary>
internal static class Candidates
{
    private const int Most = 48;

    // The share of the text's samples, or of the file's, that must agree.
    private const double LeastOfText = 0.1;
    private const double LeastOfFile = 0.1;

    /// <summary>The numbers of the candidates, best first; of texts with the same words only the preferred.</summary>
    public static int[] Find(ReferenceLibrary library, AnalyzedText file)
    {
        var index = library.Index;
        var shared = ArrayPool<int>.Shared.Rent(index.Count);
        var seen = ArrayPool<ulong>.Shared.Rent((index.Fingerprints.Length / 64) + 1);
        try
        {
            shared.AsSpan(0, index.Count).Clear();
            Array.Clear(seen);
            var sampled = Count(index, file, shared, seen);
            return Ranked(library, shared, sampled);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(shared);
            ArrayPool<ulong>.Shared.Return(seen);
        }
    }

    // How many distinct samples of each text the file has; returns how many shingles of the file each rate samples.
    private static int[] Count(FingerprintIndex index, AnalyzedText file, int[] shared, ulong[] seen)
    {
        var sampled = new int[Fingerprint.Rates[0] + 1];
        var postings = index.Postings;
        foreach (var shingle in file.Shingles)
        {
            foreach (var rate in Fingerprint.Rates)
            {
                sampled[rate] += shingle % rate == 0 ? 1 : 0;
            }
            var found = index.Find(shingle);
            var (start, end) = (found.Start.Value, found.End.Value);
            if (start == end || (seen[start >> 6] & (1ul << start)) != 0)
            {
                continue;
            }
            seen[start >> 6] |= 1ul << start;
            foreach (var text in postings[start..end])
            {
                shared[text]++;
            }
        }
        return sampled;
    }

    private static int[] Ranked(ReferenceLibrary library, int[] shared, int[] sampled)
    {
        var index = library.Index;
        var samples = index.SampleCounts;
        var rates = index.Rates;
        var ranked = new List<(double Share, int Shared, int Text)>();
        for (var text = 0; text < index.Count; text++)
        {
            if (shared[text] < Math.Min(2, samples[text]) || shared[text] == 0)
            {
                continue;
            }
            var ofText = (double)shared[text] / samples[text];
            var ofFile = (double)shared[text] / sampled[rates[text]];
            if ((ofText >= LeastOfText || ofFile >= LeastOfFile) && library.Preferred(text) == text)
            {
                ranked.Add((Math.Max(ofText, ofFile), shared[text] * rates[text], text));
            }
        }
        ranked.Sort(
            (left, right) =>
                left.Share != right.Share ? right.Share.CompareTo(left.Share)
                : left.Shared != right.Shared ? right.Shared.CompareTo(left.Shared)
                : left.Text.CompareTo(right.Text)
        );
        return [.. ranked.Take(Most).Select(candidate => candidate.Text)];
    }
}
