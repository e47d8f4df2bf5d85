using System.Runtime.InteropServices;

namespace Entail.Core.Decide.Engine;

/// <summary>Whether all is known of a work and of what it was made from.</summary>
internal enum HubGap
{
    /// <summary>It is.</summary>
    None,

    /// <summary>An earlier work is not known.</summary>
    Earlier,

    /// <summary>The work is named, but nothing is known of it.</summary>
    Itself,
}

/// <summary>
/// Shapes: what a work is to those made from it, which is whether something is unknown, the licenses that reached it, and its own. Each is kept as numbers:
/// the gap, how many reached it, of each of these the state, the first from the same work and the marks, and of each of its own the state and the marks.
/// </summary>
internal sealed class HubShapes
{
    private const int FirstReached = 2;
    private const int ReachedSize = 3;
    private const int OwnSize = 2;

    private readonly Numbered shapes = new();
    private readonly List<int> shape = [];

    /// <summary>The number of a shape.</summary>
    /// <param name="gap">Whether something is unknown.</param>
    /// <param name="reached">What reached the work.</param>
    /// <param name="givenAnew">The places of what its publisher gives anew of that, in order.</param>
    /// <param name="own">Its own licenses.</param>
    public int Of(HubGap gap, ReadOnlySpan<HubReached> reached, ReadOnlySpan<int> givenAnew, ReadOnlySpan<HubOwn> own)
    {
        shape.Clear();
        shape.Add((int)gap);
        shape.Add(reached.Length);
        foreach (ref readonly var at in reached)
        {
            shape.Add(at.State);
            shape.Add(at.First);
            shape.Add(at.Marks.Value);
        }
        foreach (var place in givenAnew)
        {
            ref var marks = ref CollectionsMarshal.AsSpan(shape)[FirstReached + (ReachedSize * place) + 2];
            marks = new HubMarks(marks).Anew().Value;
        }
        foreach (var license in own)
        {
            shape.Add(license.State);
            shape.Add(license.Marks.Value);
        }
        return shapes.Of(CollectionsMarshal.AsSpan(shape));
    }

    /// <summary>The shape with a number.</summary>
    public HubShape this[int number] => new(shapes[number]);

    /// <summary>A shape, to read.</summary>
    internal readonly ref struct HubShape(ReadOnlySpan<int> content)
    {
        private readonly ReadOnlySpan<int> content = content;

        /// <summary>Whether something is unknown.</summary>
        public HubGap Gap => (HubGap)content[0];

        /// <summary>How many licenses reached works of it.</summary>
        public int Count => content[1];

        /// <summary>How many licenses of their own they have.</summary>
        public int OwnCount => (content.Length - FirstReached - (ReachedSize * Count)) / OwnSize;

        /// <summary>One that reached them: its state, the place of the first from the same work, and what it is to that.</summary>
        public (int State, int First, HubMarks Marks) Reached(int place)
        {
            var at = FirstReached + (ReachedSize * place);
            return (content[at], content[at + 1], new HubMarks(content[at + 2]));
        }

        /// <summary>One of their own.</summary>
        public HubOwn Own(int place)
        {
            var at = FirstReached + (ReachedSize * Count) + (OwnSize * place);
            return new HubOwn(content[at], new HubMarks(content[at + 1]));
        }
    }
}
