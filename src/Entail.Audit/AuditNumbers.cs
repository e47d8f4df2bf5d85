using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Decide.Engine;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Audit;

/// <summary>The numbers of an audit. Works are gone over once; what turns on their kind alone is worked out once for each kind.</summary>
internal sealed class AuditNumbers(CompiledCatalog catalog, DateOnly today, Auditing auditing, AuditResult result)
{
    private const int MostTransitions = 200;
    private const int MostNames = 100;
    private const string Undeclared = "none";
    private static readonly string[] Reasons = ["license-undeclared", "license-unknown", "base-not-found", "lineage-cycle"];

    private readonly HubGraph graph = result.Hub.Graph;
    private readonly HubDecisions decisions = result.Decisions;
    private readonly WorkTraits[] traits = auditing.Traits(result);
    private readonly List<HubLabel?> labels = [];
    private readonly Dictionary<(int From, int To), (long Steps, long Dropped)> transitions = [];
    private readonly (long Steps, long Bound, long Dropped)[] relations = new (long, long, long)[Acts.All.Count];
    private readonly long[] verdicts = new long[Enum.GetValues<Verdict>().Length];
    private readonly Dictionary<string, long> findings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> unclear = new(StringComparer.Ordinal);
    private readonly long[] terms = new long[Enum.GetValues<Severity>().Length];
    private readonly Dictionary<int, long> unknownBases = [];
    private int[]? places;

