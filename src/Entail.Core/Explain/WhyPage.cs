using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>The full reasoning behind a finding or a duty: where it shows, how each license reaches the work, what its clauses say, what to do.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="say">The words.</param>
public sealed class WhyPage(CompiledCatalog catalog, Phrases say)
{
    private readonly FindingWords words = new(catalog, say);

    /// <summary>The lines of the page.</summary>
    public IEnumerable<Line> Of(Why why)
    {
        yield return Head(why);
        yield return Line.Empty;
        foreach (var line in Places(why).Concat(why.Paths.SelectMany(Path)).Concat(Clauses(why)).Concat(Details(why)).Concat(Ending(why)))
        {
            yield return line;
        }
    }

    private Line Head(Why why) =>
        why.Finding is { } finding
            ? new Line(
                new Span(
                    $"{Kebab.Of(finding.Severity)}[{finding.Code}]",
                    finding.Severity == Severity.Error ? Tone.Bad
                        : finding.Severity == Severity.Warning ? Tone.Caution
                        : Tone.Quiet
                ),
                new Span($": {words.Message(finding)}", Tone.Strong)
            )
            : new Line(
                new Span($"{why.Duty!.Owe.Duty}", Tone.Strong),
                new Span($": {say.Say(why.Duty.Rule.Summary)}", Tone.Plain),
                new Span($" ({State(why.Duty.State)})", why.Duty.State == DutyState.Missing ? Tone.Bad : Tone.Quiet)
            );

    private string State(DutyState state) =>
        state switch
        {
            DutyState.Met => say.Say("met", "已履行"),
            DutyState.Missing => say.Say("missing", "缺失"),
            _ => say.Say("not visible in the files", "文件中不可见"),
        };

    private IEnumerable<Line> Places(Why why)
    {
        var places = why.Finding?.Evidence ?? why.Duty!.Evidence;
        if (places.IsEmpty)
        {
            yield break;
        }
        yield return Line.Of(say.Say("where it shows", "出处"), Tone.Heading);
        foreach (var place in places)
        {
            yield return new Line(new Span($"  {At(place)}", Tone.Plain), new Span(place.Text is { } text ? $"  {text}" : "", Tone.Quiet));
        }
        yield return Line.Empty;
    }

    private static string At(Evidence place) =>
        place.Line is { } line ? $"{place.File}:{line.ToString(CultureInfo.InvariantCulture)}"
        : place.Pointer is { } pointer && place.Source != EvidenceSource.Catalog ? $"{place.File} ({pointer})"
        : place.File;

    private IEnumerable<Line> Path(WitnessPath path)
    {
        var binding = path.Binding;
        yield return Line.Of(
            path.Steps.IsEmpty
                ? say.Say($"{binding.Name} is the license of the work itself", $"{binding.Name} 是作品自身的许可证")
                : say.Say($"how {binding.Name} reaches the work", $"{binding.Name} 如何约束该作品"),
            Tone.Heading
        );
        var licensed = binding.Origin.Of(binding.Part).Select(l => l.Claim.Evidence).FirstOrDefault();
        yield return new Line(
            new Span($"  {binding.Origin.Id}", Tone.Strong),
            new Span(say.Say($"  under {binding.Name}", $"  采用 {binding.Name}"), Tone.Plain),
            new Span(licensed is null ? "" : $"  {At(licensed)}", Tone.Quiet)
        );
        foreach (var step in path.Steps)
        {
            yield return new Line(
                new Span($"  └─ {step.Step.Act.Name()}", Tone.Plain),
                new Span(step.Step.Inferred ? say.Say(" (inferred)", "（推断）") : "", Tone.Caution),
                new Span($" → {step.Step.To}", Tone.Strong),
                new Span($"  {At(step.Step.Evidence)}", Tone.Quiet)
            );
            yield return new Line(
                new Span($"       {Made(step)}", step.Lenient == step.Strict ? Tone.Plain : Tone.Caution),
                new Span(
                    step.Because.IsEmpty
                        ? ""
                        : $"  [{Phrases.Cite(binding.Name, [.. step.Because.SelectMany(r => r.Clauses).Distinct()])}]",
                    Tone.Quiet
                )
            );
            foreach (var rule in step.Because)
            {
                yield return new Line(
                    new Span($"       {say.Say(rule.Summary)}", Tone.Quiet),
                    new Span(rule.Certainty == Certainty.Arguable ? say.Say(" (arguable)", "（有争议）") : "", Tone.Caution)
                );
            }
        }
        yield return Line.Empty;
    }

