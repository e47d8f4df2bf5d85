using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Entail.Tests.Cli;

/// <summary>The files for code hosts, by running the commands they hold in a repository of one test.</summary>
public sealed partial class CiFilesTests : IDisposable
{
    private const string Llama =
        "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\nbase_model_relation: finetune\n---\n# Llama-tuned\n\nBuilt with Llama\n";

    private readonly Folder folder = new("Llama-tuned");
    private readonly Dictionary<string, string> variables;

    public CiFilesTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !HasGit(), "the commands are for bash and git");
        variables = new(StringComparer.Ordinal)
        {
            ["ENTAIL"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "entail.dll")}",
            ["GITHUB_ACTION_PATH"] = Repository.Root,
            ["GITHUB_OUTPUT"] = Path.Combine(folder.Path, "..", "outputs"),
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(folder.Path, "..", "summary.md"),
        };
        Bash("git init -q -b main . && git config user.email a@b.c && git config user.name a");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_action_reports_to_the_page_of_the_run_and_fails_at_its_end()
    {
        Commit(Llama);

        var runs = ActionRuns().ToList();
        Assert.Equal(2, runs.Count);
        Assert.Equal(0, Bash(runs[0].Run, runs[0].Env).Code);

        var summary = File.ReadAllText(variables["GITHUB_STEP_SUMMARY"]);
        Assert.Contains("license-copy-missing", summary, StringComparison.Ordinal);
        var outputs = File.ReadAllText(variables["GITHUB_OUTPUT"]);
        Assert.Contains("exit-code=1", outputs, StringComparison.Ordinal);
        var report = Path.Combine(folder.Path, "..", "runner", "entail-report");
        Assert.Equal(
            ["entail.html", "entail.json", "entail.md", "entail.sarif", "entail.xml"],
            Directory.EnumerateFiles(report).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(1, Bash(runs[1].Run, new Dictionary<string, string>(StringComparer.Ordinal) { ["CODE"] = "1" }).Code);
    }

    [Fact]
    public void A_pull_request_that_swaps_the_base_shows_exactly_the_duties_that_change()
    {
        Commit(Llama);
        var first = Bash("git rev-parse HEAD").Out.Trim();
        Commit(Llama.Replace("meta-llama/Llama-3.1-8B", "deepseek-ai/deepseek-coder-6.7b-base", StringComparison.Ordinal));

        var run = Bash(
            $"{Repository.Root}/ci/check.sh",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["ENTAIL_BASE"] = first }
        );

        Assert.Equal(1, run.Code);
        var owed = run.Out.Split('\n').SkipWhile(l => l.Trim() != "duties").ToList();
        Assert.Equal(
            [
                "bind-users",
                "include-license",
                "no-endorsement",
                "no-trademark-use",
                "pass-use-restrictions",
                "retain-notices",
                "state-changes",
            ],
            Owed(owed, "- new")
        );
        Assert.Equal(
            ["comply-use-policy", "display-brand", "include-license", "indemnify", "name-prefix", "no-trademark-use", "notice-file"],
            Owed(owed, "+ gone")
        );
        Assert.Equal("", Bash("git worktree list --porcelain | grep -c worktree | grep -v 1").Out.Trim());
    }

    [Fact]
    public void What_was_there_before_does_not_fail_a_pull_request()
    {
        Commit(Llama);
        var first = Bash("git rev-parse HEAD").Out.Trim();
        Commit(Llama + "\nMore words.\n");

        var run = Bash(
            $"{Repository.Root}/ci/check.sh",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["ENTAIL_BASE"] = first }
        );

        Assert.Equal((0, true), (run.Code, run.Out.Contains("nothing new", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_wrong_configuration_ends_with_its_own_code_and_words()
    {
        folder.Write("entail.yaml", "works: [{id: x, path: ., colour: red}]\n");
        Commit(Llama);

        var run = Bash($"{Repository.Root}/ci/check.sh");

        Assert.Equal(3, run.Code);
        Assert.Contains("colour", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_runs_the_same_check()
    {
        Commit(Llama);
        var job = Yaml("ci/gitlab.yml")["entail"];
        var script = string.Join('\n', ((YamlSequenceNode)job["script"]).Skip(1).Select(l => l.ToString()));

        var run = Bash(script.Replace("/tmp/entail", Repository.Root, StringComparison.Ordinal));

        Assert.Equal(1, run.Code);
        var junit = job["artifacts"]["reports"]["junit"].ToString();
        var suite = System.Xml.Linq.XDocument.Load(Path.Combine(folder.Path, junit)).Root!.Element("testsuite")!;
        Assert.Equal(suite.Attribute("failures")!.Value, $"{suite.Descendants("failure").Count()}");
        Assert.NotEqual("0", suite.Attribute("failures")!.Value);
    }

    [Fact]
    public void The_hook_runs_the_program_of_its_repository()
    {
        Commit(Llama);
        var hook = ((YamlSequenceNode)Documents(".pre-commit-hooks.yaml")[0].RootNode)[0];
        var program = Path.Combine(Repository.Root, hook["entry"].ToString());
        Assert.Equal(0, Bash($"test -x '{program}'").Code);

        var arguments = ((YamlSequenceNode)hook["args"]).Select(a => a.ToString()).ToArray();
        Assert.Equal(1, Command.RunIn(folder.Path, null, null, arguments).Code);
    }

    private void Commit(string card)
    {
        folder.Write("README.md", card);
        Bash("git add README.md && { [ ! -e entail.yaml ] || git add entail.yaml; } && git commit -qm change");
    }

    private static IEnumerable<string> Owed(IEnumerable<string> lines, string mark) =>
        lines
            .Where(l => l.StartsWith(mark, StringComparison.Ordinal))
            .Select(l => l[mark.Length..].Trim().Split(' ')[0])
            .Order(StringComparer.Ordinal);

    // What a step runs, with its variables filled in as the host would.
    private IEnumerable<(string Run, Dictionary<string, string> Env)> ActionRuns()
    {
        var action = Yaml("action.yml");
        foreach (var step in ((YamlSequenceNode)action["runs"]["steps"]).OfType<YamlMappingNode>())
        {
            if (step.Children.TryGetValue("run", out var run))
            {
                var env = ((YamlMappingNode)step["env"]).ToDictionary(
                    e => e.Key.ToString(),
                    e =>
                        Expression()
                            .Replace(
                                e.Value.ToString(),
                                m =>
                                    m.Groups["name"].Value switch
                                    {
                                        "runner.temp" => Path.Combine(folder.Path, "..", "runner"),
                                        "inputs.base" => "",
                                        ['i', 'n', 'p', 'u', 't', 's', '.', .. var input] => action["inputs"][input]["default"].ToString(),
                                        _ => "",
                                    }
                            ),
                    StringComparer.Ordinal
                );
                yield return (run.ToString(), env);
            }
        }
    }

    private static YamlNode Yaml(string file) => Documents(file)[0].RootNode;

    private static IList<YamlDocument> Documents(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, file))));
        return stream.Documents;
    }

    private Run Bash(string script, Dictionary<string, string>? more = null)
    {
        var start = new ProcessStartInfo("bash", ["-eo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables.Concat(more ?? []))
        {
            start.Environment[name] = value;
        }
        start.Environment["HF_HUB_CACHE"] = start.Environment["ENTAIL_TEXTS"] = Path.Combine(folder.Path, "..", "none");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return new Run(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static bool HasGit() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "git")));

    [GeneratedRegex(@"\$\{\{ *(?<name>[^ }]+) *\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Expression();
}
