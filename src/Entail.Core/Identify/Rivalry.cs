namespace Entail.Core.Identify;

/// <summary>Whether a proposal is the better name for its passage than another that claims the same words.</summary>
internal static class Rivalry
{
    /// <summary>
    /// True when <paramref name="proposal"/> holds against <paramref name="rival"/>. Between two texts known word by word, the words that only the
    /// proposal explains must outnumber those that only the rival explains. Where one is known by samples, so are both compared: a text known word by word
    /// holds unless samples speak against it, one known by samples only if samples speak for it.
    /// </summary>
    public static bool Holds(Proposal proposal, Proposal rival, FingerprintIndex index, Candidates candidates)
    {
        if (index.Id(proposal.Text) == index.Id(rival.Text))
        {
            return true;
        }
        if (proposal.Blocks.Count > 0 && rival.Blocks.Count > 0)
        {
            return proposal.Gain - rival.Gain > OnlyIn(rival, proposal);
        }
        var (start, end) = (Math.Min(proposal.Start, rival.Start), Math.Max(proposal.End, rival.End));
        var lead = candidates.Unexplained(rival.Text, start, end) - candidates.Unexplained(proposal.Text, start, end);
        // One sample may be chance; it must not unname a text that is close for one that is not.
        var samples = rival.Strong || proposal.Blocks.Count == 0 ? 1 : 2;
        var sample = (samples * Math.Max(index.Rates[proposal.Text], index.Rates[rival.Text])) - 0.5;
        return proposal.Blocks.Count > 0 ? lead > -sample : lead > sample;
    }

    /// <summary>The number of words of the file that one proposal matches and the other does not.</summary>
    public static int OnlyIn(Proposal one, Proposal other)
    {
        var only = 0;
        var next = 0;
        foreach (var block in one.Blocks)
        {
            only += block.Length;
            while (next < other.Blocks.Count && other.Blocks[next].EndB <= block.B)
            {
                next++;
            }
            for (var i = next; i < other.Blocks.Count && other.Blocks[i].B < block.EndB; i++)
            {
                only -= Math.Min(block.EndB, other.Blocks[i].EndB) - Math.Max(block.B, other.Blocks[i].B);
            }
        }
        return only;
    }
}
