using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>What is wrong and what to do, in words. One place for every finding code.</summary>
public sealed class FindingWords(CompiledCatalog catalog, Phrases say)
{
    private const int MostNamed = 3;

    /// <summary>One sentence: what is wrong.</summary>
    public string Message(Finding finding)
    {
        string P(string key) => finding.Params.GetValueOrDefault(key, "");
        if (finding.Message is { } own)
        {
            return say.Say(own);
        }
        var license = P("license");
        var from = P("base");
        return finding.Code switch
        {
            "license-undeclared" => say.Say("the metadata declares no license for the work", "元数据未声明作品的许可证"),
            "license-unknown" when P("family").Length > 0 => say.Say(
                $"{P("file")} is of the {P("family")} family, but of no license of the catalog: it contains {Count(P("known"), "known restriction clause")}{Listed(finding.Details)}, and {Count(P("unmapped"), "passage")} that nobody has mapped",
                $"{P("file")} 属于 {P("family")} 系列，但不是目录中的许可证：其中有 {P("known")} 项已知的限制条款{Listed(finding.Details)}，另有 {P("unmapped")} 处尚无人解读"
            ),
            "license-unknown" when P("file").Length > 0 && P("candidates").Length == 0 => say.Say(
                $"the text in {P("file")} is no license that is known here{(P("closest").Length > 0 ? $"; the closest: {P("closest")}" : "")}",
                $"{P("file")} 的文本不是这里已知的许可证{(P("closest").Length > 0 ? $"；最接近的是：{P("closest")}" : "")}"
            ),
            "license-unknown" when P("candidates").Length > 0 && P("file").Length > 0 => say.Say(
                $"the text in {P("file")} may be several licenses: {P("candidates")}",
                $"{P("file")} 的文本可能是多个许可证：{P("candidates")}"
            ),
            "license-unknown" when P("candidates").Length > 0 => say.Say(
                $"the tag `{license}` of {P("work")} may mean several licenses: {P("candidates")}",
                $"{P("work")} 的标签 `{license}` 可能指多个许可证：{P("candidates")}"
            ),
            "license-unknown" when license == "unknown" => say.Say(
                $"nobody states a license for {P("work")}",
                $"{P("work")} 未见许可证声明"
            ),
            "license-unknown" => say.Say(
                $"the license `{license}` of {P("work")} is not in the catalog",
                $"{P("work")} 的许可证 `{license}` 不在目录中"
            ),
            "license-mismatch" when P("identified").Length > 0 => say.Say(
                $"{P("file")} holds the text of {P("identified")}, but {P("declared")} is declared",
                $"{P("file")} 是 {P("identified")} 的文本，但声明的是 {P("declared")}"
            ),
            "license-mismatch" => say.Say(
                $"two sources state different licenses: here and `{from}`",
                $"两处声明的许可证不一致：此处与 `{from}`"
            ),
            "license-modified" when P("disguised").Length > 0 => say.Say(
                $"{P("file")} has {P("disguised")} words that are not written as they look: with letters of another script, or characters that are not seen",
                $"{P("file")} 有 {P("disguised")} 处文字名不副实：混用了其他文字的字母，或含有不可见字符"
            ),
            "license-modified" => Differences(finding),
            "part-confused" => say.Say(
                $"`{P("declared")}` is the license of the code of {from}; its weights are under {P("weights")}",
                $"`{P("declared")}` 是 {from} 代码的许可证；其权重采用 {P("weights")}"
            ),
            "lineage-unknown" when P("only").Length > 0 => say.Say(
                $"the files speak of a merge, and name one of the works that went into it: {P("only")}",
                $"文件表明这是合并模型，但只写明了其中一个来源：{P("only")}"
            ),
            "lineage-unknown" => say.Say("the metadata does not say what the work was made from", "元数据未说明作品由什么制作而成"),
            "lineage-cycle" => say.Say(
                $"{P("work")} is said to be made from itself, by way of {from}",
                $"{P("work")} 经由 {from} 被声明为由自身制作"
            ),
            "base-not-found" when P("kind") == "dataset" => say.Say(
                $"the terms of the training data are not known: {from}",
                $"训练数据的条款未知：{from}"
            ),
            "base-not-found" when P("used") == from => say.Say(
                $"nothing is known of {from}, which the code uses",
                $"代码使用的 {from} 情况未知"
            ),
            "base-not-found" => say.Say(
                $"nothing is known of {from}, which {P("work")} is made from",
                $"{P("work")} 的来源 {from} 情况未知"
            ),
            "base-mismatch" => say.Say(
                $"{finding.Evidence.FirstOrDefault()?.File} names {from} as an origin, {finding.Evidence.LastOrDefault()?.File} another",
                $"{finding.Evidence.FirstOrDefault()?.File} 声明来源为 {from}，{finding.Evidence.LastOrDefault()?.File} 则声明了其他来源"
            ),
            "restrictions-dropped" when P("file").Length > 0 => say.Say(
                $"the text in {P("file")} {(finding.Certainty == Certainty.Arguable ? "may drop" : "drops")} {Count(P("count"), "use restriction")} that {license} asks to be kept",
                $"{P("file")} 的文本{(finding.Certainty == Certainty.Arguable ? "可能" : "")}丢失了 {license} 要求保留的 {P("count")} 项用途限制"
            ),
            "restrictions-dropped" => say.Say(
                $"`{P("declared")}` drops {Count(P("count"), "use restriction")} that {license} asks to be kept",
                $"`{P("declared")}` 丢失了 {license} 要求保留的 {P("count")} 项用途限制"
            ),
            "noncommercial-dropped" => say.Say(
                $"`{P("declared")}` allows uses that {license} withholds as commercial",
                $"`{P("declared")}` 允许 {license} 作为商业用途而不许可的使用"
            ),
            "share-alike-conflict" => say.Say(
                $"{license} asks for the same license, and `{P("declared")}` is another",
                $"{license} 要求采用相同许可证，而 `{P("declared")}` 是另一许可证"
            ),
            "license-conflict" when finding.Subject == "clash" => say.Say(
                $"{license} each ask for a name that comes first",
                $"{license} 都要求名称以各自的词开头"
            ),
            "license-conflict" => say.Say(
                $"{license} does not let the work travel under `{P("declared")}`",
                $"{license} 不允许以 `{P("declared")}` 发布该作品"
            ),
            "act-prohibited" => say.Say(
                $"{license} does not allow this ({P("acts")}): {Lower(P("reason"), "no rule grants it")}",
                $"{license} 不允许此行为（{P("acts")}）：{(P("reasonZh").Length > 0 ? P("reasonZh") : "没有规则授予此项权利")}"
            ),
            "agreement-needed" => say.Say(
                $"{license} allows this ({P("acts")}) only with the licensor's agreement: {Lower(P("reason"), "")}",
                $"{license} 仅在许可方同意后允许此行为（{P("acts")}）：{P("reasonZh")}"
            ),
            "license-copy-missing" when P("file").Length > 0 => say.Say(
                $"no copy of {license} goes with the work: the text in {P("file")} has other words",
                $"作品未附 {license} 的副本：{P("file")} 的文本与之不同"
            ),
            "license-copy-missing" => say.Say($"no copy of {license} goes with the work", $"作品未附 {license} 的副本"),
            "notice-missing" => say.Say("the notice file that the license orders is missing", "缺少许可证要求的声明文件"),
            "changes-not-stated" when P("file").Length > 0 => say.Say(
                $"{P("file")} states what was changed against {from}, but not when",
                $"{P("file")} 说明了相对于 {from} 的修改，但没有日期"
            ),
            "changes-not-stated" => say.Say($"nothing states what was changed against {from}", $"未说明相对于 {from} 做了哪些修改"),
            "attribution-missing" => say.Say($"{from} is not credited", $"未对 {from} 署名"),
            "brand-missing" => say.Say($"the line “{P("words")}” is not shown", $"未展示“{P("words")}”字样"),
            "name-prefix-missing" => say.Say(
                $"the name `{P("name")}` does not begin with “{P("words")}”",
                $"名称 `{P("name")}` 未以“{P("words")}”开头"
            ),
            "users-not-bound" when P("file").Length > 0 && finding.Evidence[0].Source == EvidenceSource.Identified => say.Say(
                $"{P("file")} may not bind the users to all the restrictions of {license}",
                $"{P("file")} 未必能约束用户遵守 {license} 的全部用途限制"
            ),
            "users-not-bound" when P("file").Length > 0 => say.Say(
                $"{P("file")} does not hold the use restrictions of {license}, so users are not bound to them",
                $"{P("file")} 未包含 {license} 的用途限制，用户因此不受其约束"
            ),
            "users-not-bound" => say.Say(
                $"no terms are shown that bind the users to the restrictions of {license}",
                $"未见约束用户遵守 {license} 用途限制的条款"
            ),
            "policy-denied" or "policy-undecided" => Policy(finding),
            "suppression-unused" => say.Say("this suppression meets no finding", "该抑制规则没有匹配任何结果"),
            "suppression-expired" => say.Say($"this suppression has expired: {P("code")}", $"该抑制规则已过期：{P("code")}"),
            _ => say.Say(Title(finding.Code)),
        };
    }

