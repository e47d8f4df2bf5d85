using System.CommandLine;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Cli.Commands;

/// <summary><c>entail explain</c>: what a finding code means.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var code = new Argument<string?>("code")
        {
            Description = "a finding code, such as restrictions-dropped; without one, all are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("explain", "What a finding code means, with example and fix") { code };
        command.SetAction(parsed =>
        {
            var session = new Session(parsed, "human", "json");
            var say = session.Phrases;
            var codes = session.Catalog.Taxonomy.Findings;
            if (parsed.GetValue(code) is not { } name)
            {
                session.Printer.Print(
                    codes.Select(c => new Line(new Span(c.Id.PadRight(24), Tone.Strong), new Span(say.Say(c.Title), Tone.Plain)))
                );
                return 0;
            }
            if (codes.FirstOrDefault(c => c.Id.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } found)
            {
                var nearest = Closeness.Nearest(name, codes.Select(c => c.Id));
                throw new UsageException(
                    $"there is no finding code `{name}`; {(nearest is null ? "`entail explain` lists them" : $"did you mean {nearest}?")}"
                );
            }
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Explain(found));
                return 0;
            }
            session.Printer.Print([
                new Line(
                    new Span($"{found.Id}", Tone.Strong),
                    new Span($"  {say.Say(found.Title)} ({Kebab.Of(found.Severity)})", Tone.Plain)
                ),
                Line.Empty,
                Line.Of(say.Say(found.Meaning)),
                Line.Empty,
                new Line(new Span(say.Say("Example: ", "示例："), Tone.Quiet), new Span(say.Say(found.Example), Tone.Plain)),
                new Line(new Span(say.Say("Fix: ", "修复："), Tone.Quiet), new Span(say.Say(found.Fix), Tone.Good)),
            ]);
            return 0;
        });
        return command;
    }
}
