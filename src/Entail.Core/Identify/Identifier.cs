using System.Collections.Immutable;
using Entail.Core.Catalog;

namespace Entail.Core.Identify;

/// <summary>Identify: license text to the license it is, with the clauses that are there, changed or missing. Safe for concurrent use.</summary>
/// <param name="index">The reference texts.</param>
/// <param name="cataloged">Those of them that belong to cataloged licenses.</param>
/// <param name="resolve">From an id, name or address as written to the canonical id; null when unknown.</param>
public sealed class Identifier(FingerprintIndex index, IReadOnlyList<CatalogText> cataloged, Func<string, string?> resolve)
{
    /// <summary>The characters that are read of a file.</summary>
    public const int MaxCharacters = 2_000_000;

    /// <summary>The score from which a text is close to a license.</summary>
    public const double CloseBar = 0.9;

    private const int MaxClosest = 3;
    private const double NearestBar = 0.05;
    private const int MaxPassages = 200;
    private const int TitleWords = 20;

    private readonly ReferenceLibrary library = new(index, cataloged);

    private LicenseNames Names => field ??= new LicenseNames(library, resolve);

    /// <summary>Over the reference texts and a catalog.</summary>
    public Identifier(FingerprintIndex index, CompiledCatalog catalog)
        : this(index, CatalogText.All(catalog), catalog.IdOf) { }

    /// <summary>The document of a cataloged license that a reference text is, of several the first; null for others.</summary>
    /// <param name="key">The key of a reference text.</param>
    public CatalogText? Cataloged(string key) =>
        index.Number(key) is >= 0 and var text && library.Entries(text) is [var entry, ..] ? entry : null;

    /// <summary>What license text a file holds. Total: any text has an answer, and the same text always the same.</summary>
    /// <param name="fileName">The file's name, which may tell the part it governs.</param>
    /// <param name="text">Its text; of a longer one the first <see cref="MaxCharacters"/> are read.</param>
    public Identification Identify(string fileName, string text)
    {
        var truncated = text.Length > MaxCharacters;
        var read = truncated ? text[..MaxCharacters] : text;
        var file = new AnalyzedText(read, index);
        var findings = Matcher.Find(library, file);
        var found = Matches(findings.Accepted, file);
        var mentioned = Mentions.In(read, file, found, Names);
        var explained = findings.Accepted.Sum(claim => claim.Proposal.Length);
        ImmutableArray<ClosestLicense> closest =
            2 * explained >= file.Words.Count
                ? []
                :
                [
                    .. findings
                        .Nearest.Where(near => near.Score >= NearestBar)
                        .Take(MaxClosest)
                        .Select(near => new ClosestLicense(library.Id(near.Text), Math.Round(near.Score, 4))),
                ];
        return new Identification(
            fileName,
            GovernedParts.Of(fileName),
            truncated,
            [.. found, .. mentioned],
            closest,
            [.. file.Words.Disguised.Take(MaxPassages).Select(word => file.Passage(word, word + 1))],
            found.Exists(match => match.Document is not null) ? null : Families.Read(library, file)
        );
    }

    private List<LicenseMatch> Matches(IReadOnlyList<Accepted> accepted, AnalyzedText file)
    {
        var ids = accepted.Select(claim => library.Id(claim.Proposal.Text)).ToHashSet(StringComparer.Ordinal);
        var between = Comparison.Between(accepted, file.Words.Count, IsTitle);
        return
        [
            .. accepted
                .Select((claim, i) => (Claim: claim, Outside: between[i]))
                .GroupBy(found => found.Claim.Proposal.Text)
                .Select(group => Match([.. group.Select(found => found.Claim)], [.. group.SelectMany(found => found.Outside)], file)),
        ];

        bool IsTitle(WordRange range) =>
            range.End - range.Start < TitleWords
            && Mentions.Title(file.Passage(range.Start, range.End).Text, Names.Name) is { } id
            && ids.Contains(id);
    }

    private LicenseMatch Match(List<Accepted> claims, List<WordRange> outside, AnalyzedText file)
    {
        var proposals = claims.ConvertAll(claim => claim.Proposal);
        var best = proposals.MaxBy(proposal => proposal.Score)!;
        var clauses = library.Clauses(best.Text);
        List<Passage> residue =
        [
            .. proposals
                .SelectMany(Comparison.Inserted)
                .Select(inserted => (inserted.Words, Clause: Comparison.ClauseBefore(clauses, inserted.Before)))
                .Concat(outside.Select(range => (Words: range, Clause: (string?)null)))
                .OrderBy(passage => passage.Words.Start)
                .Take(MaxPassages)
                .Select(passage => file.Passage(passage.Words.Start, passage.Words.End, passage.Clause)),
        ];
        var words = proposals.Sum(proposal => proposal.LicenseWords + proposal.Length);
        var matched = 2.0 * proposals.Sum(proposal => proposal.Matched);
        var withResidue = matched / (words + outside.Sum(range => range.End - range.Start));
        var score = withResidue >= CloseBar ? withResidue : matched / words;
        var id = library.Id(best.Text);
        return new LicenseMatch(
            id,
            library.Entries(best.Text) is [var entry, ..] ? entry.Document : null,
            Kind(proposals, residue.Count == 0 && file.Words.Disguised.Count == 0),
            score < 1 ? Math.Min(0.9999, Math.Round(score, 4)) : 1,
            [.. proposals.Select(proposal => file.Span(proposal.Start, proposal.End))],
            Comparison.Clauses(clauses, best.Blocks, file),
            [.. residue],
            Comparison.Removed(best, clauses, file),
            [.. SameWords(best).Where(other => other != id)],
            [
                .. claims
                    .SelectMany(claim => claim.Rivals)
                    .Select(rival => library.Id(rival.Text))
                    .Where(other => other != id)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    private static MatchKind Kind(List<Proposal> proposals, bool unaltered) =>
        proposals.TrueForAll(proposal => proposal.Verbatim) && unaltered ? MatchKind.Exact
        : proposals.TrueForAll(proposal => proposal.Strong) ? MatchKind.Close
        : MatchKind.Partial;

    // The licenses and reference texts with the very same words.
    private IEnumerable<string> SameWords(Proposal proposal) =>
        library
            .Same(index.SequenceHashes[proposal.Text], proposal.LicenseWords)
            .SelectMany(other =>
                library.Entries(other) is { Count: > 0 } entries ? entries.Select(entry => entry.License) : [index.Key(other)]
            )
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}
