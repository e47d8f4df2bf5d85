using System.Globalization;
using DuckDB.NET.Data;

namespace Entail.Audit;

/// <summary>A database in memory. <see cref="DuckDbLibrary.Load"/> comes first.</summary>
public sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    /// <summary>Opens it: with all processors, little memory, rows in their order, and without reaching for the network or writing files nobody asked for.</summary>
    public DuckDb()
    {
        connection.Open();
        Execute(
            $"""
            SET memory_limit = '2GB';
            SET threads = {Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)};
            SET preserve_insertion_order = true;
            SET temp_directory = '';
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            """
        );
    }

    /// <summary>Does what these statements say.</summary>
    /// <exception cref="IOException">DuckDB cannot do it, and says why.</exception>
    public void Execute(string sql)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        catch (DuckDBException problem)
        {
            throw Told(problem);
        }
    }

    /// <summary>The rows of a query whose columns are text, a few at a time in memory; no other statement is run meanwhile.</summary>
    /// <exception cref="IOException">DuckDB cannot do it, and says why; at any row.</exception>
    public IEnumerable<string?[]> Query(string sql) => Rows(sql, static (reader, column) => reader.GetString(column));

    /// <summary>The rows of a query whose columns are blobs; otherwise as <see cref="Query"/>.</summary>
    /// <exception cref="IOException">DuckDB cannot do it, and says why; at any row.</exception>
    public IEnumerable<byte[]?[]> Blobs(string sql) =>
        Rows(
            sql,
            static (reader, column) =>
            {
                using var blob = reader.GetStream(column);
                var bytes = new byte[blob.Length];
                blob.ReadExactly(bytes);
                return bytes;
            }
        );

    private IEnumerable<T?[]> Rows<T>(string sql, Func<DuckDBDataReader, int, T> read)
        where T : class
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var reader = Try(command.ExecuteReader);
        Func<bool> next = reader.Read;
        while (Try(next))
        {
            var row = new T?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : read(reader, i);
            }
            yield return row;
        }
    }

    /// <summary>A text as SQL writes it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A file to read as SQL writes it: whole, and without characters that would stand for several files.</summary>
    public static string File(string path) =>
        Quoted(string.Concat(Path.GetFullPath(path).Select(c => c is '*' or '?' or '[' ? $"[{c}]" : $"{c}")));

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static T Try<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (DuckDBException problem)
        {
            throw Told(problem);
        }
    }

    private static IOException Told(DuckDBException problem) => new(problem.Message.Split('\n')[0].Trim(), problem);
}
