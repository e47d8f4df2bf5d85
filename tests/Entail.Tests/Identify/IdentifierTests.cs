using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Tests.Identify;

public sealed class IdentifierTests
{
    private const string Sentence = "Anyone wearing a green hat on Sundays must also whistle twice before opening the crate.";

    [Fact]
    public void The_same_words_are_exact_and_every_clause_is_present()
    {
        var match = Single(Made.Harbor.ToUpperInvariant());
        Assert.Equal(("harbor", "agreement", MatchKind.Exact, 1.0), (match.License, match.Document, match.Kind, match.Score));
        Assert.Equal(["title", "preamble", "1", "2", "3", "4"], match.Clauses.Present);
        Assert.Equal([new TextSpan(new LineRange(1, 11), new WordRange(0, Normalization.Words(Made.Harbor).Count))], match.Spans);
        Assert.Equal(["echo"], match.Also);
        Assert.Empty(match.Residue);
    }

    [Fact]
    public void A_missing_clause_is_named()
    {
        var match = Single(string.Join("\n\n", Made.Harbor.Split("\n\n").Where((_, i) => i != 3)));
        Assert.Equal(("harbor", "2"), (match.License, Assert.Single(match.Clauses.Missing)));
        Assert.Equal(["title", "preamble", "1", "3", "4"], match.Clauses.Present);
    }

    [Fact]
    public void A_changed_clause_is_named_with_its_lines_and_new_words()
    {
        var match = Single(Made.Harbor.Replace("blue stripe", "crimson zigzag", StringComparison.Ordinal));
        Assert.Equal([new ChangedClause("2", new LineRange(7, 7))], match.Clauses.Changed);
        Assert.Equal([new Passage(new LineRange(7, 7), "crimson zigzag", "2")], match.Residue);
        Assert.Equal((7, 2, "2"), (match.Removed[0].Line, match.Removed[0].Words, Assert.Single(match.Removed[0].Clauses)));
        Assert.Equal(MatchKind.Close, match.Kind);
    }

    [Fact]
    public void An_added_sentence_is_residue_and_changes_no_clause()
    {
        var match = Single($"{Made.Harbor}\n\n{Sentence}");
        Assert.Equal([new Passage(new LineRange(13, 13), Sentence)], match.Residue);
        Assert.Equal(6, match.Clauses.Present.Length);
        Assert.Equal((MatchKind.Close, true), (match.Kind, match.Score is > 0.9 and < 1));
    }

    [Fact]
    public void One_word_tells_two_licenses_apart()
    {
        Assert.Equal("reef", Single(Made.Reef).License);
        Assert.Equal("reef", Single(Made.Reef.Replace("blue stripe", "crimson zigzag", StringComparison.Ordinal)).License);
        Assert.Equal("harbor", Single($"{Sentence}\n{Made.Harbor}").License);
    }

    [Fact]
    public void Where_nothing_tells_them_apart_both_are_named()
    {
        var match = Single(Made.Harbor.Replace("whales", "dolphins", StringComparison.Ordinal));
        Assert.Equal(("harbor", "reef"), (match.License, Assert.Single(match.Or)));
        Assert.Empty(Single(Made.Reef.Replace("blue stripe", "crimson zigzag", StringComparison.Ordinal)).Or);
    }

    [Fact]
    public void Chinese_clauses_are_told_apart()
    {
        var match = Single(Made.Bamboo.Replace("红色的墨水", "紫色的粉笔", StringComparison.Ordinal));
        Assert.Equal(("bamboo", "2"), (match.License, Assert.Single(match.Clauses.Changed).Id));
        Assert.Equal(["bamboo"], Identify(Made.Bamboo).Matches.Select(found => found.License));
    }

    [Fact]
    public void A_text_of_no_cataloged_license_is_compared_word_by_word_too()
    {
        var match = Single(Rewriting.Insert(Made.Orchard, 600, "rather unexpectedly "));
        Assert.Equal(("orchard", MatchKind.Close), (match.License, match.Kind));
        Assert.Equal("rather unexpectedly", Assert.Single(match.Residue).Text);
        Assert.Equal(ClauseComparison.None, match.Clauses);
        Assert.InRange(match.Score, Identifier.CloseBar, 0.9999);
    }

