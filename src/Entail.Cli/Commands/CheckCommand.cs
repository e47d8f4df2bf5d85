using System.CommandLine;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary><c>entail check</c>: a model folder, or an entail.yaml.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var failOn = new Option<string>("--fail-on")
        {
            Description = "error, warning or note: exit 1 from this severity on",
            DefaultValueFactory = _ => "error",
        };
        var allowUnclear = new Option<bool>("--allow-unclear") { Description = "exit 0 where the verdict is unclear" };
        var command = new Command("check", "Check a model folder: what binds it, what is owed, what is missing") { failOn, allowUnclear };
        var check = new CheckArguments(command);
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var threshold = Session.Choice<Severity>(parsed.GetValue(failOn), "--fail-on")!.Value;
            var (result, folder) = check.Check(parsed, session);
            if (session.IsJson)
            {
                session.PrintJson(new ReportWriter(session.Catalog, session.Phrases, session.Today).Report(result));
            }
            else
            {
                session.Printer.Print(
                    new ReportPage(session.Catalog, session.Phrases, (file, line) => LineOf(folder, file, line)).Of(result)
                );
            }
            var worst = result.Findings.Where(f => f.Suppressed is null).Select(f => (Severity?)f.Severity).Max();
            return worst >= threshold
                ? 1
                : result.Decision.Verdict switch
                {
                    Verdict.Permitted or Verdict.PermittedWithDuties => 0,
                    Verdict.Unclear => parsed.GetValue(allowUnclear) ? 0 : 2,
                    _ => result.Findings.Any(f => f.Suppressed is not null) ? 0 : 1,
                };
        });
        return command;
    }

    private static string? LineOf(string? folder, string file, int line)
    {
        var full = Path.Combine(folder ?? ".", file);
        return File.Exists(full) && new FileInfo(full).Length < 4_000_000 ? File.ReadLines(full).ElementAtOrDefault(line - 1) : null;
    }
}
