namespace Entail.Core.Decide.Engine;

/// <summary>Short lists kept one behind the other in blocks, which never move.</summary>
internal sealed class Pool<T>
{
    private const int BlockSize = 1 << 14;

    private readonly List<T[]> blocks = [];
    private int used = BlockSize;

    /// <summary>Keeps a list; its place.</summary>
    public int Keep(ReadOnlySpan<T> list)
    {
        if (list.IsEmpty)
        {
            return 0;
        }
        if (used + list.Length > BlockSize)
        {
            blocks.Add(GC.AllocateUninitializedArray<T>(Math.Max(BlockSize, list.Length)));
            used = 0;
        }
        var place = ((blocks.Count - 1) * BlockSize) + used;
        list.CopyTo(blocks[^1].AsSpan(used));
        used += list.Length;
        return place;
    }

    /// <summary>The list at a place.</summary>
    public ReadOnlySpan<T> At(int place, int count) => count == 0 ? [] : blocks[place / BlockSize].AsSpan(place % BlockSize, count);
}
