using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>Where a license of a work comes from, whichever work it is: along which of its steps, and which of those that reached the source.</summary>
/// <param name="Step">The place of the step; -1 for the work itself.</param>
/// <param name="Inner">The place among the licenses that reached the source; -1 for the source's own.</param>
internal readonly record struct HubOrigin(int Step, int Inner)
{
    /// <summary>The work itself.</summary>
    public static readonly HubOrigin Self = new(-1, -1);
}

/// <summary>A license of an earlier work that reached a work.</summary>
internal readonly record struct HubReached(HubOrigin From, int State, bool Candidate);

/// <summary>A license that binds a work of some kind; as <see cref="HubBinding"/>.</summary>
internal readonly record struct HubBound(string? License, HubOrigin From, Certainty Certainty);

/// <summary>Something wrong with a work of some kind; as <see cref="HubFinding"/>.</summary>
internal readonly record struct HubFault(string Code, string? License, HubOrigin? From, Certainty Certainty);

/// <summary>How works of one kind come out.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Bindings">What binds them.</param>
/// <param name="Faults">What is wrong with them.</param>
/// <param name="Reached">What passed to them.</param>
/// <param name="MayRelease">The places of what passed to them that their publisher may give anew, having the license they declare.</param>
/// <param name="HasGap">An earlier work is not known.</param>
/// <param name="Shape">What they are to those made from them, where nothing is given anew.</param>
internal sealed record HubOutcome(
    Verdict Verdict,
    ImmutableArray<HubBound> Bindings,
    ImmutableArray<HubFault> Faults,
    ImmutableArray<HubReached> Reached,
    ImmutableArray<int> MayRelease,
    bool HasGap,
    int Shape
);

/// <summary>The pass over a graph: for every node the number of its outcome, and of what it is to those made from it.</summary>
internal sealed class HubPass(HubGraph graph, HubAnswers answers)
{
    private const int MostLabels = 1 << 26;

    private readonly List<HubOutcome> outcomes = [];
    private readonly List<HubDeclaration?> declarations = [];
    private readonly List<int> originals = [];
    private readonly Dictionary<ulong, int> derived = [];
    private readonly Numbered<int> known = new();
    private readonly Numbered<int> shapes = new();
    private readonly List<int> key = [];
    private readonly List<int> shape = [];
    private readonly HashSet<int> merged = [];
    private readonly Dictionary<int, HashSet<int>> mergedBy = [];
    private readonly List<At> sources = [];
    private readonly List<At> reached = [];
    private readonly List<(Verdict Verdict, HubRefusal Refusal)?> makings = [];
    private readonly List<Verdict> verdicts = [];
    private readonly List<int> nextOfWork = [];
    private readonly List<(Verdict Mildest, Verdict Agreed, Verdict Worst, int First)> works = [];
    private readonly List<int> clashing = [];
    private readonly List<HubBound> bindings = [];
    private readonly List<HubFault> faults = [];
    private int shapeCount;
    private int[] outcomeOf = new int[graph.Nodes.Length];
    private int[] shapeOf = new int[graph.Nodes.Length];

    // Where a work was first met in the list at hand, which has a number of its own.
    private (int List, int Place)[] met = new (int, int)[graph.Nodes.Length];
    private int lists;

    /// <summary>The outcome of a node; null of one that was not decided.</summary>
    public HubOutcome? this[int number] => outcomeOf[number] is > 0 and var outcome ? outcomes[outcome - 1] : null;

    /// <summary>The number of the outcome of a node; 0 of one that was not decided.</summary>
    public int KindOf(int number) => outcomeOf[number];

    /// <summary>Makes room for nodes that were added to the graph.</summary>
    public void Grow()
    {
        Array.Resize(ref outcomeOf, graph.Nodes.Length);
        Array.Resize(ref shapeOf, graph.Nodes.Length);
        Array.Resize(ref met, graph.Nodes.Length);
    }

