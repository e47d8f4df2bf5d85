namespace Entail.Core.Decide.Engine;

/// <summary>Numbers by keys, in an open table (linear probing, Knuth 1973, 6.4): one look at memory finds most of them.</summary>
internal sealed class NumberTable
{
    // 0 stands for none.
    private (ulong Key, int Number)[] slots = new (ulong, int)[64];
    private int count;

    /// <summary>The number of a key; 0 without one.</summary>
    public int this[ulong key] => slots[PlaceOf(key)].Number;

    /// <summary>Gives a number to a key that has none.</summary>
    public void Add(ulong key, int number)
    {
        if (++count > slots.Length / 2)
        {
            var before = slots;
            slots = new (ulong, int)[before.Length * 2];
            foreach (var slot in before)
            {
                if (slot.Number != 0)
                {
                    slots[PlaceOf(slot.Key)] = slot;
                }
            }
        }
        slots[PlaceOf(key)] = (key, number);
    }

    private int PlaceOf(ulong key)
    {
        var at = (int)(key * 0x9e3779b97f4a7c15 >> 32) & (slots.Length - 1);
        while (slots[at].Number != 0 && slots[at].Key != key)
        {
            at = (at + 1) & (slots.Length - 1);
        }
        return at;
    }
}
