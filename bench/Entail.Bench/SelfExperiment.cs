namespace Entail.Bench;

/// <summary>Every reference text, as it is, is itself or a text with the very same words.</summary>
internal static class SelfExperiment
{
    public static void Run(Engine engine, Subjects subjects, Report report)
    {
        report.Line("1. Every reference text as it is");
        report.Line(Tally.Header);
        foreach (var group in subjects.All.GroupBy(subject => subject.Group).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var tally = new Tally(group.Key.Length == 0 ? "all others" : group.Key);
            foreach (var subject in group)
            {
                var found = engine.Identify(subject.Text);
                if (tally.Add(found, subject.Names) is not (Outcome.Right or Outcome.Both) and var outcome)
                {
                    report.Failure("self", subject.Key, group.Key, $"{outcome}: {Report.Describe(found)}", subject.Text);
                }
            }
            report.Line(tally.ToString());
        }
        report.Line();
    }
}