    /// <summary>What to do now, ready to paste where that is possible.</summary>
    public string Fix(Finding finding)
    {
        string P(string key) => finding.Params.GetValueOrDefault(key, "");
        var license = P("license");
        return finding.Code switch
        {
            "restrictions-dropped" or "noncommercial-dropped" or "share-alike-conflict" or "license-conflict" when P("used").Length > 0 =>
                say.Say(
                    $"the label of {P("used")} does not settle it: keep to {license} as well, or use another model",
                    $"{P("used")} 的标签并不能免除义务：请同时遵守 {license}，或改用其他模型"
                ),
            "restrictions-dropped" or "noncommercial-dropped" when P("file").Length > 0 => say.Say(
                $"put {P("lost")} back into {P("file")}, word for word as in {license} (the text: {catalog.Find(license)?.Url})",
                $"将条款 {P("lost")} 按 {license} 的原文恢复到 {P("file")} 中（文本：{catalog.Find(license)?.Url}）"
            ),
            "restrictions-dropped" when finding.Subject.Length > 0 => say.Say(
                $"in entail.yaml state the license of the part that comes from {P("base")}, {license}; put a copy of it beside the work, and its restrictions into the terms for your users",
                $"在 entail.yaml 中声明来自 {P("base")} 的部分采用 {license}；将其副本放在作品旁，并把其用途限制写入面向用户的条款"
            ),
            "restrictions-dropped" or "noncommercial-dropped" or "share-alike-conflict" or "license-conflict" when P("choice").Length > 0 =>
                say.Say(
                    $"in the front matter write {Declaration(P("choice"))}, and put a copy of {license} beside the weights",
                    $"在元数据中写 {Declaration(P("choice"))}，并在权重旁附上 {license} 的副本"
                ),
            "restrictions-dropped" or "noncommercial-dropped" or "share-alike-conflict" or "license-conflict" => say.Say(
                $"no license of the catalog meets {P("all")} at once: leave one of the works out, or ask its licensor for other terms",
                $"目录中没有许可证能同时满足 {P("all")}：请去除其中一个作品，或向其许可方争取其他条款"
            ),
            "license-modified" when P("disguised").Length > 0 => say.Say(
                $"take the text of {P("file")} anew from its source, or write these words in plain letters",
                $"请从来源重新取得 {P("file")} 的文本，或用常规文字重写这些词"
            ),
            "license-copy-missing" when finding.Evidence.Any(e => e.File.StartsWith("manifests/", StringComparison.Ordinal)) => say.Say(
                $"put the text of {license} into the Modelfile (LICENSE \"\"\"…\"\"\") and create the model again (the text: {catalog.Find(license)?.Url})",
                $"在 Modelfile 中以 LICENSE \"\"\"…\"\"\" 写入 {license} 的文本，然后重新创建模型（文本：{catalog.Find(license)?.Url}）"
            ),
            "license-copy-missing" => say.Say(
                $"copy the license file of {P("base")} into this folder as LICENSE-{license}, unchanged (the text: {catalog.Find(license)?.Url})",
                $"将 {P("base")} 的许可证文件原样复制到此文件夹，命名为 LICENSE-{license}（文本：{catalog.Find(license)?.Url}）"
            ),
            "notice-missing" => say.Say(
                $"add a file named NOTICE with the line: {P("words")}",
                $"添加名为 NOTICE 的文件，内容为：{P("words")}"
            ),
            "changes-not-stated" when P("file").Length > 0 => say.Say(
                $"add the date of the change to that line of {P("file")}",
                $"在 {P("file")} 的该行写明修改日期"
            ),
            "users-not-bound" when P("file").Length > 0 => say.Say(
                $"put the use restrictions of {license} into {P("file")}, word for word (the text: {catalog.Find(license)?.Url})",
                $"将 {license} 的用途限制原文写入 {P("file")}（文本：{catalog.Find(license)?.Url}）"
            ),
            "users-not-bound" => say.Say(
                "put a copy of the terms that your users accept beside entail.yaml and name it there: `ship: {terms: TERMS.md}`",
                "将用户所接受条款的副本放在 entail.yaml 旁，并在其中写明：`ship: {terms: TERMS.md}`"
            ),
            "changes-not-stated" => say.Say(
                $"add to README.md: “This is a modified version of {P("base")}: …”, and say what you changed",
                $"在 README.md 中写明：“This is a modified version of {P("base")}: …”，并说明修改内容"
            ),
            "attribution-missing" => say.Say(
                $"add to README.md: “Based on {P("base")}, licensed under {license}.” with a link to both",
                $"在 README.md 中写明：“Based on {P("base")}, licensed under {license}.”，并附两者的链接"
            ),
            "brand-missing" => say.Say(
                $"add the line “{P("words")}” to README.md, where people see it",
                $"在 README.md 显眼处添加“{P("words")}”"
            ),
            "name-prefix-missing" => say.Say(
                $"rename the model: `{P("words")}-{Last(P("name"))}`",
                $"将模型改名为 `{P("words")}-{Last(P("name"))}`"
            ),
            "license-unknown" when P("work") != finding.Work && !P("work").Contains(',', StringComparison.Ordinal) => say.Say(
                $"find out, and state it in entail.yaml: `- {{id: {P("work")}, kind: {P("kind")}, licenses: …}}`",
                $"查明后在 entail.yaml 中声明：`- {{id: {P("work")}, kind: {P("kind")}, licenses: …}}`"
            ),
            "license-unknown" when finding.Parties.Length > 1 => say.Say(
                "find out, and state each in entail.yaml under `works:` with `licenses:`",
                "查明后在 entail.yaml 的 `works:` 中逐一以 `licenses:` 声明"
            ),
            "base-not-found" => say.Say(
                $"state it in entail.yaml: `- {{id: {finding.Parties.Select(p => p.Work).FirstOrDefault()}, kind: {P("kind")}, licenses: …}}`",
                $"在 entail.yaml 中声明：`- {{id: {finding.Parties.Select(p => p.Work).FirstOrDefault()}, kind: {P("kind")}, licenses: …}}`"
            ),
            "policy-undecided" => say.Say(
                $"once it is decided, record it in entail.yaml: `policy: {{suppress: [{{id: {finding.Id}, reason: …, until: …}}]}}`",
                $"决定后记入 entail.yaml：`policy: {{suppress: [{{id: {finding.Id}, reason: …, until: …}}]}}`"
            ),
            "policy-denied" => say.Say(
                $"do without it; or where it was approved, record that in entail.yaml: `policy: {{suppress: [{{id: {finding.Id}, reason: …, until: …}}]}}`",
                $"请不要使用；如已获批准，请记入 entail.yaml：`policy: {{suppress: [{{id: {finding.Id}, reason: …, until: …}}]}}`"
            ),
            "part-confused" => say.Say($"declare the license of the weights, {P("weights")}", $"声明权重的许可证 {P("weights")}"),
            _ => catalog.Taxonomy.Findings.FirstOrDefault(f => f.Id == finding.Code) is { } code ? say.Say(code.Fix) : "",
        };
    }

