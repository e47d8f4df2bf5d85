using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>
/// What is known of the license text in a file, for people: the answer in one line, then what differs, clause by clause, and what to do.
/// </summary>
/// <param name="catalog">The catalog.</param>
/// <param name="index">The reference texts.</param>
/// <param name="say">The words.</param>
/// <param name="removed">Gives the words that are missing, where the user holds the text; null otherwise.</param>
public sealed class IdentifyPage(CompiledCatalog catalog, FingerprintIndex index, Phrases say, Func<LicenseMatch, Removal, string?> removed)
{
    private const int MostNames = 6;

    private readonly LicenseWords words = new(catalog, index);
    private readonly DifferenceLines differences = new(new LicenseWords(catalog, index), say, removed);

    /// <summary>The lines of a file.</summary>
    public IEnumerable<Line> Of(IdentifiedFile file)
    {
        var part = file.Found?.Part is { } governed ? $" ({Kebab.Of(governed)})" : "";
        Span[] head = [new($"{file.File}{part}  ", Tone.Strong)];
        if (file.Problem is { } problem)
        {
            return [new Line([.. head, new Span(say.Say(problem.Message), Tone.Caution)])];
        }
        var found = file.Found!;
        var texts = found.Matches.Where(match => match.Kind != MatchKind.Mentioned).ToList();
        var mentions = found
            .Matches.Where(match => match.Kind == MatchKind.Mentioned)
            .GroupBy(match => match.Expression ?? match.License)
            .Select(group => group.ToList())
            .ToList();
        IEnumerable<Line> lines = texts switch
        {
            [] when mentions.Count == 0 || found.Family is not null => [.. Nothing(file, found, head), .. Also(mentions)],
            [] => [new Line([.. head, .. Mention(mentions[0])]), .. Also(mentions.Skip(1)), .. Indented(Closest(found), "  ")],
            [var one] => [new Line([.. head, .. Answer(file, one)]), .. Indented(Details(file, one), "  "), .. Also(mentions)],
            _ => [.. Several(file, texts, head), .. Also(mentions)],
        };
        return [.. lines, .. Shared(found, texts), .. Disguised(found), .. Cut(found)];
    }

    /// <summary>How several files came out.</summary>
    public Line Summary(IReadOnlyCollection<IdentifyStatus> files)
    {
        var (fine, modified, unclear) = (
            files.Count(f => f == IdentifyStatus.Recognized),
            files.Count(f => f == IdentifyStatus.Modified),
            files.Count(f => f == IdentifyStatus.Unclear)
        );
        return new Line(
            new Span(say.Say($"{files.Count} files: ", $"{files.Count} 个文件："), Tone.Strong),
            new Span(say.Say($"{fine} recognized", $"{fine} 个已识别"), fine > 0 ? Tone.Good : Tone.Quiet),
            new Span(say.Say($", {modified} modified", $"，{modified} 个有改动"), modified > 0 ? Tone.Bad : Tone.Quiet),
            new Span(say.Say($", {unclear} unclear", $"，{unclear} 个不明确"), unclear > 0 ? Tone.Caution : Tone.Quiet)
        );
    }

    private IEnumerable<Line> Several(IdentifiedFile file, List<LicenseMatch> texts, Span[] head)
    {
        var places = texts.ConvertAll(match => match.Spans is [var span, ..] ? say.At(span.Lines) : "");
        var width = places.Max(place => place.Length) + 2;
        var count = say.Say($"{texts.Count} licenses in one file", $"一个文件中有 {texts.Count} 个许可证");
        return texts
            .SelectMany(
                (match, i) =>
                    Indented(Details(file, match), "    ")
                        .Prepend(new Line([new Span($"  {places[i].PadRight(width)}", Tone.Quiet), .. Answer(file, match)]))
            )
            .Prepend(new Line([.. head, new Span(count, Tone.Plain)]));
    }

    private IEnumerable<Line> Also(IEnumerable<List<LicenseMatch>> mentions) =>
        mentions.Select(group => new Line([
            new Span(say.Say("  also ", "  另外"), Tone.Quiet),
            .. Mention(group),
            new Span(group[0].Spans is [var span, ..] ? $"  {say.At(span.Lines)}" : "", Tone.Quiet),
        ]));

