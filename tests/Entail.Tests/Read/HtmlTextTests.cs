using System.Text;
using Entail.Core.Read;

namespace Entail.Tests.Read;

/// <summary>HTML to text on the lines of its source. <c>|</c> stands for the paragraph separator, <c>¦</c> for the line separator.</summary>
public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>Pick <b>pe</b>ars.</p>", "Pick pears.")]
    [InlineData("<p>One</p><p>Two</p><ul><li>a<li>b</ul>", "One|Two|a|b")]
    [InlineData("One<br>Two<hr/>Three", "One¦Two|Three")]
    [InlineData("One<br>\nTwo<br>", "One\nTwo")]
    [InlineData("<td>One</td> <td>Two", "One |Two")]
    [InlineData("<p\nclass=\"x\"\n>One</p>\n<p>Two</p>", "\n\n|One\n|Two")]
    [InlineData("<head>\n<title>Orchard</title>\n</head>\n<h1>Text</h1>", "\n\n\n|Text")]
    [InlineData("<script>if (a < b) document.write('<script>')</script>Text", "Text")]
    [InlineData("<style>p > a { }</style><!-- <p>no</p>\n -->Text", "\nText")]
    [InlineData("<nav><nav>Home</nav>More</nav><footer>Us</footer>Text", "Text")]
    [InlineData("<nav>Home Text", "Home Text")]
    [InlineData("<svg/>Text<svg></svg>", "Text")]
    [InlineData("Pears &amp; plums&nbsp;&quot;&#8212;&#x201C;&lt;b&gt;", "Pears & plums\u00A0\"—“<b>")]
    [InlineData("a &#10; b &unknown; &", "a ¦ b &unknown; &")]
    [InlineData("if a < b and c > d, 1<2", "if a < b and c > d, 1<2")]
    [InlineData("<a title='>' href=\"<p>\">Text</a>", "Text")]
    [InlineData("<p title=it's>Text</p> it's", "Text| it's")]
    [InlineData("<!DOCTYPE html><?xml version='1'?><![CDATA[x]]>Text", "Text")]
    [InlineData("Text <!-- never closed", "Text <!-- never closed")]
    [InlineData("Text <a href=\"never closed>more</a>", "Text <a href=\"never closed>more</a>")]
    [InlineData("<", "<")]
    [InlineData("</", "</")]
    [InlineData("", "")]
    public void Text_of_a_page(string html, string text) =>
        Assert.Equal(text.Replace('|', '\u2029').Replace('¦', '\u2028'), HtmlText.Of(html));

    [Theory]
    [InlineData("LICENSE.html", "<p>Text", "Text")]
    [InlineData("LICENSE.HTM", "<p>Text", "Text")]
    [InlineData("LICENSE", "\n <!DocType HTML><p>Text", "\n \u2029Text")]
    [InlineData("LICENSE", "<HTML><p>Text", "Text")]
    [InlineData("LICENSE", "<p>Text", "<p>Text")]
    [InlineData("LICENSE.md", "Use <html>", "Use <html>")]
    public void A_page_is_told_by_its_name_or_its_beginning(string file, string html, string text) =>
        Assert.Equal(text, DocumentText.Read(file, Encoding.UTF8.GetBytes(html), false, [])?.Text);

    [Theory]
    [InlineData("<div>")]
    [InlineData("<nav>")]
    [InlineData("</nav>")]
    [InlineData("<svg><nav>")]
    [InlineData("<a ")]
    [InlineData("<a b='")]
    [InlineData("<!--")]
    [InlineData("<")]
    [InlineData("&")]
    [InlineData("&lol9;")]
    [InlineData("&#x")]
    [InlineData("<script>")]
    [InlineData("='")]
    public void Whatever_is_repeated_a_page_is_read(string piece)
    {
        // Quadratic work on these would take hours.
        var html = string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length));

        Assert.Equal(0, HtmlText.Of(html + "\n").AsSpan().TrimEnd('\n').Count('\n'));
        Assert.True(HtmlText.Of("<p " + html.Replace('<', ' ')).Length <= html.Length + 3);
    }

    [Fact]
    public void Lines_are_kept_whatever_the_page_is()
    {
        string[] pieces =
        [
            "<p>",
            "</p>",
            "\n",
            "text ",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<nav>",
            "</nav>",
            "\"",
            "'",
            "=",
            "<a href=",
            ">",
            "&lt;",
            "<",
        ];
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));

            Assert.Equal(html.Count(c => c == '\n'), HtmlText.Of(html).Count(c => c == '\n'));
        }
    }
}
