using System.Text.RegularExpressions;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>
/// Edits that change what a license says and leave its look: each must be reported, at its place. Copies that are only re-flowed must not. The texts are
/// chosen by use, before anything was tried: the twenty licenses most common in package registries, and of AI licenses one
/// text for each well-known model family and version.
/// </summary>
internal static partial class SilentExperiment
{
    private static readonly string[] Software =
    [
        "agpl-3.0",
        "apache-2.0",
        "artistic-2.0",
        "boost-1.0",
        "bsd-new",
        "bsd-simplified",
        "bsd-zero",
        "cc-by-4.0",
        "cc-by-sa-4.0",
        "cc0-1.0",
        "epl-2.0",
        "gpl-2.0",
        "gpl-3.0",
        "isc",
        "lgpl-2.1",
        "lgpl-3.0",
        "mit",
        "mpl-2.0",
        "unlicense",
        "zlib",
    ];

    private static readonly string[] Models =
    [
        "bigcode-open-rail-m-v1",
        "bigscience-open-rail-m",
        "bigscience-rail-1.0",
        "chatglm3-model",
        "dbrx-open",
        "deepseek-la-1.0",
        "falcon-2-11b-1.0",
        "flux-1-nc",
        "gemma-tou-2025-03-24",
        "hunyuan-large",
        "kimi-k2-modified-mit",
        "llama-2-license-2023",
        "llama-3.1-license-2024",
        "llama-3.3-license-2024",
        "llama-4-cla-2025",
        "nvidia-open-model-2025-04-28",
        "qwen-2024",
        "stability-ai-community-2024",
        "stable-diffusion-2022-08-22",
        "tongyi-qianwen-2023",
    ];

    private static readonly string[] Added =
    [
        "Commercial use of any kind is not permitted.",
        "You may not use this work to train other models.",
        "Every user must pay an annual fee to the authors.",
        "This license ends when the authors publish a newer version.",
        "Use by government bodies is excluded.",
    ];

    private const int FewestDroppedWords = 6;

    public static void Run(Engine engine, Subjects subjects, Report report)
    {
        report.Line("4. Silent edits: 20 software and 20 model licenses");
        report.Line("                                            trials  modified   at the place   name right   named both");
        (string, Func<Passages, Random, Edit>)[] edits =
        [
            ("a sentence added mid-text", AddedWithin),
            ("a sentence added at the end", AddedAtEnd),
            ("a sentence dropped", (passages, random) => Dropped(passages, random, subjects)),
            ("\"not\" inserted", Negated),
        ];
        var all = Software.Concat(Models).Select(key => subjects[key]).ToList();
        foreach (var (name, make) in edits)
        {
            var counts = new Counts();
            foreach (var subject in all)
            {
                var seed = Seed.Of(subject.Key, name);
                Try(subject, name, make(new Passages(subject.Text), new Random(seed)), counts);
            }
            report.Line($"{name, -42}{all.Count, 8}{counts.Modified, 10}{counts.Placed, 15}{counts.Right, 13}{counts.Both, 13}");
        }
        report.Line();
        report.Line(Tally.Header);
        var flowed = new Tally("re-flowed, curly quotes: all are exact");
        foreach (var subject in all)
        {
            var text = Dressing.CurlyQuotes(Dressing.Rewrapped(subject.Text, new Random(Seed.Of(subject.Key, "re-flowed"))));
            var found = engine.Identify(text);
            if (flowed.Add(found, subject.Names) is not Outcome.Right || !found.Matches.All(match => match.Kind is MatchKind.Exact))
            {
                report.Failure("silent", subject.Key, "re-flowed", $"{Report.Describe(found)}; {Report.Differences(found)}", text);
            }
        }
        report.Line(flowed.ToString());
        report.Line();

        void Try(Subject subject, string name, Edit edit, Counts counts)
        {
            var found = engine.Identify(edit.Text);
            var outcome = Tally.Judge(found, subject.Names);
            var named = found.Matches.Where(match => subject.Names.Has(match) || subject.Names.Allows(match)).ToList();
            var modified = named.Count > 0 && named.TrueForAll(match => match.Kind is MatchKind.Close or MatchKind.Partial);
            var placed = modified && named.Exists(edit.IsIn);
            counts.Add(outcome, modified, placed);
            if (!placed || outcome is not (Outcome.Right or Outcome.Both))
            {
                var problem =
                    !modified ? "not reported"
                    : !placed ? "not at its place"
                    : outcome.ToString();
                report.Failure(
                    "silent",
                    subject.Key,
                    $"{name}, line {edit.First}",
                    $"{problem}: {Report.Describe(found)}; {Report.Differences(found)}",
                    edit.Text
                );
            }
        }
    }

