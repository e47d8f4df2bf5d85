using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>What the user answered to the questions of <c>init</c>.</summary>
/// <param name="Acts">How the work is shipped.</param>
/// <param name="Commercial">Whether that is commercial; null where not said.</param>
/// <param name="License">The license of the work, where no file declares one; null where not said.</param>
/// <param name="Base">The work that it was made from, where no file names one; null where not said.</param>
public sealed record StarterAnswers(ImmutableArray<Act> Acts, bool? Commercial, string? License, string? Base);

/// <summary>The entail.yaml that <c>init</c> writes: what is known beside the files, what the files show as comments, and what else could stand there.</summary>
public sealed partial class StarterConfiguration(Phrases say)
{
    /// <summary>The text of the file.</summary>
    /// <param name="work">The work as the files show it.</param>
    /// <param name="answers">What the user said.</param>
    public string Of(LinkedWork work, StarterAnswers answers)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        void Note(string lead, string en, string zh) => Line($"{lead}# {say.Say(en, zh)}");

        Note(
            "",
            "What the files of this folder do not say, and what they are held to. `entail check` reads it.",
            "本文件补充文件夹中没有写明的内容，并规定检查的要求；`entail check` 会读取它。"
        );
        Note(
            "",
            "What the files say themselves is shown as a comment; where it is wrong, correct it there.",
            "文件自身已写明的内容以注释列出；如有错误，请在原文件中更正。"
        );
        Line();
        Line("works:");
        Line($"  - id: {Scalar(work.Id)}");
        Line("    path: .");
        Line($"    kind: {work.Kind}");
        Licenses(work, answers, Line, Note);
        Sources(work, answers, Line, Note);
        Line();
        Line("ship:");
        Line($"  work: {Scalar(work.Id)}");
        Line($"  acts: [{string.Join(", ", answers.Acts.Select(a => a.Name()))}]");
        Note(
            "  ",
            "as: apache-2.0        the license to ship it under, where that is not the declared one",
            "as: apache-2.0        以其他许可证发布时写明"
        );
        Note(
            "  ",
            "terms: TERMS.md       a copy of the terms that your users accept, where you host it",
            "terms: TERMS.md       对外提供服务时，用户所接受条款的副本"
        );
        Line();
        Note(
            "",
            "What is known of you. What is not is asked for where it decides.",
            "关于您的事实；未写明而又起决定作用的，检查时会指出。"
        );
        Line("facts:");
        Line(answers.Commercial is { } commercial ? $"  commercial: {(commercial ? "true" : "false")}" : "  # commercial: true");
        Note("  ", "mau: 1000             monthly users", "mau: 1000             月活跃用户数");
        Note("  ", "territory: [DE, FR]   where it is used and offered", "territory: [DE, FR]   使用和提供的地区");
        Line();
        Note(
            "",
            "What your organization wants. As soon as `allow` names a license, all that it does not name are denied,",
            "所在组织的要求。`allow` 一旦列出许可证，未列出的都不允许；"
        );
        Note(
            "",
            "and what is not known is denied as soon as there is any entry; `otherwise: ask` makes both a question.",
            "只要有任何条目，情况未知的也不允许；`otherwise: ask` 可将两者改为由人决定。"
        );
        Line("policy:");
        Note("  ", "allow: [mit, apache-2.0, bsd-3-clause]", "allow: [mit, apache-2.0, bsd-3-clause]");
        Note("  ", "ask: [{duty: display-brand}, {verdict: unclear}]", "ask: [{duty: display-brand}, {verdict: unclear}]");
        Note("  ", "deny: [{restriction: SCP.NC}, {duty: share-alike}]", "deny: [{restriction: SCP.NC}, {duty: share-alike}]");
        Note(
            "  ",
            "suppress: [{code: license-mismatch, work: my-data, reason: the owner confirmed it, until: 2027-01-31}]",
            "suppress: [{code: license-mismatch, work: my-data, reason: 已获权利人确认, until: 2027-01-31}]"
        );
        return text.ToString();
    }

    private static void Licenses(LinkedWork work, StarterAnswers answers, Action<string> line, Action<string, string, string> note)
    {
        foreach (var license in work.Licenses)
        {
            var part = Kebab.Of(license.Part);
            note(
                "    ",
                $"{part}: {license.Claim.Value} ({At(license.Claim.Evidence)})",
                $"{part}：{license.Claim.Value}（{At(license.Claim.Evidence)}）"
            );
        }
        if (answers.License is { } chosen)
        {
            line($"    licenses: {{{Kebab.Of(work.MainPart)}: {Scalar(chosen)}}}");
        }
        else if (work.Licenses.IsEmpty)
        {
            note("    ", "licenses: {weights: apache-2.0, code: mit}", "licenses: {weights: apache-2.0, code: mit}");
        }
    }

    private static void Sources(LinkedWork work, StarterAnswers answers, Action<string> line, Action<string, string, string> note)
    {
        foreach (var step in work.Steps)
        {
            note(
                "    ",
                $"made from {step.From}: {step.Act.Name()} ({At(step.Evidence)})",
                $"由 {step.From} 制作：{step.Act.Name()}（{At(step.Evidence)}）"
            );
        }
        if (answers.Base is { } source)
        {
            line("    made-from:");
            line($"      - {{work: {Scalar(source)}, act: {(work.Kind == "adapter" ? Act.Adapt : Act.FineTune).Name()}}}");
        }
        else
        {
            note(
                "    ",
                "made-from: [{work: org/base, act: fine-tune}, {work: my-data, act: train-on-data}]",
                "made-from: [{work: org/base, act: fine-tune}, {work: my-data, act: train-on-data}]"
            );
        }
    }

    private static string At(Evidence evidence) =>
        evidence.Line is { } line ? $"{evidence.File}:{line.ToString(CultureInfo.InvariantCulture)}" : evidence.File;

    /// <summary>A text as a YAML scalar that is read as that text.</summary>
    internal static string Scalar(string text) =>
        Plain().IsMatch(text) && !Special().IsMatch(text)
            ? text
            : $"'{text.ReplaceLineEndings(" ").Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_./+-]*\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(null|true|false|yes|no|on|off|y|n|[-+.0-9eExXoObB_]+)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Special();
}
