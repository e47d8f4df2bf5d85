using System.Security.Cryptography;
using System.Text;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>A reference text with its words in it.</summary>
/// <param name="Reference">What the index says of it.</param>
/// <param name="Text">Its characters.</param>
internal sealed record LicenseFile(ReferenceText Reference, string Text)
{
    public string Key => Reference.Key;
}

/// <summary>The texts that identification is tried on.</summary>
internal static class Corpus
{
    private static readonly string[] Lists = ["reference", "ai-extra"];

    /// <summary>
    /// The text of each entry of the index, in its order. Throws <see cref="InvalidDataException"/> for a text that is missing, or not the one
    /// of which the index holds the fingerprints.
    /// </summary>
    public static List<LicenseFile> Licenses(string folder, FingerprintIndex index)
    {
        var files = new List<LicenseFile>(index.Count);
        for (var number = 0; number < index.Count; number++)
        {
            var reference = index.Text(number);
            var path =
                Array.Find([.. Lists.Select(list => Path.Combine(folder, list, reference.Key + ".txt"))], File.Exists)
                ?? throw new InvalidDataException($"{folder} has no text {reference.Key}; --texts names the folder of the reference texts");
            var bytes = File.ReadAllBytes(path);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != reference.Sha256)
            {
                throw new InvalidDataException($"{path} is not the text in the index: build the index again, or name another folder");
            }
            files.Add(new LicenseFile(reference, Encoding.UTF8.GetString(bytes)));
        }
        return files;
    }

    /// <summary>The files below the folders, with their paths from there, in ordinal order; those that are no UTF-8 are left out.</summary>
    public static List<(string Name, string Text)> Prose(IEnumerable<string> folders)
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var files = new List<(string, string)>();
        foreach (var folder in folders)
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                try
                {
                    files.Add((Path.GetRelativePath(folder, path), strict.GetString(File.ReadAllBytes(path))));
                }
                catch (DecoderFallbackException) { }
            }
        }
        return files;
    }
}
