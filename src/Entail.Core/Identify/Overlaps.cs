using System.Globalization;

namespace Entail.Core.Identify;

/// <summary>Reports which reference texts can be mistaken for one another.</summary>
internal static class Overlaps
{
    private const double Near = 0.9;

    /// <summary>
    /// One line for each pair that shares nine tenths of the shingles of one: `same` (equal words), `near` (both ways) or `contains` (the first
    /// has the second). Pairs are found by the shingles sampled at the sparsest rate and measured by
    /// all, so that a pair of short texts may be overlooked.
    /// </summary>
    public static void Report(List<SourceText> texts, List<uint[]> shingles, TextWriter report)
    {
        var sets = shingles.ConvertAll(runs => runs.ToHashSet());
        var sparse = sets.Select(set => set.Where(shingle => shingle % Fingerprint.Rates[0] == 0).ToList()).ToList();
        var holders = new Dictionary<uint, List<int>>();
        for (var second = 0; second < texts.Count; second++)
        {
            foreach (var first in Sharing(sparse, second, holders))
            {
                var common = (double)sets[second].Count(sets[first].Contains);
                Line(texts[first], texts[second], common / sets[second].Count, common / sets[first].Count, report);
            }
            foreach (var shingle in sparse[second])
            {
                (holders.TryGetValue(shingle, out var list) ? list : holders[shingle] = []).Add(second);
            }
        }
    }

    // The texts already held that share two thirds of the sparse samples of either.
    private static IEnumerable<int> Sharing(List<List<uint>> sparse, int second, Dictionary<uint, List<int>> holders)
    {
        var shared = new SortedDictionary<int, int>();
        foreach (var first in sparse[second].SelectMany(shingle => holders.GetValueOrDefault(shingle, [])))
        {
            shared[first] = shared.GetValueOrDefault(first) + 1;
        }
        return shared.Where(pair => 3 * pair.Value >= 2 * Math.Min(sparse[pair.Key].Count, sparse[second].Count)).Select(pair => pair.Key);
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
