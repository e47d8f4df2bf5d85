using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Write;
using Entail.Core.Write.Bundles;

namespace Entail.Cli.Commands;

/// <summary><c>entail bundle</c>: the files that are owed to those who receive the work.</summary>
internal static class BundleCommand
{
    public static Command Create()
    {
        var bases = new Option<string[]>("--base")
        {
            Description = "the folder of a work it was made from: its license and notices are taken from there",
        };
        var online = new Option<bool>("--online") { Description = "fetch license texts that are not at hand from their official address" };
        var changed = new Option<string?>("--changed")
        {
            Description = "the day on which the work was changed (yyyy-MM-dd), which some licenses want stated",
        };
        var verify = new Option<bool>("--verify") { Description = "write nothing; exit 1 where a file is missing or not as it should be" };
        var zip = new Option<string?>("--zip") { Description = "pack the files into this archive instead of writing them into the folder" };
        var command = new Command("bundle", "Write what is owed: license copies, notices, a statement of changes, terms for users")
        {
            bases,
            online,
            changed,
            verify,
            zip,
        };
        var check = new CheckArguments(command);
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var (result, at) = check.One(parsed, session);
            var folder = at ?? throw new UsageException("a bundle goes into the folder of a work; name one");
            var bundled = new BundleFolder(folder);
            if (bundled.Language is "zh" or "en" && parsed.GetResult(Session.LangOption) is null or { Implicit: true })
            {
                session.Speak(bundled.Language == "zh" ? Lang.Zh : Lang.En);
            }
            var changedOn = Day(parsed.GetValue(changed) ?? bundled.Changed);
            var copies = Copies(session, result, parsed.GetValue(bases) ?? [], parsed.GetValue(online));
            var bundle = new BundlePlan(session.Catalog, copies, session.Phrases).Of(result, bundled.Theirs, bundled.Ours, changedOn);
            var files = bundled.Compare(bundle, session.Catalog, copies);
            var document = bundled.Document(bundle, files, session.Catalog, session.Phrases, changedOn);
            if (parsed.GetValue(zip) is { } archive)
            {
                var target = Path.GetFullPath(archive);
                var bytes = bundled.Zip(files, document);
                var before = File.Exists(target) ? File.ReadAllBytes(target) : null;
                if (before is not null && !BundleFolder.IsArchive(before))
                {
                    throw new UsageException($"--zip {archive}: there is a file that is no bundle, and it stays; name another");
                }
                FileChange.Apply(Path.GetDirectoryName(target)!, [new FileChange(Path.GetFileName(target), before, bytes)]);
            }
            else if (!parsed.GetValue(verify))
            {
                FileChange.Apply(folder, bundled.Changes(files, document));
            }
            if (session.IsJson)
            {
                session.PrintJson(document);
            }
            else
            {
                session.Printer.Print(new BundlePage(session.Phrases).Of(bundle, files, parsed.GetValue(zip), parsed.GetValue(verify)));
            }
            var open = files.Any(f => f.State == BundleState.Edited || (parsed.GetValue(verify) && f.State != BundleState.Current));
            return open || !bundle.Gaps.IsEmpty ? 1 : 0;
        });
        return command;
    }

    /// <summary>Where license texts are to be had.</summary>
    public static LicenseCopies Copies(Session session, CheckResult result, IReadOnlyCollection<string> bases, bool online)
    {
        Func<Uri, OpenedFile?>? fetch = null;
        if (online)
        {
            var official = new OfficialText(new HttpClient());
            fetch = address =>
            {
                session.Note($"fetching {address}", $"正在下载 {address}");
                var file = official.Fetch(address);
                if (file.Problem is { } problem)
                {
                    session.Note(problem.Message.En, problem.Message.Zh);
                }
                return file;
            };
        }
        return new LicenseCopies(
            session.Catalog,
            session.Identifier,
            session.Index,
            TextsCommand.Store(session),
            BaseFolders.Of(result, bases),
            fetch
        );
    }

    /// <summary>A day as the user writes it.</summary>
    public static DateOnly? Day(string? written) =>
        written is null ? null
        : DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException($"--changed {written}: write a day such as 2026-01-31");
}
