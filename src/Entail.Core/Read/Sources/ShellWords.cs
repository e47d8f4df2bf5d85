using System.Text;

namespace Entail.Core.Read.Sources;

/// <summary>A word of a command and the line that has it, counted from 1; <paramref name="IsPlain"/> is false where no variable in it is replaced.</summary>
internal readonly record struct ShellWord(string Text, int Line, bool IsPlain = true);

/// <summary>Takes shell scripts apart: commands in words, without comments and quotes. Nothing is run and no word is put together.</summary>
internal static class ShellWords
{
    private const int MostWords = 500_000;

    /// <summary>The commands of a script. Documents within it belong to no command; quotes that are never closed end with the text.</summary>
    /// <param name="text">The script.</param>
    /// <param name="firstLine">The number of its first line.</param>
    /// <param name="continuation">What joins a line with the next one at its end.</param>
    public static IEnumerable<List<ShellWord>> Commands(string text, int firstLine, char continuation = '\\')
    {
        var command = new List<ShellWord>();
        var word = new StringBuilder();
        var (line, wordLine, isWord, isPlain, words) = (firstLine, firstLine, false, true, 0);
        var document = "";
        for (var i = 0; i <= text.Length && words < MostWords; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (c is '"' or '\'' && continuation != '^')
            {
                (wordLine, isWord, isPlain) = (isWord ? wordLine : line, true, isPlain && c == '"');
                for (i++; i < text.Length && text[i] != c; i++)
                {
                    if (text[i] == '\\' && c == '"' && i + 1 < text.Length)
                    {
                        i++;
                    }
                    line += text[i] == '\n' ? 1 : 0;
                    word.Append(text[i]);
                }
                continue;
            }
            if (c == continuation && i + 1 < text.Length && text[i + 1] is '\n' or '\r')
            {
                i += text[i + 1] == '\r' && i + 2 < text.Length && text[i + 2] == '\n' ? 2 : 1;
                line++;
                c = ' ';
            }
            else if (c == '\\' && continuation == '\\' && i + 1 < text.Length)
            {
                (wordLine, isWord) = (isWord ? wordLine : line, true);
                word.Append(text[++i]);
                continue;
            }
            var isComment = c == '#' && !isWord;
            if (isComment)
            {
                i = text.IndexOf('\n', i) is >= 0 and var end ? end : text.Length;
                c = '\n';
            }
            if (c is '<' && i + 2 < text.Length && text[i + 1] == '<' && text[i + 2] != '<')
            {
                document = Delimiter(text, i + 2);
            }
            // `$(` and `${` belong to a word; other signs end it.
            var opens = c is '(' or '{' && word.Length > 0 && word[^1] == '$';
            if (
                opens
                && text.IndexOf(c == '(' ? ')' : '}', i, Math.Min(200, text.Length - i)) is > 0 and var close
                && !Holds(text, i, close, "\n")
            )
            {
                word.Append(text, i, close - i + 1);
                i = close;
                continue;
            }
            var isEnd = c is '\n' or ';' or '|' or '&' or '(' or ')' or '`';
            if (!isEnd && c is not (' ' or '\t' or '\r' or '\0' or '<' or '>'))
            {
                (wordLine, isWord) = (isWord ? wordLine : line, true);
                word.Append(c);
                continue;
            }
            if (isWord)
            {
                command.Add(new ShellWord(word.ToString(), wordLine, isPlain));
                words++;
                word.Clear();
                (isWord, isPlain) = (false, true);
            }
            if (isEnd && command.Count > 0)
            {
                yield return command;
                command = [];
            }
            if (c == '\n')
            {
                line++;
                if (document.Length > 0)
                {
                    (i, line) = AfterDocument(text, i, line, document);
                    document = "";
                }
            }
        }
    }

    private static bool Holds(string text, int from, int to, string what) =>
        text.AsSpan(from, to - from).Contains(what, StringComparison.Ordinal);

    private static string Delimiter(string text, int from)
    {
        var i = from;
        while (i < text.Length && text[i] is '-' or ' ' or '\'' or '"')
        {
            i++;
        }
        var start = i;
        while (i < text.Length && i - start < 100 && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
        {
            i++;
        }
        return i > start && !char.IsAsciiDigit(text[start]) ? text[start..i] : "";
    }

    // The place of the end of the line that ends the document, or of the text, and the number of the next line.
    private static (int At, int Line) AfterDocument(string text, int at, int line, string delimiter)
    {
        for (var start = at + 1; start < text.Length; )
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            line++;
            if (text.AsSpan(start, end - start).Trim().SequenceEqual(delimiter))
            {
                return (end, line);
            }
            start = end + 1;
        }
        return (text.Length, line);
    }
}
