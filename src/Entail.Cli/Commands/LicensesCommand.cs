using System.CommandLine;
using System.Globalization;
using Entail.Core.Catalog;
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
        var command = new Command("licenses", "The licenses of the catalog") { List(), Show(), Diff(), Coverage(), Releases() };
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
        if (!license.Supersedes.IsEmpty)
        {
            yield return Line.Of(
                say.Say($"supersedes {string.Join(", ", license.Supersedes)}", $"取代 {string.Join("、", license.Supersedes)}"),
                Tone.Quiet
            );
        }
        foreach (var document in license.Documents)
        {
            yield return Line.Empty;
            yield return Line.Of(say.Say(document.Title), Tone.Heading);
            if (document.ReadOn is { } read)
            {
                yield return Line.Of(
                    say.Say(
                        $"  read on {read:yyyy-MM-dd} where it is published; the text is not at hand and is not recognized in files",
                        $"  于 {read:yyyy-MM-dd} 在公布处阅读；未收录文本，无法在文件中识别"
                    ),
                    Tone.Caution
                );
            }
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
        var a = new Argument<string>("a") { Description = "a license, or a release of the catalog" };
        var b = new Argument<string?>("b")
        {
            Description = "another license, or a later release; without it the newest",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("diff", "What differs between two licenses, or between two releases of the catalog") { a, b };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            if (session.Release(parsed.GetValue(a)!) is { } before)
            {
                return Diff(session, before, parsed.GetValue(b));
            }
            if (parsed.GetValue(b) is null)
            {
                throw new UsageException("name two licenses, or a release of the catalog; `entail licenses releases` lists the releases");
            }
            var (first, second) = (session.License(parsed.GetValue(a)!), session.License(parsed.GetValue(b)!));
            var difference = LicenseDifference.Between(first, second, session.Asking.Decider.Single);
            var alike = session.Index.Likeness(first.Documents[0].TextKey, second.Documents[0].TextKey); // none for a text read elsewhere
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

    private static int Diff(Session session, CompiledCatalog before, string? later)
    {
        const int Most = 12;
        var after = later is null
            ? session.Newest
            : session.Release(later)
                ?? throw new UsageException($"{later} is no release of the catalog; `entail licenses releases` lists them");
        var difference = CatalogDifference.Between(before, after, session.Today);
        if (session.IsJson)
        {
            session.PrintJson(session.Documents.Diff(difference, before.Digest, after.Digest));
        }
        else
        {
            session.Printer.Print(CatalogDifferencePage.Of(difference, session.Phrases, Most));
        }
        return 0;
    }

    private static Command Releases()
    {
        var command = new Command("releases", "The releases of the catalog, newest first");
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var releases = session.Newest.Releases;
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Releases(releases.Select(r => (r, session.Release(r.Version)?.Digest))));
            }
            else
            {
                session.Printer.Print(
                    releases.Select(r => new Line(
                        new Span($"{r.Version, -12}", Tone.Strong),
                        new Span(r.Date.ToString("yyyy-MM-dd  ", CultureInfo.InvariantCulture), Tone.Quiet),
                        new Span(session.Phrases.Say(r.Summary), Tone.Plain)
                    ))
                );
            }
            return 0;
        });
        return command;
    }
}
