using System.CommandLine;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary><c>entail faq</c>: a license's FAQ, from its rules alone.</summary>
internal static class FaqCommand
{
    public static Command Create()
    {
        var license = new Argument<string>("license") { Description = "any of the license's ids" };
        var command = new Command("faq", "A license's FAQ, generated from its rules") { license };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json", "markdown", "html");
            var found = session.License(parsed.GetValue(license)!);
            var entries = Entries(session, found, session.Phrases);
            switch (session.Format)
            {
                case "json":
                    session.PrintJson(session.Documents.Faq(found, entries));
                    break;
                case "markdown":
                    Printer.PrintText(FaqPages.Markdown(found, entries, session.Phrases));
                    break;
                case "html":
                    var english = Entries(session, found, new Phrases(session.Catalog, Lang.En));
                    var chinese = Entries(session, found, new Phrases(session.Catalog, Lang.Zh));
                    Printer.PrintText(FaqPages.Html(found, english, chinese, session.Lang));
                    break;
                default:
                    session.Printer.Print(Lines(found, entries, session.Phrases));
                    break;
            }
            return 0;
        });
        return command;
    }

    private static List<FaqEntry> Entries(Session session, License license, Phrases say) =>
        [.. new Faq(session.Catalog, session.Asking.Decider.Single, say).Of(license)];

    private static IEnumerable<Line> Lines(License license, List<FaqEntry> entries, Phrases say)
    {
        yield return new Line(new Span(say.Say(license.Name), Tone.Strong), new Span($"  {license.Url}", Tone.Quiet));
        foreach (var entry in entries)
        {
            yield return Line.Empty;
            yield return Line.Of(entry.Question, Tone.Heading);
            yield return Line.Of($"  {entry.Lead}", entry.Verdict is { } verdict ? Phrases.ToneOf(verdict) : Tone.Strong);
            foreach (var point in entry.Points)
            {
                yield return new Line(
                    new Span($"  - {point.Text}", Tone.Plain),
                    new Span(point.Clauses.IsEmpty ? "" : $"  [{Phrases.Cite(point.Clauses)}]", Tone.Quiet)
                );
            }
        }
    }
}
