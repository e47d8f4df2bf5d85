using System.Buffers.Binary;
using System.Globalization;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// A binary file whose headers are read and whose weights are passed over: at most 64 MB are ever taken from it, in pieces of 64 KB, however large
/// it is. The first thing that is wrong becomes a problem with its byte offset; from then on nothing more is read, and every call returns false.
/// </summary>
internal sealed class ByteSource
{
    /// <summary>The most bytes that are read; what is skipped does not count.</summary>
    public const long MostRead = 64L * 1024 * 1024;

    private const int BufferSize = 64 * 1024;

    private readonly Stream stream;
    private readonly ICollection<ReadProblem> problems;
    private readonly byte[] buffer;
    private long bufferStart;
    private int buffered;
    private long taken;

    /// <param name="stream">A stream that can seek; the caller closes it.</param>
    /// <param name="file">Its name, for evidence.</param>
    /// <param name="problems">Receives what is wrong, at most one problem.</param>
    public ByteSource(Stream stream, string file, ICollection<ReadProblem> problems)
    {
        this.stream = stream;
        this.problems = problems;
        File = file;
        Length = stream.Length;
        buffer = new byte[(int)Math.Min(BufferSize, Math.Max(Length, 1))];
    }

    /// <summary>The file's name, for evidence.</summary>
    public string File { get; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; }

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>The bytes after the position.</summary>
    public long Remaining => Length - Position;

    /// <summary>Something was wrong; nothing more is read.</summary>
    public bool Failed { get; private set; }

    /// <summary>Reads exactly as many bytes as <paramref name="into"/> holds; false where the file ends before, or enough was read already.</summary>
    public bool Read(Span<byte> into)
    {
        if (Failed)
        {
            return false;
        }
        if (into.Length > Remaining)
        {
            return Fail("the file ends here, in the middle of its header", "文件在此处中断，文件头不完整");
        }
        while (!into.IsEmpty)
        {
            var offset = Position - bufferStart;
            if (offset < 0 || offset >= buffered)
            {
                if (!Fetch())
                {
                    return false;
                }
                offset = 0;
            }
            var count = Math.Min(into.Length, buffered - (int)offset);
            buffer.AsSpan((int)offset, count).CopyTo(into);
            into = into[count..];
            Position += count;
        }
        return true;
    }

    /// <summary>Passes over bytes without reading them; false where the file ends before.</summary>
    public bool Skip(ulong count)
    {
        if (Failed)
        {
            return false;
        }
        if (count > (ulong)Remaining)
        {
            return Fail("a length here leads beyond the end of the file", "此处的长度超出文件末尾");
        }
        Position += (long)count;
        return true;
    }

    /// <summary>Moves to an offset; false where the file ends before it.</summary>
    public bool Seek(long offset)
    {
        if (Failed)
        {
            return false;
        }
        if (offset < 0 || offset > Length)
        {
            return Fail("an offset here leads beyond the end of the file", "此处的偏移量超出文件末尾");
        }
        Position = offset;
        return true;
    }

    /// <summary>The next bytes; null where there are more than <paramref name="most"/>, or fewer than <paramref name="count"/> are left.</summary>
    public byte[]? Bytes(ulong count, int most)
    {
        if (Failed || count > (ulong)Remaining || count > (ulong)most)
        {
            _ =
                count > (ulong)Remaining
                    ? Skip(count)
                    : Fail($"{count} bytes stand here where at most {most} are expected", $"此处有 {count} 字节，超出上限 {most} 字节");
            return null;
        }
        var bytes = new byte[(int)count];
        return Read(bytes) ? bytes : null;
    }

    /// <summary>The next byte; 0 where there is none.</summary>
    public byte U8()
    {
        Span<byte> bytes = stackalloc byte[1];
        return Read(bytes) ? bytes[0] : (byte)0;
    }

    /// <summary>The next 4 bytes, the lowest first; 0 where there are fewer.</summary>
    public uint U32()
    {
        Span<byte> bytes = stackalloc byte[4];
        return Read(bytes) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
    }

    /// <summary>The next 8 bytes, the lowest first; 0 where there are fewer.</summary>
    public ulong U64()
    {
        Span<byte> bytes = stackalloc byte[8];
        return Read(bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
    }

    /// <summary>Reports what is wrong at the position, once, and ends the reading. Always false.</summary>
    /// <param name="en">What is wrong: a clause without a capital and without a full stop.</param>
    /// <param name="zh">The same in Chinese.</param>
    public bool Fail(string en, string zh)
    {
        if (!Failed)
        {
            Failed = true;
            problems.Add(
                Problems.Invalid(
                    At(Position, null),
                    $"`{File}`, byte {Position}: {en}. What stands before it was read; take the file anew from its source.",
                    $"`{File}` 第 {Position} 字节：{zh}。之前的内容已读取；请从来源重新取得该文件。"
                )
            );
        }
        return false;
    }

    /// <summary>Evidence for a metadata key of this file.</summary>
    public Evidence Key(string key, string? text) =>
        new(File, null, null, key, text is null ? null : Problems.Excerpt(text), EvidenceSource.Declared);

    /// <summary>Evidence for a byte of this file.</summary>
    public Evidence At(long offset, string? text) =>
        new(File, null, null, $"@{offset.ToString(CultureInfo.InvariantCulture)}", text, EvidenceSource.Declared);

    private bool Fetch()
    {
        if (taken >= MostRead)
        {
            return Fail(
                $"the header is longer than {MostRead / (1024 * 1024)} MB and was not read further",
                $"文件头超过 {MostRead / (1024 * 1024)} MB，未继续读取"
            );
        }
        bufferStart = Position;
        buffered = 0;
        try
        {
            stream.Position = Position;
            buffered = stream.ReadAtLeast(buffer, 1, throwOnEndOfStream: false);
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            Failed = true;
            problems.Add(FileProblems.Failed(File, problem));
            return false;
        }
        taken += buffered;
        return buffered > 0 || Fail("the file became shorter while it was read", "文件在读取过程中变短");
    }
}
