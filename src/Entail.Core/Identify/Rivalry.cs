namespace Entail.Core.Identify;

/// <summary>Whether a proposal is the better name for its passage than another that claims the same words.</summary>
internal static class Rivalry
{
    // Where no word of the file speaks for either, leaving out this many words more is the less likely edit: about a sentence.
    public const int Sentence = 6;

    /// <summary>
    /// True when <paramref name="proposal"/> holds against <paramref name="rival"/>: the words that only it explains outnumber those that only the rival
    /// explains, counting what either lacks; where neither explains a word more, the rival lacks a sentence more, or something at one place more.
    /// </summary>
    public static bool Holds(Proposal proposal, Proposal rival, ReferenceLibrary library)
    {
        if (library.Id(proposal.Text) == library.Id(rival.Text))
        {
            return true;
        }
        var (own, others) = (OnlyIn(proposal, rival), OnlyIn(rival, proposal));
        return own == 0 && others == 0
            ? rival.Missed - proposal.Missed >= Sentence || (rival.Missed > proposal.Missed && rival.Gaps > proposal.Gaps)
            : proposal.Gain - rival.Gain > others;
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
