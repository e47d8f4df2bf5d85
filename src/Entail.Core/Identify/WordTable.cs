namespace Entail.Core.Identify;

/// <summary>The normalized words of a text, column by column; of each array the first <see cref="Count"/> entries count.</summary>
internal sealed class WordTable(int capacity)
{
    private uint[] hashes = new uint[capacity];
    private int[] starts = new int[capacity];
    private int[] ends = new int[capacity];
    private int[] lines = new int[capacity];
    private List<int>? disguised;

    public int Count { get; private set; }

    /// <summary>The hash of each word.</summary>
    public ReadOnlySpan<uint> Hashes => hashes.AsSpan(0, Count);

    /// <summary>The offset of each word's first character.</summary>
    public ReadOnlySpan<int> Starts => starts.AsSpan(0, Count);

    /// <summary>The offset after each word's last character.</summary>
    public ReadOnlySpan<int> Ends => ends.AsSpan(0, Count);

    /// <summary>The line of each word, counted from 1.</summary>
    public ReadOnlySpan<int> Lines => lines.AsSpan(0, Count);

    /// <summary>The words written with letters that only look Latin, or with unseen characters; ascending.</summary>
    public IReadOnlyList<int> Disguised => disguised ?? (IReadOnlyList<int>)[];

    public void Add(uint hash, int start, int end, int line)
    {
        if (Count == hashes.Length)
        {
            var size = Math.Max(16, 2 * Count);
            Array.Resize(ref hashes, size);
            Array.Resize(ref starts, size);
            Array.Resize(ref ends, size);
            Array.Resize(ref lines, size);
        }
        (hashes[Count], starts[Count], ends[Count], lines[Count]) = (hash, start, end, line);
        Count++;
    }

    /// <summary>Takes the last words back.</summary>
    public void RemoveLast(int count)
    {
        Count -= count;
        disguised?.RemoveAll(word => word >= Count);
    }

    /// <summary>Marks the last word; of very many not all.</summary>
    public void Disguise()
    {
        if ((disguised ??= []).Count < 1000)
        {
            disguised.Add(Count - 1);
        }
    }

    /// <summary>Marks these words as well.</summary>
    public void Disguise(IEnumerable<int> words) => disguised = [.. Disguised.Concat(words).Distinct().Order()];
}
