using System.Xml.Linq;
using Entail.Catalog;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read.Stores;
using Entail.Core.Write;

namespace Entail.Tests.Acceptance;

/// <summary>Real cards as their publishers wrote them.</summary>
public sealed class CardTests
{
    // What is said for want of knowledge alone.
    private static readonly HashSet<string> Gaps = new(StringComparer.Ordinal)
    {
        "license-unknown",
        "license-undeclared",
        "lineage-unknown",
        "base-not-found",
    };

    [Fact]
    public void Every_card_comes_to_an_end_and_at_least_half_of_them_to_more_than_a_gap()
    {
        var cards = Directory.GetDirectories(Shared.Require("hub/cards"));
        var checking = new Checking(
            Repository.Catalog,
            new Identifier(FingerprintIndex.Load(EmbeddedCatalog.Fingerprints()), Repository.Catalog),
            Repository.Today
        );
        var say = new Phrases(Repository.Catalog, Lang.En);
        var told = 0;
        foreach (var card in cards)
        {
            var result = checking.Check(StoredWork.In(card), null, new CheckOptions([], null, Facts.None, null));

            // Each report can be told in every form.
            Assert.NotEmpty(new ReportPage(Repository.Catalog, say, (_, _) => null).Of(result));
            XElement.Parse(Body(new ReportHtml(Repository.Catalog, Repository.Today, (_, _) => null).Page(result, Lang.Zh)));
            Assert.NotEmpty(
                DocumentWriter.Json(new ReportWriter(Repository.Catalog, say, Repository.Today).Report(result), indented: false)
            );
            Assert.True(result.Decision.Verdict != Verdict.Unclear || !result.Decision.Unclear.IsEmpty, $"{card}: unclear for no reason");
            told += result.Decision.Verdict != Verdict.Unclear || result.Findings.Any(f => !Gaps.Contains(f.Code)) ? 1 : 0;
        }

        Assert.True(told * 2 >= cards.Length, $"{told} of {cards.Length}");
    }

    private static string Body(string page) =>
        page[page.IndexOf("<main", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)]
            .Replace("<br>", "<br/>", StringComparison.Ordinal);
}
