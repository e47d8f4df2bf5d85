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

    /// <summary>No work.</summary>
    public static readonly HubOrigin Nowhere = new(-2, -1);
}

/// <summary>A license of an earlier work that reached a work.</summary>
/// <param name="From">Where it comes from.</param>
/// <param name="State">How the work stands to it.</param>
/// <param name="First">The place of the first of those that reached the work from there.</param>
/// <param name="Marks">What it is to the work that declares it.</param>
internal readonly record struct HubReached(HubOrigin From, int State, int First, HubMarks Marks);

/// <summary>A license that binds a work of some kind; as <see cref="HubBinding"/>.</summary>
/// <param name="License">Its canonical id, or the name as written; null for one that is called like the work it comes from.</param>
/// <param name="From">Where it comes from.</param>
/// <param name="Certainty">How surely it binds.</param>
internal readonly record struct HubBound(string? License, HubOrigin From, Certainty Certainty);

/// <summary>Something wrong with a work of some kind; as <see cref="HubFinding"/>.</summary>
/// <param name="Code">The finding code.</param>
/// <param name="Name">The number of the license's name; <see cref="HubAnswers.UnknownName"/> without one.</param>
/// <param name="From">Where the license comes from; <see cref="HubOrigin.Nowhere"/> without one.</param>
/// <param name="Certainty">How sure it is.</param>
internal readonly record struct HubFault(string Code, int Name, HubOrigin From, Certainty Certainty);

/// <summary>A step of a work of some kind: the act, and what the source is to what is made from it.</summary>
internal readonly record struct HubMade(Act Act, int Shape);

/// <summary>What works of one kind are before they are decided on.</summary>
/// <param name="Declared">What they declare.</param>
/// <param name="Part">The part that is shipped.</param>
/// <param name="Own">The licenses of the work itself.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="IsMissing">It is named, but nothing is known of it.</param>
internal sealed record HubTraits(HubDeclaration Declared, Part Part, ImmutableArray<HubOwn> Own, Facts Facts, bool IsMissing);

/// <summary>How works of one kind come out.</summary>
/// <param name="Of">What they are.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Faults">The place of the first thing that is wrong with them, and how many there are.</param>
/// <param name="Reached">The place of the first license that passed to them, and how many did.</param>
/// <param name="IsOriginal">They are made from nothing that is known.</param>
/// <param name="HasGap">An earlier work is not known.</param>
internal sealed record HubOutcome(
    HubTraits Of,
    Verdict Verdict,
    (int First, int Count) Faults,
    (int First, int Count) Reached,
    bool IsOriginal,
    bool HasGap
)
{
    /// <summary>What they are to those made from them, where nothing is given anew; 0 until that is asked.</summary>
    public int Shape { get; set; }

    /// <summary>Their publisher may give some of what passed to them anew, having a license they declare; null until that is asked.</summary>
    public bool? MayRelease { get; set; }
}

/// <summary>
/// Kinds of works, and how each comes out. A kind is all that decides on a work as numbers: what it declares, and for each of its steps the act and the
/// shape of the source. A shape is what a work is to those made from it: what reached it, and its own licenses. No work is looked at: where a license
/// comes from is told as a step backwards.
/// </summary>
/// <param name="graph">The graph with the works.</param>
/// <param name="answers">What licenses answer.</param>
internal sealed class HubKinds(HubGraph graph, HubAnswers answers)
{
    private const int Inert = 0;
    private const int Gapped = 1;
    private const int Missing = 2;

    // A shape is: whether something is unknown, how many reached, of each of these state, First and marks, of each own license state and marks.
    private const int FirstReached = 2;
    private const int ReachedSize = 3;
    private const int OwnSize = 2;

    private readonly List<HubOutcome> outcomes = [];
    private readonly List<HubDeclaration?> declarations = [];
    private readonly List<HubTraits?> plain = [];
    private readonly List<int> originals = [];
    private readonly Dictionary<OneStep, int> derived = [];
    private readonly Numbered keys = new();
    private readonly List<int> kindOfKey = [];
    private readonly Numbered shapes = new();
    private readonly Pool<HubReached> allReached = new();
    private readonly Pool<HubFault> allFaults = new();
    private readonly List<int> shape = [];
    private readonly List<int> alone = [];

