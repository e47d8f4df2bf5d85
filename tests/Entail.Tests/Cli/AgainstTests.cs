using System.Text.Json.Nodes;

namespace Entail.Tests.Cli;

/// <summary>A check against an earlier report tells only what is new, gone or changed, and fails only for what is new.</summary>
public sealed class AgainstTests
{
    private const string Relabeled = "---\nlicense: apache-2.0\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n";

    [Fact]
    public void Nothing_new_is_no_failure_however_bad_it_was()
    {
        using var folder = new Folder("model");
        folder.Write("README.md", Relabeled);
        var report = Report(folder);

        var run = Check(folder, report);

        Assert.Equal((0, "nothing new; prohibited\n"), (run.Code, run.Out));
        // A line that moved is the same finding.
        folder.Write("README.md", Relabeled.Replace("license:", "language: en\nlicense:", StringComparison.Ordinal));
        Assert.Equal(0, Check(folder, report).Code);
    }

    [Fact]
    public void A_swapped_base_shows_the_duties_that_changed_and_that_files_did_it()
    {
        using var folder = new Folder("model");
        folder.Write("README.md", Relabeled);
        var report = Report(folder);
        folder.Write(
            "README.md",
            Relabeled.Replace("deepseek-ai/deepseek-coder-6.7b-base", "mistralai/Mistral-7B-v0.1", StringComparison.Ordinal)
        );

        var difference = JsonNode.Parse(Check(folder, report, "--format", "json").Out)!;

        Assert.Equal(["files"], difference["causes"]!.AsArray().Select(c => (string)c!));
        Assert.Contains(difference["gone"]!.AsArray(), f => (string)f!["code"]! == "restrictions-dropped");
        Assert.All(difference["dutiesNew"]!.AsArray(), d => Assert.Equal("apache-2.0", (string)d!["license"]!));
        Assert.All(difference["dutiesGone"]!.AsArray(), d => Assert.Equal("deepseek-1.0", (string)d!["license"]!));
        Assert.Equal("prohibited", (string)difference["verdict"]!["a"]!);
        Assert.Equal("permitted-with-duties", (string)difference["verdict"]!["b"]!);
    }

    [Fact]
    public void A_fact_that_is_new_is_named_as_the_cause()
    {
        using var folder = new Folder("model");
        folder.Write("README.md", Relabeled);
        var report = Report(folder);

        var difference = JsonNode.Parse(Check(folder, report, "--format", "json", "--fact", "commercial=true").Out)!;

        Assert.Equal(["facts"], difference["causes"]!.AsArray().Select(c => (string)c!));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"schema\":\"entail/answer/v1\"}")]
    [InlineData("{\"schema\":\"entail/report/v1\"}")]
    [InlineData("{\"schema\":\"entail/report/v1\",\"question\":null,\"works\":[null],\"findings\":[{}]}")]
    public void What_is_no_report_is_wrong_use(string text)
    {
        using var folder = new Folder("model");
        folder.Write("README.md", Relabeled);

        var run = Check(folder, folder.Write("../before.json", text));

        Assert.Equal(3, run.Code);
        Assert.Contains("no report", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_on_another_work_is_wrong_use()
    {
        using var folder = new Folder("model");
        folder.Write("README.md", Relabeled);
        using var other = new Folder("other");
        other.Write("README.md", Relabeled);

        Assert.Equal(3, Check(other, Report(folder)).Code);
    }

    private static string Report(Folder folder) =>
        folder.Write(
            "../before.json",
            Command.RunIn(folder.Path, null, null, "check", ".", "--format", "json", "--date", "2026-11-01").Out
        );

    private static Run Check(Folder folder, string report, params string[] more) =>
        Command.RunIn(folder.Path, null, null, ["check", ".", "--against", report, "--date", "2026-11-01", .. more]);
}
