using System.Runtime.InteropServices;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>A step of a work of some kind: the act, and what the source is to what is made from it.</summary>
internal readonly record struct HubMade(Act Act, int Shape);

/// <summary>What comes to works by their steps, whatever they declare themselves.</summary>
/// <param name="Reached">The place of the first license that reaches them, and how many do.</param>
/// <param name="Making">The verdict on their making.</param>
/// <param name="Gaps">The place of the first fault of a source that is not known, and how many there are.</param>
/// <param name="Refusals">The place of the first fault of a license that stands against the making, and how many there are.</param>
/// <param name="HasGap">An earlier work is not known.</param>
/// <param name="Clashes">Duties of the licenses that reach them cannot all be met.</param>
internal sealed record HubArrival(
    (int First, int Count) Reached,
    Verdict Making,
    (int First, int Count) Gaps,
    (int First, int Count) Refusals,
    bool HasGap,
    bool Clashes
);

/// <summary>
/// What comes to works by their steps: from the shapes of the sources the licenses that reach them, and whether the making was allowed. Many kinds of works
/// have it in common.
/// </summary>
/// <param name="answers">What licenses answer.</param>
internal sealed class HubArrivals(HubAnswers answers)
{
    private readonly Numbered keys = new();
    private readonly List<HubArrival> arrivals = [];
    private readonly Pool<HubReached> allReached = new();
    private readonly Pool<HubFault> allFaults = new();

    // Of the arrival at hand: what is at the sources, by which step and from which work that came, and what passes.
    private readonly List<HubReached> sources = [];
    private readonly List<(int Step, int Work, bool IsOwn)> ways = [];
    private readonly List<HubReached> reached = [];
    private readonly List<int> nextOfWork = [];
    private readonly List<HubOrigin> origins = [];
    private readonly Firsts firsts = new();
    private readonly List<(Verdict Verdict, HubRefusal Refusal)?> makings = [];
    private readonly List<Verdict> verdicts = [];
    private readonly JointVerdict joint = new();
    private readonly List<int> sourceOf = [];
    private readonly Firsts merged = new();
    private readonly Firsts bindsMerged = new();
    private readonly Firsts mergedLicenses = new();
    private readonly List<int> mergedBy = [];
    private readonly List<int> clashing = [];
    private readonly DistinctList<HubFault> faults = new();

    /// <summary>What the sources are.</summary>
    public HubShapes Shapes { get; } = new();

    /// <summary>The number of what comes by some steps.</summary>
    /// <param name="key">All that decides on it as numbers.</param>
    /// <param name="facts">The facts of the works.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="places">For each source, and then each of what reached it, where that work was first met among all of these.</param>
    public int Of(ReadOnlySpan<int> key, Facts facts, ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places)
    {
        var number = keys.Of(key);
        if (number > arrivals.Count)
        {
            arrivals.Add(Make(facts, steps, places));
        }
        return number;
    }

    /// <summary>What comes, by its number.</summary>
    public HubArrival this[int number] => arrivals[number - 1];

    /// <summary>The licenses that come.</summary>
    public ReadOnlySpan<HubReached> ReachedOf(HubArrival arrival) => allReached.At(arrival.Reached.First, arrival.Reached.Count);

    /// <summary>The sources that are not known.</summary>
    public ReadOnlySpan<HubFault> GapsOf(HubArrival arrival) => allFaults.At(arrival.Gaps.First, arrival.Gaps.Count);

    /// <summary>What stands against the making.</summary>
    public ReadOnlySpan<HubFault> RefusalsOf(HubArrival arrival) => allFaults.At(arrival.Refusals.First, arrival.Refusals.Count);

    /// <summary>True where duties of some licenses cannot all be met.</summary>
    public bool Clash(ReadOnlySpan<HubReached> bounds)
    {
        clashing.Clear();
        foreach (ref readonly var bound in bounds)
        {
            if (answers.FactsOf(bound.State).IsPosition)
            {
                clashing.Add(bound.State);
            }
        }
        return clashing.Count > 1 && answers.Clash(clashing);
    }

    /// <summary>
    /// The fault of a license that stands against acts; null for none. As FindingRules.Refusal: that a license which may not even be the one meant is
    /// silent, or may be read so, is said by the verdict alone.
    /// </summary>
    public HubFault? Fault(in HubReached bound, bool isOwn, HubRefusal refusal) =>
        refusal == HubRefusal.No || (refusal == HubRefusal.Silent && bound.Marks.Candidate)
            ? null
            : new HubFault(
                refusal == HubRefusal.Agreement ? "agreement-needed" : "act-prohibited",
                answers.FactsOf(bound.State).Canonical,
                bound.From,
                refusal is HubRefusal.Arguable or HubRefusal.Silent ? Certainty.Arguable : CertaintyOf(bound, isOwn)
            );

    /// <summary>How surely a license binds: that of a work itself, or one that passed to it.</summary>
    public Certainty CertaintyOf(in HubReached bound, bool isOwn) =>
        bound.Marks.Candidate ? Certainty.Arguable
        : isOwn ? answers.FactsOf(bound.State).Own
        : answers.FactsOf(bound.State).Passed;

    private HubArrival Make(Facts facts, ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places)
    {
        var hasGap = SetSources(steps, places);
        SetReached(steps, facts);
        SetMakings(steps, places);
        return new HubArrival(
            (allReached.Keep(CollectionsMarshal.AsSpan(reached)), reached.Count),
            MakingVerdict(),
            Gaps(steps),
            Refusals(),
            hasGap,
            Clash(CollectionsMarshal.AsSpan(reached))
        );
    }

