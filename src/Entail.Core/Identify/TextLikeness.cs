namespace Entail.Core.Identify;

/// <summary>How much two reference texts have in common.</summary>
public static class TextLikeness
{
    /// <summary>
    /// Twice the words that stand in both in one order, over the words of both, from 0 to 1: the score that one would get as a copy of the other.
    /// Null where the index does not have every word of both.
    /// </summary>
    /// <param name="index">The reference texts.</param>
    /// <param name="first">The key of one text.</param>
    /// <param name="second">The key of the other.</param>
    public static double? Likeness(this FingerprintIndex index, string first, string second)
    {
        var (a, b) = (Sequence(index, first), Sequence(index, second));
        return a.Length == 0 || b.Length == 0
            ? null
            : 2.0 * Alignment.Align(a, b, _ => false, _ => false).Sum(block => block.Length) / (a.Length + b.Length);
    }

    private static uint[] Sequence(FingerprintIndex index, string key) =>
        index.Number(key) is { } text && index.IsCataloged(text) ? index.Sequence(text) : [];
}
