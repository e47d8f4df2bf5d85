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
        var path = new Argument<string>("path") { Description = "a model folder, or an entail.yaml", DefaultValueFactory = _ => "." };
        var acts = new Option<string[]>("--do") { Description = "how it is shipped; default distribute" };
        var wanted = new Option<string?>("--as") { Description = "the license to ship it under; default the declared one" };
        var facts = new Option<string[]>("--fact") { Description = "what is known, such as commercial=true" };
        var assume = new Option<string?>("--assume") { Description = "none: presume nothing" };
        var work = new Option<string?>("--work") { Description = "the work to ship, of several that entail.yaml or records list" };
        var part = new Option<string?>("--part") { Description = "weights, code, data or docs" };
        var failOn = new Option<string>("--fail-on")
        {
            Description = "error, warning or note: exit 1 from this severity on",
            DefaultValueFactory = _ => "error",
        };
        var allowUnclear = new Option<bool>("--allow-unclear") { Description = "exit 0 where the verdict is unclear" };
        var command = new Command("check", "Check a model folder: what binds it, what is owed, what is missing")
        {
            path,
            acts,
            wanted,
            facts,
            assume,
            part,
            work,
            failOn,
            allowUnclear,
        };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var threshold = Session.Choice<Severity>(parsed.GetValue(failOn), "--fail-on")!.Value;
            var (folder, configuration) = Open(parsed.GetValue(path)!, session);
            var options = new CheckOptions(
                Session.Acts(parsed.GetValue(acts) ?? []),
                parsed.GetValue(wanted),
                session.Facts(parsed.GetValue(facts) ?? [], parsed.GetValue(assume)),
                Session.Choice<Part>(parsed.GetValue(part), "--part"),
                Listed(parsed.GetValue(work), configuration)
            );
            var result = new Checking(session.Catalog, folder is null ? null : session.Identifier, session.Today).Check(
                folder,
                configuration,
                options
            );
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

    private static string? Listed(string? work, Configuration? configuration)
    {
        var ids = configuration?.Works.Select(w => w.Id).ToList() ?? [];
        if (work is null || ids.Contains(work))
        {
            return work;
        }
        var nearest = Closeness.Nearest(work, ids);
        throw new UsageException(
            ids.Count == 0 ? $"--work {work}: nothing here lists works; write them into entail.yaml"
            : nearest is null ? $"--work {work}: there is no such work; there are {string.Join(", ", ids.Take(20))}"
            : $"--work {work}: there is no such work; did you mean {nearest}?"
        );
    }

    private static (string? Folder, Configuration? Configuration) Open(string path, Session session)
    {
        if (Directory.Exists(path))
        {
            var file = Path.Combine(path, "entail.yaml");
            return (path, File.Exists(file) ? Sound(ConfigurationReader.Read(file, session.Catalog.Facts), file, session) : null);
        }
        if (!File.Exists(path))
        {
            throw new UsageException($"there is no {path}; name a model folder or an entail.yaml");
        }
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension == ".json")
        {
            return (null, Sound(HubRecordReader.Read(File.ReadAllText(path)), path, session));
        }
        if (extension is not (".yaml" or ".yml"))
        {
            throw new UsageException($"{path} is neither a folder nor an entail.yaml");
        }
        var configuration = Sound(ConfigurationReader.Read(path, session.Catalog.Facts), path, session);
        var usesFolder = configuration.Works.Any(w => w.Path is "." or "./");
        return (usesFolder ? Path.GetDirectoryName(Path.GetFullPath(path)) : null, configuration);
    }

    // A configuration that cannot be read as it was meant is not guessed at.
    private static Configuration Sound(Configuration configuration, string file, Session session)
    {
        var problems = configuration
            .Problems.Select(p => $"{file}{(p.Evidence.Line is { } line ? $":{line}" : "")}: {session.Phrases.Say(p.Message)}")
            .ToList();
        if (configuration.Works.IsEmpty && problems.Count == 0)
        {
            return configuration;
        }
        return problems.Count == 0 ? configuration : throw new UsageException(string.Join("\n", problems));
    }

    private static string? LineOf(string? folder, string file, int line)
    {
        var full = Path.Combine(folder ?? ".", file);
        return File.Exists(full) && new FileInfo(full).Length < 4_000_000 ? File.ReadLines(full).ElementAtOrDefault(line - 1) : null;
    }
}
