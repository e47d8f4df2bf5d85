using System.CommandLine;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Cli.Commands;

/// <summary><c>entail licenses</c>: list, show, diff.</summary>
internal static class LicensesCommand
{
    public static Command Create()
    {
        var command = new Command("licenses", "The licenses of the catalog") { List(), Show(), Diff() };
        command.SetAction(List);
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "All licenses with their ids");
        command.SetAction(List);
        return command;
    }

    private static int List(ParseResult parsed)
    {
        var session = new Session(parsed, "human", "json");
        if (session.IsJson)
        {
            session.PrintJson(session.Documents.Licenses());
            return 0;
        }
        session.Printer.Print(
            session.Catalog.Licenses.Select(l => new Line(
                new Span(l.Id.PadRight(26), Tone.Strong),
                new Span(session.Phrases.Say(l.Name), Tone.Plain),
                new Span(
                    $"  {string.Join(", ", l.Ids.HuggingFace.Concat(l.Ids.Spdx).Distinct(StringComparer.OrdinalIgnoreCase).Take(3))}",
                    Tone.Quiet
                )
            ))
        );
        return 0;
    }

    private static Command Show()
    {
        var license = new Argument<string>("license") { Description = "any of the license's ids" };
        var command = new Command("show", "What a license says, clause by clause") { license };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var found = session.License(parsed.GetValue(license)!);
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Detail(found));
            }
            else
            {
                session.Printer.Print(Lines(found, session.Phrases));
            }
            return 0;
        });
        return command;
    }

    private static IEnumerable<Line> Lines(License license, Phrases say)
    {
        yield return new Line(new Span(say.Say(license.Name), Tone.Strong), new Span($"  {license.Id}", Tone.Quiet));
        yield return Line.Of($"{license.Url}", Tone.Quiet);
        yield return Line.Of(
            say.Say(
                $"covers {string.Join(", ", license.Covers.Select(c => Kebab.Of(c)))}; family {license.Family}",
                $"适用于 {string.Join("、", license.Covers.Select(c => Kebab.Of(c)))}；家族 {license.Family}"
            ),
            Tone.Quiet
        );
        foreach (var document in license.Documents)
        {
            yield return Line.Empty;
            yield return Line.Of(say.Say(document.Title), Tone.Heading);
            var width = document.Clauses.Max(c => c.Id.Length);
            foreach (var clause in document.Clauses)
            {
                yield return new Line(
                    new Span($"  {clause.Id.PadRight(width)} ", clause.NoEffect is null ? Tone.Strong : Tone.Quiet),
                    new Span(say.Say(clause.Summary), clause.NoEffect is null ? Tone.Plain : Tone.Quiet)
                );
                foreach (var rule in license.Rules.Where(r => r.Clauses.Contains(clause.Id)))
                {
                    yield return Line.Of(
                        $"{new string(' ', width + 3)}→ {rule.Id}{(rule.Certainty == Certainty.Arguable ? say.Say(" (arguable)", "（有争议）") : "")}",
                        Tone.Quiet
                    );
                }
            }
        }
    }

    private static Command Diff()
    {
        var a = new Argument<string>("a") { Description = "a license" };
        var b = new Argument<string>("b") { Description = "another license" };
        var command = new Command("diff", "What differs between two licenses") { a, b };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var difference = LicenseDifference.Between(
                session.License(parsed.GetValue(a)!),
                session.License(parsed.GetValue(b)!),
                session.Asking.Decider.Single
            );
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Diff(difference));
            }
            else
            {
                session.Printer.Print(Lines(difference, session.Phrases));
            }
            return 0;
        });
        return command;
    }

    private static IEnumerable<Line> Lines(LicenseDifference d, Phrases say)
    {
        yield return Line.Of(say.Say($"{d.A} against {d.B}, commercial use", $"{d.A} 与 {d.B} 对比（商业使用）"), Tone.Strong);
        foreach (var (act, a, b) in d.Verdicts)
        {
            yield return new Line(
                new Span($"  {act.PadRight(26)} ", Tone.Plain),
                new Span(say.Verdict(a).PadRight(24), Phrases.ToneOf(a)),
                new Span(say.Verdict(b), Phrases.ToneOf(b))
            );
        }
        foreach (
            var (title, items) in new[]
            {
                (say.Say($"duties only of {d.A}", $"仅 {d.A} 的义务"), d.DutiesOnlyA.Select(say.Duty)),
                (say.Say($"duties only of {d.B}", $"仅 {d.B} 的义务"), d.DutiesOnlyB.Select(say.Duty)),
                (say.Say($"ruled out only by {d.A}", $"仅 {d.A} 禁止的用途"), Uses(d.RestrictionsOnlyA, say)),
                (say.Say($"ruled out only by {d.B}", $"仅 {d.B} 禁止的用途"), Uses(d.RestrictionsOnlyB, say)),
            }
        )
        {
            var all = items.ToList();
            if (all.Count > 0)
            {
                yield return Line.Empty;
                yield return Line.Of(title, Tone.Heading);
                foreach (var item in all)
                {
                    yield return Line.Of($"  {item}");
                }
            }
        }
        yield return Line.Empty;
        yield return Line.Of(
            say.Say(
                $"may {d.B} carry a derivative bound by {d.A}: {Kebab.Of(d.AConveyedByB)}; the other way: {Kebab.Of(d.BConveyedByA)}",
                $"{d.A} 的衍生作品可否采用 {d.B}：{Kebab.Of(d.AConveyedByB)}；反之：{Kebab.Of(d.BConveyedByA)}"
            ),
            Tone.Quiet
        );
    }

    private static IEnumerable<string> Uses(IEnumerable<string> restrictions, Phrases say) =>
        restrictions.Select(r => Restriction.TryParse(r, out var restriction) ? $"{r}  {say.Restriction(restriction)}" : r);
}