    /// <summary>Forgets what was decided on a node.</summary>
    public void Forget(int number) => outcomeOf[number] = 0;

    /// <summary>Decides on a node whose sources are decided.</summary>
    public void Decide(int number, bool isOpen = false)
    {
        ref readonly var node = ref graph.Nodes[number];
        var outcome = isOpen ? Keep(Make(number, isOpen: true)) : OutcomeOf(number, node);
        outcomeOf[number] = outcome;
        shapeOf[number] = ShapeOf(number, node, outcomes[outcome - 1]);
    }

    private int OutcomeOf(int number, in HubNode node)
    {
        var label = node.Declared.Index;
        var plain = !node.IsMissing && ReferenceEquals(node.Facts, Facts.None) && (node.Owner != 0 || !node.Declared.Licenses.IsEmpty);
        if (plain && node.Steps.IsEmpty)
        {
            while (originals.Count <= label)
            {
                originals.Add(0);
            }
            return originals[label] is > 0 and var original ? original : originals[label] = Keep(Make(number, false));
        }
        if (plain && node.Steps.Length == 1 && label < MostLabels)
        {
            var step = node.Steps[0];
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(
                derived,
                ((ulong)label << 38) | ((ulong)(uint)step.Act << 32) | (uint)shapeOf[step.From],
                out _
            );
            return place > 0 ? place : place = Keep(Make(number, false));
        }
        SetKey(node);
        if (!known.TryGetValue(CollectionsMarshal.AsSpan(key), out var found))
        {
            known[CollectionsMarshal.AsSpan(key)] = found = Keep(Make(number, false));
        }
        return found;
    }

    private int Keep(HubOutcome outcome)
    {
        outcomes.Add(outcome);
        return outcomes.Count;
    }

    // All that decides on a work, as numbers.
    private void SetKey(in HubNode node)
    {
        key.Clear();
        key.Add(node.IsMissing ? -1 - node.Declared.Index : node.Declared.Index);
        key.Add(answers.NumberOf(node.Facts));
        key.Add(node.Declared.Licenses.IsEmpty ? answers.UndeclaredName(node.Id) : 0);
        foreach (var step in node.Steps)
        {
            key.Add((int)step.Act);
            key.Add(shapeOf[step.From]);
        }
        if (node.Steps.Length < 2)
        {
            return;
        }
        // Whether a work reaches it by several steps decides too; those that reach one source are told apart by its shape.
        key.Add(-1);
        lists++;
        var place = 0;
        foreach (var step in node.Steps)
        {
            var before = place;
            for (var i = -1; i < this[step.From]!.Reached.Length; i++, place++)
            {
                var first = FirstOf(i < 0 ? step.From : Resolve(step.From, i), place);
                if (first < before)
                {
                    key.Add(place);
                    key.Add(first);
                }
            }
        }
    }

    // The place at which a work was met first in the list at hand.
    private int FirstOf(int work, int place)
    {
        ref var first = ref met[work];
        if (first.List != lists)
        {
            first = (lists, place);
        }
        return first.Place;
    }

    // What a work is to those made from it: what reached it and what its publisher gives anew of that, its own licenses, and whether something is unknown.
    private int ShapeOf(int number, in HubNode node, HubOutcome outcome)
    {
        if (node.Owner == 0 || outcome.MayRelease.IsEmpty)
        {
            return outcome.Shape;
        }
        var released = 0;
        foreach (var place in outcome.MayRelease)
        {
            released += IsReleased(number, node.Owner, place) ? 1 : 0;
        }
        return released == 0 ? outcome.Shape : Shape(number, node, outcome.Reached, outcome.HasGap, releases: true);
    }

    private bool IsReleased(int number, int owner, int place) =>
        owner != 0 && Resolve(number, place) is var origin && origin != number && graph.Nodes[origin].Owner == owner;

