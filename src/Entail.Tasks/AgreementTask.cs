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

    /// <summary>Points on which both agree, of those that were compared, and what differs.</summary>
    public sealed record Tally(string Kind, int Same, int All, ImmutableArray<string> Differences);

    /// <summary>How far the two readings of one license agree; opposite are the definite answers that one permits and the other does not.</summary>
    public sealed record Comparison(string License, ImmutableArray<Tally> Tallies, int Opposite)
    {
        /// <summary>The share of all points on which both agree, from 0 to 1.</summary>
        public double Share => (double)Tallies.Sum(t => t.Same) / Tallies.Sum(t => t.All);
    }

    /// <summary>What is compared, in the order of the columns.</summary>
    public static readonly ImmutableArray<string> Kinds = ["verdicts", "derivatives", "duties", "restrictions", "risks, ownership"];

    /// <summary>Every license that was read twice.</summary>
    public static IEnumerable<Comparison> Compare(CatalogSource source, string folder, ICollection<CatalogProblem> problems)
    {
        var catalog = CompiledCatalog.Load(source.Compile());
        foreach (var first in catalog.Licenses)
        {
            var file = Path.Combine(folder, "readings", first.Id + ".yaml");
            if (File.Exists(file) && new LicenseSource(new SourceReader(file, problems), source.Taxonomy).ReadSecond(first) is { } second)
            {
                yield return Compare(catalog, first, second);
            }
        }
    }

    public static int Run(string folder, IReadOnlyList<string> options)
    {
        var verbose = options.Contains("--differences");
        var only = options.FirstOrDefault(o => o != "--differences");
        var problems = new List<CatalogProblem>();
        var compared = Compare(CatalogSource.Read(folder), folder, problems).Where(c => only is null || c.License == only).ToList();
        Console.WriteLine($"| license | {string.Join(" | ", Kinds)} | all | opposite |");
        foreach (var comparison in compared)
        {
            var cells = comparison.Tallies.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Same}/{t.All}"));
            Console.WriteLine(
                $"| `{comparison.License}` | {string.Join(" | ", cells)} | {Percent(comparison.Share)} | {comparison.Opposite} |"
            );
            foreach (var difference in verbose ? comparison.Tallies.SelectMany(t => t.Differences) : [])
            {
                Console.WriteLine($"    {difference}");
            }
        }
        if (compared.Count > 0)
        {
            var points = compared.SelectMany(c => c.Tallies).ToList();
            Console.WriteLine(
                $"{compared.Count} licenses: {points.Sum(t => t.Same)} of {points.Sum(t => t.All)} points agree, {compared.Sum(c => c.Opposite)} definite answers are opposite"
            );
        }
        problems.ForEach(p => Console.Error.WriteLine(p));
        return problems.Count == 0 ? 0 : 1;
    }

    /// <summary>A share as people read it.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static Comparison Compare(CompiledCatalog catalog, License first, License second)
    {
        Decider For(License license) =>
            new(
                n => catalog.Find(n) is { } found ? (found.Id == license.Id ? license : found) : null,
                catalog.Facts,
                catalog.Territories,
                Today
            );
        var answers = Questions(first, catalog.Licenses.MinBy(l => l.Rules.Length)!.Id)
            .Select(q => (q.Name, First: For(first).Ask(first, q.Question).Verdict, Second: For(second).Ask(second, q.Question).Verdict))
            .ToList();
        return new Comparison(
            first.Id,
            [
                Points("verdicts", Answers(a => a.First), Answers(a => a.Second)),
                Points("derivatives", Derivatives(first), Derivatives(second)),
                Points("duties", Duties(first), Duties(second)),
                Points("restrictions", Uses(first), Uses(second)),
                Points("risks, ownership", Remarks(first), Remarks(second)),
            ],
            answers.Count(d => Opposed(d.First, d.Second))
        );

        Dictionary<string, string> Answers(Func<(string Name, Verdict First, Verdict Second), Verdict> pick) =>
            answers.ToDictionary(a => a.Name, a => Kebab.Of(pick(a)), StringComparer.Ordinal);
    }

    private static Tally Points(string kind, Dictionary<string, string> first, Dictionary<string, string> second)
    {
        var points = first.Keys.Union(second.Keys).ToList();
        var differing = points
            .Where(p => first.GetValueOrDefault(p, "no") != second.GetValueOrDefault(p, "no"))
            .Select(p => $"{kind}: {p}: {first.GetValueOrDefault(p, "no")} / {second.GetValueOrDefault(p, "no")}")
            .ToImmutableArray();
        return new Tally(kind, points.Count - differing.Length, points.Count, differing);
    }

    private static bool Opposed(Verdict one, Verdict two) =>
        one != Verdict.Unclear && two != Verdict.Unclear && (one <= Verdict.PermittedWithDuties) != (two <= Verdict.PermittedWithDuties);

    // Which making acts create a derivative, for certain or arguably.
    private static Dictionary<string, string> Derivatives(License license) =>
        Strongest(license.Rules.Where(r => r.Effect is Effect.Pass { As: Passing.Derivative }), r => r.Acts.Select(a => a.Name()));

    // Each duty with each act it is owed for, of the original and of derivatives.
    private static Dictionary<string, string> Duties(License license) =>
        Strongest(
            license.Rules.Where(r => r.Effect is Effect.Owe),
            r =>
                from act in r.Acts
                from subject in act.HasSubject() ? r.Of.Where(s => s != Subject.Output) : [Subject.Original]
                select $"{((Effect.Owe)r.Effect).Duty}, {act.Name()}{(act.HasSubject() ? $" {Kebab.Of(subject)}" : "")}"
        );

    private static Dictionary<string, string> Remarks(License license) =>
        Strongest(
            license.Rules.Where(r => r.Effect is Effect.Own or Effect.Warn or Effect.Terminate),
            r =>
                [
                    r.Effect switch
                    {
                        Effect.Own o => $"{o.What} {o.By}",
                        Effect.Warn w => w.Risk,
                        Effect.Terminate t => t.Risk,
                        _ => throw new System.Diagnostics.UnreachableException(),
                    },
                ]
        );

    private static Dictionary<string, string> Strongest(IEnumerable<Rule> rules, Func<Rule, IEnumerable<string>> points) =>
        rules
            .SelectMany(r => points(r).Select(p => (Point: p, r.Certainty)))
            .GroupBy(p => p.Point, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Kebab.Of(g.Min(p => p.Certainty)), StringComparer.Ordinal);

    // Of each category how much is ruled out for certain, and on the broadest fair reading; 0 for none.
    private static Dictionary<string, string> Uses(License license)
    {
        Dictionary<string, int> Strengths(Reading reading) =>
            license
                .Restrictions(reading)
                .GroupBy(r => r.Category, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Max(r => r.Strength), StringComparer.Ordinal);

        var certain = Strengths(Reading.Lenient);
        return Strengths(Reading.Strict)
            .ToDictionary(r => r.Key, r => $"{certain.GetValueOrDefault(r.Key)} to {r.Value}", StringComparer.Ordinal);
    }

    /// <summary>Every act alone, a derivative under the same license and under the shortest; with nothing said, for a large company, for academic research.</summary>
    private static IEnumerable<(string Name, Question Question)> Questions(License license, string other)
    {
        var asked = Acts
            .All.Where(a => a != Act.Relicense)
            .Select(a => (Name: a.Name(), Question: Question.About(a)))
            .Concat(
                new[] { license.Id, other }
                    .Distinct()
                    .Select(l =>
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
        return Askers()
            .SelectMany(f => asked.Select(q => ($"{f.Name}: {q.Name}", q.Question with { Part = license.MainPart, Facts = f.Facts })));
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
