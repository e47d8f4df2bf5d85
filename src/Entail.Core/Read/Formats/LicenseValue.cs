using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>What people write where a format has one string for the license: ids, a name, an address, or the whole text.</summary>
internal static partial class LicenseValue
{
    // Longer than any license's name.
    private const int LongestName = 300;

    /// <summary>
    /// The declaration with the license that a value states. Ids separated by commas, as llama.cpp's converter joins a card's list, are one claim each;
    /// an address is where the text is; a sentence with an address in it, as some exporters write, is searched for what it names; a value of three lines or more, or of more than 300 characters, is the text itself.
    /// </summary>
    public static Declaration WithLicense(this Declaration declaration, string value, ByteSource source, string key)
    {
        var text = value.Trim();
        var claim = new Claim(Problems.Excerpt(text), source.Key(key, text));
        if (text.Length == 0)
        {
            return declaration;
        }
        if (text.Length > LongestName || text.AsSpan().Count('\n') > 1)
        {
            return declaration with { Terms = declaration.Terms.Add(new TermsSource(source.File, 1, text, TermsKind.LicenseFile)) };
        }
        if (Address().IsMatch(text) && declaration.LicenseLink is null)
        {
            return declaration with { LicenseLink = claim };
        }
        if (text.Contains(' ', StringComparison.Ordinal) && text.Contains("://", StringComparison.Ordinal))
        {
            return declaration with
            {
                Terms = declaration.Terms.Add(new TermsSource(source.File, 1, $"License: {text}", TermsKind.CardSection, key)),
            };
        }
        return declaration with
        {
            Licenses = Ids().IsMatch(text)
                ?
                [
                    .. declaration.Licenses,
                    .. text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Select(id => claim with { Value = id }),
                ]
                : declaration.Licenses.Add(claim),
        };
    }

    [GeneratedRegex(@"^https?://\S+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[\w.+-]+(?:\s*[,\n]\s*[\w.+-]+)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Ids();
}