    private int Shape(int number, in HubNode node, ImmutableArray<HubReached> reached, bool hasGap, bool releases)
    {
        var label = Declared(node.Declared);
        shape.Clear();
        shape.Add(
            node.IsMissing ? 2
            : hasGap ? 1
            : 0
        );
        lists++;
        for (var i = 0; i < reached.Length; i++)
        {
            var origin = Resolve(number, reached[i].From);
            shape.Add(reached[i].State);
            shape.Add(
                FirstOf(origin, i) << 3
                    | (reached[i].Candidate ? 1 : 0)
                    | (Declared(graph.Nodes[origin].Declared).IsChoice ? 2 : 0)
                    | (releases && MayRelease(label, reached[i].State) && IsReleased(number, node.Owner, i) ? 4 : 0)
            );
        }
        shape.Add(-1);
        foreach (var (state, candidate) in Own(node, label))
        {
            shape.Add(state);
            shape.Add((candidate ? 1 : 0) | (label.IsChoice ? 2 : 0));
        }
        var content = CollectionsMarshal.AsSpan(shape);
        if (!shapes.TryGetValue(content, out var found))
        {
            shapes[content] = found = ++shapeCount;
        }
        return found;
    }

    /// <summary>The work that a license which reached another comes from.</summary>
    public int Resolve(int number, HubOrigin from)
    {
        while (from.Step >= 0)
        {
            number = graph.Nodes[number].Steps[from.Step].From;
            if (from.Inner < 0)
            {
                break;
            }
            from = this[number]!.Reached[from.Inner].From;
        }
        return number;
    }

    private int Resolve(int number, int place) => Resolve(number, this[number]!.Reached[place].From);

    /// <summary>The decision on a node that was decided.</summary>
    public HubDecision DecisionOn(int number)
    {
        var outcome = this[number]!;
        var binding = outcome
            .Bindings.Select(b => (b.License, Origin: Resolve(number, b.From), b.Certainty))
            .Select(b => new HubBinding(b.License ?? graph.Nodes[b.Origin].Id, b.Origin, b.Certainty));
        var wrong = outcome.Faults.Select(f => new HubFinding(
            f.Code,
            f.License,
            f.From is { } from ? Resolve(number, from) : null,
            f.Certainty
        ));
        // What came by several steps from one work is told once.
        return new HubDecision(
            outcome.Verdict,
            outcome.Bindings.Length < 2 ? [.. binding] : [.. binding.Distinct()],
            outcome.Faults.Length < 2 ? [.. wrong] : [.. wrong.Distinct()]
        );
    }

    /// <summary>What a node declares, and its own licenses.</summary>
    public (HubDeclaration Declared, ImmutableArray<(int State, bool Candidate)> Own) DeclaredBy(int number)
    {
        var node = graph.Nodes[number];
        var declared = Declared(node.Declared);
        return (declared, Own(node, declared));
    }

    private HubDeclaration Declared(HubLabel label)
    {
        while (declarations.Count <= label.Index)
        {
            declarations.Add(null);
        }
        return declarations[label.Index] ??= answers.Declared(label);
    }

    // A license at a source of a work, or at the work itself.
    private readonly record struct At(HubOrigin From, int Origin, int State, bool Candidate, bool Direct, bool IsChoice);

    // The licenses of a work itself.
    private ImmutableArray<(int State, bool Candidate)> Own(in HubNode node, HubDeclaration label)
    {
        if (!label.Own.IsEmpty && ReferenceEquals(node.Facts, Facts.None))
        {
            return label.Own;
        }
        var (part, facts) = (node.Declared.MainPart, node.Facts);
        return label.Names.IsEmpty
            ? [(answers.NumberOf(new HubState(answers.UndeclaredName(node.Id), part, Standing.Original, facts)), false)]
            : [.. label.Names.Select(n => (answers.NumberOf(new HubState(n.Name, part, Standing.Original, facts)), n.Candidate))];
    }