    private string Policy(Finding finding)
    {
        string P(string key) => finding.Params.GetValueOrDefault(key, "");
        var denies = finding.Code == "policy-denied";
        var (license, from) = (P("license"), P("base"));
        var who = denies ? say.Say("the policy rules out", "策略不允许") : say.Say("the policy leaves to a person", "策略要求由人决定");
        var what = P("kind") switch
        {
            "license" when license == PolicyEntry.Unknown => say.Say(
                $"what is not known, as the license of {from} is",
                $"未知的许可证，而 {from} 的许可证未知"
            ),
            "license" => say.Say($"{license}, which binds by way of {from}", $"经由 {from} 生效的 {license}"),
            "verdict" => say.Say($"the verdict {P("names")}", $"{P("names")} 这一结论"),
            "restriction" => say.Say(
                $"restrictions of {license} ({from}){Listed(finding.Details)}",
                $"{license}（{from}）的用途限制{Listed(finding.Details)}"
            ),
            _ => say.Say($"duties of {license} ({from}){Listed(finding.Details)}", $"{license}（{from}）的义务{Listed(finding.Details)}"),
        };
        var unlisted = P("listed").Length == 0 && license != PolicyEntry.Unknown ? say.Say("; no entry names it", "；没有条目列出它") : "";
        return $"{who}{say.Say(" ", "")}{what}{unlisted}{(P("reason").Length > 0 ? say.Say(": ", "：") + P("reason") : "")}";
    }

