using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Model;
using Entail.Tasks.Sources;

namespace Entail.Tasks;

/// <summary>Runs the cases of the catalog, and the mutation test over them.</summary>
public static class CasesTask
{
    // Cases are answered on a fixed day, so that they do not change with the calendar.
    private static readonly DateOnly Today = new(2026, 11, 1);

    /// <summary>A case that does not come out as expected.</summary>
    public sealed record Failure(string License, LicenseCase Case, ImmutableArray<string> Differences);

    /// <summary>The failing cases of <paramref name="only"/>, or of all licenses.</summary>
    public static IReadOnlyList<Failure> Failures(
        CatalogSource source,
        string folder,
        string? only,
        ICollection<CatalogProblem> problems,
        License? changed = null
    )
    {
        var catalog = CompiledCatalog.Load(changed is null ? source.Compile() : source.CompileWith(changed));
        var decider = new Decider(catalog.Find, catalog.Facts, catalog.Territories, Today);
        return
        [
            .. catalog
                .Licenses.Where(l => only is null || l.Id == only)
                .SelectMany(l =>
                    CaseSource
                        .Read(folder, l.Id, catalog.Facts, problems)
                        .Select(c => new Failure(l.Id, c, [.. c.Differences(decider.Ask(l, c.Question))]))
                )
                .Where(f => f.Differences.Length > 0),
        ];
    }

    /// <summary>The rules of a license whose deletion no case of it notices.</summary>
    public static IEnumerable<Rule> Survivors(CatalogSource source, string folder, License license)
    {
        var catalog = CompiledCatalog.Load(source.Compile());
        var cases = CaseSource.Read(folder, license.Id, catalog.Facts, []);
        var decider = new Decider(catalog.Find, catalog.Facts, catalog.Territories, Today);
        return license.Rules.Where(rule =>
        {
            var without = license with { Rules = license.Rules.Remove(rule) };
            var mutated = new Decider(
                n => catalog.Find(n) is { } found ? (found.Id == license.Id ? without : found) : null,
                catalog.Facts,
                catalog.Territories,
                Today
            );
            return cases.All(c => !c.Differences(mutated.Ask(without, c.Question)).Any());
        });
    }

    internal static int Run(string folder, string? only)
    {
        var source = CatalogSource.Read(folder);
        var problems = new List<CatalogProblem>();
        var failures = Failures(source, folder, only, problems);
        problems.ForEach(p => Console.WriteLine(p));
        foreach (var failure in failures)
        {
            Console.WriteLine(
                $"licenses/{failure.License}/cases.yaml({failure.Case.Line}): {failure.Case.Id}: {string.Join("; ", failure.Differences)}"
            );
        }
        Console.WriteLine($"{failures.Count} cases fail");
        return failures.Count + problems.Count == 0 ? 0 : 1;
    }

    internal static int Mutate(string folder, string? only)
    {
        var source = CatalogSource.Read(folder);
        var survivors = 0;
        foreach (var license in source.Licenses.Where(l => only is null || l.Id == only))
        {
            foreach (var rule in Survivors(source, folder, license))
            {
                survivors++;
                Console.WriteLine($"{license.Id}: no case fails without the rule `{rule.Id}`");
            }
        }
        Console.WriteLine($"{survivors} rules are not tested by a case");
        return survivors == 0 ? 0 : 1;
    }
}
