namespace Entail.Core.Read.Sources;

/// <summary>Takes Python apart, far enough to tell strings, comments and statements.</summary>
internal static class PythonTokens
{
    private static readonly string[] Signs = ["**", "//", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "|=", "&=", ":=", "->"];

    /// <summary>The pieces of a text; a bracket or string that is never closed ends with it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="firstLine">The number of its first line.</param>
    /// <param name="tokens">Receives the pieces.</param>
    public static void Read(string text, int firstLine, List<Token> tokens)
    {
        var (i, line, start, depth) = (0, firstLine, 0, 0);
        while (i < text.Length && tokens.Count < Token.Most)
        {
            var c = text[i];
            switch (c)
            {
                case '\n':
                    if (depth == 0)
                    {
                        tokens.Add(new Token(TokenKind.Break, "", line, i - start));
                    }
                    (i, line, start) = (i + 1, line + 1, i + 1);
                    break;
                case '\\' when i + 1 < text.Length && text[i + 1] is '\n' or '\r':
                    i += text[i + 1] == '\r' && i + 2 < text.Length && text[i + 2] == '\n' ? 3 : 2;
                    (line, start) = (line + 1, i);
                    break;
                case '#':
                    i = text.IndexOf('\n', i) is >= 0 and var end ? end : text.Length;
                    break;
                case '"' or '\'':
                    i = String(text, i, "", ref line, ref start, tokens);
                    break;
                case var _ when char.IsLetterOrDigit(c) || c == '_':
                    var word = i;
                    while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
                    {
                        i++;
                    }
                    if (i < text.Length && text[i] is '"' or '\'' && IsPrefix(text.AsSpan(word, i - word)))
                    {
                        i = String(text, i, text[word..i], ref line, ref start, tokens);
                    }
                    else
                    {
                        tokens.Add(new Token(TokenKind.Word, text[word..i], line, word - start));
                    }
                    break;
                case var _ when char.IsWhiteSpace(c) || char.IsControl(c):
                    i++;
                    break;
                default:
                    depth = Math.Max(
                        0,
                        depth
                            + c switch
                            {
                                '(' or '[' or '{' => 1,
                                ')' or ']' or '}' => -1,
                                _ => 0,
                            }
                    );
                    var sign =
                        Signs.FirstOrDefault(s => string.CompareOrdinal(text, i, s, 0, s.Length) == 0) ?? string.Intern(c.ToString());
                    tokens.Add(new Token(TokenKind.Sign, sign, line, i - start));
                    i += sign.Length;
                    break;
            }
        }
        tokens.Add(new Token(TokenKind.Break, Token.Part, line, 0));
    }

    private static bool IsPrefix(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (c is not ('r' or 'R' or 'b' or 'B' or 'u' or 'U' or 'f' or 'F' or 't' or 'T'))
            {
                return false;
            }
        }
        return word.Length <= 2;
    }

    // The place behind the string.
    private static int String(string text, int open, string prefix, ref int line, ref int start, List<Token> tokens)
    {
        var quote = text[open];
        var triple = open + 2 < text.Length && text[open + 1] == quote && text[open + 2] == quote;
        var (first, column) = (line, open - start);
        var from = open + (triple ? 3 : 1);
        var i = from;
        var closed = false;
        while (i < text.Length)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
            }
            else if (text[i] == '\n' && !triple)
            {
                break;
            }
            else if (text[i] == quote && (!triple || string.CompareOrdinal(text, i, text, open, 3) == 0))
            {
                closed = true;
                break;
            }
            if (text[i] == '\n')
            {
                (line, start) = (line + 1, i + 1);
            }
            i++;
        }
        var value = text[from..i];
        var plain =
            closed && !prefix.AsSpan().ContainsAny("bB") && !(prefix.AsSpan().ContainsAny("fFtT") && value.AsSpan().ContainsAny('{', '}'));
        tokens.Add(new Token(plain ? TokenKind.Text : TokenKind.Made, plain ? value : "", first, column));
        return Math.Min(text.Length, closed ? i + (triple ? 3 : 1) : i);
    }
}
