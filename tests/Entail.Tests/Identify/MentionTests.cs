using Entail.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Tests.Identify;

/// <summary>Licenses that a text names without holding them; and what looks like such a name and is none.</summary>
public sealed class MentionTests
{
    private static readonly Identifier Identifier = new(FingerprintIndex.Load(EmbeddedCatalog.Fingerprints()), Repository.Catalog);

    [Theory]
    [InlineData("// SPDX-License-Identifier: MIT", "mit")]
    [InlineData("# spdx-license-identifier: apache-2.0", "apache-2.0")]
    [InlineData("/* SPDX-License-Identifier: GPL-3.0+ */", "gpl-3.0-or-later")]
    [InlineData("SPDX-License-Identifier: MIT\nSPDX-License-Identifier: Apache-2.0", "mit|apache-2.0")]
    [InlineData("SPDX-License-Identifier: LicenseRef-Orchard-2", "LicenseRef-Orchard-2")]
    [InlineData("<!-- SPDX-License-Identifier: CC-BY-4.0 -->", "cc-by-4.0")]
    [InlineData("SPDX-License-Identifier: (MIT", "mit")]
    [InlineData("SPDX-License-Identifier: AND OR", "")]
    [InlineData("SPDX-License-Identifier:", "")]
    public void Tags(string text, string licenses) => Assert.Equal(licenses, Mentioned(text));

