using System.Diagnostics;

namespace Entail.Tests.Audit;

/// <summary>A PostgreSQL server for one test, reached by a socket in its own folder; the test is skipped where there is none to start.</summary>
internal sealed class Postgres : IDisposable
{
    private static readonly string? Programs = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Concat(
            Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))
                : []
        )
        .FirstOrDefault(d => Array.TrueForAll(["initdb", "pg_ctl", "psql"], p => File.Exists(Path.Combine(d, p))));

    private readonly Folder folder = new();
    private readonly string data;
    private readonly string[] asOther;

    public Postgres()
    {
        Assert.SkipWhen(Programs is null, "there is no PostgreSQL server here: install package postgresql");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "on Windows the server is not started");
        data = Path.Combine(folder.Path, "data");
        // The server does not run as root.
        asOther = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        if (asOther.Length > 0)
        {
            Assert.SkipWhen(Run("id", ["postgres"]).Code != 0, "PostgreSQL does not run as root, and there is no user postgres");
            Done(Run("chown", ["-R", "postgres", Path.GetDirectoryName(folder.Path)!]));
        }
        Done(Server("initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
        Done(
            Server(
                "pg_ctl",
                "-D",
                data,
                "-w",
                "-l",
                Path.Combine(folder.Path, "log"),
                "-o",
                $"-k {folder.Path} -c listen_addresses='' -c fsync=off",
                "start"
            )
        );
    }

    /// <summary>What psql prints, run in a folder: rows as lines, columns between tabs.</summary>
    public string[] Psql(string at, params string[] arguments)
    {
        var run = Run(
            Path.Combine(Programs!, "psql"),
            ["-X", "-q", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", folder.Path, "-U", "tester", "-d", "postgres", .. arguments],
            at
        );
        Done(run);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose()
    {
        if (data is not null && File.Exists(Path.Combine(data, "postmaster.pid")))
        {
            Server("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");
        }
        folder.Dispose();
    }

    private (int Code, string Output, string Error) Server(string program, params string[] arguments)
    {
        string[] all = [.. asOther, Path.Combine(Programs!, program), .. arguments];
        return Run(all[0], all[1..], folder.Path);
    }

    private static void Done((int Code, string Output, string Error) run) => Assert.True(run.Code == 0, run.Error + run.Output);

    // A server that stays keeps the pipes open that it was given: what it prints goes to files.
    private static (int Code, string Output, string Error) Run(string program, string[] arguments, string? at = null)
    {
        var (output, error) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(
                    "sh",
                    [
                        "-c",
                        "out=$1 err=$2; shift 2; exec \"$@\" >\"$out\" 2>\"$err\" </dev/null",
                        "sh",
                        output,
                        error,
                        program,
                        .. arguments,
                    ]
                )
                {
                    WorkingDirectory = at ?? Path.GetTempPath(),
                }
            )!;
            process.WaitForExit();
            return (process.ExitCode, File.ReadAllText(output), File.ReadAllText(error));
        }
        finally
        {
            File.Delete(output);
            File.Delete(error);
        }
    }
}
