using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
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
    private const int LinesAtOnce = 4096;

    private readonly HubDecider decider = new(catalog, today, (graph, number) => HubLinker.LineageOf(graph, number, catalog));
    private readonly FrozenDictionary<string, Severity> severities = catalog.Taxonomy.Findings.ToFrozenDictionary(
        f => f.Id,
        f => f.Severity,
        StringComparer.Ordinal
    );

    private static readonly string[] Drops = ["restrictions-dropped", "noncommercial-dropped", "share-alike-conflict", "license-conflict"];

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
        var graph = builder.Hub().Graph;
        var decisions = decider.Decide(graph);
        var earlier = Enumerable.Range(0, decisions.Count).Select(decisions.VerdictAt).ToArray();
        var records = 0;
        var nodes = new List<int>();
        foreach (var record in changed)
        {
            records += record.Shape is null ? 0 : 1;
            nodes.AddRange(builder.Put(record));
        }
        var again = decisions.Update(nodes).Count(n => graph.Nodes[n].Origin == WorkOrigin.Record);
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

    /// <summary>The clauses behind a finding about a work, by the reference evaluator.</summary>
    public ImmutableArray<ClauseRef> ClausesOf(HubGraph graph, int number, HubFinding finding) =>
        finding is { License: { } license, Origin: { } origin }
            ? FindingRules.ClausesOf(
                decider.Reference(HubLinker.LineageOf(graph, number, catalog)),
                finding.Code,
                license,
                graph.Nodes[origin].Id
            )
            : [];

    /// <summary>The lines of works.jsonl, some thousand at a time with how many, in order; made by several threads.</summary>
    public IEnumerable<(ArraySegment<byte> Lines, int Count)> Lines(AuditResult result) =>
        Enumerable
            .Range(0, (result.Decisions.Count + LinesAtOnce - 1) / LinesAtOnce)
            .AsParallel()
            .AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(chunk =>
            {
                var first = chunk * LinesAtOnce;
                var end = Math.Min(first + LinesAtOnce, result.Decisions.Count);
                return (WorkLine.Of(Enumerable.Range(first, end - first).Select(place => Work(result, place))), end - first);
            });

    private AuditWorkJson Work(AuditResult result, int place)
    {
        var graph = result.Hub.Graph;
        var node = graph.Nodes[graph.Works[place]];
        var decision = result.Decisions[place];
        return new AuditWorkJson(
            node.Id,
            node.Declared.Kind,
            node.Declared.Values,
            [.. decision.Bindings.Select(b => new AuditBindingJson(b.License, graph.Nodes[b.Origin].Id, Kebab.Of(b.Certainty)))],
            Kebab.Of(decision.Verdict),
            [
                .. decision.Findings.Select(f => new AuditFindingJson(
                    f.Code,
                    Kebab.Of(SeverityOf(f.Code, f.Certainty)),
                    f.License,
                    f.Origin is { } origin ? graph.Nodes[origin].Id : null,
                    Kebab.Of(f.Certainty)
                )),
            ]
        );
    }

    /// <summary>The severity of a finding: one step less where it is arguable.</summary>
    public Severity SeverityOf(string code, Certainty certainty)
    {
        var severity = severities.GetValueOrDefault(code, Severity.Error);
        return certainty == Certainty.Arguable && severity > Severity.Note ? severity - 1 : severity;
    }

    /// <summary>For each place, whether what binds the work was not passed on, for certain.</summary>
    public static bool[] Drifts(HubDecisions decisions)
    {
        var ofKind = new Dictionary<int, bool>();
        var drifts = new bool[decisions.Count];
        for (var i = 0; i < drifts.Length; i++)
        {
            var kind = decisions.KindAt(i);
            if (kind == 0 || !ofKind.TryGetValue(kind, out drifts[i]))
            {
                drifts[i] = decisions.KindsAt(i).Any(f => f.Certainty == Certainty.Yes && Drops.Contains(f.Code));
                ofKind[kind] = drifts[i];
            }
        }
        return drifts;
    }

    /// <summary>The numbers.</summary>
    public AuditSummaryJson Summary(AuditResult result, IReadOnlyList<string> inputs, Phrases say)
    {
        var (graph, decisions) = (result.Hub.Graph, result.Decisions);
        var transitions = new Dictionary<(string, string), long>();
        var relations = new Dictionary<Act, long>();
        var unknown = new Dictionary<string, long>(StringComparer.Ordinal);
        var verdicts = new long[Enum.GetValues<Verdict>().Length];
        var findings = new Dictionary<string, long>(StringComparer.Ordinal);
        var kinds = new Dictionary<int, (int Place, long Count)>();
        var names = new Dictionary<HubLabel, string>(ReferenceEqualityComparer.Instance);
        var drifts = Drifts(decisions);
        long edges = 0;
        for (var i = 0; i < graph.Works.Count; i++)
        {
            var node = graph.Nodes[graph.Works[i]];
            edges += node.Steps.Length;
            foreach (var step in node.Steps)
            {
                if (step.Act != Act.TrainOnData)
                {
                    Count(transitions, (NameOf(graph.Nodes[step.From].Declared), NameOf(node.Declared)));
                    if (drifts[i])
                    {
                        Count(relations, step.Act);
                    }
                }
            }
            if (decisions.KindAt(i) is > 0 and var kind)
            {
                kinds[kind] = kinds.TryGetValue(kind, out var known) ? (known.Place, known.Count + 1) : (i, 1);
            }
            else
            {
                Tell(i, 1);
            }
        }
        foreach (var (place, count) in kinds.Values)
        {
            Tell(place, count);
        }
        return new AuditSummaryJson(
            "entail/audit/v1",
            DocumentWriter.Tool,
            catalog.Digest,
            say.Lang == Lang.Zh ? "zh" : "en",
            today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [.. inputs.Select(i => Path.GetFileName(i))],
            graph.Works.Count,
            edges,
            result.Hub.Duplicates,
            decisions.Cyclic,
            [.. Enum.GetValues<Verdict>().Select(v => new AuditCountJson(Kebab.Of(v), verdicts[(int)v]))],
            Counts(findings),
            Counts(result.Hub.Problems),
            [.. Counts(unknown).Take(100)],
            [
                .. transitions
                    .OrderByDescending(t => t.Value)
                    .ThenBy(t => t.Key.Item1, StringComparer.Ordinal)
                    .ThenBy(t => t.Key.Item2, StringComparer.Ordinal)
                    .Take(200)
                    .Select(t => new AuditTransitionJson(t.Key.Item1, t.Key.Item2, t.Value)),
            ],
            Counts(relations.Select(r => KeyValuePair.Create(r.Key.Name(), r.Value))),
            Depths(graph, drifts)
        );

        void Tell(int place, long count)
        {
            verdicts[(int)decisions.VerdictAt(place)] += count;
            foreach (var code in decisions.KindsAt(place).Select(k => k.Code).Distinct())
            {
                Count(findings, code, count);
            }
            foreach (var (_, license, _) in decisions.KindsAt(place).Where(k => k is { Code: "license-unknown", License: not null }))
            {
                Count(unknown, license!, count);
            }
        }

        string NameOf(HubLabel label) => names.TryGetValue(label, out var name) ? name : names[label] = Name(label);
    }

    // How far each work is from an original, by the longest way; what is in a circle has no depth.
    private static List<AuditDepthJson> Depths(HubGraph graph, bool[] drifts)
    {
        var depth = new int[graph.Nodes.Length];
        Array.Fill(depth, -1);
        foreach (var number in graph.Sorted())
        {
            depth[number] = 0;
            foreach (var step in graph.Nodes[number].Steps)
            {
                depth[number] = step.Act == Act.TrainOnData ? depth[number] : Math.Max(depth[number], depth[step.From] + 1);
            }
        }
        var works = new SortedDictionary<int, (long All, long Kept)>();
        for (var i = 0; i < drifts.Length; i++)
        {
            var at = depth[graph.Works[i]];
            if (at >= 0)
            {
                var (all, kept) = works.GetValueOrDefault(at);
                works[at] = (all + 1, kept + (drifts[i] ? 0 : 1));
            }
        }
        return [.. works.Select(w => new AuditDepthJson(w.Key, w.Value.All, w.Value.Kept))];
    }

    private string Name(HubLabel label) =>
        label.Licenses.IsEmpty ? "none"
        : label.Licenses[0].Expression is LicenseExpression.Single single ? catalog.Find(single.Id)?.Id ?? single.Id
        : label.Licenses[0].Expression.ToString()!;

    private static void Count<T>(Dictionary<T, long> counts, T key, long by = 1)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + by;

    private static List<AuditCountJson> Counts(IEnumerable<KeyValuePair<string, long>> counts) =>
        [
            .. counts
                .OrderByDescending(c => c.Value)
                .ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => new AuditCountJson(c.Key, c.Value)),
        ];
}
