using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>
/// The lineage of a work in a circle or after one by itself, circles cut where they come back to what is open, as <see cref="Link.Linker"/> does. One
/// object for all of them, one after the other.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="pass">What is decided already: in no circle, and looked at only where something in it is not known, or where all is to be looked at.</param>
internal sealed class CutLineage(HubGraph graph, HubPass pass)
{
    private readonly List<int> members = [];
    private readonly Dictionary<int, HubStep[]> kept = [];
    private readonly List<HubFinding> problems = [];
    private readonly Dictionary<int, bool> isOpen = [];
    private readonly Stack<(int Number, int Step)> open = new();

    /// <summary>The works in it that may come out otherwise than in the graph, sources first.</summary>
    public IReadOnlyList<int> Members => members;

    /// <summary>The steps that are left to those that lose some.</summary>
    public IReadOnlyDictionary<int, HubStep[]> Kept => kept;

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<HubFinding> Problems => problems;

    /// <summary>Takes the lineage of a work.</summary>
    /// <param name="root">The work.</param>
    /// <param name="isWhole">All of it is looked at.</param>
    public void SetTo(int root, bool isWhole)
    {
        members.Clear();
        kept.Clear();
        problems.Clear();
        isOpen.Clear();
        isOpen[root] = true;
        open.Push((root, 0));
        while (open.TryPop(out var at))
        {
            var steps = graph[at.Number].Steps;
            var step = at.Step;
            while (step < steps.Length && !Opens(SourceOf(steps[step], root), at.Number, isWhole))
            {
                step++;
            }
            if (step < steps.Length)
            {
                // Once the source is done, the step is looked at again.
                open.Push((at.Number, step));
                open.Push((SourceOf(steps[step], root), 0));
                continue;
            }
            if (isWhole || pass.KindOf(at.Number) == 0)
            {
                members.Add(at.Number);
                Keep(at.Number, steps, root);
            }
            isOpen[at.Number] = false;
        }
    }

    // True for a source that is to be looked at first; of another one, what is wrong with the step is told.
    private bool Opens(int source, int made, bool isWhole)
    {
        if (isOpen.TryGetValue(source, out var isBack))
        {
            if (isBack || graph[source].IsMissing)
            {
                problems.Add(new HubFinding(isBack ? "lineage-cycle" : "base-not-found", null, made, Certainty.Yes));
            }
            return false;
        }
        if (!isWhole && pass[source] is { HasGap: false, Of.IsMissing: false })
        {
            return false;
        }
        isOpen[source] = true;
        return true;
    }

    private void Keep(int number, ReadOnlySpan<HubStep> steps, int root)
    {
        var left = new List<HubStep>(steps.Length);
        foreach (var step in steps)
        {
            if (!isOpen.GetValueOrDefault(SourceOf(step, root)))
            {
                left.Add(step);
            }
        }
        if (left.Count < steps.Length)
        {
            kept[number] = [.. left];
        }
    }

    // The other face of the work itself is the work.
    private int SourceOf(HubStep step, int root) =>
        graph.IsFace(step.From, root) && graph.NameOf(step.From) == graph.NameOf(root) ? root : step.From;
}
