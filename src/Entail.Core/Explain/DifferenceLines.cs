using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>Lines that show where a text differs from its license, at most a dozen of a kind.</summary>
internal sealed class DifferenceLines(LicenseWords words, Phrases say, Func<LicenseMatch, Removal, string?> removed)
{
    private const int Most = 12;
    private const int MostRestrictions = 4;
    private const int MostQuoted = 4;
    private const int QuotedColumns = 88;

    /// <summary>The differences in numbers: `1 clause changed, 2 passages added`; empty where there is none.</summary>
    public string Count(IEnumerable<Difference> all)
    {
        var list = all.ToList();
        var changed = list.Count(d => d is Difference.Changed);
        var missing = list.Count(d => d is Difference.Missing);
        var added = list.Count(d => d is Difference.Added);
        var gone = list.OfType<Difference.Removed>().Sum(d => d.Words.Words);
        string[] parts =
        [
            changed > 0 ? say.Say($"{changed} {(changed == 1 ? "clause" : "clauses")} changed", $"{changed} 个条款有改动") : "",
            missing > 0
                ? say.Say($"{missing}{(changed > 0 ? "" : missing == 1 ? " clause" : " clauses")} missing", $"缺少 {missing} 个条款")
                : "",
            added > 0 ? say.Say($"{added} {(added == 1 ? "passage" : "passages")} added", $"增加 {added} 段文字") : "",
            gone > 0 ? say.Say($"{gone} {(gone == 1 ? "word" : "words")} removed", $"删去 {gone} 个词") : "",
        ];
        return string.Join(say.Say(", ", "，"), parts.Where(part => part.Length > 0));
    }

    /// <summary>The differences from a license.</summary>
    public IEnumerable<Line> Of(LicenseMatch match, ImmutableArray<Difference> all) =>
        [
            .. Some([.. all.OfType<Difference.Changed>()], changed => Changed(match, changed), say),
            .. Some([.. all.OfType<Difference.Missing>()], missing => [Missing(match, missing)], say),
            .. Some([.. all.OfType<Difference.Added>()], added => Added(added.Passage), say),
            .. Some([.. all.OfType<Difference.Removed>()], gone => Removed(match, gone.Words), say),
        ];

    /// <summary>What a text shares with the licenses of its family, and what it does not.</summary>
    public IEnumerable<Line> Of(FamilyReading family) =>
        [
            .. Some(
                family.Clauses,
                known =>
                    [
                        new Line(
                            new Span(say.Say("known     ", "已识别  "), Tone.Good),
                            new Span($"{say.At(known.Lines)}  ", Tone.Quiet),
                            new Span($"{known.License}#{known.Clause}  ", Tone.Strong),
                            new Span(known.Score < 1 ? $"{known.Score.ToString("0.##", CultureInfo.InvariantCulture)}  " : "", Tone.Quiet),
                            new Span(Summary(known.License, known.Clause), Tone.Plain),
                            new Span(Restrictions(known.License, known.Clause), Tone.Quiet)
                        ),
                    ],
                say
            ),
            .. Some(family.Unmapped, passage => Quoted(new Span(say.Say("unmapped  ", "未识别  "), Tone.Caution), passage), say),
        ];

    /// <summary>The lines of the first dozen, and how many more there are.</summary>
    public static IEnumerable<Line> Some<T>(ImmutableArray<T> all, Func<T, IEnumerable<Line>> lines, Phrases say)
    {
        foreach (var line in all.Take(Most).SelectMany(lines))
        {
            yield return line;
        }
        if (all.Length > Most)
        {
            var more = all.Length - Most;
            yield return Line.Of(
                say.Say($"… and {more} more (--format json shows all)", $"…… 另有 {more} 项（--format json 显示全部）"),
                Tone.Quiet
            );
        }
    }

    private IEnumerable<Line> Changed(LicenseMatch match, Difference.Changed changed) =>
        [
            Clause(match, changed.Clause.Id, say.Say("changed  ", "改动  "), say.At(changed.Clause.Lines), Tone.Caution),
            .. changed.Put.SelectMany(passage => Quoted(new Span("  + ", Tone.Caution), passage)),
            .. changed.Taken.SelectMany(removal => Taken(new Span("  - ", Tone.Bad), match, removal, of: "")),
        ];

    private Line Missing(LicenseMatch match, Difference.Missing missing) =>
        Clause(
            match,
            missing.Clause,
            say.Say("missing  ", "缺少  "),
            missing.Line is { } line ? say.At(new LineRange(line, line)) : "",
            Tone.Bad
        );

    private Line Clause(LicenseMatch match, string clause, string label, string at, Tone tone) =>
        new(
            new Span(label, tone),
            new Span(clause, Tone.Strong),
            new Span(at.Length > 0 ? $"  {at}" : "", Tone.Quiet),
            new Span($"  {Summary(match.License, clause)}", Tone.Plain),
            new Span(Restrictions(match.License, clause), tone)
        );

    private IEnumerable<Line> Added(Passage passage) =>
        Quoted(
            new Span(say.Say("added    ", "增加  "), Tone.Caution),
            passage,
            passage.Clause is { } clause ? say.Say($", in or after {clause}", $"，位于 {clause} 之中或之后") : ""
        );

    private IEnumerable<Line> Removed(LicenseMatch match, Removal removal) =>
        Taken(
            new Span(say.Say("removed  ", "删去  "), Tone.Bad),
            match,
            removal,
            removal.Clauses.IsEmpty ? "" : say.Say($" of {string.Join(", ", removal.Clauses)}", $"（{string.Join("、", removal.Clauses)}）")
        );

    // A quotation on one line stands beside its place, a longer one below.
    private IEnumerable<Line> Quoted(Span label, Passage passage, string where = "")
    {
        var quoted = Quote.Wrapped(passage.Text, QuotedColumns, MostQuoted).ToList();
        var head = new[] { label, new Span($"{say.At(passage.Lines)}{where}", Tone.Quiet) };
        return quoted is [var one] && Quote.Columns(one) + Quote.Columns(where) < 2 * QuotedColumns / 3
            ? [new Line([.. head, new Span($"  {one}", Tone.Plain)])]
            : [new Line(head), .. quoted.Select(line => Line.Of($"      {line}"))];
    }

    private IEnumerable<Line> Taken(Span label, LicenseMatch match, Removal removal, string of)
    {
        var at = new LineRange(removal.Line, removal.Line);
        var count = say.Say(
            $"  {removal.Words} {(removal.Words == 1 ? "word" : "words")}{of} taken out",
            $"  删去 {removal.Words} 个词{of}"
        );
        return removed(match, removal) is { } text
            ? Quoted(label, new Passage(at, text))
            : [new Line(label, new Span(say.At(at), Tone.Quiet), new Span(count, Tone.Plain))];
    }

    private string Summary(string license, string clause) => words.Summary(license, clause) is { } summary ? say.Say(summary) : "";

    private string Restrictions(string license, string clause)
    {
        var all = words.Restrictions(license, clause).Select(restriction => restriction.ToString()).ToList();
        var more = all.Count > MostRestrictions ? say.Say($" and {all.Count - MostRestrictions} more", $" 等 {all.Count} 项") : "";
        return all.Count == 0 ? "" : $"  [{string.Join(", ", all.Take(MostRestrictions))}{more}]";
    }
}
