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

/// <summary>What works of one kind are before they are decided on.</summary>
/// <param name="Number">The number of all that follows.</param>
/// <param name="Declared">What they declare.</param>
/// <param name="Part">The part that is shipped.</param>
/// <param name="Own">The licenses of the work itself.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="IsMissing">It is named, but nothing is known of it.</param>
internal sealed record HubTraits(int Number, HubDeclaration Declared, Part Part, ImmutableArray<HubOwn> Own, Facts Facts, bool IsMissing);

/// <summary>How works of one kind come out.</summary>
/// <param name="Of">What they are.</param>
/// <param name="Arrival">What came to them by their steps; null of those that are made from nothing that is known.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Faults">The place of the first thing that is wrong with them, and how many there are.</param>
/// <param name="HasGap">An earlier work is not known.</param>
internal sealed record HubOutcome(HubTraits Of, HubArrival? Arrival, Verdict Verdict, (int First, int Count) Faults, bool HasGap)
{
    /// <summary>What they are to those made from them, where nothing is given anew; 0 until that is asked.</summary>
    public int Shape { get; set; }

    /// <summary>The places of what passed to them that their publisher may give anew, having a license they declare; null until that is asked.</summary>
    public int[]? MayRelease { get; set; }
}

/// <summary>
/// Kinds of works, and how each comes out. A kind is all that decides on a work as numbers: what it declares, and for each of its steps the act and the
/// shape of the source. No work is looked at: where a license comes from is told as a step backwards.
/// </summary>
/// <param name="graph">The graph with the works.</param>
/// <param name="answers">What licenses answer.</param>
internal sealed class HubKinds(HubGraph graph, HubAnswers answers)
{
    private readonly HubArrivals arrivals = new(answers);
    private readonly List<HubOutcome> outcomes = [];
    private readonly List<HubDeclaration?> declarations = [];
    private readonly Numbered traitKeys = new();
    private readonly List<HubTraits> traits = [];
    private readonly List<int> originals = [];
    private readonly NumberTable derived = new();
    private readonly Numbered keys = new();
    private readonly List<int> kindOfKey = [];
    private readonly Pool<HubFault> allFaults = new();

    private readonly List<int> released = [];
    private readonly List<int> alone = [];
    private readonly List<Verdict> verdicts = [];
    private readonly JointVerdict joint = new();
    private readonly DistinctList<HubFault> faults = new();

    /// <summary>How many there are; their numbers begin with 1.</summary>
    public int Count => outcomes.Count;

    /// <summary>How works of a kind come out.</summary>
    public HubOutcome this[int kind] => outcomes[kind - 1];

