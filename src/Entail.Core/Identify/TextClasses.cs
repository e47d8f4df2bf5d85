namespace Entail.Core.Identify;

/// <summary>Classes of reference texts with the very same normalized words: each is recognized as the first of its class.</summary>
public static class TextClasses
{
    /// <summary>The classes of more than one text, in ordinal order of their first keys; in each the preferred text first.</summary>
    public static IEnumerable<IReadOnlyList<ReferenceText>> Classes(this FingerprintIndex index) =>
        Enumerable
            .Range(0, index.Count)
            .GroupBy(index.Preferred)
            .Where(same => same.Count() > 1)
            .Select(same => same.OrderBy(text => text != same.Key).Select(index.Text).ToList())
            .OrderBy(same => same[0].Key, StringComparer.Ordinal);

    /// <summary>The keys of the texts with the words of this one, itself among them; empty where the index has no such key.</summary>
    public static IReadOnlyList<string> SameWords(this FingerprintIndex index, string key) =>
        index.Number(key) is { } text ? [.. index.Same(index.SequenceHashes[text], (int)index.WordCounts[text]).Select(index.Key)] : [];

    /// <summary>The number of the text of this key; null where there is none.</summary>
    internal static int? Number(this FingerprintIndex index, string key)
    {
        for (var text = 0; text < index.Count; text++)
        {
            if (index.Key(text) == key)
            {
                return text;
            }
        }
        return null;
    }
}
