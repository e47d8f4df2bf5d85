namespace Entail.Audit;

/// <summary>works.jsonl as a Parquet file.</summary>
public static class WorksTable
{
    private const string Columns = """
        {
          id: 'VARCHAR',
          kind: 'VARCHAR',
          declared: 'VARCHAR[]',
          binding: 'STRUCT(license VARCHAR, origin VARCHAR, reading VARCHAR)[]',
          verdict: 'VARCHAR',
          findings: 'STRUCT(code VARCHAR, severity VARCHAR, license VARCHAR, origin VARCHAR, reading VARCHAR)[]'
        }
        """;

    /// <summary>Writes the lines to a table of the same columns, in their order.</summary>
    /// <exception cref="IOException">DuckDB cannot do it, and says why.</exception>
    public static void Write(string lines, string table)
    {
        using var duckdb = new DuckDb();
        duckdb.Execute(
            $"""
            COPY (FROM read_json({DuckDb.File(lines)}, format = 'newline_delimited', columns = {Columns}))
            TO {DuckDb.Quoted(Path.GetFullPath(table))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 61440)
            """
        );
    }
}
