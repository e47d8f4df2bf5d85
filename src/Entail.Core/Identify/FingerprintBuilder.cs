using System.Runtime.InteropServices;
using System.Text;

namespace Entail.Core.Identify;

/// <summary>Makes the bytes that <see cref="FingerprintIndex"/> reads. The same texts and catalog give the same bytes.</summary>
public static class FingerprintBuilder
{
    /// <summary>
    /// The index of the texts in <paramref name="textsFolder"/>. <paramref name="report"/> receives a line for each text left out and each pair
    /// of texts that is the same, nearly the same, or one within the other. Throws <see cref="InvalidDataException"/> for a cataloged text that is not
    /// among them, or a clause outside its text.
    /// </summary>
    public static byte[] Build(string textsFolder, IReadOnlyList<CatalogText> cataloged, TextWriter report)
    {
        var texts = SourceText.ReadAll(textsFolder, report);
        var numbers = texts.Select((text, number) => (text.Key, number)).ToDictionary(StringComparer.Ordinal);
        var entries = cataloged
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ThenBy(entry => entry.License, StringComparer.Ordinal)
            .ThenBy(entry => entry.Document, StringComparer.Ordinal)
            .Select(entry => (Text: Check(entry), Entry: entry))
            .ToList();
        Overlaps.Report(texts, report);
        return Write(texts, entries);

        int Check(CatalogText entry)
        {
            if (!numbers.TryGetValue(entry.Key, out var number))
            {
                throw new InvalidDataException($"{entry.License}: there is no reference text `{entry.Key}`");
            }
            var words = texts[number].Words.Length;
            foreach (var clause in entry.Clauses)
            {
                if (clause.Start < 0 || clause.Start > clause.End || clause.End > words)
                {
                    throw new InvalidDataException(
                        $"{entry.License}: clause `{clause.Id}` spans words {clause.Start} to {clause.End} of {words} in `{entry.Key}`"
                    );
                }
            }
            return number;
        }
    }

    private static byte[] Write(List<SourceText> texts, List<(int Text, CatalogText Entry)> entries)
    {
        var catalogedTexts = entries.Select(entry => entry.Text).ToHashSet();
        var sequences = texts.Select((text, number) => catalogedTexts.Contains(number) ? text.Words : []).ToList();
        var vocabulary = sequences.SelectMany(words => words).Distinct().Order().ToArray();
        if (vocabulary.Length > ushort.MaxValue || texts.Count > ushort.MaxValue)
        {
            throw new InvalidDataException("the fingerprint index numbers texts, and the distinct words of cataloged texts, in 16 bits");
        }
        var clauses = entries.SelectMany(entry => entry.Entry.Clauses).ToList();
        var samples = texts.Select(text => Fingerprint.Sample(text.Shingles)).ToList();
        var postings = samples
            .SelectMany((sample, number) => sample.Samples.Select(hash => (Hash: hash, Text: (ushort)number)))
            .Order()
            .ToArray();
        var hashes = texts.Select(text => new SequenceHash(text.Words).Whole).ToArray();
        var openings = texts.Select(text => text.Shingles.FirstOrDefault()).ToArray();

        using var output = new MemoryStream();
        var strings = new MemoryStream();
        var layout = new FingerprintLayout(
            texts.Count,
            entries.Count,
            clauses.Count,
            sequences.Sum(words => words.Length),
            vocabulary.Length,
            postings.Length
        );
        output.Write(layout.Header());
        Column(hashes);
        Column(texts.SelectMany(text => Convert.FromHexString(text.Sha256)));
        Column(texts.Select(text => (uint)text.Words.Length));
        Column(samples.Select(sample => (uint)sample.Samples.Length));
        Column(openings);
        Column(Starts(sequences.Select(words => words.Length)));
        Strings(texts.Select(text => text.Key));
        Strings(texts.Select(text => text.Spdx));
        Column(samples.Select(sample => sample.Rate));
        Column(
            Numbers()
                .OrderBy(text => hashes[text])
                .ThenBy(text => catalogedTexts.Contains((int)text) ? 0 : 1)
                .ThenBy(text => Standing(texts[(int)text]))
                .ThenBy(text => text)
        );
        Column(Numbers().OrderBy(text => openings[text]).ThenBy(text => text));
        Column(entries.Select(entry => (uint)entry.Text));
        Strings(entries.Select(entry => entry.Entry.License));
        Strings(entries.Select(entry => entry.Entry.Document));
        Column(Starts(entries.Select(entry => entry.Entry.Clauses.Count)));
        Strings(clauses.Select(clause => clause.Id));
        Column(clauses.Select(clause => (uint)clause.Start));
        Column(clauses.Select(clause => (uint)clause.End));
        Column(vocabulary);
        Column(sequences.SelectMany(words => words).Select(word => (ushort)Array.BinarySearch(vocabulary, word)));
        Column(postings.Select(posting => posting.Hash));
        Column(postings.Select(posting => posting.Text));
        strings.WriteTo(output);
        return output.ToArray();

        IEnumerable<uint> Numbers() => Enumerable.Range(0, texts.Count).Select(number => (uint)number);

        void Column<T>(IEnumerable<T> values)
            where T : unmanaged
        {
            output.Write(MemoryMarshal.AsBytes(values.ToArray().AsSpan()));
            output.SetLength(FingerprintLayout.Padded((int)output.Length));
            output.Position = output.Length;
        }

        void Strings(IEnumerable<string> values)
        {
            var starts = new List<uint>();
            foreach (var value in values)
            {
                starts.Add((uint)strings.Length);
                strings.Write(Encoding.UTF8.GetBytes(value));
            }
            Column(starts.Append((uint)strings.Length));
        }
    }

    // Of texts with the same words the one that SPDX lists stands for all, and a deprecated one for none.
    private static int Standing(SourceText text) =>
        (text.Deprecated ? 2 : 0) + (text.Spdx.Length == 0 || text.Spdx.StartsWith("LicenseRef-", StringComparison.Ordinal) ? 1 : 0);

    private static IEnumerable<uint> Starts(IEnumerable<int> lengths)
    {
        var start = 0u;
        yield return start;
        foreach (var length in lengths)
        {
            yield return start += (uint)length;
        }
    }
}
