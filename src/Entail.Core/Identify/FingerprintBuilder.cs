using System.Runtime.InteropServices;
using System.Text;

namespace Entail.Core.Identify;

/// <summary>Makes the bytes that <see cref="FingerprintIndex"/> reads. The same texts give the same bytes.</summary>
public static class FingerprintBuilder
{
    /// <summary>
    /// The index of the texts in <paramref name="textsFolder"/>. <paramref name="report"/> receives a line for each text left out and each pair
    /// of texts that is the same, nearly the same, or one within the other. Throws <see cref="InvalidDataException"/> for more texts or words than it can number.
    /// </summary>
    public static byte[] Build(string textsFolder, TextWriter report)
    {
        var texts = SourceText.ReadAll(textsFolder, report);
        var vocabulary = texts.SelectMany(text => text.Words).Distinct().Order().ToArray();
        // The last number stands for a word of no text.
        if (vocabulary.Length >= FingerprintIndex.UnknownWord || texts.Count > ushort.MaxValue)
        {
            throw new InvalidDataException("the fingerprint index numbers texts and their distinct words in 16 bits");
        }
        var sequences = texts.ConvertAll(text => Array.ConvertAll(text.Words, word => (ushort)Array.BinarySearch(vocabulary, word)));
        var shingles = sequences.ConvertAll(words => Fingerprint.Shingles(words));
        Overlaps.Report(texts, shingles, report);
        return Write(texts, vocabulary, sequences, shingles);
    }

    private static byte[] Write(List<SourceText> texts, uint[] vocabulary, List<ushort[]> sequences, List<uint[]> shingles)
    {
        var samples = shingles.ConvertAll(Fingerprint.Sample);
        var postings = samples
            .SelectMany((sample, number) => sample.Samples.Select(hash => (Hash: hash, Text: (ushort)number)))
            .Order()
            .ToArray();
        var hashes = texts.Select(text => new SequenceHash(text.Words).Whole).ToArray();
        var openings = shingles.Select(runs => runs.FirstOrDefault()).ToArray();

        using var output = new MemoryStream();
        var strings = new MemoryStream();
        var layout = new FingerprintLayout(texts.Count, sequences.Sum(words => words.Length), vocabulary.Length, postings.Length);
        output.Write(layout.Header());
        Column(hashes);
        Column(texts.SelectMany(text => Convert.FromHexString(text.Sha256)));
        Column(samples.Select(sample => (uint)sample.Samples.Length));
        Column(openings);
        Column(Starts(texts.Select(text => text.Words.Length)));
        Strings(texts.Select(text => text.Key));
        Strings(texts.Select(text => text.Spdx));
        Column(samples.Select(sample => sample.Rate));
        Column(Numbers().OrderBy(text => hashes[text]).ThenBy(text => Standing(texts[(int)text])).ThenBy(text => text));
        Column(Numbers().OrderBy(text => openings[text]).ThenBy(text => text));
        Column(vocabulary);
        Column(sequences.SelectMany(words => words));
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
