using System.Runtime.InteropServices;

namespace Entail.Core.Decide.Engine;

/// <summary>Things in the order in which they were first added, each once; most such lists are short.</summary>
internal sealed class DistinctList<T>
{
    private const int Short = 32;

    private readonly List<T> items = [];
    private readonly HashSet<T> seen = [];

    /// <summary>How many there are.</summary>
    public int Count => items.Count;

    /// <summary>All of them.</summary>
    public ReadOnlySpan<T> Span => CollectionsMarshal.AsSpan(items);

    /// <summary>Adds one, unless it is there.</summary>
    public void Add(T item)
    {
        if (items.Count < Short)
        {
            if (!items.Contains(item))
            {
                items.Add(item);
            }
            return;
        }
        if (seen.Count == 0)
        {
            seen.UnionWith(items);
        }
        if (seen.Add(item))
        {
            items.Add(item);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        items.Clear();
        if (seen.Count > 0)
        {
            seen.Clear();
            seen.TrimExcess();
        }
    }
}
