using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>One point of an answer and the clauses behind it.</summary>
public sealed record FaqPoint(string Text, ImmutableArray<ClauseRef> Clauses);

/// <summary>One question and its answer, in one language.</summary>
/// <param name="Id">The question's id in the taxonomy.</param>
/// <param name="Question">The question.</param>
/// <param name="Lead">The answer in one sentence.</param>
/// <param name="Verdict">The verdict behind it; null where the question has none.</param>
/// <param name="Points">What supports it.</param>
public sealed record FaqEntry(string Id, string Question, string Lead, Verdict? Verdict, ImmutableArray<FaqPoint> Points);

/// <summary>A license's FAQ, from its rules alone.</summary>
public sealed class Faq(CompiledCatalog catalog, Decider decider, Phrases say)
{
    private const int MostModels = 25;

    /// <summary>Every question of the taxonomy, answered for one license.</summary>
    public IEnumerable<FaqEntry> Of(License license) => catalog.Taxonomy.Faq.Select(t => Entry(license, t)).OfType<FaqEntry>();

    private FaqEntry? Entry(License license, FaqTemplate template)
    {
        var question = say.Say(template.Title).Replace("{license}", say.Say(license.Name), StringComparison.Ordinal);
        if (template.Kind == "models")
        {
            return Models(license, template, question);
        }
        if (template.Kind is "layers" or "stricter")
        {
            return CodeLicenses(license) is [var code, ..] ? Compared(license, code, template, question) : null;
        }
        var answer = decider.Ask(
            license,
            Question.About([.. template.Acts]) with
            {
                Of = template.Of,
                Facts = template.Facts.Aggregate(Facts.None, (f, name) => f.With(name, new FactValue.Flag(true))),
            }
        );
        var (lead, verdict, points) = template.Kind switch
        {
            "restrictions" => Restrictions(answer),
            "limits" => Limits(license),
            "risks" => Risks(license),
            "relicense" => Relicense(license, answer),
            "owed" => Owed(answer),
            "outputs" => Outputs(license, answer),
            _ when !template.Absent.IsEmpty => Absent(answer, template),
            "closed" => Closed(answer),
            _ => Verdict(answer),
        };
        return new FaqEntry(template.Id, question, lead, verdict, [.. points]);
    }

    private (string, Verdict?, IEnumerable<FaqPoint>) Verdict(Answer answer)
    {
        var reasons = AnswerPage.Because(answer).Take(4).Select(b => Point(b.License, b.Rule, b.Rule.Certainty));
        var cases = answer.Cases.Select(c => new FaqPoint(
            $"{string.Join(", ", c.When.Select(w => $"{w.Fact}: {w.Label}"))} → {say.Verdict(c.Verdict)}",
            c.Clauses
        ));
        var duties = answer.Verdict is Model.Verdict.Permitted or Model.Verdict.PermittedWithDuties or Model.Verdict.Unclear
            ? Duties(answer)
            : [];
        var assumed = answer
            .Assumed.Where(a => catalog.Facts.TryGetValue(a.Fact, out var fact) && fact.Type == FactType.Number)
            .Select(a => new FaqPoint(
                say.Say(
                    $"Presumed: {a.Fact} {a.Value}; otherwise {say.Verdict(a.Otherwise)}.",
                    $"假设：{a.Fact} {a.Value}；否则{say.Verdict(a.Otherwise)}。"
                ),
                a.Clauses
            ));
        return (Lead(answer.Verdict), answer.Verdict, [.. cases, .. reasons, .. duties, .. assumed]);
    }

    // A product cannot stay closed where its source, or the same license, goes with it.
    private (string, Verdict?, IEnumerable<FaqPoint>) Closed(Answer answer)
    {
        var opening = answer.Duties.Where(d => d.Owe.Duty is "disclose-source" or "share-alike").ToList();
        return opening.Count == 0 || answer.Verdict == Model.Verdict.Prohibited
            ? Verdict(answer)
            : (
                IsPartOnly(answer.License)
                    ? say.Say(
                        "Sell it, yes; the product may stay closed, the part under this license may not.",
                        "可以销售；产品可以闭源，但适用本许可的部分不能。"
                    )
                : opening.Exists(d => d.Certainty == Certainty.Yes) ? say.Say("Sell it, yes; keep it closed, no.", "可以销售，但不能闭源。")
                : say.Say("Sell it, yes; whether it may stay closed is open.", "可以销售；能否闭源尚有争议。"),
                answer.Verdict,
                [.. opening.Select(d => Point(d.License, d.Rule, d.Certainty)), .. Verdict(answer).Item3]
            );
    }

