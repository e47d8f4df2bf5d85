using System.CommandLine;
using System.Globalization;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary><c>entail texts</c>: the user's own store of license texts.</summary>
internal static class TextsCommand
{
    private const int ShownDigits = 12;

    public static Command Create()
    {
        var command = new Command("texts", "Your own store of license texts, each verified against its fingerprint")
        {
            Add(),
            List(),
            Verify(),
        };
        command.SetAction(List);
        return command;
    }

    /// <summary>The store of this user.</summary>
    public static TextStore Store(Session session) => new(Folder(), session.Identifier, session.Index, session.Catalog);

    // The XDG base directory specification 0.8 has a relative path ignored.
    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("ENTAIL_TEXTS") is { Length: > 0 } stated)
        {
            return Path.GetFullPath(stated);
        }
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "entail", "texts");
        }
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        return Path.Combine(Path.IsPathRooted(data) ? data : Path.Combine(home, ".local", "share"), "entail", "texts");
    }

    private static Command Add()
    {
        var files = new Argument<string[]>("file") { Description = "license texts, each word for word", Arity = ArgumentArity.OneOrMore };
        var command = new Command("add", "Keep copies of license texts") { files };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var store = Store(session);
            var write = Writer(session);
            var named = parsed.GetValue(files)!;
            if (Array.Find(named, path => !File.Exists(path)) is { } missing)
            {
                throw new UsageException($"there is no file {missing}");
            }
            var texts = Guarded(
                store,
                () => named.Select(path => OpenedFile.Read(path, path)).Select(file => Added(file, store, write, session)).ToList()
            );
            return Answered(texts, store, write, session);
        });
        return command;
    }

    private static TextJson Added(OpenedFile file, TextStore store, IdentifyWriter write, Session session)
    {
        if (store.Recognize(file) is { } text)
        {
            return write.Text(file.File, store.Add(text) ? "added" : "held", text);
        }
        var identified = IdentifiedFile.Of(file, session.Identifier);
        var reason = new IdentifyFindings(session.Catalog, session.Index).Of(identified).FirstOrDefault();
        if (!session.IsJson)
        {
            session.Printer.Print(new IdentifyPage(session.Catalog, session.Index, session.Phrases, store.Words).Of(identified));
        }
        return write.Text(
            file.File,
            "refused",
            null,
            new ProblemJson(
                reason?.Code ?? "license-unknown",
                reason is null
                    ? session.Phrases.Say("it is not the text of one license, word for word", "它不是单个许可证的逐字文本")
                    : new FindingWords(session.Catalog, session.Phrases).Message(reason)
            )
        );
    }

    private static Command List()
    {
        var command = new Command("list", "The texts you hold");
        command.SetAction(List);
        return command;
    }

    private static int List(ParseResult parsed)
    {
        var session = new Session(parsed, "human", "json");
        var store = Store(session);
        var texts = Held(store, Writer(session), session);
        Answered(texts, store, Writer(session), session);
        return 0;
    }

    private static Command Verify()
    {
        var command = new Command("verify", "Whether every text you hold still is what it was");
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var store = Store(session);
            return Answered(Held(store, Writer(session), session), store, Writer(session), session);
        });
        return command;
    }

    private static List<TextJson> Held(TextStore store, IdentifyWriter write, Session session) =>
        Guarded(
            store,
            () =>
                store
                    .All()
                    .Select(entry => write.Text(entry.Name, Kebab.Of(entry.State), entry.Text, Problem(entry.State, session)))
                    .ToList()
        );

    private static ProblemJson? Problem(StoredState state, Session session) =>
        state switch
        {
            StoredState.Damaged => new ProblemJson(
                "file-unreadable",
                session.Phrases.Say(
                    "its bytes are not those that were added; remove it and add the text again",
                    "内容与添加时不同；请将其删除后重新添加"
                )
            ),
            StoredState.Unrecognized => new ProblemJson(
                "license-unknown",
                session.Phrases.Say("it is no reference text, word for word; remove it", "它不是任何参考文本的逐字副本；请将其删除")
            ),
            _ => null,
        };

    /// <summary>Prints the texts; 1 where one was refused, is damaged or unrecognized, else 0.</summary>
    private static int Answered(List<TextJson> texts, TextStore store, IdentifyWriter write, Session session)
    {
        if (session.IsJson)
        {
            session.PrintJson(write.Texts(store.Folder, texts));
        }
        else
        {
            var width = texts.Select(text => text.License?.Length ?? 0).DefaultIfEmpty().Max();
            session.Printer.Print(
                texts
                    .Select(text => Row(text, width, session))
                    .Append(
                        Line.Of(
                            session.Phrases.Say(
                                $"{texts.Count(t => t.License is not null)} texts in {store.Folder}",
                                $"{store.Folder} 中有 {texts.Count(t => t.License is not null)} 份文本"
                            ),
                            Tone.Quiet
                        )
                    )
            );
        }
        return texts.Exists(text => text.Problem is not null) ? 1 : 0;
    }

    private static Line Row(TextJson text, int width, Session session) =>
        text.License is null
            ? new Line(
                new Span($"{Label(text.Status, session)}  ", text.Problem is null ? Tone.Quiet : Tone.Bad),
                new Span(text.File, Tone.Plain),
                new Span(text.Problem is null ? "" : $"  {text.Problem.Message}", Tone.Quiet)
            )
            : new Line(
                new Span($"{Label(text.Status, session)}  ", Tone.Good),
                new Span(text.License.PadRight(width), Tone.Strong),
                new Span($"  {(text.Document ?? "-").PadRight(10)}", Tone.Plain),
                new Span($"  {text.Sha256![..ShownDigits]}", Tone.Quiet),
                new Span($"  {text.Words!.Value.ToString(CultureInfo.InvariantCulture).PadLeft(6)}", Tone.Plain),
                new Span(session.Phrases.Say(" words", " 个词"), Tone.Quiet),
                new Span(text.Url is null ? "" : $"  {text.Url}", Tone.Quiet)
            );

    private static string Label(string status, Session session) =>
        status switch
        {
            "added" => session.Phrases.Say("added  ", "已添加"),
            "held" => session.Phrases.Say("held   ", "已有  "),
            "refused" => session.Phrases.Say("refused", "拒绝  "),
            "sound" => session.Phrases.Say("sound  ", "完好  "),
            "damaged" => session.Phrases.Say("damaged", "损坏  "),
            "foreign" => session.Phrases.Say("foreign", "外来  "),
            _ => session.Phrases.Say("unknown", "未知  "),
        };

    private static IdentifyWriter Writer(Session session) => new(session.Catalog, session.Phrases, (_, _) => null);

    private static T Guarded<T>(TextStore store, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot use the store {store.Folder}: {problem.Message}; ENTAIL_TEXTS names another folder");
        }
    }
}
