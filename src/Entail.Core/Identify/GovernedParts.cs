using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>What a license file's name says of the part it governs.</summary>
public static partial class GovernedParts
{
    /// <summary>
    /// The part that a file's name states beside the word for a license, as in LICENSE-MODEL or MODEL_LICENSE; unknown where it names none,
    /// several, or is not called a license.
    /// </summary>
    /// <param name="fileName">A file name or path; only the last segment counts.</param>
    public static Part? Of(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var words = NameWord().Matches(name.Length > 200 ? name[..200] : name).Select(match => match.Value.ToLowerInvariant()).ToList();
        if (!words.Exists(word => word is "license" or "licence" or "licenses" or "licences" or "copying" or "terms" or "agreement"))
        {
            return null;
        }
        var parts = words.Select(Governed).Where(part => part is not null).Distinct().ToList();
        return parts is [var part] ? part : null;
    }

    private static Part? Governed(string word) =>
        word switch
        {
            "model" or "models" or "weight" or "weights" => Part.Weights,
            "code" or "source" or "software" => Part.Code,
            "data" or "dataset" or "datasets" => Part.Data,
            "doc" or "docs" or "documentation" => Part.Docs,
            _ => null,
        };

    // Words run together are told apart by their capitals: ModelsCommunityLicenseAgreement.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex NameWord();
}
