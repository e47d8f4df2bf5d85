using System.Xml.Linq;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Tests.Write;

/// <summary>Findings as tests that failed, whatever strangers wrote into the files.</summary>
public sealed class ReportJunitTests
{
    [Theory]
    [InlineData(Severity.Error)]
    [InlineData(Severity.Warning)]
    [InlineData(Severity.Note)]
    public void What_fails_is_what_the_threshold_says(Severity threshold)
    {
        var result = RealCheck.Of("---\nlicense: mit\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n");

        var suite = XDocument.Parse(Of(result, threshold)).Root!.Element("testsuite")!;

        Assert.Equal(result.Findings.Count(f => f.Severity >= threshold), suite.Descendants("failure").Count());
        Assert.Equal($"{suite.Elements("testcase").Count()}", suite.Attribute("tests")!.Value);
        Assert.Equal($"{suite.Descendants("failure").Count()}", suite.Attribute("failures")!.Value);
        Assert.Equal($"{suite.Descendants("skipped").Count()}", suite.Attribute("skipped")!.Value);
    }

    [Fact]
    public void What_XML_has_no_place_for_is_replaced()
    {
        var result = RealCheck.Of("---\nlicense: \"]]>\\x01\\uFFFE<&😀\"\n---\n");

        var text = Of(result, Severity.Note);

        Assert.Contains(
            XDocument.Parse(text).Descendants("testcase"),
            c => c.Attribute("name")!.Value.Contains("😀", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_clean_work_is_one_test_that_passed()
    {
        var result = RealCheck.Of("---\nlicense: mit\n---\n", "works: [{id: a, path: ., made-from: []}]\nship: {work: a, acts: [run]}\n");

        var suite = XDocument.Parse(Of(result, Severity.Error)).Root!.Element("testsuite")!;

        Assert.NotEmpty(suite.Elements("testcase"));
        Assert.Empty(suite.Descendants("failure"));
    }

    private static string Of(Entail.Core.CheckResult result, Severity threshold) =>
        new ReportJunit(Repository.Catalog, new Phrases(Repository.Catalog, Lang.En)).Of(result, threshold);
}
