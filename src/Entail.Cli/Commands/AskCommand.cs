using System.CommandLine;
using Entail.Core;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Write;

namespace Entail.Cli.Commands;

/// <summary><c>entail ask</c>: one question, or a batch of them.</summary>
internal static class AskCommand
{
    public static Command Create()
    {
        var target = new Argument<string?>("license-or-model")
        {
            Description = "a license (any of its ids), or a model such as org/name",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var acts = new Option<string[]>("--do")
        {
            Description = "what shall be done, such as fine-tune,host",
            AllowMultipleArgumentsPerToken = true,
        };
        var wanted = new Option<string?>("--as") { Description = "the license the result shall carry" };
        var of = new Option<string?>("--of") { Description = "what sharing is about: original, derivative or output" };
        var madeBy = new Option<string[]>("--made-by") { Description = "how the derivative was made" };
        var part = new Option<string?>("--part") { Description = "weights, code, data or docs" };
        var facts = new Option<string[]>("--fact") { Description = "what is known, such as commercial=true" };
        var assume = new Option<string?>("--assume") { Description = "none: presume nothing" };
        var batch = new Option<string?>("--batch") { Description = "questions as JSON Lines; - for standard input" };
        var allowUnclear = new Option<bool>("--allow-unclear") { Description = "exit 0 where the answer is unclear" };
        var command = new Command("ask", "May I do this, and what do I owe?")
        {
            target,
            acts,
            wanted,
            of,
            madeBy,
            part,
            facts,
            assume,
            batch,
            allowUnclear,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(batch) is { } file)
            {
                return Batch(new Session(parsed, "human", "json", "ndjson"), file);
            }
            var session = new Session(parsed, "human", "json");
            var name =
                parsed.GetValue(target)
                ?? throw new UsageException("name a license or a model: entail ask deepseek-1.0 --do fine-tune,host");
            var listed = Session.Acts(parsed.GetValue(acts) ?? []);
            if (listed.IsEmpty)
            {
                throw new UsageException($"say what you want to do: --do {string.Join("|", Acts.All.Select(a => a.Name()))}");
            }
            var (asked, isModel) = Asking.Target(name);
            if (isModel && session.Catalog.FindModel(asked) is null)
            {
                var nearest = Closeness.Nearest(asked, session.Catalog.Models.Keys);
                throw new UsageException(
                    $"the catalog does not know the model {asked}{(nearest is null ? "; ask about its license instead" : $"; did you mean {nearest}?")}"
                );
            }
            var question = new Question(
                listed,
                parsed.GetValue(wanted) is { } license ? LicenseExpression.Parse(license) : null,
                Session.Choice<Subject>(parsed.GetValue(of), "--of"),
                Session.Acts(parsed.GetValue(madeBy) ?? []),
                Session.Choice<Part>(parsed.GetValue(part), "--part"),
                session.Facts(parsed.GetValue(facts) ?? [], parsed.GetValue(assume)),
                Standing.Original
            );
            var answer = session.Asking.Ask(new WrittenQuestion(null, asked, isModel, question));
            foreach (var other in question.As?.Singles().Where(s => session.Catalog.Find(s.Id) is null).Select(s => s.Id) ?? [])
            {
                session.Note($"{other} is not in the catalog, so what it says is not known", $"{other} 不在目录中，其条款未知");
            }
            if (isModel && session.Catalog.FindModel(asked) is { Note: { } trap })
            {
                session.Note($"{asked}: {trap.En}", $"{asked}：{trap.Zh}");
            }
            var repairs = Repaired(session, answer, question);
            if (session.IsJson)
            {
                session.PrintJson(session.Documents.Answer(answer, asked, null, repairs));
            }
            else
            {
                session.Printer.Print(AnswerPage.Of(answer, asked, repairs, session.Phrases));
                if (!isModel && session.Catalog.Resolve(asked) is Core.Catalog.Resolution.Unknown { Nearest: { IsEmpty: false } nearest })
                {
                    Console.Error.WriteLine(
                        session.Phrases.Say($"did you mean {string.Join(" or ", nearest)}?", $"是否指 {string.Join(" 或 ", nearest)}？")
                    );
                }
            }
            return answer.Verdict switch
            {
                Verdict.Permitted or Verdict.PermittedWithDuties => 0,
                Verdict.Unclear => parsed.GetValue(allowUnclear) ? 0 : 2,
                _ => 1,
            };
        });
        return command;
    }

    // Answers go out in the order of the questions, one line each; a line that cannot be asked gets an error in its place.
    private static int Batch(Session session, string file)
    {
        var reader = new QuestionReader(session.Catalog.Facts);
        using var input = file == "-" ? Console.In : OpenText(file);
        using var output = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(false), 1 << 16);
        using var progress = new Progress(session.IsQuiet || !Console.IsOutputRedirected);
        var bad = false;
        var number = 0;
        while (input.ReadLine() is { } line)
        {
            progress.Report(++number, 0);
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }
            var written = reader.Read(line, out var id, out var message);
            bad |= written is null;
            output.Write(
                written is null
                    ? DocumentWriter.Json(session.Documents.Error(id, number, message), indented: false)
                    : DocumentWriter.Json(Answered(session, written), indented: false)
            );
            output.Write('\n');
        }
        return bad ? 3 : 0;
    }

    private static AnswerJson Answered(Session session, WrittenQuestion written)
    {
        var answer = session.Asking.Ask(written);
        return session.Documents.Answer(answer, written.Asked, written.Id, Repaired(session, answer, written.Question));
    }

    private static List<string> Repaired(Session session, Answer answer, Question question) =>
        [.. Repairs.For(answer, question, new Compatibility(session.Catalog, session.Asking.Decider), session.Phrases)];

    private static StreamReader OpenText(string file)
    {
        try
        {
            return new StreamReader(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read {file}: {problem.Message}");
        }
    }
}
