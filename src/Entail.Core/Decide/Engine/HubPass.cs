using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>The pass over a graph: for every node the number of its kind.</summary>
/// <param name="graph">The graph.</param>
/// <param name="kinds">The kinds of its works.</param>
/// <param name="answers">What licenses answer.</param>
internal sealed class HubPass(HubGraph graph, HubKinds kinds, HubAnswers answers)
{
    /// <summary>What stands behind the steps in the key of a kind.</summary>
    public const int EndOfSteps = -1;

    private readonly List<int> key = [];
    private readonly List<int> places = [];
    private readonly List<HubMade> steps = [];
    private readonly List<int> released = [];
    private readonly Firsts firsts = new();

    // 0 where it is not known yet.
    private int[] kindOf = new int[graph.Count];
    private int[] shapeOf = new int[graph.Count];

    // The steps of nodes that lost some, while the lineage is asked about that cuts them.
    private IReadOnlyDictionary<int, HubStep[]> kept = new Dictionary<int, HubStep[]>();

    /// <summary>The kinds of the works.</summary>
    public HubKinds Kinds => kinds;

    /// <summary>How a node comes out; null of one that was not decided.</summary>
    public HubOutcome? this[int number] => kindOf[number] is > 0 and var kind ? kinds[kind] : null;

    /// <summary>The number of the kind of a node; 0 of one that was not decided.</summary>
    public int KindOf(int number) => kindOf[number];

    /// <summary>Makes room for nodes that were added to the graph.</summary>
    public void Grow()
    {
        Array.Resize(ref kindOf, graph.Count);
        Array.Resize(ref shapeOf, graph.Count);
    }

    /// <summary>Forgets what was decided on a node.</summary>
    public void Forget(int number) => (kindOf[number], shapeOf[number]) = (0, 0);

    /// <summary>Decides on a node whose sources are decided.</summary>
    public void Decide(int number)
    {
        ref readonly var node = ref graph.Entries[number];
        // Where it declares nothing, its name decides as well, if that could be the name of a license.
        var isPlain = node.Facts == HubEntry.NoFacts && (node.Owner != 0 || !kinds.Declared(node.Label).Names.IsEmpty);
        kindOf[number] =
            isPlain && node.StepCount == 0 ? kinds.Original(node.Label, node.IsMissing)
            : isPlain && node.StepCount == 1 && !node.IsMissing ? kinds.Derived(node.Label, Made(graph.StepsOf(node)[0]))
            : AnyKind(number, isOpen: false);
    }

    private int AnyKind(int number, bool isOpen)
    {
        SetKey(number);
        return kinds.Any(
            TraitsOf(number),
            CollectionsMarshal.AsSpan(key),
            CollectionsMarshal.AsSpan(steps),
            CollectionsMarshal.AsSpan(places),
            isOpen
        );
    }

    private ReadOnlySpan<HubStep> StepsOf(int number) =>
        kept.Count > 0 && kept.TryGetValue(number, out var left) ? left : graph[number].Steps;

    private HubMade Made(HubStep step) => new(step.Act, ShapeOf(step.From));

    // All that decides on what comes to a work by its steps, as numbers.
    private void SetKey(int number)
    {
        steps.Clear();
        foreach (var step in StepsOf(number))
        {
            steps.Add(Made(step));
        }
        SetPlaces(number);
        key.Clear();
        key.Add(answers.NumberOf(graph[number].Facts));
        foreach (var step in steps)
        {
            key.Add((int)step.Act);
            key.Add(step.Shape);
        }
        // Whether a work reaches it by several steps decides too; those that reach one source are told apart by its shape.
        key.Add(EndOfSteps);
        var end = steps.Count == 0 ? 0 : 1 + kinds.CountOf(steps[0].Shape);
        var (first, of) = (end, 1);
        for (var place = end; place < places.Count; place++)
        {
            if (place == end)
            {
                first = end;
                end += 1 + kinds.CountOf(steps[of++].Shape);
            }
            if (places[place] < first)
            {
                key.Add(place);
                key.Add(places[place]);
            }
        }
    }