    // What is built into a product stays a part of its own, and the product is no derivative even arguably.
    private bool IsPartOnly(string license) =>
        catalog.Find(license)?.Rules.Where(r => r.Effect is Effect.Pass && r.Acts.Contains(Act.Embed)).ToList() is { Count: > 0 } rules
        && rules.TrueForAll(r => r.Effect is Effect.Pass { As: Passing.Contains });

    private (string, Verdict?, IEnumerable<FaqPoint>) Owed(Answer answer) =>
        answer.Verdict is Model.Verdict.Prohibited or Model.Verdict.NeedsAgreement
            ? (
                Lead(answer.Verdict),
                answer.Verdict,
                AnswerPage.Because(answer).Take(3).Select(b => Point(b.License, b.Rule, b.Rule.Certainty))
            )
        : answer.Duties.IsEmpty ? (say.Say("Nothing.", "无需附带任何内容。"), answer.Verdict, [])
        : (say.Say("The following:", "包括以下各项："), answer.Verdict, Duties(answer));

    private (string, Verdict?, IEnumerable<FaqPoint>) Outputs(License license, Answer answer)
    {
        var (lead, verdict, points) = Verdict(answer);
        var owners = license.Rules.Where(r => r.Effect is Effect.Own { What: "outputs" }).ToList();
        var who = owners.Select(r => ((Effect.Own)r.Effect).By).FirstOrDefault() switch
        {
            "unclaimed" => say.Say("The licensor claims no rights in it. ", "许可方对其不主张权利。"),
            "user" => say.Say("It is yours. ", "归您所有。"),
            "licensor" => say.Say("The licensor claims it. ", "许可方主张权利。"),
            _ => say.Say("The license says nothing of ownership. ", "许可证未规定归属。"),
        };
        return (
            who + say.Say("Publishing it: ", "公开发布：") + char.ToLowerInvariant(lead[0]) + lead[1..],
            verdict,
            owners.Select(r => Point(license.Id, r, r.Certainty)).Concat(points).DistinctBy(p => p.Text)
        );
    }

    private (string, Verdict?, IEnumerable<FaqPoint>) Absent(Answer answer, FaqTemplate template)
    {
        var owed = answer.Duties.Where(d => template.Absent.Contains(d.Owe.Duty)).ToList();
        var sure = owed.Exists(d => d.Certainty == Certainty.Yes);
        var lead =
            owed.Count == 0 ? say.Say("No: the license asks for no such thing.", "不需要：许可证没有这样的要求。")
            : sure ? say.Say("Yes.", "需要。")
            : say.Say("It depends on the reading or the facts.", "取决于解读或具体情况。");
        var permitting =
            owed.Count > 0
                ? []
                : AnswerPage
                    .Because(answer)
                    .Where(b => b.Rule.Effect is Effect.Grant)
                    .Take(2)
                    .Select(b => Point(b.License, b.Rule, b.Rule.Certainty));
        return (lead, answer.Verdict, [.. owed.Select(d => Point(d.License, d.Rule, d.Certainty)), .. permitting]);
    }

    private (string, Verdict?, IEnumerable<FaqPoint>) Restrictions(Answer answer) =>
        answer.Restrictions.IsEmpty
            ? (say.Say("None: the license rules out no use.", "没有：许可证不限制用途。"), null, [])
            : (
                say.Say(
                    $"{Kinds(answer)} ruled out, whoever uses it:",
                    $"禁止以下 {answer.Restrictions.Where(r => r.Rule.Certainty == Certainty.Yes).Select(r => r.Rule.Id).Distinct().Count()} 类用途，对所有使用者均适用："
                ),
                null,
                answer.Restrictions.DistinctBy(r => r.Rule.Id).Select(r => Point(r.License, r.Rule, r.Rule.Certainty))
            );

    private static string Kinds(Answer answer) =>
        answer.Restrictions.Where(r => r.Rule.Certainty == Certainty.Yes).Select(r => r.Rule.Id).Distinct().Count() is var count
        && count == 1
            ? "1 kind of use is"
            : $"{count} kinds of use are";

    private (string, Verdict?, IEnumerable<FaqPoint>) Limits(License license)
    {
        var rules = license
            .Rules.Where(r =>
                r.Effect is Effect.Threshold or Effect.Prohibit && (r.Effect is Effect.Threshold || r.When is not Guard.Always)
            )
            .ToList();
        return rules.Count == 0
            ? (say.Say("No: it names no size, territory or group.", "没有：未限定规模、地域或群体。"), null, [])
            : (say.Say("Yes:", "有："), null, rules.Select(r => Point(license.Id, r, r.Certainty)));
    }

