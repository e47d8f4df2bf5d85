using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>
/// What identifying a file amounts to: <c>license-modified</c> for each place where a text differs, <c>license-unknown</c> where no license can be
/// named for certain, <c>file-unreadable</c>. No finding: every license in the file is recognized and is as its authors wrote it, or is only named.
/// </summary>
public sealed class IdentifyFindings(CompiledCatalog catalog, FingerprintIndex index)
{
    // A file that names one license and comes this near to another holds more than the name.
    private const double ResemblingBar = 0.5;

    private readonly LicenseWords words = new(catalog, index);

    /// <summary>The findings of a file, in the order of its licenses.</summary>
    public IEnumerable<Finding> Of(IdentifiedFile file)
    {
        if (file.Problem is { } problem)
        {
            return [Make(file, problem.Code, null, "", problem.Message, null)];
        }
        var found = file.Found!;
        return
        [
            .. Unread(file, found),
            .. found.Matches.SelectMany(match => match.Kind == MatchKind.Mentioned ? Mentioned(file, match) : Text(file, match)),
            .. Unknown(file, found),
            .. found.Disguised.Select(passage =>
                Make(
                    file,
                    "license-modified",
                    null,
                    $"disguised {passage.Text}",
                    new Text(
                        $"written with look-alike letters or with characters that are not seen: {Quote.Disguised(passage.Text)}",
                        $"使用了形近字母或不可见字符：{Quote.Disguised(passage.Text)}"
                    ),
                    passage.Lines
                )
            ),
        ];
    }

    /// <summary>How a file with these findings came out.</summary>
    public static IdentifyStatus Status(IReadOnlyCollection<Finding> findings) =>
        findings.Count == 0 ? IdentifyStatus.Recognized
        : findings.Any(finding => finding.Code == "license-modified") ? IdentifyStatus.Modified
        : IdentifyStatus.Unclear;

    private IEnumerable<Finding> Text(IdentifiedFile file, LicenseMatch match)
    {
        var differences = file.Differences(match, words.License(match));
        var name = words.Name(match.License, match.Document);
        foreach (var difference in differences)
        {
            yield return Modified(file, match, difference);
        }
        if (!match.Or.IsEmpty)
        {
            var others = match.Or.Select(id => words.Name(id)).ToList();
            yield return Make(
                file,
                "license-unknown",
                match.License,
                "or",
                new Text(
                    $"it may be {name.En} or {string.Join(" or ", others.Select(o => o.En))}: the edits hit the words that tell them apart",
                    $"可能是 {name.Zh}，也可能是 {string.Join("或", others.Select(o => o.Zh))}：改动恰好落在区分它们的文字上"
                ),
                Lines(match)
            );
        }
        else if (Difference.IsPart(match, words.License(match)) && differences.IsEmpty)
        {
            yield return Make(
                file,
                "license-unknown",
                match.License,
                "part",
                new Text($"only a part of {name.En} is here", $"只有 {name.Zh} 的一部分"),
                Lines(match)
            );
        }
    }

    private IEnumerable<Finding> Mentioned(IdentifiedFile file, LicenseMatch match) =>
        words.Knows(match.License)
            ? []
            :
            [
                Make(
                    file,
                    "license-unknown",
                    match.License,
                    "mention",
                    new Text($"it names {match.License}, which is not known", $"提到 {match.License}，但该许可证未知"),
                    Lines(match)
                ),
            ];

    private IEnumerable<Finding> Unknown(IdentifiedFile file, Identification found)
    {
        if (found.Family is { } family && found.Matches.All(match => match.Kind == MatchKind.Mentioned))
        {
            yield return Make(
                file,
                "license-unknown",
                null,
                "",
                new Text(
                    $"a license of the family {family.Family} that is not known: {Count(family.Clauses.Length)} of its restriction clauses are, {Count(family.Unmapped.Length)} passages are not",
                    $"属于 {family.Family} 家族但未知的许可证：已识别 {Count(family.Clauses.Length)} 个限制条款，{Count(family.Unmapped.Length)} 段文字未识别"
                ),
                null
            );
        }
        else if (found.Matches.IsEmpty ? !file.IsNotice || !found.Closest.IsEmpty : Resembles(found))
        {
            yield return Make(
                file,
                "license-unknown",
                null,
                "",
                found.Closest is [var near, ..]
                    ? new Text(
                        $"no license text is recognized; the closest is {words.Name(near.License).En} ({Score(near.Score)})",
                        $"未识别出许可证文本；最接近的是 {words.Name(near.License).Zh}（{Score(near.Score)}）"
                    )
                    : new Text("no license text is recognized", "未识别出许可证文本"),
                null
            );
        }
    }

