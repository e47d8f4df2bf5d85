using System.CommandLine;
using System.Globalization;
using System.Text;
using Entail.Audit;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary>What becomes of the records of an audit: shared by the commands that have some.</summary>
internal sealed class AuditOutput
{
    private readonly Option<string> to = new("--out")
    {
        Description = "the folder for works.jsonl, summary.json and report.html",
        Required = true,
    };
    private readonly Option<string[]> forms = new("--to")
    {
        Description = "jsonl, always written; parquet: also works.parquet; records: also what was read, for --since",
    };
    private readonly Option<string?> library = new("--duckdb")
    {
        Description = "the file of DuckDB's library, for Parquet; default: ENTAIL_DUCKDB, else it is looked for",
    };

    private readonly Option<string[]> dialects = new("--sql")
    {
        Description = "also sql-duckdb or sql-postgres: rules and facts as tables, and a query that comes to the same verdicts",
    };

    /// <param name="command">Receives the options.</param>
    public AuditOutput(Command command)
    {
        forms.AcceptOnlyFromAmong("jsonl", "parquet", "records");
        dialects.AcceptOnlyFromAmong([.. SqlForm.Dialects]);
        command.Add(to);
        command.Add(forms);
        command.Add(dialects);
        command.Add(library);
    }

    /// <summary>The folder for what is written.</summary>
    public string Folder(ParseResult parsed) => parsed.GetValue(to)!;

    /// <summary>True where works.parquet is asked for.</summary>
    public bool IsTable(ParseResult parsed) => parsed.GetValue(forms)!.Contains("parquet");

    /// <summary>The databases for which the audit is asked for as SQL.</summary>
    public IEnumerable<string> Dialects(ParseResult parsed) => parsed.GetValue(dialects)!.Distinct();

    /// <summary>True where the records as they were read are asked for.</summary>
    public bool KeepsRecords(ParseResult parsed) => parsed.GetValue(forms)!.Contains("records");

    /// <summary>Loads the library for Parquet, before anything is read that it is for.</summary>
    public void RequireParquet(ParseResult parsed, Session session) => RequireDuckDb(parsed.GetValue(library), session.Phrases);

    /// <summary>What is left once records are read: link, decide, write; <paramref name="done"/> tells how much of them was read.</summary>
    public void Finish(
        ParseResult parsed,
        Session session,
        IEnumerable<ParsedRecord> records,
        IReadOnlyList<string> inputs,
        Func<double>? done = null
    )
    {
        var auditing = new Auditing(session.Catalog, session.Today);
        using var progress = new Progress(session.IsQuiet);
        var result = auditing.Run(records, count => progress.Report(count, 0, done?.Invoke() ?? 0));
        progress.Clear();
        Finish(parsed, session, auditing, result, inputs);
    }

    /// <summary>What is left once all is decided: write.</summary>
    public void Finish(ParseResult parsed, Session session, Auditing auditing, AuditResult result, IReadOnlyList<string> inputs)
    {
        if (result.Decisions.Count == 0)
        {
            throw new UsageException($"{string.Join(", ", inputs)}: no records were found{Told(result)}; {AuditCommand.Wanted}");
        }
        var (folder, table) = (Folder(parsed), IsTable(parsed));
        using var progress = new Progress(session.IsQuiet);
        var summary = auditing.Summary(result, inputs, session.Phrases);
        // Each file appears whole or not at all; summary.json, which tells of the others, last.
        WholeFile.Write(folder, "works.jsonl", stream => Lines(stream, auditing, result, progress));
        if (table)
        {
            WholeFile.Put(folder, "works.parquet", aside => WorksTable.Write(Path.Combine(folder, "works.jsonl"), aside));
        }
        else
        {
            File.Delete(Path.Combine(folder, "works.parquet")); // of an earlier run, it would tell of other works
        }
        foreach (var dialect in Dialects(parsed))
        {
            WholeFile.PutFolder(folder, $"sql-{dialect}", aside => new SqlForm(dialect).Write(result.Decisions, aside));
        }
        Write(folder, "report.html", writer => writer.Write(new AuditReport(auditing, session.Phrases).Page(result, summary)));
        Write(folder, "summary.json", writer => writer.Write(DocumentWriter.Json(summary, indented: true) + "\n"));
        if (session.IsJson)
        {
            session.PrintJson(summary);
        }
        else
        {
            Printer.PrintText(Page(session, summary, folder, [.. Names(parsed, table)]));
        }
        foreach (var problem in summary.Problems.Where(p => p.Name.Contains(": ", StringComparison.Ordinal) && p.Count == 1).Take(5))
        {
            session.Note(problem.Name, problem.Name);
        }
    }

    /// <summary>Says what records that changed made of an audit.</summary>
    public static void Tell(Session session, AuditChanges changes)
    {
        var say = session.Phrases;
        session.Note(
            $"{changes.Records} records changed or are new; {changes.Decided} works were decided again",
            $"{changes.Records} 条记录有变化或为新增；重新判定了 {changes.Decided} 个作品"
        );
        foreach (var (from, to, count) in changes.Verdicts)
        {
            var before = from is { } verdict ? say.Verdict(verdict) : say.Say("new", "新增");
            session.Note($"{count}: {before} → {say.Verdict(to)}", $"{count}：{before} → {say.Verdict(to)}");
        }
    }

    private IEnumerable<string> Names(ParseResult parsed, bool table) =>
        ((string[])["works.jsonl", "summary.json", "report.html"])
            .Concat(table ? ["works.parquet"] : [])
            .Concat(Dialects(parsed).Select(d => $"sql-{d}/"))
            .Concat(KeepsRecords(parsed) ? [ShardFile.NameOf(Share.Whole)] : []);

    private static string Told(AuditResult result) =>
        result.Hub.Problems.Count == 0 ? "" : $" ({string.Join("; ", result.Hub.Problems.Keys.Take(3))})";

    private static void Lines(Stream stream, Auditing auditing, AuditResult result, Progress progress)
    {
        var done = 0;
        foreach (var (lines, count) in auditing.Lines(result))
        {
            stream.Write(lines.Span);
            progress.Report(done += count, result.Decisions.Count);
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
        WholeFile.Write(
            folder,
            name,
            stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
                write(writer);
            }
        );

    private static string Page(Session session, AuditSummaryJson summary, string folder, IReadOnlyList<string> names)
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
        text.Append(say.Say($"{folder}: {string.Join(", ", names)}", $"{folder}：{string.Join('、', names)}"));
        return text.ToString();
    }
}
