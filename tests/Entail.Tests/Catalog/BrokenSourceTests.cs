using System.Security.Cryptography;
using Entail.Core.Identify;
using Entail.Tasks.Sources;

namespace Entail.Tests.Catalog;

/// <summary>Whoever writes a license makes mistakes: each is named with its file, its line, and what to write instead.</summary>
public sealed class BrokenSourceTests : IDisposable
{
    // Every line of this is sound; a test breaks one.
    private const string Sound = """
        id: example
        name: {en: Example License, zh: 示例许可}
        version: "1.0"
        family: permissive
        covers: [weights]
        url: https://example.org/license
        ids: {other: [example-1]}
        silence: prohibited
        documents:
          - id: agreement
            title: {en: Agreement, zh: 协议}
            text: example
            sha256: 0000000000000000000000000000000000000000000000000000000000000000
            normalization: 2
            words: 20
            clauses:
              - {id: "1", start: 0, en: Permission., zh: 许可。}
              - {id: "2", start: 10, en: Conditions., zh: 条件。}
        rules:
          - {id: use, grant: [run, distribute], clauses: ["1"], en: Use is allowed., zh: 可以使用。}
          - {id: credit, duty: attribution, acts: [distribute], when: commercial, clauses: ["2"], en: Give credit., zh: 注明来源。}
          - {id: arms, restrict: MIL.MILITARY@1, clauses: ["2"], en: No arms., zh: 不得用于武器。}

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("entail-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_sound_license_has_no_problems() => Assert.Empty(Read(Sound));

    [Theory]
    // unknown words: the nearest known one is the advice
    [InlineData("silence: prohibited", "silense: prohibited", 8, "unknown key `silense`; write `silence`")]
    [InlineData("clauses: [\"1\"], en: Use", "claims: [\"1\"], clauses: [\"1\"], en: Use", 20, "unknown key `claims`")]
    [InlineData("[run, distribute]", "[run, distribut]", 20, "write `distribute`")]
    [InlineData("when: commercial", "when: comercial", 21, "`comercial` is no known fact; write `commercial`")]
    [InlineData("when: commercial", "when: \"entity in [compny]\"", 21, "write `company`")]
    [InlineData("duty: attribution", "duty: atribution", 21, "`atribution` is no known duty; write `attribution`")]
    [InlineData("MIL.MILITARY@1", "MIL.MILITRY@1", 22, "write `MIL.MILITARY`")]
    [InlineData("covers: [weights]", "covers: [weight]", 5, "write `weights`")]
    [InlineData("silence: prohibited", "silence: forbidden", 8, "one of prohibited, arguable")]
    // wrong values
    [InlineData("MIL.MILITARY@1", "MIL.MILITARY@9", 22, "MIL.MILITARY has strengths 1 to")]
    [InlineData("MIL.MILITARY@1", "MIL.MILITARY", 22, "takes CATEGORY@strength")]
    [InlineData("words: 20", "words: many", 15, "`words:` takes a whole number")]
    [InlineData("version: \"1.0\"", "version: [1, 0]", 3, "`version:` takes a text, not a list")]
    [InlineData("start: 10", "start: 0", 17, "the clause is empty")]
    [InlineData("family: permissive", "date: 31.1.2024\nfamily: permissive", 4, "a date such as 2024-07-23")]
    [InlineData("id: example\n", "id: sample\n", 1, "the folder's name, `example`")]
    [InlineData("sha256: 00", "sha256: 0", 13, "64 hexadecimal digits")]
    [InlineData("normalization: 2", "normalization: 0", 14, "count them again with `tasks words`")]
    [InlineData("url: https://example.org/license", "url: example", 1, "`example` is no address of the web")]
    [InlineData(
        "other: [example-1]",
        "other: [example-1], urls: [\"ftp://example.org/a\"]",
        1,
        "`ftp://example.org/a` is no address of the web"
    )]
    // guards
    [InlineData("when: commercial", "when: commercial and", 21, "a fact is missing")]
    [InlineData("when: commercial", "when: \"(commercial\"", 21, "a ')' is missing")]
    [InlineData("when: commercial", "when: \"mau > lots\"", 21, "neither a number nor a date")]
    [InlineData("when: commercial", "when: \"mau\"", 21, "the fact `mau` is a number")]
    [InlineData("when: commercial", "when: \"commercial > 3\"", 21, "the fact `commercial` is a bool")]
    // rules and clauses
    [InlineData("acts: [distribute], when", "when", 21, "acts: [distribute]")]
    [InlineData("clauses: [\"1\"], en: Use", "en: Use", 20, "rule `use` cites no clause")]
    [InlineData("clauses: [\"1\"], en: Use", "clauses: [\"1\", \"7\"], en: Use", 20, "cites clause `7`, which no document has")]
    [InlineData("grant: [run", "overrides: [gone], grant: [run", 20, "overrides `gone`, which is no rule")]
    [InlineData("duty: attribution", "duty: attribution, grant: [run]", 21, "make it 2 rules")]
    [InlineData("restrict: MIL.MILITARY@1, ", "", 22, "the rule has no effect; add one of grant")]
    [InlineData("id: arms", "id: credit", 22, "the rule id `credit` stands 2 times")]
    [InlineData("zh: 条件。}", "zh: 条件。, no-effect: boring}", 18, "takes one of preamble")]
    // rules that say nothing, say it twice, or take back what another gives
    [InlineData("grant: [run, distribute]", "grant: []", 20, "rule `use` names no act")]
    [InlineData("restrict: MIL.MILITARY@1", "restrict: []", 22, "rule `arms` rules nothing out")]
    [InlineData("when: commercial", "when: commercial and not commercial", 21, "the guard of rule `credit` never holds")]
    [InlineData("when: commercial", "when: commercial or not commercial", 21, "the guard of rule `credit` always holds; leave it out")]
    [InlineData(
        "duty: attribution, acts: [distribute]",
        "derivative: [distribute]",
        21,
        "says what `distribute` makes, which makes nothing"
    )]
    [InlineData(
        "acts: [distribute], when",
        "acts: [distribute], made-by: [run], when",
        21,
        "speaks of results made by `run`, which makes nothing"
    )]
    [InlineData("acts: [distribute], when", "acts: [run], made-by: [fine-tune], when", 21, "none of its acts shares one")]
    [InlineData(
        "duty: attribution, acts: [distribute], when: commercial",
        "grant: [run]",
        21,
        "rule `credit` says nothing that rule `use` does not say"
    )]
    [InlineData(
        "duty: attribution, acts: [distribute]",
        "restrict: MIL.MILITARY@1",
        21,
        "rule `credit` says nothing that rule `arms` does not say"
    )]
    [InlineData(
        "duty: attribution, acts: [distribute], when: commercial",
        "prohibit: [run]",
        20,
        "wherever it holds rule `credit` prohibits that"
    )]
    [InlineData("Use is allowed.", "\"Use is allowed", 20, "")]
    public void A_mistake_is_named_with_its_line_and_what_to_write(string sound, string broken, int line, string advice)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        var problems = Read(Sound.Replace(sound, broken, StringComparison.Ordinal));
        var all = string.Join('\n', problems);
        Assert.True(problems.Any(p => p.Line >= line && p.Message.Contains(advice, StringComparison.Ordinal)), all);
        var problem = problems.First(p => p.Line >= line && p.Message.Contains(advice, StringComparison.Ordinal));
        // A text that breaks off is noticed where the reader gives up.
        Assert.True(problem.Line == line || advice.Length == 0, all);
        Assert.EndsWith(Path.Combine("example", "rules.yaml"), problem.File, StringComparison.Ordinal);
        Assert.Contains($"rules.yaml({problem.Line},", problem.ToString(), StringComparison.Ordinal);
    }

    // What is wrong with the map of clauses as a whole is reported where the map begins.
    [Theory]
    [InlineData("clauses: [\"2\"]", "clauses: [\"1\"]", "no rule cites clause `2`; cite it, or say why not: `no-effect:")]
    [InlineData("zh: 条件。}", "zh: 条件。, no-effect: definition}", "clause `2` is marked no-effect, yet a rule cites it; remove one")]
    [InlineData("id: \"2\", start", "id: \"1\", start", "the clause id `1` stands 2 times")]
    public void A_clause_map_that_does_not_fit_the_rules_is_reported(string sound, string broken, string advice)
    {
        var problems = Read(Sound.Replace(sound, broken, StringComparison.Ordinal));
        var problem = Assert.Single(problems, p => p.Message.Contains(advice, StringComparison.Ordinal));
        Assert.InRange(problem.Line, 9, 10);
    }

    [Fact]
    public void A_threshold_needs_its_limit()
    {
        var problems = Read(Sound.Replace("grant: [run, distribute]", "threshold: needs-agreement", StringComparison.Ordinal));
        var problem = Assert.Single(problems);
        Assert.Equal(20, problem.Line);
        Assert.Contains("`when: mau > 700000000`", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variant_of_a_license_that_is_not_there_is_reported()
    {
        var problem = Assert.Single(Read("variant-of: nobody\n" + Sound));
        Assert.Equal(1, problem.Line);
        Assert.Contains("there is no license `nobody` to vary", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_of_two_licenses_names_neither()
    {
        const string Address = "example.org/license";
        Assert.Empty(Read(Sound));
        Assert.Equal("example", CatalogSource.Read(folder).Names.GetValueOrDefault(Address));

        var second = Directory.CreateDirectory(Path.Combine(folder, "licenses", "second")).FullName;
        var rules = Sound
            .Replace("id: example\n", "id: second\n", StringComparison.Ordinal)
            .Replace("example-1", "second-1", StringComparison.Ordinal)
            .Replace("Example License", "Second License", StringComparison.Ordinal)
            .Replace("示例许可", "第二许可", StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(second, "rules.yaml"),
            rules
                .Replace("https://", "http://www.", StringComparison.Ordinal)
                .Replace("MIL.MILITARY@1", "MIL.MILITARY@2", StringComparison.Ordinal)
        );

        var both = CatalogSource.Read(folder);
        Assert.Empty(both.Problems);
        Assert.False(both.Names.ContainsKey(Address));
    }

    [Fact]
    public void Terms_that_contradict_each_other_are_reported()
    {
        const string Terms = """
              - {id: any, relicense: any, clauses: ["2"], en: Any terms., zh: 任何条款。}
              - {id: same, relicense: same, clauses: ["2"], en: The same terms., zh: 相同条款。}

