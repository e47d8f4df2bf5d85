using System.Collections.Frozen;
using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Decide.Engine;
using Entail.Core.Explain;
using Entail.Core.Link;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Audit;

/// <summary>What an audit of a hub found.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="Decisions">The decision on each work, in the order of the graph's works.</param>
public sealed record AuditResult(Hub Hub, HubDecisions Decisions);

/// <summary>What records that changed made of an audit.</summary>
/// <param name="Records">How many there were.</param>
/// <param name="Decided">How many works were decided again.</param>
/// <param name="Verdicts">The verdicts that changed, and how often; from none of a work that is new.</param>
public sealed record AuditChanges(int Records, int Decided, IReadOnlyList<(Verdict? From, Verdict To, int Count)> Verdicts);

/// <summary>The audit of a whole hub, stage by stage: link what was read, decide, write.</summary>
/// <param name="catalog">The rules.</param>
/// <param name="today">The day of the question.</param>
public sealed class Auditing(CompiledCatalog catalog, DateOnly today)
{
    private readonly HubDecider decider = new(catalog, today);
    private readonly FrozenDictionary<string, Severity> severities = catalog.Taxonomy.Findings.ToFrozenDictionary(
        f => f.Id,
        f => f.Severity,
        StringComparer.Ordinal
    );

    private (AuditResult? Of, WorkTraits[] Are) traits = (null, []);

    /// <summary>Links and decides.</summary>
    public AuditResult Run(IEnumerable<ParsedRecord> records, Action<long>? progress)
    {
        var hub = new HubInput(catalog).Of(records, progress);
        return new AuditResult(hub, decider.Decide(hub.Graph));
    }

    /// <summary>
    /// Links and decides, then takes records that changed, each in the place of the one with its id or behind all others, and decides again on what they
    /// reach: what comes out is what <see cref="Run"/> gives for the records as they are then.
    /// </summary>
    public (AuditResult Result, AuditChanges Changes) Since(
        IEnumerable<ParsedRecord> before,
        IEnumerable<ParsedRecord> changed,
        Action<long>? progress
    )
    {
        var builder = new HubInput(catalog).Builder(before, progress);
        var graph = builder.Graph;
        var decisions = decider.Decide(graph);
        var earlier = Enumerable.Range(0, decisions.Count).Select(decisions.VerdictAt).ToArray();
        var records = 0;
        var nodes = new List<int>();
        foreach (var record in changed)
        {
            records += record.Shape is null ? 0 : 1;
            nodes.AddRange(builder.Put(record));
        }
        var again = decisions.Update(nodes).Count(n => graph[n].Origin == WorkOrigin.Record);
        var verdicts = Enumerable
            .Range(0, decisions.Count)
            .Select(i => (From: i < earlier.Length ? earlier[i] : (Verdict?)null, To: decisions.VerdictAt(i)))
            .Where(v => v.From != v.To)
            .CountBy(v => v)
            .OrderByDescending(v => v.Value)
            .ThenBy(v => v.Key.From)
            .ThenBy(v => v.Key.To);
        return (
            new AuditResult(builder.Hub(), decisions),
            new AuditChanges(records, again, [.. verdicts.Select(v => (v.Key.From, v.Key.To, v.Value))])
        );
    }

    /// <summary>The clauses behind a finding about a work, by the reference evaluator; null where that does not find it.</summary>
    public ImmutableArray<ClauseRef>? ClausesOf(HubGraph graph, int number, HubFinding finding) =>
        finding is { License: { } license, Origin: { } origin }
            ? FindingRules.ClausesOf(
                decider.Reference(HubLinker.LineageOf(graph, number, catalog)),
                finding.Code,
                license,
                graph.NameOf(origin)
            )
            : null;

    /// <summary>
    /// The same, asked of the way from the origin alone, for a lineage may be large. A refusal to merge that stands there, where no other work is merged,
    /// stands in the whole too; what is not found so is asked of the whole.
    /// </summary>
    internal ImmutableArray<ClauseRef> ClausesAlong(HubGraph graph, IReadOnlyList<Leg> way, int number, HubFinding finding) =>
        (Way.Alone(graph, way) is { } alone ? ClausesOf(alone, way.Count, finding with { Origin = 0 }) : null)
        ?? ClausesOf(graph, number, finding)
        ?? [];

    /// <summary>The lines of works.jsonl, some thousand at a time with how many, in order. Those given out last until the next are asked for.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Lines, int Count)> Lines(AuditResult result) => new WorkLines(this, result).All();

    /// <summary>The severity of a finding: one step less where it is arguable.</summary>
    public Severity SeverityOf(string code, Certainty certainty)
    {
        var severity = severities.GetValueOrDefault(code, Severity.Error);
        return certainty == Certainty.Arguable && severity > Severity.Note ? severity - 1 : severity;
    }

    /// <summary>Whether a finding is about terms or lineage: it is an error where it is certain, and not that a license is lacking.</summary>
    public bool IsOfTerms(string code) => code != "license-undeclared" && SeverityOf(code, Certainty.Yes) == Severity.Error;

    /// <summary>What a finding code says, in a few words.</summary>
    public Text TitleOf(string code) => catalog.Taxonomy.Findings.FirstOrDefault(f => f.Id == code)?.Title ?? new Text(code, code);

    /// <summary>A clause in one line of our own; null where the catalog has no such clause.</summary>
    public Text? SummaryOf(ClauseRef clause) =>
        catalog.Find(clause.License)?.Documents.SelectMany(d => d.Clauses).FirstOrDefault(c => c.Id == clause.Clause)?.Summary;

    /// <summary>The numbers.</summary>
    public AuditSummaryJson Summary(AuditResult result, IReadOnlyList<string> inputs, Phrases say) =>
        new AuditNumbers(catalog, today, this, result).Summary(inputs, say);

    /// <summary>For each place what works of its kind have in common; kept, for numbers and page both ask.</summary>
    internal WorkTraits[] Traits(AuditResult result) =>
        ReferenceEquals(traits.Of, result) ? traits.Are : (traits = (result, WorkTraits.Of(result, this, catalog))).Are;
}
