using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Entail.Core.Identify;

/// <summary>
/// Where each column of an index begins. The file is a header of seven 32-bit numbers (magic, format, normalization, and the four counts), then the
/// columns in the order below, each padded to eight bytes. All numbers are little-endian.
/// </summary>
internal sealed class FingerprintLayout
{
    /// <summary>"EFPX".</summary>
    public const uint Magic = 0x58504645;

    /// <summary>The version of this layout.</summary>
    public const uint Format = 2;

    private const int HeaderNumbers = 7;

    public FingerprintLayout(int texts, int words, int vocabulary, int postings)
    {
        (Texts, Words, VocabularyCount, Postings) = (texts, words, vocabulary, postings);
        var end = (long)Padded(HeaderNumbers * sizeof(uint));
        SequenceHash = Column<ulong>(texts);
        Sha256 = Column<Digest>(texts);
        SampleCount = Column<uint>(texts);
        Opening = Column<uint>(texts);
        SequenceStart = Column<uint>(texts + 1L);
        Key = Column<uint>(texts + 1L);
        Spdx = Column<uint>(texts + 1L);
        Rate = Column<byte>(texts);
        ByHash = Column<uint>(texts);
        ByOpening = Column<uint>(texts);
        Vocabulary = Column<uint>(vocabulary);
        Sequence = Column<ushort>(words);
        Fingerprint = Column<uint>(postings);
        Posting = Column<ushort>(postings);
        Strings = (int)end;

        int Column<T>(long count)
            where T : unmanaged
        {
            var start = end;
            end = Padded(start + (count * Unsafe.SizeOf<T>()));
            return end <= int.MaxValue ? (int)start : throw new InvalidDataException("the fingerprint index is too large");
        }
    }

    public int Texts { get; }
    public int Words { get; }
    public int VocabularyCount { get; }
    public int Postings { get; }
    public int SequenceHash { get; }
    public int Sha256 { get; }
    public int SampleCount { get; }
    public int Opening { get; }
    public int SequenceStart { get; }
    public int Key { get; }
    public int Spdx { get; }
    public int Rate { get; }
    public int ByHash { get; }
    public int ByOpening { get; }
    public int Vocabulary { get; }
    public int Sequence { get; }
    public int Fingerprint { get; }
    public int Posting { get; }

    /// <summary>Where the characters (UTF-8) begin; they run to the end.</summary>
    public int Strings { get; }

    /// <summary>The header of an index with this layout, padded.</summary>
    public byte[] Header()
    {
        var header = new byte[Padded(HeaderNumbers * sizeof(uint))];
        Span<uint> numbers = [Magic, Format, Normalization.Version, (uint)Texts, (uint)Words, (uint)VocabularyCount, (uint)Postings];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(i * sizeof(uint)), numbers[i]);
        }
        return header;
    }

    /// <summary>The layout of the index in <paramref name="bytes"/>. Throws <see cref="InvalidDataException"/> when it is none.</summary>
    public static FingerprintLayout Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Padded(HeaderNumbers * sizeof(uint)) || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new InvalidDataException("not a fingerprint index");
        }
        var numbers = new int[HeaderNumbers];
        for (var i = 1; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(uint))..]);
            if (numbers[i] < 0)
            {
                throw new InvalidDataException("the fingerprint index is damaged");
            }
        }
        if (numbers[1] != Format || numbers[2] != Normalization.Version)
        {
            throw new InvalidDataException(
                $"the fingerprint index has format {numbers[1]} and normalization {numbers[2]}; this program reads {Format} and {Normalization.Version}"
            );
        }
        var layout = new FingerprintLayout(numbers[3], numbers[4], numbers[5], numbers[6]);
        return layout.Strings <= bytes.Length ? layout : throw new InvalidDataException("the fingerprint index is cut short");
    }

    /// <summary>The next multiple of eight.</summary>
    public static int Padded(int length) => (int)Padded((long)length);

    private static long Padded(long length) => (length + 7) & ~7L;

    [InlineArray(32)]
    private struct Digest
    {
        private byte _first;
    }
}
