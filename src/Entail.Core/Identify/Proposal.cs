namespace Entail.Core.Identify;

/// <summary>A reference text that may stand at some place of the file.</summary>
/// <param name="Text">Its number in the index.</param>
/// <param name="Start">The file's word at which it begins.</param>
/// <param name="End">The word after its last.</param>
/// <param name="LicenseWords">The words of the reference text.</param>
/// <param name="Matched">The words in common; of a text known by samples, an estimate.</param>
/// <param name="Blocks">The common runs (first the reference text, second the file); empty for a text known by samples.</param>
/// <param name="Strong">True when it may be called the license.</param>
internal sealed record Proposal(int Text, int Start, int End, int LicenseWords, double Matched, IReadOnlyList<Block> Blocks, bool Strong)
{
    /// <summary>True when the reference text stands there word for word.</summary>
    public bool Verbatim => Blocks is [var block] && block.Length == LicenseWords && block.Length == Length;

    /// <summary>The words of the file it takes.</summary>
    public int Length => End - Start;

    /// <summary>The share of both that is common.</summary>
    public double Score => 2 * Matched / (LicenseWords + Length);

    /// <summary>How much it explains: words in common, less half of those that either has alone.</summary>
    public double Gain => (2 * Matched) - ((LicenseWords + Length) / 2.0);

    /// <summary>The number of words both take.</summary>
    public int Overlap(int start, int end) => Math.Max(0, Math.Min(End, end) - Math.Max(Start, start));
}
