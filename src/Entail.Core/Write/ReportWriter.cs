using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>Turns the result of <c>check</c> into its public JSON document.</summary>
public sealed class ReportWriter(CompiledCatalog catalog, Phrases say, DateOnly asOf)
{
    private readonly DocumentWriter documents = new(catalog, say, asOf);
    private readonly FindingWords words = new(catalog, say);

    /// <summary>The report.</summary>
    public ReportJson Report(CheckResult result)
    {
        var decision = result.Decision;
        return new ReportJson(
            "entail/report/v1",
            DocumentWriter.Tool,
            catalog.Digest,
            say.Lang == Lang.Zh ? "zh" : "en",
            asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            new ReportQuestionJson(
                decision.Lineage.Root,
                [.. decision.Question.Acts.Select(a => a.Name())],
                decision.Question.As?.ToString(),
                DocumentWriter.Facts(decision.Question.Facts)
            ),
            Kebab.Of(result.Verdict),
            [.. decision.Bindings.SelectMany(b => b.Answer.Assumed).Select(documents.Assumed).DistinctBy(a => (a.Fact, a.Otherwise))],
            [.. decision.Unclear.Select(documents.Unclear)],
            [.. decision.Lineage.Works.Select(w => Work(result, w))],
            [.. result.Findings.Select(Finding)],
            [.. result.Uses.Select(Use)]
        );
    }

    private UsedWorkJson Use(UsedWork used) =>
        new(
            used.Name,
            used.Kind,
            [.. used.Acts.Select(a => a.Name())],
            [.. used.Licenses],
            Kebab.Of(used.Decision.Verdict),
            [.. used.Duties.Select(Duty)],
            [.. used.Decision.Unclear.Select(documents.Unclear)],
            [.. used.Places.Select(Evidence)]
        );

    private WorkJson Work(CheckResult result, LinkedWork work)
    {
        var isRoot = work.Id == result.Decision.Lineage.Root;
        var bindings = isRoot ? result.Decision.Bindings.Select(b => b.Binding) : result.Decision.BindingsOf(work.Id);
        return new WorkJson(
            work.Id,
            work.Kind,
            new SortedDictionary<string, PartJson>(
                work.Licenses.GroupBy(l => l.Part).ToDictionary(g => Kebab.Of(g.Key), g => Part(result, g, isRoot)),
                StringComparer.Ordinal
            ),
            [.. work.Steps.Select(Step)],
            [.. bindings.Select(Binding)],
            new SortedDictionary<string, string>(
                isRoot ? result.Parts.ToDictionary(p => Kebab.Of(p.Part), p => Kebab.Of(p.Verdict)) : [],
                StringComparer.Ordinal
            ),
            isRoot ? [.. result.Duties.Select(Duty)] : [],
            isRoot
                ?
                [
                    .. result
                        .Decision.Bindings.SelectMany(b => b.Answer.Restrictions)
                        .DistinctBy(r => (r.License, r.Restriction, r.Rule.Id))
                        .Select(documents.Restriction),
                ]
                : [],
            isRoot ? [.. result.Texts.Select(Text)] : []
        );
    }

    private static CarriedTextJson Text(FoundText text) =>
        new(
            text.File,
            text.License,
            text.Match.Document,
            Kebab.Of(text.Match.Kind),
            text.Match.Clauses.Missing,
            [.. text.Match.Clauses.Changed.Select(c => c.Id)],
            [.. text.Match.Residue.Select(p => (IReadOnlyList<int>)[p.Lines.First, p.Lines.Last])],
            text.Match.Or
        );

    private static PartJson Part(CheckResult result, IGrouping<Part, PartLicense> licenses, bool isRoot) =>
        new(
            string.Join(" OR ", licenses.Select(l => l.Claim.Value).Distinct()),
            isRoot
            && result
                .Texts.Where(t =>
                    t is { IsAgreement: true, IsWhole: true } && (t.Part ?? result.Decision.Lineage.RootWork.MainPart) == licenses.Key
                )
                .Select(t => string.Join(" OR ", t.Match.Or.Prepend(t.License)))
                .Distinct()
                .ToList()
                is { Count: > 0 } found
                ? string.Join(", ", found)
                : null
        );

    private static StepJson Step(LinkedStep step) => new(step.From, step.Act.Name(), step.To, step.Inferred);

    private static BindingJson Binding(Binding binding) =>
        new(
            binding.Name,
            Kebab.Of(binding.Part),
            [.. binding.Via.Select(Step)],
            Kebab.Of(binding.Certainty),
            binding.Standing.Component ? "component" : Kebab.Of(binding.Standing.Strict ?? Subject.Output)
        );

    internal DutyStatusJson Duty(DutyStatus duty) =>
        new(
            duty.Owe.Duty,
            duty.License,
            [.. duty.Rule.Clauses.Select(c => $"{duty.License}#{c}")],
            Kebab.Of(duty.Certainty),
            Kebab.Of(duty.State),
            say.Say(duty.Rule.Summary),
            [.. duty.Evidence.Select(Evidence)]
        );

    /// <summary>A finding.</summary>
    public FindingJson Finding(Finding finding) =>
        new(
            finding.Id,
            finding.Code,
            Kebab.Of(finding.Severity),
            finding.Work,
            finding.Part is { } part ? Kebab.Of(part) : null,
            [.. finding.Parties.Select(p => new PartyJson(p.License, p.Work))],
            DocumentWriter.Clauses(finding.Clauses),
            words.Message(finding),
            new SortedDictionary<string, string>(
                finding
                    .Params.Where(p => p.Value.Length > 0 && p.Key is not ("reason" or "reasonZh"))
                    .ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
            words.Fix(finding),
            Kebab.Of(finding.Certainty),
            [.. finding.Evidence.Select(Evidence)],
            finding.Suppressed is { } s ? new SuppressedJson(s.Reason, s.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null
        );

    internal static EvidenceJson Evidence(Evidence e) => new(e.File, e.Line, e.EndLine, e.Pointer, e.Text, Kebab.Of(e.Source));
}
