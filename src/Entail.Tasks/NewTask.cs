using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Entail.Core.Identify;

namespace Entail.Tasks;

/// <summary>Begins the two files of a license: its text counted and cut into paragraphs, and everything that a person must say left blank.</summary>
internal static partial class NewTask
{
    public static int Write(string catalog, string id, string file)
    {
        var folder = Path.Combine(catalog, "licenses", id);
        if (Directory.Exists(folder))
        {
            Console.Error.WriteLine($"{folder} is there already; edit it, or take another id");
            return 3;
        }
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"there is no file {file}; give the license's text, as text");
            return 3;
        }
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "rules.yaml"), Rules(id, file));
        File.WriteAllText(Path.Combine(folder, "cases.yaml"), Cases);
        Console.WriteLine($"wrote {folder}; fill in what `tasks check {catalog} {id}` names");
        return 0;
    }

    private static string Rules(string id, string file)
    {
        var text = File.ReadAllText(file);
        var words = Normalization.Words(text);
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $$"""
            id: {{id}}
            name: {en: , zh: }
            version: ""
            family:
            covers: [weights]
            url:
            ids: {spdx: [], scancode: [], huggingface: [], ollama: [], other: []}
            silence: prohibited
            documents:
              - id: agreement
                title: {en: , zh: }
                text: {{Path.GetFileNameWithoutExtension(file)}}
                sha256: {{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}}
                normalization: {{Normalization.Version}}
                words: {{words.Count}}
                clauses:

            """
        );
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (start, number) in Paragraphs(text, words))
        {
            var name = number is not null && used.Add(number) ? number : $"p{start}";
            used.Add(name);
            page.Append(CultureInfo.InvariantCulture, $"      - {{id: \"{name}\", start: {start}, en: , zh: }}\n");
        }
        return page.Append("rules:\n").ToString();
    }

    // A paragraph begins after an empty line, or with a number of its own.
    private static IEnumerable<(int Start, string? Number)> Paragraphs(string text, IReadOnlyList<Word> words)
    {
        var lines = text.Split('\n');
        var begun = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var line = words[i].Line;
            if (line == begun)
            {
                continue;
            }
            var number = Numbered().Match(lines[line - 1]) is { Success: true } match ? match.Groups["number"].Value : null;
            if (i == 0 || number is not null || lines[line - 2].Trim().Length == 0)
            {
                yield return (i, number);
            }
            begun = line;
        }
    }

    [GeneratedRegex(
        @"^\s*(section\s+|article\s+)?\(?(?<number>(\d+|[a-z]|[ivx]+)(\.\d+)*)[.)]\s",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Numbered();

    private const string Cases = """
        - id: commercial-use
          question: May I use it commercially?
          ask: {acts: [run, sell], facts: {commercial: true}}
          expect: {verdict: , clauses: []}

        """;
}
