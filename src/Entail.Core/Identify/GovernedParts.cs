using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>What the name of a license file, a heading or a sentence says of the part it governs.</summary>
public static partial class GovernedParts
{
    private const int MaxLength = 200;

    /// <summary>
    /// The part that a file's name states beside the word for a license, as in LICENSE-MODEL or MODEL_LICENSE; unknown where it names none,
    /// several, or is not called a license.
    /// </summary>
    /// <param name="fileName">A file name or path; only the last segment counts.</param>
    public static Part? Of(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var words = Words(name.Length > MaxLength ? name[..MaxLength] : name);
        return words.Exists(word =>
            word
                is "license"
                    or "licence"
                    or "licenses"
                    or "licences"
                    or "copying"
                    or "terms"
                    or "agreement"
                    or "许可"
                    or "授权"
                    or "协议"
                    or "条款"
        )
            ? Only(words)
            : null;
    }

    /// <summary>The part that a heading or a sentence speaks of; null where it speaks of none, or several. Of a longer one the end counts.</summary>
    public static Part? In(ReadOnlySpan<char> text) =>
        // "Open source" is said of everything.
        Only(Words(text[^Math.Min(text.Length, MaxLength)..].ToString()).Where(word => word != "source"));

    private static List<string> Words(string text) => [.. NameWord().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    private static Part? Only(IEnumerable<string> words) =>
        words.Select(Governed).OfType<Part>().Distinct().Take(2).ToList() is [var part] ? part : null;

    private static Part? Governed(string word) =>
        word switch
        {
            "model" or "models" or "weight" or "weights" or "checkpoint" or "checkpoints" or "模型" or "权重" => Part.Weights,
            "code" or "source" or "software" or "scripts" or "代码" or "源码" => Part.Code,
            "data" or "dataset" or "datasets" or "数据" => Part.Data,
            "doc" or "docs" or "documentation" or "文档" => Part.Docs,
            _ => null,
        };

    // Words run together are told apart by their capitals: ModelsCommunityLicenseAgreement.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|模型|权重|代码|源码|数据|文档|许可|授权|协议|条款", RegexOptions.CultureInvariant)]
    private static partial Regex NameWord();
}
