using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write.Bundles;

/// <summary>What was done to a work, in a sentence from the known steps.</summary>
internal static class Changes
{
    /// <summary>The statement of what was changed against a work that the shipped one was made from.</summary>
    /// <param name="from">The work that was changed.</param>
    /// <param name="steps">The steps from it to the shipped work, in their order.</param>
    /// <param name="on">The day of the change; null where nobody said it.</param>
    /// <param name="say">The language.</param>
    public static string Statement(string from, IReadOnlyCollection<Act> steps, DateOnly? on, Phrases say)
    {
        if (steps.All(a => a is Act.Copy or Act.Embed))
        {
            return say.Say($"{from} is contained in it unchanged.", $"其中包含 {from}，未经修改。");
        }
        var done = steps.Distinct().Select(a => say.Say(Done(a))).ToList();
        var day = on is { } date ? say.Say($", {date:yyyy-MM-dd}", $"，{date:yyyy-MM-dd}") : "";
        return say.Say(
            $"This is a modified version of {from}{day}: {string.Join("; ", done)}.",
            $"本作品是 {from} 的修改版本{day}：{string.Join("；", done)}。"
        );
    }

    private static Text Done(Act act) =>
        act switch
        {
            Act.FineTune => new("its weights were trained further (fine-tuned)", "在其权重上继续训练（微调）"),
            Act.Adapt => new("adapter weights were trained for it", "为其训练了适配器权重"),
            Act.Quantize => new("its weights were quantized to a lower precision", "将其权重量化为较低精度"),
            Act.Convert => new("its weights were converted to another format", "将其权重转换为另一种格式"),
            Act.Merge => new("its weights were merged with others", "将其权重与其他权重合并"),
            Act.Distill => new("a model was distilled from it", "由其蒸馏得到模型"),
            Act.TrainOnOutputs => new("a model was trained on its outputs", "用其输出训练了模型"),
            Act.TrainOnData => new("a model was trained on it", "用其训练了模型"),
            Act.Generate => new("outputs were produced with it", "用其生成了输出"),
            Act.Copy or Act.Embed => new("a part of it is contained unchanged", "其中一部分未经修改"),
            _ => new("its weights were changed", "更改了其权重"),
        };
}