    private (string, Verdict?, IEnumerable<FaqPoint>) Risks(License license)
    {
        var rules = license.Rules.Where(r => r.Effect is Effect.Warn { Risk: not "indemnity-if-warranty" } or Effect.Terminate).ToList();
        return rules.Count == 0
            ? (say.Say("The text names nothing of the kind.", "条款未提及此类情况。"), null, [])
            : (say.Say("The text names:", "条款提到："), null, rules.Select(r => Point(license.Id, r, r.Certainty)));
    }

    private (string, Verdict?, IEnumerable<FaqPoint>) Relicense(License license, Answer answer)
    {
        var terms = license.Rules.Where(r => r.Effect is Effect.Terms && r.Of.Contains(Subject.Derivative)).ToList();
        var shareAlike = license
            .Rules.Where(r => r.Effect is Effect.Owe { Duty: "share-alike" } && r.Of.Contains(Subject.Derivative))
            .ToList();
        var any = terms.Where(r => ((Effect.Terms)r.Effect).AnyLicense).ToList();
        var keeps = any.Exists(r => ((Effect.Terms)r.Effect).KeepRestrictions);
        var count = license.Restrictions(Reading.Lenient).Count();
        var lead =
            shareAlike.Count > 0
                ? say.Say(
                    "No: it must stay under the same license, or one listed as compatible.",
                    "不可以：须保持相同的许可证，或其认可的兼容许可证。"
                )
            : any.Count == 0 ? say.Say("No: the license gives no right to that.", "不可以：许可证未授予此项权利。")
            : keeps && count > 0
                ? say.Say(
                    "Yes, as long as the other license keeps at least the same restrictions.",
                    "可以，但其他许可证至少须保留相同的限制。"
                )
            : say.Say("Yes.", "可以。");
        return (
            lead,
            answer.Verdict,
            terms.Concat(shareAlike).Select(r => Point(license.Id, r, r.Certainty)).Concat(Duties(answer)).DistinctBy(p => p.Text)
        );
    }

