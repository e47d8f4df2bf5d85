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
    private readonly HubAnswers answers;
    private readonly Dictionary<int, HubDecision> referred = [];
    private readonly CutLineage lineage;

    internal HubDecisions(HubGraph graph, HubPass pass, HubAnswers answers)
    {
        this.graph = graph;
        this.pass = pass;
        this.answers = answers;
        lineage = new CutLineage(graph, pass);
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

    /// <summary>The decision on the work at a place.</summary>
    public HubDecision this[int place] =>
        referred.TryGetValue(graph.Works[place], out var decision) ? decision : pass.DecisionOn(graph.Works[place]);

    /// <summary>What is wrong with the work at a place.</summary>
    public ImmutableArray<HubFinding> FindingsAt(int place) =>
        referred.TryGetValue(graph.Works[place], out var decision) ? decision.Findings : pass.FindingsOn(graph.Works[place]);

    /// <summary>What binds the works of a kind, and what is wrong with them.</summary>
    internal (HubBound[] Bindings, HubFault[] Faults) OfKind(int kind) =>
        (pass.Kinds.BindingsOf(pass.Kinds[kind]).ToArray(), pass.Kinds.FaultsOf(pass.Kinds[kind]).ToArray());

    /// <summary>The name of the license of a fault; null without one.</summary>
    internal string? NameOf(HubFault fault) => pass.Kinds.NameOf(fault);

    /// <summary>The work that a license of the work at a place comes from, by what is told of its kind.</summary>
    internal int OriginAt(int place, HubOrigin from) => pass.Resolve(graph.Works[place], from);

    /// <summary>How many kinds there are.</summary>
    internal int Kinds => pass.Kinds.Count;

    /// <summary>The decisions as tables.</summary>
    internal HubTables Tables() => new(graph, pass, answers, this, referred.ContainsKey);

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
            foreach (var step in graph[number].Steps)
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
            if (graph[number].Origin == WorkOrigin.Record)
            {
                Refer(number);
            }
        }
        return affected;
    }

    /// <summary>Decides on the works in a circle, or after one, by their own lineages.</summary>
    internal void ReferAll()
    {
        foreach (var work in graph.WorkNumbers)
        {
            if (pass.KindOf(work) == 0)
            {
                Refer(work);
            }
        }
        foreach (var work in graph.Doubled)
        {
            Refer(work);
        }
    }

    private void Refer(int number)
    {
        var isDecided = pass.KindOf(number) > 0;
        if (!isDecided || graph.IsFromItself(number))
        {
            lineage.SetTo(number, isWhole: isDecided);
            referred[number] = pass.DecisionOn(number, lineage.Members, lineage.Kept, isOpen: lineage.Problems.Count > 0) with
            {
                Findings = [.. lineage.Problems.Distinct()],
            };
        }
    }
}
