using Entail.Core.Identify;

namespace Entail.Tests.Identify;

/// <summary>Which words of a text count. What one row makes equal is dressing; what another keeps apart is an edit that must be seen.</summary>
public sealed class NormalizationTests
{
    [Theory]
    [InlineData("The LICENCE, “as is”: it's non-free.", "the license as is its non free")]
    [InlineData("Straße, café, œuvre", "strasse cafe oeuvre")]
    [InlineData("ﬁve ｆｕｌｌ ２", "five full 2")]
    [InlineData("第一条 可以", "第 一 条 可 以")]
    [InlineData("https://example.org/a-b", "http example org a b")]
    public void Spelling_and_punctuation_do_not_count(string text, string words) => Assert.Equal(words, Words(text));

    [Theory]
    [InlineData("1. Grant. You may copy.\n2. You may not sell.")]
    [InlineData("a) Grant. You may copy.\nb) You may not sell.")]
    [InlineData("(i) Grant. You may copy. (ii) You may not sell.")]
    [InlineData("* Grant. You may copy.\n* You may not sell.")]
    [InlineData("# Grant. You **may** copy.\n> You _may_ not sell.")]
    [InlineData("// Grant. You may copy.\n// You may not sell.")]
    [InlineData("<p>Grant. You <b>may</b> copy.</p><p class=\"x\">2.&nbsp; You may not&#32;sell.</p>")]
    [InlineData("Copyright (c) 2020 Jane Doe\nand The Doe Company, Inc.\nAll rights\nreserved.\n\nGrant. You may copy. You may not sell.")]
    [InlineData("<style>p { color: red }</style>Grant. You may copy. You may not sell.<!-- -->")]
    public void Dressing_does_not_count(string text) => Assert.Equal("grant you may copy you may not sell", Words(text));

    [Theory]
    [InlineData("within 30 days", "within 60 days")]
    [InlineData("within thirty (30) days", "within thirty (60) days")]
    [InlineData("under Section 3(a)", "under Section 3(b)")]
    [InlineData("see paragraph (b) above", "see paragraph (c) above")]
    [InlineData("Version\n2.0 of it", "Version\n3.0 of it")]
    [InlineData("you may use it", "you may <not> use it")]
    [InlineData("Copyright 2020 Jane Doe", "Copyright 2020 Jane Doe. Commercial use is forbidden.")]
    [InlineData("Copyright 2020 Jane Doe", "Copyright 2020 Jane Doe\nMilitary personnel excluded")]
    [InlineData("[the policy](https://example.org/a)", "[the policy](https://example.org/b)")]
    public void What_says_something_counts(string text, string other) => Assert.NotEqual(Words(text), Words(other));

    [Theory]
    [InlineData("the terms of Section\n2. You may copy")]
    [InlineData("it is licensed for\n(1) copying, and (2) selling")]
    [InlineData("Copyright (C) 2007 Some Foundation, Inc. <https://example.org/>\nEveryone is permitted to copy")]
    [InlineData("Copyright 1999 Some Foundation, Inc.\n51 Some Street, Boston, USA\nEveryone is permitted to copy")]
    [InlineData("under v. 2.0 or\nv. 2.1 of it")]
    public void How_lines_are_broken_does_not_count(string text) => Assert.Equal(Words(text), Words(text.Replace('\n', ' ')));

    [Fact]
    public void A_link_that_repeats_its_text_counts_once() =>
        Assert.Equal("see http example org a", Words("see [https://example.org/a](http://example.org/a/)"));

    [Fact]
    public void Words_know_their_lines_and_characters()
    {
        var words = Normalization.Words("\uFEFFOne\r\ntwo\rthree\n\n4. four");
        Assert.Equal([("one", 1, 1), ("two", 2, 6), ("three", 3, 10), ("four", 5, 20)], words.Select(w => (w.Text, w.Line, w.Offset)));
        Assert.All(words, w => Assert.Equal(Normalization.Hash(w.Text), WordScanner.Scan(w.Text).Hashes[0]));
    }

    [Theory]
    [InlineData("реrmission to use", "permission to use", 0)]
    [InlineData("permission tо use", "permission to use", 1)]
    [InlineData("per\u200Bmission to use", "permission to use", 0)]
    [InlineData("permission to \u202Euse", "permission to use", 2)]
    [InlineData("permission to 𝐮𝐬𝐞", "permission to use", 2)]
    public void Disguised_words_are_read_and_marked(string text, string words, int marked)
    {
        Assert.Equal(words, Words(text));
        Assert.Equal([marked], WordScanner.Scan(text).Disguised);
    }

    [Theory]
    [InlineData("Разрешается использовать и копировать")]
    [InlineData("Ελληνική άδεια χρήσης")]
    [InlineData("נו \u200Fטקסט")]
    [InlineData("co\u00ADoperate naïve cafe\u0301")]
    public void Other_scripts_are_no_disguise(string text) => Assert.Empty(WordScanner.Scan(text).Disguised);

    private static string Words(string text) => string.Join(' ', Normalization.Words(text).Select(word => word.Text));
}
