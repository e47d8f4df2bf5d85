using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Tests.Identify;

/// <summary>What a copy may leave out is at its edges; a word less anywhere else is a change.</summary>
public sealed class DressingTests
{
    private static readonly Document Document = new(
        "agreement",
        new Text("Harbor", "海港"),
        "harbor-text",
        "",
        2,
        400,
        null,
        null,
        [],
        [
            Clause("title", 0, "heading"),
            Clause("hints", 20, "information"),
            Clause("1", 100, null),
            Clause("uses", 200, "heading"),
            Clause("uses.a", 220, null),
            Clause("later", 300, "information"),
            Clause("law", 320, "jurisdiction"),
            Clause("appendix", 350, "appendix"),
        ],
        []
    );

    [Theory]
    [InlineData(true, "title")]
    [InlineData(true, "hints")]
    [InlineData(true, "appendix")]
    [InlineData(false, "1")]
    [InlineData(false, "uses")] // "you agree not to": without it, what follows has another sense
    [InlineData(false, "later")]
    [InlineData(false, "law")]
    [InlineData(false, "nothing")]
    public void A_clause_may_be_left_out(bool may, string clause) => Assert.Equal(may, Dressing.Is(clause, Document));

    [Theory]
    [InlineData(true, 0, 15, "title")]
    [InlineData(true, 10, 90, "title hints")]
    [InlineData(true, 360, 40, "appendix")]
    [InlineData(false, 90, 20, "hints 1")]
    [InlineData(false, 203, 1, "uses")]
    [InlineData(false, 340, 60, "law appendix")]
    [InlineData(false, 5, 3, "")]
    public void Words_may_be_left_out(bool may, int start, int words, string clauses) =>
        Assert.Equal(
            may,
            Dressing.Is(new Removal(1, words, [.. clauses.Split(' ', StringSplitOptions.RemoveEmptyEntries)], start), Document)
        );

    [Theory]
    [InlineData(true, "preamble", 0, 20)]
    [InlineData(false, "preamble", 0, 21)]
    [InlineData(false, "preamble", 30, 2)]
    [InlineData(false, null, 0, 20)]
    public void A_title_may_be_left_out_of_the_first_clause_where_nothing_follows_from_it(bool may, string? noEffect, int start, int words)
    {
        var document = Document with { Clauses = [Clause("first", 0, noEffect), Clause("1", 100, null)] };
        Assert.Equal(may, Dressing.Is(new Removal(1, words, ["first"], start), document));
    }

    private static Clause Clause(string id, int start, string? noEffect) => new(id, start, start + 20, new Text(id, id), noEffect);
}
