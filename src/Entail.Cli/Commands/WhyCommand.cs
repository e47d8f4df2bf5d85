using System.CommandLine;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary><c>entail why</c>: the full reasoning behind a finding, a duty, or all that a license asks.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var command = new Command("why", "The full reasoning behind a finding: how the license reaches the work, and what its clauses say");
        var check = new CheckArguments(command, needsPath: true);
        var name = new Argument<string>("finding")
        {
            Description = "a finding by its id (or the beginning of it) or its code; or a duty; or a license",
        };
        command.Add(name);
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var (result, _) = check.One(parsed, session);
            var asked = parsed.GetValue(name)!;
            var reasons = new WhyFinder(session.Catalog, session.Today).Find(result, asked);
            if (reasons.IsEmpty)
            {
                var known = result.Findings.Select(f => f.Code).Concat(result.Duties.Select(d => d.Owe.Duty)).Distinct().ToList();
                var nearest = Closeness.Nearest(asked, known);
                throw new UsageException(
                    $"nothing here is called `{asked}`; "
                        + (
                            nearest is not null ? $"did you mean {nearest}?"
                            : known.Count == 0 ? "nothing was found and nothing is owed"
                            : $"there are {string.Join(", ", known.Take(20))}"
                        )
                );
            }
            if (session.IsJson)
            {
                session.PrintJson(
                    new WhyWriter(session.Catalog, session.Phrases, session.Today).Why(result.Decision.Lineage.Root, asked, reasons)
                );
            }
            else
            {
                var page = new WhyPage(session.Catalog, session.Phrases);
                session.Printer.Print(reasons.SelectMany(page.Of));
            }
            return 0;
        });
        return command;
    }
}
