using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>The model's name as a card shows it: its first heading of the first level, where that looks like a name.</summary>
internal static partial class CardTitle
{
    private const int LongestName = 96;
    private const int MostLines = 2000;

    /// <summary>The name and its place; null where the first heading is about something else ("Model Details").</summary>
    /// <param name="card">The README.</param>
    /// <param name="bodyLine">Where its text begins.</param>
    /// <param name="folder">The folder's name: a heading close to it is a name.</param>
    public static Claim? Find(TextFile card, int bodyLine, string folder)
    {
        var heading = MarkdownHeadings
            .Of(card.Text, bodyLine)
            .TakeWhile(h => h.Line <= bodyLine + MostLines)
            .FirstOrDefault(h => h.Level == 1);
        return heading.Text is { } text && Name(text, folder) is { } name
            ? new Claim(name, new Evidence(card.File, heading.Line, null, null, Problems.Excerpt(name), EvidenceSource.Declared))
            : null;
    }

    private static string? Name(string heading, string folder)
    {
        var text = Link().Replace(Markup().Replace(heading, ""), "${text}");
        text = Preamble().Replace(text.Replace("*", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Trim(), "");
        var start = text.AsSpan().IndexOfAnyExcept(text.Where(c => !char.IsLetterOrDigit(c)).Distinct().ToArray());
        text = start < 0 ? "" : text[start..];
        var subtitle = text.IndexOf(": ", StringComparison.Ordinal);
        text = (subtitle > 0 ? text[..subtitle] : text).Trim();
        return text.Length is > 0 and <= LongestName && LooksLikeName(text, folder) ? text : null;
    }

    private static bool LooksLikeName(string text, string folder)
    {
        var (a, b) = (Plain(text), Plain(folder));
        var (shorter, longer) = a.Length < b.Length ? (a, b) : (b, a);
        if (shorter.Length >= 3 && shorter.Length * 2 >= longer.Length && longer.Contains(shorter, StringComparison.Ordinal))
        {
            return true;
        }
        return text.Contains(' ', StringComparison.Ordinal)
            ? SizedName().IsMatch(text)
            : HubName.Parse(text).Form == HubNameForm.Full || (text.Any(char.IsLetter) && text.Any(char.IsDigit));
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Where(char.IsLetterOrDigit))
        {
            plain.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }
        return plain.ToString();
    }

    [GeneratedRegex(@"<[^<>]{0,300}>|!\[[^\]]{0,200}\]\([^)]{0,300}\)")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\[(?<text>[^\]]{0,200})\]\([^)]{0,300}\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"^model\s+card\s*(for|of|:|-)\s*",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Preamble();

    // Names of several words carry a size: 7B, 8x7B, 1.5b.
    [GeneratedRegex(
        @"^(\S+\s+){0,6}[0-9]{1,4}(x[0-9]{1,4})?(\.[0-9]{1,3})?[bm](\s+\S+){0,6}\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex SizedName();
}
