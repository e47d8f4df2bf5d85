using Entail.Core;
using Entail.Core.Model;
using Entail.Core.Read;
using Xunit;

namespace Entail.Tests.Decide;

/// <summary>What an organization allows, asks about and denies, held to what was decided.</summary>
public sealed class PolicyTests
{
    private const string Works = """
        works:
        - {id: base, kind: model, licenses: llama3.1}
        - {id: notes, kind: dataset, licenses: cc-by-nc-4.0}
        - {id: Llama-tuned, kind: model, licenses: llama3.1, made-from: [{work: base, act: fine-tune}]}

        """;

    [Theory]
    // By license, by any of its names; deny goes before ask, ask before allow.
    [InlineData("{}", "")]
    [InlineData("{deny: [llama3.1]}", "policy-denied base")]
    [InlineData("{deny: [llama-3.1]}", "policy-denied base")]
    [InlineData("{deny: [{license: llama-3.1, reason: no}]}", "policy-denied base")]
    [InlineData("{ask: [llama-3.1]}", "policy-undecided base")]
    [InlineData("{allow: [llama-3.1]}", "")]
    [InlineData("{allow: [llama-3.1], ask: [llama-3.1]}", "policy-undecided base")]
    [InlineData("{allow: [llama-3.1], deny: [llama-3.1], ask: [llama-3.1]}", "policy-denied base")]
    // What a list of the allowed does not name is denied, or what `otherwise` says.
    [InlineData("{allow: [mit]}", "policy-denied base")]
    [InlineData("{allow: [mit], otherwise: ask}", "policy-undecided base")]
    [InlineData("{allow: [mit], otherwise: allow}", "")]
    [InlineData("{otherwise: deny}", "policy-denied base")]
    // The entry that says more decides.
    [InlineData("{deny: [llama-3.1], allow: [{license: llama-3.1, work: base}]}", "")]
    [InlineData("{allow: [llama-3.1], deny: [{license: llama-3.1, work: base}]}", "policy-denied base")]
    [InlineData("{allow: [llama-3.1], deny: [{license: llama-3.1, work: elsewhere}]}", "")]
    // By verdict, restriction and duty.
    [InlineData("{deny: [{verdict: permitted-with-duties}]}", "policy-denied Llama-tuned")]
    [InlineData("{deny: [{verdict: unclear}]}", "")]
    [InlineData("{allow: [{verdict: permitted}]}", "policy-denied Llama-tuned")]
    [InlineData("{deny: [{restriction: MIL}]}", "policy-denied base")]
    [InlineData("{deny: [{restriction: MIL.MILITARY}]}", "policy-denied base")]
    [InlineData("{deny: [{restriction: MIL.MILITARY@1}]}", "policy-denied base")]
    [InlineData("{deny: [{restriction: SCP.NC@1}]}", "")]
    [InlineData("{ask: [{duty: display-brand}]}", "policy-undecided base")]
    [InlineData("{ask: [{duty: display-brand, license: gemma-2024}]}", "")]
    [InlineData("{deny: [{duty: share-alike}]}", "")]
    [InlineData("{deny: [{duty: display-brand}], allow: [{duty: display-brand, license: llama-3.1}]}", "policy-denied base", true)]
    public void A_policy_decides(string policy, string expected, bool restDenied = false)
    {
        var found = Findings(Works + $"ship: {{work: Llama-tuned}}\npolicy: {policy}\n");

        Assert.Equal(expected, string.Join("; ", found.Select(f => $"{f.Code} {f.Parties[0].Work}")));
        // A duty allowed by name makes the list of duties one of the allowed: the others are denied, this one is not.
        Assert.Equal(restDenied, found.Any(f => f.Params["kind"] == "duty" && f.Code == "policy-denied"));
        Assert.DoesNotContain(found, f => restDenied && f.Details.Contains("display-brand"));
    }

    [Theory]
    [InlineData("{deny: [gpl-3.0-only]}", "policy-denied")] // not known, and no entry of its own
    [InlineData("{deny: [gpl-3.0-only], otherwise: ask}", "policy-undecided")]
    [InlineData("{allow: [unknown], deny: [gpl-3.0-only]}", "")]
    [InlineData("{suppress: []}", "")] // no policy on licenses at all
    public void What_is_not_known_is_denied_by_default(string policy, string expected)
    {
        const string Undeclared = """
            works:
            - {id: base, kind: model}
            - {id: tuned, kind: model, licenses: mit, made-from: [{work: base, act: fine-tune}]}

            """;
        var found = Findings(Undeclared + $"policy: {policy}\n").Where(f => f.Params["license"] != "mit").ToList();

        Assert.Equal(expected, string.Join("; ", found.Select(f => f.Code)));
    }