    private string Made(WitnessStep step) =>
        step.Lenient == step.Strict
            ? Said(step.Strict)
            : say.Say(
                $"leniently {Said(step.Lenient)}; strictly {Said(step.Strict)}",
                $"宽松解读：{Said(step.Lenient)}；严格解读：{Said(step.Strict)}"
            );

    private string Said(Passing? passing) =>
        passing switch
        {
            Passing.Same => say.Say("the same work", "仍为同一作品"),
            Passing.Contains => say.Say("contains the work", "包含该作品"),
            Passing.Derivative => say.Say("a derivative", "衍生作品"),
            _ => say.Say("free of the license, or its output", "不受该许可证约束，或为其输出"),
        };

    private IEnumerable<Line> Clauses(Why why)
    {
        if (why.Rules.IsEmpty)
        {
            yield break;
        }
        yield return Line.Of(say.Say("what the license says", "许可证的规定"), Tone.Heading);
        foreach (var (license, rule) in why.Rules.Where(r => r.Rule.Effect is not Effect.Restrict))
        {
            yield return Rule(license, rule, say.Say(rule.Summary));
        }
        foreach (var (license, rule) in why.Rules.Where(r => r.Rule.Effect is Effect.Restrict))
        {
            yield return Rule(
                license,
                rule,
                string.Join(say.Say("; ", "；"), ((Effect.Restrict)rule.Effect).Uses.Select(u => $"{u} {say.Restriction(u)}"))
            );
        }
        yield return Line.Empty;
    }

    private Line Rule(string license, Rule rule, string text) =>
        new(
            new Span($"  {text}", Tone.Plain),
            new Span(rule.Certainty == Certainty.Arguable ? say.Say(" (arguable)", "（有争议）") : "", Tone.Caution),
            new Span($"  [{Phrases.Cite(license, rule.Clauses)}]", Tone.Quiet)
        );

    // What no rule above has shown: the restrictions of a policy that was not read, words that differ.
    private IEnumerable<Line> Details(Why why)
    {
        var shown = why
            .Rules.SelectMany(r => r.Rule.Effect is Effect.Restrict restrict ? restrict.Uses.Select(u => u.ToString()) : [r.Rule.Id])
            .ToHashSet(StringComparer.Ordinal);
        var parties = why.Finding?.Parties.Select(p => p.License).ToHashSet() ?? [];
        var left = why.Finding?.Details.Where(d => !shown.Contains(d) && !parties.Contains(d)).ToImmutableArray() ?? [];
        if (left.IsEmpty)
        {
            yield break;
        }
        yield return Line.Of(say.Say("in particular", "具体为"), Tone.Heading);
        foreach (var detail in left)
        {
            yield return Line.Of(
                $"  {detail}{(detail.Contains('@', StringComparison.Ordinal) && Restriction.TryParse(detail, out var use) ? $" {say.Restriction(use)}" : "")}"
            );
        }
        yield return Line.Empty;
    }

    private IEnumerable<Line> Ending(Why why)
    {
        if (why.Finding is not { } finding)
        {
            yield break;
        }
        if (finding.Certainty == Certainty.Arguable)
        {
            yield return Line.Of(
                say.Say(
                    "The words are open here: on the strict reading this holds, on the lenient one it does not.",
                    "条款在此有解释空间：按严格解读成立，按宽松解读不成立。"
                ),
                Tone.Caution
            );
        }
        yield return new Line(new Span(say.Say("fix: ", "修复："), Tone.Quiet), new Span(words.Fix(finding), Tone.Good));
        yield return new Line(
            new Span(say.Say("or accept it, in entail.yaml: ", "或在 entail.yaml 中接受："), Tone.Quiet),
            new Span($"policy: {{suppress: [{{id: {finding.Id}, reason: …}}]}}", Tone.Plain)
        );
        yield return Line.Empty;
    }
}