    // What binds those who make something from the sources of a work: what reached them and is not given anew, and their own, be they originals or not.
    private void SetSources(in HubNode node)
    {
        sources.Clear();
        for (var step = 0; step < node.Steps.Length; step++)
        {
            var number = node.Steps[step].From;
            ref readonly var source = ref graph.Nodes[number];
            var label = Declared(source.Declared);
            var passed = this[number]!.Reached;
            for (var i = 0; i < passed.Length; i++)
            {
                if (!MayRelease(label, passed[i].State) || !IsReleased(number, source.Owner, i))
                {
                    var origin = Resolve(number, passed[i].From);
                    var isChoice = Declared(graph.Nodes[origin].Declared).IsChoice;
                    sources.Add(new At(new HubOrigin(step, i), origin, passed[i].State, passed[i].Candidate, false, isChoice));
                }
            }
            foreach (var (state, candidate) in Own(source, label))
            {
                sources.Add(new At(new HubOrigin(step, -1), number, state, candidate, true, label.IsChoice));
            }
        }
    }

    private bool MayRelease(HubDeclaration label, int state) => answers.FactsOf(state).Canonical is >= 0 and var name && label.Has(name);

    // What binds those who use a work: what passes by its steps; one entry for each distinct standing.
    private void SetReached(in HubNode node)
    {
        reached.Clear();
        nextOfWork.Clear();
        lists++;
        foreach (var bound in sources)
        {
            var next = answers.Pass(bound.State, node.Steps[bound.From.Step].Act, node.Facts);
            if (next < 0)
            {
                continue;
            }
            var last = -1;
            var isThere = false;
            for (var i = FirstOf(bound.Origin, reached.Count); i >= 0 && i < reached.Count && !isThere; last = i, i = nextOfWork[i])
            {
                isThere = reached[i].Candidate == bound.Candidate && answers.IsSame(reached[i].State, next);
            }
            if (!isThere)
            {
                if (last >= 0)
                {
                    nextOfWork[last] = reached.Count;
                }
                nextOfWork.Add(-1);
                reached.Add(bound with { State = next, Direct = false });
            }
        }
    }

    private HubOutcome Make(int number, bool isOpen)
    {
        var node = graph.Nodes[number];
        var label = Declared(node.Declared);
        SetSources(node);
        SetReached(node);
        SetMakings(node);
        ImmutableArray<HubReached> passed = [.. reached.Select(r => new HubReached(r.From, r.State, r.Candidate))];
        var hasGap = isOpen;
        foreach (var step in node.Steps)
        {
            hasGap |= graph.Nodes[step.From].IsMissing || this[step.From]!.HasGap;
        }
        if (node.Steps.IsEmpty)
        {
            // A derived work's own license is the outbound one; an original's binds whoever ships it.
            reached.AddRange(Own(node, label).Select(o => new At(HubOrigin.Self, number, o.State, o.Candidate, true, label.IsChoice)));
        }
        var wanted = label.Meant is [var one] ? one : label.As;
        var verdict = VerdictOn(node, wanted, hasGap);
        if (label.Meant.Length > 1 && label.Meant.Select(m => VerdictOn(node, m, hasGap)).Distinct().Count() == 1)
        {
            wanted = label.Joined;
            verdict = VerdictOn(node, wanted, hasGap);
        }
        bindings.Clear();
        foreach (var bound in reached)
        {
            var told = new HubBound(NameOf(bound), bound.From, CertaintyOf(bound));
            if (!bindings.Contains(told))
            {
                bindings.Add(told);
            }
        }
        SetFaults(node, wanted);
        return new HubOutcome(
            verdict,
            [.. bindings],
            [.. faults],
            passed,
            [.. Enumerable.Range(0, passed.Length).Where(i => MayRelease(label, passed[i].State))],
            hasGap,
            Shape(number, node, passed, hasGap, releases: false)
        );
    }