    /// <summary>All of them.</summary>
    public AuditSummaryJson Summary(IReadOnlyList<string> inputs, Phrases say)
    {
        var kinds = new Dictionary<int, (int Place, long Count)>();
        long edges = 0;
        for (var i = 0; i < graph.Works.Count; i++)
        {
            edges += graph[graph.Works[i]].Steps.Length;
            CountSteps(i);
            if (decisions.KindAt(i) is > 0 and var kind)
            {
                kinds[kind] = kinds.TryGetValue(kind, out var known) ? (known.Place, known.Count + 1) : (i, 1);
            }
            else
            {
                CountWorks(i, 1);
            }
        }
        foreach (var (place, count) in kinds.Values)
        {
            CountWorks(place, count);
        }
        var (told, undeclared) = Transitions();
        var acts = Acts.All.Where(a => relations[(int)a].Steps > 0).ToList();
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
            [.. Counts(unknown).Take(MostNames)],
            told,
            Counts(acts.Select(a => KeyValuePair.Create(a.Name(), relations[(int)a].Dropped)).Where(r => r.Value > 0)),
            Depths(),
            result.Hub.Problems.GetValueOrDefault(Edges.NoRecord),
            Counts(unclear),
            [.. new[] { Severity.Error, Severity.Warning }.Select(s => new AuditCountJson(Kebab.Of(s), terms[(int)s]))],
            [.. Counts(unknownBases.Select(b => KeyValuePair.Create(graph[b.Key].Id, b.Value))).Take(MostNames)],
            undeclared,
            [
                .. acts.Select(a => (Act: a, Of: relations[(int)a]))
                    .OrderByDescending(r => r.Of.Steps)
                    .ThenBy(r => r.Act)
                    .Select(r => new AuditRelationJson(r.Act.Name(), r.Of.Steps, r.Of.Bound, r.Of.Dropped)),
            ]
        );
    }

    private void CountSteps(int place)
    {
        var node = graph[graph.Works[place]];
        var lost = traits[place].Drops ? LostBy(place) : [];
        foreach (var step in node.Steps)
        {
            if (step.Act == Act.TrainOnData)
            {
                continue;
            }
            var source = graph[step.From];
            var dropped = lost.Remove(step.From) ? 1 : 0;
            var pair = (Number(source.Declared), Number(node.Declared));
            var (steps, before) = transitions.GetValueOrDefault(pair);
            transitions[pair] = (steps + 1, before + dropped);
            ref var relation = ref relations[(int)step.Act];
            relation = (relation.Steps + 1, relation.Bound + (traits[place].IsBound ? 1 : 0), relation.Dropped + dropped);
            if (source.IsMissing)
            {
                Count(unknownBases, step.From);
            }
        }
    }

    // The sources from which a work did not take the terms over: the last step of the way, unless the source had lost them before.
    private HashSet<int> LostBy(int place)
    {
        var lost = new HashSet<int>();
        var ways = new Ways(graph, graph.Works[place]);
        foreach (var finding in decisions.FindingsAt(place).Where(WorkTraits.IsDrop))
        {
            if (ways.From(finding.Origin!.Value) is [.., var last] && !HadLost(last.From, finding))
            {
                lost.Add(last.From);
            }
        }
        return lost;
    }

    private bool HadLost(int number, HubFinding finding)
    {
        places ??= Places();
        return places[number] is >= 0 and var place && traits[place].Drops && decisions.FindingsAt(place).Contains(finding);
    }

    private int[] Places()
    {
        var found = new int[graph.Count];
        Array.Fill(found, -1);
        for (var i = 0; i < graph.Works.Count; i++)
        {
            found[graph.Works[i]] = i;
        }
        return found;
    }

    private void CountWorks(int place, long count)
    {
        var verdict = decisions.VerdictAt(place);
        verdicts[(int)verdict] += count;
        terms[(int)traits[place].Worst] += count;
        var told = decisions.FindingsAt(place);
        foreach (var code in told.Select(k => k.Code).Distinct())
        {
            Count(findings, code, count);
        }
        foreach (var finding in told.Where(k => k is { Code: "license-unknown", License: not null }))
        {
            Count(unknown, finding.License!, count);
        }
        if (verdict == Verdict.Unclear)
        {
            foreach (var reason in WhyUnclear(place, [.. told.Select(k => k.Code)]))
            {
                Count(unclear, reason, count);
            }
        }
    }

    private IEnumerable<string> WhyUnclear(int place, HashSet<string> codes)
    {
        var reasons = Reasons.Where(codes.Contains).ToList();
        var number = graph.Works[place];
        return reasons.Count > 0 ? reasons
            : decisions[place].Bindings.Any(b => b.Origin != number && catalog.Find(b.License) is null) ? ["source-unknown"]
            : codes.Any(auditing.IsOfTerms) ? ["arguable"]
            : graph[number].Declared.Values.Any(v => catalog.Candidates(v, today).Length > 1) ? ["license-ambiguous"]
            : ["other"];
    }

    // The most frequent ones, those with an undeclared side apart, so that these do not crowd out the others.
    private (List<AuditTransitionJson> Told, long Undeclared) Transitions()
    {
        var names = labels.Select(l => l is null ? "" : Name(l)).ToList();
        var all = transitions
            .GroupBy(t => (From: names[t.Key.From], To: names[t.Key.To]), t => t.Value)
            .Select(g => (g.Key.From, g.Key.To, Steps: g.Sum(t => t.Steps), Dropped: g.Sum(t => t.Dropped)))
            .OrderByDescending(t => t.Steps)
            .ThenBy(t => t.From, StringComparer.Ordinal)
            .ThenBy(t => t.To, StringComparer.Ordinal)
            .ToLookup(t => t.From == Undeclared || t.To == Undeclared);
        return (
            [
                .. all[false]
                    .Take(MostTransitions)
                    .Concat(all[true].Take(MostTransitions))
                    .OrderByDescending(t => t.Steps)
                    .ThenBy(t => t.From, StringComparer.Ordinal)
                    .ThenBy(t => t.To, StringComparer.Ordinal)
                    .Select(t => new AuditTransitionJson(t.From, t.To, t.Steps, t.Dropped, Change(t.From, t.To))),
            ],
            all[true].Sum(t => t.Steps)
        );
    }

    private string Change(string from, string to)
    {
        var (one, other) = (Meant(from), Meant(to));
        return one.Count == 0 || other.Count == 0 ? "unknown"
            : from == to ? "same"
            : one.Overlaps(other) ? "renamed"
            : "changed";
    }

    // What a name may stand for; an expression stands for itself.
    private HashSet<string> Meant(string name) =>
        catalog.Resolve(name) switch
        {
            Resolution.Known known => [known.License.Id],
            Resolution.Ambiguous tag => [.. tag.Candidates.Select(c => c.Id)],
            _ => name.Contains(' ', StringComparison.Ordinal) ? [name] : [],
        };

    // By the longest way; what is in a circle has no depth.
    private List<AuditDepthJson> Depths()
    {
        var depth = new int[graph.Count];
        var isKnown = new bool[depth.Length];
        Array.Fill(depth, -1);
        foreach (var number in graph.Sorted())
        {
            var node = graph[number];
            depth[number] = 0;
            isKnown[number] = !node.IsMissing;
            foreach (var step in node.Steps)
            {
                if (step.Act != Act.TrainOnData)
                {
                    depth[number] = Math.Max(depth[number], depth[step.From] + 1);
                    isKnown[number] &= isKnown[step.From];
                }
            }
        }
        var counts = new List<(long Works, long Kept, long Known, long Bound, long BoundKept)>();
        for (var i = 0; i < traits.Length; i++)
        {
            var number = graph.Works[i];
            if (depth[number] < 0)
            {
                continue;
            }
            while (counts.Count <= depth[number])
            {
                counts.Add(default);
            }
            var (drops, isBound, _) = traits[i];
            var at = counts[depth[number]];
            counts[depth[number]] = (
                at.Works + 1,
                at.Kept + (drops ? 0 : 1),
                at.Known + (isKnown[number] && !graph[number].Declared.Licenses.IsEmpty ? 1 : 0),
                at.Bound + (isBound ? 1 : 0),
                at.BoundKept + (isBound && !drops ? 1 : 0)
            );
        }
        return [.. counts.Select((c, i) => new AuditDepthJson(i, c.Works, c.Kept, c.Known, c.Bound, c.BoundKept)).Where(d => d.Works > 0)];
    }

    private int Number(HubLabel label)
    {
        while (labels.Count <= label.Index)
        {
            labels.Add(null);
        }
        labels[label.Index] ??= label;
        return label.Index;
    }

    private string Name(HubLabel label) =>
        label.Licenses.IsEmpty ? Undeclared
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
