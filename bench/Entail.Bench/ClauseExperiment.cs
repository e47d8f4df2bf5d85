using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Bench;

/// <summary>Every clause of every cataloged document is removed, and a sentence put after it: both must be reported, under that license.</summary>
internal static class ClauseExperiment
{
    // A clause that is most of its document leaves no document to name.
    private const double LargestShare = 0.5;

    public static void Run(Engine engine, Subjects subjects, Report report)
    {
        report.Line("3. Clauses of cataloged licenses");
        report.Line("removed: reported missing, changed or removed from; alone: no clause beside it is said to be missing or changed");
        report.Line(
            "added: a sentence after the clause; reported: on its line; alone: the passage is the sentence and no more, nothing is missing"
        );
        report.Line(
            $"{"document", -38}{"removed", 10}{"reported", 10}{"alone", 8}{"named both", 12}{"added", 10}{"reported", 10}{"alone", 8}{"named both", 12}"
        );
        var all = new Counts();
        foreach (var (license, document) in engine.Catalog.Licenses.SelectMany(license => license.Documents.Select(d => (license, d))))
        {
            var counts = new Counts();
            var subject = subjects[document.TextKey[(document.TextKey.LastIndexOf('/') + 1)..]];
            var text = new Passages(subject.Text);
            foreach (var clause in document.Clauses.Where(clause => clause.End > clause.Start))
            {
                if (clause.End - clause.Start <= LargestShare * text.Words)
                {
                    Remove(license, document, subject, text, clause, counts);
                }
                Add(license, document, subject, text, clause, counts);
            }
            report.Line($"{license.Id + " " + document.Id, -38}{counts}");
            all.Add(counts);
        }
        report.Line($"{"all", -38}{all}");
        report.Line();

        void Remove(License license, Document document, Subject subject, Passages text, Clause clause, Counts counts)
        {
            var changed = text.Without(new Range(clause.Start, clause.End));
            if (subjects.SameWords(changed) is not null)
            {
                return;
            }
            var found = engine.Identify(changed);
            var match = Match(found, license, document, subject);
            var reported = match is { Kind: not MatchKind.Exact } && Touched(match).Contains(clause.Id);
            var alone = reported && Touched(match!).All(id => id == clause.Id) && match!.Residue.Length == 0;
            counts.Removed.Add(reported, alone, match?.Or.Length > 0);
            if (!alone)
            {
                Fail($"clause {clause.Id} removed", reported, found, changed, subject);
            }
        }

        void Add(License license, Document document, Subject subject, Passages text, Clause clause, Counts counts)
        {
            var sentence = Prose.Sentence(new Random(Seed.Of($"{license.Id}/{document.Id}/{clause.Id}", "clauses")));
            var (changed, line) = With(subject.Text, text, clause.End, sentence);
            var found = engine.Identify(changed);
            var match = Match(found, license, document, subject);
            var passages = (match?.Residue ?? [])
                .Where(passage => passage.Text.Contains(sentence[..^1], StringComparison.Ordinal))
                .ToList();
            var reported = passages.Exists(passage => passage.Lines.First <= line && line <= passage.Lines.Last);
            var alone = reported && match!.Residue is [var only] && only.Text.Length < sentence.Length + 5 && !Gone(match);
            counts.Added.Add(reported, alone, match?.Or.Length > 0);
            if (!alone)
            {
                Fail($"sentence after clause {clause.Id}, line {line}", reported, found, changed, subject);
            }
        }

        void Fail(string change, bool reported, Identification found, string changed, Subject subject) =>
            report.Failure(
                "clauses",
                subject.Key,
                change,
                $"{(reported ? "not alone" : "not reported")}: {Report.Describe(found)}; {Report.Differences(found)}",
                changed
            );
    }

    private static LicenseMatch? Match(Identification found, License license, Document document, Subject subject) =>
        found.Matches.FirstOrDefault(match =>
            match.Kind is MatchKind.Close or MatchKind.Partial
            && (match.License == license.Id && match.Document == document.Id || subject.Names.Has(match) || match.Or.Contains(license.Id))
        );

    private static HashSet<string> Touched(LicenseMatch match) =>
        [
            .. match.Clauses.Missing,
            .. match.Clauses.Changed.Select(changed => changed.Id),
            .. match.Removed.SelectMany(removal => removal.Clauses),
        ];

    private static bool Gone(LicenseMatch match) => match.Removed.Length > 0 || match.Clauses.Missing.Length > 0;

    // On a line of its own where the clause ends a line, else behind it on its line.
    private static (string Text, int Line) With(string source, Passages text, int end, string sentence)
    {
        if (end < text.Words && text.Line(end) == text.Line(end - 1))
        {
            return (text.With(end, sentence + " "), text.Line(end));
        }
        var lineEnd = source.IndexOf('\n', text.Offset(end - 1));
        var at = lineEnd < 0 ? source.Length : lineEnd + 1;
        var opening = lineEnd < 0 ? "\n\n" : "\n";
        var changed = $"{source[..at]}{opening}{sentence}\n\n{source[at..]}";
        return (changed, 1 + changed.AsSpan(0, at + opening.Length).Count('\n'));
    }

    private sealed class Counts
    {
        public Count Removed { get; } = new();

        public Count Added { get; } = new();

        public void Add(Counts other)
        {
            Removed.Add(other.Removed);
            Added.Add(other.Added);
        }

        public override string ToString() => $"{Removed}{Added}";
    }

    private sealed class Count
    {
        private int trials;
        private int reported;
        private int alone;
        private int both;

        public void Add(bool isReported, bool isAlone, bool isBoth)
        {
            trials++;
            reported += isReported ? 1 : 0;
            alone += isAlone ? 1 : 0;
            both += isBoth ? 1 : 0;
        }

        public void Add(Count other)
        {
            trials += other.trials;
            reported += other.reported;
            alone += other.alone;
            both += other.both;
        }

        public override string ToString() => $"{trials, 10}{reported, 10}{alone, 8}{both, 12}";
    }
}
