using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Tests;

/// <summary>The whole check over folders whose license files hold real texts with something changed.</summary>
public sealed class ChangedTextTests
{
    private const string Tuned = """
        ---
        license: other
        license_name: deepseek
        base_model: deepseek-ai/deepseek-coder-6.7b-base
        base_model_relation: finetune
        ---
        # tuned

        This is a modified version of deepseek-ai/deepseek-coder-6.7b-base.
        """;

    [Fact]
    public void An_exact_copy_is_a_copy_and_conveys()
    {
        var result = RealCheck.Of(Tuned, ("LICENSE", DeepSeek));

        Assert.DoesNotContain(result.Findings, f => f.Severity > Severity.Note);
        Assert.Equal(Verdict.PermittedWithDuties, result.Decision.Verdict);
        Assert.Equal(DutyState.Met, RealCheck.State(result, "include-license"));
        Assert.Equal(DutyState.Met, RealCheck.State(result, "pass-use-restrictions"));
    }

    [Fact]
    public void A_removed_restriction_is_dropped_whatever_the_tag_says()
    {
        var result = RealCheck.Of(Tuned, ("LICENSE", Without(DeepSeek, "For military use in any way;")));

        var dropped = result.Findings.Single(f => f.Code == "restrictions-dropped");
        Assert.Equal((Severity.Error, Certainty.Yes), (dropped.Severity, dropped.Certainty));
        Assert.Equal(["MIL.MILITARY@3"], dropped.Details);
        Assert.Contains(new ClauseRef("deepseek-1.0", "A.2"), dropped.Clauses);
        Assert.Equal("LICENSE", dropped.Evidence[0].File);
        Assert.Contains("A.2 (No military use", Message(result, "license-modified"), StringComparison.Ordinal);
        Assert.Equal("LICENSE", result.Findings.Single(f => f.Code == "license-copy-missing").Evidence[0].File);
        Assert.Equal(DutyState.Missing, RealCheck.State(result, "pass-use-restrictions"));
        Assert.Equal(Verdict.Prohibited, result.Decision.Verdict);
    }

    [Fact]
    public void A_softened_restriction_is_dropped_on_one_reading()
    {
        var result = RealCheck.Of(
            Tuned,
            ("LICENSE", Instead(DeepSeek, "with the purpose of harming others", "as long as it stays among friends"))
        );

        var dropped = result.Findings.Single(f => f.Code == "restrictions-dropped");
        Assert.Equal((Severity.Warning, Certainty.Arguable), (dropped.Severity, dropped.Certainty));
        Assert.Equal(["INF.FALSE@1"], dropped.Details);
        AssertTurnsOnText(result, "deepseek-1.0#A.4");
        Assert.Single(result.Decision.Unclear);
        Assert.Equal(DutyState.Missing, RealCheck.State(result, "pass-use-restrictions"));
    }

    [Fact]
    public void An_added_restriction_is_shown_and_what_it_does_is_open()
    {
        var result = RealCheck.Of(Tuned, ("LICENSE", DeepSeek.TrimEnd() + "\n- To compete with the bakery on the corner.\n"));

        Assert.DoesNotContain(result.Findings, f => f.Code is "restrictions-dropped" or "license-copy-missing");
        Assert.Contains("compete with the bakery", Message(result, "license-modified"), StringComparison.Ordinal);
        AssertTurnsOnText(result);
    }

    [Theory]
    [InlineData("14. Governing Law", "Commercial use is not permitted. 14. Governing Law")]
    [InlineData("No use of the output can contravene", "Commercial use of it is not permitted. No use of the output can contravene")]
    [InlineData("categories.", "categories.\n\nCommercial use is not permitted.")]
    public void An_original_under_a_text_with_a_sentence_more_is_judged_by_it(string words, string instead)
    {
        const string Original = "---\nlicense: other\nlicense_name: deepseek\n---\n";

        var result = RealCheck.Of(Original, "works: [{id: work, path: ., made-from: []}]", ("LICENSE", Instead(DeepSeek, words, instead)));

        Assert.Contains("line ", Message(result, "license-modified"), StringComparison.Ordinal);
        AssertTurnsOnText(result);
    }

