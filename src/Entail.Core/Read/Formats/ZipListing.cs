using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>An entry of an archive.</summary>
/// <param name="Name">Its name as written; it may lead anywhere, and is never used as a path.</param>
/// <param name="SizeBytes">Its size unpacked, as the archive says.</param>
/// <param name="PackedBytes">Its size in the archive.</param>
/// <param name="IsPacked">It is compressed by deflate; otherwise it is stored as it is, or packed in a way that is not read.</param>
/// <param name="Offset">Where its own header begins.</param>
/// <param name="IsReadable">It is stored, or packed by deflate.</param>
internal readonly record struct ZipEntry(string Name, ulong SizeBytes, ulong PackedBytes, bool IsPacked, ulong Offset, bool IsReadable);

/// <summary>
/// The list of entries at the end of a ZIP archive (PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5), as PyTorch, NumPy and Keras write them. Names and sizes
/// are read; of the entries only small texts that hold a license or a notice. <b>Pickles are never read, let alone run.</b>
/// </summary>
/// <param name="Entries">At most the first 100,000, in the order of the list.</param>
internal sealed record ZipListing(ImmutableArray<ZipEntry> Entries)
{
    private const int MostEntries = 100_000;
    private const int MostTexts = 20;
    private const int LongestName = 512;
    private const int LongestText = 1 << 20;
    private const int EndSize = 22;
    private const int LongestComment = 65_535;
    private const int Encrypted = 1;
    private const uint EndMark = 0x06054b50;
    private const uint LargeEndMark = 0x06064b50;
    private const uint LargeLocatorMark = 0x07064b50;
    private const uint EntryMark = 0x02014b50;
    private const uint LocalMark = 0x04034b50;

    /// <summary>True where a file begins as a ZIP archive does.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == LocalMark;

    /// <summary>Reads the list; what is wrong is a problem of the source, and the entries before it count.</summary>
    public static ZipListing Read(ByteSource source)
    {
        var entries = ImmutableArray.CreateBuilder<ZipEntry>();
        if (Directory(source) is var (offset, count) && source.Seek((long)Math.Min(offset, long.MaxValue)))
        {
            for (ulong i = 0; i < count && entries.Count < MostEntries && !source.Failed; i++)
            {
                if (Entry(source) is { } entry)
                {
                    entries.Add(entry);
                }
            }
            if (count > MostEntries && entries.Count == MostEntries)
            {
                source.Fail(
                    $"the archive lists more than {MostEntries} entries; the others were not looked at",
                    $"压缩包列出的条目超过 {MostEntries} 个，其余未查看"
                );
            }
        }
        return new ZipListing(entries.ToImmutable());
    }

    /// <summary>What the license and notice files in the archive hold; nothing else is unpacked.</summary>
    public Declaration Declared(ByteSource source, ICollection<ReadProblem> problems)
    {
        var terms = ImmutableArray.CreateBuilder<TermsSource>();
        var texts = Entries
            .Where(e => e.IsReadable && e.SizeBytes is > 0 and <= LongestText && e.PackedBytes <= LongestText)
            .Where(e => KnownFiles.IsLicense(Last(e.Name)) || KnownFiles.IsNotice(Last(e.Name)))
            .Take(MostTexts);
        foreach (var entry in texts)
        {
            var file = $"{source.File}!{Problems.Excerpt(entry.Name)}";
            if (Content(source, entry) is { } bytes && DocumentText.Read(file, bytes, truncated: false, problems) is { } text)
            {
                var kind = KnownFiles.IsNotice(Last(entry.Name)) ? TermsKind.Notice : TermsKind.LicenseFile;
                terms.Add(new TermsSource(file, 1, text.Text, kind));
            }
        }
        return new Declaration { Terms = terms.ToImmutable() };
    }

    private static string Last(string name) => name.Split('/', '\\')[^1];