            """;
        var problems = Read(Sound + Terms).Select(p => p.Message).ToList();
        Assert.Contains(problems, m => m.Contains("rule `any` contradicts rule `same`", StringComparison.Ordinal));
    }

    [Fact]
    public void A_license_that_says_what_another_says_is_to_be_its_variant()
    {
        Assert.Empty(Read(Sound));
        var second = Directory.CreateDirectory(Path.Combine(folder, "licenses", "second")).FullName;
        var rules = Sound
            .Replace("id: example\n", "id: second\n", StringComparison.Ordinal)
            .Replace("example-1", "second-1", StringComparison.Ordinal)
            .Replace("Example License", "Second License", StringComparison.Ordinal)
            .Replace("示例许可", "第二许可", StringComparison.Ordinal)
            .Replace("id: credit", "id: makers", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(second, "rules.yaml"), rules);

        var problem = Assert.Single(CatalogSource.Read(folder).Problems);

        Assert.Contains("the rules are those of `example`; write `variant-of:`", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_of_a_text_with_other_words_is_reported()
    {
        var texts = Directory.CreateDirectory(Path.Combine(folder, "texts")).FullName;
        var text = Path.Combine(texts, "example.txt");
        File.WriteAllText(text, string.Join(' ', Enumerable.Range(1, 20).Select(i => $"word{(char)('a' + i)}")));
        var index = FingerprintBuilder.Build(texts, TextWriter.Null);
        File.WriteAllBytes(Path.Combine(folder, "fingerprints.bin"), index);
        var sound = Sound.Replace(
            new string('0', 64),
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(text))),
            StringComparison.Ordinal
        );

        Assert.Empty(Read(sound));
        Assert.Contains("is of another text", Assert.Single(Read(Sound)).Message, StringComparison.Ordinal);
        var longer = Assert.Single(Read(sound.Replace("words: 20", "words: 21", StringComparison.Ordinal)));
        Assert.Contains("has 20 words, so the spans are not those of the text", longer.Message, StringComparison.Ordinal);
        var other = Assert.Single(Read(sound.Replace("text: example", "text: another", StringComparison.Ordinal)));
        Assert.Contains("there is no text `another`", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strength_that_no_license_uses_is_reported()
    {
        Assert.Empty(Read(Sound));

        var unused = CatalogSource.Read(folder).UnusedStrengths().Select(p => p.Message).ToList();

        Assert.DoesNotContain(unused, m => m.Contains("no license uses the strength MIL.MILITARY@1", StringComparison.Ordinal));
        Assert.Contains(unused, m => m.Contains("no license uses the strength MIL.MILITARY@2", StringComparison.Ordinal));
    }

    private IReadOnlyList<CatalogProblem> Read(string rules)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.CatalogFolder, "taxonomy")))
        {
            var copy = Directory.CreateDirectory(Path.Combine(folder, "taxonomy")).FullName;
            // Ambiguous tags name licenses of the real catalog.
            var text = Path.GetFileName(file) == "ambiguous.yaml" ? "[]\n" : File.ReadAllText(file);
            File.WriteAllText(Path.Combine(copy, Path.GetFileName(file)), text);
        }
        File.Copy(Path.Combine(Repository.CatalogFolder, "releases.yaml"), Path.Combine(folder, "releases.yaml"), true);
        var license = Directory.CreateDirectory(Path.Combine(folder, "licenses", "example")).FullName;
        File.WriteAllText(Path.Combine(license, "rules.yaml"), rules);
        return CatalogSource.Read(folder).Problems;
    }
}
