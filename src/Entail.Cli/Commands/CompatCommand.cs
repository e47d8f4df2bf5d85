using System.CommandLine;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Cli.Commands;

/// <summary><c>entail compat</c> and <c>entail choose</c>: under which license may a derivative travel?</summary>
internal static class CompatCommand
{
    private static Option<string[]> From() =>
        new("--from")
        {
            Description = "the licenses that bind, such as llama-3.1,apache-2.0",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };

    public static Command Create()
    {
        var from = From();
        var to = new Option<string>("--to") { Description = "the license the result shall carry", Required = true };
        var facts = new Option<string[]>("--fact") { Description = "what is known, such as commercial=true" };
        var command = new Command("compat", "May a derivative carry that license; what is missing; the repair") { from, to, facts };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var known = session.Facts(parsed.GetValue(facts) ?? [], null);
            var compatibility = new Compatibility(session.Catalog, session.Asking.Decider);
            var result = compatibility.Check(Names(parsed.GetValue(from)!), LicenseExpression.Parse(parsed.GetValue(to)!), known);
            var repairs = Repairs.For(result, compatibility, known, session.Phrases).ToList();
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Compat(result, repairs));
            }
            else
            {
                session.Printer.Print(Lines(result, repairs, session.Phrases));
            }
            return result.Conveys switch
            {
                Answer3.Yes => 0,
                Answer3.No => 1,
                _ => 2,
            };
        });
        return command;
    }

    public static Command CreateChoose()
    {
        var from = From();
        var facts = new Option<string[]>("--fact") { Description = "what is known, such as commercial=true" };
        var command = new Command("choose", "The licenses a derivative may carry") { from, facts };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var names = Names(parsed.GetValue(from)!);
            var results = new Compatibility(session.Catalog, session.Asking.Decider).Choose(
                names,
                session.Facts(parsed.GetValue(facts) ?? [], null)
            );
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Choose(names, results));
            }
            else
            {
                session.Printer.Print(
                    results.Select(r =>
                    {
                        var more =
                            r.Conveys != Answer3.Yes ? string.Join("; ", r.Missing.Take(2).Select(session.Phrases.Describe))
                            : r.Result == r.To ? Least(r, session.Phrases)
                            : $"{r.Result}{Least(r, session.Phrases)}";
                        return new Line(
                            new Span($"  {CompatWords.Label(r.Conveys, session.Phrases).PadRight(9)} ", ToneOf(r.Conveys)),
                            new Span(more.Length > 0 ? r.To.PadRight(26) : r.To, Tone.Strong),
                            new Span(more, Tone.Quiet)
                        );
                    })
                );
            }
            return results.Any(r => r.Conveys == Answer3.Yes) ? 0 : 1;
        });
        return command;
    }

    private static string[] Names(string[] written)
    {
        var names = written.SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        return names.Length > 0 ? names : throw new UsageException("--from takes the licenses that bind: --from llama-3.1,apache-2.0");
    }

    private static string Least(CompatResult result, Phrases say) => result.Least ? say.Say("  (conveys the least)", "（要求最少）") : "";

    private static Tone ToneOf(Answer3 answer) =>
        answer switch
        {
            Answer3.Yes => Tone.Good,
            Answer3.No => Tone.Bad,
            _ => Tone.Caution,
        };

    private static IEnumerable<Line> Lines(CompatResult result, List<string> repairs, Phrases say)
    {
        yield return new Line(
            new Span($"{string.Join(" + ", result.From)} → {result.To}: ", Tone.Strong),
            new Span(CompatWords.Label(result.Conveys, say), ToneOf(result.Conveys))
        );
        if (result.Conveys != Answer3.No && result.Result != result.To)
        {
            yield return Line.Of(say.Say($"  recipients receive: {result.Result}", $"  接收方得到：{result.Result}"), Tone.Quiet);
        }
        foreach (var name in result.Unknown)
        {
            yield return Line.Of(say.Say($"  {name} is not in the catalog", $"  {name} 不在目录中"), Tone.Caution);
        }
        foreach (var item in result.Missing)
        {
            yield return new Line(
                new Span($"  {say.Describe(item)}", Tone.Plain),
                new Span($"  [{Phrases.Cite(item.Clauses)}]", Tone.Quiet)
            );
        }
        foreach (var repair in repairs)
        {
            yield return new Line(new Span(say.Say("  = repair: ", "  = 修复："), Tone.Quiet), new Span(repair, Tone.Good));
        }
    }
}
