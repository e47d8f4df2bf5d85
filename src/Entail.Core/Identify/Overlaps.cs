using System.Globalization;

namespace Entail.Core.Identify;

/// <summary>Reports which reference texts can be mistaken for one another.</summary>
internal static class Overlaps
{
    private const double Near = 0.9;

    /// <summary>
    /// One line for each pair that shares nine tenths of the shingles of one: `same` (equal words), `near` (both ways) or `contains` (the first
    /// has the second). Pairs are found by their sampled shingles and measured by all.
    /// </summary>
    public static void Report(List<SourceText> texts, TextWriter report)
    {
        var sets = texts.Select(text => text.Shingles.ToHashSet()).ToList();
        var samples = sets.Select(set => Fingerprint.Sample([.. set]).Samples).ToList();
        var holders = new Dictionary<uint, List<int>>();
        for (var text = 0; text < texts.Count; text++)
        {
            foreach (var shingle in sets[text].Where(shingle => shingle % Fingerprint.Rates[0] == 0))
            {
                (holders.TryGetValue(shingle, out var list) ? list : holders[shingle] = []).Add(text);
            }
        }
        for (var first = 0; first < texts.Count; first++)
        {
            var sharing = samples[first].SelectMany(sample => holders.GetValueOrDefault(sample, [])).Where(text => text > first);
            foreach (var second in sharing.Distinct().Order())
            {
                var common = (double)sets[second].Count(sets[first].Contains);
                Line(texts[first], texts[second], common / sets[second].Count, common / sets[first].Count, report);
            }
        }
    }

    private static void Line(SourceText first, SourceText second, double secondInFirst, double firstInSecond, TextWriter report)
    {
        var line = (secondInFirst >= Near, firstInSecond >= Near) switch
        {
            (true, true) when first.Words.AsSpan().SequenceEqual(second.Words) => $"same: {first.Key} {second.Key}",
            (true, true) => string.Create(
                CultureInfo.InvariantCulture,
                $"near: {first.Key} {second.Key} {firstInSecond:F3} {secondInFirst:F3}"
            ),
            (true, false) => string.Create(CultureInfo.InvariantCulture, $"contains: {first.Key} {second.Key} {secondInFirst:F3}"),
            (false, true) => string.Create(CultureInfo.InvariantCulture, $"contains: {second.Key} {first.Key} {firstInSecond:F3}"),
            _ => null,
        };
        if (line is not null)
        {
            report.WriteLine(line);
        }
    }
}
