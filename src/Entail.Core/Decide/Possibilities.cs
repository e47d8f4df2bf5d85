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

        var candidates =
            tests.All(t => t is Guard.Number) ? Amounts(fact, Limits(tests), v => Outcome(new FactValue.Amount(v, v)))
            : tests.All(t => t is Guard.Date) ? Days(fact, tests)
            : Named(fact, tests, definition, situation, Outcome);
        return [.. candidates.DistinctBy(c => Outcome(c.Value), StringComparer.Ordinal)];
    }

    // A product's count and its group's may lie in different ranges.
    private static IEnumerable<Possibility> Amounts(string fact, decimal[] limits, Func<decimal, string> outcome)
    {
        var ranges = Ranges(limits, outcome).ToList();
        return ranges
            .Select(r => new Possibility(fact, new FactValue.Amount(r.Value, r.Value), r.Label))
            .Concat(
                ranges.SelectMany(
                    (p, i) =>
                        ranges
                            .Skip(i + 1)
                            .Select(g => new Possibility(
                                fact,
                                new FactValue.Amount(p.Value, g.Value),
                                $"product {p.Label}, group {g.Label}"
                            ))
                )
            );
    }

    private static decimal[] Limits(IEnumerable<Guard.Test> tests)
    {
        var limits = Array.ConvertAll(tests.ToArray(), t => ((Guard.Number)t).Limit);
        Array.Sort(limits);
        var count = 0;
        foreach (var limit in limits)
        {
            if (count == 0 || limits[count - 1] != limit)
            {
                limits[count++] = limit;
            }
        }
        return limits[..count];
    }

    private sealed record Range(decimal Value, string Label);

    // Limits cut the numbers into points and open stretches; neighbors with the same outcome are one range.
    private static IEnumerable<Range> Ranges(decimal[] limits, Func<decimal, string> outcome)
    {
        var pieces = new decimal[(2 * limits.Length) + 1];
        for (var i = 0; i < limits.Length; i++)
        {
            pieces[2 * i] = i == 0 ? limits[i] - 0.5m : Math.Max(limits[i] - 0.5m, (limits[i - 1] + limits[i]) / 2);
            pieces[(2 * i) + 1] = limits[i];
        }
        pieces[^1] = limits[^1] + 0.5m;
        for (var first = 0; first < pieces.Length; )
        {
            var last = first;
            while (last + 1 < pieces.Length && outcome(pieces[last + 1]) == outcome(pieces[first]))
            {
                last++;
            }
            var lower =
                first == 0 ? null
                : first % 2 == 1 ? $">= {Plain(limits[first / 2])}"
                : $"> {Plain(limits[(first / 2) - 1])}";
            var upper =
                last == pieces.Length - 1 ? null
                : last % 2 == 1 ? $"<= {Plain(limits[last / 2])}"
                : $"< {Plain(limits[last / 2])}";
            yield return new Range(pieces[last], string.Join(" and ", new[] { lower, upper }.OfType<string>()));
            first = last + 1;
        }
    }

    private static IEnumerable<Possibility> Days(string fact, IEnumerable<Guard.Test> tests) =>
        tests
            .Select(t => ((Guard.Date)t).Limit)
            .SelectMany(d => new[] { d.AddDays(-1), d, d.AddDays(1) })
            .Select(d => new Possibility(fact, new FactValue.Day(d), d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private static IEnumerable<Possibility> Named(
        string fact,
        IReadOnlyList<Guard.Test> tests,
        FactDefinition? definition,
        Situation situation,
        Func<FactValue, string> outcome
    )
    {
        if (tests.All(t => t is Guard.IsTrue))
        {
            return [new Possibility(fact, new FactValue.Flag(true), "true"), new Possibility(fact, new FactValue.Flag(false), "false")];
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
        return sets.Select(s => new Possibility(fact, FactValue.Names.Of(s), s.Length == 0 ? "none" : string.Join(", ", s)));
    }

    private static string Plain(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