    // What binds those who make something from the sources of a work: what reached them and is not given anew, and their own, be they originals or not.
    private bool SetSources(ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places)
    {
        sources.Clear();
        ways.Clear();
        origins.Clear();
        var hasGap = false;
        var place = 0;
        for (var step = 0; step < steps.Length; step++)
        {
            var shape = Shapes[steps[step].Shape];
            hasGap |= shape.Gap != HubGap.None;
            var count = shape.Count;
            firsts.Clear();
            for (var i = -1; i < count; i++)
            {
                origins.Add(new HubOrigin(step, i));
            }
            for (var i = 0; i < count; i++)
            {
                var (state, _, marks) = shape.Reached(i);
                if (!marks.Released)
                {
                    Add(step, places[place + 1 + i], state, marks, isOwn: false);
                }
            }
            for (var i = 0; i < shape.OwnCount; i++)
            {
                var own = shape.Own(i);
                Add(step, places[place], own.State, own.Marks, isOwn: true);
            }
            place += count + 1;
        }
        return hasGap;
    }

    // Works are told apart by the place at which they were first met, and where a license comes from is told by that, whichever step it came by.
    private void Add(int step, int work, int state, HubMarks marks, bool isOwn)
    {
        sources.Add(new HubReached(origins[work], state, firsts.Of(work, sources.Count), marks));
        ways.Add((step, work, isOwn));
    }

    // What binds those who use a work: what passes by its steps; one entry for each distinct standing.
    private void SetReached(ReadOnlySpan<HubMade> steps, Facts facts)
    {
        reached.Clear();
        nextOfWork.Clear();
        firsts.Clear();
        for (var source = 0; source < sources.Count; source++)
        {
            var bound = sources[source];
            var next = answers.Pass(bound.State, steps[ways[source].Step].Act, facts);
            if (next < 0)
            {
                continue;
            }
            var same = answers.FactsOf(next).Same;
            var first = firsts.Of(ways[source].Work, reached.Count);
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
                reached.Add(bound with { State = next, First = first });
            }
        }
    }

    private Verdict MakingVerdict()
    {
        verdicts.Clear();
        foreach (var answer in makings)
        {
            verdicts.Add(answer?.Verdict ?? Verdict.Unclear);
        }
        return joint.Of(Verdict.Permitted, CollectionsMarshal.AsSpan(sources), verdicts);
    }

    // Whether the making of the work was allowed; null of a license that nobody knows.
    private void SetMakings(ReadOnlySpan<HubMade> steps, ReadOnlySpan<int> places)
    {
        CountMerged(steps, places);
        makings.Clear();
        for (var source = 0; source < sources.Count; source++)
        {
            ref readonly var state = ref answers.FactsOf(sources[source].State);
            var step = ways[source].Step;
            var act = steps[step].Act;
            makings.Add(
                state.IsKnown
                    ? answers.Make(sources[source].State, act, act == Act.Merge && OthersAreBound(sourceOf[step], state.Canonical))
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
        mergedLicenses.Clear();
        mergedBy.Clear();
        var place = 0;
        foreach (var step in steps)
        {
            sourceOf.Add(places[place]);
            if (step.Act == Act.Merge)
            {
                merged.Of(places[place], 0);
            }
            place += Shapes[step.Shape].Count + 1;
        }
        if (merged.Count == 0)
        {
            return;
        }
        for (var source = 0; source < sources.Count; source++)
        {
            ref readonly var state = ref answers.FactsOf(sources[source].State);
            var step = ways[source].Step;
            if (steps[step].Act != Act.Merge || !state.IsModel)
            {
                continue;
            }
            var before = bindsMerged.Count;
            bindsMerged.Of(Pair(state.Canonical, sourceOf[step]), 0);
            if (bindsMerged.Count > before)
            {
                var license = mergedLicenses.Of(state.Canonical, mergedBy.Count);
                if (license == mergedBy.Count)
                {
                    mergedBy.Add(0);
                }
                mergedBy[license]++;
            }
        }
    }

    private bool OthersAreBound(int source, int license)
    {
        var by = mergedLicenses.Contains(license) ? mergedBy[mergedLicenses.Of(license, 0)] : 0;
        return merged.Count - 1 == by - (bindsMerged.Contains(Pair(license, source)) ? 1 : 0);
    }

    private static long Pair(int one, int other) => ((long)one << 32) | (uint)other;

    private (int First, int Count) Gaps(ReadOnlySpan<HubMade> steps)
    {
        faults.Clear();
        for (var i = 0; i < steps.Length; i++)
        {
            if (Shapes[steps[i].Shape].Gap == HubGap.Itself)
            {
                var certainty = steps[i].Act == Act.TrainOnData ? Certainty.Arguable : Certainty.Yes;
                faults.Add(new HubFault("base-not-found", HubAnswers.UnknownName, origins[sourceOf[i]], certainty));
            }
        }
        return (allFaults.Keep(faults.Span), faults.Count);
    }

    private (int First, int Count) Refusals()
    {
        faults.Clear();
        for (var i = 0; i < sources.Count; i++)
        {
            if (Fault(sources[i], ways[i].IsOwn, makings[i]?.Refusal ?? HubRefusal.No) is { } fault)
            {
                faults.Add(fault);
            }
        }
        return (allFaults.Keep(faults.Span), faults.Count);
    }
}
