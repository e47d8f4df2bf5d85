using System.Buffers;
using System.IO.Compression;

namespace Entail.Audit;

/// <summary>The records of a file: a JSON array, JSON Lines, or values in a row, gzipped or not. A few blocks of it are in memory at a time.</summary>
public sealed class RecordFile(string path) : IRecordSource
{
    /// <summary>A longer record is passed over.</summary>
    public const int MostRecordBytes = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public double Done { get; private set; }

    /// <summary>The file in blocks that end where a record does.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public IEnumerable<RecordBlock> Blocks()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        using var unpacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        var buffer = ArrayPool<byte>.Shared.Rent(RecordBlock.UsualBytes);
        var held = 0;
        var isLast = false;
        while (!isLast)
        {
            var count = Fill(unpacked, buffer, held);
            isLast = count < buffer.Length;
            Done = file.Position / Math.Max(1.0, file.Length);
            var end = Whole(buffer.AsSpan(0, count), isLast);
            if (isLast && end < count)
            {
                Problem ??= "the file breaks off within a record";
            }
            if (end == 0 && !isLast && count >= MostRecordBytes)
            {
                held = PassOver(unpacked, buffer, out isLast);
                continue;
            }
            var next = ArrayPool<byte>.Shared.Rent(end == 0 ? 2 * count : Math.Max(RecordBlock.UsualBytes, count - end));
            buffer.AsSpan(end, count - end).CopyTo(next);
            held = count - end;
            yield return new RecordBlock(buffer, end);
            buffer = next;
        }
        ArrayPool<byte>.Shared.Return(buffer);
    }

    // How many bytes hold whole records alone. An object after another without a comma begins a record; else braces tell.
    private static int Whole(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var at = bytes.LastIndexOf("}\n{"u8) + 1;
        if (at > 0 && !isLast)
        {
            return at;
        }
        while (bytes[at..].IndexOf((byte)'{') is >= 0 and var start)
        {
            at += start;
            var length = new Braces().End(bytes[at..]);
            if (length < 0)
            {
                return at;
            }
            at += length;
        }
        return bytes.Length;
    }

    // The rest of a record that fills the buffer; what follows it is at the buffer's beginning then.
    private int PassOver(Stream stream, byte[] buffer, out bool isLast)
    {
        Problem ??= "a record of more than 16 MB was passed over";
        var braces = new Braces();
        var (count, end) = (buffer.Length, -1);
        while (count > 0 && (end = braces.End(buffer.AsSpan(0, count))) < 0)
        {
            count = Fill(stream, buffer, 0);
        }
        isLast = count == 0;
        if (isLast)
        {
            return 0;
        }
        buffer.AsSpan(end, count - end).CopyTo(buffer);
        return count - end;
    }

    private int Fill(Stream stream, byte[] buffer, int count)
    {
        try
        {
            while (count < buffer.Length && stream.Read(buffer, count, buffer.Length - count) is > 0 and var more)
            {
                count += more;
            }
        }
        catch (InvalidDataException)
        {
            Problem = "the packed data is damaged from here on, or breaks off";
        }
        return count;
    }
}
