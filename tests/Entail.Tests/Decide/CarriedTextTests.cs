using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Link;
using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>Texts that are no license for certain: two that they may be, a family, letters that are not what they seem.</summary>
public sealed class CarriedTextTests
{
    private static readonly License Mit = Repository.Catalog.Find("mit")!;
    private static readonly License Gpl = Repository.Catalog.Find("gpl-3.0-only")!;

    [Fact]
    public void A_text_that_may_be_two_licenses_declares_neither_for_certain()
    {
        var (decision, findings, _) = Check(null, Mit.Text(changed: ["liability"], or: ["gpl-3.0-only"]).Source);

        Assert.Equal(["gpl-3.0-only", "mit"], decision.Bindings.Select(b => b.Binding.Name).Order());
        Assert.All(decision.Bindings, b => Assert.True(b.Binding.Candidate));
        Assert.Equal(Verdict.Unclear, decision.Verdict);
        Assert.Contains("LICENSE may be several licenses", Message(findings, "license-unknown"), StringComparison.Ordinal);
        Assert.DoesNotContain(findings, f => f.Code is "license-undeclared" or "license-mismatch");
    }

    [Theory]
    [InlineData("mit", false)]
    [InlineData("gpl-3.0-only", false)]
    [InlineData("apache-2.0", true)]
    public void A_text_that_may_be_two_licenses_contradicts_a_third(string declared, bool contradicts)
    {
        var (_, findings, _) = Check(declared, Mit.Text(changed: ["liability"], or: ["gpl-3.0-only"]).Source);

        Assert.Equal(contradicts, findings.Any(f => f.Code == "license-mismatch"));
        Assert.Contains("may be gpl-3.0-only just as well", Message(findings, "license-modified"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("mit")]
    public void A_text_of_a_family_is_read_as_far_as_it_is_known(string? declared)
    {
        var family = new FamilyReading(
            "openrail",
            [
                new KnownClause("deepseek-1.0", "A.2", new LineRange(7, 7), 1),
                new KnownClause("deepseek-1.0", "A.3", new LineRange(8, 8), 1),
            ],
            [MadeTexts.Words("Nobody may frighten whales.")]
        );

        var (decision, findings, _) = Check(declared, new Identification("LICENSE", null, false, [], [], [], family));

        var finding = findings.Single(f => f.Code == "license-unknown" && f.Subject == "LICENSE");
        Assert.Equal([new ClauseRef("deepseek-1.0", "A.2"), new ClauseRef("deepseek-1.0", "A.3")], finding.Clauses);
        Assert.Equal(30, finding.Evidence[0].Line);
        Assert.Contains(
            "2 known restriction clauses (deepseek-1.0#A.2, deepseek-1.0#A.3), and 1 passage",
            Words.Message(finding),
            StringComparison.Ordinal
        );
        Assert.Equal(Verdict.Unclear, decision.Verdict);
        Assert.Contains(decision.Unclear, u => u is { Reason: UnclearReason.LicenseNotInCatalog, Subject: "LICENSE" });
    }

    [Fact]
    public void Letters_that_are_not_what_they_seem_are_said_and_change_no_verdict()
    {
        var text = Mit.Text();
        var match = text.Match with { Kind = MatchKind.Close, Score = 1 };

        var (decision, findings, duties) = Check("mit", text.Source with { Matches = [match], Disguised = [MadeTexts.Words("softwаre")] });

        Assert.Contains("not written as they look", Message(findings, "license-modified"), StringComparison.Ordinal);
        Assert.Equal(Verdict.PermittedWithDuties, decision.Verdict);
        Assert.Equal(DutyState.Met, duties.Single(d => d.Owe.Duty == "include-license").State);
    }

    [Fact]
    public void A_text_for_another_part_says_nothing_of_this_one()
    {
        var text = Mit.Text(added: [MadeTexts.Words("Commercial use is not permitted.")]);

        var (code, _, _) = Check("mit", text.Source with { Part = Part.Code });
        var (weights, _, _) = Check("mit", text.Source with { Part = Part.Weights });

        Assert.Equal(Verdict.PermittedWithDuties, code.Verdict);
        Assert.Equal(Verdict.Unclear, weights.Verdict);
    }

    // The clause does nothing here, but the license asks for itself to be given, not for most of it.
    [Fact]
    public void A_text_without_its_disclaimer_is_no_copy()
    {
        var (decision, _, duties) = Check("mit", Mit.Text(missing: ["warranty"]).Source);

        Assert.Equal(DutyState.Missing, duties.Single(d => d.Owe.Duty == "include-license").State);
        Assert.Equal(Verdict.PermittedWithDuties, decision.Verdict);
    }

    [Fact]
    public void An_original_whose_text_asks_for_nothing_owes_nothing() =>
        Assert.DoesNotContain(Check("mit", Mit.Text(missing: ["notice"]).Source).Duties, d => d.Owe.Duty == "include-license");

    // What follows the terms of a license as information is no part of them: a copy may leave it out.
    [Fact]
    public void A_text_without_its_appendix_is_a_copy()
    {
        var apache = Repository.Catalog.Find("apache-2.0")!;

        var (_, findings, duties) = Check("apache-2.0", apache.Text(missing: ["appendix"]).Source);

        Assert.Equal(DutyState.Met, duties.Single(d => d.Owe.Duty == "include-license").State);
        Assert.DoesNotContain(findings, f => f.Code == "license-modified");
    }

    private static readonly FindingWords Words = new(Repository.Catalog, new Phrases(Repository.Catalog, Lang.En));

    private static string Message(IEnumerable<Finding> findings, string code) => Words.Message(findings.Single(f => f.Code == code));

    // An original in a folder with one license file.
    private static (LineageDecision Decision, ImmutableArray<Finding> Findings, ImmutableArray<DutyStatus> Duties) Check(
        string? declared,
        Identification file
    )
    {
        var here = new Evidence("README.md", 2, null, "license", null, EvidenceSource.Declared);
        var license = new TextFile(file.File, "whatever it says", false);
        var reading = new FolderReading(
            "work",
            null,
            "model",
            declared is null ? [] : [(Part.Weights, new Claim(declared, here))],
            null,
            null,
            [],
            [license],
            [],
            null,
            1,
            [],
            [],
            [],
            []
        );
        var work = new ConfiguredWork("work", "model", ".", null, [], [], Facts.None, here, FromScratch: true);
        var configuration = new Configuration([work], null, [], null, Facts.None, Policy.None, []);
        var found = FoundText.In([(new TermsSource(file.File, 1, "", TermsKind.LicenseFile), file)], Repository.Catalog);
        var lineage = new Linker(Repository.Catalog, reading, configuration, found).Link();
        var texts = new CarriedTexts([file], found, Part.Weights, new Dictionary<string, int>(StringComparer.Ordinal));
        var artifact = new Artifact("work", null, null, 1, [license], [], texts);
        var decider = new ExpressionDecider(Repository.Catalog, Repository.Today);
        var wanted = declared is null ? null : LicenseExpression.Parse(declared);
        var decision = new LineageDecider(Repository.Catalog, decider, Repository.Today, texts).Decide(
            lineage,
            Question.About(Act.Distribute) with
            {
                As = wanted,
                Part = Part.Weights,
            }
        );
        var rules = new FindingRules(Repository.Catalog, decision, artifact, [], configuration, decider, Repository.Today);
        var duties = rules.Duties();
        return (decision, rules.All(duties), duties);
    }
}
