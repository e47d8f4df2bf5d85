using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>A question as it is written: what is asked about, and the question itself.</summary>
/// <param name="Id">The id of a batch line; null without one.</param>
/// <param name="Asked">The license or model as written.</param>
/// <param name="IsModel">A model is asked about, not a license.</param>
/// <param name="Question">The question.</param>
public sealed record WrittenQuestion(string? Id, string Asked, bool IsModel, Question Question);

/// <summary>Reads questions from lines of JSON (CONTRACT, ask --batch).</summary>
public sealed class QuestionReader(IReadOnlyDictionary<string, FactDefinition> facts)
{
    private static readonly string[] Keys = ["id", "license", "model", "acts", "as", "of", "madeBy", "part", "facts", "assume"];

    /// <summary>Reads one line; null with a message when it cannot be asked. Keys that are nobody's misspelling are left to their owner.</summary>
    public WrittenQuestion? Read(string line, out string? id, out string message)
    {
        id = null;
        var problems = new List<SourceProblem>();
        if (Json.Parse(line, 1, problems) is not YamlValue.Map map)
        {
            message = problems.Count > 0 ? $"not JSON that can be read: {problems[0].Message}" : "a question is a JSON object";
            return null;
        }
        id = Text(map["id"]);
        var errors = problems.Select(p => p.Message).ToList();
        foreach (var (key, _) in map.Entries.Where(e => !Keys.Contains(e.Key.Text)))
        {
            if (Keys.FirstOrDefault(k => Closeness.Distance(k, key.Text.Replace("-", "", StringComparison.Ordinal)) <= 1) is { } meant)
            {
                errors.Add($"unknown key `{key.Text}`; write `{meant}`");
            }
        }
        var license = Text(map["license"]);
        var model = Text(map["model"]);
        if (license is null == model is null)
        {
            errors.Add("a question names one `license` or one `model`");
        }
        var acts = Acts(map["acts"], "acts", errors);
        if (acts.IsEmpty && errors.Count == 0)
        {
            errors.Add(
                $"`acts` lists what shall be done, such as [\"fine-tune\", \"host\"]; the acts are {string.Join(", ", Model.Acts.All.Select(a => a.Name()))}"
            );
        }
        var known = FactReader.Read(map["facts"], facts, (_, problem) => errors.Add(problem));
        var question = new Question(
            acts,
            Text(map["as"]) is { } wanted ? LicenseExpression.Parse(wanted) : null,
            Choice<Subject>(map["of"], "of", errors),
            Acts(map["madeBy"], "madeBy", errors),
            Choice<Part>(map["part"], "part", errors),
            known with
            {
                Assume = Text(map["assume"]) != "none",
            },
            Standing.Original
        );
        message = string.Join("; ", errors);
        return errors.Count > 0 ? null : new WrittenQuestion(id, license ?? model!, model is not null, question);
    }

    private static string? Text(YamlValue? value) => value is YamlValue.Scalar { IsNull: false } scalar ? scalar.Text : null;

    private static ImmutableArray<Act> Acts(YamlValue? value, string key, List<string> errors)
    {
        var items = value switch
        {
            null or YamlValue.Scalar { IsNull: true } => [],
            YamlValue.List list => list.Items,
            _ => [value],
        };
        var found = ImmutableArray.CreateBuilder<Act>();
        foreach (var item in items)
        {
            if (item is YamlValue.Scalar scalar && Model.Acts.TryParse(scalar.Text, out var act))
            {
                found.Add(act);
            }
            else
            {
                errors.Add(UnknownAct(item is YamlValue.Scalar s ? s.Text : item.Kind, key));
            }
        }
        return found.ToImmutable();
    }

    /// <summary>The message for an act that there is not.</summary>
    public static string UnknownAct(string name, string where)
    {
        var names = Model.Acts.All.Select(a => a.Name()).ToList();
        return Closeness.Nearest(name, names) is { } meant
            ? $"`{where}`: there is no act `{name}`; did you mean `{meant}`?"
            : $"`{where}`: there is no act `{name}`; the acts are {string.Join(", ", names)}";
    }

    private static T? Choice<T>(YamlValue? value, string key, List<string> errors)
        where T : struct, Enum
    {
        if (Text(value) is not { } text)
        {
            return null;
        }
        if (Kebab.TryParse<T>(text, out var choice))
        {
            return choice;
        }
        errors.Add($"`{key}` does not take `{text}`; one of {string.Join(", ", Enum.GetValues<T>().Select(v => Kebab.Of(v)))}");
        return null;
    }
}
