using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Entail.Bench;

/// <summary>What people do to a license text without changing what it says.</summary>
internal static partial class Dressing
{
    /// <summary>Every paragraph wrapped to a width of 40 to 110, chosen by chance. A paragraph ends where a line is empty or the next opens an item of a list.</summary>
    public static string Rewrapped(string text, Random random) => Wrap(text, random.Next(40, 111));

    /// <summary>Every paragraph on one line.</summary>
    public static string Unwrapped(string text, Random random) => Wrap(text, int.MaxValue);

    public static string UpperCase(string text, Random random) => text.ToUpperInvariant();

    /// <summary>Other marks before the items of lists, numbers for letters and letters for numbers.</summary>
    public static string Bullets(string text, Random random)
    {
        var mark = "-*•–+"[random.Next(5)];
        var form = random.Next(3);
        return Item()
            .Replace(
                text,
                item =>
                    item.Groups["indent"].Value
                    + (
                        item.Groups["number"] is { Success: true } number
                            ? Numbered(((char)('a' + ((int.Parse(number.Value, CultureInfo.InvariantCulture) + 25) % 26))).ToString())
                        : item.Groups["letter"] is { Success: true } letter
                            ? Numbered((char.ToLowerInvariant(letter.Value[0]) - 'a' + 1).ToString(CultureInfo.InvariantCulture))
                        : mark.ToString()
                    )
            );

        string Numbered(string value) =>
            form switch
            {
                0 => value + ".",
                1 => value + ")",
                _ => $"({value})",
            };
    }

    /// <summary>Headings, bold and italic words; one text in three is quoted whole.</summary>
    public static string Markdown(string text, Random random)
    {
        var lines = text.Split('\n');
        var quoted = random.Next(3) == 0;
        var titled = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (!titled && line.Trim().Length > 0)
            {
                titled = true;
                line = "# " + line.TrimStart();
            }
            else if (
                line.Trim().Length is > 0 and < 60
                && (i == 0 || IsBlank(lines[i - 1]))
                && (i + 1 == lines.Length || IsBlank(lines[i + 1]))
            )
            {
                line = "### " + line.TrimStart();
            }
            else
            {
                line = PlainWord()
                    .Replace(
                        line,
                        word =>
                            random.Next(30) switch
                            {
                                0 => $"**{word.Value}**",
                                1 => $"_{word.Value}_",
                                _ => word.Value,
                            }
                    );
            }
            lines[i] = quoted ? "> " + line : line;
        }
        return string.Join('\n', lines);
    }

    /// <summary>A page: paragraphs, some line breaks, quotation marks and reserved characters as entities.</summary>
    public static string Html(string text, Random random)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<body>\n");
        var curly = random.Next(2) == 0;
        foreach (var paragraph in Paragraphs(text))
        {
            var encoded = WebUtility.HtmlEncode(paragraph).Replace("  ", "&nbsp; ", StringComparison.Ordinal);
            if (curly)
            {
                encoded = Quoted().Replace(encoded, "&#8220;${words}&#8221;").Replace("&#39;", "&rsquo;", StringComparison.Ordinal);
            }
            var lines = random.Next(3) == 0 ? encoded.Replace("\n", "<br>\n", StringComparison.Ordinal) : encoded;
            page.Append("<p class=\"text\">").Append(lines).Append("</p>\n");
        }
        return page.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>A paragraph of something else before and after.</summary>
    public static string Framed(string text, Random random) =>
        $"{Prose.Paragraph(random, random.Next(2, 5))}\n\n{text}\n\n{Prose.Paragraph(random, random.Next(2, 5))}\n";

    /// <summary>Straight quotation marks curled.</summary>
    public static string CurlyQuotes(string text) => OpeningQuote().Replace(text, "“").Replace('"', '”').Replace('\'', '’');

    private static string Wrap(string text, int width)
    {
        var result = new StringBuilder(text.Length);
        foreach (var paragraph in Paragraphs(text))
        {
            foreach (var item in paragraph.Split('\n').Aggregate(new List<string>(), Joined))
            {
                Fill(result, item, width);
            }
            result.Append('\n');
        }
        return result.ToString();
    }

    private static List<string> Joined(List<string> items, string line)
    {
        if (items.Count == 0 || Item().IsMatch(line))
        {
            items.Add(line);
        }
        else
        {
            items[^1] += "\n" + line;
        }
        return items;
    }

    private static void Fill(StringBuilder result, string text, int width)
    {
        var column = 0;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                result.Append('\n');
                column = 0;
            }
            result.Append(column > 0 ? " " : "").Append(word);
            column += word.Length + 1;
        }
        result.Append('\n');
    }

    private static IEnumerable<string> Paragraphs(string text) =>
        BlankLines().Split(text).Where(paragraph => !IsBlank(paragraph)).Select(paragraph => paragraph.Trim('\n'));

    private static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);

    [GeneratedRegex(
        @"^(?<indent>[ \t]*)((?<number>\d{1,2})[.)]|\((?<number>\d{1,2})\)|(?<letter>[a-zA-Z])[.)]|\((?<letter>[a-zA-Z])\)|[-*•·])(?=[ \t])",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Item();

    [GeneratedRegex(@"\r?\n[ \t\r]*\n")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"(?<![\p{L}\p{N}'’_/.:@-])\p{L}{3,}(?![\p{L}\p{N}'’_/.:@-])")]
    private static partial Regex PlainWord();

    [GeneratedRegex("&quot;(?<words>[^&\n]{1,200})&quot;", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex("(?<![^\\s(\\[])\"")]
    private static partial Regex OpeningQuote();
}
