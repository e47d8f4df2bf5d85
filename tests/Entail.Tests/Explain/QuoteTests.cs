using Entail.Core.Explain;

namespace Entail.Tests.Explain;

public sealed class QuoteTests
{
    [Theory]
    [InlineData("one two three four", 10, 9, "“one two|three|four”")]
    [InlineData("a\n  b\t\u0007c", 20, 9, "“a b c”")]
    [InlineData("不得用于军事用途", 8, 9, "“不得用|于军事用|途”")]
    [InlineData("one two three four", 10, 2, "“one two|three f…”")]
    [InlineData("unbreakable", 6, 9, "“unbre|akable|”")]
    [InlineData("x\u202eevil\u2066", 20, 9, "“xevil”")]
    public void A_text_is_wrapped(string text, int columns, int most, string lines) =>
        Assert.Equal(lines.Split('|'), Quote.Wrapped(text, columns, most));

    [Fact]
    public void No_line_is_wider_than_asked_and_nothing_is_lost()
    {
        var text = string.Concat(
            Enumerable
                .Range(0, 400)
                .Select(i =>
                    i % 7 == 0 ? "许可 "
                    : i % 5 == 0 ? "extraordinarily "
                    : "a b "
                )
        );
        for (var columns = 12; columns < 60; columns++)
        {
            var lines = Quote.Wrapped(text, columns, int.MaxValue).ToList();
            Assert.All(lines, line => Assert.InRange(Quote.Columns(line), 1, columns));
            Assert.Equal(
                text.Replace(" ", "", StringComparison.Ordinal),
                string.Concat(lines).Replace(" ", "", StringComparison.Ordinal)[1..^1]
            );
        }
    }

    [Theory]
    [InlineData("l\u0456cense", "“l‹U+0456›cense”")]
    [InlineData("per\u200bmit", "“per‹U+200B›mit”")]
    [InlineData("x\u202ey", "“x‹U+202E›y”")]
    [InlineData("许\u200b可", "“许‹U+200B›可”")]
    public void What_hides_is_shown(string text, string shown) => Assert.Equal(shown, Quote.Disguised(text));

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        var shown = Quote.Short(string.Concat(Enumerable.Repeat("𠀀", 500)));
        Assert.EndsWith("…”", shown, StringComparison.Ordinal);
        Assert.Equal(shown, new string(shown.EnumerateRunes().SelectMany(rune => rune.ToString()).ToArray()));
    }
}
