namespace Entail.Core.Decide.Engine;

/// <summary>Where each number was first met in a list; cleared at no cost, for lists are many and short.</summary>
internal sealed class Firsts
{
    private (int List, int Number, int Place)[] slots = new (int, int, int)[64];
    private int list;
    private int count;

    /// <summary>Begins another list.</summary>
    public void Clear()
    {
        list++;
        count = 0;
    }

    /// <summary>The place at which a number was first met; the place given where that is now.</summary>
    public int Of(int number, int place)
    {
        ref var slot = ref SlotOf(number);
        if (slot.List == list)
        {
            return slot.Place;
        }
        slot = (list, number, place);
        if (++count > slots.Length / 2)
        {
            var before = slots;
            slots = new (int, int, int)[before.Length * 2];
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

    private ref (int List, int Number, int Place) SlotOf(int number)
    {
        var at = (int)((uint)number * 2654435769u >> 7) & (slots.Length - 1);
        while (slots[at].List == list && slots[at].Number != number)
        {
            at = (at + 1) & (slots.Length - 1);
        }
        return ref slots[at];
    }
}