    // A known license of which the catalog says nothing may share clauses with those of which it does.
    private IEnumerable<Line> Shared(Identification found, List<LicenseMatch> texts)
    {
        if (found.Family is { } family && texts.Count > 0)
        {
            yield return Line.Of(
                say.Say(
                    $"  of the {family.Family} family: {family.Clauses.Length} known restriction clauses, {family.Unmapped.Length} passages unmapped (--format json lists them)",
                    $"  属于 {family.Family} 家族：已识别 {family.Clauses.Length} 个限制条款，{family.Unmapped.Length} 段文字未识别（见 --format json）"
                ),
                Tone.Quiet
            );
        }
    }

    private Span[] Answer(IdentifiedFile file, LicenseMatch match)
    {
        var modified = differences.Count(file.Differences(match, words.License(match)));
        var isPart = Difference.IsPart(match, words.License(match));
        var name = new Span(say.Say(words.Name(match.License, match.Document)), Tone.Strong);
        Span[] state =
            isPart ? [new Span(Part(match), Tone.Caution)]
            : modified.Length > 0 ? [new Span(say.Say($", modified: {modified}", $"，有改动：{modified}"), Tone.Bad)]
            : Difference.IsInDocument(match, file.IsLicense)
                ?
                [
                    new Span(say.Say(", word for word", "，逐字一致"), Tone.Good),
                    new Span(say.Say(", within other text", "，位于其他文字之中"), Tone.Quiet),
                ]
            : [new Span(say.Say(", word for word", "，逐字一致"), Tone.Good)];
        return
        [
            name,
            .. state,
            new Span(isPart && modified.Length > 0 ? say.Say($"; {modified}", $"；{modified}") : "", Tone.Bad),
            new Span(words.IsCataloged(match.License) ? "" : say.Say("; not in the catalog", "；不在目录中"), Tone.Quiet),
            new Span(
                modified.Length > 0 || isPart ? say.Say($" ({Score(match.Score)} alike)", $"（相似度 {Score(match.Score)}）") : "",
                Tone.Quiet
            ),
        ];
    }

    private string Part(LicenseMatch match)
    {
        var clauses = match.Clauses;
        var all = clauses.Present.Length + clauses.Changed.Length + clauses.Missing.Length;
        return all == 0
            ? say.Say(", a part of it", "，仅其中一部分")
            : say.Say(
                $", a part of it: {all - clauses.Missing.Length} of {all} clauses",
                $"，仅其中一部分：{all} 个条款中的 {all - clauses.Missing.Length} 个"
            );
    }

    private IEnumerable<Line> Details(IdentifiedFile file, LicenseMatch match)
    {
        if (!match.Or.IsEmpty)
        {
            var others = Names(match.Or, say.Say(" or ", " 或 "));
            yield return Line.Of(
                say.Say(
                    $"may just as well be {others}: the edits hit the very words that tell them apart",
                    $"也可能是 {others}：改动恰好落在区分它们的文字上"
                ),
                Tone.Caution
            );
        }
        if (!match.Also.IsEmpty)
        {
            var same = Names(match.Also, say.Say(", ", "、"));
            yield return Line.Of(say.Say($"the very same words: {same}", $"文字完全相同：{same}"), Tone.Quiet);
        }
        if (Difference.LeftOut(match, words.License(match)) is { IsEmpty: false } left)
        {
            yield return Line.Of(
                say.Say($"without what a copy may leave out: {Listed(left)}", $"未含副本可省略的内容：{Listed(left)}"),
                Tone.Quiet
            );
        }
        var all = file.Differences(match, words.License(match));
        foreach (var line in differences.Of(match, all))
        {
            yield return line;
        }
        if (!all.IsEmpty)
        {
            var address = catalog.Find(match.License)?.AddressOf(match.Document);
            var official = address is null ? "" : say.Say($" ({address})", $"（{address}）");
            yield return Next(
                $"if the change was not meant, put the official text back{official}; if it was, give the license a name of its own",
                $"如属误改，请恢复官方文本{official}；如属有意修改，请为该许可证另取名称"
            );
        }
    }

    private Span[] Mention(List<LicenseMatch> mentions)
    {
        var first = mentions[0];
        var unknown = mentions.Where(match => !words.Knows(match.License)).Select(match => match.License).ToList();
        var named =
            first.Expression is not null ? $"`{first.Expression}`"
            : words.Knows(first.License) ? say.Say(words.Name(first.License))
            : $"`{first.License}`";
        return
        [
            new Span(say.Say("names ", "提到 "), Tone.Plain),
            new Span(named, Tone.Strong),
            new Span(
                unknown.Count > 0
                    ? say.Say($"; {string.Join(", ", unknown)} is not known", $"；{string.Join("、", unknown)} 未知")
                    : say.Say("; the text is not here", "；此处没有其文本"),
                unknown.Count > 0 ? Tone.Caution : Tone.Quiet
            ),
        ];
    }

