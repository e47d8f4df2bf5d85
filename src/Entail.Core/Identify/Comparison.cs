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
        var next = 0;
        foreach (var clause in clauses)
        {
            while (next < blocks.Count && blocks[next].EndA <= clause.Start)
            {
                next++;
            }
            var (first, last, matched) = (next, next - 1, 0);
            for (var i = first; i < blocks.Count && blocks[i].A < clause.End; i++)
            {
                matched += Math.Min(blocks[i].EndA, clause.End) - Math.Max(blocks[i].A, clause.Start);
                last = i;
            }
            var words = clause.End - clause.Start;
            if (matched == words && last <= first)
            {
                present.Add(clause.Id);
            }
            else if (2 * matched >= words)
            {
                var start = blocks[first].B + Math.Max(0, clause.Start - blocks[first].A);
                var end = blocks[last].EndB - Math.Max(0, blocks[last].EndA - clause.End);
                changed.Add(new ChangedClause(clause.Id, file.Lines(start, end)));
            }
            else
            {
                missing.Add(clause.Id);
            }
        }
        return new ClauseComparison(present.DrainToImmutable(), changed.DrainToImmutable(), missing.DrainToImmutable());
    }

    /// <summary>The file's words within a proposal that the license does not have, with the license's word they stand before.</summary>
    public static IEnumerable<(WordRange Words, int Before)> Inserted(Proposal proposal) =>
        Joined(proposal.Blocks.Zip(proposal.Blocks.Skip(1), (left, right) => (new WordRange(left.EndB, right.B), left.EndA)));

    /// <summary>Where the file lacks words of the license, title and closing words included.</summary>
    public static ImmutableArray<Removal> Removed(Proposal proposal, IReadOnlyList<ClauseSpan> clauses, AnalyzedText file)
    {
        var blocks = proposal.Blocks;
        var gaps = blocks
            .Select((block, i) => (new WordRange(i == 0 ? 0 : blocks[i - 1].EndA, block.A), i == 0 ? block.B : blocks[i - 1].EndB - 1))
            .Append((new WordRange(blocks[^1].EndA, proposal.LicenseWords), blocks[^1].EndB - 1));
        return
        [
            .. Joined(gaps)
                .Select(gap => new Removal(
                    file.Words.Lines[gap.At],
                    gap.Words.End - gap.Words.Start,
                    [.. clauses.Where(clause => clause.Start < gap.Words.End && gap.Words.Start < clause.End).Select(clause => clause.Id)],
                    gap.Words.Start
                )),
        ];
    }

    /// <summary>The clause of the word before a place of the license; null before the first, and where no clauses are known.</summary>
    public static string? ClauseBefore(IReadOnlyList<ClauseSpan> clauses, int word)
    {
        foreach (var clause in clauses)
        {
            if (clause.Start < word && word <= clause.End)
            {
                return clause.Id;
            }
        }
        return null;
    }

    /// <summary>
    /// The words that no proposal takes, for each proposal those that follow it; the first also has those before it. <paramref name="isTitle"/> says
    /// which passages are but a license's name; they are left out. The proposals are in the order of the file.
    /// </summary>
    public static List<WordRange>[] Between(IReadOnlyList<Accepted> accepted, int words, Func<WordRange, bool> isTitle)
    {
        var between = new List<WordRange>[accepted.Count];
        var start = 0;
        for (var i = 0; i < accepted.Count; i++)
        {
            between[i] = [];
            Add(accepted[i].Proposal.Start, Math.Max(0, i - 1));
            start = Math.Max(start, accepted[i].Proposal.End);
        }
        Add(words, accepted.Count - 1);
        return between;

        void Add(int end, int owner)
        {
            if (owner >= 0 && start < end && new WordRange(start, end) is var range && !isTitle(range))
            {
                between[owner].Add(range);
            }
        }
    }

    // Ranges that are not empty; those with but a few words between them as one.
    private static IEnumerable<(WordRange Words, int At)> Joined(IEnumerable<(WordRange Words, int At)> gaps)
    {
        (WordRange Words, int At)? open = null;
        foreach (var gap in gaps.Where(gap => gap.Words.Start < gap.Words.End))
        {
            if (open is { } last && gap.Words.Start - last.Words.End < JoiningWords)
            {
                open = (last.Words with { End = gap.Words.End }, last.At);
                continue;
            }
            if (open is { } done)
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
}
