using System.CommandLine;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Cli.Commands;

/// <summary><c>entail licenses</c>: list, show, diff, coverage.</summary>
internal static class LicensesCommand
{
    public static Command Create()
    {
        var command = new Command("licenses", "The licenses of the catalog") { List(), Show(), Diff(), Coverage() };
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

    private static Command Coverage()
    {
        var license = new Argument<string?>("license") { Description = "one license; else all", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("coverage", "How much of the licenses' texts is accounted for, in words") { license };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var asked = parsed.GetValue(license) is { } name ? [session.License(name)] : session.Catalog.Licenses;
            var covered = asked.Select(ClauseCoverage.Of).ToList();
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Coverage(covered));
            }
            else
            {
                session.Printer.Print(CoveragePage.Of(covered, session.Phrases));
            }
            return covered.TrueForAll(c => c.Share >= 1) ? 0 : 1;
        });
        return command;
    }

    private static Command Diff()
    {
        var a = new Argument<string>("a") { Description = "a license" };
        var b = new Argument<string>("b") { Description = "another license" };
        var command = new Command("diff", "What differs between two licenses") { a, b };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var (first, second) = (session.License(parsed.GetValue(a)!), session.License(parsed.GetValue(b)!));
            var difference = LicenseDifference.Between(first, second, session.Asking.Decider.Single);
            var alike = session.Index.Likeness(first.Documents[0].TextKey, second.Documents[0].TextKey);
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Diff(difference, alike));
            }
            else
            {
                session.Printer.Print(LicenseDifferencePage.Of(difference, alike, session.Phrases));
            }
            return 0;
        });
        return command;
    }
}
