using System.Numerics;

namespace Entail.Core.Identify;

/// <summary>
/// Hashes of word sequences. A text is sampled as in Schleimer, Wilkerson and Aiken, "Winnowing" (SIGMOD 2003), section 2: of all shingles
/// (runs of <see cref="ShingleWords"/> words) those whose hash is 0 modulo the text's rate are kept.
/// </summary>
internal static class Fingerprint
{
    /// <summary>The words in a shingle.</summary>
    public const int ShingleWords = 8;

    /// <summary>A text is sampled at the first of <see cref="Rates"/> that leaves it this many fingerprints.</summary>
    public const int EnoughSamples = 16;

    /// <summary>The sampling rates, sparsest first. Each divides the one before, so a sparse sample is part of a dense one.</summary>
    public static ReadOnlySpan<byte> Rates => [16, 4, 1];

    /// <summary>The hash of each word.</summary>
    public static uint[] HashWords(IReadOnlyList<Word> words)
    {
        var hashes = new uint[words.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Normalization.Hash(words[i].Text);
        }
        return hashes;
    }

    /// <summary>The hash of the shingle that begins at each word; empty for fewer than <see cref="ShingleWords"/> words.</summary>
    public static uint[] Shingles(ReadOnlySpan<uint> words) => Runs(words, ShingleWords);

    /// <summary>The hash of the run of <paramref name="length"/> words that begins at each word.</summary>
    public static uint[] Runs(ReadOnlySpan<uint> words, int length)
    {
        var runs = new uint[Math.Max(0, words.Length - length + 1)];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = Combine(words.Slice(i, length));
        }
        return runs;
    }

    /// <summary>The distinct sampled shingles of a text, ascending, and the rate that was taken.</summary>
    public static (uint[] Samples, byte Rate) Sample(uint[] shingles)
    {
        var distinct = shingles.Distinct().Order().ToArray();
        foreach (var rate in Rates)
        {
            var samples = distinct.Where(hash => hash % rate == 0).ToArray();
            if (samples.Length >= EnoughSamples || rate == 1)
            {
                return (samples, rate);
            }
        }
        return (distinct, 1);
    }

    // The finalizer of MurmurHash3, so that sampling by low bits is even.
    private static uint Combine(ReadOnlySpan<uint> words)
    {
        var hash = 0u;
        foreach (var word in words)
        {
            hash = BitOperations.RotateLeft(hash ^ (word * 0xcc9e2d51u), 13) * 5 + 0xe6546b64u;
        }
        hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
        return hash ^ (hash >> 16);
    }
}
