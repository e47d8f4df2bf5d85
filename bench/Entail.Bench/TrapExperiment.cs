namespace Entail.Bench;

/// <summary>Texts that detectors in use confuse: each as it is, and each without a sentence far from the words that tell it from its neighbors.</summary>
internal static class TrapExperiment
{
    private const int FewestDroppedWords = 6;

    // The words on both sides of a dropped sentence that it must have in common with all neighbors.
    private const int CommonWords = 10;

    private static readonly (string Name, string[] Keys)[] Neighbors =
    [
        ("MIT, modified", ["kimi-k2-modified-mit", "mit"]),
        (
            "Llama",
            [
                "llama-2-license-2023",
                "llama-3-community-2024-04-18",
                "llama-3.1-license-2024",
                "llama-3.2-license-2024",
                "llama-3.3-license-2024",
                "llama-4-cla-2025",
            ]
        ),
        (
            "Llama use policies",
            [
                "llama-2-use-policy",
                "llama-3-use-policy",
                "llama-3.1-use-policy",
                "llama-3.2-use-policy",
                "llama-3.3-use-policy",
                "llama-4-use-policy",
            ]
        ),
        ("Tongyi", ["qwen-research-2024-tongyi", "tongyi-qianwen-2023", "qwen-2024"]),
        ("GLM", ["chatglm3-model", "codegeex2-model", "cogvlm-model", "glm-130b-model"]),
        ("Gemma", ["gemma-tou-2024-04-01", "gemma-tou-2025-03-24"]),
        ("OpenRAIL-M", ["stable-diffusion-2022-08-22", "bigscience-open-rail-m2", "openrail-plus-plus-m-sdxl-1.0"]),
        ("OpenMDW", ["openmdw-1.0", "openmdw-1.1"]),
        ("DeepFloyd, SDXL", ["deepfloyd-if-model", "sdxl-0.9-research"]),
        ("LTX", ["ltxv-owl-2025-04-17", "ltxv-owl-2025-05-05"]),
        ("Hunyuan", ["hunyuan-large", "hunyuan-video"]),
    ];

    public static void Run(Engine engine, Subjects subjects, Report report)
    {
        report.Line("6. Known traps");
        report.Line($"{"", -52}{"as it is", -12}{"a sentence dropped far away", -30}came out");
        foreach (var (name, keys) in Neighbors)
        {
            var texts = keys.Select(key => new Passages(subjects[key].Text)).ToList();
            foreach (var (key, text) in keys.Zip(texts))
            {
                var subject = subjects[key];
                var whole = Try(subject, "as it is", subject.Text);
                var dropped = FarAway(text, texts, key, subjects) is { } sentence
                    ? Try(subject, $"without the sentence on line {text.Line(sentence.Start)}", text.Without(sentence))
                    : ("no such sentence", "");
                report.Line($"{name + ": " + key, -52}{whole.Outcome, -12}{dropped.Item1, -30}{dropped.Item2}");
            }
        }
        var apache = subjects["apache-2.0"];
        var appendix = apache.Text.IndexOf("APPENDIX", StringComparison.Ordinal);
        var bare = Try(apache, "without its appendix", apache.Text[..appendix]);
        report.Line($"{"apache-2.0 without its appendix", -52}{bare.Outcome, -42}{bare.Came}");
        report.Line();

        (string Outcome, string Came) Try(Subject subject, string change, string text)
        {
            var found = engine.Identify(text);
            var outcome = Tally.Judge(found, subject.Names);
            var came = Report.Describe(found);
            if (outcome is not (Outcome.Right or Outcome.Both))
            {
                report.Failure("traps", subject.Key, change, $"{outcome}: {came}", text);
            }
            return (outcome.ToString(), came);
        }
    }

    // A sentence by chance of those that all neighbors have, with the words on both sides of it; not one without which the text is another license.
    private static Range? FarAway(Passages text, List<Passages> neighbors, string key, Subjects subjects)
    {
        var others = neighbors.Where(other => other != text).Select(other => $" {other.Plain(new Range(0, other.Words))} ").ToList();
        var sentences = text
            .Sentences.Where(sentence => sentence.Length >= FewestDroppedWords && sentence.Start > 0)
            .Where(sentence => others.TrueForAll(other => other.Contains(Around(sentence), StringComparison.Ordinal)))
            .Where(sentence => subjects.SameWords(text.Without(sentence)) is null)
            .ToList();
        return sentences.Count == 0 ? null : sentences[new Random(Seed.Of(key, "traps")).Next(sentences.Count)];

        string Around(Range sentence) =>
            $" {text.Plain(new Range(Math.Max(0, sentence.Start - CommonWords), Math.Min(text.Words, sentence.End + CommonWords)))} ";
    }
}
