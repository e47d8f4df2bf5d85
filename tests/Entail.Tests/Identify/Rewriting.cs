using System.Text;
using Entail.Core.Identify;

namespace Entail.Tests.Identify;

/// <summary>What people do to a license text without meaning to change it, and what they do meaning to.</summary>
internal static class Rewriting
{
    /// <summary>The lines wrapped anew.</summary>
    public static string Wrap(string text, int columns = 72)
    {
        var result = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            var column = 0;
            foreach (var word in line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (column > 0 && column + 1 + word.Length > columns)
                {
                    result.Append('\n');
                    column = 0;
                }
                result.Append(column > 0 ? " " : "").Append(word);
                column += word.Length + 1;
            }
            result.Append('\n');
        }
        return result.ToString();
    }

    /// <summary>The text as a Markdown quotation.</summary>
    public static string Quote(string text) => string.Join('\n', text.Split('\n').Select(line => "> " + line));

    /// <summary>The text without the normalized words from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    public static string Cut(string text, int start, int end)
    {
        var words = Normalization.Words(text);
        return text[..words[start].Offset] + (end < words.Count ? text[words[end].Offset..] : "");
    }

    /// <summary>The normalized words from <paramref name="start"/> up to <paramref name="end"/>, as written.</summary>
    public static string Slice(string text, int start, int end)
    {
        var words = Normalization.Words(text);
        return text[words[start].Offset..(end < words.Count ? words[end].Offset : text.Length)];
    }

    /// <summary>The text with something put before a normalized word.</summary>
    public static string Insert(string text, int word, string inserted)
    {
        var offset = Normalization.Words(text)[word].Offset;
        return text[..offset] + inserted + text[offset..];
    }
}
