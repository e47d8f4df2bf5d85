using Entail.Core.Decide;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>What a license says by the words of a text that differs from it.</summary>
public sealed class EffectiveLicenseTests
{
    private static readonly License Harbor = MadeTexts.License(
        "harbor",
        MadeTexts.Rule("grant", new Effect.Grant([]), "1"),
        MadeTexts.Rule("terms", new Effect.Terms(true, true, false), "2"),
        MadeTexts.Rule("derivative", new Effect.Pass(Passing.Derivative), "3"),
        MadeTexts.Restricts("military", "MIL.MILITARY@2", "4"),
        MadeTexts.Restricts("minors", "MIN.EXPLOIT@1", "5", "1")
    );

    [Fact]
    public void A_text_word_for_word_gives_the_license_itself()
    {
        var effective = Of(Harbor.Text());

        Assert.Same(Harbor, effective.License);
        Assert.False(effective.IsChanged);
        Assert.Empty(effective.Differences);
        Assert.Same(Harbor, EffectiveLicense.Of(Harbor, []).License);
    }

    [Fact]
    public void A_rule_is_gone_with_its_only_clause_and_open_with_one_of_several()
    {
        var effective = Of(Harbor.Text(missing: ["4", "5"]));

        Assert.DoesNotContain(effective.License.Rules, r => r.Id == "military");
        Assert.Equal(Certainty.Arguable, Rule(effective, "minors").Certainty);
        Assert.Same(Harbor.Rules[0], Rule(effective, "grant"));
        Assert.Empty(effective.Unread);
    }

    [Fact]
    public void A_rule_is_open_whose_clause_has_other_words()
    {
        var effective = Of(Harbor.Text(changed: ["4"], added: [MadeTexts.Words("not", "4")]));

        Assert.Equal(Certainty.Arguable, Rule(effective, "military").Certainty);
        Assert.DoesNotContain(effective.License.Restrictions(Reading.Lenient), r => r.Category == "MIL.MILITARY");
        Assert.Contains(effective.License.Restrictions(Reading.Strict), r => r.Category == "MIL.MILITARY");
        Assert.Empty(effective.Unread);
    }

    [Fact]
    public void What_makes_a_derivative_is_asked_even_where_the_text_does_not_say_it() =>
        Assert.Equal(Certainty.Arguable, Rule(Of(Harbor.Text(missing: ["3"])), "derivative").Certainty);

    [Fact]
    public void Words_taken_out_of_a_clause_that_does_nothing_change_nothing()
    {
        var effective = Of(Harbor.Text(missing: ["idle"]));

        Assert.Same(Harbor, effective.License);
        Assert.False(effective.IsChanged);
        Assert.Single(effective.Differences);
    }

    // Within a clause that does something, a word or two change what it says; a statement may stand anywhere and say anything.
    [Theory]
    [InlineData("not", "4", true, false)]
    [InlineData("solely then", "4", true, false)]
    [InlineData("no commercial use", "4", true, true)]
    [InlineData("不得商", "4", true, true)]
    [InlineData("not", "idle", true, true)]
    [InlineData("2024 7", "idle", true, false)]
    [InlineData("not", "4", false, true)]
    [InlineData("never", null, false, true)]
    [InlineData("2024", null, false, false)]
    public void Added_words_are_unread_where_they_may_say_something_of_their_own(string words, string? clause, bool within, bool unread)
    {
        var text = Harbor.Text(changed: within && clause is not null ? [clause] : [], added: [MadeTexts.Words(words, clause)]);

        Assert.Equal(unread, Of(text).Unread.Any());
    }

    [Fact]
    public void Texts_that_disagree_leave_a_rule_open_in_either_order()
    {
        var (whole, cut) = (Harbor.Text(), Harbor.Text(missing: ["4"], file: "LICENSE-2"));

        Assert.Equal(Certainty.Arguable, Rule(Of(whole, cut), "military").Certainty);
        Assert.Equal(Certainty.Arguable, Rule(Of(cut, whole), "military").Certainty);
        Assert.DoesNotContain(Of(cut, cut).License.Rules, r => r.Id == "military");
    }

    [Fact]
    public void A_changed_policy_leaves_what_the_agreement_says()
    {
        var both = Harbor with { Documents = [.. Harbor.Documents, MadeTexts.Document("policy", ["p:1", "p:2"])] };
        both = both with
        {
            Rules =
            [
                .. both.Rules,
                MadeTexts.Restricts("spam", "INF.SPAM@1", "p:1"),
                MadeTexts.Restricts("fraud", "INF.FRAUD@1", "p:2", "4"),
            ],
        };

        var effective = EffectiveLicense.Of(both, [both.Text(), both.Text(missing: ["p:1", "p:2"], document: "policy")]);

        Assert.DoesNotContain(effective.License.Rules, r => r.Id == "spam");
        Assert.Equal(Certainty.Arguable, Rule(effective, "fraud").Certainty);
        Assert.Equal(Certainty.Yes, Rule(effective, "military").Certainty);
    }

    // The places are told in the other license's clauses; where this one has them too, they are the same places.
    [Fact]
    public void A_text_that_may_be_another_version_is_mapped_where_both_have_the_clauses()
    {
        var second = Harbor with { Id = "harbor-2" };
        var third = MadeTexts.License("harbor-3", MadeTexts.Rule("grant", new Effect.Grant([]), "a"));
        var text = Harbor.Text(changed: ["4"], or: ["harbor-2", "harbor-3"]);

        Assert.Equal(Certainty.Arguable, Rule(EffectiveLicense.Of(second, [text]), "military").Certainty);
        Assert.Empty(EffectiveLicense.Of(second, [text]).Unread);
        Assert.NotEmpty(EffectiveLicense.Of(third, [text]).Unread);
    }

    private static EffectiveLicense Of(params FoundText[] texts) => EffectiveLicense.Of(Harbor, texts);

    private static Rule Rule(EffectiveLicense effective, string id) => effective.License.Rules.Single(r => r.Id == id);
}
