namespace Entail.Core.Identify;

/// <summary>A text that stands in a file.</summary>
/// <param name="Proposal">Which, and where.</param>
/// <param name="Rivals">Other texts that the passage may be just as well.</param>
internal sealed record Accepted(Proposal Proposal, IReadOnlyList<Proposal> Rivals);

/// <summary>What was found in a file, before it is compared clause by clause.</summary>
/// <param name="Accepted">The texts that stand in the file, not overlapping, in its order.</param>
/// <param name="Nearest">The nearest of the others with their scores over the whole file, best first.</param>
internal sealed record Findings(IReadOnlyList<Accepted> Accepted, IReadOnlyList<(int Text, double Score)> Nearest);

/// <summary>Finds the reference texts in a file.</summary>
internal static class Matcher
{
    // Below these a passage is too short, or too small a share of the file, to name a license by.
    private const int FewestPartialWords = 40;
    private const double PartialShare = 0.5;

    // A part that more texts than these have says nothing of which it is from.
    private const int MostRivals = 4;

    // What verbatim texts may leave of a file without another look: a title, a date.
    private const int FewWords = 24;

    /// <summary>
    /// First come texts that stand there whole or nearly, those that explain most words first; then, where such a passage is most of what is
    /// left, a part of one.
    /// </summary>
    public static Findings Find(ReferenceLibrary library, AnalyzedText file)
    {
        if (library.Same(file.Sequence.Whole, file.Words.Count) is [var text, ..])
        {
            return new Findings([new Accepted(Proposals.Whole(text, 0, file.Words.Count), [])], []);
        }
        var verbatim = Proposals.Verbatim(library, file);
        var all = new List<Proposal>(verbatim);
        if (file.Words.Count - Covered(verbatim) > Math.Min(FewWords, file.Words.Count / 20))
        {
            Align(library, file, verbatim, all);
        }
        all.Sort(
            (left, right) =>
                left.Gain != right.Gain ? right.Gain.CompareTo(left.Gain)
                : left.Text != right.Text ? left.Text.CompareTo(right.Text)
                : left.Start.CompareTo(right.Start)
        );
        var claims = new Claims(file.Words.Count);
        AcceptWhole(all, new Neighbors(all), claims, library);
        AcceptPart(all, claims, library);
        var accepted = claims.Accepted.OrderBy(claim => claim.Proposal.Start).ToList();
        return new Findings(accepted, Nearest(all, accepted, library, file.Words.Count));
    }

    // Candidates that share most words come first: what the best of them leaves unexplained bounds what any other could explain more.
    private static void Align(ReferenceLibrary library, AnalyzedText file, List<Proposal> verbatim, List<Proposal> all)
    {
        Proposal? best = verbatim.MaxBy(proposal => proposal.Gain);
        foreach (var candidate in Candidates.Find(library, file))
        {
            if (best is not null && candidate.CannotRival(best, file.Words.Count))
            {
                continue;
            }
            var proposals = Proposals.Aligned(library, file, candidate.Text, verbatim, best);
            all.AddRange(proposals);
            foreach (var proposal in proposals)
            {
                best = best is null || proposal.Gain > best.Gain ? proposal : best;
            }
        }
    }

    // The words that the largest of these take, each counted once.
    private static int Covered(List<Proposal> verbatim)
    {
        var (covered, end) = (0, 0);
        foreach (var proposal in verbatim.OrderBy(one => one.Start).ThenByDescending(one => one.End))
        {
            covered += Math.Max(0, proposal.End - Math.Max(end, proposal.Start));
            end = Math.Max(end, proposal.End);
        }
        return covered;
    }

    private static void AcceptWhole(List<Proposal> all, Neighbors neighbors, Claims claims, ReferenceLibrary library)
    {
        var dismissed = new HashSet<Proposal>(ReferenceEqualityComparer.Instance);
        var beaten = new List<(Proposal Proposal, List<Proposal> Rivals)>();
        foreach (var proposal in all.Where(proposal => proposal.Strong))
        {
            if (!claims.IsFree(proposal))
            {
                continue;
            }
            if (ExplainedBetterByPieces(proposal, neighbors))
            {
                dismissed.Add(proposal);
                continue;
            }
            if (proposal.Verbatim)
            {
                claims.Accept(proposal, []);
                continue;
            }
            var unbeaten = neighbors
                .Of(proposal)
                .Where(rival =>
                    2 * rival.Overlap(proposal.Start, proposal.End) > proposal.Length
                    && claims.IsFree(rival)
                    && !dismissed.Contains(rival)
                    && !Rivalry.Holds(proposal, rival, library)
                )
                .ToList();
            var strong = unbeaten.FindAll(rival => rival.Strong);
            if (unbeaten.Find(rival => !rival.Strong && ExplainsMore(rival, proposal)) is { } whole)
            {
                AcceptOver(proposal, whole);
            }
            else if (strong.Exists(rival => Rivalry.Holds(rival, proposal, library)))
            {
                beaten.Add((proposal, strong));
            }
            else
            {
                claims.Accept(proposal, strong);
            }
        }
        // Where each is beaten by another, none of them is the one; all may be.
        foreach (var (proposal, rivals) in beaten.Where(one => claims.IsFree(one.Proposal)))
        {
            claims.Accept(proposal, rivals);
        }

        // A text of which a passage is missing explains the file better than one that has to be added to.
        void AcceptOver(Proposal proposal, Proposal whole)
        {
            if (whole.Matched >= Identifier.CloseBar * whole.Length && 3 * whole.Matched >= 2 * whole.LicenseWords)
            {
                claims.Accept(whole, [proposal]);
            }
            else
            {
                claims.Withhold(proposal);
            }
        }
    }

