using System.Collections.Immutable;
using System.Text.Json;

namespace Entail.Core.Write;

/// <summary>
/// What differs between two reports on a work: findings and duties that are new, gone or changed, and whether the rules, the question or the files
/// account for it. A finding is the same by its id, a duty by its license and id, whatever the words.
/// </summary>
public static class ReportDifference
{
    private const string ReportSchema = "entail/report/v1";

    /// <summary>Reads an earlier report; null where the text is none.</summary>
    public static ReportJson? Read(string json)
    {
        try
        {
            return
                JsonSerializer.Deserialize(json, DocumentContext.Default.ReportJson) is { Schema: ReportSchema } report && IsWhole(report)
                ? report
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A reader of JSON leaves null what is missing.
    private static bool IsWhole(ReportJson report) =>
        report is { Question: { Work: not null, Acts: not null, Facts: not null }, Verdict: not null, Works: not null, Findings: not null }
        && report.Findings.All(f => f is { Id: not null, Severity: not null, Clauses: not null, Reading: not null })
        && report.Findings.DistinctBy(f => f.Id).Count() == report.Findings.Count
        && (report.Uses ?? []).All(u =>
            u is { Name: not null, Acts: not null, Duties: not null, Places: not null }
            && AreWhole(u.Duties)
            && u.Places.All(p => p is not null)
        )
        && report.Works.All(w =>
            w is { Id: not null, Parts: not null, MadeFrom: not null, Texts: not null, Duties: not null }
            && w.Parts.Values.All(p => p is not null)
            && w.MadeFrom.All(s => s is not null)
            && w.Texts.All(t => t is { Missing: not null, Changed: not null })
            && AreWhole(w.Duties)
        );

    private static bool AreWhole(IEnumerable<DutyStatusJson> duties) =>
        duties.All(d => d is { Id: not null, License: not null, Evidence: not null } && d.Evidence.All(e => e is not null));

    /// <summary>Compares an earlier report with the one of today.</summary>
    public static ReportDiffJson Between(ReportJson before, ReportJson after)
    {
        var (old, now) = (
            before.Findings.ToDictionary(f => f.Id, StringComparer.Ordinal),
            after.Findings.ToDictionary(f => f.Id, StringComparer.Ordinal)
        );
        var (owed, owing) = (Duties(before), Duties(after));
        return new ReportDiffJson(
            "entail/report-diff/v1",
            after.Tool,
            after.Catalog,
            after.Lang,
            after.AsOf,
            after.Question.Work,
            new VerdictDiffJson("verdict", before.Verdict, after.Verdict),
            [.. Causes(before, after)],
            [.. after.Findings.Where(f => !old.ContainsKey(f.Id))],
            [.. before.Findings.Where(f => !now.ContainsKey(f.Id))],
            [.. after.Findings.Where(f => old.TryGetValue(f.Id, out var was) && IsOther(was, f))],
            [.. owing.Where(d => !owed.ContainsKey(d.Key)).Select(d => d.Value)],
            [.. owed.Where(d => !owing.ContainsKey(d.Key)).Select(d => d.Value)],
            [
                .. owing
                    .Where(d => owed.TryGetValue(d.Key, out var was) && (was.Status, was.Reading) != (d.Value.Status, d.Value.Reading))
                    .Select(d => d.Value),
            ]
        );
    }

    /// <summary>Which of the rules, the question and the files changed between the reports.</summary>
    private static IEnumerable<string> Causes(ReportJson before, ReportJson after)
    {
        if (before.Catalog != after.Catalog)
        {
            yield return "rules";
        }
        if (Told(before.Question) != Told(after.Question) || before.AsOf != after.AsOf)
        {
            yield return "facts";
        }
        if (Shown(before) != Shown(after))
        {
            yield return "files";
        }
    }

    private static string Told(ReportQuestionJson question) =>
        string.Join('\n', [.. question.Acts, question.As ?? "", .. question.Facts.Select(f => $"{f.Key}={f.Value.GetRawText()}")]);

    // What the files declare and hold, without the lines on which it stands.
    private static string Shown(ReportJson report) =>
        string.Join(
            '\n',
            report
                .Works.SelectMany(w =>
                    w.Parts.Select(p => $"{w.Id} {p.Key} {p.Value.Declared} {p.Value.Identified}")
                        .Concat(w.MadeFrom.Select(s => $"{s.From} {s.Act} {s.To} {s.Inferred}"))
                        .Concat(
                            w.Texts.Select(t =>
                                $"{t.File} {t.License} {t.Kind} {string.Join(',', t.Missing)} {string.Join(',', t.Changed)}"
                            )
                        )
                        .Concat(
                            w.Duties.Select(d => $"{d.License} {d.Id} {string.Join(',', d.Evidence.Select(e => $"{e.File} {e.Text}"))}")
                        )
                )
                .Concat(Uses(report).Select(u => $"{u.Name} {string.Join(',', u.Acts)} {string.Join(',', u.Places.Select(p => p.File))}"))
        );

    // Reports made before code was read have none.
    private static IReadOnlyList<UsedWorkJson> Uses(ReportJson report) => report.Uses ?? [];

    // Two rules of a license may ask for one thing; the more certain one stands for it.
    private static ImmutableSortedDictionary<string, DutyStatusJson> Duties(ReportJson report) =>
        report
            .Works.SelectMany(w => w.Duties)
            .Concat(Uses(report).SelectMany(u => u.Duties))
            .GroupBy(d => $"{d.License} {d.Id}", StringComparer.Ordinal)
            .ToImmutableSortedDictionary(g => g.Key, g => g.OrderBy(d => d.Reading == "yes" ? 0 : 1).First(), StringComparer.Ordinal);

    private static bool IsOther(FindingJson was, FindingJson now) =>
        was.Severity != now.Severity
        || was.Reading != now.Reading
        || !was.Clauses.SequenceEqual(now.Clauses, StringComparer.Ordinal)
        || was.Suppressed is null != now.Suppressed is null;
}