    private Verdict VerdictOn(in HubNode node, int wanted, bool hasGap)
    {
        var verdict = hasGap || !answers.IsWhole(wanted) ? Verdict.Unclear : Verdict.Permitted;
        verdicts.Clear();
        foreach (var bound in reached)
        {
            verdicts.Add(
                answers.FactsOf(bound.State).IsKnown
                    ? answers.Ship(bound.State, bound.Direct, wanted, node.Declared.MainPart).Verdict
                    : Verdict.Unclear
            );
        }
        verdict = Joint(verdict, reached, bySteps: false);
        verdicts.Clear();
        foreach (var answer in makings)
        {
            verdicts.Add(answer?.Verdict ?? Verdict.Unclear);
        }
        verdict = Joint(verdict, sources, bySteps: true);
        return Clashes() ? Verdict.Prohibited : verdict;
    }

    // As LineageDecider.OfWorks: of a choice the mildest, of a tag what its candidates agree on.
    private Verdict Joint(Verdict verdict, List<At> bounds, bool bySteps)
    {
        works.Clear();
        lists++;
        for (var i = 0; i < bounds.Count; i++)
        {
            lists += bySteps && i > 0 && bounds[i].From.Step != bounds[i - 1].From.Step ? 1 : 0;
            var given = verdicts[i];
            works.Add((given, given, given, i));
            var group = FirstOf(bounds[i].Origin, i);
            if (group < i)
            {
                var (mildest, agreed, worst, first) = works[group];
                // The license that the work declares first tells whether what it declares is certain.
                if (bounds[first].Candidate != bounds[i].Candidate && PlaceOf(bounds[i]) < PlaceOf(bounds[first]))
                {
                    first = i;
                }
                works[group] = (given < mildest ? given : mildest, Decider.Together(agreed, given), Worse(worst, given), first);
                works[i] = (Verdict.Permitted, Verdict.Permitted, Verdict.Permitted, i);
            }
        }
        for (var i = 0; i < bounds.Count; i++)
        {
            verdict = Worse(
                verdict,
                bounds[i].IsChoice ? works[i].Mildest
                    : !bounds[works[i].First].Candidate ? works[i].Worst
                    : works[i].Agreed <= Verdict.PermittedWithDuties ? works[i].Agreed
                    : Verdict.Unclear
            );
        }
        return verdict;
    }

    // The place of a license among those that its work declares.
    private int PlaceOf(At bound) =>
        Declared(graph.Nodes[bound.Origin].Declared).Names.IndexOf((answers.State(bound.State).Name, bound.Candidate));

    // As Verdicts.Joint.
    private static Verdict Worse(Verdict one, Verdict other) =>
        one == Verdict.Prohibited || other == Verdict.Prohibited ? Verdict.Prohibited
        : one > other ? one
        : other;

    private bool Clashes()
    {
        clashing.Clear();
        foreach (var bound in reached)
        {
            if (answers.FactsOf(bound.State).IsPosition)
            {
                clashing.Add(bound.State);
            }
        }
        return clashing.Count > 1 && answers.Clash(clashing);
    }

    // Whether the making of the work was allowed; null of a license that nobody knows.
    private void SetMakings(in HubNode node)
    {
        CountMerged(node);
        makings.Clear();
        foreach (var bound in sources)
        {
            var state = answers.FactsOf(bound.State);
            var step = node.Steps[bound.From.Step];
            makings.Add(
                state.IsKnown
                    ? answers.Make(bound.State, step.Act, step.Act == Act.Merge && OthersAreBound(step.From, state.Canonical))
                    : null
            );
        }
    }

    // By how many of the merged works each license binds, as the work or as a derivative of it.
    private void CountMerged(in HubNode node)
    {
        merged.Clear();
        mergedBy.Clear();
        foreach (var step in node.Steps)
        {
            if (step.Act == Act.Merge)
            {
                merged.Add(step.From);
            }
        }
        if (merged.Count > 0)
        {
            foreach (var bound in sources)
            {
                var step = node.Steps[bound.From.Step];
                if (step.Act == Act.Merge && answers.State(bound.State).Standing.Lenient is Subject.Original or Subject.Derivative)
                {
                    var of = answers.FactsOf(bound.State).Canonical;
                    (mergedBy.TryGetValue(of, out var works) ? works : mergedBy[of] = []).Add(step.From);
                }
            }
        }
    }