    // The sentence that is nearest to the middle is preceded by another.
    private static Edit AddedWithin(Passages passages, Random random)
    {
        var middle = passages.Sentences.MinBy(sentence => Math.Abs((2 * sentence.Start) - passages.Words)).Start;
        return Add(passages, middle, Added[random.Next(Added.Length)] + " ");
    }

    private static Edit AddedAtEnd(Passages passages, Random random) =>
        Add(passages, passages.Words, "\n\n" + Added[random.Next(Added.Length)] + "\n");

    // Not one without which the text is word for word another license.
    private static Edit Dropped(Passages passages, Random random, Subjects subjects)
    {
        var sentences = passages
            .Sentences.Where(sentence => sentence.Length >= FewestDroppedWords && sentence.Start > 0)
            .Where(sentence => subjects.SameWords(passages.Without(sentence)) is null)
            .ToList();
        var dropped = sentences[random.Next(sentences.Count)];
        var text = passages.Without(dropped);
        var (first, last) = passages.SameWithout(dropped);
        var edited = new Passages(text);
        return new Edit(text, edited.Line(Math.Max(0, first - 1)), edited.Line(last - 1), Inserted: null, dropped.Length);
    }

    // After a word that "not" turns round, chosen by chance; after any word where there is none.
    private static Edit Negated(Passages passages, Random random)
    {
        var places = Enumerable
            .Range(0, passages.Words - 1)
            .Where(word => Modal().IsMatch(passages.Plain(new Range(word, word + 1))))
            .ToList();
        var place = places.Count > 0 ? places[random.Next(places.Count)] : random.Next(passages.Words - 1);
        return Add(passages, place + 1, "not ");
    }

    private static Edit Add(Passages passages, int word, string inserted)
    {
        var text = passages.With(word, inserted);
        var at = passages.Offset(word) + inserted.Length - inserted.TrimStart().Length;
        var line = 1 + text.AsSpan(0, at).Count('\n');
        return new Edit(text, line, line, inserted.Trim(), RemovedWords: 0);
    }

    [GeneratedRegex("^(may|shall|will|must|is|are|can)$")]
    private static partial Regex Modal();

    /// <summary>A changed text.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="First">The line where something was put in, or of the word before what was taken out.</param>
    /// <param name="Last">The last such line: of words that repeat, nobody can say which were taken out.</param>
    /// <param name="Inserted">What was put in; null when something was taken out.</param>
    /// <param name="RemovedWords">How many words were taken out.</param>
    private sealed record Edit(string Text, int First, int Last, string? Inserted, int RemovedWords)
    {
        /// <summary>True when the match shows the edit: a passage on that line that holds every word put in, or as many words missing there.</summary>
        public bool IsIn(LicenseMatch match) =>
            Inserted is null
                ? match.Removed.Where(removal => First <= removal.Line && removal.Line <= Last).Sum(removal => removal.Words)
                    == RemovedWords
                : match.Residue.Any(passage =>
                    passage.Lines.First <= First
                    && Last <= passage.Lines.Last
                    && Inserted.Split(' ').All(word => passage.Text.Contains(word.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
                );
    }

    private sealed class Counts
    {
        public int Modified { get; private set; }

        public int Placed { get; private set; }

        public int Right { get; private set; }

        public int Both { get; private set; }

        public void Add(Outcome outcome, bool modified, bool placed)
        {
            Modified += modified ? 1 : 0;
            Placed += placed ? 1 : 0;
            Right += outcome is Outcome.Right ? 1 : 0;
            Both += outcome is Outcome.Both ? 1 : 0;
        }
    }
}
