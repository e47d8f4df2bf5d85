using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>The parts of a card or README that speak of its license: sections under such a heading, and lines such as <c>License: …</c>.</summary>
internal static partial class LicenseSections
{
    private const int MostSections = 50;
    private const int MostCharacters = 200_000;

    /// <summary>
    /// Each as a text of its own, on the lines it has in the card. A section ends with the next heading of its level or above, and before one that
    /// speaks of a license itself.
    /// </summary>
    /// <param name="card">The card.</param>
    /// <param name="bodyLine">The line on which its text begins after the front matter.</param>
    public static IEnumerable<TermsSource> Of(TextFile card, int bodyLine)
    {
        var headings = MarkdownHeadings.Of(card.Text, bodyLine).ToList();
        var sections = new List<TermsSource>();
        var taken = bodyLine;
        for (var i = 0; i < headings.Count && sections.Count < MostSections; i++)
        {
            var heading = headings[i];
            if (!SpeaksOfLicense(heading.Text) || IsTitle(heading, i == 0))
            {
                continue;
            }
            var next = headings.FindIndex(i + 1, h => h.Level <= heading.Level || SpeaksOfLicense(h.Text));
            var end = next < 0 ? card.Text.Length : headings[next].Offset;
            sections.AddRange(Statements(card, taken, heading.Line));
            sections.Add(Source(card, heading.Line, card.Text.AsSpan(heading.Offset, end - heading.Offset), heading.Text));
            taken = next < 0 ? int.MaxValue : headings[next].Line;
        }
        sections.AddRange(Statements(card, taken, int.MaxValue));
        return sections.Take(MostSections);
    }

    // A model may have the word in its name.
    private static bool IsTitle(Heading heading, bool first) => first && heading.Level == 1 && heading.Text.Split(' ').Length > 3;

    private static bool SpeaksOfLicense(string heading) => LicenseWord().IsMatch(heading);

    // Lines that state a license, from one line up to another.
    private static IEnumerable<TermsSource> Statements(TextFile card, int first, int end)
    {
        var number = 0;
        var offset = 0;
        while (offset < card.Text.Length && ++number < end)
        {
            var stop = card.Text.IndexOf('\n', offset);
            stop = stop < 0 ? card.Text.Length : stop;
            if (number >= first && Stated(card.Text.AsSpan(offset, stop - offset)) is { } label)
            {
                yield return Source(card, number, card.Text.AsSpan(offset, stop - offset), label);
            }
            offset = stop + 1;
        }
    }

    private static string? Stated(ReadOnlySpan<char> line) =>
        line.Length <= 1000
        && (line.Contains("licen", StringComparison.OrdinalIgnoreCase) || line.Contains("许可", StringComparison.Ordinal))
        && Statement().Match(line.ToString()) is { Success: true } match
            ? match.Groups["label"].Value
            : null;

    // The empty lines before it give the text the line numbers of the card.
    private static TermsSource Source(TextFile card, int line, ReadOnlySpan<char> text, string heading) =>
        new(
            card.File,
            line,
            string.Concat(new string('\n', line - 1), text[..Math.Min(text.Length, MostCharacters)].TrimEnd()),
            TermsKind.CardSection,
            Problems.Excerpt(heading)
        );

    [GeneratedRegex(
        @"\blicen[sc](e|es|ing|ed)\b(?![ -]?(plate|number))|\bcopyright\b|\bterms of (use|service)\b|许可|授权|版权|(开源|使用|模型)(协议|条款)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex LicenseWord();

    [GeneratedRegex(
        @"^[\s>*+|•-]*(?<label>(\w+ ){0,2}licen[sc]e(s|\(s\))?|\w{0,6}许可(证|协议)?)(\*\*|__)?\s*[:：|]\s*(\*\*|__)?\s*\S",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Statement();
}
