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

    private const ulong Base = 0x9e37_79b9_7f4a_7c15ul;

    /// <summary>The sampling rates, sparsest first. Each divides the one before, so a sparse sample is part of a dense one.</summary>
    public static ReadOnlySpan<byte> Rates => [16, 4, 1];

    /// <summary>The hash of the shingle that begins at each word; empty for fewer than <see cref="ShingleWords"/> words.</summary>
    /// <param name="words">Words as numbers of a vocabulary.</param>
    public static uint[] Shingles(ReadOnlySpan<ushort> words)
    {
        var shingles = new uint[Math.Max(0, words.Length - ShingleWords + 1)];
        Runs(words, ShingleWords, shingles);
        return shingles;
    }

    /// <summary>Writes the hash of each run of <paramref name="length"/> words to <paramref name="runs"/> (Karp and Rabin 1987).</summary>
    public static void Runs(ReadOnlySpan<ushort> words, int length, Span<uint> runs)
    {
        var leaving = 1ul;
        for (var i = 0; i < length; i++)
        {
            leaving *= Base;
        }
        var sum = 0ul;
        for (var i = 0; i < words.Length; i++)
        {
            sum = (sum * Base) + words[i] + 1;
            if (i >= length)
            {
                sum -= leaving * (words[i - length] + 1ul);
            }
            if (i >= length - 1)
            {
                runs[i - length + 1] = Mixed(sum);
            }
        }
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

    // The finalizer of MurmurHash3 (64 bits), so that sampling by low bits is even.
    private static uint Mixed(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51_afd7_ed55_8ccdul;
        hash = (hash ^ (hash >> 33)) * 0xc4ce_b9fe_1a85_ec53ul;
        return (uint)(hash ^ (hash >> 33));
    }
}
