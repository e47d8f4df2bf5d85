using Entail.Audit;

namespace Entail.Tests.Audit;

/// <summary>DuckDB's library as `./test` gets it; a test that needs it is skipped where it is not to be had.</summary>
internal static class NativeDuckDb
{
    private static readonly string? Found = Environment.GetEnvironmentVariable("ENTAIL_DUCKDB") is { Length: > 0 } stated
        ? stated
        : Directory
            .CreateDirectory(Path.Combine(Repository.Root, "tests", "duckdb", "node_modules"))
            .GetFiles("*duckdb.*", SearchOption.AllDirectories)
            .FirstOrDefault(f => f.Extension is ".so" or ".dylib" or ".dll")
            ?.FullName;

    /// <summary>The library's file.</summary>
    public static string Require()
    {
        Assert.SkipWhen(Found is null, "DuckDB's library is not here: npm ci --prefix tests/duckdb");
        return Found;
    }

    /// <summary>A database in memory.</summary>
    public static DuckDb Open()
    {
        Assert.True(DuckDbLibrary.Load(Require(), Repository.Root));
        return new DuckDb();
    }
}
