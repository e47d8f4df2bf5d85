using System.Globalization;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>What differs between two licenses, for people: the verdicts side by side, then what only one of them has, with its clauses.</summary>
public static class LicenseDifferencePage
{
    /// <summary>The lines of the page.</summary>
    /// <param name="d">What differs in meaning.</param>
    /// <param name="alike">The share of their texts that is the same, from 0 to 1; null where it is not known.</param>
    /// <param name="say">The words.</param>
    public static IEnumerable<Line> Of(LicenseDifference d, double? alike, Phrases say)
    {
        yield return Line.Of(say.Say($"{d.A} against {d.B}, commercial use", $"{d.A} 与 {d.B} 对比（商业使用）"), Tone.Strong);
        foreach (var (act, a, b) in d.Verdicts)
        {
            yield return new Line(
                new Span($"  {act.PadRight(26)} ", Tone.Plain),
                new Span(say.Verdict(a).PadRight(24), Phrases.ToneOf(a)),
                new Span(say.Verdict(b), Phrases.ToneOf(b))
            );
        }
        foreach (
            var (title, license, items, rules) in new[]
            {
                (say.Say($"duties only of {d.A}", $"仅 {d.A} 的义务"), d.A, d.DutiesOnlyA, d.RulesOnlyA),
                (say.Say($"duties only of {d.B}", $"仅 {d.B} 的义务"), d.B, d.DutiesOnlyB, d.RulesOnlyB),
                (say.Say($"ruled out only by {d.A}", $"仅 {d.A} 禁止的用途"), d.A, d.RestrictionsOnlyA, d.RulesOnlyA),
                (say.Say($"ruled out only by {d.B}", $"仅 {d.B} 禁止的用途"), d.B, d.RestrictionsOnlyB, d.RulesOnlyB),
            }.Where(section => !section.Item3.IsEmpty)
        )
        {
            yield return Line.Empty;
            yield return Line.Of(title, Tone.Heading);
            foreach (var item in items)
            {
                var clauses = rules
                    .Where(rule => IsAbout(rule, item))
                    .SelectMany(rule => rule.Clauses)
                    .Select(c => new ClauseRef(license, c));
                yield return new Line(
                    new Span(
                        $"  {(Restriction.TryParse(item, out var use) && item.Contains('@', StringComparison.Ordinal) ? $"{item}  {say.Restriction(use)}" : say.Duty(item))}",
                        Tone.Plain
                    ),
                    new Span($"  [{Phrases.Cite(clauses)}]", Tone.Quiet)
                );
            }
        }
        foreach (var (license, rules) in new[] { (d.A, d.RulesOnlyA), (d.B, d.RulesOnlyB) })
        {
            var terms = rules.Where(rule => rule.Effect is not (Effect.Owe or Effect.Restrict)).ToList();
            if (terms.Count > 0)
            {
                yield return Line.Empty;
                yield return Line.Of(say.Say($"other terms only of {license}", $"仅 {license} 的其他条款"), Tone.Heading);
                foreach (var rule in terms)
                {
                    yield return new Line(
                        new Span($"  {say.Say(rule.Summary)}", Tone.Plain),
                        new Span($"  [{Phrases.Cite(license, rule.Clauses)}]", Tone.Quiet)
                    );
                }
            }
        }
        yield return Line.Empty;
        yield return Line.Of(
            say.Say(
                $"may {d.B} carry a derivative bound by {d.A}: {Kebab.Of(d.AConveyedByB)}; the other way: {Kebab.Of(d.BConveyedByA)}",
                $"{d.A} 的衍生作品可否采用 {d.B}：{Kebab.Of(d.AConveyedByB)}；反之：{Kebab.Of(d.BConveyedByA)}"
            ),
            Tone.Quiet
        );
        if (alike is { } share)
        {
            var shown = share.ToString("0.###", CultureInfo.InvariantCulture);
            yield return Line.Of(say.Say($"their texts are {shown} alike", $"文本相似度 {shown}"), Tone.Quiet);
        }
    }

    private static bool IsAbout(Rule rule, string dutyOrUse) =>
        rule.Effect switch
        {
            Effect.Owe owe => owe.Duty == dutyOrUse,
            Effect.Restrict restrict => restrict.Uses.Any(use => use.ToString() == dutyOrUse),
            _ => false,
        };
}
