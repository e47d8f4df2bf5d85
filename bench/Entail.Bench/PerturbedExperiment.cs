using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>Every reference text, dressed otherwise or edited a little, still has its name; one that is only dressed otherwise is exact.</summary>
internal static class PerturbedExperiment
{
    private const int FewestRemovedWords = 5;

    private static readonly Perturbation[] Perturbations =
    [
        new("re-wrapped", KeepsWords: true, Dressing.Rewrapped),
        new("one line a paragraph", KeepsWords: true, Dressing.Unwrapped),
        new("upper case", KeepsWords: true, Dressing.UpperCase),
        new("other bullets", KeepsWords: true, Dressing.Bullets),
        new("Markdown", KeepsWords: true, Dressing.Markdown),
        new("HTML", KeepsWords: true, Dressing.Html),
        new("header and footer", KeepsWords: false, Dressing.Framed),
        new("2% of the words edited", KeepsWords: false, (text, random) => Edits.Mixed(text, 0.02, random)),
        new("a paragraph removed", KeepsWords: false, WithoutParagraph),
    ];

    public static void Run(Engine engine, Subjects subjects, Report report)
    {
        report.Line("2. Every reference text, perturbed (a text that a perturbation leaves as it is makes no trial)");
        report.Line("   nearer: only another text is named, and fewer edits make the changed text that one than the one it was made from");
        foreach (var group in subjects.All.GroupBy(subject => subject.Group).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            report.Line($"{(group.Key.Length == 0 ? "all others" : group.Key)}: {group.Count()} texts");
            report.Line(Tally.Header);
            var total = new Tally("all");
            foreach (var perturbation in Perturbations)
            {
                var tally = new Tally(perturbation.Name);
                foreach (var subject in group)
                {
                    Try(subject, perturbation, tally, total);
                }
                report.Line(tally.ToString());
            }
            report.Line(total.ToString());
            report.Line();
        }

        void Try(Subject subject, Perturbation perturbation, Tally tally, Tally total)
        {
            var seed = Seed.Of(subject.Key, perturbation.Name);
            if (perturbation.Change(subject.Text, new Random(seed)) is not { } changed || changed == subject.Text)
            {
                return;
            }
            // An edit may make it word for word another of the texts.
            var right = subjects.SameWords(changed) ?? subject.Names;
            var found = engine.Identify(changed);
            var outcome = Tally.Judge(found, right);
            if (
                !perturbation.KeepsWords
                && outcome is Outcome.Wrong
                && found.Matches is [var match]
                && subjects.IsNearer(changed, match, subject)
            )
            {
                outcome = Outcome.Nearer;
            }
            tally.Add(found, outcome);
            total.Add(found, outcome);
            if (outcome is not (Outcome.Right or Outcome.Both))
            {
                Fail("perturbed", $"{outcome}: {Report.Describe(found)}");
            }
            else if (perturbation.KeepsWords && !found.Matches.Any(match => match.Kind is MatchKind.Exact))
            {
                Fail("inexact", $"{Report.Describe(found)}; {Report.Differences(found)}");
            }

            void Fail(string experiment, string problem) =>
                report.Failure(
                    experiment,
                    subject.Key,
                    $"{perturbation.Name}, seed {seed}{(subject.Group.Length == 0 ? "" : ", " + subject.Group)}",
                    problem,
                    changed
                );
        }
    }

    // A paragraph of at least five words, and of at most a third of the text: the rest is still mostly that text.
    private static string? WithoutParagraph(string text, Random random)
    {
        var passages = new Passages(text);
        var paragraphs = passages
            .Paragraphs.Where(paragraph => paragraph.Length >= FewestRemovedWords && 3 * paragraph.Length <= passages.Words)
            .ToList();
        return paragraphs.Count == 0 ? null : passages.Without(paragraphs[random.Next(paragraphs.Count)]);
    }

    private sealed record Perturbation(string Name, bool KeepsWords, Func<string, Random, string?> Change);
}
