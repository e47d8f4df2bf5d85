using System.Runtime.InteropServices;
using System.Text;

namespace Entail.Core.Identify;

/// <summary>What the index says of one reference text.</summary>
/// <param name="Key">Its key, unique in the index.</param>
/// <param name="Spdx">Its SPDX id; empty when it has none.</param>
/// <param name="Words">The number of its normalized words.</param>
/// <param name="Sha256">The digest of its file's bytes, lower-case hexadecimal.</param>
public sealed record ReferenceText(string Key, string Spdx, int Words, string Sha256);

/// <summary>
/// The fingerprints of all reference texts: their words as numbers of a vocabulary of hashes; it holds no text. Loading checks the frame and copies
/// nothing but two tables for looking up. Texts are numbered in ordinal order of their keys. Immutable.
/// </summary>
public sealed class FingerprintIndex
{
    /// <summary>The number of a word that stands in no reference text.</summary>
    internal const ushort UnknownWord = ushort.MaxValue;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly FingerprintLayout _layout;
    private readonly WordNumbers _numbers;
    private readonly int[] _directory;
    private readonly ulong[] _openings;

    private FingerprintIndex(ReadOnlyMemory<byte> bytes, FingerprintLayout layout)
    {
        _bytes = bytes;
        _layout = layout;
        _numbers = new WordNumbers(Vocabulary);
        _directory = Directory(Fingerprints);
        _openings = new ulong[1 << 10];
        foreach (var opening in Openings)
        {
            _openings[(ushort)opening >> 6] |= 1ul << (int)opening;
        }
    }

    /// <summary>The number of reference texts.</summary>
    public int Count => _layout.Texts;

    internal ReadOnlySpan<ulong> SequenceHashes => Section<ulong>(_layout.SequenceHash, Count);
    internal ReadOnlySpan<uint> SampleCounts => Section<uint>(_layout.SampleCount, Count);
    internal ReadOnlySpan<uint> Openings => Section<uint>(_layout.Opening, Count);
    internal ReadOnlySpan<byte> Rates => Section<byte>(_layout.Rate, Count);
    internal ReadOnlySpan<uint> Fingerprints => Section<uint>(_layout.Fingerprint, _layout.Postings);
    internal ReadOnlySpan<ushort> Postings => Section<ushort>(_layout.Posting, _layout.Postings);
    internal ReadOnlySpan<uint> Vocabulary => Section<uint>(_layout.Vocabulary, _layout.VocabularyCount);

    // Text numbers ordered by sequence hash, of equal texts the preferred first; and by opening shingle.
    internal ReadOnlySpan<uint> ByHash => Section<uint>(_layout.ByHash, Count);
    internal ReadOnlySpan<uint> ByOpening => Section<uint>(_layout.ByOpening, Count);

    private ReadOnlySpan<uint> SequenceStarts => Section<uint>(_layout.SequenceStart, Count + 1);

    /// <summary>Reads an index. Throws <see cref="InvalidDataException"/> for bytes that are none, or of another version.</summary>
    public static FingerprintIndex Load(ReadOnlyMemory<byte> bytes) => new(bytes, FingerprintLayout.Read(bytes.Span));

    /// <summary>The number of the text of this key (ordinal); below zero when there is none.</summary>
    internal int Number(string key)
    {
        var low = 0;
        var high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Key(middle), key);
            if (order == 0)
            {
                return middle;
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }

    /// <summary>The text of this key (ordinal), or null.</summary>
    public ReferenceText? Find(string key) => Number(key) is >= 0 and var number ? Text(number) : null;

    /// <summary>The first text with this SPDX id (any case), or null. Reads every id: for the few names of one file.</summary>
    public ReferenceText? FindSpdx(string spdx)
    {
        for (var text = 0; text < Count; text++)
        {
            if (spdx.Length > 0 && string.Equals(Spdx(text), spdx, StringComparison.OrdinalIgnoreCase))
            {
                return Text(text);
            }
        }
        return null;
    }

    /// <summary>The text of this number, from 0 to <see cref="Count"/>.</summary>
    public ReferenceText Text(int text) =>
        new(Key(text), Spdx(text), Words(text), Convert.ToHexStringLower(Section<byte>(_layout.Sha256 + (32 * text), 32)));

