namespace Entail.Core.Identify;

/// <summary>What was found in a file, before it is compared clause by clause.</summary>
/// <param name="Accepted">The texts that stand in the file, not overlapping, in its order.</param>
/// <param name="Nearest">The nearest of the others with their scores over the whole file, best first.</param>
internal sealed record Findings(IReadOnlyList<Proposal> Accepted, IReadOnlyList<(int Text, double Score)> Nearest);

/// <summary>Finds the reference texts in a file.</summary>
internal static class Matcher
{
    // Below these a passage is too short, or too small a share of the file, to name a license by.
    private const int FewestPartialWords = 40;
    private const double PartialShare = 0.5;

    /// <summary>
    /// First come texts that stand there whole or nearly, those that explain most words first; then, where such a passage is most of what is
    /// left, a part of one. A passage that several texts explain equally well is given to none.
    /// </summary>
    public static Findings Find(FingerprintIndex index, AnalyzedText file)
    {
        if (index.Same(file.Sequence.Whole, file.Words.Count) is [var text, ..])
        {
            return new Findings([Proposals.Whole(text, 0, file.Words.Count)], []);
        }
        var verbatim = Proposals.Verbatim(index, file);
        var candidates = Candidates.Find(index, file);
        var aligned = candidates.Cataloged.SelectMany(text => Proposals.Aligned(index, file, text, verbatim)).ToList();
        var sampled = candidates.Sampled.SelectMany(text => Proposals.Sampled(index, file, candidates, text)).ToList();
        List<Proposal> all = [.. verbatim, .. aligned, .. sampled];
        all.Sort(
            (left, right) =>
                left.Gain != right.Gain ? right.Gain.CompareTo(left.Gain)
                : left.Text != right.Text ? left.Text.CompareTo(right.Text)
                : left.Start.CompareTo(right.Start)
        );
        var claims = new Claims(file.Words.Count);
        AcceptWhole(all, claims, index, candidates);
        AcceptPart(aligned, claims, index, candidates);
        var accepted = claims.Accepted.OrderBy(proposal => proposal.Start).ToList();
        return new Findings(accepted, Nearest(all, accepted, index, file, candidates));
    }

    private static void AcceptWhole(List<Proposal> all, Claims claims, FingerprintIndex index, Candidates candidates)
    {
        var dismissed = new HashSet<Proposal>(ReferenceEqualityComparer.Instance);
        foreach (var proposal in all.Where(proposal => proposal.Strong))
        {
            if (!claims.IsFree(proposal))
            {
                continue;
            }
            if (ExplainedBetterByPieces(proposal, all))
            {
                dismissed.Add(proposal);
                continue;
            }
            if (proposal.Verbatim)
            {
                claims.Accept(proposal);
                continue;
            }
            var rivals = all.Where(rival =>
                2 * rival.Overlap(proposal.Start, proposal.End) > proposal.Length && claims.IsFree(rival) && !dismissed.Contains(rival)
            );
            var stronger = rivals.Where(rival => !Rivalry.Holds(proposal, rival, index, candidates)).ToList();
            if (stronger.Count == 0)
            {
                claims.Accept(proposal);
            }
            else if (!stronger.Exists(rival => rival.Strong && Rivalry.Holds(rival, proposal, index, candidates)))
            {
                claims.Withhold(proposal);
            }
        }
    }

    // A license that ends with its use policy looks much like a later one followed by a later policy.
    private static bool ExplainedBetterByPieces(Proposal proposal, List<Proposal> all)
    {
        if (proposal.Verbatim)
        {
            return false;
        }
        var pieces = new List<Proposal>();
        foreach (var piece in all.Where(piece => piece.Strong && 8 * piece.Overlap(proposal.Start, proposal.End) >= 7 * piece.Length))
        {
            if (piece != proposal && !pieces.Exists(other => 8 * other.Overlap(piece.Start, piece.End) > piece.Length))
            {
                pieces.Add(piece);
            }
        }
        return pieces.Count > 1 && pieces.Sum(piece => piece.Gain) > proposal.Gain;
    }

    private static void AcceptPart(List<Proposal> aligned, Claims claims, FingerprintIndex index, Candidates candidates)
    {
        var parts = aligned
            .Where(part => part.Length >= FewestPartialWords && part.Matched >= Identifier.CloseBar * part.Length)
            .Where(part => part.Matched >= PartialShare * claims.Free && claims.IsFree(part))
            .OrderByDescending(part => part.Matched)
            .ThenByDescending(part => part.Score)
            .ThenBy(part => part.Text)
            .ToList();
        if (parts is [var best, ..] && HasClause(best) && !parts.Exists(AsGood) && !Array.Exists(candidates.Sampled, AsGoodBySamples))
        {
            claims.Accept(best);
        }

        bool HasClause(Proposal part) =>
            index
                .Clauses(index.Entries(part.Text).Start.Value)
                .Any(clause => part.Blocks.Any(block => block.A <= clause.Start && clause.End <= block.EndA && clause.Start < clause.End));

        bool AsGood(Proposal rival) =>
            index.Id(rival.Text) != index.Id(best.Text) && best.Matched - rival.Matched <= Rivalry.OnlyIn(rival, best);

        bool AsGoodBySamples(int rival) =>
            candidates.Measure(rival, best.Start, best.End).OfSpan >= candidates.Measure(best.Text, best.Start, best.End).OfSpan;
    }

    private static List<(int Text, double Score)> Nearest(
        List<Proposal> all,
        List<Proposal> accepted,
        FingerprintIndex index,
        AnalyzedText file,
        Candidates candidates
    )
    {
        var found = accepted.Select(proposal => index.Id(proposal.Text)).ToHashSet(StringComparer.Ordinal);
        var words = file.Words.Count;
        var byWords = all.Where(proposal => proposal.Blocks.Count > 0)
            .Select(proposal => (proposal.Text, Score: 2 * proposal.Matched / (proposal.LicenseWords + words)));
        var bySamples = candidates.Sampled.Select(text => (Text: text, Score: candidates.Agreement(text, 0, words)));
        return
        [
            .. byWords
                .Concat(bySamples)
                .Where(near => !found.Contains(index.Id(near.Text)))
                .OrderByDescending(near => near.Score)
                .ThenBy(near => near.Text)
                .DistinctBy(near => index.Id(near.Text), StringComparer.Ordinal),
        ];
    }

    /// <summary>Which words of the file are spoken for.</summary>
    private sealed class Claims(int words)
    {
        private readonly List<Proposal> _withheld = [];

        public List<Proposal> Accepted { get; } = [];

        /// <summary>The number of words that no accepted text takes.</summary>
        public int Free => words - Accepted.Sum(proposal => proposal.Length);

        /// <summary>True when nearly all of the proposal's words are still to be had.</summary>
        public bool IsFree(Proposal proposal) =>
            8 * Accepted.Concat(_withheld).Sum(claim => claim.Overlap(proposal.Start, proposal.End)) <= proposal.Length;

        public void Accept(Proposal proposal) => Accepted.Add(proposal);

        public void Withhold(Proposal proposal) => _withheld.Add(proposal);
    }
}
