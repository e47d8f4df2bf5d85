using System.Text.RegularExpressions;

namespace Entail.Core.Identify;

/// <summary>Finds the addresses of licenses in a text.</summary>
internal static partial class Addresses
{
    /// <summary>Every address that stands for a known license, or leads to a file that is called one.</summary>
    public static IEnumerable<Mention> In(string text, LicenseNames names)
    {
        for (var match = Address().Match(text); match.Success; match = match.NextMatch())
        {
            if (!Statements.IsDenied(text, match.Index) && Mention(match, names) is { } mention)
            {
                yield return mention with
                {
                    Part = Statements.PartBefore(text, match.Index),
                };
            }
        }
    }

    /// <summary>The address at a place, whatever it leads to; null where there is none. A bracket may open before it.</summary>
    public static Mention? At(string text, int place, LicenseNames names)
    {
        while (place < text.Length && text[place] is ' ' or '\t' or '<' or '(' or '[' or ':' or '：' or '*' or '_')
        {
            place++;
        }
        return Address().Match(text, place, Math.Min(text.Length - place, 500)) is { Success: true } match && match.Index == place
            ? Mention(match, names) ?? Unknown(match)
            : null;
    }

    private static Mention? Mention(Match match, LicenseNames names) =>
        names.Id(Plain(match)) is { } license ? Unknown(match) with { License = license }
        : LicenseFile().IsMatch(match.Value) ? Unknown(match)
        : null;

    private static Mention Unknown(Match match) => new(Plain(match), Plain(match), match.Index, match.Index + Plain(match).Length);

    // Punctuation after an address is not part of it.
    private static string Plain(Match match) => match.Value.TrimEnd('.', ',', ';', ':', '!', '?', '*', '_', '~', '\'');

    [GeneratedRegex(
        @"(https?://|\bwww\.)[^\s<>()\[\]{}""`|，。；、）》」”]{3,300}",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Address();

    // The last segment of the path is called a license; in a repository it may only begin so.
    [GeneratedRegex(
        @"/([^/?#]*(licen[cs]e|copying|legalcode|eula|terms([-_]of[-_](use|service))?|use[-_]policy|agreement)(\.[a-z]{2,4})?/?|(blob|raw|resolve)/[^?#]*/(licen[cs]e|copying)[^/?#]*)([?#].*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex LicenseFile();
}
