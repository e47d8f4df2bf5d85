using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Entail.Audit;

/// <summary>DuckDB's native library, which does not come with Entail: it is looked for when it is needed.</summary>
public static class DuckDbLibrary
{
    private static readonly string System =
        OperatingSystem.IsWindows() ? "win32"
        : OperatingSystem.IsMacOS() ? "darwin"
        : "linux";

    private static readonly string FileName = System switch
    {
        "win32" => "duckdb.dll",
        "darwin" => "libduckdb.dylib",
        _ => "libduckdb.so",
    };

    private static readonly string Package =
        $"@duckdb/node-bindings-{System}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static readonly Lock Loading = new();
    private static nint library;

    /// <summary>The command that gets the library.</summary>
    public static string Install => $"npm install {Package}@1.5.6-r.1";

    /// <summary>Loads the library, once for the process; false where it is not to be had.</summary>
    /// <param name="stated">The library's file; null where it is to be found: in a package of npm, else as the system finds libraries.</param>
    /// <param name="folder">The folder in which, and above which, a folder node_modules is looked for.</param>
    public static bool Load(string? stated, string folder)
    {
        lock (Loading)
        {
            foreach (var file in stated is null ? Places(folder) : [Path.GetFullPath(stated)])
            {
                if (
                    library == 0
                    && NativeLibrary.TryLoad(file, out var found)
                    && NativeLibrary.TryGetExport(found, "duckdb_fetch_chunk", out _)
                )
                {
                    library = found;
                    NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, (_, _, _) => library);
                }
            }
            return library != 0;
        }
    }

    private static IEnumerable<string> Places(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return InPackage(Path.Combine(at.FullName, "node_modules"));
        }
        // Packages that npm installed for all: beside its programs on Windows, in ../lib elsewhere.
        foreach (var programs in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted))
        {
            yield return InPackage(Path.Combine(programs, "node_modules"));
            yield return InPackage(Path.Combine(programs, "..", "lib", "node_modules"));
        }
        yield return FileName;
    }

    private static string InPackage(string modules) => Path.Combine(modules, Package, FileName);
}
