using Entail.Core.Model;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Cli;

/// <summary>The first entail.yaml: from what is seen, and at most four questions.</summary>
public sealed class InitTests
{
    private const string Card = "---\nlicense: apache-2.0\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n# It\n";

    [Fact]
    public void Without_questions_it_says_what_it_saw_and_changes_no_verdict()
    {
        using var folder = new Folder("it's: odd");
        folder.Write("README.md", Card);
        var before = Check(folder);

        var run = Command.RunIn(folder.Path, null, null, "init", "--yes");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var written = Read(folder);
        Assert.Equal("it's: odd", Assert.Single(written.Works).Id);
        Assert.Equal([Act.Distribute], written.ShipActs);
        Assert.False(written.Policy.Decides);
        var text = File.ReadAllText(Path.Combine(folder.Path, "entail.yaml"));
        Assert.Contains("# weights: apache-2.0 (README.md:2)", text, StringComparison.Ordinal);
        Assert.Contains("# made from deepseek-ai/deepseek-coder-6.7b-base: fine-tune (README.md:3)", text, StringComparison.Ordinal);
        Assert.Equal(before.Out, Check(folder).Out);
    }

    [Fact]
    public void Every_line_it_shows_as_an_example_can_be_used()
    {
        using var folder = new Folder();
        folder.Write("README.md", Card);
        foreach (var lang in new[] { "en", "zh" })
        {
            Command.RunIn(folder.Path, null, null, "init", "--yes", "--lang", lang);
            var file = Path.Combine(folder.Path, "entail.yaml");
            var uncommented = File.ReadAllLines(file)
                .Select(l =>
                    l.TrimStart().StartsWith("# ", StringComparison.Ordinal)
                    && Keys.Any(k => l.Contains($"# {k}", StringComparison.Ordinal))
                        ? l.Replace("# ", "", StringComparison.Ordinal).Split("   ") is [.. var lead, var last]
                        && lead.Any(p => p.Trim().Length > 0)
                            ? string.Join("   ", lead)
                            : l.Replace("# ", "", StringComparison.Ordinal)
                        : l
                );
            var text = string.Join('\n', uncommented.Where(l => !l.Contains("terms: ", StringComparison.Ordinal)));

            var read = ConfigurationReader.Parse(text, "entail.yaml", Repository.Catalog.Taxonomy);

            Assert.Empty(read.Problems.Select(p => $"{p.Evidence.Line}: {p.Message.En}"));
            Assert.Equal(7, read.Policy.Entries.Length);
            Assert.Single(read.Policy.Suppress);
            Assert.Equal(2, read.Works[0].Steps.Length);
            File.Delete(file);
        }
    }

    private static readonly string[] Keys =
    [
        "as:",
        "commercial:",
        "mau:",
        "territory:",
        "allow:",
        "ask:",
        "deny:",
        "suppress:",
        "made-from:",
    ];

    [Fact]
    public void It_asks_what_it_cannot_see_and_takes_the_answers()
    {
        using var folder = new Folder();
        folder.Write("adapter_model.safetensors", "");

        var run = Command.RunIn(folder.Path, "9\n3\n2\nno name\nmeta-llama/Llama-3.1-8B\nmitt\nmit\n", null, "init");

        Assert.Equal(0, run.Code);
        Assert.Equal(4, run.Error.Split('?').Length - 1 - 2); // four questions, two of them asked again
        var written = Read(folder);
        var work = Assert.Single(written.Works);
        Assert.Equal([Act.Distribute, Act.Host], written.ShipActs);
        Assert.Equal("true", written.Facts.Known["commercial"].ToString());
        Assert.Equal("mit", Assert.Single(work.Licenses).Claim.Value);
        Assert.Equal(("meta-llama/Llama-3.1-8B", Act.FineTune), (work.Steps[0].Work, work.Steps[0].Act));
    }

    [Fact]
    public void What_people_wrote_stays_as_it_is()
    {
        using var folder = new Folder();
        var file = folder.Write("entail.yaml", "works: []\n");

        var run = Command.RunIn(folder.Path, null, null, "init", "--yes");

        Assert.Equal(3, run.Code);
        Assert.Contains("is there already", run.Error, StringComparison.Ordinal);
        Assert.Equal("works: []\n", File.ReadAllText(file));
    }

    private static Configuration Read(Folder folder)
    {
        var read = ConfigurationReader.Read(Path.Combine(folder.Path, "entail.yaml"), Repository.Catalog.Taxonomy);
        Assert.Empty(read.Problems.Select(p => p.Message.En));
        return read;
    }

    private static Run Check(Folder folder) => Command.RunIn(folder.Path, null, null, "check", "--date", "2026-11-01");
}
