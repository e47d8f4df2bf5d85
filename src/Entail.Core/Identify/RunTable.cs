using System.Buffers;

namespace Entail.Core.Identify;

/// <summary>Finds the runs that stand once in a sequence by their hashes: a table with linear probing, less than half full.</summary>
internal readonly ref struct RunTable
{
    private readonly ReadOnlySpan<uint> runs;
    private readonly int[] slots;
    private readonly int mask;

    /// <summary>The hashes of the runs of a sequence, in its order.</summary>
    public RunTable(ReadOnlySpan<uint> runs)
    {
        this.runs = runs;
        var size = 16;
        while (size < 2 * runs.Length)
        {
            size *= 2;
        }
        mask = size - 1;
        slots = ArrayPool<int>.Shared.Rent(size);
        slots.AsSpan(0, size).Clear();
        for (var place = 0; place < runs.Length; place++)
        {
            ref var slot = ref slots[Slot(runs[place])];
            // A slot holds one more than the place; the first of several is below zero.
            slot = slot == 0 ? place + 1 : -Math.Abs(slot);
        }
    }

    /// <summary>Where a run of this hash stands; below zero where none does, or several. Whether its words are the same is for the caller to see.</summary>
    public int Find(uint run) => slots[Slot(run)] is > 0 and var place ? place - 1 : -1;

    public void Dispose() => ArrayPool<int>.Shared.Return(slots);

    private int Slot(uint run)
    {
        var slot = (int)run & mask;
        while (slots[slot] != 0 && runs[Math.Abs(slots[slot]) - 1] != run)
        {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
