namespace Entail.Core.Identify;

/// <summary>Binary search in sorted columns.</summary>
internal static class Searching
{
    /// <summary>The first position whose value is not below <paramref name="value"/>; the length when there is none.</summary>
    public static int LowerBound<T>(this ReadOnlySpan<T> sorted, T value)
        where T : IComparable<T>
    {
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle].CompareTo(value) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
