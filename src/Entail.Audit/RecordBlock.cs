using System.Buffers;

namespace Entail.Audit;

/// <summary>Some whole records, one after the other, in memory that is lent.</summary>
public readonly record struct RecordBlock(byte[] Lent, int Length)
{
    /// <summary>The usual size of a block.</summary>
    internal const int UsualBytes = 1 << 18;

    /// <summary>The records, and what is between them.</summary>
    public ReadOnlySpan<byte> Bytes => Lent.AsSpan(0, Length);

    /// <summary>Gives the memory back.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(Lent);

    /// <summary>Records, a line each, in blocks.</summary>
    internal static IEnumerable<RecordBlock> Of(IEnumerable<byte[]> records)
    {
        var (lent, length) = (ArrayPool<byte>.Shared.Rent(UsualBytes), 0);
        foreach (var record in records)
        {
            if (length > 0 && length + record.Length >= lent.Length)
            {
                yield return new RecordBlock(lent, length);
                (lent, length) = (ArrayPool<byte>.Shared.Rent(UsualBytes), 0);
            }
            if (record.Length >= lent.Length)
            {
                ArrayPool<byte>.Shared.Return(lent);
                lent = ArrayPool<byte>.Shared.Rent(record.Length + 1);
            }
            record.CopyTo(lent, length);
            length += record.Length;
            lent[length++] = (byte)'\n';
        }
        yield return new RecordBlock(lent, length);
    }
}
