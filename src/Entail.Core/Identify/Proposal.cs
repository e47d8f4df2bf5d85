namespace Entail.Core.Identify;

/// <summary>A reference text that may stand at some place of the file.</summary>
/// <param name="Text">Its number in the index.</param>
/// <param name="Start">The file's word at which it begins.</param>
/// <param name="End">The word after its last.</param>
/// <param name="LicenseWords">The words of the reference text.</param>
/// <param name="Matched">The words in common.</param>
/// <param name="Blocks">The common runs, first the reference text, second the file; at least one.</param>
internal sealed record Proposal(int Text, int Start, int End, int LicenseWords, int Matched, IReadOnlyList<Block> Blocks)
{
    // A passage that is missing counts for no more than this in a choice between texts: leaving one out is a single edit, however long it is.
    private const int MostMissed = 16;

    /// <summary>True when the reference text stands there word for word.</summary>
    public bool Verbatim => Blocks is [var block] && block.Length == LicenseWords && block.Length == Length;

    /// <summary>True when it may be called the license.</summary>
    public bool Strong => Score >= Identifier.CloseBar;

    /// <summary>The words of the file it takes.</summary>
    public int Length => End - Start;

    /// <summary>The share of both that is common.</summary>
    public double Score => 2.0 * Matched / (LicenseWords + Length);

    /// <summary>The words of the reference text that are missing, of each passage at most <see cref="MostMissed"/>.</summary>
    public int Missed { get; } = MissedIn(Blocks, LicenseWords);

    /// <summary>The places at which words of the reference text are missing.</summary>
    public int Gaps =>
        Blocks.Zip(Blocks.Skip(1)).Count(pair => pair.First.EndA < pair.Second.A)
        + (Blocks[0].A > 0 ? 1 : 0)
        + (Blocks[^1].EndA < LicenseWords ? 1 : 0);

    /// <summary>The shingles that the file has in common with it.</summary>
    public int Shingles => Blocks.Sum(block => Math.Max(0, block.Length - Fingerprint.ShingleWords + 1));

    /// <summary>How much it explains: words in common, less half of those that either has alone.</summary>
    public double Gain => (2 * Matched) - ((Matched + Missed + Length) / 2.0);

    /// <summary>The number of words both take.</summary>
    public int Overlap(int start, int end) => Math.Max(0, Math.Min(End, end) - Math.Max(Start, start));

    private static int MissedIn(IReadOnlyList<Block> blocks, int words)
    {
        var missed = 0;
        var next = 0;
        foreach (var block in blocks)
        {
            missed += Math.Min(MostMissed, block.A - next);
            next = block.EndA;
        }
        return missed + Math.Min(MostMissed, words - next);
    }
}
