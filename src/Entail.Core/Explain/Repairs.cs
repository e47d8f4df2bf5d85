using Entail.Core.Decide;

namespace Entail.Core.Explain;

/// <summary>What would help where a license cannot carry what binds.</summary>
public static class Repairs
{
    /// <summary>The repairs, the simplest first; empty where nothing is missing.</summary>
    public static IEnumerable<string> For(CompatResult result, Phrases say)
    {
        var lacking = result.Missing.Where(m => m.Kind is "restriction" or "grant").Select(m => m.License).Distinct().ToList();
        if (lacking.Count > 0)
        {
            yield return say.Say(
                $"declare `{string.Join(" AND ", lacking.Prepend(result.To))}` and include a copy of {string.Join(", ", lacking)}",
                $"声明 `{string.Join(" AND ", lacking.Prepend(result.To))}`，并附上 {string.Join("、", lacking)} 的副本"
            );
            var restrictions = result.Missing.Where(m => m.Kind == "restriction").Select(m => m.License).Distinct().ToList();
            if (restrictions.Count > 0)
            {
                yield return say.Say(
                    $"or attach the use restrictions of {string.Join(", ", restrictions)} to your own license as an enforceable term",
                    $"或将 {string.Join("、", restrictions)} 的用途限制作为可执行条款附加到您的许可证"
                );
            }
        }
        foreach (var item in result.Missing.Where(m => m.Kind == "share-alike").DistinctBy(m => m.License))
        {
            yield return say.Say($"release the result under {item.License}", $"以 {item.License} 发布成果");
        }
        if (result.Missing.Any(m => m.Kind == "ceiling"))
        {
            yield return say.Say(
                "no license meets both: leave one of the works out, or ask its licensor for other terms",
                "没有许可证能同时满足两者：请去除其中一个作品，或向其许可方争取其他条款"
            );
        }
        if (result.Missing.Any(m => m.Kind == "duty"))
        {
            yield return say.Say("ask one of the licensors to waive its name", "请其中一个许可方放弃命名要求");
        }
    }
}
