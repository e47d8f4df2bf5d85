using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>A license that binds a work of a hub.</summary>
/// <param name="License">Its canonical id, or the name as written; of a work without a license its own name.</param>
/// <param name="Origin">The number of the work whose license it is.</param>
/// <param name="Certainty">Arguable where only the strict reading, or a tag that may mean another, binds.</param>
public readonly record struct HubBinding(string License, int Origin, Certainty Certainty);

/// <summary>Something wrong with a work of a hub.</summary>
/// <param name="Code">A finding code.</param>
/// <param name="License">The license involved; null without one.</param>
/// <param name="Origin">The number of the work it comes from; null without one.</param>
/// <param name="Certainty">Arguable where only the strict reading finds it.</param>
public readonly record struct HubFinding(string Code, string? License, int? Origin, Certainty Certainty);

/// <summary>The decision on a work of a hub.</summary>
public sealed record HubDecision(Verdict Verdict, ImmutableArray<HubBinding> Bindings, ImmutableArray<HubFinding> Findings);

/// <summary>The decisions on all works of a hub, in the order in which they are asked about.</summary>
public sealed class HubDecisions
{
    private readonly HubGraph graph;
    private readonly HubPass pass;
    private readonly HubDecider decider;
    private readonly Dictionary<int, HubDecision> referred = [];
    private readonly Numbered<HubDecision> circles = new();

    internal HubDecisions(HubGraph graph, HubPass pass, HubDecider decider)
    {
        this.graph = graph;
        this.pass = pass;
        this.decider = decider;
    }

    /// <summary>How many works are asked about.</summary>
    public int Count => graph.Works.Count;

    /// <summary>How many are in a circle of origins, or after one.</summary>
    public int Cyclic => referred.Count;

    /// <summary>The verdict on the work at a place.</summary>
    public Verdict VerdictAt(int place) =>
        referred.TryGetValue(graph.Works[place], out var decision) ? decision.Verdict : pass[graph.Works[place]]!.Verdict;

    /// <summary>The number of the kind of the work at a place: works of one kind come out alike, but for where things come from; 0 for one of its own kind.</summary>
    public int KindAt(int place) => referred.ContainsKey(graph.Works[place]) ? 0 : pass.KindOf(graph.Works[place]);

    /// <summary>What is wrong with the work at a place: codes, and how sure.</summary>
    public IEnumerable<(string Code, string? License, Certainty Certainty)> KindsAt(int place) =>
        referred.TryGetValue(graph.Works[place], out var decision)
            ? decision.Findings.Select(f => (f.Code, f.License, f.Certainty))
            : pass[graph.Works[place]]!.Faults.Select(f => (f.Code, f.License, f.Certainty));

    /// <summary>The decision on the work at a place.</summary>
    public HubDecision this[int place] =>
        referred.TryGetValue(graph.Works[place], out var decision) ? decision : pass.DecisionOn(graph.Works[place]);

    /// <summary>The decisions as tables.</summary>
    internal HubTables Tables() => new(graph, pass, decider.Answers, this, referred.ContainsKey);

    /// <summary>
    /// Decides again on nodes that changed or are new, and on all that was made from them; nothing else can come out otherwise.
    /// </summary>
    /// <param name="changed">The numbers of the nodes.</param>
    /// <returns>The numbers of all nodes that were decided on again.</returns>
    public IReadOnlyCollection<int> Update(IEnumerable<int> changed)
    {
        pass.Grow();
        var affected = graph.From(changed);
        var waiting = new Dictionary<int, int>(affected.Count);
        var ready = new Queue<int>();
        var made = new Dictionary<int, List<int>>();
        foreach (var number in affected)
        {
            pass.Forget(number);
            referred.Remove(number);
        }
        foreach (var number in affected)
        {
            var count = 0;
            foreach (var step in graph.Nodes[number].Steps)
            {
                if (affected.Contains(step.From))
                {
                    (made.TryGetValue(step.From, out var list) ? list : made[step.From] = []).Add(number);
                    count++;
                }
                else if (pass[step.From] is null)
                {
                    count++; // in a circle or after one, and stays so
                }
            }
            waiting[number] = count;
            if (count == 0)
            {
                ready.Enqueue(number);
            }
        }
        while (ready.TryDequeue(out var number))
        {
            pass.Decide(number);
            foreach (var next in made.GetValueOrDefault(number) ?? [])
            {
                if (--waiting[next] == 0)
                {
                    ready.Enqueue(next);
                }
            }
        }
        foreach (var number in affected)
        {
            if (graph.Nodes[number].Origin == WorkOrigin.Record)
            {
                Refer(number);
            }
        }
        return affected;
    }

    /// <summary>Decides on a work in a circle, or after one, by its own lineage.</summary>
    internal void Refer(int number)
    {
        if (pass[number] is not null && !graph.IsFromItself(number))
        {
            return;
        }
        // Works whose lineages are alike, circle for circle, come out alike: one of each kind is worked out.
        var ordinals = new Dictionary<int, int>();
        var members = new List<int>();
        Visit(number, ordinals, members);
        var owners = new Dictionary<int, int> { [0] = 0 };
        var key = new List<int>();
        foreach (var member in members)
        {
            var node = graph.Nodes[member];
            owners.TryAdd(node.Owner, owners.Count);
            key.AddRange([
                node.Declared.Index,
                decider.Answers.NumberOf(node.Facts),
                node.IsMissing ? 1 : 0,
                owners[node.Owner],
                node.Steps.Length,
            ]);
            foreach (var step in node.Steps)
            {
                key.AddRange([(int)step.Act, ordinals[step.From]]);
            }
        }
        var kind = key.ToArray();
        if (!circles.TryGetValue(kind, out var template))
        {
            circles[kind] = template = Asked(number, members);
        }
        referred[number] = new HubDecision(
            template.Verdict,
            [
                .. template.Bindings.Select(b =>
                    b with
                    {
                        License = b.License.Length == 0 ? graph.Nodes[members[b.Origin]].Id : b.License,
                        Origin = members[b.Origin],
                    }
                ),
            ],
            [.. template.Findings.Select(f => f with { Origin = f.Origin is { } origin ? members[origin] : null })]
        );
    }

    // The lineage in the order of its steps. The other face of the work itself is the work.
    private void Visit(int root, Dictionary<int, int> ordinals, List<int> members)
    {
        var pending = new Stack<int>([root]);
        while (pending.TryPop(out var next))
        {
            if (!ordinals.TryAdd(next, next == root || graph.IsFace(next, root) ? 0 : members.Count))
            {
                continue;
            }
            if (next != root && ordinals[next] == 0)
            {
                continue;
            }
            members.Add(next);
            var steps = graph.Nodes[next].Steps;
            for (var i = steps.Length - 1; i >= 0; i--)
            {
                pending.Push(steps[i].From);
            }
        }
    }

    // Origins are places among the members; a license that is called like its work has no name.
    private HubDecision Asked(int number, List<int> members)
    {
        var (decision, works) = decider.OfLineage(graph, number);
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < members.Count; i++)
        {
            places.TryAdd(graph.Nodes[members[i]].Id, i);
        }
        return decision with
        {
            Bindings =
            [
                .. decision
                    .Bindings.Select(b => new HubBinding(
                        b.License == works[b.Origin] ? "" : b.License,
                        places[works[b.Origin]],
                        b.Certainty
                    ))
                    .Distinct(),
            ],
            Findings =
            [
                .. decision.Findings.Select(f =>
                    f with
                    {
                        Origin = f.Origin is { } origin && places.TryGetValue(works[origin], out var at) ? at : null,
                    }
                ),
            ],
        };
    }
}