    // The end record stands last, before a comment of at most 65,535 bytes; large archives have a second one before it.
    private static (ulong Offset, ulong Count)? Directory(ByteSource source)
    {
        var tail = (int)Math.Min(source.Length, EndSize + LongestComment);
        if (!source.Seek(source.Length - tail) || source.Bytes((ulong)tail, EndSize + LongestComment) is not { } bytes)
        {
            return null;
        }
        for (var at = tail - EndSize; at >= 0; at--)
        {
            var end = bytes.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndMark)
            {
                continue;
            }
            ulong count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
            ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            return (count == ushort.MaxValue || offset == uint.MaxValue) && Large(source, source.Length - tail + at) is { } large
                ? large
                : (offset, count);
        }
        source.Fail(
            "the list of entries that ends a ZIP archive is missing, so the file is cut off",
            "缺少 ZIP 压缩包末尾的条目列表，文件不完整"
        );
        return null;
    }

    private static (ulong Offset, ulong Count)? Large(ByteSource source, long end)
    {
        const int LocatorSize = 20;
        if (end < LocatorSize || !source.Seek(end - LocatorSize) || source.U32() != LargeLocatorMark)
        {
            return null;
        }
        source.U32();
        var at = source.U64();
        if (at > long.MaxValue || !source.Seek((long)at) || source.U32() != LargeEndMark)
        {
            return null;
        }
        source.Skip(28);
        var count = source.U64();
        source.Skip(8);
        return (source.U64(), count);
    }

    private static ZipEntry? Entry(ByteSource source)
    {
        Span<byte> fixedPart = stackalloc byte[46];
        if (!source.Read(fixedPart))
        {
            return null;
        }
        if (BinaryPrimitives.ReadUInt32LittleEndian(fixedPart) != EntryMark)
        {
            source.Fail("the list of entries breaks off: no entry begins here", "条目列表在此中断：此处不是条目");
            return null;
        }
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[8..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[10..]);
        ulong packed = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[20..]);
        ulong size = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[24..]);
        var (nameLength, extraLength) = (
            BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[28..]),
            BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[30..])
        );
        var comment = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[32..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[42..]);
        var shown = Math.Min((int)nameLength, LongestName);
        if (source.Bytes((ulong)shown, LongestName) is not { } name || !source.Skip((ulong)(nameLength - shown)))
        {
            return null;
        }
        if (source.Bytes(extraLength, ushort.MaxValue) is not { } extra)
        {
            return null;
        }
        Enlarge(extra, ref size, ref packed, ref offset);
        source.Skip(comment);
        return new ZipEntry(Encoding.UTF8.GetString(name), size, packed, method == 8, offset, method is 0 or 8 && (flags & Encrypted) == 0);
    }

    // Extra field 1 holds what did not fit in 32 bits, in this order.
    private static void Enlarge(ReadOnlySpan<byte> extra, ref ulong size, ref ulong packed, ref ulong offset)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            extra = extra[4..];
            if (length > extra.Length)
            {
                return;
            }
            if (id == 1)
            {
                var values = extra[..length];
                Take(ref values, ref size);
                Take(ref values, ref packed);
                Take(ref values, ref offset);
                return;
            }
            extra = extra[length..];
        }

        static void Take(ref ReadOnlySpan<byte> values, ref ulong value)
        {
            if (value == uint.MaxValue && values.Length >= 8)
            {
                value = BinaryPrimitives.ReadUInt64LittleEndian(values);
                values = values[8..];
            }
        }
    }

    // Unpacking ends at the size the entry states, which is at most 1 MB.
    private static byte[]? Content(ByteSource source, ZipEntry entry)
    {
        if (source.Failed || entry.Offset > (ulong)source.Length || !source.Seek((long)entry.Offset) || source.U32() != LocalMark)
        {
            return null;
        }
        source.Skip(22);
        Span<byte> lengths = stackalloc byte[4];
        if (
            !source.Read(lengths)
            || !source.Skip(
                (ulong)(BinaryPrimitives.ReadUInt16LittleEndian(lengths) + BinaryPrimitives.ReadUInt16LittleEndian(lengths[2..]))
            )
            || source.Bytes(entry.PackedBytes, LongestText) is not { } packed
        )
        {
            return null;
        }
        if (!entry.IsPacked)
        {
            return packed;
        }
        try
        {
            using var unpacked = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            var bytes = new byte[(int)entry.SizeBytes];
            return bytes[..unpacked.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
