using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Entail.Audit;

/// <summary>One of several shares of what is to be read; which one a work belongs to depends on its name alone.</summary>
/// <param name="Index">Which one, counted from 1.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct Share(int Index, int Count)
{
    /// <summary>The most shares.</summary>
    public const int Most = 100_000;

    /// <summary>All of it.</summary>
    public static readonly Share Whole = new(1, 1);

    /// <summary>Reads <c>3/8</c>; null for anything else.</summary>
    public static Share? Parse(string written) =>
        written.Split('/') is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && i >= 1
        && i <= n
        && n <= Most
            ? new Share(i, n)
            : null;

    /// <summary>True where a work with that name, in any letter case, is in the share.</summary>
    public bool Holds(string name) =>
        Count == 1
        || BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToLowerInvariant()))) % (ulong)Count
            == (ulong)(Index - 1);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