    /// <summary>The classes of more than one text with the very same words, in ordinal order of their first keys; in each the preferred text first.</summary>
    public IEnumerable<IReadOnlyList<ReferenceText>> Classes() =>
        Enumerable
            .Range(0, Count)
            .Select(text => (Text: text, Same: Same(SequenceHashes[text], Words(text))))
            .Where(one => one.Same.Count > 1 && one.Same[0] == one.Text)
            .Select(one => one.Same.ConvertAll(Text));

    /// <summary>The keys of the texts with the words of this one, itself among them; empty where the index has no such key.</summary>
    public IReadOnlyList<string> SameWords(string key) =>
        Number(key) is >= 0 and var text ? Same(SequenceHashes[text], Words(text)).ConvertAll(Key) : [];

    internal string Key(int text) => String(_layout.Key, text);

    /// <summary>The number of a text's words.</summary>
    internal int Words(int text)
    {
        var starts = SequenceStarts;
        return (int)(starts[text + 1] - starts[text]);
    }

    /// <summary>The texts with this sequence hash and number of words, the preferred first: listed by SPDX, then by key.</summary>
    internal List<int> Same(ulong hash, int words)
    {
        var byHash = ByHash;
        var hashes = SequenceHashes;
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = hashes[(int)byHash[middle]] < hash ? (middle + 1, high) : (low, middle);
        }
        var same = new List<int>();
        for (var i = low; i < Count && hashes[(int)byHash[i]] == hash; i++)
        {
            if (Words((int)byHash[i]) == words)
            {
                same.Add((int)byHash[i]);
            }
        }
        return same;
    }

    /// <summary>A hash of some of the words of a text, the same for the same words of any text; null where the index has no such words.</summary>
    public ulong? Print(string key, int start, int end)
    {
        if (Number(key) is not (>= 0 and var text) || start < 0 || start >= end || end > Words(text))
        {
            return null;
        }
        var vocabulary = Vocabulary;
        var words = new uint[end - start];
        var sequence = Sequence(text)[start..end];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = vocabulary[sequence[i]];
        }
        return new SequenceHash(words).Whole;
    }

    /// <summary>The words of a text, as numbers of the vocabulary.</summary>
    internal ReadOnlySpan<ushort> Sequence(int text)
    {
        var starts = SequenceStarts;
        return Section<ushort>(_layout.Sequence, _layout.Words)[(int)starts[text]..(int)starts[text + 1]];
    }

    /// <summary>The numbers of these words; <see cref="UnknownWord"/> for one of no text.</summary>
    internal ushort[] Numbered(ReadOnlySpan<uint> words)
    {
        var numbers = new ushort[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            numbers[i] = _numbers.Of(words[i]);
        }
        return numbers;
    }

    /// <summary>False where no text begins with this shingle; true where one may.</summary>
    internal bool Opens(uint shingle) => (_openings[(ushort)shingle >> 6] & (1ul << (int)shingle)) != 0;

    /// <summary>Where the postings of this shingle begin and end. <paramref name="fingerprints"/> is the column of that name, got once for many calls.</summary>
    internal (int Start, int End) Find(uint shingle, ReadOnlySpan<uint> fingerprints)
    {
        var start = _directory[shingle >> 16];
        var limit = _directory[(shingle >> 16) + 1];
        while (start < limit && fingerprints[start] < shingle)
        {
            start++;
        }
        var end = start;
        while (end < limit && fingerprints[end] == shingle)
        {
            end++;
        }
        return (start, end);
    }

    private string Spdx(int text) => String(_layout.Spdx, text);

    // For each value of the upper half of a fingerprint, where those with it begin.
    private static int[] Directory(ReadOnlySpan<uint> fingerprints)
    {
        var directory = new int[(1 << 16) + 1];
        var next = 0;
        for (var i = 0; i < fingerprints.Length; i++)
        {
            while (next <= fingerprints[i] >> 16)
            {
                directory[next++] = i;
            }
        }
        directory.AsSpan(next).Fill(fingerprints.Length);
        return directory;
    }

    // `offset` is that of a column of string starts; the string ends where the next begins.
    private string String(int offset, int number)
    {
        var bounds = Section<uint>(offset + (sizeof(uint) * number), 2);
        return Encoding.UTF8.GetString(_bytes.Span.Slice(_layout.Strings + (int)bounds[0], (int)(bounds[1] - bounds[0])));
    }

    private ReadOnlySpan<T> Section<T>(int offset, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_bytes.Span[offset..])[..count];
}
