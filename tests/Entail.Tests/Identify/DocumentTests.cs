using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Entail.Core.Identify;
using Entail.Core.Read;
using Entail.Tests.Read;

namespace Entail.Tests.Identify;

/// <summary>A license is the same license in whatever kind of file it comes.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void A_page_is_the_license_on_the_lines_of_its_source()
    {
        var paragraphs = Made.Harbor.Split("\n\n").Select(p => $"<p\n class='x'>{WebUtility.HtmlEncode(p)}</p>").ToArray();
        var page =
            $"<!DOCTYPE html>\n<head><title>Harbor</title></head><nav>Home</nav>\n{string.Join('\n', paragraphs)}\n<p>Hats are green.</p>";

        var match = Assert.Single(Identify("LICENSE", page));

        Assert.Equal(("harbor", MatchKind.Close, 6), (match.License, match.Kind, match.Clauses.Present.Length));
        Assert.Equal(new LineRange(4, 14), match.Spans[0].Lines);
        Assert.Equal([new Passage(new LineRange(15, 15), "Hats are green.")], match.Residue);
    }

    [Fact]
    public void A_page_on_one_line_is_the_license()
    {
        var page =
            $"<html><body><p>{WebUtility.HtmlEncode(Made.Harbor).Replace("\n\n", "</p><p>Copyright 2031 Pier Inc.</p><p>", StringComparison.Ordinal)}</p></body></html>";

        Assert.Equal(
            ("harbor", MatchKind.Exact),
            (Assert.Single(Identify("LICENSE.html", page)).License, Identify("LICENSE.html", page)[0].Kind)
        );
    }

    [Fact]
    public void A_PDF_is_the_license()
    {
        var lines = Made
            .Harbor.Split('\n')
            .SelectMany(line => Regex.Matches(line, @".{1,100}(?:\s|$)|^$").Select(m => m.Value.Trim()))
            .ToArray();
        var text = DocumentText.Read("LICENSE.pdf", Pdf.Of([.. lines[..5], "1"], [.. lines[5..], "", "2"]), false, [])!.Text;

        Assert.Equal(("harbor", MatchKind.Exact), (Identify("LICENSE", text)[0].License, Identify("LICENSE", text)[0].Kind));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("GB18030")]
    public void Another_encoding_is_the_license(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = DocumentText.Read("LICENSE", Encoding.GetEncoding(encoding).GetBytes(Made.Bamboo), false, [])!.Text;

        Assert.Equal(MatchKind.Exact, Assert.Single(Made.Identifier.Identify("LICENSE", text).Matches).Kind);
    }

    [Fact]
    public void Real_texts_are_themselves_as_pages()
    {
        foreach (var key in RealTexts.Keys.Where((_, i) => i % 20 == 0))
        {
            var text = RealTexts.Read(key);
            if (RealTexts.Identify(text).Matches is not [{ Kind: MatchKind.Exact } plain])
            {
                continue;
            }
            var paragraphs = Regex
                .Split(text.Trim(), @"\n\s*\n")
                .Select(p => $"<p>{WebUtility.HtmlEncode(p).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>");
            var page =
                $"<html><head><title>A page</title></head><body>\n{string.Join('\n', paragraphs)}\n<footer>Us</footer></body></html>";
            var read = DocumentText.Read("LICENSE.html", Encoding.UTF8.GetBytes(page), false, [])!.Text;

            var match = Assert.Single(RealTexts.Identify(read).Matches);
            Assert.Equal((plain.License, MatchKind.Exact), (match.License, match.Kind));
        }
    }

    private static IReadOnlyList<LicenseMatch> Identify(string file, string text) =>
        Made.Identifier.Identify(file, DocumentText.Read(file, Encoding.UTF8.GetBytes(text), false, [])!.Text).Matches;
}
