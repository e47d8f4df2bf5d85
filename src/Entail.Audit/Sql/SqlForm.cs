using System.Buffers;
using System.Text;
using Entail.Core.Decide.Engine;

namespace Entail.Audit;

/// <summary>The audit as SQL: rules and facts as tables, and one recursive query that comes to the same verdicts.</summary>
/// <param name="dialect">duckdb or postgres.</param>
public sealed class SqlForm(string dialect)
{
    /// <summary>The databases that it is written for.</summary>
    public static readonly IReadOnlyList<string> Dialects = ["duckdb", "postgres"];

    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n\0 \\");

    private readonly bool isDuckDb = dialect == Dialects[0];

    /// <summary>Writes it to a folder, which is made.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(HubDecisions decisions, string folder)
    {
        Directory.CreateDirectory(folder);
        var tables = decisions.Tables().All();
        foreach (var table in tables)
        {
            Directory.CreateDirectory(Path.Combine(folder, table.Folder));
            Put(Path.Combine(folder, FileOf(table)), writer => Rows(writer, table));
        }
        Put(Path.Combine(folder, "schema.sql"), writer => writer.Write(string.Join('\n', tables.Select(Schema))));
        Put(Path.Combine(folder, "load.sql"), writer => writer.Write(Load(tables)));
        Put(Path.Combine(folder, "query.sql"), writer => writer.Write(Query()));
        Put(Path.Combine(folder, "README.md"), writer => writer.Write(Readme()));
    }

    private static string FileOf(HubTable table) => $"{table.Folder}/{table.Name}.csv";

    private static string Schema(HubTable table) =>
        $"CREATE TABLE {table.Name} (\n  {string.Join(",\n  ", table.Columns.Select(c => $"{c.Name} {c.Type}"))}\n);\n"
        + $"COMMENT ON TABLE {table.Name} IS {DuckDb.Quoted(table.Says)};\n"
        + string.Concat(table.Columns.Select(c => $"COMMENT ON COLUMN {table.Name}.{c.Name} IS {DuckDb.Quoted(c.Says)};\n"));

    // All that the two dialects do not have in common.
    private string Load(IReadOnlyList<HubTable> tables) =>
        isDuckDb
            ? string.Concat(
                tables.Select(t =>
                    $"COPY {t.Name} FROM '{FileOf(t)}' (FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '', ALLOW_QUOTED_NULLS false, AUTO_DETECT false);\n"
                )
            )
            : string.Concat(tables.Select(t => $"\\copy {t.Name} FROM '{FileOf(t)}' WITH (FORMAT csv, HEADER, ENCODING 'UTF8')\n"))
                + "ANALYZE;\n";

    private static string Query()
    {
        using var reader = new StreamReader(typeof(SqlForm).Assembly.GetManifestResourceStream("query.sql")!);
        return reader.ReadToEnd();
    }

    private string Readme() =>
        $"""
            # The audit as SQL, for {(isDuckDb ? "DuckDB" : "Postgres")}
            `rules/` is what the catalog says, as far as this hub asked it; `facts/` the works and the steps between them; `schema.sql` tells what each
            table and column means. In this folder,

            ```console
            {(
                isDuckDb
                    ? "$ cat schema.sql load.sql query.sql | duckdb hub.db\n$ duckdb hub.db \"SELECT verdict, count(*) FROM verdicts GROUP BY verdict\""
                    : "$ createdb hub\n$ PGOPTIONS='-c work_mem=256MB -c jit=off' psql -d hub -f schema.sql -f load.sql -f query.sql\n$ psql -d hub -c \"SELECT verdict, count(*) FROM verdicts GROUP BY verdict\""
            )}
            ```

            makes the tables `bound` (what binds those who make something from a work: the recursive query) and `verdicts`, and the views `bindings` and `lacks`
            (what the declared license lacks), equal to `works.jsonl`; its other findings are there alone. Works in or after a circle of origins, and those that
            one license reached with different facts, are decided by their own lineages: the tables `referred*` hold what came out.

            """;

    private static void Rows(StreamWriter writer, HubTable table)
    {
        writer.Write(string.Join(',', table.Columns.Select(c => c.Name)) + "\n");
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                if (i > 0)
                {
                    writer.Write(',');
                }
                Value(writer, row[i]);
            }
            writer.Write('\n');
        }
    }

    // Nothing is null, and quotes with nothing between them are an empty text. PostgreSQL has no text with a zero in it.
    private static void Value(StreamWriter writer, object? value)
    {
        switch (value)
        {
            case int number:
                writer.Write(number);
                break;
            case bool flag:
                writer.Write(flag ? "true" : "false");
                break;
            case string text when text.Length == 0 || text.AsSpan().ContainsAny(Special):
                writer.Write($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal).Replace('\0', '\uFFFD')}\"");
                break;
            default:
                writer.Write(value);
                break;
        }
    }

    private static void Put(string file, Action<StreamWriter> write)
    {
        using var writer = new StreamWriter(
            file,
            new UTF8Encoding(false),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 1 << 20,
            }
        );
        write(writer);
    }
}
