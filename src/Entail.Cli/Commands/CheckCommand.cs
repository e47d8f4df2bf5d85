using System.Collections.Immutable;
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
        var against = new Option<string?>("--against")
        {
            Description = "an earlier report (--format json): shows only what is new, gone or changed since",
        };
        var command = new Command("check", "Check a model folder: what binds it, what is owed, what is missing")
        {
            failOn,
            allowUnclear,
            against,
        };
        var check = new CheckArguments(command);
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json", "ndjson", "html", "markdown", "sarif", "junit");
            var threshold = Session.Choice<Severity>(parsed.GetValue(failOn), "--fail-on")!.Value;
            var works = check.Works(parsed, session);
            if (parsed.GetValue(against) is { } earlier)
            {
                return Against(earlier, check.One(parsed, session).Result, session, threshold, parsed.GetValue(allowUnclear));
            }
            if (works.Length > 1 && (session.Format is "json" or "html" or "markdown" or "sarif" or "junit"))
            {
                throw check.Several(parsed, session);
            }
            var code = 0;
            foreach (var work in works)
            {
                var (result, folder) = work();
                Print(session, result, folder, threshold, isOnly: works.Length == 1);
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

    private static void Print(Session session, CheckResult result, string? folder, Severity threshold, bool isOnly)
    {
        string? Line(string file, int line) => LineOf(folder, file, line);
        switch (session.Format)
        {
            case "json" or "ndjson":
                session.PrintJson(new ReportWriter(session.Catalog, session.Phrases, session.Today).Report(result));
                break;
            case "markdown":
                Printer.PrintText(new ReportMarkdown(session.Catalog, session.Phrases).Of(result));
                break;
            case "junit":
                Printer.PrintText(new ReportJunit(session.Catalog, session.Phrases).Of(result, threshold));
                break;
            case "html":
                Printer.PrintText(new ReportHtml(session.Catalog, session.Today, Line).Page(result, session.Lang));
                break;
            case "sarif":
                var codes = session.Catalog.Taxonomy.Findings.Select(f => f.Id).ToList();
                Printer.PrintText(
                    SarifWriter.Json(new SarifWriter(session.Catalog, session.Phrases, Lead(folder)).Log(result.Findings, codes))
                );
                break;
            default:
                var page = new ReportPage(session.Catalog, session.Phrases, Line);
                session.Printer.Print(isOnly ? page.Of(result) : [page.Summary(result)]);
                break;
        }
    }

    // What leads from where the command runs, in CI the repository, to the folder.
    private static string Lead(string? folder) =>
        Path.GetRelativePath(".", folder ?? ".").Replace('\\', '/') is var lead && lead == "." ? "" : lead;

    // Only what is new counts: what was there before was accepted with the report that is compared.
    private static int Against(string file, CheckResult result, Session session, Severity threshold, bool allowUnclear)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"--against {file}: there is no such file; make one by `entail check … --format json > {file}`");
        }
        var before =
            ReportDifference.Read(File.ReadAllText(file))
            ?? throw new UsageException($"--against {file}: this is no report; make one by `entail check … --format json`");
        var after = new ReportWriter(session.Catalog, session.Phrases, session.Today).Report(result);
        if (before.Question.Work != after.Question.Work)
        {
            throw new UsageException(
                $"--against {file}: that report is about {before.Question.Work}, this one about {after.Question.Work}"
            );
        }
        var difference = ReportDifference.Between(before, after);
        if (session.IsJson)
        {
            session.PrintJson(difference);
        }
        else
        {
            var page = new ReportDifferencePage(session.Phrases);
            var lines = page.Of(
                Session.Choice<Verdict>(before.Verdict, "verdict") ?? Verdict.Unclear,
                result.Verdict,
                difference.Causes,
                [.. Items("new", difference.New), .. Items("changed", difference.Changed), .. Items("gone", difference.Gone)],
                [.. Owed("new", difference.DutiesNew), .. Owed("changed", difference.DutiesChanged), .. Owed("gone", difference.DutiesGone)]
            );
            if (session.Format == "markdown")
            {
                Printer.PrintText(page.Markdown(difference.Work, [.. lines]));
            }
            else if (session.Format == "human")
            {
                session.Printer.Print(lines);
            }
            else
            {
                throw new UsageException($"--format {session.Format} does not go with --against; use human, json or markdown");
            }
        }
        var fresh = result.Findings.Where(f => difference.New.Any(n => n.Id == f.Id)).ToImmutableArray();
        return fresh.Any(f => f.Suppressed is null && f.Severity >= threshold) ? 1
            : result.Verdict == Verdict.Unclear && before.Verdict != after.Verdict && !allowUnclear ? 2
            : 0;
    }

    private static IEnumerable<DifferenceItem> Items(string mark, IEnumerable<FindingJson> findings) =>
        findings.Select(f => new DifferenceItem(
            mark,
            $"{f.Severity}[{f.Code}]",
            f.Message,
            f.Evidence.Select(e => e.Line is { } line ? $"{e.File}:{line}" : e.File).FirstOrDefault() ?? "",
            mark == "gone" ? "" : f.Fix
        ));

    private static IEnumerable<DifferenceItem> Owed(string mark, IEnumerable<DutyStatusJson> duties) =>
        duties.Select(d => new DifferenceItem(mark, $"{d.Id} ({d.Status})", $"{d.Summary}  [{string.Join(", ", d.Clauses)}]", "", ""));

    private static int ExitCode(CheckResult result, Severity threshold, bool allowUnclear) =>
        result.Findings.Where(f => f.Suppressed is null).Select(f => (Severity?)f.Severity).Max() >= threshold
            ? 1
            : result.Verdict switch
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
