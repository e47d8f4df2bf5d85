namespace Entail.Core.Identify;

/// <summary>
/// Polynomial hashes modulo 2^61 - 1 of the windows of a word sequence (Karp and Rabin 1987). The hash of a window is that of a text of
/// the same words, so a whole text is recognized wherever it stands.
/// </summary>
internal sealed class SequenceHash
{
    private const ulong Modulus = (1ul << 61) - 1;
    private const ulong Base = 0x0b3f_9d1c_5a27_e46dul;
    private readonly ulong[] _prefixes;

    public SequenceHash(ReadOnlySpan<uint> words)
    {
        _prefixes = new ulong[words.Length + 1];
        for (var i = 0; i < words.Length; i++)
        {
            _prefixes[i + 1] = Add(Multiply(_prefixes[i], Base), words[i] + 1ul);
        }
    }

    /// <summary>The hash of all the words.</summary>
    public ulong Whole => _prefixes[^1];

    /// <summary>The hash of the words from <paramref name="start"/> on, given the <see cref="Power"/> of their number.</summary>
    public ulong Window(int start, int length, ulong power) => Add(_prefixes[start + length], Modulus - Multiply(_prefixes[start], power));

    /// <summary>What <see cref="Window"/> needs to know of a length.</summary>
    public static ulong Power(int length)
    {
        var result = 1ul;
        var factor = Base;
        for (var rest = length; rest > 0; rest >>= 1)
        {
            if ((rest & 1) == 1)
            {
                result = Multiply(result, factor);
            }
            factor = Multiply(factor, factor);
        }
        return result;
    }

    private static ulong Add(ulong left, ulong right)
    {
        var sum = left + right;
        return sum >= Modulus ? sum - Modulus : sum;
    }

    private static ulong Multiply(ulong left, ulong right)
    {
        var product = (UInt128)left * right;
        return Add((ulong)product & Modulus, (ulong)(product >> 61));
    }
}