    private IEnumerable<Line> Nothing(IdentifiedFile file, Identification found, Span[] head)
    {
        if (found.Family is { } family)
        {
            return
            [
                new Line([.. head, .. FamilyAnswer(family)]),
                .. Indented(differences.Of(family), "  "),
                .. Indented(Closest(found), "  "),
                .. Indented(
                    [
                        Next(
                            "nobody has said what the other passages mean: have a person read them before you rely on the license",
                            "其余段落的含义无人说明：依赖该许可证之前，请由人工审阅"
                        ),
                    ],
                    "  "
                ),
            ];
        }
        if (file.IsNotice && found.Closest.IsEmpty)
        {
            return [new Line([.. head, new Span(say.Say("holds no license text", "不含许可证文本"), Tone.Quiet)])];
        }
        return
        [
            new Line([.. head, new Span(say.Say("unknown: no license text is recognized", "未知：未识别出许可证文本"), Tone.Caution)]),
            .. Indented(Closest(found), "  "),
            .. Indented(
                [
                    Next(
                        "ask whoever gave it which license it is; if it is one of its own, have a person read it (`entail explain license-unknown`)",
                        "请向提供者确认是哪个许可证；如属自有许可证，请由人工审阅（`entail explain license-unknown`）"
                    ),
                ],
                "  "
            ),
        ];
    }

    private Span[] FamilyAnswer(FamilyReading family) =>
        [
            new Span(say.Say($"unknown, but of the {family.Family} family", $"未知，但属于 {family.Family} 家族"), Tone.Caution),
            new Span(
                say.Say(
                    $": {family.Clauses.Length} known restriction clauses, {family.Unmapped.Length} passages unmapped",
                    $"：已识别 {family.Clauses.Length} 个限制条款，{family.Unmapped.Length} 段文字未识别"
                ),
                Tone.Plain
            ),
        ];

    private IEnumerable<Line> Closest(Identification found)
    {
        var label = say.Say("closest", "最接近");
        return found.Closest.Select(
            (near, i) =>
                new Line(
                    new Span(i == 0 ? $"{label}  " : new string(' ', Quote.Columns(label) + 2), Tone.Quiet),
                    new Span($"{near.Score.ToString("0.000", CultureInfo.InvariantCulture)}  ", Tone.Plain),
                    new Span(say.Say(words.Name(near.License)), Tone.Plain)
                )
        );
    }

    private IEnumerable<Line> Disguised(Identification found) =>
        Indented(
            DifferenceLines.Some(
                found.Disguised,
                passage =>
                    [
                        new Line(
                            new Span(say.Say("disguised  ", "伪装  "), Tone.Bad),
                            new Span($"{say.At(passage.Lines)}  ", Tone.Quiet),
                            new Span(Quote.Disguised(passage.Text), Tone.Plain)
                        ),
                    ],
                say
            ),
            "  "
        );

    private IEnumerable<Line> Cut(Identification found) =>
        found.Truncated
            ? [Line.Of(say.Say("  only its beginning was read: it is larger than 2 MB", "  文件超过 2 MB，仅读取了开头部分"), Tone.Caution)]
            : [];

    private Line Next(string en, string zh) =>
        new(new Span(say.Say("= next: ", "= 下一步："), Tone.Quiet), new Span(say.Say(en, zh), Tone.Good));

    private string Listed(ImmutableArray<string> clauses) =>
        string.Join(say.Say(", ", "、"), clauses.Take(MostNames)) + (clauses.Length > MostNames ? say.Say(" …", "……") : "");

    private string Names(ImmutableArray<string> ids, string separator) =>
        string.Join(separator, ids.Take(MostNames).Select(id => say.Say(words.Name(id))))
        + (ids.Length > MostNames ? say.Say($" and {ids.Length - MostNames} more", $" 等 {ids.Length} 个") : "");

    private static IEnumerable<Line> Indented(IEnumerable<Line> lines, string by) =>
        lines.Select(line => new Line([new Span(by, Tone.Plain), .. line.Spans]));

    // Rounded down: nothing that differs is shown as 1.
    private static string Score(double score) => (Math.Floor(score * 1000) / 1000).ToString("0.###", CultureInfo.InvariantCulture);
}
