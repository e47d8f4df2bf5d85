using Entail.Core.Identify;

namespace Entail.Tasks;

/// <summary>For those who encode a license: where each sentence begins, counted in normalized words.</summary>
internal static class WordsTask
{
    public static int Print(string file)
    {
        var text = File.ReadAllText(file);
        var words = Normalization.Words(text);
        var line = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var newLine = word.Line != line;
            if (newLine || text.AsSpan(0, word.Offset).TrimEnd("\"'“‘( ") is [.., '.' or ';' or ':' or '!' or '?'])
            {
                Console.Write(newLine ? $"\n{word.Line, 5} [{i}] " : $"\n      [{i}] ");
                line = word.Line;
            }
            var end = i + 1 < words.Count ? words[i + 1].Offset : text.Length;
            Console.Write(text[word.Offset..end].Split('\n')[0]);
        }
        Console.WriteLine($"\n({words.Count} words, normalization {Normalization.Version})");
        return 0;
    }
}
