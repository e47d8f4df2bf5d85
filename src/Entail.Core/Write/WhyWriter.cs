using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>Turns the reasoning behind findings and duties into its public JSON document.</summary>
public sealed class WhyWriter(CompiledCatalog catalog, Phrases say, DateOnly asOf)
{
    private readonly ReportWriter reports = new(catalog, say, asOf);
    private readonly DocumentWriter documents = new(catalog, say, asOf);

    /// <summary>The document.</summary>
    /// <param name="work">The work that was checked.</param>
    /// <param name="asked">What was asked for, as written.</param>
    /// <param name="reasons">What was found.</param>
    public WhyJson Why(string work, string asked, IEnumerable<Why> reasons) =>
        new(
            "entail/why/v1",
            DocumentWriter.Tool,
            catalog.Digest,
            say.Lang == Lang.Zh ? "zh" : "en",
            asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            work,
            asked,
            [
                .. reasons.Select(r => new ReasoningJson(
                    r.Finding is { } finding ? reports.Finding(finding) : null,
                    r.Duty is { } duty ? reports.Duty(duty) : null,
                    [.. r.Paths.Select(Path)],
                    [.. r.Rules.Select(rule => documents.Rule(rule.License, rule.Rule))]
                )),
            ]
        );

    private static WitnessPathJson Path(WitnessPath path) =>
        new(
            path.Binding.Name,
            path.Binding.Origin.Id,
            Kebab.Of(path.Binding.Part),
            Kebab.Of(path.Binding.Certainty),
            [
                .. path.Steps.Select(s => new WitnessStepJson(
                    s.Step.From,
                    s.Step.Act.Name(),
                    s.Step.To,
                    s.Step.Inferred,
                    s.Lenient is { } lenient ? Kebab.Of(lenient) : null,
                    s.Strict is { } strict ? Kebab.Of(strict) : null,
                    [.. s.Because.SelectMany(r => r.Clauses).Distinct().Select(c => $"{path.Binding.Name}#{c}")],
                    ReportWriter.Evidence(s.Step.Evidence)
                )),
            ]
        );
}