    private readonly List<At> sources = [];
    private readonly List<At> reached = [];
    private readonly List<int> nextOfWork = [];
    private readonly Firsts firsts = new();
    private readonly List<(Verdict Verdict, HubRefusal Refusal)?> makings = [];
    private readonly List<Verdict> verdicts = [];
    private readonly List<(Verdict Mildest, Verdict Agreed, Verdict Worst, int First)> works = [];
    private readonly List<HubOrigin> origins = [];
    private readonly List<int> sourceOf = [];
    private readonly HashSet<int> merged = [];
    private readonly HashSet<(int License, int Source)> bindsMerged = [];
    private readonly Dictionary<int, int> mergedBy = [];
    private readonly List<int> clashing = [];
    private readonly List<HubFault> faults = [];

    // A license at a source of a work, reached by a step, or at the work itself. Works that licenses come from are told apart by Work, and From is the same
    // for one of them by whichever step; First is the place of the first from there.
    private readonly record struct At(int Step, HubOrigin From, int Work, int First, int State, HubMarks Marks, bool Direct);

    /// <summary>How many there are; their numbers begin with 1.</summary>
    public int Count => outcomes.Count;

    /// <summary>How works of a kind come out.</summary>
    public HubOutcome this[int kind] => outcomes[kind - 1];

    /// <summary>What passed to works of a kind.</summary>
    public ReadOnlySpan<HubReached> ReachedOf(HubOutcome outcome) => allReached.At(outcome.Reached.First, outcome.Reached.Count);

    /// <summary>What is wrong with works of a kind.</summary>
    public ReadOnlySpan<HubFault> FaultsOf(HubOutcome outcome) => allFaults.At(outcome.Faults.First, outcome.Faults.Count);

    /// <summary>The name of the license of a fault; null without one.</summary>
    public string? NameOf(HubFault fault) => fault.Name < 0 ? null : answers.Name(fault.Name).Canonical;

    /// <summary>What works with a label declare.</summary>
    public HubDeclaration Declared(int label)
    {
        while (declarations.Count <= label)
        {
            declarations.Add(null);
        }
        return declarations[label] ??= answers.Declared(graph.LabelOf(label));
    }

    /// <summary>The kind of a work without steps and facts, if its name does not matter.</summary>
    public int Original(int label, bool isMissing)
    {
        var place = (label * 2) + (isMissing ? 1 : 0);
        while (originals.Count <= place)
        {
            originals.Add(0);
        }
        return originals[place] is > 0 and var kind ? kind : originals[place] = Keep(Make(PlainTraits(label, isMissing), [], [], false));
    }

    /// <summary>The kind of a work with one step and without facts, if its name does not matter.</summary>
    public int Derived(int label, HubMade step)
    {
        ref var kind = ref CollectionsMarshal.GetValueRefOrAddDefault(derived, new OneStep(label, step), out _);
        return kind > 0 ? kind : kind = Keep(Make(PlainTraits(label, false), [step], Alone(step), false));
    }

    private readonly record struct OneStep(int Label, HubMade Step)
    {
        // These numbers are small, and so much alike that their own hashes would meet.
        public override int GetHashCode() =>
            (int)((((ulong)(uint)Label << 40) ^ ((ulong)Step.Act << 32) ^ (uint)Step.Shape) * 0x9e3779b97f4a7c15 >> 32);
    }

    /// <summary>The kind of any work.</summary>
    /// <param name="key">All that decides on it as numbers.</param>
    /// <param name="of">What it is.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="places">For each source, and then each of what reached it, where that work was first met among all of these.</param>
    public int Any(ReadOnlySpan<int> key, HubTraits of, ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places)
    {
        var number = keys.Of(key);
        if (number > kindOfKey.Count)
        {
            kindOfKey.Add(Keep(Make(of, steps, places, false)));
        }
        return kindOfKey[number - 1];
    }

    /// <summary>The kind of a work that is the only one of it, whose lineage is not known as a whole.</summary>
    public int Open(HubTraits of, ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places) => Keep(Make(of, steps, places, true));

