using System.Diagnostics;
using System.Text;

namespace Entail.Tests.Cli;

/// <summary>What a run of the program gave.</summary>
internal sealed record Run(int Code, string Out, string Error);

/// <summary>The built program, run as a process of its own: exit codes and streams are what scripts see.</summary>
internal static class Command
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "entail.dll");
    private static readonly string NoTexts = Path.Combine(AppContext.BaseDirectory, "no-texts");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs it with these arguments.</summary>
    public static Run Run(params string[] arguments) => RunIn(Repository.Root, null, null, arguments);

    /// <summary>Runs it in a folder, with text on its standard input and variables of its environment.</summary>
    public static Run RunIn(string folder, string? input, Dictionary<string, string>? variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Assembly, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("NO_COLOR");
        start.Environment.Remove("ENTAIL_TRACE");
        start.Environment["ENTAIL_TEXTS"] = NoTexts; // whatever the one who runs the tests holds
        start.Environment["HF_HUB_CACHE"] = NoTexts;
        foreach (var (name, value) in variables ?? [])
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading what it was given, which is its right.
        }
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"entail {string.Join(' ', arguments)} did not end within {Patience}");
        }
        return new Run(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
