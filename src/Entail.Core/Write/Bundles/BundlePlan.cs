using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write.Bundles;

/// <summary>From what is owed to the files that do it.</summary>
/// <param name="catalog">The licenses.</param>
/// <param name="copies">Where their texts are to be had.</param>
/// <param name="say">The language of what is written.</param>
public sealed class BundlePlan(CompiledCatalog catalog, LicenseCopies copies, Phrases say)
{
    private const string Notice = "NOTICE";
    private const string NoticeBeside = "NOTICE-UPSTREAM";
    private const string Card = "README.md";

    /// <summary>The bundle of a work.</summary>
    /// <param name="result">What a check found.</param>
    /// <param name="theirs">The files of the folder that people wrote.</param>
    /// <param name="ours">Those that an earlier bundle wrote: what it did is owed still.</param>
    /// <param name="changedOn">The day on which the work was changed; null where nobody said it.</param>
    public Bundle Of(CheckResult result, IReadOnlySet<string> theirs, IReadOnlySet<string> ours, DateOnly? changedOn)
    {
        var files = new List<BundleFile>();
        var gaps = new List<BundleGap>();
        var upstream = new Upstream(
            catalog,
            result,
            changedOn,
            say,
            name => files.Exists(f => f.Path == name) || gaps.Exists(g => g.Path == name)
        );
        foreach (var group in Owed(result, "include-license").GroupBy(d => d.License, StringComparer.Ordinal))
        {
            Licenses(catalog.Find(group.Key)!, [.. group], upstream, files, gaps);
        }
        foreach (var (license, duties) in upstream.Attached)
        {
            Restrictions(license, duties, BundleKind.Restrictions, result, files, gaps);
        }
        foreach (var (license, duties) in upstream.Binding)
        {
            Restrictions(license, duties, BundleKind.Terms, result, files, gaps);
        }
        var notice = theirs.Contains(Notice) ? NoticeBeside : Notice;
        if (upstream.Notice(ours.Contains(notice), copies.NoticesOf) is { } text)
        {
            files.Add(BundleFile.Of(notice, BundleKind.Notice, text, null, null, upstream.NoticeDuties(copies.NoticesOf)));
        }
        gaps.AddRange(upstream.Undated.Select(d => Undated(notice, d)));
        if (!theirs.Any(f => f.Equals(Card, StringComparison.OrdinalIgnoreCase)) && upstream.Section() is { } section)
        {
            files.Add(
                BundleFile.Of(
                    Card,
                    BundleKind.Card,
                    ModelCard.New(result.Decision.Lineage.RootWork, section, catalog),
                    null,
                    null,
                    upstream.CardDuties
                )
            );
        }
        return new Bundle(
            result.Decision.Lineage.Root,
            [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)],
            [.. gaps.OrderBy(g => g.Path, StringComparer.Ordinal)]
        );
    }

    private static IEnumerable<DutyStatus> Owed(CheckResult result, string duty) => result.Duties.Where(d => d.Owe.Duty == duty);

    /// <summary>The name of the file that holds a document of a license.</summary>
    internal static string FileOf(License license, Document document) =>
        document == license.Documents[0]
            ? $"LICENSE-{license.Id}"
            : $"{(document.Id.Contains("policy", StringComparison.OrdinalIgnoreCase) || document.Id == "aup" ? "USE_POLICY" : $"LICENSE-{document.Id.ToUpperInvariant()}")}-{license.Id}";

    /// <summary>The name of the file that holds the use restrictions of a license.</summary>
    internal static string FileOf(string license, BundleKind kind) =>
        kind == BundleKind.Terms ? $"USER-TERMS-{license}.md" : $"USE-RESTRICTIONS-{license}.md";

    // A person's own copy in the folder does it; a link does it where the license takes one, and the card shows it.
    private void Licenses(
        License license,
        ImmutableArray<DutyStatus> duties,
        Upstream upstream,
        List<BundleFile> files,
        List<BundleGap> gaps
    )
    {
        foreach (var document in license.Documents)
        {
            var path = FileOf(license, document);
            if (document == license.Documents[0] && upstream.CopyOf(license) is { } own && own != path)
            {
                return;
            }
            if (document.ReadOn is not null)
            {
                continue;
            }
            if (copies.Find(license, document) is { } copy)
            {
                files.Add(new BundleFile(path, BundleKind.License, copy.Bytes, license.Id, document.Id, copy.Source, duties));
            }
            else if (!duties.All(d => d.Owe.Form == "copy-or-link"))
            {
                gaps.Add(Missing(path, license, document, duties));
            }
        }
    }

    private void Restrictions(
        License license,
        ImmutableArray<DutyStatus> duties,
        BundleKind kind,
        CheckResult result,
        List<BundleFile> files,
        List<BundleGap> gaps
    )
    {
        var path = FileOf(license.Id, kind);
        // With what introduces them: “A.1” stands below “A”.
        var cited = license
            .Rules.Where(r => r.Effect is Effect.Restrict)
            .SelectMany(r => r.Clauses)
            .SelectMany(c => Enumerable.Range(1, c.Length).Where(i => i == c.Length || c[i] is '.' or ':').Select(i => c[..i]))
            .ToHashSet(StringComparer.Ordinal);
        var documents = license.Documents.Where(d => d.Clauses.Any(c => cited.Contains(c.Id))).ToList();
        // A policy is a list of restrictions from end to end. Where the passages of an agreement alone are too few to be known again, all of it goes in.
        foreach (var whole in new[] { false, true })
        {
            var passages = new List<string>();
            foreach (var document in documents)
            {
                var all = whole || document != license.Documents[0];
                var clauses = all ? [.. document.Clauses.Select(c => c.Id)] : cited;
                if (copies.Cut(license, document, clauses) is not { } cut)
                {
                    gaps.Add(Missing(path, license, document, duties));
                    return;
                }
                passages.AddRange(cut);
            }
            var text = RestrictionsPage.Of(result.Decision.Lineage.Root, license, kind, passages, say);
            if (whole || copies.Binds(license, path, text))
            {
                files.Add(BundleFile.Of(path, kind, text, license.Id, null, duties));
                return;
            }
        }
    }

    private static BundleGap Missing(string path, License license, Document document, ImmutableArray<DutyStatus> duties)
    {
        var address = license.AddressOf(document.Id);
        var from = string.Join(", ", duties.Select(d => d.Origin).Distinct());
        return new BundleGap(
            path,
            duties,
            new Text($"the text of {license.Id} ({document.Title.En}) is not at hand", $"没有 {license.Id}（{document.Title.Zh}）的文本"),
            new Text(
                $"point to the folder of {from} by `--base DIR`, or add the text by `entail texts add FILE`, or let it be fetched by `--online` ({address})",
                $"用 `--base DIR` 指定 {from} 的文件夹，或用 `entail texts add FILE` 添加文本，或用 `--online` 下载（{address}）"
            )
        );
    }

    private static BundleGap Undated(string path, DutyStatus duty) =>
        new(
            path,
            [duty],
            new Text($"{duty.License} wants the date of the change stated", $"{duty.License} 要求写明修改日期"),
            new Text("say when the work was changed: `--changed 2026-01-31`", "请写明修改日期：`--changed 2026-01-31`")
        );
}