    [Theory]
    [InlineData("MIT OR Apache-2.0", "mit|apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("(mit or apache-2.0) and LicenseRef-x", "mit|apache-2.0|LicenseRef-x", "(mit OR apache-2.0) AND LicenseRef-x")]
    [InlineData("GPL-3.0-only WITH Fig-exception", "gpl-3.0-only", "GPL-3.0-only WITH Fig-exception")]
    [InlineData("MIT AND MIT nonsense", "mit", "MIT AND MIT")]
    [InlineData("MIT", "mit", null)]
    [InlineData("MIT OR", "mit", null)]
    [InlineData("(MIT OR Apache-2.0", "mit", null)]
    public void A_tag_keeps_its_whole_expression(string tag, string licenses, string? expression)
    {
        var matches = Matches($"# SPDX-License-Identifier: {tag}");

        Assert.Equal(licenses, string.Join('|', matches.Select(m => m.License)));
        Assert.All(matches, m => Assert.Equal(expression, m.Expression));
    }

    [Theory]
    [InlineData("This model is licensed under the MIT License.", "mit")]
    [InlineData("Licensed under the Apache License, Version 2.0 (the \"License\");", "apache-2.0")]
    [InlineData("The weights are released under Apache 2.0.", "apache-2.0")]
    [InlineData("Released under apache-2.0", "apache-2.0")]
    [InlineData(
        "is made available under the [CC-BY-NC-SA 4.0 license](https://creativecommons.org/licenses/by-nc-sa/4.0/).",
        "cc-by-nc-sa-4.0"
    )]
    [InlineData("All of it is licensed to you under GPLv3, and nothing else.", "gpl-3.0-only")]
    [InlineData("licensed under GPL-3.0 or later", "gpl-3.0-or-later")]
    [InlineData("licensed under AGPL v3 or any later version", "agpl-3.0-or-later")]
    [InlineData("Use is subject to the Llama 3.1 Community License.", "llama-3.1")]
    [InlineData("subject to the\nLlama 3.1 Community\nLicense Agreement", "llama-3.1")]
    [InlineData("licensed under the BSD 3-Clause License", "bsd-3-clause")]
    [InlineData("published under a Creative Commons Attribution 4.0 International license", "cc-by-4.0")]
    [InlineData("Distributed under the `bigcode-openrail-m` license", "bigcode-openrail-m-v1")]
    [InlineData("The license is cc-by-sa-4.0", "cc-by-sa-4.0")]
    [InlineData("The license for this model is MIT.", "mit")]
    [InlineData("This model inherits the Apache 2.0 license of its base.", "apache-2.0")]
    [InlineData("in adherence with the [CC BY-NC-4.0](https://creativecommons.org/licenses/by-nc/4.0/) license.", "cc-by-nc-4.0")]
    [InlineData("code under the MIT license, model under the DeepSeek License Agreement", "mit|deepseek-1.0")]
    [InlineData("licensed under the Orchard Pear License", "Orchard Pear License")]
    [InlineData(
        "licensed under the [Orchard community license](https://huggingface.co/orchard/pear/blob/main/LICENSE.txt)",
        "Orchard community license"
    )]
    [InlineData("licensed under https://opensource.org/licenses/MIT", "mit")]
    public void Statements(string text, string licenses) => Assert.Equal(licenses, Mentioned(Prose + text));

    [Theory]
    [InlineData("License: MIT", "mit")]
    [InlineData("License: mit", "mit")]
    [InlineData("- **License:** Apache-2 (commercially usable)", "apache-2.0")]
    [InlineData("* **Licence**: [MIT](LICENSE)", "mit")]
    [InlineData("| License | CC BY-NC 4.0 |", "cc-by-nc-4.0")]
    [InlineData("Model License: Llama 2 Community License Agreement", "llama-2")]
    [InlineData("license = \"MIT\"", "mit")]
    [InlineData("License: https://www.apache.org/licenses/LICENSE-2.0", "apache-2.0")]
    [InlineData("[![License: MIT](https://img.example.org/badge.svg)](https://opensource.org/licenses/MIT)", "mit")]
    [InlineData("许可证：MIT", "mit")]
    [InlineData("License: Orchard Pear License v2", "Orchard Pear License")]
    [InlineData("License: other", "")]
    [InlineData("License: [More Information Needed]", "")]
    [InlineData("License: Same as Pear", "")]
    [InlineData("License: see LICENSE", "")]
    [InlineData("License: not MIT", "")]
    public void Labels(string text, string licenses) => Assert.Equal(licenses, Mentioned(Prose + text));

    [Theory]
    [InlineData("本模型采用 MIT 许可证发布。", "mit")]
    [InlineData("代码遵循 Apache 2.0 协议。", "apache-2.0")]
    [InlineData("以 CC-BY-4.0 许可发布", "cc-by-4.0")]
    [InlineData("本项目采用《Orchard 社区许可协议》。", "Orchard 社区许可协议")]
    [InlineData("本模型使用 Apache-2.0 License。", "apache-2.0")]
    [InlineData("本模型不采用 MIT 许可证。", "")]
    [InlineData("如果您使用 MIT 许可证，请联系我们。", "")]
    [InlineData("本项目使用 MIT 许可的第三方库。", "")]
    [InlineData("基于 MCP 协议的工具", "")]
    [InlineData("需要获得商业授权。", "")]
    public void Chinese(string text, string licenses) => Assert.Equal(licenses, Mentioned(Prose + text));

    [Theory]
    [InlineData("MIT", "mit")]
    [InlineData("MIT License\n\nCopyright (c) 2031 The Orchard", "mit")]
    [InlineData("# License\n\nApache-2.0", "apache-2.0")]
    [InlineData("## License\n\nApache 2.0. See [LICENSE](LICENSE).", "apache-2.0")]
    [InlineData("## License\n\nMIT © Orchard", "mit")]
    [InlineData("## License\n\n- CC-BY-NC-4.0", "cc-by-nc-4.0")]
    [InlineData("See https://www.apache.org/licenses/LICENSE-2.0.html.", "apache-2.0")]
    [InlineData("http://creativecommons.org/licenses/by-nc-nd/4.0/legalcode.zh-hans", "cc-by-nc-nd-4.0")]
    [InlineData("http://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0")]
    [InlineData("<https://spdx.org/licenses/BSD-3-Clause.html>", "bsd-3-clause")]
    [InlineData("https://www.gnu.org/licenses/old-licenses/gpl-2.0.txt", "gpl-2.0-only")]
    [InlineData("https://opensource.org/license/apache-2-0", "apache-2.0")]
    [InlineData("See https://huggingface.co/orchard/pear/blob/main/LICENSE", "https://huggingface.co/orchard/pear/blob/main/LICENSE")]
    [InlineData("Terms: https://pear.example.org/terms-of-use?v=2", "https://pear.example.org/terms-of-use?v=2")]
    [InlineData("More at https://pear.example.org/about", "")]
    public void A_short_text_about_a_license(string text, string licenses) => Assert.Equal(licenses, Mentioned(text));

    [Theory]
    [InlineData("This model is not licensed under the MIT license.")]
    [InlineData("It isn't released under Apache 2.0.")]
    [InlineData("The terms are incompatible with the GPL-3.0 license.")]
    [InlineData("It is dual-licensed (see below).")]
    [InlineData("Unlike Pear, which is licensed under the MIT license, it is not free.")]
    [InlineData("It uses a parser that is licensed under the MIT license.")]
    [InlineData("You may choose to publish it under the MIT license.")]
    [InlineData("If it were under the MIT License, more would use it.")]
    [InlineData("You can find a variant of this model published under the Apache 2.0 license elsewhere.")]
    [InlineData("Some of the corpora are only available under CC-BY-NC-SA licenses.")]
    [InlineData("licensed under an MIT-style license")]
    [InlineData("licensed under a MIT style license")]
    [InlineData("licensed under an Apache-2.0 compatible license")]
    [InlineData("The third-party code is licensed under the MIT license.")]
    [InlineData("Previously licensed under the MIT license.")]
    [InlineData("The work was done at MIT under supervision.")]
    [InlineData("MIT, Stanford and Berkeley took part.")]
    [InlineData("MIT\nStanford")]
    [InlineData("It runs under X11 and is available under Linux.")]
    [InlineData("Streams are handled by Apache Kafka and Apache 2.0 servers.")]
    [InlineData("We fine-tuned Llama 3.1 and Gemma on it; Llama 2 was worse.")]
    [InlineData("Dependencies: pear (MIT), plum (Apache-2.0), fig (GPL-3.0)")]
    [InlineData("The model reads a driver's license under bad light.")]
    [InlineData("Drawn on the license plate: MIT 2031")]
    [InlineData("licensed by Orchard under contract")]
    [InlineData("You need a license.")]
    [InlineData("under the License")]
    [InlineData("the same license as the base model")]
    [InlineData("See https://github.com/orchard/license-tools and https://opensource.example.org/")]
    public void What_names_no_license(string text)
    {
        Assert.Equal("", Mentioned(text));
        Assert.Equal("", Mentioned(Prose + text));
    }

    [Fact]
    public void Long_prose_names_by_statements_only()
    {
        Assert.Equal("", Mentioned(Prose + "\nMIT\n\nhttps://opensource.org/licenses/MIT\n"));
        Assert.Equal("mit", Mentioned("## License\n" + Prose + "\nhttps://opensource.org/licenses/MIT\n"));
    }

    [Theory]
    [InlineData("dual-licensed under MIT and Apache-2.0", "mit|apache-2.0", "mit OR apache-2.0")]
    [InlineData("licensed under either of the Apache License 2.0 or the MIT license", "apache-2.0|mit", "apache-2.0 OR mit")]
    [InlineData("License: MIT/Apache-2.0", "mit|apache-2.0", "mit OR apache-2.0")]
    [InlineData("licensed under the MIT and Apache-2.0 licenses", "mit|apache-2.0", null)]
    public void Several_names_are_each_mentioned(string text, string licenses, string? expression)
    {
        var matches = Matches(text);

        Assert.Equal(licenses, string.Join('|', matches.Select(m => m.License)));
        Assert.All(matches, m => Assert.Equal(expression, m.Expression));
    }

    [Fact]
    public void The_part_is_that_of_the_sentence()
    {
        const string Text =
            "## License\n\nThis code repository is licensed under [the MIT License](LICENSE-CODE). The use of the models is subject to the Llama 3.1 Community License.";

        Assert.Equal([("mit", Part.Code), ("llama-3.1", Part.Weights)], Matches(Text).Select(m => (m.License, m.Part!.Value)));
        Assert.Null(Matches("Code and weights are licensed under MIT.")[0].Part);
        Assert.Equal(Part.Weights, Matches("This open source model is licensed under MIT.")[0].Part);
        Assert.Equal([Part.Code, Part.Data], Matches("代码采用 MIT 许可。\n数据集采用 CC-BY-4.0 许可。").Select(m => m.Part!.Value));
    }

    [Fact]
    public void A_mention_has_its_words_and_lines()
    {
        var match = Assert.Single(Matches("\n\n## License\n\nIt is licensed under\nthe *Apache License*, Version 2.0."));

        Assert.Equal(
            ("apache-2.0", "Apache License Version 2.0", MatchKind.Mentioned, 0.0),
            (match.License, match.Named, match.Kind, match.Score)
        );
        Assert.Equal(new LineRange(6, 6), Assert.Single(match.Spans).Lines);
    }

    [Theory]
    [InlineData("licensed under ")]
    [InlineData("License: MIT ")]
    [InlineData("\nLicense:")]
    [InlineData("SPDX-License-Identifier: (((")]
    [InlineData("SPDX-License-Identifier: A OR ")]
    [InlineData("https://opensource.org/licenses/")]
    [InlineData("under the ")]
    [InlineData("released under the MIT and ")]
    [InlineData("采用")]
    [InlineData("采用 MIT 许可 ")]
    [InlineData("[](https://a.b/license)")]
    [InlineData("licen ")]
    public void Whatever_is_repeated_the_mentions_are_bounded(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 400_000 / piece.Length));

        Assert.InRange(Matches(text).Count(m => m.Kind == MatchKind.Mentioned), 0, 50);
    }

    // More words than a short text has, none of them about licenses.
    private static readonly string Prose = string.Concat(Enumerable.Repeat("The pears grow by the northern wall and ripen late.\n\n", 20));

    private static string Mentioned(string text) => string.Join('|', Matches(text).Select(m => m.License));

    private static IReadOnlyList<LicenseMatch> Matches(string text) => Identifier.Identify("README", text).Matches;
}