    /// <summary>How many licenses reached works of a shape.</summary>
    public int ReachedOf(int shape) => shapes[shape][1];

    /// <summary>True where the publisher of works of a kind may give anew the license that reached them at a place.</summary>
    public bool MayRelease(HubOutcome outcome, int place) =>
        answers.FactsOf(ReachedOf(outcome)[place].State).Canonical is >= 0 and var name && outcome.Of.Declared.Canonical.Contains(name);

    /// <summary>True where that is so at some place.</summary>
    public bool MayRelease(HubOutcome outcome)
    {
        if (outcome.MayRelease is not { } may)
        {
            may = false;
            for (var i = 0; i < outcome.Reached.Count; i++)
            {
                may |= MayRelease(outcome, i);
            }
            outcome.MayRelease = may;
        }
        return may;
    }

    /// <summary>What works of a kind are to those made from them.</summary>
    /// <param name="outcome">How they come out.</param>
    /// <param name="released">For each that reached them whether it is given anew; empty where none is.</param>
    public int ShapeOf(HubOutcome outcome, ReadOnlySpan<bool> released)
    {
        if (released.IsEmpty && outcome.Shape > 0)
        {
            return outcome.Shape;
        }
        shape.Clear();
        shape.Add(
            outcome.Of.IsMissing ? Missing
            : outcome.HasGap ? Gapped
            : Inert
        );
        shape.Add(outcome.Reached.Count);
        for (var i = 0; i < outcome.Reached.Count; i++)
        {
            ref readonly var at = ref ReachedOf(outcome)[i];
            shape.Add(at.State);
            shape.Add(at.First);
            shape.Add((!released.IsEmpty && released[i] ? at.Marks.Anew() : at.Marks).Value);
        }
        foreach (var own in outcome.Of.Own)
        {
            shape.Add(own.State);
            shape.Add(own.Marks.Value);
        }
        var number = shapes.Of(CollectionsMarshal.AsSpan(shape));
        if (released.IsEmpty)
        {
            outcome.Shape = number;
        }
        return number;
    }

    /// <summary>What binds works of a kind.</summary>
    public List<HubBound> BindingsOf(HubOutcome outcome)
    {
        var found = new List<HubBound>();
        foreach (ref readonly var at in ReachedOf(outcome))
        {
            Add(new HubBound(NameOf(at.State), at.From, CertaintyOf(at.State, at.Marks, false)));
        }
        if (outcome.IsOriginal)
        {
            foreach (var own in outcome.Of.Own)
            {
                Add(new HubBound(NameOf(own.State), HubOrigin.Self, CertaintyOf(own.State, own.Marks, true)));
            }
        }
        return found;

        void Add(HubBound bound)
        {
            if (!found.Contains(bound))
            {
                found.Add(bound);
            }
        }
    }

    /// <summary>What works are of which only the declaration is told.</summary>
    private HubTraits PlainTraits(int label, bool isMissing)
    {
        var place = (label * 2) + (isMissing ? 1 : 0);
        while (plain.Count <= place)
        {
            plain.Add(null);
        }
        return plain[place] ??= TraitsOf(Declared(label), graph.LabelOf(label).MainPart, Facts.None, HubAnswers.UnknownName, isMissing);
    }

    /// <summary>What a work is.</summary>
    /// <param name="label">The number of what it declares.</param>
    /// <param name="facts">Its facts.</param>
    /// <param name="undeclared">The number of the license that it stands for if it declares none.</param>
    /// <param name="isMissing">It is named, but nothing is known of it.</param>
    public HubTraits TraitsOf(int label, Facts facts, int undeclared, bool isMissing) =>
        undeclared == HubAnswers.UnknownName && ReferenceEquals(facts, Facts.None)
            ? PlainTraits(label, isMissing)
            : TraitsOf(Declared(label), graph.LabelOf(label).MainPart, facts, undeclared, isMissing);

