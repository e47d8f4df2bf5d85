using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;
using Entail.Core.Write.Bundles;

namespace Entail.Cli.Commands;

/// <summary><c>entail fix</c>: adds to what people wrote what is owed there, after showing the difference.</summary>
internal static class FixCommand
{
    // What the section of the card does.
    private static readonly string[] Mended = ["brand-missing", "attribution-missing"];
    private static readonly string[] Bundled = ["license-copy-missing", "notice-missing"];

    public static Command Create()
    {
        var yes = new Option<bool>("--yes") { Description = "change the files without asking" };
        var changed = new Option<string?>("--changed")
        {
            Description = "the day on which the work was changed (yyyy-MM-dd), which some licenses want stated",
        };
        var command = new Command(
            "fix",
            "Add what is owed to the card and the notice: shows the difference first, leaves every line that you wrote"
        )
        {
            yes,
            changed,
        };
        var check = new CheckArguments(command);
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var (result, at) = check.One(parsed, session);
            var folder = at ?? throw new UsageException("only files in a folder can be changed; name one");
            var changedOn = BundleCommand.Day(parsed.GetValue(changed) ?? new BundleFolder(folder).Changed);
            var repairs = new RepairPlan(session.Catalog, session.Phrases).Of(result, folder, changedOn);
            if (!session.IsJson)
            {
                session.Printer.Print(repairs.SelectMany(r => r.Diff.TrimEnd().Split('\n')).Select(Colored));
            }
            var applies = !repairs.IsEmpty && (parsed.GetValue(yes) || (!session.IsJson && Agreed(session)));
            if (applies)
            {
                FileChange.Apply(folder, [.. repairs.Select(r => r.Change)]);
                (result, _) = check.One(parsed, session);
            }
            var remaining = result
                .Findings.Where(f => f.Suppressed is null && !(repairs.Any(OfCard) && Mended.Contains(f.Code)))
                .ToImmutableArray();
            if (session.IsJson)
            {
                session.PrintJson(Document(session, result, repairs, applies, remaining));
            }
            else
            {
                session.Printer.Print(Page(session, repairs, applies, remaining));
            }
            return (!repairs.IsEmpty && !applies) || remaining.Any(f => f.Severity == Severity.Error) ? 1 : 0;
        });
        return command;
    }

    private static bool OfCard(Repair repair) => repair.Change.Path.Equals("README.md", StringComparison.OrdinalIgnoreCase);

    // Nobody to ask means no.
    private static bool Agreed(Session session)
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }
        Console.Error.Write(session.Phrases.Say("Change the files like this? [y/N] ", "是否按此修改文件？[y/N] "));
        return Console.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES" or "是";
    }

    private static Line Colored(string line) =>
        Line.Of(
            line,
            line.Length == 0 ? Tone.Plain
                : line.StartsWith("+++", StringComparison.Ordinal) || line.StartsWith("---", StringComparison.Ordinal) ? Tone.Strong
                : line[0] switch
                {
                    '+' => Tone.Good,
                    '-' => Tone.Bad,
                    '@' => Tone.Quiet,
                    _ => Tone.Plain,
                }
        );

    private static IEnumerable<Line> Page(Session session, ImmutableArray<Repair> repairs, bool applied, ImmutableArray<Finding> remaining)
    {
        var say = session.Phrases;
        yield return repairs.IsEmpty ? Line.Of(say.Say("nothing to add to what you wrote", "您编写的文件无需补充"), Tone.Good)
        : applied
            ? Line.Of(
                say.Say(
                    $"changed {string.Join(", ", repairs.Select(r => r.Change.Path))}",
                    $"已修改 {string.Join("、", repairs.Select(r => r.Change.Path))}"
                ),
                Tone.Good
            )
        : Line.Of(say.Say("nothing was changed; `--yes` makes these changes", "未作修改；使用 `--yes` 进行修改"), Tone.Caution);
        if (remaining.IsEmpty)
        {
            yield break;
        }
        yield return Line.Of("", Tone.Plain);
        yield return Line.Of(say.Say("what only you can do", "需要由您完成的事项"), Tone.Heading);
        var words = new FindingWords(session.Catalog, say);
        foreach (var finding in remaining)
        {
            var place = finding.Evidence.Select(e =>
                e.Line is { } line ? $"{e.File}:{line.ToString(CultureInfo.InvariantCulture)}" : e.File
            );
            yield return new Line(
                new Span($"{Kebab.Of(finding.Severity)}[{finding.Code}]: ", finding.Severity == Severity.Error ? Tone.Bad : Tone.Caution),
                new Span(words.Message(finding), Tone.Strong),
                new Span($"  {place.FirstOrDefault()}", Tone.Quiet)
            );
            yield return new Line(
                new Span("  = fix: ", Tone.Quiet),
                new Span(
                    Bundled.Contains(finding.Code)
                        ? say.Say("run `entail bundle`, which writes it", "运行 `entail bundle` 写入该副本")
                        : words.Fix(finding),
                    Tone.Plain
                )
            );
        }
    }

    private static FixJson Document(
        Session session,
        CheckResult result,
        ImmutableArray<Repair> repairs,
        bool applied,
        ImmutableArray<Finding> remaining
    )
    {
        var reports = new ReportWriter(session.Catalog, session.Phrases, session.Today);
        return new FixJson(
            "entail/fix/v1",
            DocumentWriter.Tool,
            session.Catalog.Digest,
            session.Lang == Lang.Zh ? "zh" : "en",
            session.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            result.Decision.Lineage.Root,
            applied,
            [.. repairs.Select(r => new FixChangeJson(r.Change.Path, r.Diff))],
            [.. remaining.Select(reports.Finding)]
        );
    }
}
