using Entail.Audit;
using Entail.Core.Decide.Engine;
using Entail.Core.Link;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Tests.Decide;

namespace Entail.Tests.Audit;

/// <summary>The query over the tables comes, work by work, to the verdicts and bindings of the audit, in both databases.</summary>
public sealed class SqlFormTests : IDisposable
{
    private const int Hubs = 400;

    private readonly Folder folder = new("it's here");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Random_hubs_come_out_the_same_in_DuckDB() => Compare("duckdb", RandomHubs());

    [Fact]
    public void Random_hubs_come_out_the_same_in_PostgreSQL() => Compare("postgres", RandomHubs());

    [Fact]
    public void Real_records_come_out_the_same_in_DuckDB() => Compare("duckdb", RealHub());

    [Fact]
    public void Real_records_come_out_the_same_in_PostgreSQL() => Compare("postgres", RealHub());

    private static HubGraph RealHub() => new HubInput(Repository.Catalog).Of([Shared.Require("hub/models-3988.json.gz")], null).Graph;

    // Many hubs in one, and what they do not have: facts that differ on two ways, names that need care, works called like licenses.
    private static HubGraph RandomHubs()
    {
        var linker = new HubLinker(Repository.Catalog);
        for (var seed = 0; seed < Hubs; seed++)
        {
            foreach (var work in RandomHub.Of(new Random(seed), $"{seed}-"))
            {
                linker.Add(work);
            }
        }
        linker.Add(Work("b/two-ways", "mit", ("Salesforce/blip2-opt-2.7b", Act.FineTune), ("facebook/opt-2.7b", Act.FineTune)));
        linker.Add(Work("b/after-two-ways", "opt-175b", ("b/two-ways", Act.FineTune)));
        linker.Add(Work("b/it's \"so\", \\N 标签", "mit", ("b/two-ways", Act.FineTune)));
        linker.Add(Work("mit", null));
        linker.Add(Work("b/of-a-license", "apache-2.0", ("mit", Act.FineTune), ("gpl-3.0", Act.FineTune)));
        return linker.Graph();
    }

    private static ConfiguredWork Work(string id, string? license, params (string From, Act Act)[] steps)
    {
        var evidence = new Evidence("records.json", null, null, null, null, EvidenceSource.Declared);
        return new ConfiguredWork(
            id,
            "model",
            null,
            null,
            license is null ? [] : [(Part.Weights, new Claim(license, evidence))],
            [.. steps.Select(s => new DeclaredStep(s.From, s.Act, false, null, Facts.None, evidence))],
            Facts.None,
            evidence
        );
    }

    private void Compare(string dialect, HubGraph graph)
    {
        var decisions = new HubDecider(Repository.Catalog, Repository.Today).Decide(graph);
        var form = Path.Combine(folder.Path, "sql");
        new SqlForm(dialect).Write(decisions, form);
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < decisions.Count; i++)
        {
            var (id, decision) = (graph[graph.Works[i]].Id, decisions[i]);
            expected.Add($"{id}\t{Kebab.Of(decision.Verdict)}");
            expected.UnionWith(decision.Bindings.Select(b => $"{id}\t{b.License}\t{graph[b.Origin].Id}\t{Kebab.Of(b.Certainty)}"));
            expected.UnionWith(
                decision
                    .Findings.Where(f => Lacks.Contains(f.Code) && f is { License: not null, Origin: not null })
                    .Select(f => $"{id}\t{f.Code}\t{f.License}\t{graph[f.Origin!.Value].Id}\t{Kebab.Of(f.Certainty)}")
            );
        }

        var found = dialect == "duckdb" ? InDuckDb(form) : InPostgres(form);

        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Equal([], expected.Except(found));
        Assert.Equal([], found.Except(expected));
        // Nearly all of it is the query's doing.
        Assert.InRange(File.ReadLines(Path.Combine(form, "facts", "referred.csv")).Count(), 2, decisions.Count / 5);
    }

    private static readonly string[] Lacks = ["license-conflict", "noncommercial-dropped", "restrictions-dropped", "share-alike-conflict"];

    private static readonly string[] Selects =
    [
        "SELECT id, verdict FROM verdicts",
        "SELECT id, license, origin, reading FROM bindings",
        "SELECT id, code, license, origin, reading FROM lacks",
    ];

    private static List<string> InDuckDb(string form)
    {
        using var duckdb = NativeDuckDb.Open();
        duckdb.Execute($"SET file_search_path = {DuckDb.Quoted(form)}");
        foreach (var file in new[] { "schema.sql", "load.sql", "query.sql" })
        {
            duckdb.Execute(File.ReadAllText(Path.Combine(form, file)));
        }
        return [.. Selects.SelectMany(duckdb.Query).Select(row => string.Join('\t', row))];
    }

    private static List<string> InPostgres(string form)
    {
        using var postgres = new Postgres();
        postgres.Psql(form, "-f", "schema.sql", "-f", "load.sql", "-f", "query.sql");
        return [.. Selects.SelectMany(select => postgres.Psql(form, "-c", select))];
    }
}
