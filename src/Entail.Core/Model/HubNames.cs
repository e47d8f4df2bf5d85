using System.Runtime.InteropServices;
using System.Text;

namespace Entail.Core.Model;

/// <summary>
/// Names with numbers, as many as a hub has: kept as UTF-8, and found in any letter case by an open table of their hashes (linear probing, Knuth 1973,
/// 6.4). What is no Unicode text, half of a surrogate pair, is kept as the replacement character.
/// </summary>
internal sealed class HubNames
{
    private const int LargestBlock = 1 << 20;

    private readonly List<byte[]> blocks = [];
    private readonly List<Place> places = [];
    private (string? Name, uint Hash) hashed;
    private int free;
    private int entered;

    // Of each slot the hash of a name and its number counted from 1; 0 where it is empty.
    private ulong[] slots = new ulong[16];

    private readonly record struct Place(int Block, int Start, int Length);

    /// <summary>The name with a number.</summary>
    public string this[int number]
    {
        get => Encoding.UTF8.GetString(Utf8(number));
        set
        {
            if (!Is(number, value, StringComparison.Ordinal))
            {
                places[number] = Store(value);
            }
        }
    }

    /// <summary>The name with a number, as UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int number)
    {
        var place = places[number];
        return blocks[place.Block].AsSpan(place.Start, place.Length);
    }

    /// <summary>Adds a name with the next number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isFound">Whether it is found; no other one that is found may be the same.</param>
    public void Add(string name, bool isFound)
    {
        places.Add(Store(name));
        if (isFound)
        {
            Enter(Hash(name), places.Count - 1);
        }
    }

    private void Enter(uint hash, int number)
    {
        if (++entered > slots.Length / 4 * 3)
        {
            var before = slots;
            slots = new ulong[before.Length * 2];
            foreach (var slot in before)
            {
                if (slot != 0)
                {
                    slots[Free((uint)(slot >> 32))] = slot;
                }
            }
        }
        slots[Free(hash)] = ((ulong)hash << 32) | (uint)(number + 1);
    }

    /// <summary>The number of a name that is found, in any letter case; -1 where there is none.</summary>
    public int Find(string name)
    {
        var hash = Hash(name);
        for (var at = hash & (slots.Length - 1); slots[at] is not 0 and var slot; at = (at + 1) & (slots.Length - 1))
        {
            var number = (int)(uint)slot - 1;
            if (slot >> 32 == hash && Is(number, name, StringComparison.OrdinalIgnoreCase))
            {
                return number;
            }
        }
        return -1;
    }

    private long Free(uint hash)
    {
        long at = hash & (slots.Length - 1);
        while (slots[at] != 0)
        {
            at = (at + 1) & (slots.Length - 1);
        }
        return at;
    }

    private bool Is(int number, string name, StringComparison comparison)
    {
        var stored = Utf8(number);
        return comparison == StringComparison.Ordinal && Ascii.Equals(stored, name)
            || comparison == StringComparison.OrdinalIgnoreCase && Ascii.EqualsIgnoreCase(stored, name)
            || !(Ascii.IsValid(name) && Ascii.IsValid(stored)) && string.Equals(Encoding.UTF8.GetString(stored), Text(name), comparison);
    }

    // A name that was just looked for is often the next to be added.
    private uint Hash(string name)
    {
        if (!ReferenceEquals(name, hashed.Name))
        {
            hashed = (name, (uint)string.GetHashCode(Text(name), StringComparison.OrdinalIgnoreCase));
        }
        return hashed.Hash;
    }

    // As it comes back from UTF-8.
    private static string Text(string name) => Ascii.IsValid(name) ? name : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));

    private Place Store(string name)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        if (blocks.Count == 0 || free + length > blocks[^1].Length)
        {
            var size = blocks.Count == 0 ? 256 : Math.Min(blocks[^1].Length * 4, LargestBlock);
            blocks.Add(new byte[Math.Max(size, length)]);
            free = 0;
        }
        var place = new Place(blocks.Count - 1, free, length);
        free += Encoding.UTF8.GetBytes(name, blocks[^1].AsSpan(free));
        return place;
    }
}
