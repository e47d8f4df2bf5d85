using Entail.Core;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Tests;

/// <summary>A repository that uses models is checked too: which, where, and what each asks of that use.</summary>
public sealed class UsesTests
{
    private const string App = "from transformers import AutoModel\nm = AutoModel.from_pretrained(\"meta-llama/Llama-3.1-8B-Instruct\")\n";

    [Fact]
    public void Code_of_ones_own_that_loads_a_model_runs_it()
    {
        var result = Check(("app.py", App));

        Assert.Equal([Act.Run], result.Decision.Question.Acts);
        var used = Assert.Single(result.Uses);
        Assert.Equal(("meta-llama/Llama-3.1-8B-Instruct", Verdict.PermittedWithDuties), (used.Name, used.Decision.Verdict));
        Assert.Equal([Act.Run], used.Acts);
        Assert.Equal(("app.py", 2), (used.Places[0].File, used.Places[0].Line ?? 0));
        Assert.Equal(Verdict.PermittedWithDuties, result.Verdict);
        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData("llama3.2", "llama3.2:3b")]
    [InlineData("llama3.2:latest", "llama3.2:3b")]
    [InlineData("llama3.2:1b-instruct-q4_K_M", "llama3.2:1b")]
    [InlineData("llama3.2:900b", "llama3.2:900b")]
    public void A_name_of_Ollama_is_known_with_and_without_its_tag(string name, string expected) =>
        Assert.Equal(expected, Assert.Single(Check(("run.sh", $"ollama run {name}\n")).Uses).Name);

    [Fact]
    public void What_is_asked_of_the_repository_reaches_what_it_uses()
    {
        var hosted = Check("works: [{id: app, kind: product, path: .}]\nship: {work: app, acts: [host]}\n", ("app.py", App));

        Assert.Equal([Act.Run, Act.Host], Assert.Single(hosted.Uses).Acts.Order());
        Assert.Contains(hosted.Uses[0].Owed, d => d.Owe.Duty == "display-brand");
        Assert.Contains(hosted.Findings, f => f.Code == "users-not-bound");

        // The code alone goes out, and nobody gets a copy of the model with it.
        var given = Check(
            "works: [{id: app, kind: product, path: ., licenses: mit}]\nship: {work: app, acts: [distribute]}\n",
            ("app.py", App)
        );
        Assert.Equal([Act.Run], Assert.Single(given.Uses).Acts);
        Assert.DoesNotContain(given.Findings, f => f.Code == "license-undeclared");
    }

    [Fact]
    public void Code_that_goes_out_without_a_license_lacks_one() =>
        Assert.Contains(
            Check("works: [{id: app, kind: product, path: .}]\nship: {work: app, acts: [distribute]}\n", ("app.py", App)).Findings,
            f => f.Code == "license-undeclared"
        );

    [Fact]
    public void A_dataset_that_may_not_be_used_so_is_a_finding_at_its_line()
    {
        var result = Check(
            "works: [{id: app, kind: product, path: .}]\nship: {work: app, acts: [host]}\nfacts: {commercial: true}\n",
            (
                "tune.yaml",
                "base_model: deepseek-ai/deepseek-coder-6.7b-base\nmicro_batch_size: 2\ndatasets:\n  - path: tatsu-lab/alpaca\n    type: alpaca\n"
            )
        );

        var finding = Assert.Single(result.Findings, f => f.Code == "act-prohibited");
        Assert.Equal(("tune.yaml", 4), (finding.Evidence[0].File, finding.Evidence[0].Line ?? 0));
        Assert.Equal("app", finding.Work);
        Assert.Equal(Verdict.Prohibited, result.Verdict);
    }

    [Fact]
    public void A_model_that_nobody_knows_is_unclear_until_it_is_listed()
    {
        const string Unknown = "m = AutoModel.from_pretrained(\"lab/secret-7b\")\n";
        var before = Check(("app.py", Unknown));
        Assert.Equal(Verdict.Unclear, before.Verdict);
        Assert.Contains(before.Findings, f => f.Code == "base-not-found" && f.Severity == Severity.Warning);

        var after = Check(
            "works: [{id: app, kind: product, path: .}, {id: lab/secret-7b, kind: model, licenses: apache-2.0, made-from: []}]\nship: {work: app, acts: [run]}\n",
            ("app.py", Unknown)
        );
        Assert.Equal(Verdict.Permitted, after.Verdict);
        Assert.Empty(after.Findings);
    }

    [Fact]
    public void A_policy_holds_for_what_is_used_and_a_suppression_too()
    {
        const string Yaml = "works: [{id: app, kind: product, path: .}]\nship: {work: app, acts: [run]}\npolicy:\n  deny: [llama-3.1]\n";
        var denied = Assert.Single(Check(Yaml, ("app.py", App)).Findings);
        Assert.Equal(("policy-denied", "app.py"), (denied.Code, denied.Evidence[0].File));

        var accepted = Check(Yaml + $"  suppress: [{{id: {denied.Id}, reason: the board agreed}}]\n", ("app.py", App));
        Assert.Equal("the board agreed", Assert.Single(accepted.Findings).Suppressed?.Reason);
    }

    [Fact]
    public void The_code_of_a_model_is_not_looked_through()
    {
        var result = Check(("app.py", App), ("model.safetensors", ""), ("README.md", "---\nlicense: mit\n---\n"));

        Assert.Empty(result.Uses);
    }

    private static CheckResult Check(params (string Name, string Text)[] files) => Check(null, files);

    private static CheckResult Check(string? yaml, params (string Name, string Text)[] files)
    {
        using var folder = new Folder("app");
        foreach (var (name, text) in files)
        {
            folder.Write(name, text);
        }
        var configuration = yaml is null ? null : ConfigurationReader.Parse(yaml, "entail.yaml", Repository.Catalog.Taxonomy);
        Assert.Empty(configuration?.Problems.Select(p => p.Message.En) ?? []);
        return new Checking(Repository.Catalog, null, Repository.Today).Check(
            StoredWork.In(folder.Path),
            configuration,
            new CheckOptions([], null, Facts.None, null)
        );
    }
}