    private FaqEntry Models(License license, FaqTemplate template, string question)
    {
        var covered = catalog
            .Models.Values.Distinct()
            .Where(m => m.Licenses.TryGetValue(m.Kind == "dataset" ? Part.Data : Part.Weights, out var main) && Names(main, license))
            .Select(m => m.Id)
            .Order(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var lead =
            covered.Count == 0
                ? say.Say(
                    "The catalog knows of none by name; the license covers whatever is released under it.",
                    "目录中没有记录具体模型；凡以其发布的作品均适用。"
                )
            : covered.Count > MostModels
                ? say.Say(
                    $"Of the models in the catalog, {covered.Count}; the first {MostModels} by name:",
                    $"目录中有 {covered.Count} 个；按名称列出前 {MostModels} 个："
                )
            : say.Say($"Of the models in the catalog, {covered.Count}:", $"目录中有 {covered.Count} 个：");
        return new FaqEntry(template.Id, question, lead, null, [.. covered.Take(MostModels).Select(m => new FaqPoint(m, []))]);
    }

    // What licenses the code of the models whose weights this license covers.
    private List<License> CodeLicenses(License license) =>
        catalog
            .Models.Values.Distinct()
            .Where(m => m.Licenses.TryGetValue(Part.Weights, out var weights) && Names(weights, license))
            .Select(m => m.Licenses.TryGetValue(Part.Code, out var code) ? catalog.Find(code) : null)
            .OfType<License>()
            .Where(l => l.Id != license.Id)
            .DistinctBy(l => l.Id)
            .OrderBy(l => l.Id, StringComparer.Ordinal)
            .ToList();

    private FaqEntry Compared(License license, License code, FaqTemplate template, string question)
    {
        var difference = LicenseDifference.Between(license, code, decider);
        var restrictions = license.Rules.Count(r =>
            r.Effect is Effect.Restrict uses
            && r.Certainty == Certainty.Yes
            && uses.Uses.Any(u => difference.RestrictionsOnlyA.Contains(u.ToString()))
        );
        var clauses = license
            .Rules.Where(r => r.Effect is Effect.Terms { KeepRestrictions: true })
            .SelectMany(r => r.Clauses)
            .Distinct()
            .Select(c => new ClauseRef(license.Id, c))
            .ToImmutableArray();
        var more = new FaqPoint(
            say.Say(
                $"{say.Say(license.Name)} rules out {restrictions} {(restrictions == 1 ? "kind" : "kinds")} of use that {say.Say(code.Name)} does not.",
                $"{say.Say(license.Name)} 禁止了 {say.Say(code.Name)} 未禁止的 {restrictions} 类用途。"
            ),
            clauses
        );
        var duties = new FaqPoint(
            say.Say("Duties it adds: ", "增加的义务：")
                + string.Join(say.Say(", ", "、"), difference.DutiesOnlyA.Select(say.Duty))
                + say.Say(".", "。"),
            []
        );
        var acts = new FaqPoint(
            Less(difference).Count == 0
                ? say.Say(
                    "What is allowed for lawful purposes does not shrink: no act is forbidden that the other allows.",
                    "合法用途下允许的行为没有减少：没有禁止对方允许的行为。"
                )
                : say.Say("Acts that it allows less: ", "允许程度较低的行为：") + string.Join(say.Say("; ", "；"), Less(difference)),
            []
        );
        if (template.Kind == "layers")
        {
            return new FaqEntry(
                template.Id,
                question,
                say.Say(
                    $"Each part has its own license: code under {say.Say(code.Name)}, which does not regulate use; weights under {say.Say(license.Name)}, which adds limits on use that follow the model.",
                    $"各部分采用各自的许可证：代码采用 {say.Say(code.Name)}，不限制用途；权重采用 {say.Say(license.Name)}，增加了随模型传递的用途限制。"
                ),
                null,
                [
                    more,
                    .. license
                        .Documents[0]
                        .Clauses.Where(c => c.NoEffect == "preamble")
                        .Take(1)
                        .Select(c => new FaqPoint(say.Say(c.Summary), [new ClauseRef(license.Id, c.Id)])),
                ]
            );
        }
        var stricter = difference.AConveyedByB != Answer3.Yes && restrictions > 0;
        return new FaqEntry(
            template.Id,
            question,
            stricter
                ? say.Say(
                    $"Yes, in its limits on use: {say.Say(code.Name)} has none.",
                    $"在用途限制方面更严格：{say.Say(code.Name)} 没有此类限制。"
                )
                : say.Say(
                    $"No stricter than {say.Say(code.Name)} in its limits on use.",
                    $"在用途限制方面并不比 {say.Say(code.Name)} 严格。"
                ),
            null,
            [more, duties, acts]
        );
    }

    // Acts on a model or its derivative that the stricter license does not simply allow; whether a model is data is no question of it.
    private List<string> Less(LicenseDifference difference) =>
        [
            .. Acts
                .All.Where(a => a != Act.TrainOnData)
                .Where(a =>
                    difference.Verdicts.Any(v =>
                        v.Act.Split(' ')[0] == a.Name()
                        && !v.Act.Contains("original", StringComparison.Ordinal)
                        && v.A > Model.Verdict.PermittedWithDuties
                    )
                )
                .Select(say.ActPhrase),
        ];

    private bool Names(string expression, License license) =>
        LicenseExpression.Parse(expression).Singles().Any(s => catalog.Find(s.Id)?.Id == license.Id);

    private IEnumerable<FaqPoint> Duties(Answer answer) =>
        answer.Duties.Select(d => new FaqPoint(
            (d.Certainty == Certainty.Yes ? say.Say("You owe: ", "义务：") : say.Say("You may owe: ", "可能的义务："))
                + say.Say(d.Rule.Summary)
                + (d.Owe.Words is null ? "" : $" “{d.Owe.Words}”")
                + Qualify(d.Certainty)
                + (d.When is null || d.Certainty == Certainty.Yes ? "" : $" ({d.When})"),
            [.. d.Rule.Clauses.Select(c => new ClauseRef(d.License, c))]
        ));

    private FaqPoint Point(string license, Rule rule, Certainty certainty) =>
        new(say.Say(rule.Summary) + Qualify(certainty), [.. rule.Clauses.Select(c => new ClauseRef(license, c))]);

    private string Qualify(Certainty certainty) => certainty == Certainty.Arguable ? say.Say(" (arguable)", "（有争议）") : "";

    private string Lead(Verdict verdict) =>
        verdict switch
        {
            Model.Verdict.Permitted => say.Say("Yes.", "可以。"),
            Model.Verdict.PermittedWithDuties => say.Say("Yes, with duties.", "可以，但有义务。"),
            Model.Verdict.NeedsAgreement => say.Say("Only with the licensor's agreement.", "须先获得许可方同意。"),
            Model.Verdict.Prohibited => say.Say("No.", "不可以。"),
            _ => say.Say("It depends.", "视情况而定。"),
        };
}
