using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>What an unclear verdict is said to turn on.</summary>
public sealed class UnclearTests
{
    private static readonly Rule Grant = MadeTexts.Rule("grant", new Effect.Grant([]), "1");

    [Fact]
    public void A_fact_that_cannot_be_tried_is_missing_and_the_text_is_plain()
    {
        var license = MadeTexts.License(
            "harbor",
            Grant,
            MadeTexts.Rule("abroad", new Effect.Prohibit(false), "2") with
            {
                When = InEurope,
            }
        );
        var facts = Facts.None.With("territory", FactValue.Names.Of(["GB"])) with { Assume = false };

        var answer = Trial.Of(license).Ask(license, Question.About(Act.Run) with { Facts = facts });

        // Whether that was a member depends on a day that nobody gave.
        Assert.Equal([UnclearReason.MissingFact], answer.Unclear.Select(u => u.Reason));
        Assert.Equal("date", answer.Unclear[0].Subject);
        Assert.Equal(["harbor#2"], answer.Unclear[0].Clauses.Select(c => c.ToString()));
    }

    [Fact]
    public void A_rule_on_which_fair_readers_differ_is_the_text()
    {
        var arguable = MadeTexts.Rule("never", new Effect.Prohibit(false), "2") with { Certainty = Certainty.Arguable };
        var license = MadeTexts.License("harbor", Grant, arguable);

        var answer = Trial.Of(license).Ask(license, Question.About(Act.Run));

        Assert.Equal([UnclearReason.ArguableText], answer.Unclear.Select(u => u.Reason));
    }

    private static Guard InEurope => new Guard.Names("territory", Guard.Membership.Overlaps, ["EU"]);
}
