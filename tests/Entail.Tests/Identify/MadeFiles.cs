using Entail.Core;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Tests.Identify;

/// <summary>Files as identifying may find them, one of each kind, made by hand: what is said of them must not wait for a text that shows it.</summary>
internal static class MadeFiles
{
    public const string DeepSeek = "deepseek-1.0";

    public static IReadOnlyList<IdentifiedFile> All =>
        [
            Of("LICENSE", Exact(DeepSeek)),
            Of("LICENSE-MODEL", Modified, Part.Weights),
            Of("LICENSES/two", Exact("mit") with { Spans = [Span(1, 19)] }, Exact("apache-2.0") with { Spans = [Span(20, 220)] }),
            Of(
                "LICENSE.either",
                Exact("gemma-2025") with
                {
                    Kind = MatchKind.Close,
                    Score = 0.995,
                    Residue = [At(7, "nineteen")],
                    Or = ["llama-3.1", DeepSeek],
                }
            ),
            Of("LICENSE.part", Partly),
            Of("LICENSE.shortened", Shortened),
            Of("docs/history.md", InDocument),
            Of("model.py", Named("apache-2.0", "Apache-2.0", null)),
            Of("main.c", Named("mit", "MIT", "MIT OR Apache-2.0"), Named("apache-2.0", "Apache-2.0", "MIT OR Apache-2.0")),
            Of("shared.c", Named("mit", "MIT", null), Named("apache-2.0", "Apache-2.0", null)),
            Of("COPYING", Exact("bsd-simplified"), Named("mit", "MIT", null)) is var kin
                ? kin with
                {
                    Found = kin.Found! with { Family = Family },
                }
                : kin,
            Of("other.c", Named("LicenseRef-Hat", "LicenseRef-Hat", null)),
            Unknown(
                "LICENSE.unknown",
                [new ClosestLicense("gemma-2025", 0.6213), new ClosestLicense("bsd-simplified", 0.3), new ClosestLicense("mit", 0.1)]
            ),
            Unknown("notes.txt", []),
            Unknown("NOTICE", []),
            Unknown("LICENSE.rail", [new ClosestLicense(DeepSeek, 0.71)]) is var rail
                ? rail with
                {
                    Found = rail.Found! with { Family = Family },
                }
                : rail,
            Of("LICENSE.long", Long),
            Of("LICENSE.masked", Exact("mit")) is var masked
                ? masked with
                {
                    Found = masked.Found! with { Disguised = [At(2, "l\u0456cense"), At(3, "per\u200bmitted")], Truncated = true },
                }
                : masked,
            new(
                "LICENSE.pdf",
                null,
                new ReadProblem(
                    "file-unreadable",
                    new Text("`LICENSE.pdf` holds no text.", "`LICENSE.pdf` 中没有文本。"),
                    Whole("LICENSE.pdf")
                )
            ),
        ];

    /// <summary>A clause changed, a restriction changed, one missing, one passage put in beside, words gone elsewhere.</summary>
    public static LicenseMatch Modified =>
        Exact(DeepSeek) with
        {
            Kind = MatchKind.Close,
            Score = 0.9874,
            Spans = [Span(1, 87)],
            Clauses = new ClauseComparison(
                ["preamble", "A.3"],
                [new ChangedClause("4.b", new LineRange(31, 33)), new ChangedClause("A.2", new LineRange(78, 78))],
                ["A.1"]
            ),
            Residue = [At(32, "a green hat", "4.b"), At(78, "commercial", "A.2"), At(90, Sentences, "9")],
            Removed = [new Removal(33, 5, ["4.b"], 1003), new Removal(76, 21, ["A.1"]), new Removal(80, 3, [])],
        };

    public static LicenseMatch Exact(string license) =>
        new(
            license,
            Repository.Catalog.Find(license)?.Documents[0].Id,
            MatchKind.Exact,
            1,
            [Span(1, 87)],
            ClauseComparison.None,
            [],
            [],
            [],
            []
        );

    public static LicenseMatch Named(string license, string named, string? expression) =>
        new(license, null, MatchKind.Mentioned, 0, [Span(3, 3)], ClauseComparison.None, [], [], [], [], named, expression);

    public static IdentifiedFile Of(string file, params LicenseMatch[] matches) =>
        new(file, new Identification(file, null, false, [.. matches], [], []), null);

    private static IdentifiedFile Of(string file, LicenseMatch match, Part part) =>
        new(file, new Identification(file, part, false, [match], [], []), null);

    public static IdentifiedFile Unknown(string file, ClosestLicense[] closest) =>
        new(file, new Identification(file, null, false, [], [.. closest], []), null);

    public static Passage At(int line, string text, string? clause = null) => new(new LineRange(line, line), text, clause);

    public static TextSpan Span(int first, int last) => new(new LineRange(first, last), new WordRange(12 * (first - 1), 12 * last));

    private static string Sentences =>
        string.Concat(Enumerable.Repeat("Moreover nobody may use the model on Sundays, and whoever does shall whistle twice. ", 8)).Trim();

    private static LicenseMatch Partly =>
        Exact(DeepSeek) with
        {
            Kind = MatchKind.Partial,
            Score = 0.21,
            Clauses = new ClauseComparison(["A", "A.1"], [], ["preamble", "1.license", "2"]),
        };

    // Without its appendix, as most copies are.
    private static LicenseMatch Shortened =>
        Exact("apache-2.0") with
        {
            Kind = MatchKind.Close,
            Score = 0.942,
            Clauses = new ClauseComparison(["1", "2"], [], ["appendix"]),
            Removed = [new Removal(175, 190, ["appendix"])],
            Also = ["pixar-like"],
        };

    private static LicenseMatch InDocument =>
        Exact("mit") with
        {
            Kind = MatchKind.Close,
            Spans = [Span(40, 44)],
            Residue = [new Passage(new LineRange(1, 38), string.Concat(Enumerable.Repeat("word and ", 100)))],
        };

    private static LicenseMatch Long =>
        Exact("apache-2.0") with
        {
            Kind = MatchKind.Close,
            Score = 0.93,
            Residue = [.. Enumerable.Range(1, 30).Select(i => At(i, $"word {i}"))],
        };

    private static FamilyReading Family =>
        new(
            "openrail",
            [new KnownClause(DeepSeek, "A.2", new LineRange(10, 10), 1), new KnownClause(DeepSeek, "A.3", new LineRange(11, 12), 0.874)],
            [At(14, "To lure ships upon the rocks; or"), new Passage(new LineRange(20, 26), Sentences)]
        );

    private static Evidence Whole(string file) => new(file, null, null, null, null, EvidenceSource.Declared);
}