    [Fact]
    public void Half_a_text_is_a_part_of_it()
    {
        var match = Single(Made.Orchard[..(Made.Orchard.Length / 2)]);
        Assert.Equal(("orchard", MatchKind.Partial), (match.License, match.Kind));
        Assert.InRange(Assert.Single(match.Removed).Words, 500, 800);
    }

    [Fact]
    public void Licenses_in_a_row_are_each_found()
    {
        var found = Identify($"{Made.Bamboo}\n\n{Made.Orchard}\n\n{Made.Harbor}").Matches;
        Assert.Equal(["bamboo", "orchard", "harbor"], found.Select(match => match.License));
        Assert.All(found, match => Assert.Equal(MatchKind.Exact, match.Kind));
    }

    [Fact]
    public void A_title_that_names_the_license_is_no_residue()
    {
        var text = $"# The Harbor License (HL)\n\n{Made.Harbor}";
        Assert.Equal(MatchKind.Exact, new Identifier(Made.Index, Made.Cataloged, Resolve).Identify("LICENSE", text).Matches[0].Kind);
        Assert.Equal(MatchKind.Close, Single(text).Kind);
    }

    [Theory]
    [InlineData("// SPDX-License-Identifier: HL-1.0", "harbor", "HL-1.0")]
    [InlineData("/* SPDX-License-Identifier: Orchard-1.0 */", "orchard", "Orchard-1.0")]
    [InlineData("# SPDX-License-Identifier: Unheard-Of-2.0", "Unheard-Of-2.0", "Unheard-Of-2.0")]
    [InlineData("This folder is licensed under the Harbor License. See the tower.", "harbor", "Harbor License")]
    [InlineData("license: HL-1.0", "harbor", "HL-1.0")]
    public void A_name_alone_is_a_mention(string text, string license, string named)
    {
        var match = Assert.Single(new Identifier(Made.Index, Made.Cataloged, Resolve).Identify("README", text).Matches);
        Assert.Equal((license, MatchKind.Mentioned, named), (match.License, match.Kind, match.Named));
        Assert.Equal(new LineRange(1, 1), Assert.Single(match.Spans).Lines);
    }

    [Fact]
    public void The_terms_of_an_expression_are_each_mentioned_but_not_its_exception()
    {
        const string Text = "SPDX-License-Identifier: (HL-1.0 OR Orchard-1.0 WITH Rope-exception) nonsense";
        Assert.Equal(
            ["harbor", "orchard"],
            new Identifier(Made.Index, Made.Cataloged, Resolve).Identify("a.c", Text).Matches.Select(match => match.License)
        );
    }

    [Fact]
    public void Ordinary_prose_names_nothing()
    {
        var found = new Identifier(Made.Index, Made.Cataloged, Resolve).Identify(
            "README",
            "The harbor office opens at nine and sells rope by the yard."
        );
        Assert.Empty(found.Matches);
        Assert.Empty(found.Closest);
    }

    [Theory]
    [InlineData("LICENSE-MODEL", Part.Weights)]
    [InlineData("MODEL_LICENSE", Part.Weights)]
    [InlineData("models/ModelsCommunityLicenseAgreement", Part.Weights)]
    [InlineData("LICENSE-CODE", Part.Code)]
    [InlineData("LICENSE-DATA.txt", Part.Data)]
    [InlineData("docs-license.md", Part.Docs)]
    [InlineData("LICENSE", null)]
    [InlineData("LICENSE-CODE-AND-MODEL", null)]
    [InlineData("model.py", null)]
    [InlineData("code/LICENSE", null)]
    [InlineData("", null)]
    public void A_file_name_may_tell_the_part(string name, Part? part) =>
        Assert.Equal(part, new Identifier(Made.Index, Made.Cataloged, Resolve).Identify(name, "").Part);

    private static string? Resolve(string name) =>
        name.ToUpperInvariant() is "HL-1.0" or "HARBOR LICENSE" or "THE HARBOR LICENSE" ? "harbor" : null;

    private static Identification Identify(string text) => Made.Identifier.Identify("LICENSE", text);

    private static LicenseMatch Single(string text) => Assert.Single(Identify(text).Matches);
}
