using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>What would help where a license cannot carry what binds. Every license named was checked to convey.</summary>
public static class Repairs
{
    /// <summary>What would help where an answer says that the license asked for lacks something; empty where nothing is lacking.</summary>
    public static IEnumerable<string> For(Answer answer, Question question, Compatibility compatibility, Phrases say) =>
        question.As is { } wanted && !answer.MaybeMissing.IsEmpty && question.Of != Subject.Original
            ? For(
                compatibility.Check([.. answer.MaybeMissing.Select(m => m.License).Distinct()], wanted, question.Facts),
                compatibility,
                question.Facts,
                say
            )
            : [];

    /// <summary>The repairs, the simplest first; empty where nothing is missing.</summary>
    public static IEnumerable<string> For(CompatResult result, Compatibility compatibility, Facts facts, Phrases say)
    {
        if (result.Missing.IsEmpty)
        {
            yield break;
        }
        var verified = compatibility.Repairs(result, facts);
        foreach (var expression in verified)
        {
            yield return say.Say(
                $"declare `{expression}`, and include a copy of each license",
                $"声明 `{expression}`，并附上各许可证的副本"
            );
        }
        var restrictions = result.Missing.Where(m => m.Kind == "restriction").Select(m => m.License).Distinct().ToList();
        if (restrictions.Count > 0 && result.Missing.All(m => m.Kind == "restriction") && verified.Length > 0)
        {
            yield return say.Say(
                $"or attach the use restrictions of {string.Join(", ", restrictions)} to your own license as an enforceable term",
                $"或将 {string.Join("、", restrictions)} 的用途限制作为可执行条款附加到您的许可证"
            );
        }
        if (verified.IsEmpty && compatibility.Choose(result.From, facts) is [{ Conveys: Answer3.Yes } best, ..])
        {
            yield return say.Say($"choose {best.To} instead", $"改用 {best.To}");
        }
        else if (verified.IsEmpty)
        {
            yield return result.From.Length > 1
                ? say.Say(
                    "no license of the catalog meets all of them: leave one of the works out, or ask its licensor for other terms",
                    "目录中没有许可证能同时满足全部要求：请去除其中一个作品，或向其许可方争取其他条款"
                )
                : say.Say("keep the license of the work", "保留作品原有的许可证");
        }
    }
}
