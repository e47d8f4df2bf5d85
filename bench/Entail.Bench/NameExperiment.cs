using System.Globalization;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>A name that is not the text's is never given: texts half destroyed, two licenses one after the other, ordinary files.</summary>
internal static class NameExperiment
{
    private const double ReplacedShare = 0.25;
    private const int Pairs = 500;
    private const int FewestPairedWords = 100;

    public static void Run(Engine engine, Subjects subjects, List<(string Name, string Text)> prose, Report report)
    {
        report.Line("5. Wrong names");
        Replaced(engine, subjects, report);
        Concatenated(engine, subjects, report);
        Ordinary(engine, prose, report);
        report.Line();
    }

    // A right name is fine, and so is none.
    private static void Replaced(Engine engine, Subjects subjects, Report report)
    {
        var tally = new Tally("25% of the words replaced");
        foreach (var subject in subjects.All)
        {
            var text = Edits.Replaced(subject.Text, ReplacedShare, new Random(Seed.Of(subject.Key, "replaced")));
            var found = engine.Identify(text);
            if (tally.Add(found, subject.Names) is Outcome.Wrong or Outcome.More)
            {
                report.Failure("names", subject.Key, "25% of the words replaced", Report.Describe(found), text);
            }
        }
        report.Line(Tally.Header);
        report.Line(tally.ToString());
    }

    private static void Concatenated(Engine engine, Subjects subjects, Report report)
    {
        var candidates = subjects.All.Where(subject => subject.Words >= FewestPairedWords).ToArray();
        var random = new Random(1);
        var (both, one, none, wrong) = (0, 0, 0, 0);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var first = candidates[random.Next(candidates.Length)];
            var second = candidates[random.Next(candidates.Length)];
            if (first.Names == second.Names)
            {
                pair--;
                continue;
            }
            var text = $"{first.Text}\n\n{second.Text}";
            var found = engine.Identify(text);
            var named = found.Matches.Where(match => match.Kind is not MatchKind.Mentioned).ToList();
            var right = ((Subject[])[first, second]).Count(subject =>
                named.Exists(match => subject.Names.Has(match) || subject.Names.Allows(match))
            );
            if (!named.TrueForAll(match => IsOf(match, first) || IsOf(match, second)))
            {
                wrong++;
            }
            else if (right == 2)
            {
                both++;
                continue;
            }
            else if (right == 1)
            {
                one++;
            }
            else
            {
                none++;
            }
            report.Failure("names", $"{first.Key} + {second.Key}", "concatenated", Report.Describe(found), text);
        }
        report.Line($"two licenses in one file: {Pairs} pairs of texts of {FewestPairedWords} words or more");
        report.Line($"  both named, and nothing else: {both}; one of them: {one}; none: {none}; another name: {wrong}");
    }

    private static bool IsOf(LicenseMatch match, Subject subject) => subject.Names.Has(match) || subject.Names.Allows(match);

    // Whether a file holds the license that was named, a person has to say.
    private static void Ordinary(Engine engine, List<(string Name, string Text)> prose, Report report)
    {
        var (named, mentioned) = (0, 0);
        var licenses = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, text) in prose)
        {
            var found = engine.Identify(text);
            var matches = found.Matches.Where(match => match.Kind is not MatchKind.Mentioned).ToList();
            mentioned += found.Matches.Length > 0 && matches.Count == 0 ? 1 : 0;
            if (matches.Count == 0)
            {
                continue;
            }
            named++;
            foreach (var match in matches)
            {
                licenses[match.License] = licenses.GetValueOrDefault(match.License) + 1;
            }
            var places = string.Join(", ", matches.Select(match => $"{match.Spans[0].Lines.First}-{match.Spans[^1].Lines.Last}"));
            report.Failure("names", name, "ordinary file", $"{Report.Describe(found)}; lines {places}", text);
        }
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"ordinary files: {prose.Count}; with a license text in them: {named}, to be judged one by one; that only mention one: {mentioned}"
            )
        );
        foreach (var (license, files) in licenses)
        {
            report.Line($"  {license}: {files}");
        }
    }
}
