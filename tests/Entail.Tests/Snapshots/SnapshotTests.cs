using System.Text.RegularExpressions;
using Entail.Core.Write;
using Entail.Tests.Cli;

namespace Entail.Tests.Snapshots;

/// <summary>
/// What the program prints, word for word: a change of wording or layout is seen by whoever makes it. After one that is meant, run
/// <c>ENTAIL_ACCEPT=1 ./test --fast --filter Snapshots</c> and read the diff.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Entail.Tests", "Snapshots");
    private static readonly string Expected = Path.Combine(Folder, "expected");

    // Lists name every license of the catalog; only the lines of these are kept, so that a new license changes no snapshot.
    private static readonly string[] Listed = ["apache-2.0", "cc-by-nc-4.0", "deepseek-1.0", "gpl-3.0-only", "llama-3.1", "mit"];

    /// <summary>Each snapshot: file, exit code, command.</summary>
    public static TheoryData<string, int, string> Commands =>
        new()
        {
            { "ask-permitted.txt", 0, "ask mit --do run,fine-tune" },
            { "ask-duties.txt", 0, "ask deepseek --do fine-tune,distribute --fact commercial" },
            { "ask-duties.zh.txt", 0, "ask deepseek --do fine-tune,distribute --fact commercial --lang zh" },
            { "ask-duties.json", 0, "ask deepseek --do fine-tune,distribute --fact commercial --format json" },
            { "ask-arguable.txt", 2, "ask llama-3.1 --do run --fact breach" },
            { "ask-unclear.txt", 2, "ask cc-by-nc-4.0 --do fine-tune" },
            { "ask-unclear.zh.txt", 2, "ask cc-by-nc-4.0 --do fine-tune --lang zh" },
            { "ask-unclear.json", 2, "ask cc-by-nc-4.0 --do fine-tune --format json" },
            { "ask-prohibited.txt", 1, "ask deepseek-1.0 --do fine-tune,relicense --as mit" },
            { "ask-needs-agreement.txt", 1, "ask llama3.1 --do host --fact mau-at-release=800000000" },
            { "ask-choice.txt", 0, "ask mit|OR|gpl-3.0-only --do modify,distribute" },
            { "ask-batch.jsonl", 3, "ask --batch questions.jsonl" },
            { "faq.txt", 0, "faq deepseek-1.0" },
            { "faq.zh.txt", 0, "faq deepseek-1.0 --lang zh" },
            { "faq.md", 0, "faq deepseek-1.0 --format markdown" },
            { "faq.html", 0, "faq deepseek-1.0 --format html" },
            { "faq.json", 0, "faq deepseek-1.0 --format json" },
            { "licenses-list.txt", 0, "licenses list" },
            { "licenses-show.txt", 0, "licenses show deepseek-1.0" },
            { "licenses-diff.txt", 0, "licenses diff mit apache-2.0" },
            { "compat.txt", 1, "compat --from llama-3.1,cc-by-nc-4.0 --to apache-2.0" },
            { "compat.json", 1, "compat --from deepseek-1.0 --to mit --format json" },
            { "choose.txt", 0, "choose --from deepseek-1.0 --all" },
            { "explain.txt", 0, "explain restrictions-dropped" },
            { "why.txt", 0, "why ../../../examples/llama-quantized-unprefixed name-prefix-missing" },
            { "why.zh.txt", 0, "why ../../../examples/deepseek-fine-tune-relabeled restrictions-dropped --lang zh" },
            { "report.html", 1, "check ../../../examples/llama-quantized-unprefixed --format html" },
            { "report.md", 1, "check ../../../examples/deepseek-fine-tune-relabeled --format markdown" },
            { "report.sarif", 1, "check ../../../examples/deepseek-fine-tune-relabeled --format sarif" },
            { "report.junit", 1, "check ../../../examples/deepseek-fine-tune-relabeled --format junit" },
            { "uses.html", 1, "check ../../../examples/app-that-uses-models --format html" },
            { "uses.md", 1, "check ../../../examples/app-that-uses-models --format markdown --lang zh" },
            { "fix.txt", 1, "fix ../../../examples/llama-quantized-unprefixed" },
            { "fix.zh.txt", 1, "fix ../../../examples/deepseek-fine-tune-relabeled --lang zh" },
            { "bundle.txt", 1, "bundle ../../../examples/llama-quantized-unprefixed --verify" },
            { "bundle.zh.txt", 1, "bundle ../../../examples/deepseek-fine-tune-relabeled --verify --lang zh" },
            {
                "against.md",
                1,
                "check ../../../examples/lora-with-two-bases --against lora-before.json --fail-on warning --format markdown"
            },
            { "against.txt", 1, "check ../../../examples/lora-with-two-bases --against lora-before.json --fail-on warning" },
            { "against.zh.txt", 0, "check ../../../examples/lora-with-two-bases --against lora-before.json --allow-unclear --lang zh" },
            { "why.json", 0, "why ../../../examples/llama-quantized-unprefixed name-prefix-missing --format json" },
        };

    [Theory, MemberData(nameof(Commands))]
    public void A_command_prints_what_its_snapshot_shows(string file, int code, string command)
    {
        // A bar stands for a space within an argument.
        var arguments = command.Split(' ').Select(a => a.Replace('|', ' '));
        var run = Command.RunIn(Folder, null, null, [.. arguments, "--date", "2026-11-01", "--color", "never"]);
        Assert.Equal("", run.Error);
        Assert.Equal(code, run.Code);
        var printed = Steady(run.Out, lists: command.StartsWith("licenses list", StringComparison.Ordinal) || file == "choose.txt");
        var path = Path.Combine(Expected, file);
        if (Accepting.IsOn)
        {
            File.WriteAllText(path, printed);
            return;
        }
        Assert.True(File.Exists(path), $"there is no snapshot {file}; {Accept}");
        var expected = File.ReadAllText(path);
        Assert.True(expected == printed, $"entail {command}\n{Difference(expected, printed)}\nif this is meant: {Accept}");
    }

    [Fact]
    public void Every_snapshot_belongs_to_a_command()
    {
        var known = Commands.Select(c => c.Data.Item1).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(Directory.GetFiles(Expected).Select(f => Path.GetFileName(f)).ToHashSet(StringComparer.Ordinal), known);
    }

    private const string Accept = "run ENTAIL_ACCEPT=1 ./test --fast --filter Snapshots and read the diff";

    // The catalog's digest and the version change for reasons that no snapshot is about.
    private static string Steady(string printed, bool lists)
    {
        var steady = Regex
            .Replace(printed, "sha256:[0-9a-f]{64}", "sha256:…")
            .Replace($"\"{DocumentWriter.Tool}\"", "\"…\"", StringComparison.Ordinal);
        return lists
            ? string.Concat(steady.Split('\n').Where(l => l.Split(' ').Any(w => Listed.Contains(w))).Select(l => l + "\n"))
            : steady;
    }

    private static string Difference(string expected, string printed)
    {
        var before = expected.Split('\n');
        var after = printed.Split('\n');
        var line = before.Zip(after).TakeWhile(l => l.First == l.Second).Count();
        return $"line {line + 1} was: {before.ElementAtOrDefault(line)}\nline {line + 1} is:  {after.ElementAtOrDefault(line)}";
    }
}
