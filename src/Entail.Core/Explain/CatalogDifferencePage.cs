using System.Globalization;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>What changed between two releases of the catalog, for people: what was added, then license by license what it says now.</summary>
public static class CatalogDifferencePage
{
    /// <summary>The lines of the page: headings, and below each its points, which begin with two spaces.</summary>
    /// <param name="d">What changed.</param>
    /// <param name="say">The words.</param>
    /// <param name="most">How many of a list of names are shown.</param>
    public static IEnumerable<Line> Of(CatalogDifference d, Phrases say, int most = int.MaxValue)
    {
        yield return Line.Of(say.Say($"{Named(d.Before)} to {Named(d.After)}", $"从 {Named(d.Before)} 到 {Named(d.After)}"), Tone.Strong);
        yield return Line.Of(say.Say(d.After.Summary));
        foreach (
            var line in Section(most, say.Say("licenses added", "新增许可证"), d.Added.Select(l => $"{l.Id} {say.Say(l.Name)}"))
                .Concat(Section(most, say.Say("licenses removed", "移除的许可证"), d.Removed.Select(l => $"{l.Id} {say.Say(l.Name)}")))
                .Concat(d.Changed.SelectMany(c => Changed(c, say)))
                .Concat(Section(most, say.Say("names that mean something else", "含义改变的名称"), d.Names.Select(n => Name(n, say))))
                .Concat(Section(most, say.Say("models added", "新增模型"), d.ModelsAdded.Select(m => $"{m.Id}: {Licenses(m)}")))
                .Concat(Section(most, say.Say("models removed", "移除的模型"), d.ModelsRemoved.Select(m => $"{m.Id}")))
                .Concat(
                    Section(most, say.Say("models changed", "有变化的模型"), d.ModelsChanged.Select(m => Model(m.Before, m.After, say)))
                )
        )
        {
            yield return line;
        }
        if (
            d.Added.IsEmpty
            && d.Removed.IsEmpty
            && d.Changed.IsEmpty
            && d.Names.IsEmpty
            && d.ModelsAdded.IsEmpty
            && d.ModelsRemoved.IsEmpty
            && d.ModelsChanged.IsEmpty
        )
        {
            yield return Line.Of(say.Say("Nothing that changes an answer.", "没有影响结论的变化。"), Tone.Quiet);
        }
    }

    private static IEnumerable<Line> Section(int most, string title, IEnumerable<string> points)
    {
        var all = points.ToList();
        return all.Count == 0
            ? []
            :
            [
                Line.Empty,
                Line.Of(string.Create(CultureInfo.InvariantCulture, $"{title} ({all.Count})"), Tone.Heading),
                .. all.Take(most).Select(p => Line.Of($"  {p}")),
                .. all.Count > most ? [Line.Of("  …", Tone.Quiet)] : Array.Empty<Line>(),
            ];
    }

    private static IEnumerable<Line> Changed(ChangedLicense changed, Phrases say)
    {
        var id = changed.After.Id;
        yield return Line.Empty;
        yield return Line.Of($"{id}  {say.Say(changed.After.Name)}", Tone.Heading);
        foreach (var text in changed.Texts)
        {
            yield return Line.Of(say.Say($"  another text: {text}", $"  文本变更：{text}"), Tone.Caution);
        }
        foreach (var (act, before, after) in changed.Verdicts)
        {
            yield return Line.Of($"  {act}{say.Say(": ", "：")}{say.Verdict(before)} → {say.Verdict(after)}", Phrases.ToneOf(after));
        }
        foreach (
            var (mark, rule) in changed
                .Removed.Select(r => (say.Say("gone", "删除"), r))
                .Concat(changed.Added.Select(r => (say.Say("new", "新增"), r)))
                .Concat(changed.Changed.Select(r => (say.Say("changed", "变更"), r.After)))
        )
        {
            yield return new Line(
                new Span($"  {mark}{say.Say(": ", "：")}{say.Say(rule.Summary)}", Tone.Plain),
                new Span($" [{Phrases.Cite(id, rule.Clauses)}]", Tone.Quiet)
            );
        }
    }

    private static string Named(CatalogRelease release) =>
        string.Create(CultureInfo.InvariantCulture, $"{release.Version} ({release.Date:yyyy-MM-dd})");

    private static string Name(ChangedName name, Phrases say) =>
        $"{name.Name}{say.Say(": ", "：")}{Meaning(name.Before, say)} → {Meaning(name.After, say)}";

    private static string Meaning(string licenses, Phrases say) =>
        licenses.Length == 0 ? say.Say("none", "无") : licenses.Replace("|", say.Say(" or ", " 或 "), StringComparison.Ordinal);

    private static string Model(KnownModel before, KnownModel after, Phrases say) =>
        Licenses(before) == Licenses(after)
            ? $"{after.Id}{say.Say(": made from ", "：来源 ")}{From(before, say)} → {From(after, say)}"
            : $"{after.Id}{say.Say(": ", "：")}{Licenses(before)} → {Licenses(after)}";

    private static string Licenses(KnownModel model) => string.Join(", ", model.Licenses.Select(l => $"{Kebab.Of(l.Key)} {l.Value}"));

    private static string From(KnownModel model, Phrases say) =>
        model.From.IsEmpty ? say.Say("nothing", "无") : string.Join(", ", model.From.Select(f => $"{f.Work} ({f.Act.Name()})"));
}
