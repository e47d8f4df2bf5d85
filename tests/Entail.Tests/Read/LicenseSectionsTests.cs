using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Read;

/// <summary>Which parts of a card speak of its license. <c>|</c> stands for a line end.</summary>
public sealed class LicenseSectionsTests
{
    [Theory]
    [InlineData("# Pear 7B|text|## License|MIT|## Use|text", "3 License: ## License|MIT")]
    [InlineData("## License|a|### Attribution|b|## Use", "1 License: ## License|a|### Attribution|b")]
    [InlineData("### License|a|## Use", "1 License: ### License|a")]
    [InlineData("License|-------|a||Use|---|b", "1 License: License|-------|a")]
    [InlineData("<h2 align='center'>License</h2>|a|<h2>Use</h2>", "1 License: <h2 align='center'>License</h2>|a")]
    [InlineData("**License**||a||**Use**||b", "1 License: **License**||a")]
    [InlineData("## 许可证|a|## 用法", "1 许可证: ## 许可证|a")]
    [InlineData("## 授权|a", "1 授权: ## 授权|a")]
    [InlineData("# 开源协议|a", "1 开源协议: # 开源协议|a")]
    [InlineData("## License and use ##|a", "1 License and use: ## License and use ##|a")]
    [InlineData("## Licensing Information|a", "1 Licensing Information: ## Licensing Information|a")]
    [InlineData(
        "## Licence|### Model licence|a|### Code licence|b|## Use",
        "1 Licence: ## Licence;2 Model licence: ### Model licence|a;4 Code licence: ### Code licence|b"
    )]
    [InlineData("## License|a|## License|b", "1 License: ## License|a;3 License: ## License|b")]
    [InlineData("## License|a||b|c|---|d", "1 License: ## License|a||b|c|---|d")] // a line under a paragraph of several is no underline
    public void Sections_under_a_heading(string card, string expected) => Assert.Equal(expected, Read(card));

    [Theory]
    [InlineData("# Pear 7B|- **License:** pear-1.0|- **Size:** 7B", "2 License: - **License:** pear-1.0")]
    [InlineData("* License: pear-1.0", "1 License: * License: pear-1.0")]
    [InlineData("Model License: pear-1.0", "1 Model License: Model License: pear-1.0")]
    [InlineData("> **Licence** : pear-1.0", "1 Licence: > **Licence** : pear-1.0")]
    [InlineData("许可证：pear-1.0", "1 许可证: 许可证：pear-1.0")]
    [InlineData("License: a|## License|b|## Use|License: c", "1 License: License: a;2 License: ## License|b;5 License: License: c")]
    [InlineData("License:|", "")]
    [InlineData("The License: it is good", "1 The License: The License: it is good")]
    [InlineData("We talk of the license: it is good", "")]
    public void Lines_that_state_one(string card, string expected) => Assert.Equal(expected, Read(card));

    [Fact]
    public void A_row_of_a_table_states_one()
    {
        var source = Assert.Single(LicenseSections.Of(new TextFile("README.md", "| Size | 7B |\n| License | pear-1.0 |", false), 1));

        Assert.Equal((2, "License"), (source.Line, source.Heading));
    }

    [Theory]
    [InlineData("# The License Reader 7B of Orchard|text|## Use|text")]
    [InlineData("## License plate detection|text")]
    [InlineData("```|# License|```")]
    [InlineData("~~~~|```|# License|~~~~")]
    [InlineData("####### License|text")]
    [InlineData("#License|text")]
    [InlineData("The first line|of two about the License|---|")]
    [InlineData("## Uses|The license is elsewhere.")]
    [InlineData("")]
    public void What_is_no_section(string card) => Assert.Equal("", Read(card));

    [Fact]
    public void Front_matter_is_not_looked_at()
    {
        using var folder = new TemporaryFolder().Card("license: mit\nlicense_name: pear", "## License\npear-1.0\n");

        var source = Assert.Single(folder.Read().Terms);

        Assert.Equal(new TermsSource("README.md", 5, "\n\n\n\n## License\npear-1.0", TermsKind.CardSection, "License"), source);
    }

    [Fact]
    public void Other_readmes_are_looked_at_too()
    {
        using var folder = new TemporaryFolder()
            .With("README_zh.md", "## 许可证\npear")
            .With("readme.rst", "License\n=======\npear\n")
            .With("READMEFIRST", "# License");

        Assert.Equal([("README_zh.md", 1), ("readme.rst", 1)], folder.Read().Terms.Select(t => (t.File, t.Line)).Order());
    }

    [Theory]
    [InlineData("# License\n")]
    [InlineData("License: a\n")]
    [InlineData("**License**\n")]
    [InlineData("License\n---\n")]
    [InlineData("#\n")]
    [InlineData("<h1>")]
    [InlineData("a ")]
    [InlineData("```\n")]
    public void Whatever_is_repeated_the_sections_are_bounded(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 400_000 / piece.Length));

        var sources = LicenseSections.Of(new TextFile("README.md", text, false), 1).ToList();

        Assert.InRange(sources.Count, 0, 50);
    }

    private static string Read(string card) =>
        string.Join(
            ';',
            LicenseSections
                .Of(new TextFile("README.md", card.Replace('|', '\n'), false), 1)
                .Select(s =>
                {
                    Assert.Equal(s.Line - 1, s.Text.Length - s.Text.TrimStart('\n').Length);
                    return $"{s.Line} {s.Heading}: {s.Text.Trim().Replace('\n', '|')}";
                })
        );
}
