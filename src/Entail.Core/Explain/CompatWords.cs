using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>What a comparison of licenses comes to, in one sentence.</summary>
public static class CompatWords
{
    /// <summary>May a derivative of what binds carry the license, and if not, what it lacks first.</summary>
    public static string Sentence(CompatResult result, Phrases say)
    {
        var from = string.Join(say.Say(" and ", "和"), result.From);
        if (result.Conveys == Answer3.Yes)
        {
            return result.Result == result.To
                ? say.Say($"A derivative of {from} may carry {result.To}.", $"{from} 的衍生作品可以采用 {result.To}。")
                : say.Say(
                    $"Your own part of a derivative of {from} may carry {result.To}; recipients receive {result.Result}.",
                    $"{from} 的衍生作品中您自己的部分可以采用 {result.To}；接收方得到的是 {result.Result}。"
                );
        }
        var lacking = result.Missing.Select(say.Describe).FirstOrDefault() ?? say.Reason(UnclearReason.LicenseNotInCatalog);
        var more =
            result.Missing.Length > 1 ? say.Say($", and {result.Missing.Length - 1} more", $"，另有 {result.Missing.Length - 1} 项") : "";
        return result.Conveys == Answer3.No
            ? say.Say(
                $"A derivative of {from} may not carry {result.To}: {lacking}{more}.",
                $"{from} 的衍生作品不可采用 {result.To}：{lacking}{more}。"
            )
            : say.Say(
                $"Whether a derivative of {from} may carry {result.To} is open; on the strict reading {lacking}{more}.",
                $"{from} 的衍生作品能否采用 {result.To} 尚无定论；从严解读：{lacking}{more}。"
            );
    }

    /// <summary>An answer of three as people say it.</summary>
    public static string Label(Answer3 answer, Phrases say) =>
        answer switch
        {
            Answer3.Yes => say.Say("yes", "可以"),
            Answer3.No => say.Say("no", "不可以"),
            _ => say.Say("unclear", "不明确"),
        };
}
