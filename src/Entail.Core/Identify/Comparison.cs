using System.Collections.Immutable;

namespace Entail.Core.Identify;

/// <summary>Says, clause by clause and word by word, how a passage differs from the license it was recognized as.</summary>
internal static class Comparison
{
    // Fewer common words between two differences do not separate them: a reader sees one.
    private const int JoiningWords = 3;

    /// <summary>What became of each clause.</summary>
    public static ClauseComparison Clauses(IReadOnlyList<ClauseSpan> clauses, IReadOnlyList<Block> blocks, AnalyzedText file)
    {
        var present = ImmutableArray.CreateBuilder<string>();
        var changed = ImmutableArray.CreateBuilder<ChangedClause>();
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var clause in clauses)
        {
            var touching = blocks.Where(block => block.A < clause.End && clause.Start < block.EndA).ToList();
            var matched = touching.Sum(block => Math.Min(block.EndA, clause.End) - Math.Max(block.A, clause.Start));
            var words = clause.End - clause.Start;
            if (matched == words && touching.Count <= 1)
            {
                present.Add(clause.Id);
            }
            else if (2 * matched >= words)
            {
                var (first, last) = (touching[0], touching[^1]);
                var start = first.B + Math.Max(0, clause.Start - first.A);
                var end = last.EndB - Math.Max(0, last.EndA - clause.End);
                changed.Add(new ChangedClause(clause.Id, file.Lines(start, end)));
            }
            else
            {
                missing.Add(clause.Id);
            }
        }
        return new ClauseComparison(present.DrainToImmutable(), changed.DrainToImmutable(), missing.DrainToImmutable());
    }

    /// <summary>The file's words within a proposal that the license does not have. None for a text known by samples: which words they are is not known.</summary>
    public static IEnumerable<WordRange> Inserted(Proposal proposal)
    {
        WordRange? open = null;
        for (var i = 0; i + 1 < proposal.Blocks.Count; i++)
        {
            var gap = new WordRange(proposal.Blocks[i].EndB, proposal.Blocks[i + 1].B);
            if (gap.Start == gap.End)
            {
                continue;
            }
            if (open is { } last && gap.Start - last.End < JoiningWords)
            {
                gap = gap with { Start = last.Start };
            }
            else if (open is { } done)
            {
                yield return done;
            }
            open = gap;
        }
        if (open is { } final)
        {
            yield return final;
        }
    }

    /// <summary>
    /// The words that no proposal takes, for each proposal those that follow it; the first also has those before it. <paramref name="isTitle"/> says
    /// which passages are but a license's name; they are left out. The proposals are in the order of the file.
    /// </summary>
    public static List<WordRange>[] Between(IReadOnlyList<Proposal> proposals, int words, Func<WordRange, bool> isTitle)
    {
        var between = new List<WordRange>[proposals.Count];
        var start = 0;
        for (var i = 0; i < proposals.Count; i++)
        {
            between[i] = [];
            Add(proposals[i].Start, Math.Max(0, i - 1));
            start = Math.Max(start, proposals[i].End);
        }
        Add(words, proposals.Count - 1);
        return between;

        void Add(int end, int owner)
        {
            if (owner >= 0 && start < end && new WordRange(start, end) is var range && !isTitle(range))
            {
                between[owner].Add(range);
            }
        }
    }
}
