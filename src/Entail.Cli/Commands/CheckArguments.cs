using System.Collections.Immutable;
using System.CommandLine;
using Entail.Core;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Cli.Commands;

/// <summary>What is checked, and as what it is shipped: shared by the commands that check something.</summary>
internal sealed class CheckArguments
{
    private readonly Argument<string> path = new("path")
    {
        Description = "a model folder, an entail.yaml, a record of the hub, or a model by name",
        DefaultValueFactory = _ => ".",
    };
    private readonly Option<string[]> acts = new("--do") { Description = "how it is shipped; default distribute" };
    private readonly Option<string?> wanted = new("--as") { Description = "the license to ship it under; default the declared one" };
    private readonly Option<string[]> facts = new("--fact") { Description = "what is known, such as commercial=true" };
    private readonly Option<string?> assume = new("--assume") { Description = "none: presume nothing" };
    private readonly Option<string?> work = new("--work") { Description = "the work to ship, of several that are listed" };
    private readonly Option<string?> part = new("--part") { Description = "weights, code, data or docs" };
    private readonly Option<string?> hub = new("--hub")
    {
        Description = "records of the hub's list API (JSON, JSON Lines, gz) that tell of works nothing else knows",
    };

    /// <param name="command">Receives the arguments.</param>
    /// <param name="needsPath">The path has to be given.</param>
    public CheckArguments(Command command, bool needsPath = false)
    {
        if (needsPath)
        {
            path.DefaultValueFactory = null;
        }
        command.Add(path);
        foreach (var option in new Option[] { acts, wanted, facts, assume, part, work, hub })
        {
            command.Add(option);
        }
    }

    /// <summary>The works that were named, each to be checked when its turn comes: one, or all of a store of which none was chosen.</summary>
    public ImmutableArray<Func<(CheckResult Result, string? Folder)>> Works(ParseResult parsed, Session session)
    {
        var (artifacts, configuration) = Open(parsed.GetValue(path)!, session);
        var chosen = parsed.GetValue(work);
        if (artifacts.Length > 1 && chosen is not null)
        {
            artifacts = [Named(artifacts, chosen)];
            chosen = null;
        }
        var options = new CheckOptions(
            Session.Acts(parsed.GetValue(acts) ?? []),
            parsed.GetValue(wanted),
            session.Facts(parsed.GetValue(facts) ?? [], parsed.GetValue(assume)),
            Session.Choice<Part>(parsed.GetValue(part), "--part"),
            Listed(chosen, configuration)
        );
        var snapshot = parsed.GetValue(hub) is { } file ? Snapshot(file, session) : null;
        var beside = File.Exists(parsed.GetValue(path)) ? Path.GetDirectoryName(Path.GetFullPath(parsed.GetValue(path)!)) : null;
        (CheckResult, string?) Check(StoredWork? artifact)
        {
            using var progress = new Progress(session.IsQuiet);
            var needsTexts = artifact is not null || configuration?.Terms is not null;
            var checking = new Checking(session.Catalog, needsTexts ? session.Identifier : null, session.Today, snapshot, progress.Report);
            return (checking.Check(artifact, configuration, options), artifact?.Folder ?? beside);
        }
        return artifacts.IsEmpty ? [() => Check(null)] : [.. artifacts.Select(a => (Func<(CheckResult, string?)>)(() => Check(a)))];
    }

    /// <summary>The one work that was named; of several, which one has to be said.</summary>
    public (CheckResult Result, string? Folder) One(ParseResult parsed, Session session) =>
        Works(parsed, session) is [var one] ? one() : throw Several(parsed, session);

    /// <summary>The message that a store holds several works.</summary>
    public UsageException Several(ParseResult parsed, Session session)
    {
        var names = Open(parsed.GetValue(path)!, session).Artifacts.Select(a => a.Name).ToList();
        return new UsageException(
            $"there are {names.Count} works here; choose one by --work: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? " …" : "")}"
        );
    }

    private static StoredWork Named(ImmutableArray<StoredWork> artifacts, string name) =>
        artifacts.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? artifacts.FirstOrDefault(a => a.Name.Equals(name + ":latest", StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException(
            Closeness.Nearest(name, artifacts.Select(a => a.Name)) is { } nearest
                ? $"--work {name}: there is no such work; did you mean {nearest}?"
                : $"--work {name}: there is no such work; there are {string.Join(", ", artifacts.Take(20).Select(a => a.Name))}"
        );

    private static HubSnapshot Snapshot(string file, Session session)
    {
        var snapshot = HubSnapshot.Read(file);
        if (snapshot.Problem is { } problem)
        {
            if (snapshot.Count == 0)
            {
                throw new UsageException($"--hub {file} {session.Phrases.Say(problem)}");
            }
            session.Note($"--hub {file} {problem.En}", $"--hub {file} {problem.Zh}");
        }
        return snapshot;
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

    private static (ImmutableArray<StoredWork> Artifacts, Configuration? Configuration) Open(string path, Session session)
    {
        if (Directory.Exists(path))
        {
            var problems = new List<ReadProblem>();
            var works = StoredWork.At(path, problems);
            foreach (var problem in problems)
            {
                session.Note(problem.Message.En, problem.Message.Zh);
            }
            var file = Path.Combine(path, "entail.yaml");
            return works.IsEmpty ? throw new UsageException($"{path} is a store that holds no model yet")
                : works.Length == 1 && File.Exists(file)
                    ? (works, Sound(ConfigurationReader.Read(file, session.Catalog.Taxonomy), file, session))
                : (works, null);
        }
        if (!File.Exists(path))
        {
            return session.Catalog.FindModel(path) is { } model
                ? ([], Configuration.OfModel(model.Id))
                : throw new UsageException($"there is no {path}; name a model folder, an entail.yaml, or a model the catalog knows");
        }
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension == ".json")
        {
            return ([], Sound(HubRecordReader.Read(File.ReadAllText(path)), path, session));
        }
        if (extension is not (".yaml" or ".yml"))
        {
            return FolderReader.Knows(Path.GetFileName(path))
                ? (StoredWork.At(path, []), null)
                : throw new UsageException($"{path} is neither a folder nor an entail.yaml, nor a file of weights that can be read");
        }
        var configuration = Sound(ConfigurationReader.Read(path, session.Catalog.Taxonomy), path, session);
        var usesFolder = configuration.Works.Any(w => w.Path is "." or "./");
        return (usesFolder ? [StoredWork.In(Path.GetDirectoryName(Path.GetFullPath(path))!)] : [], configuration);
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
}
