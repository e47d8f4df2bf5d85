namespace Entail.Core.Decide.Engine;

/// <summary>Short lists kept one behind the other in blocks, which never move.</summary>
internal sealed class Pool<T>
{
    private const int BlockSize = 1 << 14;

    private readonly List<T[]> blocks = [];
    private int used = BlockSize;

    /// <summary>Makes room for a list.</summary>
    /// <param name="count">How long it is.</param>
    /// <param name="list">To be filled.</param>
    /// <returns>Its place.</returns>
    public int Take(int count, out Span<T> list)
    {
        if (count == 0)
        {
            list = [];
            return 0;
        }
        if (used + count > BlockSize)
        {
            blocks.Add(new T[Math.Max(BlockSize, count)]);
            used = 0;
        }
        var place = ((blocks.Count - 1) * BlockSize) + used;
        list = blocks[^1].AsSpan(used, count);
        used += count;
        return place;
    }

    /// <summary>The list at a place.</summary>
    public ReadOnlySpan<T> At(int place, int count) => count == 0 ? [] : blocks[place / BlockSize].AsSpan(place % BlockSize, count);
}
