using System.Buffers;

namespace Entail.Core.Identify;

/// <summary>A reference text that a file may hold.</summary>
/// <param name="Text">Its number.</param>
/// <param name="Shared">Its distinct samples that the file has.</param>
/// <param name="Rate">One in so many of its shingles is sampled.</param>
internal readonly record struct Candidate(int Text, int Shared, int Rate)
{
    /// <summary>The shingles it shares with the file, estimated from the samples.</summary>
    public int Shingles => Shared * Rate;

    /// <summary>
    /// True when it shares so few shingles that it can explain no more of the file than a proposal that takes most of it; the estimate may be three
    /// standard deviations too low.
    /// </summary>
    public bool CannotRival(Proposal best, int fileWords) =>
        best.Strong
        && 5 * best.Length >= 4 * fileWords
        && Shingles + (3 * Math.Sqrt(Shared + 1) * Rate) < Least(best.Shingles, fileWords - best.Matched);

    /// <summary>
    /// The shingles that a rival of a text has in common with the file at least, when the text has so many and leaves so many words unexplained. A rival
    /// may lack half as many words again as it alone explains, and a word is worth a shingle's length of shingles.
    /// </summary>
    public static int Least(int shingles, int unexplained) =>
        shingles - (Fingerprint.ShingleWords / 2 * unexplained) - (Fingerprint.ShingleWords * Fingerprint.ShingleWords);
}

/// <summary>The reference texts that share enough sampled shingles with a file to be worth a closer look.</summary>
internal static class Candidates
{
    // Of those most alike as wholes, those most of which stands in the file, and those that share most with it.
    private const int MostAlike = 20;
    private const int MostContained = 20;
    private const int MostSharing = 12;

    // The share of the text's samples, or of the file's, that must agree.
    private const double LeastOfText = 0.1;
    private const double LeastOfFile = 0.1;

    /// <summary>The candidates, those first that share most words; of texts with the same words only the preferred.</summary>
    public static Candidate[] Find(ReferenceLibrary library, AnalyzedText file)
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
        var fingerprints = index.Fingerprints;
        var postings = index.Postings;
        foreach (var shingle in file.Shingles)
        {
            foreach (var rate in Fingerprint.Rates)
            {
                sampled[rate] += shingle % rate == 0 ? 1 : 0;
            }
            var (start, end) = index.Find(shingle, fingerprints);
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

    private static Candidate[] Ranked(ReferenceLibrary library, int[] shared, int[] sampled)
    {
        var index = library.Index;
        var samples = index.SampleCounts;
        var rates = index.Rates;
        var all = new List<(double Alike, double OfText, Candidate Candidate)>();
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
                all.Add((ofText * ofFile / (ofText + ofFile), ofText, new Candidate(text, shared[text], rates[text])));
            }
        }
        return
        [
            .. all.OrderByDescending(entry => entry.Alike)
                .ThenBy(entry => entry.Candidate.Text)
                .Take(MostAlike)
                .Concat(all.OrderByDescending(entry => entry.OfText).ThenBy(entry => entry.Candidate.Text).Take(MostContained))
                .Concat(all.OrderByDescending(entry => entry.Candidate.Shingles).ThenBy(entry => entry.Candidate.Text).Take(MostSharing))
                .Select(entry => entry.Candidate)
                .Distinct()
                .OrderByDescending(candidate => candidate.Shingles)
                .ThenBy(candidate => candidate.Text),
        ];
    }
}
