using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Entail.Core.Identify;

/// <summary>What a license goes by: ids and addresses the catalog knows, SPDX ids of the reference texts, and names in words that come down to one.</summary>
/// <param name="library">The reference texts.</param>
/// <param name="resolve">From an id, name or address as written to an id; null when unknown.</param>
internal sealed partial class LicenseNames(ReferenceLibrary library, Func<string, string?> resolve)
{
    private const int LongestName = 120;

    private static readonly FrozenSet<string> Fillers = FrozenSet.ToFrozenSet(
        ["the", "version", "open", "source", "open-source"],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly FrozenSet<string> LicenseWords = FrozenSet.ToFrozenSet(
        ["license", "licence", "licenses", "licences"],
        StringComparer.OrdinalIgnoreCase
    );

    private readonly Lazy<FrozenDictionary<string, string>> spdx = new(() =>
        Enumerable
            .Range(0, library.Index.Count)
            .Select(text => (Id: library.Index.Text(text).Spdx, License: library.Id(text)))
            .Where(text => text.Id.Length > 0)
            .DistinctBy(text => text.Id, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(text => text.Id, text => text.License, StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>The license with that id or address: the cataloged id, else the key of a reference text. Null when unknown.</summary>
    public string? Id(string id) =>
        // An address may hold an id that is not cataloged, or no id at all.
        resolve(id) is { } known
            ? Forms(known).Select(Plain).FirstOrDefault(license => license is not null)
                ?? (id.Contains('/', StringComparison.Ordinal) ? null : known)
            : Plain(id);

    /// <summary>True for the id of a cataloged license.</summary>
    public bool IsCataloged(string id) => resolve(id) is not null;

    /// <summary>The license with that id, or with a name in words: `Pear License, Version 2.0` for `pear-2.0`. Null when unknown.</summary>
    public string? Name(string name) =>
        name.Length is > 1 and <= LongestName ? Forms(name).Select(Id).FirstOrDefault(id => id is not null) : null;

    // SPDX wrote `X` and `X+` for what it now writes `X-only` and `X-or-later`.
    private string? Plain(string id) =>
        resolve(id)
        ?? spdx.Value.GetValueOrDefault(id)
        ?? spdx.Value.GetValueOrDefault(id.EndsWith('+') ? $"{id[..^1]}-or-later" : $"{id}-only");

    // As written; its words joined, without those that ids leave out; with versions as ids have them.
    private static IEnumerable<string> Forms(string name)
    {
        yield return name;
        var words = name.Split([' ', '\n', '\t', ',', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !Fillers.Contains(word))
            .ToList();
        var whole = string.Join('-', words);
        var plain = string.Join('-', words.Where(word => !LicenseWords.Contains(word)));
        foreach (var form in (string[])[whole, plain])
        {
            if (form.Length < 2)
            {
                continue;
            }
            yield return form;
            // GPLv3, GPL-v3.0, 2-0 in an address.
            var version = Dashed().Replace(VersionMark().Replace(form, "-"), ".");
            yield return version;
            yield return WholeVersion().Replace(version, "$&.0");
        }
    }

    [GeneratedRegex(@"(?<=[A-Za-z])-?[vV]\.?(?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex VersionMark();

    [GeneratedRegex(@"(?<=\d)-(?=\d+\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Dashed();

    [GeneratedRegex(@"(?<=-)\d+(?=\z|-or-)", RegexOptions.CultureInvariant)]
    private static partial Regex WholeVersion();
}
