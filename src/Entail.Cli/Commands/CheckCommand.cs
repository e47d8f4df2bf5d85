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
            var session = new Session(parsed, "human", "json", "ndjson", "html");
            var threshold = Session.Choice<Severity>(parsed.GetValue(failOn), "--fail-on")!.Value;
            var works = check.Works(parsed, session);
            if (works.Length > 1 && (session.Format is "json" or "html"))
            {
                throw check.Several(parsed, session);
            }
            var code = 0;
            foreach (var work in works)
            {
                var (result, folder) = work();
                Print(session, result, folder, isOnly: works.Length == 1);
                code = Worse(code, ExitCode(result, threshold, parsed.GetValue(allowUnclear)));
            }
            if (works.Length > 1)
            {
                session.Note(
                    "one line a work; `--work NAME` shows the whole report of one, `--format ndjson` those of all",
                    "每个作品一行；`--work 名称` 显示其完整报告，`--format ndjson` 输出全部报告"
                );
            }
            return code;
        });
        return command;
    }

    private static void Print(Session session, CheckResult result, string? folder, bool isOnly)
    {
        if (session.IsJson)
        {
            session.PrintJson(new ReportWriter(session.Catalog, session.Phrases, session.Today).Report(result));
            return;
        }
        if (session.Format == "html")
        {
            Printer.PrintText(
                new ReportHtml(session.Catalog, session.Today, (file, line) => LineOf(folder, file, line)).Page(result, session.Lang)
            );
            return;
        }
        var page = new ReportPage(session.Catalog, session.Phrases, (file, line) => LineOf(folder, file, line));
        session.Printer.Print(isOnly ? page.Of(result) : [page.Summary(result)]);
    }

    private static int ExitCode(CheckResult result, Severity threshold, bool allowUnclear) =>
        result.Findings.Where(f => f.Suppressed is null).Select(f => (Severity?)f.Severity).Max() >= threshold
            ? 1
            : result.Decision.Verdict switch
            {
                Verdict.Permitted or Verdict.PermittedWithDuties => 0,
                Verdict.Unclear => allowUnclear ? 0 : 2,
                _ => result.Findings.Any(f => f.Suppressed is not null) ? 0 : 1,
            };

    // Findings (1) weigh more than what is merely unclear (2).
    private static int Worse(int one, int other) => one == 1 || other == 1 ? 1 : Math.Max(one, other);

    private static string? LineOf(string? folder, string file, int line)
    {
        var full = Path.Combine(folder ?? ".", file);
        return File.Exists(full) && new FileInfo(full).Length < 4_000_000 ? File.ReadLines(full).ElementAtOrDefault(line - 1) : null;
    }
}
