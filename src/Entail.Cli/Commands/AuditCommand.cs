using System.CommandLine;
using Entail.Audit;

namespace Entail.Cli.Commands;

/// <summary><c>entail audit</c>: a whole hub at once, or one share of reading it.</summary>
internal static class AuditCommand
{
    /// <summary>What the inputs are to be.</summary>
    public const string Wanted = "name files of records as the hub's list API returns them, or folders of model folders";

    public static Command Create()
    {
        var inputs = new Argument<string[]>("input")
        {
            Description =
                "records of the hub's list API (JSON, JSON Lines, gz, or a .parquet of them), or folders of model folders: owner/name; and edges (.tsv, .tsv.gz)",
            Arity = ArgumentArity.OneOrMore,
        };
        var shard = new Option<string?>("--shard") { Description = "reads one share of the works, such as 3/8, for `audit merge` to join" };
        var since = new Option<string?>("--since")
        {
            Description = "the folder of an earlier audit, made with --to records; the inputs are what changed since",
        };
        var command = new Command("audit", "Audit a hub: a verdict for every work, in numbers, lines and a page") { inputs };
        var output = new AuditOutput(command);
        command.Add(shard);
        command.Add(since);
        command.Add(AuditMergeCommand.Create(inputs));
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var files = parsed.GetValue(inputs)!;
            if (Array.Find(files, f => !File.Exists(f) && !Directory.Exists(f)) is { } missing)
            {
                throw new UsageException($"there is no file {missing}; {Wanted}");
            }
            if (output.IsTable(parsed) || Array.Exists(files, IRecordSource.IsParquet))
            {
                output.RequireParquet(parsed, session);
            }
            if (parsed.GetValue(shard) is { } written)
            {
                if (output.IsTable(parsed) || output.KeepsRecords(parsed) || output.Dialects(parsed).Any())
                {
                    throw new UsageException("--to, --sql: a shard is records, and has no verdicts yet; give it to `audit merge`");
                }
                if (parsed.GetValue(since) is not null)
                {
                    throw new UsageException("--since and --shard: what changed is read by one run; leave out --shard");
                }
                var share =
                    Share.Parse(written)
                    ?? throw new UsageException($"--shard {written}: write which share and of how many, such as 1/8 to 8/8");
                var head = ShardHeadJson.For(share, files, session.Catalog);
                var reading = new HubReading(session.Catalog, () => session.Identifier, share);
                var end = WriteShard(output.Folder(parsed), share, head, reading.Records(files), () => reading.Places);
                session.Note(
                    $"{ShardFile.NameOf(share)}: {end.Records} of {end.Places} records",
                    $"{ShardFile.NameOf(share)}：{end.Places} 条记录中的 {end.Records} 条"
                );
            }
            else if (parsed.GetValue(since) is { } earlier)
            {
                Since(parsed, session, output, earlier, files);
            }
            else
            {
                Whole(parsed, session, output, files);
            }
            return 0;
        });
        return command;
    }

    private static void Whole(ParseResult parsed, Session session, AuditOutput output, string[] files)
    {
        IReadOnlyList<string> names = [.. files.Select(HubReading.NameOf)];
        var reading = new HubReading(session.Catalog, () => session.Identifier, Share.Whole);
        if (!output.KeepsRecords(parsed))
        {
            output.Finish(parsed, session, reading.Records(files).Select(r => r.Record), names, () => reading.Done);
            return;
        }
        var head = ShardHeadJson.For(Share.Whole, files, session.Catalog);
        WriteShard(output.Folder(parsed), Share.Whole, head, reading.Records(files), () => reading.Places);
        AuditMergeCommand.WithRecords(session, [output.Folder(parsed)], kept => output.Finish(parsed, session, kept.Records(), names));
    }

    private static void Since(ParseResult parsed, Session session, AuditOutput output, string earlier, string[] files)
    {
        var changed = new HubReading(session.Catalog, () => session.Identifier, Share.Whole).Records(files).Select(r => r.Record).ToList();
        var (auditing, folder) = (new Auditing(session.Catalog, session.Today), output.Folder(parsed));
        IReadOnlyList<string> names = [];
        AuditResult? result = null;
        AuditMergeCommand.WithRecords(
            session,
            [earlier],
            kept =>
            {
                if (files.Concat(kept.Inputs).FirstOrDefault(EdgeFile.Is) is { } edges)
                {
                    throw new UsageException($"--since: {edges} tells of all works at once; leave out --since and give all inputs");
                }
                names = [.. kept.Inputs.Union(files.Select(HubReading.NameOf), StringComparer.Ordinal)];
                (result, var changes) = auditing.Since(kept.Records(), changed, null);
                AuditOutput.Tell(session, changes);
            },
            "entail audit INPUT... --to records"
        );
        if (output.KeepsRecords(parsed))
        {
            AuditMergeCommand.WithRecords(
                session,
                [earlier],
                kept =>
                {
                    var joined = new JoinedRecords(changed);
                    var head = ShardHeadJson.For(Share.Whole, names, session.Catalog);
                    WriteShard(folder, Share.Whole, head, joined.With(kept.Records()), () => joined.Places);
                }
            );
        }
        output.Finish(parsed, session, auditing, result!, names);
    }

    private static ShardEndJson WriteShard(
        string folder,
        Share share,
        ShardHeadJson head,
        IEnumerable<PlacedRecord> records,
        Func<long> places
    )
    {
        var end = new ShardEndJson(0, 0);
        WholeFile.Write(
            folder,
            ShardFile.NameOf(share),
            stream =>
            {
                end = ShardFile.Write(stream, head, records, places);
                if (end.Places == 0)
                {
                    throw new UsageException($"{string.Join(", ", head.Inputs)}: no records were found; {Wanted}");
                }
            }
        );
        return end;
    }
}
