using System.Buffers;
using System.IO.Compression;

namespace Entail.Audit;

/// <summary>
/// The records of a file, one after the other, each as its bytes: a JSON array, JSON Lines, or values in a row, gzipped or not. A record ends where its
/// braces close; what is in it is not looked at here. Only one record at a time is in memory.
/// </summary>
public sealed class RecordFile(string path) : IRecordSource
{
    /// <summary>A longer record is passed over.</summary>
    public const int MostRecordBytes = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public string? Problem { get; private set; }

    /// <summary>The bytes read so far, as they lie on the disk.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Each record in turn.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public IEnumerable<byte[]> Records()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        using var unpacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        var buffer = new byte[1 << 20];
        var record = new ArrayBufferWriter<byte>(1 << 12);
        var depth = 0;
        var (inString, escaped, tooLong) = (false, false, false);
        while (Read(unpacked, buffer) is > 0 and var count)
        {
            BytesRead = file.Position;
            var start = depth > 0 ? 0 : -1;
            for (var i = 0; i < count; i++)
            {
                var b = buffer[i];
                if (inString)
                {
                    if (escaped)
                    {
                        escaped = false;
                    }
                    else if (b == '\\')
                    {
                        escaped = true;
                    }
                    else if (b == '"')
                    {
                        inString = false;
                    }
                    else
                    {
                        // Most of a record is text: the next quote or backslash is looked for by vectors.
                        var skip = buffer.AsSpan(i, count - i).IndexOfAny((byte)'"', (byte)'\\');
                        i = (skip < 0 ? count : i + skip) - 1;
                    }
                }
                else if (depth > 0 && b == '"')
                {
                    inString = true;
                }
                else if (b == '{' || (b == '[' && depth > 0))
                {
                    if (depth++ == 0)
                    {
                        start = i;
                    }
                }
                else if (depth > 0 && b is (byte)'}' or (byte)']' && depth > 0 && --depth == 0)
                {
                    Keep(record, buffer.AsSpan(start, i + 1 - start), ref tooLong);
                    if (!tooLong)
                    {
                        yield return record.WrittenSpan.ToArray();
                    }
                    record.ResetWrittenCount();
                    (start, tooLong) = (-1, false);
                }
            }
            if (depth > 0)
            {
                Keep(record, buffer.AsSpan(start, count - start), ref tooLong);
            }
        }
        if (depth > 0)
        {
            Problem ??= "the file breaks off within a record";
        }
    }

    private void Keep(ArrayBufferWriter<byte> record, ReadOnlySpan<byte> bytes, ref bool tooLong)
    {
        if (tooLong || record.WrittenCount + bytes.Length > MostRecordBytes)
        {
            Problem ??= "a record of more than 16 MB was passed over";
            tooLong = true;
            record.ResetWrittenCount();
            return;
        }
        record.Write(bytes);
    }

    private int Read(Stream stream, byte[] buffer)
    {
        try
        {
            return stream.Read(buffer, 0, buffer.Length);
        }
        catch (InvalidDataException)
        {
            Problem = "the packed data is damaged from here on, or breaks off";
            return 0;
        }
    }
}
