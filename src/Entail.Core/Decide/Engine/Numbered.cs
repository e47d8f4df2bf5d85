namespace Entail.Core.Decide.Engine;

/// <summary>Sequences of numbers, each with a number of its own from 1 on: found by an open table of their hashes.</summary>
internal sealed class Numbered
{
    private readonly Pool<int> content = new();
    private readonly List<(int First, int Length)> places = [];

    // Of each slot the hash of a sequence and its number; 0 where it is empty.
    private ulong[] slots = new ulong[64];

    /// <summary>How many there are.</summary>
    public int Count => places.Count;

    /// <summary>The sequence with a number.</summary>
    public ReadOnlySpan<int> this[int number] => content.At(places[number - 1].First, places[number - 1].Length);

    /// <summary>The number of a sequence; a new one is kept.</summary>
    public int Of(ReadOnlySpan<int> sequence)
    {
        var hash = Hash(sequence);
        var at = (int)hash & (slots.Length - 1);
        for (; slots[at] is not 0 and var slot; at = (at + 1) & (slots.Length - 1))
        {
            if (slot >> 32 == hash && this[(int)(uint)slot].SequenceEqual(sequence))
            {
                return (int)(uint)slot;
            }
        }
        places.Add((content.Keep(sequence), sequence.Length));
        slots[at] = ((ulong)hash << 32) | (uint)Count;
        if (Count > slots.Length / 2)
        {
            Grow();
        }
        return Count;
    }

    private void Grow()
    {
        var before = slots;
        slots = new ulong[before.Length * 2];
        foreach (var slot in before)
        {
            if (slot != 0)
            {
                var at = (int)(slot >> 32) & (slots.Length - 1);
                while (slots[at] != 0)
                {
                    at = (at + 1) & (slots.Length - 1);
                }
                slots[at] = slot;
            }
        }
    }

    // Multiply and rotate, as in FxHash; the high bits, which all numbers have a part in, are the hash.
    private static uint Hash(ReadOnlySpan<int> sequence)
    {
        ulong hash = 0;
        foreach (var number in sequence)
        {
            hash = (ulong.RotateLeft(hash, 5) ^ (uint)number) * 0x517cc1b727220a95;
        }
        return (uint)(hash >> 32);
    }
}
