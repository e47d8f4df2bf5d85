using System.CommandLine;
using System.Globalization;
using System.Text;
using Entail.Audit;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary><c>entail audit</c>: a whole hub at once.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("input")
        {
            Description = "records of the hub's list API: JSON, JSON Lines, gz; or a .parquet of them",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string>("--out") { Description = "the folder for works.jsonl, summary.json and report.html", Required = true };
        var command = new Command("audit", "Audit a hub: a verdict for every work, in numbers, lines and a page") { inputs, to };
        var forms = new Option<string[]>("--to") { Description = "jsonl, always written; parquet: also works.parquet" };
        forms.AcceptOnlyFromAmong("jsonl", "parquet");
        var library = new Option<string?>("--duckdb")
        {
            Description = "the file of DuckDB's library, for Parquet; default: ENTAIL_DUCKDB, else it is looked for",
        };
        command.Add(forms);
        command.Add(library);
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var files = parsed.GetValue(inputs)!;
            if (Array.Find(files, f => !File.Exists(f)) is { } missing)
            {
                throw new UsageException($"there is no file {missing}; name files of records as the hub's list API returns them");
            }
            var table = parsed.GetValue(forms)!.Contains("parquet");
            if (table || Array.Exists(files, IRecordSource.IsParquet))
            {
                RequireDuckDb(parsed.GetValue(library), session.Phrases);
            }
            var auditing = new Auditing(session.Catalog, session.Today);
            using var progress = new Progress(session.IsQuiet);
            var result = auditing.Run(files, count => progress.Report((int)Math.Min(count, int.MaxValue), 0));
            progress.Clear();
            if (result.Decisions.Count == 0)
            {
                throw new UsageException($"{string.Join(", ", files)}: no records were found{Told(result)}");
            }
            var summary = auditing.Summary(result, files, session.Phrases);
            var folder = parsed.GetValue(to)!;
            Directory.CreateDirectory(folder);
            // Each file appears whole or not at all; summary.json, which tells of the others, last.
            Write(folder, "works.jsonl", writer => Lines(writer, auditing, result, progress));
            if (table)
            {
                Put(folder, "works.parquet", aside => WorksTable.Write(Path.Combine(folder, "works.jsonl"), aside));
            }
            Write(
                folder,
                "report.html",
                writer => writer.Write(new AuditReport(session.Catalog, auditing, session.Phrases).Page(result, summary))
            );
            Write(folder, "summary.json", writer => writer.Write(DocumentWriter.Json(summary, indented: true) + "\n"));
            if (session.IsJson)
            {
                session.PrintJson(summary);
            }
            else
            {
                Printer.PrintText(
                    Page(session, summary, folder) + (table ? session.Phrases.Say(", works.parquet", "、works.parquet") : "")
                );
            }
            foreach (var problem in summary.Problems.Where(p => p.Name.Contains(": ", StringComparison.Ordinal) && p.Count == 1).Take(5))
            {
                session.Note(problem.Name, problem.Name);
            }
            return 0;
        });
        return command;
    }

    private static string Told(AuditResult result) =>
        result.Hub.Problems.Count == 0 ? "" : $" ({string.Join("; ", result.Hub.Problems.Keys.Take(3))})";

    private static void Lines(StreamWriter writer, Auditing auditing, AuditResult result, Progress progress)
    {
        for (var i = 0; i < result.Decisions.Count; i++)
        {
            writer.Write(auditing.Line(result, i));
            writer.Write('\n');
            if (i % 10_000 == 0)
            {
                progress.Report(i, result.Decisions.Count);
            }
        }
        progress.Clear();
    }

    private static void RequireDuckDb(string? stated, Phrases say)
    {
        stated ??= Environment.GetEnvironmentVariable("ENTAIL_DUCKDB") is { Length: > 0 } file ? file : null;
        if (!DuckDbLibrary.Load(stated, Environment.CurrentDirectory))
        {
            throw new UsageException(
                say.Say(
                    $"Parquet needs DuckDB's library, and {(stated is null ? "there is none here" : $"{stated} is not it")}: `{DuckDbLibrary.Install}` in this folder gets it, or name its file by --duckdb or ENTAIL_DUCKDB",
                    $"读写 Parquet 需要 DuckDB 库，{(stated is null ? "此处未找到" : $"而 {stated} 不是该库")}：请在本文件夹运行 `{DuckDbLibrary.Install}`，或用 --duckdb 或 ENTAIL_DUCKDB 指定其文件"
                )
            );
        }
    }

    private static void Write(string folder, string name, Action<StreamWriter> write) =>
        Put(
            folder,
            name,
            aside =>
            {
                using var writer = new StreamWriter(
                    aside,
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
        );

    private static void Put(string folder, string name, Action<string> write)
    {
        var aside = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.tmp");
        try
        {
            write(aside);
            File.Move(aside, Path.Combine(folder, name), overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static string Page(Session session, AuditSummaryJson summary, string folder)
    {
        var say = session.Phrases;
        var text = new StringBuilder();
        void Line(string name, long count) =>
            text.Append(CultureInfo.InvariantCulture, $"{count, 12:#,0}  {100.0 * count / summary.Works, 5:0.0} %  {name}\n");
        text.Append(say.Say($"{summary.Works} works, {summary.Edges} steps\n", $"{summary.Works} 个作品，{summary.Edges} 个步骤\n"));
        foreach (var verdict in summary.Verdicts.Where(v => v.Count > 0))
        {
            Line(say.Verdict(Session.Choice<Verdict>(verdict.Name, "verdict")!.Value), verdict.Count);
        }
        text.Append(say.Say("works with\n", "涉及的作品\n"));
        foreach (var finding in summary.Findings)
        {
            Line(finding.Name, finding.Count);
        }
        text.Append(say.Say($"{folder}: works.jsonl, summary.json, report.html", $"{folder}：works.jsonl、summary.json、report.html"));
        return text.ToString();
    }
}