    private bool OthersAreBound(int source, int license) =>
        merged.Count - 1 == (mergedBy.TryGetValue(license, out var works) ? works.Count - (works.Contains(source) ? 1 : 0) : 0);

    // A license that nobody knows is called like the work it comes from.
    private string? NameOf(At bound) => answers.NameOf(bound.State)?.Canonical;

    private Certainty CertaintyOf(At bound) =>
        bound.Candidate ? Certainty.Arguable
        : bound.Direct ? answers.FactsOf(bound.State).Own
        : answers.FactsOf(bound.State).Passed;

    private void SetFaults(in HubNode node, int wanted)
    {
        faults.Clear();
        if (node.Declared.Licenses.IsEmpty)
        {
            Add(new HubFault("license-undeclared", null, null, Certainty.Yes));
        }
        foreach (var (number, candidate) in Declared(node.Declared).Names)
        {
            if (!candidate && answers.Name(number) is { License: null } name)
            {
                Add(new HubFault("license-unknown", name.Written, HubOrigin.Self, Certainty.Yes));
            }
        }
        for (var i = 0; i < node.Steps.Length; i++)
        {
            if (graph.Nodes[node.Steps[i].From].IsMissing)
            {
                var certainty = node.Steps[i].Act == Act.TrainOnData ? Certainty.Arguable : Certainty.Yes;
                Add(new HubFault("base-not-found", null, new HubOrigin(i, -1), certainty));
            }
        }
        var part = node.Declared.MainPart;
        foreach (var bound in reached)
        {
            if (bound.Candidate || !answers.FactsOf(bound.State).IsKnown)
            {
                continue;
            }
            var answer = answers.Ship(bound.State, bound.Direct, wanted, part);
            foreach (var (code, kinds) in Lacks)
            {
                if ((answer.MaybeLacking & kinds) != Lack.None)
                {
                    var certainty = (answer.Lacking & kinds) != Lack.None ? CertaintyOf(bound) : Certainty.Arguable;
                    Add(new HubFault(code, NameOf(bound), bound.From, certainty));
                }
            }
            AddRefusal(bound, answers.RefusesShipping(bound.State, part));
        }
        for (var i = 0; i < sources.Count; i++)
        {
            AddRefusal(sources[i], makings[i]?.Refusal ?? HubRefusal.No);
        }
        if (Clashes())
        {
            Add(new HubFault("license-conflict", null, null, Certainty.Yes));
        }
    }

    private void Add(HubFault fault)
    {
        if (!faults.Contains(fault))
        {
            faults.Add(fault);
        }
    }

    /// <summary>The finding for each kind of what is lacking, as <see cref="FindingRules.CodeOf"/>.</summary>
    public static readonly (string Code, Lack Kinds)[] Lacks =
    [
        ("license-conflict", Lack.Grant | Lack.Ceiling),
        ("noncommercial-dropped", Lack.Noncommercial),
        ("restrictions-dropped", Lack.Restriction),
        ("share-alike-conflict", Lack.ShareAlike),
    ];

    // As FindingRules.Refusal: that a license which may not even be the one meant is silent, or may be read so, is said by the verdict alone.
    private void AddRefusal(At bound, HubRefusal refusal)
    {
        if (refusal != HubRefusal.No && (refusal != HubRefusal.Silent || !bound.Candidate))
        {
            Add(
                new HubFault(
                    refusal == HubRefusal.Agreement ? "agreement-needed" : "act-prohibited",
                    NameOf(bound),
                    bound.From,
                    refusal is HubRefusal.Arguable or HubRefusal.Silent ? Certainty.Arguable : CertaintyOf(bound)
                )
            );
        }
    }
}
