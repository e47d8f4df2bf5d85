using System.CommandLine;
using Entail.Audit;

namespace Entail.Cli.Commands;

/// <summary><c>entail audit</c>: a whole hub at once, or one share of reading it.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("input")
        {
            Description =
                "records of the hub's list API (JSON, JSON Lines, gz, or a .parquet of them), or folders of model folders: owner/name",
            Arity = ArgumentArity.OneOrMore,
        };
        var shard = new Option<string?>("--shard") { Description = "reads one share of the works, such as 3/8, for `audit merge` to join" };
        var command = new Command("audit", "Audit a hub: a verdict for every work, in numbers, lines and a page") { inputs };
        var output = new AuditOutput(command);
        command.Add(shard);
        command.Add(AuditMergeCommand.Create(inputs));
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var files = parsed.GetValue(inputs)!;
            if (Array.Find(files, f => !File.Exists(f) && !Directory.Exists(f)) is { } missing)
            {
                throw new UsageException(
                    $"there is no file {missing}; name files of records as the hub's list API returns them, or folders of model folders"
                );
            }
            if (output.IsTable(parsed) || Array.Exists(files, IRecordSource.IsParquet))
            {
                output.RequireParquet(parsed, session);
            }
            if (parsed.GetValue(shard) is { } written)
            {
                if (output.IsTable(parsed))
                {
                    throw new UsageException("--to parquet: a shard has no verdicts yet; give it to `audit merge`");
                }
                var share =
                    Share.Parse(written)
                    ?? throw new UsageException($"--shard {written}: write which share and of how many, such as 1/8 to 8/8");
                WriteShard(session, share, files, output.Folder(parsed));
            }
            else
            {
                var records = new HubReading(session.Catalog, () => session.Identifier, Share.Whole).Records(files);
                output.Finish(parsed, session, records.Select(r => r.Record), [.. files.Select(HubReading.NameOf)]);
            }
            return 0;
        });
        return command;
    }

    private static void WriteShard(Session session, Share share, string[] files, string folder)
    {
        var reading = new HubReading(session.Catalog, () => session.Identifier, share);
        var name = ShardFile.NameOf(share);
        WholeFile.Write(
            folder,
            name,
            stream =>
            {
                var head = ShardHeadJson.For(share, files, session.Catalog);
                var end = ShardFile.Write(stream, head, reading.Records(files), () => reading.Places);
                if (end.Places == 0)
                {
                    throw new UsageException($"{string.Join(", ", files)}: no records were found");
                }
                session.Note($"{name}: {end.Records} of {end.Places} records", $"{name}：{end.Places} 条记录中的 {end.Records} 条");
            }
        );
    }
}
