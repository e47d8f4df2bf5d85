using System.Text.RegularExpressions;

namespace Entail.Core.Identify;

/// <summary>What a license file's name says of the part it governs.</summary>
public static partial class GovernedParts
{
    /// <summary>
    /// The part that a file's name states beside the word for a license, as in LICENSE-MODEL or MODEL_LICENSE; unknown where it names none,
    /// several, or is not called a license.
    /// </summary>
    /// <param name="fileName">A file name or path; only the last segment counts.</param>
    public static GovernedPart Of(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var words = NameWord().Matches(name.Length > 200 ? name[..200] : name).Select(match => match.Value.ToLowerInvariant()).ToList();
        if (!words.Exists(word => word is "license" or "licence" or "licenses" or "licences" or "copying" or "terms" or "agreement"))
        {
            return GovernedPart.Unknown;
        }
        var parts = words.Select(Part).Where(part => part != GovernedPart.Unknown).Distinct().ToList();
        return parts is [var part] ? part : GovernedPart.Unknown;
    }

    private static GovernedPart Part(string word) =>
        word switch
        {
            "model" or "models" or "weight" or "weights" => GovernedPart.Weights,
            "code" or "source" or "software" => GovernedPart.Code,
            "data" or "dataset" or "datasets" => GovernedPart.Data,
            "doc" or "docs" or "documentation" => GovernedPart.Docs,
            _ => GovernedPart.Unknown,
        };

    // Words run together are told apart by their capitals: ModelsCommunityLicenseAgreement.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex NameWord();
}
