using System.Collections.Immutable;
using Entail.Core.Catalog;

namespace Entail.Core.Identify;

/// <summary>Identify: license text to the license it is, with the clauses that are there, changed or missing.</summary>
/// <param name="index">The reference texts.</param>
/// <param name="cataloged">Those of them that belong to cataloged licenses.</param>
/// <param name="resolve">From an id or name as written to the canonical id; null when unknown.</param>
public sealed class Identifier(FingerprintIndex index, IReadOnlyList<CatalogText> cataloged, Func<string, string?> resolve)
{
    /// <summary>The characters that are read of a file.</summary>
    public const int MaxCharacters = 2_000_000;

    /// <summary>The score from which a text is close to a license.</summary>
    public const double CloseBar = 0.9;

    private const int MaxClosest = 3;
    private const double NearestBar = 0.05;
    private const int MaxPassages = 200;
    private const int ShortWords = 150;

    /// <summary>Over the reference texts and a catalog.</summary>
    public Identifier(FingerprintIndex index, CompiledCatalog catalog)
        : this(index, CatalogText.All(catalog), name => catalog.Find(name)?.Id) { }

    /// <summary>What license text a file holds. Total: any text has an answer, and the same text always the same.</summary>
    /// <param name="fileName">The file's name, which may tell the part it governs.</param>
    /// <param name="text">Its text; of a longer one the first <see cref="MaxCharacters"/> are read.</param>
    public Identification Identify(string fileName, string text)
    {
        _ = cataloged;
        var truncated = text.Length > MaxCharacters;
        // A carriage return is white space, which would end an enumerator that fills its line.
        var read = (truncated ? text[..MaxCharacters] : text).Replace("\r\n", "\n", StringComparison.Ordinal);
        var file = new AnalyzedText(read);
        var findings = Matcher.Find(index, file);
        var found = Matches(findings.Accepted, index, file, resolve);
        var mentioned = Mentioned(read, file, found, index, resolve);
        var explained = findings.Accepted.Sum(proposal => proposal.Length);
        ImmutableArray<ClosestLicense> closest =
            2 * explained >= file.Words.Count
                ? []
                :
                [
                    .. findings
                        .Nearest.Where(near => near.Score >= NearestBar)
                        .Take(MaxClosest)
                        .Select(near => new ClosestLicense(index.Id(near.Text), Math.Round(near.Score, 4))),
                ];
        return new Identification(fileName, GovernedParts.Of(fileName), truncated, [.. found, .. mentioned], closest, []);
    }

    private static List<LicenseMatch> Matches(
        IReadOnlyList<Proposal> accepted,
        FingerprintIndex index,
        AnalyzedText file,
        Func<string, string?> resolve
    )
    {
        var ids = accepted.Select(proposal => index.Id(proposal.Text)).ToHashSet(StringComparer.Ordinal);
        var between = Comparison.Between(accepted, file.Words.Count, IsTitle);
        return
        [
            .. accepted
                .Select((proposal, i) => (Proposal: proposal, Outside: between[i]))
                .GroupBy(found => found.Proposal.Text)
                .Select(group =>
                    Match([.. group.Select(found => found.Proposal)], [.. group.SelectMany(found => found.Outside)], index, file)
                ),
        ];

        bool IsTitle(WordRange range) =>
            range.End - range.Start < 20
            && Mentions.Title(file.Passage(range.Start, range.End).Text, resolve) is { } id
            && ids.Contains(id);
    }

    private static LicenseMatch Match(List<Proposal> proposals, List<WordRange> outside, FingerprintIndex index, AnalyzedText file)
    {
        var best = proposals.MaxBy(proposal => proposal.Score)!;
        var text = index.Text(best.Text);
        var residue = proposals.SelectMany(Comparison.Inserted).Concat(outside).OrderBy(range => range.Start).ToList();
        var words = proposals.Sum(proposal => proposal.LicenseWords + proposal.Length);
        var matched = proposals.Sum(proposal => proposal.Matched);
        var withResidue = 2 * matched / (words + outside.Sum(range => range.End - range.Start));
        var score = withResidue >= CloseBar ? withResidue : 2 * matched / words;
        var entries = index.Entries(best.Text);
        var clauses =
            entries.Start.Value < entries.End.Value
                ? Comparison.Clauses(index.Clauses(entries.Start.Value), best.Blocks, file)
                : ClauseComparison.None;
        return new LicenseMatch(
            text.Id,
            text.Document,
            Kind(proposals, residue),
            score < 1 ? Math.Min(0.9999, Math.Round(score, 4)) : 1,
            [.. proposals.Select(proposal => file.Span(proposal.Start, proposal.End))],
            clauses,
            [.. residue.Take(MaxPassages).Select(range => file.Passage(range.Start, range.End))],
            Removed: [],
            Also(best.Text, text, index),
            Or: []
        );
    }

    private static MatchKind Kind(List<Proposal> proposals, List<WordRange> residue) =>
        proposals.TrueForAll(proposal => proposal.Verbatim) && residue.Count == 0 ? MatchKind.Exact
        : proposals.TrueForAll(proposal => proposal.Strong) ? MatchKind.Close
        : MatchKind.Partial;

    private static ImmutableArray<string> Also(int number, ReferenceText text, FingerprintIndex index)
    {
        var same = index.Same(index.SequenceHashes[number], text.Words);
        var licenses = same.SelectMany(other =>
        {
            var entries = index.Entries(other);
            return entries.Start.Value == entries.End.Value
                ? [index.Key(other)]
                : Enumerable.Range(entries.Start.Value, entries.End.Value - entries.Start.Value).Select(index.License);
        });
        return [.. licenses.Distinct(StringComparer.Ordinal).Where(id => id != text.Id).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<LicenseMatch> Mentioned(
        string text,
        AnalyzedText file,
        List<LicenseMatch> found,
        FingerprintIndex index,
        Func<string, string?> resolve
    )
    {
        var mentions = Mentions.Tags(text, resolve, index);
        if (found.Count == 0 && file.Words.Count <= ShortWords)
        {
            mentions = mentions.Concat(Mentions.Names(text, resolve));
        }
        return mentions
            .Where(mention => !found.Exists(match => match.License == mention.License))
            .DistinctBy(mention => mention.License, StringComparer.Ordinal)
            .Select(mention => new LicenseMatch(
                mention.License,
                Document: null,
                MatchKind.Mentioned,
                Score: 0,
                Place(mention, file),
                ClauseComparison.None,
                Residue: [],
                Removed: [],
                Also: [],
                Or: [],
                mention.Named
            ));
    }

    private static ImmutableArray<TextSpan> Place(Mention mention, AnalyzedText file)
    {
        var start = 0;
        while (start < file.Words.Count && file.Words[start].Offset < mention.Start)
        {
            start++;
        }
        var end = start;
        while (end < file.Words.Count && file.Words[end].Offset < mention.Start + mention.Named.Length)
        {
            end++;
        }
        return start < end ? [file.Span(start, end)] : [];
    }
}