    [Theory]
    [InlineData("acme-eula", "{allow: [acme-eula]}", "")]
    [InlineData("acme-eula", "{allow: [mit]}", "policy-denied")]
    [InlineData("acme-eula", "{deny: [mit]}", "policy-denied")]
    public void A_license_outside_the_catalog_goes_by_its_name(string license, string policy, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                "; ",
                Findings($"works:\n- {{id: a, kind: model, licenses: {license}, made-from: []}}\npolicy: {policy}\n").Select(f => f.Code)
            )
        );

    [Fact]
    public void A_misspelled_license_is_told_with_the_nearest()
    {
        var told = Assert.Single(
            Check(Works + "ship: {work: Llama-tuned}\npolicy: {deny: [llama-3.l]}\n").Findings,
            f => f.Code == "metadata-invalid"
        );

        Assert.Contains("llama-3.1", told.Message!.En, StringComparison.Ordinal);
        Assert.Equal(6, told.Evidence[0].Line);
    }

    [Fact]
    public void The_policy_that_the_guide_shows_can_be_used()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "ci.md"));
        var start = guide.IndexOf("policy:\n  allow:", StringComparison.Ordinal);
        var yaml = guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)];

        var read = ConfigurationReader.Parse(yaml, "entail.yaml", Repository.Catalog.Taxonomy);

        Assert.Empty(read.Problems.Select(p => p.Message.En));
        Assert.Equal((7, Treatment.Ask, 1), (read.Policy.Entries.Length, read.Policy.Otherwise, read.Policy.Suppress.Length));
    }

    [Fact]
    public void A_decision_is_recorded_as_a_suppression_of_the_finding()
    {
        var yaml = Works + "ship: {work: Llama-tuned}\npolicy:\n  ask: [llama-3.1]\n";
        var asked = Assert.Single(Findings(yaml));

        var decided = Assert.Single(Findings($"{yaml}  suppress: [{{id: {asked.Id}, reason: the board agreed, until: 2027-01-01}}]\n"));

        Assert.Equal("the board agreed", decided.Suppressed?.Reason);
        Assert.Equal([("entail.yaml", 4), ("entail.yaml", 7)], asked.Evidence.Select(e => (e.File, e.Line ?? 0)));
    }

    [Theory]
    [InlineData("policy: {deny: [{duty: share-alik}]}", "`share-alike`")]
    [InlineData("policy: {deny: [{verdict: uncler}]}", "`unclear`")]
    [InlineData("policy: {deny: [{restriction: MIL.MILITERY}]}", "`MIL.MILITARY`")]
    [InlineData("policy: {deny: [{restriction: MIL.MILITARY@9}]}", "strengths 1 to")]
    [InlineData("policy: {deny: [{work: x}]}", "what this is about")]
    [InlineData("policy: {deny: [{duty: share-alike, verdict: unclear}]}", "what this is about")]
    [InlineData("policy: {otherwise: perhaps}", "allow, ask, deny")]
    [InlineData("policy: {suppress: [{code: license-mismach, reason: x}]}", "`license-mismatch`")]
    [InlineData("policy: {forbid: [mit]}", "`forbid`")]
    public void What_is_not_understood_is_a_problem_with_the_word_that_was_meant(string yaml, string said)
    {
        var problem = Assert.Single(ConfigurationReader.Parse(yaml, "entail.yaml", Repository.Catalog.Taxonomy).Problems);

        Assert.Contains(said, problem.Message.En, StringComparison.Ordinal);
        Assert.Equal(1, problem.Evidence.Line);
    }

    private static List<Finding> Findings(string yaml) =>
        [.. Check(yaml).Findings.Where(f => f.Code is "policy-denied" or "policy-undecided")];

    private static CheckResult Check(string yaml)
    {
        var configuration = ConfigurationReader.Parse(yaml, "entail.yaml", Repository.Catalog.Taxonomy);
        Assert.Empty(configuration.Problems.Select(p => p.Message.En));
        return new Checking(Repository.Catalog, null, Repository.Today).Check(
            null,
            configuration,
            new CheckOptions([], null, Facts.None, null, null)
        );
    }
}
