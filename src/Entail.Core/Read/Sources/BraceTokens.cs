namespace Entail.Core.Read.Sources;

/// <summary>Takes C#, JavaScript and TypeScript apart, far enough to tell strings and comments.</summary>
internal static class BraceTokens
{
    private static readonly string[] Signs = ["??=", "===", "!==", "??", "||", "&&", "=>", "==", "!=", "<=", ">=", "+=", "-=", "?.", "::"];

    private const int LongestPattern = 1000;

    /// <summary>The pieces of a text; a bracket or string that is never closed ends with it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isScript">JavaScript or TypeScript rather than C#.</param>
    public static List<Token> Read(string text, bool isScript)
    {
        var tokens = new List<Token>();
        var (i, line) = (0, 1);
        while (i < text.Length && tokens.Count < Token.Most)
        {
            var c = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (c == '\n')
            {
                (i, line) = (i + 1, line + 1);
            }
            else if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                i++;
            }
            else if (c == '/' && next == '/')
            {
                i = Find(text, "\n", i);
            }
            else if (c == '/' && next == '*')
            {
                i = Skip(text, i, Math.Min(text.Length, Find(text, "*/", i + 2) + 2), ref line);
            }
            else if (isScript && c == '/' && MayBeginPattern(tokens) && Pattern(text, i) is { } behind)
            {
                tokens.Add(new Token(TokenKind.Made, "", line, 0));
                i = behind;
            }
            else if (StringAt(text, i, isScript) is { } found)
            {
                tokens.Add(new Token(found.Value is null ? TokenKind.Made : TokenKind.Text, found.Value ?? "", line, 0));
                i = Skip(text, i, found.End, ref line);
            }
            else if (char.IsLetterOrDigit(c) || c is '_' or '$' or '@')
            {
                var word = i++;
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '$'))
                {
                    i++;
                }
                tokens.Add(new Token(TokenKind.Word, text[word..i], line, 0));
            }
            else
            {
                var sign = Signs.FirstOrDefault(s => string.CompareOrdinal(text, i, s, 0, s.Length) == 0) ?? string.Intern(c.ToString());
                tokens.Add(new Token(TokenKind.Sign, sign, line, 0));
                i += sign.Length;
            }
        }
        return tokens;
    }

    private static int Find(string text, string what, int from) =>
        from < text.Length && text.IndexOf(what, from, StringComparison.Ordinal) is >= 0 and var at ? at : text.Length;

    private static int Skip(string text, int from, int to, ref int line)
    {
        line += text.AsSpan(from, to - from).Count('\n');
        return to;
    }

    // A string that begins here: what it holds, null where that is not known before the code runs, and the place behind it.
    private static (string? Value, int End)? StringAt(string text, int i, bool isScript)
    {
        if (isScript)
        {
            return text[i] switch
            {
                '"' or '\'' => Simple(text, i, text[i]),
                '`' => Simple(text, i, '`') is var (value, end) && value?.Contains("${", StringComparison.Ordinal) == true
                    ? (null, end)
                    : Simple(text, i, '`'),
                _ => null,
            };
        }
        var open = i;
        while (open < text.Length && open - i < 8 && text[open] is '$' or '@')
        {
            open++;
        }
        if (open == text.Length || (text[open] != '"' && (open > i || text[open] != '\'')))
        {
            return null;
        }
        var prefix = text.AsSpan(i, open - i);
        var quotes = 0;
        while (open + quotes < text.Length && text[open + quotes] == '"')
        {
            quotes++;
        }
        var (found, behind) =
            text[open] == '\'' ? (null, Simple(text, open, '\'').End)
            : quotes >= 3 ? Raw(text, open, quotes)
            : prefix.Contains('@') ? Verbatim(text, open)
            : Simple(text, open, '"');
        return (prefix.Contains('$') && found?.Contains('{', StringComparison.Ordinal) == true ? null : found, behind);
    }

    // Up to the same quote; only a template goes on over lines.
    private static (string? Value, int End) Simple(string text, int open, char quote)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                return (text[(open + 1)..i], i + 1);
            }
            else if (text[i] == '\n' && quote != '`')
            {
                return (null, i);
            }
        }
        return (null, text.Length);
    }

    private static (string? Value, int End) Raw(string text, int open, int quotes)
    {
        var from = open + quotes;
        var close = Find(text, new string('"', Math.Min(quotes, 100)), from);
        return close == text.Length ? (null, close) : (text[from..close].Trim(), close + Math.Min(quotes, 100));
    }

    private static (string? Value, int End) Verbatim(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                continue;
            }
            if (i + 1 == text.Length || text[i + 1] != '"')
            {
                return (text[(open + 1)..i], i + 1);
            }
            i++;
        }
        return (null, text.Length);
    }

    // Where a value may begin, a slash begins a regular expression.
    private static bool MayBeginPattern(List<Token> tokens) =>
        tokens.Count == 0
        || tokens[^1] is { Kind: TokenKind.Sign, Value: not (")" or "]" or "}") }
        || tokens[^1].IsWord("return")
        || tokens[^1].IsWord("typeof");

    private static int? Pattern(string text, int open)
    {
        var inClass = false;
        var end = Math.Min(text.Length, open + LongestPattern);
        for (var i = open + 1; i < end && text[i] != '\n'; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '/' when !inClass:
                    return i + 1;
                default:
                    break;
            }
        }
        return null;
    }
}
