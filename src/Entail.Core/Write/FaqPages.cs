using System.Net;
using System.Text;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>A license's FAQ as Markdown, and as one self-contained web page in both languages.</summary>
public static class FaqPages
{
    /// <summary>Markdown in one language.</summary>
    public static string Markdown(License license, IEnumerable<FaqEntry> entries, Phrases say)
    {
        var page = new StringBuilder();
        page.Append("# ").Append(say.Say($"{say.Say(license.Name)}: FAQ", $"{say.Say(license.Name)}常见问题")).Append("\n\n");
        page.Append(say.Say("Answers come from the license's rules; each names its clause. ", "答案来自许可证规则，并注明条款。"))
            .Append('<')
            .Append(license.Url)
            .Append(">\n");
        foreach (var entry in entries)
        {
            page.Append("\n## ").Append(entry.Question).Append("\n\n**").Append(entry.Lead).Append("**\n");
            if (!entry.Points.IsEmpty)
            {
                page.Append('\n');
            }
            foreach (var point in entry.Points)
            {
                page.Append("- ").Append(point.Text);
                if (!point.Clauses.IsEmpty)
                {
                    page.Append(" `").Append(string.Join("` `", point.Clauses.Select(c => c.ToString()))).Append('`');
                }
                page.Append('\n');
            }
        }
        return page.ToString();
    }

    /// <summary>A web page that shows one language and switches to the other; works offline, light and dark, and prints.</summary>
    public static string Html(License license, IReadOnlyList<FaqEntry> english, IReadOnlyList<FaqEntry> chinese, Lang first)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"")
            .Append(first == Lang.Zh ? "zh" : "en")
            .Append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(Encoded(license.Name.En))
            .Append(": FAQ</title>\n");
        page.Append("<style>\n").Append(Style).Append("</style>\n</head>\n<body>\n<main>\n");
        page.Append("<p class=\"switch\"><button type=\"button\" id=\"switch\" aria-label=\"language\">中文 / English</button></p>\n");
        Section(page, license, english, Lang.En, first);
        Section(page, license, chinese, Lang.Zh, first);
        page.Append("</main>\n<script>\n").Append(Script).Append("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Section(StringBuilder page, License license, IReadOnlyList<FaqEntry> entries, Lang lang, Lang first)
    {
        var code = lang == Lang.Zh ? "zh" : "en";
        page.Append("<section lang=\"").Append(code).Append('"').Append(lang == first ? "" : " hidden").Append(">\n<h1>");
        page.Append(Encoded(lang == Lang.Zh ? license.Name.Zh + "常见问题" : license.Name.En + ": FAQ"))
            .Append("</h1>\n<p class=\"source\">");
        page.Append(
            lang == Lang.Zh
                ? "答案来自许可证规则，并注明条款。原文："
                : "Answers come from the license's rules; each names its clause. The text: "
        );
        page.Append("<a href=\"").Append(Encoded(license.Url)).Append("\">").Append(Encoded(license.Url)).Append("</a></p>\n");
        page.Append("<nav><ol>\n");
        foreach (var entry in entries)
        {
            page.Append("<li><a href=\"#")
                .Append(code)
                .Append('-')
                .Append(entry.Id)
                .Append("\">")
                .Append(Encoded(entry.Question))
                .Append("</a></li>\n");
        }
        page.Append("</ol></nav>\n");
        foreach (var entry in entries)
        {
            page.Append("<article id=\"")
                .Append(code)
                .Append('-')
                .Append(entry.Id)
                .Append("\">\n<h2><a href=\"#")
                .Append(code)
                .Append('-')
                .Append(entry.Id)
                .Append("\">");
            page.Append(Encoded(entry.Question)).Append("</a></h2>\n<p class=\"lead\">").Append(Encoded(entry.Lead)).Append("</p>\n");
            if (!entry.Points.IsEmpty)
            {
                page.Append("<ul>\n");
                foreach (var point in entry.Points)
                {
                    page.Append("<li>").Append(Encoded(point.Text));
                    foreach (var clause in point.Clauses)
                    {
                        page.Append(" <code>").Append(Encoded(clause.ToString())).Append("</code>");
                    }
                    page.Append("</li>\n");
                }
                page.Append("</ul>\n");
            }
            page.Append("</article>\n");
        }
        page.Append("</section>\n");
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #5b6572; --line: #dfe3e8; --accent: #0b5cad; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #14171a; --soft: #9aa4b0; --line: #2c3238; --accent: #7ab8ff; } }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
        main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; }
        h2 { font-size: 1.1rem; margin: 0 0 .25rem; }
        h2 a { color: inherit; text-decoration: none; }
        h2 a:hover { text-decoration: underline; }
        a { color: var(--accent); overflow-wrap: anywhere; }
        article { border-top: 1px solid var(--line); padding: 1.1rem 0; break-inside: avoid; }
        .source, code { color: var(--soft); font-size: .85rem; }
        code { font-family: ui-monospace, monospace; white-space: nowrap; }
        nav ol { font-size: .9rem; columns: 2 18rem; padding-left: 1.4rem; }
        .lead { font-weight: 600; margin: .25rem 0; }
        ul { margin: .4rem 0 0; padding-left: 1.2rem; }
        li { margin: .2rem 0; }
        .switch { text-align: right; margin: 0; }
        button { font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .7rem; cursor: pointer; }
        @media print { .switch { display: none; } body { background: #fff; color: #000; } }

        """;

    private const string Script = """
        document.getElementById("switch").addEventListener("click", function () {
          document.querySelectorAll("section").forEach(function (s) { s.hidden = !s.hidden; });
          document.documentElement.lang = document.querySelector("section:not([hidden])").lang;
        });

        """;
}
