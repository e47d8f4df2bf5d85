using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>One distinguishable range of an unknown fact: a value that stands for it, and how people name it.</summary>
public sealed record Possibility(string Fact, FactValue Value, string Label);

/// <summary>What an unknown fact may be, as far as the tests that are asked of it can tell the difference.</summary>
public static class Possibilities
{
    // Values that no test tells apart are of one kind; sets of more kinds than this are too many to try.
    private const int MostKinds = 8;

    /// <summary>
    /// The distinguishable values of <paramref name="fact"/>, one for each outcome of <paramref name="tests"/>; none where they are too many to
    /// try, so that the fact stays unknown.
    /// </summary>
    /// <param name="fact">An unknown fact.</param>
    /// <param name="tests">Every test of it that may matter.</param>
    /// <param name="definition">Its definition; null for a fact outside the taxonomy.</param>
    /// <param name="situation">The situation without the fact.</param>
    /// <param name="weigh">What else of a value makes a difference; null where the tests are all.</param>
    public static ImmutableArray<Possibility> Of(
        string fact,
        IReadOnlyList<Guard.Test> tests,
        FactDefinition? definition,
        Situation situation,
        Func<FactValue, string>? weigh = null
    )
    {
        string Outcome(FactValue value)
        {
            var supposed = situation.Suppose(fact, value);
            return weigh?.Invoke(value)
                + string.Concat(
                    tests.Select(t =>
                        supposed.Holds(t) switch
                        {
                            true => 'y',
                            false => 'n',
                            null => '?',
                        }
                    )
                );
        }

        var limits = tests.OfType<Guard.Number>().Select(t => t.Limit).Distinct().Order().ToList();
        var candidates =
            limits.Count > 0 ? Amounts(limits, v => Outcome(new FactValue.Amount(v, v))) : Named(tests, definition, situation, Outcome);
        return
        [
            .. candidates.DistinctBy(c => Outcome(c.Value), StringComparer.Ordinal).Select(c => new Possibility(fact, c.Value, c.Label)),
        ];
    }

    // A product's count and its group's may lie in different ranges.
    private static IEnumerable<(FactValue Value, string Label)> Amounts(List<decimal> limits, Func<decimal, string> outcome)
    {
        var ranges = Ranges(limits, outcome).ToList();
        return ranges
            .Select(r => ((FactValue)new FactValue.Amount(r.Value, r.Value), r.Label))
            .Concat(
                ranges.SelectMany(
                    (p, i) =>
                        ranges
                            .Skip(i + 1)
                            .Select(g => ((FactValue)new FactValue.Amount(p.Value, g.Value), $"product {p.Label}, group {g.Label}"))
                )
            );
    }

    // Limits cut the numbers into points and open stretches; neighbors with the same outcome are one range.
    private static IEnumerable<(decimal Value, string Label)> Ranges(List<decimal> limits, Func<decimal, string> outcome)
    {
        var pieces = limits
            .SelectMany((l, i) => new[] { i == 0 ? l - 0.5m : Math.Max(l - 0.5m, (limits[i - 1] + l) / 2), l })
            .Append(limits[^1] + 0.5m)
            .ToList();
        for (var first = 0; first < pieces.Count; )
        {
            var last = first;
            while (last + 1 < pieces.Count && outcome(pieces[last + 1]) == outcome(pieces[first]))
            {
                last++;
            }
            var lower =
                first == 0 ? null
                : first % 2 == 1 ? $">= {Plain(limits[first / 2])}"
                : $"> {Plain(limits[(first / 2) - 1])}";
            var upper =
                last == pieces.Count - 1 ? null
                : last % 2 == 1 ? $"<= {Plain(limits[last / 2])}"
                : $"< {Plain(limits[last / 2])}";
            yield return (pieces[last], string.Join(" and ", new[] { lower, upper }.OfType<string>()));
            first = last + 1;
        }
    }

    private static IEnumerable<(FactValue Value, string Label)> Named(
        IReadOnlyList<Guard.Test> tests,
        FactDefinition? definition,
        Situation situation,
        Func<FactValue, string> outcome
    )
    {
        var days = tests.OfType<Guard.Date>().Select(t => t.Limit).Distinct().Order().ToList();
        if (days.Count > 0)
        {
            return days.SelectMany(d => new[] { d.AddDays(-1), d, d.AddDays(1) })
                .Select(d => ((FactValue)new FactValue.Day(d), d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }
        if (tests.All(t => t is Guard.IsTrue))
        {
            return [(new FactValue.Flag(true), "true"), (new FactValue.Flag(false), "false")];
        }
        var single = definition?.Type is FactType.Enum or FactType.Code;
        var listed = tests
            .OfType<Guard.Names>()
            .SelectMany(t => t.Values)
            .Concat(definition is { Values.Length: < 20 } ? definition.Values : [])
            .Distinct()
            .ToList();
        var values = (tests[0].Fact is "territory" or "seat" ? situation.WithMembers(listed) : listed).Append("other").ToList();
        var sets = values.Select(v => new[] { v });
        if (!single)
        {
            // Tests see of a set only the kinds of values in it, so one value of each kind makes every set that they can tell apart.
            var kinds = values.DistinctBy(v => outcome(FactValue.Names.Of([v])), StringComparer.Ordinal).ToList();
            if (kinds.Count > MostKinds)
            {
                return [];
            }
            sets = sets.Concat(
                Enumerable
                    .Range(0, 1 << kinds.Count)
                    .OrderBy(s => s == 0 ? int.MaxValue : int.PopCount(s))
                    .Select(s => kinds.Where((_, i) => (s & (1 << i)) != 0).ToArray())
            );
        }
        return sets.Select(s => ((FactValue)FactValue.Names.Of(s), s.Length == 0 ? "none" : string.Join(", ", s)));
    }

    private static string Plain(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
