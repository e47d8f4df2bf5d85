using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Catalog;
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

/// <summary>The audit of a whole hub, stage by stage: link what was read, decide, write.</summary>
/// <param name="catalog">The rules.</param>
/// <param name="today">The day of the question.</param>
public sealed class Auditing(CompiledCatalog catalog, DateOnly today)
{
    private static readonly string[] Drops = ["restrictions-dropped", "noncommercial-dropped", "share-alike-conflict", "license-conflict"];

    /// <summary>Links and decides.</summary>
    public AuditResult Run(IEnumerable<ParsedRecord> records, Action<long>? progress)
    {
        var hub = new HubInput(catalog).Of(records, progress);
        return new AuditResult(
            hub,
            new HubDecider(catalog, today, (graph, number) => HubLinker.LineageOf(graph, number, catalog)).Decide(hub.Graph)
        );
    }

    /// <summary>A line of works.jsonl, without its end.</summary>
    public string Line(AuditResult result, int place) => WorkLine.Of(Work(result, place));

    private AuditWorkJson Work(AuditResult result, int place)
    {
        var graph = result.Hub.Graph;
        var node = graph.Nodes[graph.Works[place]];
        var decision = result.Decisions[place];
        return new AuditWorkJson(
            node.Id,
            node.Declared.Kind,
            [.. node.Declared.Licenses.Select(l => l.Claim.Value).Distinct()],
            [.. decision.Bindings.Select(b => new AuditBindingJson(b.License!, graph.Nodes[b.Origin].Id, Kebab.Of(b.Certainty)))],
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
        var severity = catalog.Taxonomy.Findings.FirstOrDefault(f => f.Id == code)?.Severity ?? Severity.Error;
        return certainty == Certainty.Arguable && severity > Severity.Note ? severity - 1 : severity;
    }

    /// <summary>True where what binds the work was not passed on for certain.</summary>
    public static bool Drifts(HubDecisions decisions, int place) =>
        decisions.KindsAt(place).Any(f => f.Certainty == Certainty.Yes && Drops.Contains(f.Code));

    /// <summary>The numbers.</summary>
    public AuditSummaryJson Summary(AuditResult result, IReadOnlyList<string> inputs, Phrases say)
    {
        var graph = result.Hub.Graph;
        var transitions = new Dictionary<(string, string), long>();
        var relations = new Dictionary<string, long>(StringComparer.Ordinal);
        var unknown = new Dictionary<string, long>(StringComparer.Ordinal);
        long edges = 0;
        var places = Enumerable.Range(0, graph.Works.Count);
        for (var i = 0; i < graph.Works.Count; i++)
        {
            var node = graph.Nodes[graph.Works[i]];
            edges += node.Steps.Length;
            var to = Name(node);
            foreach (var step in node.Steps.Where(s => s.Act != Act.TrainOnData))
            {
                Count(transitions, (Name(graph.Nodes[step.From]), to));
                if (Drifts(result.Decisions, i))
                {
                    Count(relations, step.Act.Name());
                }
            }
            foreach (var finding in result.Decisions.KindsAt(i).Where(f => f is { Code: "license-unknown", License: not null }))
            {
                Count(unknown, finding.License!);
            }
        }
        return new AuditSummaryJson(
            "entail/audit/v1",
            DocumentWriter.Tool,
            catalog.Digest,
            say.Lang == Lang.Zh ? "zh" : "en",
            today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            inputs,
            graph.Works.Count,
            edges,
            result.Hub.Duplicates,
            result.Decisions.Cyclic,
            [
                .. Enum.GetValues<Verdict>()
                    .Select(v => new AuditCountJson(Kebab.Of(v), places.LongCount(i => result.Decisions.VerdictAt(i) == v))),
            ],
            Counts(
                places
                    .SelectMany(i => result.Decisions.KindsAt(i).Select(f => f.Code).Distinct())
                    .CountBy(c => c)
                    .ToDictionary(c => c.Key, c => (long)c.Value, StringComparer.Ordinal)
            ),
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
            Counts(relations),
            Depths(result)
        );
    }

    // How far each work is from an original, by the longest way; what is in a cycle has no depth.
    private static List<AuditDepthJson> Depths(AuditResult result)
    {
        var graph = result.Hub.Graph;
        var depth = new int[graph.Nodes.Length];
        Array.Fill(depth, -1);
        foreach (var number in graph.Sorted())
        {
            var steps = graph.Nodes[number].Steps.Where(s => s.Act != Act.TrainOnData).ToList();
            depth[number] = steps.Count == 0 ? 0 : steps.Max(s => depth[s.From]) + 1;
        }
        return
        [
            .. Enumerable
                .Range(0, graph.Works.Count)
                .Where(i => depth[graph.Works[i]] >= 0)
                .GroupBy(i => depth[graph.Works[i]])
                .OrderBy(g => g.Key)
                .Select(g => new AuditDepthJson(g.Key, g.LongCount(), g.LongCount(i => !Drifts(result.Decisions, i)))),
        ];
    }

    private string Name(HubNode node) =>
        node.Declared.Licenses.IsEmpty ? "none"
        : node.Declared.Licenses[0].Expression is LicenseExpression.Single single ? catalog.Find(single.Id)?.Id ?? single.Id
        : node.Declared.Licenses[0].Expression.ToString()!;

    private static void Count<T>(Dictionary<T, long> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static List<AuditCountJson> Counts(IEnumerable<KeyValuePair<string, long>> counts) =>
        [
            .. counts
                .OrderByDescending(c => c.Value)
                .ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => new AuditCountJson(c.Key, c.Value)),
        ];
}
