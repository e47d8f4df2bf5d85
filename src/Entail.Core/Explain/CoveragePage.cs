using System.Globalization;
using Entail.Core.Decide;

namespace Entail.Core.Explain;

/// <summary>How much of the licenses' texts is accounted for, a line each.</summary>
public static class CoveragePage
{
    /// <summary>The lines, a heading first and the sum last.</summary>
    public static IEnumerable<Line> Of(IReadOnlyList<ClauseCoverage> licenses, Phrases say)
    {
        var width = licenses.Max(c => c.License.Id.Length) + 1;
        yield return Line.Of(
            $"{say.Say("license", "许可证").PadRight(width)} {say.Say("words", "词数"), 7} {say.Say("with a rule", "有规则"), 12} {say.Say("no effect", "无规则效果"), 10} {say.Say("covered", "覆盖"), 8}",
            Tone.Heading
        );
        foreach (var covered in licenses)
        {
            yield return new Line(
                new Span(covered.License.Id.PadRight(width), Tone.Strong),
                new Span(Numbers(covered.Words, covered.WithRule, covered.NoEffect.Values.Sum(), covered.Share), Tone.Plain),
                new Span(licenses.Count == 1 && covered.Words > 0 ? Reasons(covered) : "", Tone.Quiet)
            );
        }
        if (licenses.Count > 1)
        {
            var words = licenses.Sum(c => c.Words);
            var ruled = licenses.Sum(c => c.WithRule);
            var idle = licenses.Sum(c => c.NoEffect.Values.Sum());
            yield return new Line(
                new Span(say.Say("all", "合计").PadRight(width), Tone.Strong),
                new Span(Numbers(words, ruled, idle, (double)(ruled + idle) / words), Tone.Strong)
            );
        }
    }

    // A text that was read elsewhere has no words to count.
    private static string Numbers(int words, int ruled, int idle, double share) =>
        words == 0
            ? string.Create(CultureInfo.InvariantCulture, $" {"–", 7} {"–", 12} {"–", 10} {100 * share, 7:n1}%")
            : string.Create(
                CultureInfo.InvariantCulture,
                $" {words, 7:n0} {100.0 * ruled / words, 11:n1}% {100.0 * idle / words, 9:n1}% {100 * share, 7:n1}%"
            );

    private static string Reasons(ClauseCoverage covered) =>
        "  " + string.Join(", ", covered.NoEffect.OrderByDescending(r => r.Value).Select(r => $"{r.Key} {r.Value}"));
}
