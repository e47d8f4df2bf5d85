using System.Text;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write.Bundles;

/// <summary>The use restrictions of a license as a term of one's own: attached to one's license, or for the users of what one hosts.</summary>
internal static class RestrictionsPage
{
    /// <summary>The page: our words on whom it binds, and the license's own passages, as they stand in the user's copy.</summary>
    public static string Of(string work, License license, BundleKind kind, IEnumerable<string> passages, Phrases say)
    {
        var name = $"{say.Say(license.Name)} ({license.Id})";
        var text = new StringBuilder();
        text.Append(say.Say($"# Use restrictions of {work}\n\n", $"# {work} 的用途限制\n\n"));
        text.Append(
            kind == BundleKind.Terms
                ? say.Say(
                    $"Whoever uses {work} agrees to keep to the use restrictions below. They come from {name} and bind every user as a term of this service; whoever breaks them may not use it.",
                    $"使用 {work} 即表示同意遵守以下用途限制。这些限制来自 {name}，作为本服务的条款约束每位用户；违反者不得使用。"
                )
                : say.Say(
                    $"The use restrictions below are part of the terms of {work}. They come from {name} and bind everyone who receives it, a copy of it, or anything made from it, who has to bind those who receive it next in the same way.",
                    $"以下用途限制是 {work} 条款的一部分，来自 {name}，约束获得本作品、其副本或由其制作的任何作品的所有人；继续提供时，须以同样方式约束接收方。"
                )
        );
        text.Append("\n\n---\n");
        foreach (var passage in passages)
        {
            text.Append('\n').Append(passage).Append('\n');
        }
        return text.ToString();
    }
}
