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
        var all = new Option<bool>("--all") { Description = "every license of the catalog, those that do not fit too" };
        var command = new Command("choose", "The licenses a derivative may carry") { from, facts, all };
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
                session.Printer.Print(Lines(results, parsed.GetValue(all), session.Phrases));
            }
            return results.Any(r => r.Conveys == Answer3.Yes) ? 0 : 1;
        });
        return command;
    }

    // Unless all are asked for: of those that fit and of those that may fit the best, and how many do not.
    private static IEnumerable<Line> Lines(IReadOnlyCollection<CompatResult> results, bool all, Phrases say)
    {
        const int Most = 20;
        foreach (var answer in new[] { Answer3.Yes, Answer3.Unclear, Answer3.No })
        {
            var some = results.Where(r => r.Conveys == answer).ToList();
            var shown =
                all ? some.Count
                : answer == Answer3.No ? 0
                : Math.Min(some.Count, Most);
            var width = some.Take(shown).Select(r => r.To.Length).DefaultIfEmpty().Max() + 2;
            foreach (var result in some.Take(shown))
            {
                var more =
                    answer != Answer3.Yes ? string.Join("; ", result.Missing.Take(2).Select(say.Describe))
                    : result.Result == result.To ? Least(result, say)
                    : $"{result.Result}{Least(result, say)}";
                yield return new Line(
                    new Span($"  {CompatWords.Label(answer, say).PadRight(9)} ", ToneOf(answer)),
                    new Span(more.Length > 0 ? result.To.PadRight(width) : result.To, Tone.Strong),
                    new Span(more, Tone.Quiet)
                );
            }
            if (some.Count > shown)
            {
                yield return new Line(
                    new Span($"  {CompatWords.Label(answer, say).PadRight(9)} ", ToneOf(answer)),
                    new Span(
                        shown == 0
                            ? say.Say($"{some.Count} others; --all lists them", $"另有 {some.Count} 份；--all 列出全部")
                            : say.Say($"and {some.Count - shown} more; --all lists them", $"另有 {some.Count - shown} 份；--all 列出全部"),
                        Tone.Quiet
                    )
                );
            }
        }
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