    // What is missing is named by our summary, for its words are not kept here; what was put in, by its words.
    private string Differences(Finding finding)
    {
        string P(string key) => finding.Params.GetValueOrDefault(key, "");
        var license = P("license");
        IEnumerable<string?> parts =
        [
            P("missing").Length > 0 ? say.Say($"without {Named(license, P("missing"))}", $"缺少 {Named(license, P("missing"))}") : null,
            P("changed").Length > 0
                ? say.Say($"with other words in {Named(license, P("changed"))}", $"{Named(license, P("changed"))} 的文字不同")
                : null,
            P("added").Length > 0
                ? say.Say(
                    $"with words of its own in line {P("added")}{Quoted(P("words"))}",
                    $"第 {P("added")} 行有自己的文字{Quoted(P("words"))}"
                )
                : null,
            P("or").Length > 0 ? say.Say($"and it may be {P("or")} just as well", $"也可能是 {P("or")}") : null,
        ];
        return say.Say($"the text in {P("file")} differs from {license}: ", $"{P("file")} 的文本与 {license} 不同：")
            + string.Join(say.Say("; ", "；"), parts.OfType<string>());
    }

    private string Named(string license, string clauses)
    {
        var ids = clauses.Split(", ");
        var all = catalog.Find(license)?.Documents.SelectMany(d => d.Clauses).ToList() ?? [];
        var named = ids.Take(MostNamed)
            .Select(id => all.Find(c => c.Id == id) is { } clause ? id + Bracketed(say.Say(clause.Summary).TrimEnd('.', '。')) : id);
        return string.Join(say.Say(", ", "、"), named)
            + (ids.Length > MostNamed ? say.Say($" and {ids.Length - MostNamed} more", $" 等共 {ids.Length} 条") : "");
    }

    private string Bracketed(string words) => say.Say($" ({words})", $"（{words}）");

    private string Quoted(string words) => words.Length == 0 ? "" : Bracketed($"“{words}”");

    private string Listed(ImmutableArray<string> details) =>
        details.IsEmpty
            ? ""
            : say.Say(" (", "（")
                + string.Join(say.Say(", ", "、"), details.Take(MostNamed))
                + (details.Length > MostNamed ? " …" : "")
                + say.Say(")", "）");

    private static string Count(string count, string word) => count == "1" ? $"1 {word}" : $"{count} {word}s";

    private Text Title(string code) => catalog.Taxonomy.Findings.FirstOrDefault(f => f.Id == code)?.Title ?? new Text(code, code);

    // How a card declares a license: by the hub's tag, or by name where it has none.
    private string Declaration(string license) =>
        catalog.Find(license)?.Ids.HubTag is { } tag
            ? $"`license: {tag}`"
            : say.Say($"`license: other` and `license_name: {license}`", $"`license: other` 和 `license_name: {license}`");

    private static string Last(string name) => name.Split('/')[^1];

    private static string Lower(string sentence, string otherwise) =>
        sentence.Length == 0 ? otherwise : char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
