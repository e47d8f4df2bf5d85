using Entail.Core;
using Entail.Core.Model;

namespace Entail.Tests;

/// <summary>What counts as saying which license a work is under: its metadata first, then texts, then what its card says in words.</summary>
public sealed class LicensePlaceTests
{
    [Theory]
    [InlineData("## License\n\nReleased under the Apache-2.0 license.\n", "apache-2.0")]
    [InlineData("**License**: Apache-2.0\n", "apache-2.0")]
    [InlineData("## License\n\nReleased under Apache-2.0 OR GPL-3.0-only.\n", "apache-2.0 OR gpl-3.0-only")]
    [InlineData("## License\n\nReleased under Apache-2.0.\n\n## Another license\n\nReleased under MIT.\n", null)]
    [InlineData("## License\n\nThe code is licensed under MIT. The weights are licensed under Apache-2.0.\n", "apache-2.0")]
    [InlineData("## Model\n\nApache-2.0 is a license.\n", null)]
    public void A_card_that_names_one_license_declares_it(string body, string? declared)
    {
        var result = RealCheck.Of($"---\ntags: []\n---\n# work\n\n{body}");

        Assert.Equal(declared, result.Decision.Question.As?.ToString());
        Assert.Equal(declared is null, result.Findings.Any(f => f.Code == "license-undeclared"));
    }

    [Fact]
    public void A_license_file_that_names_one_license_declares_it_and_is_no_copy()
    {
        var result = RealCheck.Of("# work\n", ("LICENSE", "SPDX-License-Identifier: Apache-2.0\n"));

        Assert.Equal("apache-2.0", result.Decision.Question.As?.ToString());
        Assert.Equal(DutyState.Missing, RealCheck.State(result, "include-license"));
    }

    [Fact]
    public void A_tag_in_code_says_nothing_of_the_weights() =>
        Assert.Contains(
            RealCheck.Of("# work\n", ("modeling.py", "# SPDX-License-Identifier: MIT\n")).Findings,
            f => f.Code == "license-undeclared"
        );

    [Theory]
    [InlineData("LICENSE", "mit")]
    [InlineData("NOTICE", null)]
    public void A_text_in_a_notice_is_not_the_license_of_the_work(string file, string? declared) =>
        Assert.Equal(declared, RealCheck.Of("# work\n", (file, RealCheck.Text("mit"))).Decision.Question.As?.ToString());

    [Theory]
    [InlineData("other", "deepseek-la-1.0", "deepseek-1.0", false)]
    [InlineData("other", "mit", "other", true)]
    [InlineData("openrail", "stable-diffusion-2022-08-22", "creativeml-openrail-m", false)]
    [InlineData("apache-2.0", "mit", "apache-2.0", true)]
    public void A_tag_for_many_is_settled_by_a_text_that_is_one_of_them(string tag, string text, string declared, bool contradicts)
    {
        var result = RealCheck.Of($"---\nlicense: {tag}\n---\n# work\n", ("LICENSE", RealCheck.Text(text)));

        Assert.Equal(declared, result.Decision.Question.As?.ToString());
        Assert.Equal(contradicts, result.Findings.Any(f => f.Code == "license-mismatch"));
        Assert.Equal(tag == "other" && contradicts, result.Findings.Any(f => f.Code == "license-unknown"));
    }
}
