namespace Entail.Core.Identify;

/// <summary>The reference texts, and which of them are documents of cataloged licenses.</summary>
internal sealed class ReferenceLibrary
{
    private readonly Dictionary<int, CatalogText[]> _entries;
    private readonly int[] _preferred;
    private readonly Lazy<HashSet<uint>> _restricting;

    /// <summary>Joins both; a cataloged text that the index lacks is left out.</summary>
    public ReferenceLibrary(FingerprintIndex index, IReadOnlyList<CatalogText> cataloged)
    {
        Index = index;
        _entries = cataloged
            .Select(text => (Number: index.Number(text.Key), Text: text))
            .Where(entry => entry.Number >= 0)
            .GroupBy(entry => entry.Number, entry => entry.Text)
            .ToDictionary(
                group => group.Key,
                group =>
                    group
                        .OrderBy(text => text.License, StringComparer.Ordinal)
                        .ThenBy(text => text.Document, StringComparer.Ordinal)
                        .ToArray()
            );
        _preferred = new int[index.Count];
        _restricting = new Lazy<HashSet<uint>>(() => [.. Cataloged.SelectMany(RestrictingShingles)]);
    }

    public FingerprintIndex Index { get; }

    /// <summary>The shingles of all clauses that restrict a use.</summary>
    public HashSet<uint> Restricting => _restricting.Value;

    /// <summary>The texts of cataloged licenses.</summary>
    public IEnumerable<int> Cataloged => _entries.Keys.Order();

    /// <summary>The cataloged licenses that have this text as a document; empty for others.</summary>
    public IReadOnlyList<CatalogText> Entries(int text) => _entries.GetValueOrDefault(text, []);

    /// <summary>The license id of a text: of the first cataloged license that has it, else its key.</summary>
    public string Id(int text) => _entries.TryGetValue(text, out var entries) ? entries[0].License : Index.Key(text);

    /// <summary>The clauses of a cataloged text; empty for others.</summary>
    public IReadOnlyList<ClauseSpan> Clauses(int text) => _entries.TryGetValue(text, out var entries) ? entries[0].Clauses : [];

    /// <summary>The texts with this sequence hash and number of words, the preferred first: cataloged, then listed by SPDX, then by key.</summary>
    public List<int> Same(ulong hash, int words)
    {
        var same = Index.Same(hash, words);
        if (same.FindIndex(_entries.ContainsKey) is > 0 and var first)
        {
            var cataloged = same[first];
            same.RemoveAt(first);
            same.Insert(0, cataloged);
        }
        return same;
    }

    /// <summary>Of the texts with the words of this one, the one that stands for all.</summary>
    public int Preferred(int text)
    {
        if (_preferred[text] == 0)
        {
            _preferred[text] = Same(Index.SequenceHashes[text], Index.Words(text))[0] + 1;
        }
        return _preferred[text] - 1;
    }

    private IEnumerable<uint> RestrictingShingles(int text)
    {
        var words = Index.Sequence(text).ToArray();
        return Clauses(text)
            .Where(clause => clause.Restricts)
            .SelectMany(clause => Fingerprint.Shingles(words.AsSpan(clause.Start..clause.End)));
    }
}
