using Entail.Catalog;
using Entail.Core;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Tests.Decide;

/// <summary>What a folder shows of the duties owed for it, with the file and the line.</summary>
public sealed class DutyEvidenceTests
{
    private static readonly Identifier Identifier = new(FingerprintIndex.Load(EmbeddedCatalog.Fingerprints()), Repository.Catalog);

    private const string Card = "---\nlicense: deepseek\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n";

    [Theory]
    [InlineData("Fine-tuned from acme/gpl-7b.", DutyState.Missing, 5)]
    [InlineData("Fine-tuned from acme/gpl-7b on 2026-03-01.", DutyState.Met, 5)]
    [InlineData("See acme/gpl-7b.", DutyState.Missing, null)]
    [InlineData("Fine-tuned from acme/gpl-7b.\nThe model acme/gpl-7b was changed in March 2026.", DutyState.Met, 6)]
    public void Where_a_license_asks_for_the_date_of_a_change_a_statement_without_one_is_not_enough(string body, DutyState state, int? line)
    {
        using var folder = new Folder("tuned");
        folder.Write("README.md", $"---\nlicense: gpl-3.0-only\nbase_model: acme/gpl-7b\n---\n{body}\n");

        var duty = Duty(
            folder.Path,
            "state-changes",
            "works: [{id: tuned, path: .}, {id: acme/gpl-7b, kind: model, licenses: gpl-3.0-only, made-from: []}]"
        );

        Assert.Equal((state, line), (duty.State, duty.Evidence.FirstOrDefault()?.Line));
    }

    [Fact]
    public void A_statement_of_changes_may_stand_in_the_notice()
    {
        using var folder = new Folder("tuned");
        folder.Write("README.md", Card);
        folder.Write("NOTICE", "Product of ours.\nModified from deepseek-coder-6.7b-base: trained on SQL.\n");

        var duty = Duty(folder.Path, "state-changes");

        Assert.Equal((DutyState.Met, "NOTICE", 2), (duty.State, duty.Evidence[0].File, duty.Evidence[0].Line));
    }

    [Theory]
    [InlineData("Copyright (c) 2024 Acme Research", DutyState.Met)]
    [InlineData("Copyright [yyyy] [name of copyright owner]", DutyState.NotVisible)]
    [InlineData("Thanks to everybody.", DutyState.NotVisible)]
    public void A_copyright_line_that_went_along_shows_that_notices_were_kept(string notice, DutyState state)
    {
        using var folder = new Folder("tuned");
        folder.Write("README.md", Card);
        folder.Write("NOTICE", notice + "\n");

        Assert.Equal(state, Duty(folder.Path, "retain-notices").State);
    }

    [Fact]
    public void Terms_that_hold_the_restrictions_bind_the_users_and_others_do_not()
    {
        var license = File.ReadAllText(Path.Combine(Shared.RequireTexts(), "deepseek-la-1.0.txt"));
        var attachment = license[license.LastIndexOf("Use Restrictions", StringComparison.Ordinal)..];

        Assert.Equal((DutyState.Met, "TERMS.md"), OfTerms($"# Terms of the service\n\nYou agree not to do any of this.\n\n{license}"));
        Assert.Equal((DutyState.NotVisible, "TERMS.md"), OfTerms("Your use is subject to the DeepSeek License."));
        Assert.Equal((DutyState.Missing, "TERMS.md"), OfTerms("# Terms of the service\n\nBe kind to each other.\n"));
        // The list of uses alone does not hold the clauses that speak of law and of the model's restriction.
        Assert.Equal("TERMS.md", OfTerms(attachment).File);
    }

    [Fact]
    public void Without_terms_nothing_is_visible_and_hosting_asks_for_them()
    {
        using var folder = new Folder("served");
        const string Host = "works: [{id: served, model: deepseek-ai/deepseek-coder-6.7b-base}]\nship: {work: served, acts: [host]";

        var without = Check(folder.Path, Host + "}");
        folder.Write("TERMS.md", "Be kind to each other.\n");
        var with = Check(folder.Path, Host + ", terms: TERMS.md}");

        Assert.Equal(DutyState.NotVisible, without.Duties.First(d => d.Owe.Duty == "bind-users").State);
        Assert.Equal("", without.Findings.Single(f => f.Code == "users-not-bound").Params["file"]);
        Assert.Equal("TERMS.md", with.Findings.Single(f => f.Code == "users-not-bound").Params["file"]);
    }

    [Theory]
    [InlineData("../TERMS.md")]
    [InlineData("/etc/hostname")]
    [InlineData("missing.md")]
    [InlineData(".")]
    public void Terms_that_cannot_be_read_beside_the_configuration_are_a_problem_of_it(string path)
    {
        using var folder = new Folder("served");
        folder.Write("../TERMS.md", "outside");
        var file = folder.Write("entail.yaml", $"works: [{{id: x, licenses: mit}}]\nship: {{work: x, terms: {path}}}\n");

        var problem = Assert.Single(ConfigurationReader.Read(file, Repository.Catalog.Taxonomy).Problems);

        Assert.Equal(("entail.yaml", 2, "ship.terms"), (problem.Evidence.File, problem.Evidence.Line, problem.Evidence.Pointer));
    }

    private static (DutyState State, string File) OfTerms(string terms)
    {
        using var folder = new Folder("served");
        folder.Write("TERMS.md", terms);
        var duty = Check(
            folder.Path,
            "works: [{id: served, model: deepseek-ai/deepseek-coder-6.7b-base}]\nship: {work: served, acts: [host], terms: TERMS.md}"
        )
            .Duties.First(d => d.Owe.Duty == "bind-users");
        return (duty.State, duty.Evidence[0].File);
    }

    private static DutyStatus Duty(string folder, string duty, string? configuration = null) =>
        Check(folder, configuration).Duties.First(d => d.Owe.Duty == duty);

    private static CheckResult Check(string folder, string? configuration)
    {
        if (configuration is not null)
        {
            File.WriteAllText(Path.Combine(folder, "entail.yaml"), configuration + "\n");
        }
        var read = configuration is null
            ? null
            : ConfigurationReader.Read(Path.Combine(folder, "entail.yaml"), Repository.Catalog.Taxonomy);
        return new Checking(Repository.Catalog, Identifier, Repository.Today).Check(
            StoredWork.In(folder),
            read,
            new CheckOptions([], null, Facts.None, null)
        );
    }
}
