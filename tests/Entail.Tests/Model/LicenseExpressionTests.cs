using Entail.Core.Model;

namespace Entail.Tests.Model;

/// <summary>License expressions after SPDX.</summary>
public sealed class LicenseExpressionTests
{
    [Theory]
    [InlineData("Pear-1.0", "Pear-1.0")]
    [InlineData("Pear-1.0+", "Pear-1.0+")]
    [InlineData(" ( Pear-1.0 ) ", "Pear-1.0")]
    [InlineData("Pear-1.0 or Plum-2.0", "Pear-1.0 OR Plum-2.0")]
    [InlineData("Pear-1.0 And Plum-2.0", "Pear-1.0 AND Plum-2.0")]
    [InlineData("A OR B AND C", "A OR B AND C")]
    [InlineData("(A OR B) AND C", "(A OR B) AND C")]
    [InlineData("(A AND B) OR C", "A AND B OR C")]
    [InlineData("A AND (B AND C)", "A AND B AND C")]
    [InlineData(
        "A+ WITH Fig-exception AND (B with Nut-exception OR LicenseRef-own)",
        "A+ WITH Fig-exception AND (B WITH Nut-exception OR LicenseRef-own)"
    )]
    [InlineData("DocumentRef-spdx:LicenseRef-own", "DocumentRef-spdx:LicenseRef-own")]
    [InlineData("(A)AND(B)", "A AND B")]
    public void An_expression_is_read_and_written_one_way(string text, string written)
    {
        Assert.Equal(written, LicenseExpression.TryParse(text)?.ToString());
        Assert.Equal(written, LicenseExpression.Parse(written).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Pear License")]
    [InlineData("A OR")]
    [InlineData("AND A")]
    [InlineData("A AND OR B")]
    [InlineData("A WITH")]
    [InlineData("A WITH (B)")]
    [InlineData("(A OR B) WITH Fig-exception")]
    [InlineData("(A OR B")]
    [InlineData("A OR B)")]
    [InlineData("()")]
    public void What_is_no_expression_is_one_id(string text)
    {
        Assert.Null(LicenseExpression.TryParse(text));
        Assert.Equal(new LicenseExpression.Single(text.Trim(), null), LicenseExpression.Parse(text));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("A OR ")]
    [InlineData("A AND (B OR ")]
    [InlineData("((((((((((((((((((A))))))))))))))))))")]
    public void Long_and_deep_ones_are_refused(string piece) =>
        Assert.Null(LicenseExpression.TryParse(string.Concat(Enumerable.Repeat(piece, 100_000)) + "A"));
}
