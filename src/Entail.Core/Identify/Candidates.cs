namespace Entail.Core.Identify;

/// <summary>The reference texts that share enough sampled shingles with a file to be worth a closer look, and where they share them.</summary>
internal sealed class Candidates
{
    private const int MaxCataloged = 48;
    private const int MaxSampled = 192;
    private readonly FingerprintIndex _index;
    private readonly AnalyzedText _file;
    private readonly Dictionary<int, List<int>> _places;

    private Candidates(FingerprintIndex index, AnalyzedText file, int[] cataloged, int[] sampled)
    {
        (_index, _file, Cataloged, Sampled) = (index, file, cataloged, sampled);
        _places = cataloged.Concat(sampled).ToDictionary(text => text, _ => new List<int>());
    }

    /// <summary>Texts whose words are known, best first.</summary>
    public int[] Cataloged { get; }

    /// <summary>Texts known by samples only, best first.</summary>
    public int[] Sampled { get; }

    /// <summary>The candidates for <paramref name="file"/>; of texts with the same words only the preferred.</summary>
    public static Candidates Find(FingerprintIndex index, AnalyzedText file)
    {
        var shared = new int[index.Count];
        var sampled = new Dictionary<byte, int>();
        var rest = index.Fingerprints;
        foreach (var shingle in file.Shingles.Distinct().Order())
        {
            foreach (var rate in Fingerprint.Rates)
            {
                if (shingle % rate == 0)
                {
                    sampled[rate] = sampled.GetValueOrDefault(rate) + 1;
                }
            }
            rest = rest[rest.LowerBound(shingle)..];
            for (var i = 0; i < rest.Length && rest[i] == shingle; i++)
            {
                shared[index.Postings[^(rest.Length - i)]]++;
            }
        }
        var ranked = Enumerable
            .Range(0, index.Count)
            .Where(text => shared[text] > 1)
            .Select(text =>
                (
                    Text: text,
                    OfText: (double)shared[text] / index.SampleCounts[text],
                    OfFile: (double)shared[text] / sampled[index.Rates[text]]
                )
            )
            .Where(candidate => Math.Max(candidate.OfText, candidate.OfFile) >= 0.1 && index.Preferred(candidate.Text) == candidate.Text)
            .OrderByDescending(candidate => Math.Max(candidate.OfText, candidate.OfFile))
            .ThenByDescending(candidate => shared[candidate.Text])
            .ThenBy(candidate => candidate.Text)
            .ToList();
        var candidates = new Candidates(
            index,
            file,
            [
                .. ranked
                    .Where(candidate => index.IsCataloged(candidate.Text) && (candidate.OfText >= 0.1 || candidate.OfFile >= 0.25))
                    .Select(candidate => candidate.Text)
                    .Take(MaxCataloged),
            ],
            [
                .. ranked
                    .Where(candidate => !index.IsCataloged(candidate.Text) && (candidate.OfText >= 0.4 || candidate.OfFile >= 0.4))
                    .Select(candidate => candidate.Text)
                    .Take(MaxSampled),
            ]
        );
        candidates.Locate();
        return candidates;
    }

    /// <summary>The words at which a sampled shingle of this candidate begins, ascending.</summary>
    public List<int> Places(int text) => _places[text];

    /// <summary>
    /// How well a candidate agrees with the words from <paramref name="start"/> up to <paramref name="end"/>: the share of its samples that are there, and
    /// the share of what is there that is its.
    /// </summary>
    public (double OfText, double OfSpan) Measure(int text, int start, int end)
    {
        var places = _places[text];
        var last = end - Fingerprint.ShingleWords + 1;
        var from = places.BinarySearch(start) is var low && low < 0 ? ~low : low;
        var to = places.BinarySearch(last) is var high && high < 0 ? ~high : high;
        if (to <= from)
        {
            return (0, 0);
        }
        var distinct = places.GetRange(from, to - from).Select(place => _file.Shingles[place]).Distinct().Count();
        return (
            (double)distinct / _index.SampleCounts[text],
            Math.Min(1, (double)(to - from) / _file.Sampled(_index.Rates[text], start, last))
        );
    }

    /// <summary>The mean of both shares of <see cref="Measure"/>, weighted by their samples (Dice's coefficient).</summary>
    public double Agreement(int text, int start, int end)
    {
        var (ofText, ofSpan) = Measure(text, start, end);
        return ofText + ofSpan > 0 ? 2 * ofText * ofSpan / (ofText + ofSpan) : 0;
    }

    /// <summary>
    /// How much a candidate leaves unexplained of the words from <paramref name="start"/> up to <paramref name="end"/>: its samples that are not there and
    /// those there that are not its, each counting for as many words as one in its rate.
    /// </summary>
    public double Unexplained(int text, int start, int end)
    {
        var (ofText, ofSpan) = Measure(text, start, end);
        var rate = _index.Rates[text];
        var there = _file.Sampled(rate, start, end - Fingerprint.ShingleWords + 1);
        return rate * (((1 - ofText) * _index.SampleCounts[text]) + ((1 - ofSpan) * there));
    }

    private void Locate()
    {
        if (_places.Count == 0)
        {
            return;
        }
        var fingerprints = _index.Fingerprints;
        var postings = _index.Postings;
        for (var place = 0; place < _file.Shingles.Length; place++)
        {
            var shingle = _file.Shingles[place];
            for (var i = fingerprints.LowerBound(shingle); i < fingerprints.Length && fingerprints[i] == shingle; i++)
            {
                if (_places.TryGetValue(postings[i], out var places))
                {
                    places.Add(place);
                }
            }
        }
    }
}
