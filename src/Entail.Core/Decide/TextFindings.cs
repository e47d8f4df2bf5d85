using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>What the license files of a folder show to be wrong.</summary>
internal sealed class TextFindings(CompiledCatalog catalog, LineageDecision decision, Artifact artifact, FindingMaker maker)
{
    private const int MostPlaces = 20;

    private readonly LinkedWork root = decision.Lineage.RootWork;

    public IEnumerable<Finding> All() =>
        [
            .. Unreadable(),
            .. artifact.Texts.Found.Select(Mismatch).OfType<Finding>(),
            .. artifact.Texts.Found.Where(t => t is { IsOfWork: true, IsWhole: true }).Select(Modified).OfType<Finding>(),
            .. artifact.Texts.Disguised.Select(Disguised),
            .. artifact.Texts.Families.Select(OfFamily),
            .. artifact.Texts.Unrecognized.Select(Unrecognized),
        ];

    private IEnumerable<Finding> Unreadable()
    {
        foreach (var file in artifact.LicenseFiles.Where(f => string.IsNullOrWhiteSpace(f.Text)))
        {
            yield return Unreadable(
                file,
                1,
                new Text(
                    $"{file.File} is empty; put the license's text into it, or remove it",
                    $"{file.File} 是空文件；请写入许可证文本，或将其删除"
                )
            );
        }
        foreach (var file in artifact.LicenseFiles.Where(f => f.Truncated))
        {
            yield return Unreadable(
                file,
                null,
                new Text(
                    $"{file.File} is larger than 2 MB, and only its beginning was read; keep the license's text alone in it",
                    $"{file.File} 超过 2 MB，仅读取了开头部分；请只在其中保留许可证文本"
                )
            );
        }
    }

    private Finding Unreadable(TextFile file, int? line, Text message) =>
        maker.Make(
            "file-unreadable",
            [],
            [],
            file.File,
            Certainty.Yes,
            [],
            [new Evidence(file.File, line, null, null, null, EvidenceSource.Declared)],
            ("file", file.File)
        ) with
        {
            Message = message,
        };

    // A text that is none of the licenses declared or binding.
    private Finding? Mismatch(FoundText text)
    {
        var declared = root
            .Licenses.SelectMany(l => l.Expression.Singles())
            .Select(s => catalog.Find(s.Id)?.Id ?? s.Id)
            .ToHashSet(StringComparer.Ordinal);
        var bound = decision.Bindings.Select(b => b.Binding.Name);
        return
            text is { IsOfWork: true, IsWhole: true, IsAgreement: true, Part: null or Part.Weights }
            && declared.Count > 0
            && !text.MayBe.Intersect(declared.Concat(bound)).Any()
            ? maker.Make(
                "license-mismatch",
                [(text.License, root.Id)],
                [],
                text.File,
                Certainty.Yes,
                [],
                [
                    new Evidence(text.File, text.Line, null, null, null, EvidenceSource.Identified),
                    .. root.Of(root.MainPart).Select(l => l.Claim.Evidence),
                ],
                ("file", text.File),
                ("identified", string.Join(" OR ", text.Match.Or.Prepend(text.License))),
                ("declared", string.Join(", ", declared))
            )
            : null;
    }

    private Finding? Modified(FoundText text)
    {
        var differences = TextDifference.Of(text);
        return differences.IsEmpty
            ? null
            : maker.Make(
                "license-modified",
                [(text.License, root.Id)],
                differences.Select(d => d.Clause).OfType<string>().Select(c => new ClauseRef(text.License, c)),
                text.File,
                Certainty.Yes,
                [],
                TextDifference.Places(differences, MostPlaces),
                ("file", text.File),
                ("license", text.License),
                ("missing", Clauses(DifferenceKind.Missing)),
                ("changed", Clauses(DifferenceKind.Changed)),
                ("added", string.Join(", ", differences.Where(d => d.Kind == DifferenceKind.Added).Select(d => Lines(d.Place)).Distinct())),
                ("words", differences.OrderByDescending(d => d.Unread).Select(d => d.Place.Text).OfType<string>().FirstOrDefault() ?? ""),
                ("or", string.Join(", ", text.Match.Or))
            );

        string Clauses(DifferenceKind kind) =>
            string.Join(", ", differences.Where(d => d.Kind == kind).Select(d => d.Clause).OfType<string>().Distinct());
    }

    private static string Lines(Evidence place) =>
        place.EndLine is { } end
            ? string.Create(CultureInfo.InvariantCulture, $"{place.Line}-{end}")
            : string.Create(CultureInfo.InvariantCulture, $"{place.Line}");

    private Finding Disguised(Identification file) =>
        maker.Make(
            "license-modified",
            [(null, root.Id)],
            [],
            $"disguised {file.File}",
            Certainty.Yes,
            [],
            [.. file.Disguised.Take(MostPlaces).Select(p => At(file, p))],
            ("file", file.File),
            ("disguised", string.Create(CultureInfo.InvariantCulture, $"{file.Disguised.Length}"))
        );

    private Finding Unrecognized(Identification file) =>
        maker.Make(
            "license-unknown",
            [(null, root.Id)],
            [],
            file.File,
            Certainty.Yes,
            [],
            [new Evidence(file.File, 1, null, null, null, EvidenceSource.Identified)],
            ("file", file.File),
            (
                "closest",
                string.Join(", ", file.Closest.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.License} {c.Score:0.00}")))
            ),
            ("work", root.Id),
            ("kind", root.Kind)
        );

    // Of the family's restrictions those that are known by their words; the rest of the text is for a person to read.
    private Finding OfFamily(Identification file)
    {
        var family = file.Family!;
        var known = family.Clauses.Select(c => new ClauseRef(c.License, c.Clause)).Distinct().ToImmutableArray();
        return maker.Make(
            "license-unknown",
            [(null, root.Id)],
            known,
            file.File,
            Certainty.Yes,
            [.. known.Select(c => c.ToString())],
            [
                .. family
                    .Unmapped.Take(MostPlaces)
                    .Select(p => At(file, p))
                    .DefaultIfEmpty(new(file.File, 1, null, null, null, EvidenceSource.Identified)),
            ],
            ("file", file.File),
            ("family", family.Family),
            ("known", string.Create(CultureInfo.InvariantCulture, $"{known.Length}")),
            ("unmapped", string.Create(CultureInfo.InvariantCulture, $"{family.Unmapped.Length}")),
            ("work", root.Id),
            ("kind", root.Kind)
        );
    }

    private static Evidence At(Identification file, Passage passage) =>
        new(
            file.File,
            passage.Lines.First,
            passage.Lines.Last > passage.Lines.First ? passage.Lines.Last : null,
            null,
            TextDifference.FirstLine(passage.Text),
            EvidenceSource.Identified
        );
}
