using System.Diagnostics;
using System.Globalization;
using Entail.Audit;
using Entail.Catalog;
using Entail.Core.Catalog;
using Entail.Core.Decide.Engine;
using Entail.Core.Link;

namespace Entail.Bench;

/// <summary>How fast a hub is decided in process and, from the tables of the same decision, by DuckDB; PostgreSQL is measured by <c>bench/sql</c>.</summary>
internal static class SqlForms
{
    public static int Run(string file, string folder, TextWriter output)
    {
        void Told(string what, long begin) =>
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {Stopwatch.GetElapsedTime(begin).TotalSeconds:n2} s"));

        var catalog = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
        var graph = new HubInput(catalog).Of([file], null).Graph;
        var decider = new HubDecider(catalog, new DateOnly(2026, 11, 1));
        var begin = Stopwatch.GetTimestamp();
        var decisions = decider.Decide(graph);
        Told($"in process: {decisions.Count:n0} works, decided", begin);
        foreach (var dialect in SqlForm.Dialects)
        {
            begin = Stopwatch.GetTimestamp();
            new SqlForm(dialect).Write(decisions, Path.Combine(folder, dialect));
            Told($"{dialect}: written", begin);
        }
        if (!DuckDbLibrary.Load(Environment.GetEnvironmentVariable("ENTAIL_DUCKDB"), Environment.CurrentDirectory))
        {
            output.WriteLine($"duckdb: its library is not here: {DuckDbLibrary.Install}");
            return 0;
        }
        using var duckdb = new DuckDb();
        var form = Path.Combine(folder, SqlForm.Dialects[0]);
        var aside = Path.Combine(folder, "aside");
        duckdb.Execute(
            $"SET memory_limit = '8GB'; SET temp_directory = {DuckDb.Quoted(aside)}; SET preserve_insertion_order = false; SET file_search_path = {DuckDb.Quoted(form)};"
        );
        begin = Stopwatch.GetTimestamp();
        duckdb.Execute(File.ReadAllText(Path.Combine(form, "schema.sql")) + File.ReadAllText(Path.Combine(form, "load.sql")));
        Told("duckdb: loaded", begin);
        var query = File.ReadAllText(Path.Combine(form, "query.sql"));
        var end = query.IndexOf("ANALYZE bound;", StringComparison.Ordinal);
        begin = Stopwatch.GetTimestamp();
        duckdb.Execute(query[..end]);
        Told("duckdb: the recursive query", begin);
        begin = Stopwatch.GetTimestamp();
        duckdb.Execute(query[end..]);
        Told("duckdb: verdicts", begin);
        var expected = Enumerable.Range(0, decisions.Count).CountBy(decisions.VerdictAt).ToDictionary(v => Kebab(v.Key), v => v.Value);
        var found = duckdb
            .Query("SELECT verdict, count(*)::VARCHAR FROM verdicts GROUP BY verdict")
            .ToDictionary(v => v[0]!, v => int.Parse(v[1]!, CultureInfo.InvariantCulture));
        var isSame = expected.Count == found.Count && !expected.Except(found).Any();
        output.WriteLine(
            $"duckdb: {(isSame ? "the same numbers of verdicts" : "OTHER NUMBERS OF VERDICTS")}: {string.Join(", ", found.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Value} {v.Key}"))}"
        );
        return isSame ? 0 : 1;
    }

    private static string Kebab(Core.Model.Verdict verdict) => Core.Model.Kebab.Of(verdict);
}