    /// <summary>What a node is.</summary>
    public HubTraits TraitsOf(int number)
    {
        ref readonly var node = ref graph.Entries[number];
        return kinds.TraitsOf(node.Label, graph.FactsOf(node), UndeclaredName(number, node), node.IsMissing);
    }

    // The name of a license has no owner before it.
    private int UndeclaredName(int number, in HubEntry node) =>
        node.Owner == 0 && kinds.Declared(node.Label).Names.IsEmpty ? answers.UndeclaredName(graph.NameOf(number)) : HubAnswers.UnknownName;

    // For each source, and then each of what reached it, where that work was first met among all of these.
    private void SetPlaces(int number)
    {
        places.Clear();
        firsts.Clear();
        foreach (var step in StepsOf(number))
        {
            places.Add(firsts.Of(step.From, places.Count));
            var reached = kinds.ReachedOf(this[step.From]!);
            for (var i = 0; i < reached.Length; i++)
            {
                places.Add(firsts.Of(Resolve(step.From, reached[i].From), places.Count));
            }
        }
    }

    // What a work is to those made from it: what its publisher gives anew depends on who published what reached it.
    private int ShapeOf(int number)
    {
        if (shapeOf[number] is > 0 and var known)
        {
            return known;
        }
        var outcome = this[number]!;
        var owner = graph.Entries[number].Owner;
        released.Clear();
        if (owner != 0)
        {
            foreach (var place in kinds.MayRelease(outcome))
            {
                var origin = Resolve(number, kinds.ReachedOf(outcome)[place].From);
                if (origin != number && graph.Entries[origin].Owner == owner)
                {
                    released.Add(place);
                }
            }
        }
        return shapeOf[number] = kinds.ShapeOf(outcome, CollectionsMarshal.AsSpan(released));
    }

    /// <summary>The work that a license which reached another comes from.</summary>
    public int Resolve(int number, HubOrigin from)
    {
        while (from.Step >= 0)
        {
            number = StepsOf(number)[from.Step].From;
            if (from.Inner < 0)
            {
                break;
            }
            from = kinds.ReachedOf(this[number]!)[from.Inner].From;
        }
        return number;
    }

    /// <summary>The decision on a node that was decided.</summary>
    public HubDecision DecisionOn(int number)
    {
        var outcome = this[number]!;
        var bindings = ImmutableArray.CreateBuilder<HubBinding>();
        foreach (var bound in kinds.BindingsOf(outcome))
        {
            var origin = Resolve(number, bound.From);
            bindings.Add(new HubBinding(bound.License ?? graph.NameOf(origin), origin, bound.Certainty));
        }
        return new HubDecision(outcome.Verdict, bindings.DrainToImmutable(), FindingsOn(number));
    }

    /// <summary>What is wrong with a node that was decided.</summary>
    public ImmutableArray<HubFinding> FindingsOn(int number)
    {
        var faults = kinds.FaultsOf(this[number]!);
        var findings = ImmutableArray.CreateBuilder<HubFinding>(faults.Length);
        foreach (var fault in faults)
        {
            int? origin = fault.From == HubOrigin.Nowhere ? null : Resolve(number, fault.From);
            findings.Add(new HubFinding(fault.Code, kinds.NameOf(fault), origin, fault.Certainty));
        }
        return findings.DrainToImmutable();
    }

    /// <summary>The decision on a node in a lineage of its own.</summary>
    /// <param name="number">The node.</param>
    /// <param name="members">The nodes that may come out otherwise in it, sources first, the node last.</param>
    /// <param name="left">The steps of those that have fewer in it.</param>
    /// <param name="isOpen">It is not known as a whole.</param>
    public HubDecision DecisionOn(int number, IReadOnlyList<int> members, IReadOnlyDictionary<int, HubStep[]> left, bool isOpen)
    {
        var before = (Kept: kept, Decided: members.Select(m => (kindOf[m], shapeOf[m])).ToList());
        kept = left;
        foreach (var member in members)
        {
            shapeOf[member] = 0;
            kindOf[member] = AnyKind(member, isOpen && member == number);
        }
        var decision = DecisionOn(number);
        kept = before.Kept;
        for (var i = 0; i < members.Count; i++)
        {
            (kindOf[members[i]], shapeOf[members[i]]) = before.Decided[i];
        }
        return decision;
    }
}
