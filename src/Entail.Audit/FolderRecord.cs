using System.Collections.Immutable;
using Entail.Core;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Identify;
using Entail.Core.Link;
using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>
/// A work that was read from its folder, as a record. A record has names of licenses and not texts: where a text is another license than the declared
/// one, both count; where it may be several, none is picked; where its words were changed, that is told.
/// </summary>
internal static class FolderRecord
{
    private static readonly (string Code, string Problem)[] Told =
    [
        ("license-mismatch", "the files of a work name different licenses; all of them count"),
        ("base-mismatch", "the files of a work name different bases; all of them count"),
        ("lineage-unknown", "the files of a work do not tell what it was made from, or not all of it; what they tell counts"),
    ];

    private const string OtherText = "a work holds the text of another license than it declares; both count";
    private const string Changed = "the text of a license in a work was changed; it counts by its name, `entail check` reads its words";

    /// <summary>The record.</summary>
    public static ParsedRecord Of(ReadWork read, CompiledCatalog catalog)
    {
        var work = read.Lineage.RootWork;
        var texts = read.Texts.Where(t => t is { IsOfWork: true, IsWhole: true, IsAgreement: true }).ToList();
        var known = read
            .Lineage.Works.SelectMany(w => w.Licenses)
            .SelectMany(l => l.Expression.Singles())
            .Select(s => catalog.Find(s.Id)?.Id ?? s.Id)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = texts.FindAll(t => !t.MayBe.Any(known.Contains));
        var evidence = new Evidence(work.Id, null, null, null, null, EvidenceSource.Declared);
        var like = new ConfiguredWork(
            work.Id,
            work.Kind,
            null,
            null,
            [
                .. work.Licenses.Where(l => !l.Candidate).Select(l => (l.Part, l.Claim)),
                .. work
                    .Licenses.Where(l => l.Candidate)
                    .GroupBy(l => (l.Part, l.Claim.Evidence))
                    .Select(g => (g.Key.Part, OneOf(g.Select(l => l.Claim.Value), g.Key.Evidence))),
                .. others.Select(t => (t.Part ?? work.MainPart, OneOf(t.Match.Or.Prepend(t.License), evidence))).Distinct(),
            ],
            [],
            work.Facts,
            evidence
        );
        var inside = read.Lineage.Works.Where(w => w.Origin == WorkOrigin.Record && !w.Id.Contains('/', StringComparison.Ordinal));
        var components = inside.Select(w => w.Id).ToHashSet(StringComparer.Ordinal);
        return new ParsedRecord(
            work.Id,
            new HubShape(like, [.. work.Steps.Select((s, i) => new HubStep(i, s.Act, s.Inferred))]),
            // A component goes by a name of its folder alone, which other works use too.
            [.. work.Steps.Select(s => components.Contains(s.From) ? $"{work.Id}/{s.From}" : s.From)],
            0,
            [
                .. read.Problems.Select(p => RecordParser.Kind(p.Message.En)),
                .. Told.Where(t => read.Lineage.Problems.Any(p => p.Code == t.Code && p.Work == work.Id)).Select(t => t.Problem),
                .. others.Count > 0 ? [OtherText] : ImmutableArray<string>.Empty,
                .. texts.Exists(t => !TextDifference.Of(t).IsEmpty) ? [Changed] : ImmutableArray<string>.Empty,
            ]
        );
    }

    // No license has such a name: what depends on which it is stays unclear.
    private static Claim OneOf(IEnumerable<string> licenses, Evidence evidence) =>
        licenses.ToList() is [var one] ? new Claim(one, evidence) : new Claim($"one of {string.Join(", ", licenses)}", evidence);
}
