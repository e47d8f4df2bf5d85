namespace Entail.Core.Identify;

/// <summary>From a word's hash to its number in the vocabulary: a table with linear probing, less than half full.</summary>
internal sealed class WordNumbers
{
    private readonly uint[] keys;
    private readonly ushort[] numbers;
    private readonly uint mask;

    public WordNumbers(ReadOnlySpan<uint> vocabulary)
    {
        var size = 16;
        while (size < 2 * vocabulary.Length)
        {
            size *= 2;
        }
        mask = (uint)size - 1;
        keys = new uint[size];
        numbers = new ushort[size];
        Array.Fill(numbers, FingerprintIndex.UnknownWord);
        for (var number = 0; number < vocabulary.Length; number++)
        {
            var slot = vocabulary[number] & mask;
            while (numbers[slot] != FingerprintIndex.UnknownWord)
            {
                slot = (slot + 1) & mask;
            }
            (keys[slot], numbers[slot]) = (vocabulary[number], (ushort)number);
        }
    }

    public ushort Of(uint word)
    {
        var slot = word & mask;
        while (numbers[slot] != FingerprintIndex.UnknownWord && keys[slot] != word)
        {
            slot = (slot + 1) & mask;
        }
        return numbers[slot];
    }
}
