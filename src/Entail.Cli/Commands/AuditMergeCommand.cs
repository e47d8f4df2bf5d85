using System.CommandLine;
using Entail.Audit;

namespace Entail.Cli.Commands;

/// <summary><c>entail audit merge</c>: the shards of an audit to what one run would have written.</summary>
internal static class AuditMergeCommand
{
    private const string Sharding = "entail audit INPUT... --shard I/N";

    /// <param name="inputs">The inputs of the command above, which this one does not have.</param>
    public static Command Create(Argument<string[]> inputs)
    {
        var shards = new Argument<string[]>("shard")
        {
            Description = "files that audit --shard wrote, or folders of them, in any order",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("merge", "Join the shards of an audit to the bytes that one run over all would give") { shards };
        var output = new AuditOutput(command);
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            if (parsed.GetValue(inputs) is { Length: > 0 } before)
            {
                throw new UsageException(
                    $"audit {before[0]} merge: `merge` joins shards and comes first; an input of that name is ./merge"
                );
            }
            if (output.IsTable(parsed))
            {
                output.RequireParquet(parsed, session);
            }
            WithRecords(session, parsed.GetValue(shards)!, merge => output.Finish(parsed, session, merge.Records(), merge.Inputs));
            return 0;
        });
        return command;
    }

    /// <summary>Does something with the records in shards.</summary>
    /// <param name="session">The run.</param>
    /// <param name="paths">Files or folders of them.</param>
    /// <param name="use">What is done.</param>
    /// <param name="making">The command that makes them.</param>
    /// <exception cref="UsageException">They are not all shards of one audit by this tool, or are damaged.</exception>
    public static void WithRecords(Session session, IEnumerable<string> paths, Action<ShardMerge> use, string making = Sharding)
    {
        try
        {
            using var merge = new ShardMerge(
                [.. paths.SelectMany(p => Files(p, making))],
                ShardHeadJson.For(Share.Whole, [], session.Catalog)
            );
            use(merge);
        }
        catch (InvalidDataException problem)
        {
            throw new UsageException(problem.Message);
        }
    }

    private static string[] Files(string path, string making)
    {
        if (File.Exists(path))
        {
            return [path];
        }
        if (!Directory.Exists(path))
        {
            throw new UsageException($"there is no {path}; name DIR, or the files in it, of `{making} --out DIR`");
        }
        var files = Directory.GetFiles(path, "shard-*-of-*.jsonl.gz");
        return files.Length > 0
            ? [.. files.Order(StringComparer.Ordinal)]
            : throw new UsageException($"{path} holds no records of an audit; make them: {making} --out {path}");
    }
}
