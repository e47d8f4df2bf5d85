using System.Diagnostics.CodeAnalysis;

namespace Entail.Core.Decide.Engine;

/// <summary>Values by sequences of numbers; a sequence is looked up where it lies, and copied only where it is new.</summary>
internal sealed class Numbered<T>
{
    private readonly Dictionary<int[], T> values;
    private readonly Dictionary<int[], T>.AlternateLookup<ReadOnlySpan<int>> lookup;

    public Numbered()
    {
        values = new Dictionary<int[], T>(new Same());
        lookup = values.GetAlternateLookup<ReadOnlySpan<int>>();
    }

    public T this[ReadOnlySpan<int> key]
    {
        set => lookup[key] = value;
    }

    public bool TryGetValue(ReadOnlySpan<int> key, [MaybeNullWhen(false)] out T value) => lookup.TryGetValue(key, out value);

    private sealed class Same : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<int> alternate)
        {
            var hash = new HashCode();
            foreach (var number in alternate)
            {
                hash.Add(number);
            }
            return hash.ToHashCode();
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
    }
}
