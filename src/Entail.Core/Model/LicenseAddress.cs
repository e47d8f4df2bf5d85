namespace Entail.Core.Model;

/// <summary>An address that stands for a license by its form.</summary>
/// <param name="Address">Host and path as <see cref="LicenseAddress.Plain"/> has them; <c>{name}</c> stands for a part of one segment. More segments may follow.</param>
/// <param name="Id">The id, with the same names in braces.</param>
public sealed record AddressForm(string Address, string Id);

/// <summary>Addresses of license texts.</summary>
public static class LicenseAddress
{
    private const int Longest = 300;

    private static readonly string[] Schemes = ["https://", "http://"];
    private static readonly string[] Extensions = [".html", ".htm", ".txt", ".md", ".php", ".json", ".pdf", ".en"];

    /// <summary>
    /// The address as it is compared: host and path in lower case, without scheme, <c>www.</c>, query, fragment, the extension of a page and the slash
    /// at the end. Null where the text is no address of the web.
    /// </summary>
    public static string? Plain(string text)
    {
        var address = text.AsSpan().Trim();
        var hasScheme = false;
        foreach (var scheme in Schemes)
        {
            if (address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                address = address[scheme.Length..];
                hasScheme = true;
                break;
            }
        }
        var isWww = address.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
        address = isWww ? address[4..] : address;
        var end = address.IndexOfAny('?', '#');
        address = (end < 0 ? address : address[..end]).TrimEnd('/');
        if (!(hasScheme || isWww) || address.Length is 0 or > Longest || address.ContainsAny(' ', '\n') || !address.Contains('.'))
        {
            return null;
        }
        if (address.Contains('/'))
        {
            foreach (var extension in Extensions)
            {
                address = address.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? address[..^extension.Length] : address;
            }
        }
        return address.ToString().ToLowerInvariant();
    }

    /// <summary>The id that a plain address stands for by one of the forms; null where it has none of them.</summary>
    public static string? Id(string plain, IEnumerable<AddressForm> forms)
    {
        var segments = plain.Split('/');
        return forms.Select(f => Id(segments, f)).FirstOrDefault(id => id is not null);
    }

    private static string? Id(string[] segments, AddressForm form)
    {
        var parts = form.Address.Split('/');
        if (segments.Length < parts.Length)
        {
            return null;
        }
        var id = form.Id;
        for (var i = 0; i < parts.Length; i++)
        {
            var (segment, part) = (segments[i], parts[i]);
            var (open, close) = (part.IndexOf('{', StringComparison.Ordinal), part.IndexOf('}', StringComparison.Ordinal));
            if (open < 0)
            {
                if (segment != part)
                {
                    return null;
                }
                continue;
            }
            var (before, after) = (part[..open], part[(close + 1)..]);
            if (
                segment.Length <= before.Length + after.Length
                || !segment.StartsWith(before, StringComparison.Ordinal)
                || !segment.EndsWith(after, StringComparison.Ordinal)
            )
            {
                return null;
            }
            id = id.Replace(part[open..(close + 1)], segment[before.Length..(segment.Length - after.Length)], StringComparison.Ordinal);
        }
        return id;
    }
}
