using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary><c>entail init</c>: a first entail.yaml from what the folder shows and the answers to a few questions.</summary>
internal static class InitCommand
{
    private const string Name = "entail.yaml";
    private const int MostTries = 3;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "the folder to ship", DefaultValueFactory = _ => "." };
        var yes = new Option<bool>("--yes") { Description = "ask nothing: distribute, and leave open what is not known" };
        var command = new Command(
            "init",
            $"Write a first {Name}: what the files show as comments, what only you know by at most four questions"
        )
        {
            path,
            yes,
        };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human");
            var folder = parsed.GetValue(path)!;
            if (!Directory.Exists(folder))
            {
                throw new UsageException($"there is no folder {folder}; name the folder that you ship");
            }
            var file = Path.Combine(folder, Name);
            if (File.Exists(file))
            {
                throw new UsageException($"{file} is there already and stays as it is; edit it, or move it away and run this again");
            }
            var before = Check(folder, null, session);
            var text = new StarterConfiguration(session.Phrases).Of(
                before.Decision.Lineage.RootWork,
                parsed.GetValue(yes) ? new StarterAnswers([Act.Distribute], null, null, null) : Answers(before, session)
            );
            FileChange.Apply(folder, [new FileChange(Name, null, Encoding.UTF8.GetBytes(text))]);
            var after = Check(folder, ConfigurationReader.Read(file, session.Catalog.Taxonomy), session);
            session.Printer.Print([
                Line.Of(session.Phrases.Say($"wrote {file}", $"已写入 {file}"), Tone.Good),
                new ReportPage(session.Catalog, session.Phrases, (_, _) => null).Summary(after),
                Line.Of(session.Phrases.Say($"next: entail check {folder}", $"下一步：entail check {folder}"), Tone.Quiet),
            ]);
            return 0;
        });
        return command;
    }

    private static CheckResult Check(string folder, Configuration? configuration, Session session)
    {
        using var progress = new Progress(session.IsQuiet);
        return new Checking(session.Catalog, session.Identifier, session.Today, null, progress.Report).Check(
            StoredWork.In(folder),
            configuration,
            new CheckOptions([], null, Facts.None, null)
        );
    }

    // Only what decides and cannot be seen: at most four questions.
    private static StarterAnswers Answers(CheckResult seen, Session session)
    {
        var root = seen.Decision.Lineage.RootWork;
        string Say(string en, string zh) => session.Phrases.Say(en, zh);
        var acts = Choice(
            Say("How will others get it?", "将如何提供给他人？"),
            session,
            (Say("as copies, such as a download", "提供副本，例如供下载"), [Act.Distribute]),
            (Say("as a service that I host", "由我托管的服务"), [Act.Host]),
            (Say("both", "两者都有"), [Act.Distribute, Act.Host]),
            (Say("not at all: I use it in-house", "不提供：仅内部使用"), ImmutableArray.Create(Act.Run))
        );
        var commercial = Choice<bool?>(
            Say("Is that commercial?", "是否为商业用途？"),
            session,
            (Say("leave it open: show what depends on it", "暂不确定：列出取决于此的内容"), null),
            (Say("yes", "是"), true),
            (Say("no", "否"), false)
        );
        var source =
            seen.Findings.Any(f => f.Code == "lineage-unknown") && root.Steps.IsEmpty
                ? Written(
                    Say(
                        "What was it made from (org/name)? Enter leaves it open.",
                        "由哪个作品制作而成（org/name）？直接回车表示暂不确定。"
                    ),
                    session,
                    name => session.Catalog.FindModel(name) is not null || name.Contains('/', StringComparison.Ordinal),
                    Say("a name such as org/name", "请写 org/name 形式的名称")
                )
                : null;
        var license = root.Of(root.MainPart).Any()
            ? null
            : Written(
                Say("Under which license? Enter leaves it open.", "采用哪种许可证？直接回车表示暂不确定。"),
                session,
                name => session.Catalog.Find(name) is not null,
                Say("an id that `entail licenses` lists", "请写 `entail licenses` 列出的标识")
            );
        return new StarterAnswers(acts, commercial, license, source);
    }

    private static T Choice<T>(string question, Session session, params ReadOnlySpan<(string Label, T Value)> choices)
    {
        Console.Error.WriteLine(question);
        for (var i = 0; i < choices.Length; i++)
        {
            Console.Error.WriteLine($"  {i + 1}  {choices[i].Label}");
        }
        for (var tries = 0; tries < MostTries; tries++)
        {
            Console.Error.Write($"[1-{choices.Length}, {session.Phrases.Say("Enter for 1", "回车为 1")}] ");
            var answer = Console.In.ReadLine()?.Trim() ?? "";
            if (answer.Length == 0)
            {
                break;
            }
            if (int.TryParse(answer, CultureInfo.InvariantCulture, out var chosen) && chosen >= 1 && chosen <= choices.Length)
            {
                return choices[chosen - 1].Value;
            }
        }
        return choices[0].Value;
    }

    private static string? Written(string question, Session session, Func<string, bool> isKnown, string expected)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            Console.Error.Write($"{question} ");
            var answer = Console.In.ReadLine()?.Trim() ?? "";
            if (answer.Length == 0)
            {
                return null;
            }
            if (isKnown(answer))
            {
                return answer;
            }
            session.Note(expected, expected);
        }
        return null;
    }
}
