using System.Security.Cryptography;
using System.Text;

namespace Entail.Core.Identify;

/// <summary>A reference text as the builder reads it.</summary>
internal sealed record SourceText(string Key, string Spdx, bool Deprecated, string Sha256, uint[] Words)
{
    /// <summary>
    /// The texts listed in `reference.tsv` and `ai-extra.tsv` of <paramref name="folder"/>, and those that stand in it, `KEY.txt`, in ordinal order
    /// of their keys. A text without a file or words is left out, and so is the second of a key; <paramref name="report"/> says so.
    /// </summary>
    public static List<SourceText> ReadAll(string folder, TextWriter report)
    {
        var texts = new SortedDictionary<string, SourceText>(StringComparer.Ordinal);
        foreach (var list in Lists.Where(l => File.Exists(Path.Combine(folder, l + ".tsv"))))
        {
            var rows = File.ReadAllLines(Path.Combine(folder, list + ".tsv")).Select(line => line.Split('\t')).ToList();
            var spdx = Array.IndexOf(rows[0], "spdx");
            var deprecated = Array.IndexOf(rows[0], "is_deprecated");
            foreach (var row in rows.Skip(1).Where(row => row[0].Length > 0))
            {
                var file = Path.Combine(folder, list, row[0] + ".txt");
                if (File.Exists(file))
                {
                    Add(Read(row[0], Cell(row, spdx), Cell(row, deprecated).Length > 0, file));
                }
                else
                {
                    report.WriteLine($"no file: {row[0]}");
                }
            }
        }
        foreach (var file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            Add(Read(Path.GetFileNameWithoutExtension(file), "", false, file));
        }
        return [.. texts.Values];

        void Add(SourceText text)
        {
            if (text.Words.Length == 0)
            {
                report.WriteLine($"no words: {text.Key}");
            }
            else if (!texts.TryAdd(text.Key, text))
            {
                report.WriteLine($"listed twice: {text.Key}");
            }
        }
    }

    private static readonly string[] Lists = ["reference", "ai-extra"];

    private static SourceText Read(string key, string spdx, bool deprecated, string file)
    {
        var bytes = File.ReadAllBytes(file);
        var text = Encoding.UTF8.GetString(bytes);
        var words = WordScanner.Scan(IsOnlyFrontMatter(text) ? "" : text).Hashes.ToArray();
        return new SourceText(key, spdx, deprecated, Convert.ToHexStringLower(SHA256.HashData(bytes)), words);
    }

    private static string Cell(string[] row, int column) => column >= 0 && column < row.Length ? row[column].Trim() : "";

    // ScanCode keeps a few names that have no text; their files hold YAML front matter only.
    private static bool IsOnlyFrontMatter(string text) =>
        text.StartsWith("---\nkey:", StringComparison.Ordinal) && text.TrimEnd().EndsWith("\n---", StringComparison.Ordinal);
}
