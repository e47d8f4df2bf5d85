namespace Entail.Core.Identify;

/// <summary>How much two reference texts have in common.</summary>
public static class TextLikeness
{
    /// <summary>
    /// Twice the words that stand in both in one order, over the words of both, from 0 to 1: the score that one would get as a copy of the other.
    /// Null where the index does not have both.
    /// </summary>
    /// <param name="index">The reference texts.</param>
    /// <param name="first">The key of one text.</param>
    /// <param name="second">The key of the other.</param>
    public static double? Likeness(this FingerprintIndex index, string first, string second)
    {
        if (index.Number(first) is not (>= 0 and var one) || index.Number(second) is not (>= 0 and var other))
        {
            return null;
        }
        var a = index.Sequence(one);
        var b = index.Sequence(other);
        return 2.0 * Alignment.Align(a, b, _ => false, _ => false).Sum(block => block.Length) / (a.Length + b.Length);
    }
}