    /// <summary>What passed to works of a kind.</summary>
    public ReadOnlySpan<HubReached> ReachedOf(HubOutcome outcome) => outcome.Arrival is { } arrival ? arrivals.ReachedOf(arrival) : [];

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
        return originals[place] is > 0 and var kind ? kind : originals[place] = Keep(Make(PlainTraits(label, isMissing), null, false));
    }

    /// <summary>The kind of a work with one step and without facts, if its name does not matter.</summary>
    public int Derived(int label, HubMade step)
    {
        // Labels are below 2^28, acts below 2^5, as everywhere in the engine, and shapes below 2^31.
        var key = ((ulong)label << 36) | ((ulong)step.Act << 31) | (uint)step.Shape;
        var kind = derived[key];
        if (kind == 0)
        {
            var arrival = arrivals.Of(
                [answers.NumberOf(Facts.None), (int)step.Act, step.Shape, HubPass.EndOfSteps],
                Facts.None,
                [step],
                Alone(step)
            );
            derived.Add(key, kind = Keep(Make(PlainTraits(label, false), arrivals[arrival], false)));
        }
        return kind;
    }

    /// <summary>The kind of any work.</summary>
    /// <param name="of">What it is.</param>
    /// <param name="key">All that decides on what comes to it as numbers.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="places">For each source, and then each of what reached it, where that work was first met among all of these.</param>
    /// <param name="isOpen">Its lineage is not known as a whole.</param>
    public int Any(HubTraits of, ReadOnlySpan<int> key, ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places, bool isOpen)
    {
        var arrival = steps.IsEmpty ? 0 : arrivals.Of(key, of.Facts, steps, places);
        var number = keys.Of([of.Number, arrival, isOpen ? 1 : 0]);
        if (number > kindOfKey.Count)
        {
            kindOfKey.Add(Keep(Make(of, arrival == 0 ? null : arrivals[arrival], isOpen)));
        }
        return kindOfKey[number - 1];
    }

    /// <summary>How many licenses reached works of a shape.</summary>
    public int CountOf(int shape) => arrivals.Shapes[shape].Count;

    /// <summary>The places of what passed to works of a kind that their publisher may give anew: they declare the license.</summary>
    public int[] MayRelease(HubOutcome outcome)
    {
        if (outcome.MayRelease is not { } may)
        {
            released.Clear();
            var reachedThem = ReachedOf(outcome);
            for (var i = 0; i < reachedThem.Length; i++)
            {
                if (answers.FactsOf(reachedThem[i].State).Canonical is >= 0 and var name && outcome.Of.Declared.Canonical.Contains(name))
                {
                    released.Add(i);
                }
            }
            outcome.MayRelease = may = released.Count == 0 ? [] : [.. released];
        }
        return may;
    }

    /// <summary>What works of a kind are to those made from them.</summary>
    /// <param name="outcome">How they come out.</param>
    /// <param name="givenAnew">The places of what reached them that is given anew, in order.</param>
    public int ShapeOf(HubOutcome outcome, ReadOnlySpan<int> givenAnew)
    {
        if (givenAnew.IsEmpty && outcome.Shape > 0)
        {
            return outcome.Shape;
        }
        var gap =
            outcome.Of.IsMissing ? HubGap.Itself
            : outcome.HasGap ? HubGap.Earlier
            : HubGap.None;
        var shape = arrivals.Shapes.Of(gap, ReachedOf(outcome), givenAnew, outcome.Of.Own.AsSpan());
        if (givenAnew.IsEmpty)
        {
            outcome.Shape = shape;
        }
        return shape;
    }

    /// <summary>What binds works of a kind: what passed to them, or, of those that are made from nothing, their own licenses.</summary>
    public ReadOnlySpan<HubBound> BindingsOf(HubOutcome outcome)
    {
        var found = new DistinctList<HubBound>();
        foreach (ref readonly var at in outcome.Arrival is null ? Own(outcome.Of) : ReachedOf(outcome))
        {
            found.Add(new HubBound(answers.NameOf(at.State)?.Canonical, at.From, arrivals.CertaintyOf(at, outcome.Arrival is null)));
        }
        return found.Span;
    }

    // What works are of which only the declaration is told.
    private HubTraits PlainTraits(int label, bool isMissing) => TraitsOf(label, Facts.None, HubAnswers.UnknownName, isMissing);

    /// <summary>What a work is.</summary>
    /// <param name="label">The number of what it declares.</param>
    /// <param name="facts">Its facts.</param>
    /// <param name="undeclared">The number of the license that it stands for if it declares none.</param>
    /// <param name="isMissing">It is named, but nothing is known of it.</param>
    public HubTraits TraitsOf(int label, Facts facts, int undeclared, bool isMissing)
    {
        var number = traitKeys.Of([label, answers.NumberOf(facts), undeclared, isMissing ? 1 : 0]);
        if (number > traits.Count)
        {
            var (declared, part) = (Declared(label), graph.LabelOf(label).MainPart);
            traits.Add(
                new HubTraits(
                    number,
                    declared,
                    part,
                    declared.Names.IsEmpty ? [answers.Undeclared(undeclared, part, facts)]
                        : ReferenceEquals(facts, Facts.None) ? declared.Own
                        : answers.Own(declared, part, facts),
                    facts,
                    isMissing
                )
            );
        }
        return traits[number - 1];
    }

    // Where what a single source brings was first met: the source, and the works that reached it.
    private ReadOnlySpan<int> Alone(HubMade step)
    {
        alone.Clear();
        alone.Add(0);
        var shape = arrivals.Shapes[step.Shape];
        for (var i = 0; i < shape.Count; i++)
        {
            alone.Add(shape.Reached(i).First + 1);
        }
        return CollectionsMarshal.AsSpan(alone);
    }

    private int Keep(HubOutcome outcome)
    {
        outcomes.Add(outcome);
        return outcomes.Count;
    }

    // The licenses of works themselves, as what binds.
    private static ReadOnlySpan<HubReached> Own(HubTraits of)
    {
        var own = new HubReached[of.Own.Length];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = new HubReached(HubOrigin.Self, of.Own[i].State, 0, of.Own[i].Marks);
        }
        return own;
    }

    private HubOutcome Make(HubTraits of, HubArrival? arrival, bool isOpen)
    {
        // A derived work's own license is the outbound one; an original's binds whoever ships it.
        var bounds = arrival is null ? Own(of) : arrivals.ReachedOf(arrival);
        var hasGap = isOpen || arrival is { HasGap: true };
        var clashes = arrival?.Clashes ?? arrivals.Clash(bounds);
        var before =
            clashes ? Verdict.Prohibited
            : hasGap ? JointVerdict.Worse(arrival?.Making ?? Verdict.Permitted, Verdict.Unclear)
            : arrival?.Making ?? Verdict.Permitted;
        var declared = of.Declared;
        var wanted = declared.Meant is [var one] ? one : declared.As;
        var verdict = VerdictOn(of, bounds, arrival is null, wanted, before);
        if (declared.Meant.Length > 1)
        {
            // What is meant may be several things; where these come out the same, recipients choose among them.
            var first = VerdictOn(of, bounds, arrival is null, declared.Meant[0], before);
            var isOne = true;
            for (var i = 1; i < declared.Meant.Length && isOne; i++)
            {
                isOne = VerdictOn(of, bounds, arrival is null, declared.Meant[i], before) == first;
            }
            if (isOne)
            {
                wanted = declared.Joined;
                verdict = VerdictOn(of, bounds, arrival is null, wanted, before);
            }
        }
        SetFaults(of, arrival, bounds, wanted, clashes);
        return new HubOutcome(of, arrival, verdict, (allFaults.Keep(faults.Span), faults.Count), hasGap);
    }

    // The verdict on works that go out under something, whose making and lineage come to a verdict already.
    private Verdict VerdictOn(HubTraits of, ReadOnlySpan<HubReached> bounds, bool isOwn, int wanted, Verdict before)
    {
        verdicts.Clear();
        foreach (ref readonly var bound in bounds)
        {
            verdicts.Add(
                answers.FactsOf(bound.State).IsKnown ? answers.Ship(bound.State, isOwn, wanted, of.Part).Verdict : Verdict.Unclear
            );
        }
        return joint.Of(answers.IsWhole(wanted) ? before : JointVerdict.Worse(before, Verdict.Unclear), bounds, verdicts);
    }

    private void SetFaults(HubTraits of, HubArrival? arrival, ReadOnlySpan<HubReached> bounds, int wanted, bool clashes)
    {
        faults.Clear();
        if (of.Declared.IsNone)
        {
            faults.Add(new HubFault("license-undeclared", HubAnswers.UnknownName, HubOrigin.Nowhere, Certainty.Yes));
        }
        foreach (var (number, candidate) in of.Declared.Names)
        {
            if (!candidate && answers.Name(number).License is null)
            {
                faults.Add(new HubFault("license-unknown", number, HubOrigin.Self, Certainty.Yes));
            }
        }
        foreach (var gap in arrival is null ? [] : arrivals.GapsOf(arrival))
        {
            faults.Add(gap);
        }
        foreach (ref readonly var bound in bounds)
        {
            if (!bound.Marks.Candidate && answers.FactsOf(bound.State).IsKnown)
            {
                AddLacking(bound, arrival is null, answers.Ship(bound.State, arrival is null, wanted, of.Part));
                if (arrivals.Fault(bound, arrival is null, answers.RefusesShipping(bound.State, of.Part)) is { } fault)
                {
                    faults.Add(fault);
                }
            }
        }
        foreach (var refusal in arrival is null ? [] : arrivals.RefusalsOf(arrival))
        {
            faults.Add(refusal);
        }
        if (clashes)
        {
            faults.Add(new HubFault("license-conflict", HubAnswers.UnknownName, HubOrigin.Nowhere, Certainty.Yes));
        }
    }

    private void AddLacking(in HubReached bound, bool isOwn, HubAnswer answer)
    {
        if (answer.MaybeLacking == Lack.None)
        {
            return;
        }
        foreach (var (code, kinds) in Lacks)
        {
            if ((answer.MaybeLacking & kinds) != Lack.None)
            {
                var certainty = (answer.Lacking & kinds) != Lack.None ? arrivals.CertaintyOf(bound, isOwn) : Certainty.Arguable;
                faults.Add(new HubFault(code, answers.FactsOf(bound.State).Canonical, bound.From, certainty));
            }
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
}