    private HubTraits TraitsOf(HubDeclaration declared, Part part, Facts facts, int undeclared, bool isMissing) =>
        new(
            declared,
            part,
            declared.Names.IsEmpty ? [answers.Undeclared(undeclared, part, facts)]
                : ReferenceEquals(facts, Facts.None) ? declared.Own
                : answers.Own(declared, part, facts),
            facts,
            isMissing
        );

    // Where what a single source brings was first met: the source, and the works that reached it.
    private ReadOnlySpan<int> Alone(HubMade step)
    {
        alone.Clear();
        alone.Add(0);
        var content = shapes[step.Shape];
        for (var i = 0; i < content[1]; i++)
        {
            alone.Add(content[FirstReached + (ReachedSize * i) + 1] + 1);
        }
        return CollectionsMarshal.AsSpan(alone);
    }

    private int Keep(HubOutcome outcome)
    {
        outcomes.Add(outcome);
        return outcomes.Count;
    }

    private HubOutcome Make(HubTraits of, ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places, bool isOpen)
    {
        var hasGap = SetSources(steps, places) | isOpen;
        SetReached(of, steps);
        SetMakings(steps, places);
        var passed = (First: allReached.Take(reached.Count, out var kept), reached.Count);
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = new HubReached(reached[i].From, reached[i].State, reached[i].First, reached[i].Marks);
        }
        if (steps.IsEmpty)
        {
            // A derived work's own license is the outbound one; an original's binds whoever ships it.
            foreach (var own in of.Own)
            {
                reached.Add(new At(-1, HubOrigin.Self, 0, 0, own.State, own.Marks, true));
            }
        }
        var clashes = Clashes();
        var making = clashes ? Verdict.Prohibited : MakingVerdict();
        var declared = of.Declared;
        var wanted = declared.Meant is [var one] ? one : declared.As;
        var verdict = Worse(making, SharingVerdict(wanted, of.Part, hasGap));
        if (declared.Meant.Length > 1 && IsOne(declared, of.Part, making, hasGap))
        {
            wanted = declared.Joined;
            verdict = Worse(making, SharingVerdict(wanted, of.Part, hasGap));
        }
        SetFaults(of, steps, wanted, clashes);
        var wrong = (First: allFaults.Take(faults.Count, out var told), faults.Count);
        CollectionsMarshal.AsSpan(faults).CopyTo(told);
        return new HubOutcome(of, verdict, wrong, passed, steps.IsEmpty, hasGap);
    }

    // Whether all that is meant comes out the same.
    private bool IsOne(HubDeclaration declared, Part part, Verdict making, bool hasGap)
    {
        var first = Worse(making, SharingVerdict(declared.Meant[0], part, hasGap));
        foreach (var meant in declared.Meant.AsSpan()[1..])
        {
            if (Worse(making, SharingVerdict(meant, part, hasGap)) != first)
            {
                return false;
            }
        }
        return true;
    }

    // What binds those who make something from the sources of a work: what reached them and is not given anew, and their own, be they originals or not.
    private bool SetSources(ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places)
    {
        sources.Clear();
        origins.Clear();
        var hasGap = false;
        var place = 0;
        for (var step = 0; step < steps.Length; step++)
        {
            var content = shapes[steps[step].Shape];
            hasGap |= content[0] != Inert;
            var count = content[1];
            firsts.Clear();
            for (var i = -1; i < count; i++)
            {
                origins.Add(new HubOrigin(step, i));
            }
            var at = FirstReached;
            for (var i = 0; i < count; i++, at += ReachedSize)
            {
                var marks = new HubMarks(content[at + 2]);
                if (!marks.Released)
                {
                    var work = places[place + 1 + i];
                    sources.Add(new At(step, origins[work], work, firsts.Of(work, sources.Count), content[at], marks, false));
                }
            }
            for (; at < content.Length; at += OwnSize)
            {
                var work = places[place];
                var first = firsts.Of(work, sources.Count);
                sources.Add(new At(step, origins[work], work, first, content[at], new HubMarks(content[at + 1]), true));
            }
            place += count + 1;
        }
        return hasGap;
    }

    // What binds those who use a work: what passes by its steps; one entry for each distinct standing.
    private void SetReached(HubTraits of, ReadOnlySpan<HubMade> steps)
    {
        reached.Clear();
        nextOfWork.Clear();
        firsts.Clear();
        foreach (ref readonly var bound in CollectionsMarshal.AsSpan(sources))
        {
            var next = answers.Pass(bound.State, steps[bound.Step].Act, of.Facts);
            if (next < 0)
            {
                continue;
            }
            var same = answers.FactsOf(next).Same;
            var first = firsts.Of(bound.Work, reached.Count);
            var last = -1;
            var isThere = false;
            for (var i = first; i >= 0 && i < reached.Count && !isThere; last = i, i = nextOfWork[i])
            {
                isThere = reached[i].Marks.Candidate == bound.Marks.Candidate && answers.FactsOf(reached[i].State).Same == same;
            }
            if (!isThere)
            {
                if (last >= 0)
                {
                    nextOfWork[last] = reached.Count;
                }
                nextOfWork.Add(-1);
                reached.Add(bound with { State = next, First = first, Direct = false });
            }
        }
    }

    private Verdict SharingVerdict(int wanted, Part part, bool hasGap)
    {
        verdicts.Clear();
        foreach (ref readonly var bound in CollectionsMarshal.AsSpan(reached))
        {
            verdicts.Add(
                answers.FactsOf(bound.State).IsKnown ? answers.Ship(bound.State, bound.Direct, wanted, part).Verdict : Verdict.Unclear
            );
        }
        return Joint(hasGap || !answers.IsWhole(wanted) ? Verdict.Unclear : Verdict.Permitted, reached);
    }

    private Verdict MakingVerdict()
    {
        verdicts.Clear();
        foreach (var answer in makings)
        {
            verdicts.Add(answer?.Verdict ?? Verdict.Unclear);
        }
        return Joint(Verdict.Permitted, sources);
    }

    // As LineageDecider.OfWorks: of a choice the mildest, of a tag what its candidates agree on.
    private Verdict Joint(Verdict verdict, List<At> bounds)
    {
        works.Clear();
        for (var i = 0; i < bounds.Count; i++)
        {
            var given = verdicts[i];
            works.Add((given, given, given, i));
            if (bounds[i].First is var group && group < i)
            {
                var (mildest, agreed, worst, first) = works[group];
                // The license that the work declares first tells whether what it declares is certain.
                if (bounds[first].Marks.Candidate != bounds[i].Marks.Candidate && bounds[i].Marks.Rank < bounds[first].Marks.Rank)
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
                bounds[i].Marks.IsChoice ? works[i].Mildest
                    : !bounds[works[i].First].Marks.Candidate ? works[i].Worst
                    : works[i].Agreed <= Verdict.PermittedWithDuties ? works[i].Agreed
                    : Verdict.Unclear
            );
        }
        return verdict;
    }

    // As Verdicts.Joint.
    private static Verdict Worse(Verdict one, Verdict other) =>
        one == Verdict.Prohibited || other == Verdict.Prohibited ? Verdict.Prohibited
        : one > other ? one
        : other;

    private bool Clashes()
    {
        clashing.Clear();
        foreach (ref readonly var bound in CollectionsMarshal.AsSpan(reached))
        {
            if (answers.FactsOf(bound.State).IsPosition)
            {
                clashing.Add(bound.State);
            }
        }
        return clashing.Count > 1 && answers.Clash(clashing);
    }

    // Whether the making of the work was allowed; null of a license that nobody knows.
    private void SetMakings(ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places)
    {
        CountMerged(steps, places);
        makings.Clear();
        foreach (ref readonly var bound in CollectionsMarshal.AsSpan(sources))
        {
            ref readonly var state = ref answers.FactsOf(bound.State);
            var act = steps[bound.Step].Act;
            makings.Add(
                state.IsKnown
                    ? answers.Make(bound.State, act, act == Act.Merge && OthersAreBound(sourceOf[bound.Step], state.Canonical))
                    : null
            );
        }
    }

    // By how many of the merged works each license binds, as the work or as a derivative of it.
    private void CountMerged(ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places)
    {
        sourceOf.Clear();
        merged.Clear();
        bindsMerged.Clear();
        mergedBy.Clear();
        var place = 0;
        foreach (var step in steps)
        {
            sourceOf.Add(places[place]);
            if (step.Act == Act.Merge)
            {
                merged.Add(places[place]);
            }
            place += ReachedOf(step.Shape) + 1;
        }
        if (merged.Count == 0)
        {
            return;
        }
        foreach (ref readonly var bound in CollectionsMarshal.AsSpan(sources))
        {
            ref readonly var state = ref answers.FactsOf(bound.State);
            if (steps[bound.Step].Act == Act.Merge && state.IsModel && bindsMerged.Add((state.Canonical, sourceOf[bound.Step])))
            {
                mergedBy[state.Canonical] = mergedBy.GetValueOrDefault(state.Canonical) + 1;
            }
        }
    }

    private bool OthersAreBound(int source, int license) =>
        merged.Count - 1 == mergedBy.GetValueOrDefault(license) - (bindsMerged.Contains((license, source)) ? 1 : 0);

    // A license that nobody knows is called like the work it comes from.
    private string? NameOf(int state) => answers.NameOf(state)?.Canonical;

    private Certainty CertaintyOf(int state, HubMarks marks, bool isDirect) =>
        marks.Candidate ? Certainty.Arguable
        : isDirect ? answers.FactsOf(state).Own
        : answers.FactsOf(state).Passed;

    private Certainty CertaintyOf(in At bound) => CertaintyOf(bound.State, bound.Marks, bound.Direct);

    private void SetFaults(HubTraits of, ReadOnlySpan<HubMade> steps, int wanted, bool clashes)
    {
        faults.Clear();
        if (of.Declared.IsNone)
        {
            Add(new HubFault("license-undeclared", HubAnswers.UnknownName, HubOrigin.Nowhere, Certainty.Yes));
        }
        foreach (var (number, candidate) in of.Declared.Names)
        {
            if (!candidate && answers.Name(number).License is null)
            {
                Add(new HubFault("license-unknown", number, HubOrigin.Self, Certainty.Yes));
            }
        }
        for (var i = 0; i < steps.Length; i++)
        {
            if (shapes[steps[i].Shape][0] == Missing)
            {
                var certainty = steps[i].Act == Act.TrainOnData ? Certainty.Arguable : Certainty.Yes;
                Add(new HubFault("base-not-found", HubAnswers.UnknownName, origins[sourceOf[i]], certainty));
            }
        }
        foreach (ref readonly var bound in CollectionsMarshal.AsSpan(reached))
        {
            if (bound.Marks.Candidate || !answers.FactsOf(bound.State).IsKnown)
            {
                continue;
            }
            var answer = answers.Ship(bound.State, bound.Direct, wanted, of.Part);
            if (answer.MaybeLacking != Lack.None)
            {
                foreach (var (code, kinds) in Lacks)
                {
                    if ((answer.MaybeLacking & kinds) != Lack.None)
                    {
                        var certainty = (answer.Lacking & kinds) != Lack.None ? CertaintyOf(bound) : Certainty.Arguable;
                        Add(new HubFault(code, answers.FactsOf(bound.State).Canonical, bound.From, certainty));
                    }
                }
            }
            AddRefusal(bound, answers.RefusesShipping(bound.State, of.Part));
        }
        for (var i = 0; i < sources.Count; i++)
        {
            AddRefusal(sources[i], makings[i]?.Refusal ?? HubRefusal.No);
        }
        if (clashes)
        {
            Add(new HubFault("license-conflict", HubAnswers.UnknownName, HubOrigin.Nowhere, Certainty.Yes));
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
    private void AddRefusal(in At bound, HubRefusal refusal)
    {
        if (refusal != HubRefusal.No && (refusal != HubRefusal.Silent || !bound.Marks.Candidate))
        {
            Add(
                new HubFault(
                    refusal == HubRefusal.Agreement ? "agreement-needed" : "act-prohibited",
                    answers.FactsOf(bound.State).Canonical,
                    bound.From,
                    refusal is HubRefusal.Arguable or HubRefusal.Silent ? Certainty.Arguable : CertaintyOf(bound)
                )
            );
        }
    }
}