    // A text of which too much is missing to be named may yet explain so much more that another's name would be wrong.
    private static bool ExplainsMore(Proposal rival, Proposal proposal) =>
        Rivalry.OnlyIn(rival, proposal) - Rivalry.OnlyIn(proposal, rival) > Math.Max(Rivalry.Sentence, proposal.Length / 50);

    // A license that ends with its use policy looks much like a later one followed by a later policy.
    private static bool ExplainedBetterByPieces(Proposal proposal, Neighbors neighbors)
    {
        if (proposal.Verbatim)
        {
            return false;
        }
        var pieces = new List<Proposal>();
        foreach (
            var piece in neighbors
                .Of(proposal)
                .Where(piece =>
                    piece.Strong
                    && 10 * piece.Length < 9 * proposal.Length
                    && 8 * piece.Overlap(proposal.Start, proposal.End) >= 7 * piece.Length
                )
        )
        {
            if (!pieces.Exists(other => 8 * other.Overlap(piece.Start, piece.End) > piece.Length))
            {
                pieces.Add(piece);
            }
        }
        return pieces.Count > 1 && pieces.Sum(piece => piece.Gain) > proposal.Gain;
    }

    private static void AcceptPart(List<Proposal> all, Claims claims, ReferenceLibrary library)
    {
        var parts = all.Where(part =>
                part.Length >= FewestPartialWords
                && part.Matched >= Identifier.CloseBar * part.Length
                && part.Matched >= PartialShare * claims.Free
                && claims.IsFree(part)
            )
            .OrderByDescending(part => part.Matched)
            .ThenBy(part => part.LicenseWords)
            .ThenBy(part => part.Text)
            .ToList();
        if (parts is not [var best, ..] || !IsSection(best))
        {
            return;
        }
        var rivals = parts.Where(rival => library.Id(rival.Text) != library.Id(best.Text) && AsGood(rival)).ToList();
        if (rivals.Count <= MostRivals)
        {
            claims.Accept(best, rivals);
        }

        // A whole clause, where clauses are known; else a good share of the text.
        bool IsSection(Proposal part) =>
            library.Clauses(part.Text) is { Count: > 0 } clauses
                ? clauses.Any(clause =>
                    part.Blocks.Any(block => block.A <= clause.Start && clause.End <= block.EndA && clause.Start < clause.End)
                )
                : 4 * part.Matched >= part.LicenseWords;

        // Of two that explain the same words, the one that has hardly any other is the likelier source.
        bool AsGood(Proposal rival) =>
            best.Matched - rival.Matched is var more
            && more <= Rivalry.OnlyIn(rival, best)
            && (more > 0 || 3 * best.Matched < 2 * best.LicenseWords || rival.LicenseWords - best.LicenseWords < Rivalry.Sentence);
    }

    private static List<(int Text, double Score)> Nearest(List<Proposal> all, List<Accepted> accepted, ReferenceLibrary library, int words)
    {
        var found = accepted.Select(claim => library.Id(claim.Proposal.Text)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. all.Select(proposal => (proposal.Text, Score: 2.0 * proposal.Matched / (proposal.LicenseWords + words)))
                .Where(near => !found.Contains(library.Id(near.Text)))
                .OrderByDescending(near => near.Score)
                .ThenBy(near => near.Text)
                .DistinctBy(near => library.Id(near.Text), StringComparer.Ordinal),
        ];
    }

    /// <summary>The proposals, the one that explains most first, found by where they stand.</summary>
    private sealed class Neighbors
    {
        private readonly List<Proposal> byStart;
        private readonly Dictionary<Proposal, int> ranks;
        private readonly int longest;

        public Neighbors(List<Proposal> ranked)
        {
            byStart = [.. ranked.OrderBy(proposal => proposal.Start)];
            ranks = new Dictionary<Proposal, int>(ReferenceEqualityComparer.Instance);
            ranked.ForEach(proposal => ranks[proposal] = ranks.Count);
            longest = ranked.Count == 0 ? 0 : ranked.Max(proposal => proposal.Length);
        }

        /// <summary>Those that take some of the words of a proposal, itself among them, in their order.</summary>
        public IEnumerable<Proposal> Of(Proposal proposal)
        {
            var (low, high) = (0, byStart.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = byStart[middle].Start <= proposal.Start - longest ? (middle + 1, high) : (low, middle);
            }
            var found = new List<Proposal>();
            for (; low < byStart.Count && byStart[low].Start < proposal.End; low++)
            {
                if (byStart[low].End > proposal.Start)
                {
                    found.Add(byStart[low]);
                }
            }
            return found.OrderBy(one => ranks[one]);
        }
    }

    /// <summary>Which words of the file are spoken for.</summary>
    private sealed class Claims(int words)
    {
        private readonly bool[] _taken = new bool[words];

        public List<Accepted> Accepted { get; } = [];

        /// <summary>The number of words that no accepted text takes.</summary>
        public int Free => words - Accepted.Sum(claim => claim.Proposal.Length);

        /// <summary>True when nearly all of the proposal's words are still to be had.</summary>
        public bool IsFree(Proposal proposal) => 8 * _taken.AsSpan(proposal.Start..proposal.End).Count(true) <= proposal.Length;

        public void Accept(Proposal proposal, IReadOnlyList<Proposal> rivals)
        {
            Accepted.Add(new Accepted(proposal, rivals));
            Withhold(proposal);
        }

        public void Withhold(Proposal proposal) => _taken.AsSpan(proposal.Start..proposal.End).Fill(true);
    }
}
