using System.Runtime.InteropServices;
using System.Text;

namespace Entail.Core.Identify;

/// <summary>What the index says of one reference text.</summary>
/// <param name="Key">Its key, unique in the index.</param>
/// <param name="License">The cataloged license it belongs to; null when the catalog has none.</param>
/// <param name="Document">Which document of that license it is; null when not cataloged.</param>
/// <param name="Spdx">Its SPDX id; empty when it has none.</param>
/// <param name="Words">The number of its normalized words.</param>
/// <param name="Sha256">The digest of its file's bytes, lower-case hexadecimal.</param>
public sealed record ReferenceText(string Key, string? License, string? Document, string Spdx, int Words, string Sha256)
{
    /// <summary>The cataloged id, else the key.</summary>
    public string Id => License ?? Key;
}

/// <summary>
/// The fingerprints of all reference texts; it holds no text. Loading checks the frame and copies nothing; every lookup is a binary search in
/// the bytes. Texts are numbered in ordinal order of their keys. Immutable.
/// </summary>
public sealed class FingerprintIndex
{
    private readonly byte[] _bytes;
    private readonly FingerprintLayout _layout;

    private FingerprintIndex(byte[] bytes, FingerprintLayout layout)
    {
        _bytes = bytes;
        _layout = layout;
    }

    /// <summary>The number of reference texts.</summary>
    public int Count => _layout.Texts;

    internal ReadOnlySpan<ulong> SequenceHashes => Section<ulong>(_layout.SequenceHash, Count);
    internal ReadOnlySpan<uint> WordCounts => Section<uint>(_layout.WordCount, Count);
    internal ReadOnlySpan<uint> SampleCounts => Section<uint>(_layout.SampleCount, Count);
    internal ReadOnlySpan<uint> Openings => Section<uint>(_layout.Opening, Count);
    internal ReadOnlySpan<byte> Rates => Section<byte>(_layout.Rate, Count);
    internal ReadOnlySpan<uint> Fingerprints => Section<uint>(_layout.Fingerprint, _layout.Postings);
    internal ReadOnlySpan<ushort> Postings => Section<ushort>(_layout.Posting, _layout.Postings);

    // Text numbers ordered by sequence hash, of equal texts the preferred first; and by opening shingle.
    internal ReadOnlySpan<uint> ByHash => Section<uint>(_layout.ByHash, Count);
    internal ReadOnlySpan<uint> ByOpening => Section<uint>(_layout.ByOpening, Count);

    private ReadOnlySpan<uint> SequenceStarts => Section<uint>(_layout.SequenceStart, Count + 1);
    private ReadOnlySpan<uint> EntryTexts => Section<uint>(_layout.EntryText, _layout.Entries);
    private ReadOnlySpan<uint> EntryClauses => Section<uint>(_layout.EntryClause, _layout.Entries + 1);

    /// <summary>Reads an index. Throws <see cref="InvalidDataException"/> for bytes that are none, or of another version.</summary>
    public static FingerprintIndex Load(byte[] bytes) => new(bytes, FingerprintLayout.Read(bytes));

    /// <inheritdoc cref="Load(byte[])"/>
    public static FingerprintIndex Load(Stream stream)
    {
        if (stream.CanSeek)
        {
            var bytes = new byte[stream.Length - stream.Position];
            stream.ReadExactly(bytes);
            return Load(bytes);
        }
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Load(memory.ToArray());
    }

    /// <summary>The text of this key (ordinal), or null.</summary>
    public ReferenceText? Find(string key)
    {
        var low = 0;
        var high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Key(middle), key);
            if (order == 0)
            {
                return Text(middle);
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return null;
    }

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
    public ReferenceText Text(int text)
    {
        var entry = Entries(text);
        var cataloged = entry.Start.Value < entry.End.Value;
        return new ReferenceText(
            Key(text),
            cataloged ? License(entry.Start.Value) : null,
            cataloged ? Document(entry.Start.Value) : null,
            Spdx(text),
            (int)WordCounts[text],
            Convert.ToHexStringLower(Section<byte>(_layout.Sha256 + (32 * text), 32))
        );
    }

    internal string Key(int text) => String(_layout.Key, text);

    internal string License(int entry) => String(_layout.License, entry);

    internal string Document(int entry) => String(_layout.Document, entry);

    /// <summary>The license id of a text: of its first catalog entry, else its key.</summary>
    internal string Id(int text)
    {
        var entries = Entries(text);
        return entries.Start.Value < entries.End.Value ? License(entries.Start.Value) : Key(text);
    }

    /// <summary>The texts with this sequence hash and number of words, the preferred first: cataloged, then listed by SPDX, then by key.</summary>
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
            if (WordCounts[(int)byHash[i]] == words)
            {
                same.Add((int)byHash[i]);
            }
        }
        return same;
    }

    /// <summary>Of the texts with the words of this one, the one that stands for all.</summary>
    internal int Preferred(int text) => Same(SequenceHashes[text], (int)WordCounts[text])[0];

    /// <summary>True when the words and clauses of a text are known.</summary>
    internal bool IsCataloged(int text) => SequenceStarts[text] < SequenceStarts[text + 1];

    /// <summary>The word hashes of a cataloged text; empty for others.</summary>
    internal uint[] Sequence(int text)
    {
        var starts = SequenceStarts;
        var codes = Section<ushort>(_layout.Sequence, _layout.Words)[(int)starts[text]..(int)starts[text + 1]];
        var vocabulary = Section<uint>(_layout.Vocabulary, _layout.VocabularyCount);
        var words = new uint[codes.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = vocabulary[codes[i]];
        }
        return words;
    }

    /// <summary>The catalog entries of a text: one for each license that has it as a document.</summary>
    internal Range Entries(int text)
    {
        var texts = EntryTexts;
        var start = texts.LowerBound((uint)text);
        var end = start;
        while (end < texts.Length && texts[end] == text)
        {
            end++;
        }
        return start..end;
    }

    /// <summary>The clauses of a catalog entry, in the order of the text.</summary>
    internal ClauseSpan[] Clauses(int entry)
    {
        var (start, end) = ((int)EntryClauses[entry], (int)EntryClauses[entry + 1]);
        var starts = Section<uint>(_layout.ClauseStart, _layout.Clauses);
        var ends = Section<uint>(_layout.ClauseEnd, _layout.Clauses);
        var clauses = new ClauseSpan[end - start];
        for (var i = 0; i < clauses.Length; i++)
        {
            clauses[i] = new ClauseSpan(String(_layout.ClauseId, start + i), (int)starts[start + i], (int)ends[start + i]);
        }
        return clauses;
    }

    private string Spdx(int text) => String(_layout.Spdx, text);

    // `offset` is that of a column of string starts; the string ends where the next begins.
    private string String(int offset, int number)
    {
        var bounds = Section<uint>(offset + (sizeof(uint) * number), 2);
        return Encoding.UTF8.GetString(_bytes.AsSpan(_layout.Strings + (int)bounds[0], (int)(bounds[1] - bounds[0])));
    }

    private ReadOnlySpan<T> Section<T>(int offset, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(offset))[..count];
}