    [Fact]
    public void An_original_that_forbids_what_its_license_grants_is_open_there()
    {
        const string Original = "---\nlicense: other\nlicense_name: deepseek\n---\n";
        var text = Instead(
            DeepSeek,
            "hereby grants to You a perpetual, worldwide, non-exclusive",
            "hereby grants not to You a perpetual, worldwide, non-exclusive"
        );

        var result = RealCheck.Of(Original, "works: [{id: work, path: ., made-from: []}]", ("LICENSE", text));

        AssertTurnsOnText(result, "deepseek-1.0#2");
        Assert.DoesNotContain(result.Decision.Unclear, u => u.Reason == UnclearReason.ArguableText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_threshold_that_the_text_lacks_is_open_for_another_clause_speaks_of_it(bool cut)
    {
        const string Original = "---\nlicense: llama3.1\n---\n";
        var text = RealCheck.Text("llama-3.1-license-2024");
        var paragraph = text.Split('\n').Single(l => l.Contains("700 million", StringComparison.Ordinal));

        var result = RealCheck.Of(
            Original,
            "works: [{id: work, path: ., made-from: []}]\nfacts: {mau-at-release: 800000000}",
            ("LICENSE", cut ? Without(text, paragraph) : text)
        );

        Assert.Equal(!cut, result.Findings.Any(f => f.Code == "agreement-needed"));
        Assert.Equal(cut, result.Findings.Any(f => f.Code == "license-modified" && f.Clauses.Contains(new ClauseRef("llama-3.1", "2"))));
        Assert.Equal(cut ? Verdict.Unclear : Verdict.NeedsAgreement, result.Decision.Verdict);
    }

    [Fact]
    public void The_attachment_alone_passes_the_restrictions_on_and_is_no_copy()
    {
        var attachment = DeepSeek[DeepSeek.LastIndexOf("Attachment A", StringComparison.Ordinal)..];

        var result = RealCheck.Of(Tuned, ("LICENSE-RESTRICTIONS", attachment));

        Assert.Equal(DutyState.Met, RealCheck.State(result, "pass-use-restrictions"));
        Assert.Equal(DutyState.Missing, RealCheck.State(result, "include-license"));
        Assert.DoesNotContain(result.Findings, f => f.Code is "license-modified" or "restrictions-dropped");
    }

    [Theory]
    [InlineData("Licensed under the deepseek-license, see https://example.org/license.\n")]
    [InlineData("SPDX-License-Identifier: deepseek-license\n")]
    public void A_license_that_is_only_named_is_no_copy(string text)
    {
        var result = RealCheck.Of(Tuned, ("LICENSE", text));

        Assert.Equal(DutyState.Missing, RealCheck.State(result, "include-license"));
        Assert.Equal(DutyState.NotVisible, RealCheck.State(result, "pass-use-restrictions"));
        Assert.DoesNotContain(result.Findings, f => f.Code is "license-modified" or "license-mismatch");
    }

    [Theory]
    [InlineData("The MIT License (MIT)\n\n", true)]
    [InlineData("MIT License\n\nCopyright (c) 2024 A Person\n\n", true)]
    [InlineData("Not for sailors.\n\n", false)]
    public void A_title_is_no_change(string above, bool settled)
    {
        var result = RealCheck.Of(
            "---\nlicense: mit\n---\n",
            "works: [{id: work, path: ., made-from: []}]",
            ("LICENSE", above + RealCheck.Text("mit"))
        );

        Assert.Equal(settled, !result.Findings.Any(f => f.Code == "license-modified"));
        Assert.Equal(settled ? Verdict.PermittedWithDuties : Verdict.Unclear, result.Decision.Verdict);
        Assert.Equal(DutyState.Met, RealCheck.State(result, "retain-notices", "include-license"));
    }

    // Texts that were read where they are published are not at hand.
    public static IEnumerable<TheoryDataRow<string>> WithTexts =>
        Repository.Catalog.Licenses.Where(l => l.Documents.All(d => d.ReadOn is null)).Select(l => new TheoryDataRow<string>(l.Id));

    [Theory, MemberData(nameof(WithTexts))]
    public void Every_license_of_the_catalog_is_found_unchanged_in_its_own_texts(string id)
    {
        var files = Repository.Catalog.Find(id)!.Documents.Select((d, i) => ($"LICENSE-{i}", RealCheck.Text(d.TextKey))).ToArray();

        var result = RealCheck.Of($"---\nlicense: other\nlicense_name: {id}\n---\n", "works: [{id: work, path: ., made-from: []}]", files);

        Assert.DoesNotContain(result.Findings, f => f.Code is "license-modified" or "license-mismatch" or "license-unknown");
        Assert.DoesNotContain(result.Decision.Unclear, u => u.Reason is UnclearReason.TextDiffers or UnclearReason.LicenseNotInCatalog);
        Assert.Equal(
            result.Duties.Any(d => d.Owe.Duty == "include-license") ? DutyState.Met : null,
            RealCheck.State(result, "include-license")
        );
    }

    [Fact]
    public void A_text_of_a_family_that_the_catalog_does_not_have_is_read_as_far_as_it_is_known()
    {
        var result = RealCheck.ByFirstRelease(
            "---\nlicense: playground-v2-community\n---\n",
            "works: [{id: work, path: ., made-from: []}]",
            ("LICENSE", RealCheck.Text("playground-v2-community"))
        );

        var finding = result.Findings.Single(f => f.Code == "license-unknown" && f.Subject == "LICENSE");
        Assert.Equal("openrail", finding.Params["family"]);
        Assert.NotEmpty(finding.Clauses);
        Assert.Equal(Verdict.Unclear, result.Decision.Verdict);
        Assert.Contains(result.Decision.Unclear, u => u is { Reason: UnclearReason.LicenseNotInCatalog, Subject: "LICENSE" });
    }

    [Fact]
    public void A_license_without_its_appendix_is_a_copy_and_says_what_it_says()
    {
        var text = RealCheck.Text("apache-2.0");

        var result = RealCheck.Of(
            "---\nlicense: apache-2.0\n---\n",
            "works: [{id: work, path: ., made-from: []}]",
            ("LICENSE", text[..text.IndexOf("APPENDIX", StringComparison.Ordinal)])
        );

        Assert.Equal(DutyState.Met, RealCheck.State(result, "include-license"));
        Assert.Equal(Verdict.PermittedWithDuties, result.Decision.Verdict);
    }

    [Fact]
    public void The_text_of_a_license_outside_the_catalog_opens_what_a_tag_would_settle()
    {
        const string Original = "works: [{id: work, path: ., made-from: []}]";

        var alone = RealCheck.ByFirstRelease("---\nlicense: mit\n---\n", Original, ("LICENSE", RealCheck.Text("glm-130b-model")));
        var beside = RealCheck.Of(
            "---\nlicense: mit\n---\n",
            Original,
            ("LICENSE", RealCheck.Text("mit")),
            ("LICENSE-2", RealCheck.Text("bsd-new"))
        );

        Assert.Contains(alone.Findings, f => f.Code == "license-mismatch");
        Assert.Equal(Verdict.Unclear, alone.Decision.Verdict);
        Assert.Equal(Verdict.PermittedWithDuties, beside.Decision.Verdict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mit")]
    public void A_text_that_nobody_knows_is_said(string passage)
    {
        var text = string.Join(' ', Enumerable.Range(0, 400).Select(i => $"clause {i} of the harbor office on lanterns"));
        if (passage.Length > 0)
        {
            text += "\n\n" + RealCheck.Text(passage)[..400];
        }

        var result = RealCheck.Of("---\nlicense: mit\n---\n", "works: [{id: work, path: ., made-from: []}]", ("LICENSE", text));

        Assert.Contains(result.Findings, f => f.Code == "license-unknown" && f.Subject == "LICENSE");
        Assert.Contains(result.Decision.Unclear, u => u is { Reason: UnclearReason.LicenseNotInCatalog, Subject: "LICENSE" });
    }

    private static string DeepSeek => RealCheck.Text("deepseek-la-1.0");

    private static string Without(string text, string words) => Instead(text, words, "");

    private static string Instead(string text, string words, string instead)
    {
        Assert.Contains(words, text, StringComparison.Ordinal);
        return text.Replace(words, instead, StringComparison.Ordinal);
    }

    private static void AssertTurnsOnText(CheckResult result, string? clause = null)
    {
        Assert.Equal(Verdict.Unclear, result.Decision.Verdict);
        Assert.Contains(
            result.Decision.Unclear,
            u =>
                u.Reason == UnclearReason.TextDiffers
                && u.Subject.StartsWith("LICENSE:", StringComparison.Ordinal)
                && (clause is null || u.Clauses.Any(c => c.ToString() == clause))
        );
    }

    private static string Message(CheckResult result, string code) =>
        new FindingWords(Repository.Catalog, new Phrases(Repository.Catalog, Lang.En)).Message(result.Findings.Single(f => f.Code == code));
}
