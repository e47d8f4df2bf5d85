using System.CommandLine;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary><c>entail identify</c>: which license a text is, and what was changed in it.</summary>
internal static class IdentifyCommand
{
    private static readonly string[] Codes = ["license-modified", "license-unknown", "file-unreadable"];

    public static Command Create()
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "files, or folders whose license files are looked at; - for standard input",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var allowUnclear = new Option<bool>("--allow-unclear") { Description = "exit 0 where a license is not known and none was changed" };
        var classes = new Option<bool>("--classes") { Description = "list the reference texts that have the very same words" };
        var command = new Command("identify", "Which license is this text, and what was changed in it?") { paths, allowUnclear, classes };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(classes))
            {
                return Classes(new Session(parsed, "human", "json"));
            }
            var session = new Session(parsed, "human", "json", "ndjson", "sarif");
            if (parsed.GetValue(paths) is not { Length: > 0 } named)
            {
                throw new UsageException("name files or folders: entail identify LICENSE; - for standard input");
            }
            var files = named.SelectMany(path => Files(path, session)).ToList();
            var statuses = Report(files, session);
            return statuses.Contains(IdentifyStatus.Modified) ? 1
                : statuses.Count > 0 && statuses.TrueForAll(status => status == IdentifyStatus.Recognized) ? 0
                : parsed.GetValue(allowUnclear) ? 0
                : 2;
        });
        return command;
    }

    // Each is opened when its turn comes.
    private static IEnumerable<Func<OpenedFile>> Files(string path, Session session)
    {
        if (path == "-")
        {
            return
            [
                () =>
                {
                    using var input = Console.OpenStandardInput();
                    return OpenedFile.Read(input, path);
                },
            ];
        }
        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? [() => OpenedFile.Read(path, path)]
                : throw new UsageException($"there is no {path}; name a file, a folder, or - for standard input");
        }
        var folder = new LicenseFolder(path);
        if (folder.Files.IsEmpty && folder.Unseen.IsEmpty)
        {
            session.Note(
                $"no file in {path} is called a license; name the file that holds one",
                $"{path} 中没有许可证文件；请指定含有许可证的文件"
            );
        }
        var lead = path is "." or "./" ? "" : $"{Path.TrimEndingDirectorySeparator(path)}/";
        return
        [
            .. folder.Unseen.Select(problem => (Func<OpenedFile>)(() => OpenedFile.Unread(path, problem))),
            .. folder.Files.Select(file => (Func<OpenedFile>)(() => folder.Open(file, lead + file))),
        ];
    }

    private static List<IdentifyStatus> Report(List<Func<OpenedFile>> files, Session session)
    {
        var store = TextsCommand.Store(session);
        var judge = new IdentifyFindings(session.Catalog, session.Index);
        var page = new IdentifyPage(session.Catalog, session.Index, session.Phrases, store.Words);
        var write = new IdentifyWriter(session.Catalog, session.Phrases, store.Words);
        var statuses = new List<IdentifyStatus>();
        var documents = new List<IdentifiedFileJson>();
        var all = new List<Finding>();
        var apart = false;
        using var progress = new Progress(session.IsQuiet);
        foreach (var open in files)
        {
            progress.Report(statuses.Count, files.Count);
            var file = IdentifiedFile.Of(open(), session.Identifier);
            var findings = judge.Of(file).ToList();
            statuses.Add(IdentifyFindings.Status(findings));
            switch (session.Format)
            {
                case "json":
                    documents.Add(write.File(file, statuses[^1]));
                    break;
                case "ndjson":
                    progress.Clear();
                    session.PrintJson(write.Document([write.File(file, statuses[^1])]));
                    break;
                case "sarif":
                    all.AddRange(findings);
                    break;
                default:
                    progress.Clear();
                    var lines = page.Of(file).ToList();
                    session.Printer.Print(statuses.Count > 1 && (apart || lines.Count > 1) ? lines.Prepend(Line.Empty) : lines);
                    apart = lines.Count > 1;
                    break;
            }
        }
        progress.Clear();
        switch (session.Format)
        {
            case "json":
                session.PrintJson(write.Document(documents));
                break;
            case "sarif":
                Printer.PrintText(SarifWriter.Json(new SarifWriter(session.Catalog, session.Phrases).Log(all, Codes)));
                break;
            case "human" when statuses.Count > 1:
                session.Printer.Print([Line.Empty, page.Summary(statuses)]);
                break;
        }
        return statuses;
    }

    private static int Classes(Session session)
    {
        var classes = session.Index.Classes();
        if (session.IsJson)
        {
            var write = new IdentifyWriter(session.Catalog, session.Phrases, (_, _) => null);
            session.PrintJson(write.Classes(classes));
            return 0;
        }
        session.Printer.Print(
            classes.Select(same => new Line(
                new Span(same[0].Key, Tone.Strong),
                new Span(" = " + string.Join(" = ", same.Skip(1).Select(text => text.Key)), Tone.Plain),
                new Span(session.Phrases.Say($"  {same[0].Words} words", $"  {same[0].Words} 个词"), Tone.Quiet)
            ))
        );
        return 0;
    }
}