    private static bool Resembles(Identification found) =>
        found.Matches.All(match => match.Kind == MatchKind.Mentioned) && found.Closest is [{ Score: >= ResemblingBar }, ..];

    private IEnumerable<Finding> Unread(IdentifiedFile file, Identification found) =>
        found.Truncated
            ?
            [
                Make(
                    file,
                    "file-unreadable",
                    null,
                    "",
                    new Text(
                        "only its beginning was read: it is larger than 2 MB. Keep the license's text alone in it.",
                        "文件超过 2 MB，仅读取了开头部分。请只在其中保留许可证文本。"
                    ),
                    null
                ),
            ]
            : [];

    private Finding Modified(IdentifiedFile file, LicenseMatch match, Difference difference)
    {
        var name = words.Name(match.License, match.Document);
        var (subject, message, lines) = difference switch
        {
            Difference.Changed { Clause: var clause } changed => (
                $"changed {clause.Id}",
                new Text(
                    $"clause {clause.Id} of {name.En} is changed{Summary(match, clause.Id).En}{Edits(changed).En}",
                    $"{name.Zh} 的条款 {clause.Id} 有改动{Summary(match, clause.Id).Zh}{Edits(changed).Zh}"
                ),
                clause.Lines
            ),
            Difference.Missing { Clause: var clause } missing => (
                $"missing {clause}",
                new Text(
                    $"clause {clause} of {name.En} is missing{Summary(match, clause).En}",
                    $"缺少 {name.Zh} 的条款 {clause}{Summary(match, clause).Zh}"
                ),
                missing.Line is { } line ? new LineRange(line, line) : Lines(match)
            ),
            Difference.Added { Passage: var passage } => (
                $"added {passage.Text}",
                new Text(
                    $"{name.En} does not say this: {Quote.Short(passage.Text)}",
                    $"{name.Zh} 没有这段文字：{Quote.Short(passage.Text)}"
                ),
                passage.Lines
            ),
            Difference.Removed { Words: var removal } => (
                $"removed {removal.Words} {string.Join(' ', removal.Clauses)}",
                new Text(
                    $"{Count(removal.Words)} words of {name.En} are missing here",
                    $"此处缺少 {name.Zh} 的 {Count(removal.Words)} 个词"
                ),
                (LineRange?)new LineRange(removal.Line, removal.Line)
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var clauses = difference switch
        {
            Difference.Changed changed => [changed.Clause.Id],
            Difference.Missing missing => [missing.Clause],
            Difference.Removed removed => removed.Words.Clauses,
            _ => ImmutableArray<string>.Empty,
        };
        return Make(file, "license-modified", match.License, subject, message, lines) with
        {
            Clauses = [.. clauses.Select(clause => new ClauseRef(match.License, clause))],
        };
    }

    private Text Summary(LicenseMatch match, string clause) =>
        words.Summary(match.License, clause) is { } summary
            ? new Text($" ({summary.En.TrimEnd('.')})", $"（{summary.Zh.TrimEnd('。')}）")
            : new Text("", "");

    private static Text Edits(Difference.Changed changed)
    {
        var put = changed.Put.Select(passage => Quote.Short(passage.Text)).Take(3).ToList();
        var taken = changed.Taken.Sum(removal => removal.Words);
        return new Text(
            (put.Count > 0 ? $"; put in: {string.Join(", ", put)}" : "") + (taken > 0 ? $"; words taken out: {Count(taken)}" : ""),
            (put.Count > 0 ? $"；加入：{string.Join("、", put)}" : "") + (taken > 0 ? $"；删去 {Count(taken)} 个词" : "")
        );
    }

    private Finding Make(IdentifiedFile file, string code, string? license, string subject, Text message, LineRange? lines) =>
        new(
            code,
            catalog.Taxonomy.Findings.First(f => f.Id == code).Severity,
            file.File,
            file.Found?.Part,
            license is null ? [] : [(license, file.File)],
            [],
            subject,
            Certainty.Yes,
            ImmutableSortedDictionary<string, string>.Empty.Add("file", file.File),
            [],
            [
                new Evidence(
                    file.File,
                    lines?.First,
                    lines is { } range && range.Last > range.First ? range.Last : null,
                    null,
                    null,
                    EvidenceSource.Identified
                ),
            ],
            message
        );

    private static LineRange? Lines(LicenseMatch match) => match.Spans is [var span, ..] ? span.Lines : null;

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Score(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);
}
