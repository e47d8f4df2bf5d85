using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Model;
using Entail.Tasks.Sources;

namespace Entail.Tasks;

/// <summary>How far two people who each read the text agree: the same questions asked of the catalog's rules and of the second reading's.</summary>
internal static class AgreementTask
{
    private static readonly DateOnly Today = new(2026, 11, 1);

    private static readonly Act[] Making = [Act.FineTune, Act.Adapt, Act.Quantize, Act.Distill, Act.TrainOnOutputs];

    private static readonly Act[] Sharing = [Act.Distribute, Act.Host, Act.Sell, Act.Sublicense];

    /// <summary>Items on which both agree, of those that were compared, and what differs.</summary>
    private sealed record Tally(string Kind, int Same, int All, ImmutableArray<string> Differences);

    public static int Run(string folder, IReadOnlyList<string> options)
    {
        var verbose = options.Contains("--differences");
        var only = options.FirstOrDefault(o => o != "--differences");
        var source = CatalogSource.Read(folder);
        var catalog = CompiledCatalog.Load(source.Compile());
        var problems = new List<CatalogProblem>();
        Console.WriteLine("| license | verdicts | duties | restrictions | all | opposite |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        var totals = new Dictionary<string, (int Same, int All)>(StringComparer.Ordinal);
        var opposite = 0;
        foreach (var first in catalog.Licenses.Where(l => only is null || l.Id == only))
        {
            var file = Path.Combine(folder, "readings", first.Id + ".yaml");
            if (
                !File.Exists(file)
                || new LicenseSource(new SourceReader(file, problems), source.Taxonomy).ReadSecond(first) is not { } second
            )
            {
                continue;
            }
            var (tallies, opposed) = Compare(catalog, first, second);
            foreach (var tally in tallies)
            {
                var (same, all) = totals.GetValueOrDefault(tally.Kind);
                totals[tally.Kind] = (same + tally.Same, all + tally.All);
            }
            opposite += opposed;
            Row($"`{first.Id}`", [.. tallies.Select(t => (t.Same, t.All))], opposed);
            if (verbose)
            {
                foreach (var difference in tallies.SelectMany(t => t.Differences))
                {
                    Console.WriteLine($"    {difference}");
                }
            }
        }
        Row("all", [.. totals.Values], opposite);
        problems.ForEach(p => Console.Error.WriteLine(p));
        return problems.Count == 0 ? 0 : 1;
    }

    private static void Row(string name, ImmutableArray<(int Same, int All)> tallies, int opposed)
    {
        static string Share(int same, int all) => all == 0 ? "" : (100.0 * same / all).ToString("0.0", CultureInfo.InvariantCulture) + "%";
        var shares = tallies.Append((tallies.Sum(t => t.Same), tallies.Sum(t => t.All))).Select(t => Share(t.Item1, t.Item2));
        Console.WriteLine($"| {name} | {string.Join(" | ", shares)} | {opposed} |");
    }

    private static (ImmutableArray<Tally> Tallies, int Opposite) Compare(CompiledCatalog catalog, License first, License second)
    {
        Decider For(License license) =>
            new(
                n => catalog.Find(n) is { } found ? (found.Id == license.Id ? license : found) : null,
                catalog.Facts,
                catalog.Territories,
                Today
            );
        var questions = Questions(first).ToList();
        var answers = questions.ConvertAll(q =>
            (q.Name, First: For(first).Ask(first, q.Question), Second: For(second).Ask(second, q.Question))
        );
        var differing = answers.Where(a => a.First.Verdict != a.Second.Verdict).ToList();
        var duties = answers
            .SelectMany(a =>
            {
                var one = Owed(a.First);
                var two = Owed(a.Second);
                return one
                    .Keys.Union(two.Keys)
                    .Select(d => (a.Name, Duty: d, One: one.GetValueOrDefault(d, "no"), Two: two.GetValueOrDefault(d, "no")));
            })
            .ToList();
        var (narrow, broad) = (Uses(first), Uses(second));
        var uses = narrow
            .Keys.Union(broad.Keys)
            .Select(c => (Category: c, One: narrow.GetValueOrDefault(c), Two: broad.GetValueOrDefault(c)))
            .ToList();
        return (
            [
                new Tally(
                    "verdicts",
                    answers.Count - differing.Count,
                    answers.Count,
                    [.. differing.Select(d => $"{d.Name}: {Kebab.Of(d.First.Verdict)} / {Kebab.Of(d.Second.Verdict)}")]
                ),
                new Tally(
                    "duties",
                    duties.Count(d => d.One == d.Two),
                    duties.Count,
                    [.. duties.Where(d => d.One != d.Two).Select(d => $"{d.Name}: {d.Duty} {d.One} / {d.Two}")]
                ),
                new Tally(
                    "restrictions",
                    uses.Count(u => u.One == u.Two),
                    uses.Count,
                    [
                        .. uses.Where(u => u.One != u.Two)
                            .Select(u => $"{u.Category}: {u.One.Narrow}..{u.One.Broad} / {u.Two.Narrow}..{u.Two.Broad}"),
                    ]
                ),
            ],
            differing.Count(d => Opposed(d.First.Verdict, d.Second.Verdict))
        );
    }

    private static bool Opposed(Verdict one, Verdict two) =>
        one != Verdict.Unclear && two != Verdict.Unclear && (one <= Verdict.PermittedWithDuties) != (two <= Verdict.PermittedWithDuties);

    private static Dictionary<string, string> Owed(Answer answer) =>
        answer
            .Duties.GroupBy(d => d.Owe.Duty, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Kebab.Of(g.Min(d => d.Certainty)), StringComparer.Ordinal);

    // Of each category how much is ruled out for certain, and on the broadest fair reading; 0 for none.
    private static Dictionary<string, (int Narrow, int Broad)> Uses(License license)
    {
        var certain = license.Restrictions(Reading.Lenient).ToDictionary(r => r.Category, r => r.Strength, StringComparer.Ordinal);
        return license
            .Restrictions(Reading.Strict)
            .ToDictionary(r => r.Category, r => (certain.GetValueOrDefault(r.Category), r.Strength), StringComparer.Ordinal);
    }

    /// <summary>Every act, sharing what was made in each way, and two new licenses; with nothing said, for a large company, for academic research.</summary>
    private static IEnumerable<(string Name, Question Question)> Questions(License license)
    {
        var asked = Acts
            .All.Where(a => a != Act.Relicense)
            .Select(a => (Name: a.Name(), Question: Question.About(a)))
            .Concat(
                Making.SelectMany(m =>
                    Sharing.Select(s =>
                        (Name: $"{m.Name()}, {s.Name()}", Question: Question.About(s) with { Of = Subject.Derivative, MadeBy = [m] })
                    )
                )
            )
            .Concat(
                new[] { license.Id, "mit" }.Select(l =>
                    (
                        Name: $"derivative as {l}",
                        Question: Question.About(Act.Distribute) with
                        {
                            Of = Subject.Derivative,
                            As = new LicenseExpression.Single(l, null),
                        }
                    )
                )
            )
            .ToList();
        var part = license.Covers.Contains(Part.Weights) ? Part.Weights : license.Covers[0];
        return Askers().SelectMany(f => asked.Select(q => ($"{f.Name}: {q.Name}", q.Question with { Part = part, Facts = f.Facts })));
    }

    private static IEnumerable<(string Name, Facts Facts)> Askers()
    {
        static FactValue Flag(bool value) => new FactValue.Flag(value);
        static FactValue Name(string name) => FactValue.Names.Of([name]);
        static FactValue Many() => new FactValue.Amount(10_000_000_000, 10_000_000_000);
        yield return ("nothing said", Facts.None);
        yield return (
            "large company",
            Facts
                .None.With("commercial", Flag(true))
                .With("production", Flag(true))
                .With("entity", Name("company"))
                .With("mau", Many())
                .With("mau-at-release", Many())
                .With("dau", Many())
                .With("annual-revenue-usd", Many())
                .With("monthly-revenue-usd", Many())
        );
        yield return (
            "academic research",
            Facts
                .None.With("commercial", Flag(false))
                .With("production", Flag(false))
                .With("entity", Name("academic"))
                .With("purpose", Name("research"))
        );
    }
}
