using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Entail.Core.Write;

/// <summary>Web pages as trees: what came from strangers can only ever be text in them.</summary>
internal static class Html
{
    // These have no content and no closing tag; every other element has one, for browsers take `<p/>` for an opening.
    private static readonly FrozenSet<string> Void = FrozenSet.ToFrozenSet(
        ["br", "hr", "img", "input", "link", "meta"],
        StringComparer.Ordinal
    );

    /// <summary>An element; attributes and children as <see cref="XElement"/> takes them, nothing for null.</summary>
    public static XElement E(string name, params ReadOnlySpan<object?> content) =>
        new(name, [.. content.ToArray().Where(c => c is not null)]);

    /// <summary>An attribute.</summary>
    public static XAttribute A(string name, object value) =>
        new(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!);

    /// <summary>A whole page, which loads nothing and runs no script but the one given.</summary>
    public static string Page(string title, string lang, string style, string script, XElement body)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        var page = new StringBuilder("<!doctype html>\n<html lang=\"").Append(lang).Append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"
            )
            .Append(hash)
            .Append("'\">\n<title>");
        page.Append(WebUtility.HtmlEncode(Seen(title))).Append("</title>\n<style>\n").Append(style).Append("</style>\n</head>\n");
        Write(page, body);
        // The script stands last in the body.
        page.Length -= "</body>".Length;
        return page.Append("<script>").Append(script).Append("</script>\n</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder page, XElement element)
    {
        page.Append('<').Append(element.Name.LocalName);
        foreach (var attribute in element.Attributes())
        {
            page.Append(' ')
                .Append(attribute.Name.LocalName)
                .Append("=\"")
                .Append(WebUtility.HtmlEncode(Seen(attribute.Value)))
                .Append('"');
        }
        page.Append('>');
        if (Void.Contains(element.Name.LocalName))
        {
            return;
        }
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XElement child:
                    Write(page, child);
                    break;
                case XText text:
                    page.Append(WebUtility.HtmlEncode(Seen(text.Value)));
                    break;
                default:
                    break;
            }
        }
        page.Append("</").Append(element.Name.LocalName).Append('>');
        if (element.Name.LocalName is "p" or "li" or "tr" or "section" or "h1" or "h2" or "h3" or "div" or "article" or "table" or "ul")
        {
            page.Append('\n');
        }
    }

    // Characters that are not seen, or that turn the direction of writing, are not let through.
    private static string Seen(string text) => text.Any(IsHidden) ? string.Concat(text.Select(c => IsHidden(c) ? '\ufffd' : c)) : text;

    private static bool IsHidden(char c) =>
        (char.IsControl(c) && c != '\n')
        || c
            is '\u061c'
                or '\u200e'
                or '\u200f'
                or '\ufeff'
                or (>= '\u2028' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069')
                or (>= '\ufffe');
}
