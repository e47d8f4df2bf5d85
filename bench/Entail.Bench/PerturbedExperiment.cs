namespace Entail.Bench;

/// <summary>Every reference text, dressed otherwise or edited a little, still has its name.</summary>
internal static class PerturbedExperiment
{
    private const int FewestRemovedWords = 5;

    private static readonly (string Name, Func<string, Random, string?> Change)[] Perturbations =
    [
        ("re-wrapped", Dressing.Rewrapped),
        ("one line a paragraph", Dressing.Unwrapped),
        ("upper case", Dressing.UpperCase),
        ("other bullets", Dressing.Bullets),
        ("Markdown", Dressing.Markdown),
        ("HTML", Dressing.Html),
        ("header and footer", Dressing.Framed),
        ("2% of the words edited", (text, random) => Edits.Mixed(text, 0.02, random)),
        ("a paragraph removed", WithoutParagraph),
    ];

    public static void Run(Engine engine, Subjects subjects, Report report)
    {
        report.Line("2. Every reference text, perturbed (a text that a perturbation leaves as it is makes no trial)");
        foreach (var group in subjects.All.GroupBy(subject => subject.Group).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            report.Line($"{(group.Key.Length == 0 ? "all others" : group.Key)}: {group.Count()} texts");
            report.Line(Tally.Header);
            var total = new Tally("all");
            foreach (var (name, change) in Perturbations)
            {
                var tally = new Tally(name);
                foreach (var subject in group)
                {
                    Try(subject, name, change, tally, total);
                }
                report.Line(tally.ToString());
            }
            report.Line(total.ToString());
            report.Line();
        }

        void Try(Subject subject, string name, Func<string, Random, string?> change, Tally tally, Tally total)
        {
            var seed = Seed.Of(subject.Key, name);
            if (change(subject.Text, new Random(seed)) is not { } changed || changed == subject.Text)
            {
                return;
            }
            // An edit may make it word for word another of the texts.
            var right = subjects.SameWords(changed) ?? subject.Names;
            var found = engine.Identify(changed);
            total.Add(found, right);
            if (tally.Add(found, right) is not (Outcome.Right or Outcome.Both) and var outcome)
            {
                report.Failure(
                    "perturbed",
                    subject.Key,
                    $"{name}, seed {seed}{(subject.Group.Length == 0 ? "" : ", " + subject.Group)}",
                    $"{outcome}: {Report.Describe(found)}",
                    changed
                );
            }
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
}
