namespace Entail.Core.Decide.Engine;

/// <summary>Where each number was first met in a list; cleared at no cost, for lists are many and short.</summary>
internal sealed class Firsts
{
    private (int List, int Place, long Number)[] slots = new (int, int, long)[64];
    private int list = 1;

    /// <summary>How many different numbers were met.</summary>
    public int Count { get; private set; }

    /// <summary>Begins another list.</summary>
    public void Clear()
    {
        list++;
        Count = 0;
    }

    /// <summary>True where a number was met.</summary>
    public bool Contains(long number) => SlotOf(number).List == list;

    /// <summary>The place at which a number was first met; the place given where that is now.</summary>
    public int Of(long number, int place)
    {
        ref var slot = ref SlotOf(number);
        if (slot.List == list)
        {
            return slot.Place;
        }
        slot = (list, place, number);
        if (++Count > slots.Length / 2)
        {
            var before = slots;
            slots = new (int, int, long)[before.Length * 2];
            foreach (var known in before)
            {
                if (known.List == list)
                {
                    SlotOf(known.Number) = known;
                }
            }
        }
        return place;
    }

    private ref (int List, int Place, long Number) SlotOf(long number)
    {
        var at = (int)(((ulong)number * 0x9e3779b97f4a7c15) >> 40) & (slots.Length - 1);
        while (slots[at].List == list && slots[at].Number != number)
        {
            at = (at + 1) & (slots.Length - 1);
        }
        return ref slots[at];
    }
}
