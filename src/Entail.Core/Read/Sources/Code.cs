namespace Entail.Core.Read.Sources;

/// <summary>A run of pieces of code: from the first to before the last.</summary>
internal readonly record struct Span(int Start, int End)
{
    /// <summary>How many pieces it has.</summary>
    public int Length => End - Start;
}

/// <summary>A call: the names before the bracket, the last of which is called, and the brackets' places.</summary>
internal sealed record Call(IReadOnlyList<string> Names, int First, int Open, int Close)
{
    /// <summary>What is called.</summary>
    public string Name => Names[^1];

    /// <summary>What it is called on, with dots; empty for a plain call.</summary>
    public string On => string.Join('.', Names.SkipLast(1));
}

/// <summary>A piece of a bracket's inside; <paramref name="Name"/> is null where it has none.</summary>
internal readonly record struct Argument(string? Name, int NamedAt, Span Value);

/// <summary>Code in pieces: which brackets belong together, calls, and the strings that a value may have.</summary>
/// <param name="tokens">The pieces.</param>
/// <param name="names">What stands for a name at a place: the values it was given; empty where that is not known.</param>
internal sealed class Code(IReadOnlyList<Token> tokens, Func<string, int, IEnumerable<Span>> names)
{
    private const int MostArguments = 2000;
    private const int MostPieces = 10_000;
    private const int LongestValue = 64;
    private const int DeepestValue = 6;
    private const int MostSteps = 200_000;
    private const int MostParts = 8;

    private readonly int[] matches = Matches(tokens);
    private int steps;

    /// <summary>The pieces.</summary>
    public IReadOnlyList<Token> Tokens => tokens;

    /// <summary>The piece at a place; a break behind the end.</summary>
    public Token this[int index] => index >= 0 && index < tokens.Count ? tokens[index] : new Token(TokenKind.Break, "", 1, 0);

    /// <summary>The place of the bracket that closes the one here; -1 without one.</summary>
    public int Match(int open) => open >= 0 && open < matches.Length ? matches[open] : -1;

    /// <summary>The place behind what begins here: behind the closing bracket for a bracket.</summary>
    public int After(int index) => Match(index) is > 0 and var close ? close + 1 : index + 1;

    /// <summary>Every call, in order.</summary>
    public IEnumerable<Call> Calls()
    {
        for (var i = 1; i < tokens.Count; i++)
        {
            if (tokens[i].Is("(") && matches[i] > 0 && tokens[i - 1].Kind == TokenKind.Word)
            {
                var first = FirstOfNames(i - 1);
                yield return new Call(Names(new Span(first, i)), first, i, matches[i]);
            }
        }
    }

    /// <summary>The call that a value begins with, as <c>a.b(…)</c>, whatever is done with its result; null for another value.</summary>
    public Call? CallAt(Span value)
    {
        var first = value.Start;
        while (first < value.End && (tokens[first].IsWord("await") || tokens[first].IsWord("new")))
        {
            first++;
        }
        var open = EndOfNames(new Span(first, value.End));
        return open > first && open < value.End && tokens[open].Is("(") && matches[open] > 0
            ? new Call(Names(new Span(first, open)), first, open, matches[open])
            : null;
    }

    /// <summary>What stands between two brackets, divided by commas.</summary>
    /// <param name="open">The place of the opening bracket.</param>
    /// <param name="sign">What stands between a name and its value.</param>
    public IEnumerable<Argument> Arguments(int open, string sign)
    {
        var (close, start) = (Match(open), open + 1);
        for (
            var (i, count, passed) = (start, 0, 0);
            close > 0 && i <= close && count < MostArguments && passed < MostPieces;
            i = After(i), passed++
        )
        {
            if (i == close || tokens[i].Is(","))
            {
                if (i > start)
                {
                    count++;
                    var isNamed = tokens[start].Kind is TokenKind.Word or TokenKind.Text && i - start > 2 && tokens[start + 1].Is(sign);
                    yield return new Argument(isNamed ? tokens[start].Value : null, start, new Span(isNamed ? start + 2 : start, i));
                }
                start = i + 1;
            }
        }
    }

    /// <summary>
    /// The strings that a value may have: itself, what its name stands for, either side of a choice or of a default, and the default of an environment
    /// variable. Nothing is put together; what is not plain has none.
    /// </summary>
    public IEnumerable<Token> Texts(Span value) => Texts(value, 0);

    private IEnumerable<Token> Texts(Span value, int depth)
    {
        if (depth > DeepestValue || value.Length <= 0 || ++steps > MostSteps)
        {
            return [];
        }
        var first = tokens[value.Start];
        if (value.Length == 1 && first.Kind == TokenKind.Text)
        {
            return [first];
        }
        if (first.Is("(") && matches[value.Start] == value.End - 1)
        {
            return Texts(new Span(value.Start + 1, value.End - 1), depth + 1);
        }
        if (EndOfNames(value) == value.End)
        {
            var name = string.Join('.', Names(value));
            return names(name, value.Start).SelectMany(v => Texts(v, depth + 1));
        }
        if (Parts(value) is { Count: > 1 } parts)
        {
            return parts.SelectMany(p => Texts(p, depth + 1));
        }
        return CallAt(value) is { } call && call.Close == value.End - 1 && DefaultOf(call) is { } other ? Texts(other, depth + 1) : [];
    }

    /// <summary>The value of a call that is a default: that of an environment variable or of a declared field; null for other calls.</summary>
    private Span? DefaultOf(Call call)
    {
        var place = (call.On, call.Name) switch
        {
            ("os" or "", "getenv") or ("os.environ" or "environ", "get") => 1,
            (_, "field" or "Field" or "Option" or "Argument") => 0,
            _ => -1,
        };
        if (place < 0)
        {
            return null;
        }
        var arguments = Arguments(call.Open, "=").Take(20).ToList();
        return arguments.Cast<Argument?>().FirstOrDefault(a => a!.Value.Name == "default")?.Value
            ?? (arguments.Count > place && arguments[place].Name is null ? arguments[place].Value : null);
    }

    // Either side of `or`, `??` and `||`; both values of `a if b else c` and `b ? a : c`.
    private List<Span> Parts(Span value)
    {
        var parts = new List<Span>();
        var start = value.Start;
        var (count, isChoice) = (0, false);
        for (var i = value.Start; i < value.End; i = After(i))
        {
            if (++count > LongestValue)
            {
                return [];
            }
            var token = tokens[i];
            if (token.Is("?"))
            {
                (start, isChoice) = (i + 1, true);
            }
            else if (token.IsWord("if"))
            {
                parts.Add(new Span(start, i));
                start = -1;
            }
            else if (token.IsWord("else"))
            {
                start = i + 1;
            }
            else if (start >= 0 && (token.IsWord("or") || token.Is("??") || token.Is("||") || (isChoice && token.Is(":"))))
            {
                parts.Add(new Span(start, i));
                start = i + 1;
            }
        }
        if (start > value.Start)
        {
            parts.Add(new Span(start, value.End));
        }
        return parts.Count > MostParts ? [] : parts;
    }

    /// <summary>The place behind the names that a value begins with, as <c>a.b.c</c>.</summary>
    public int EndOfNames(Span value)
    {
        var i = value.Start;
        while (i < value.End && tokens[i].Kind == TokenKind.Word && i - value.Start < 16)
        {
            i++;
            if (i + 1 < value.End && (tokens[i].Is(".") || tokens[i].Is("?.")) && tokens[i + 1].Kind == TokenKind.Word)
            {
                i++;
                continue;
            }
            break;
        }
        return i;
    }

    private int FirstOfNames(int last)
    {
        var i = last;
        while (i >= 2 && last - i < 16 && (tokens[i - 1].Is(".") || tokens[i - 1].Is("?.")) && tokens[i - 2].Kind == TokenKind.Word)
        {
            i -= 2;
        }
        return i;
    }

    private List<string> Names(Span span)
    {
        var found = new List<string>();
        for (var i = span.Start; i < span.End; i += 2)
        {
            found.Add(tokens[i].Value);
        }
        return found;
    }

    // A closing bracket that fits nothing open closes nothing; what was opened inside and never closed has no end.
    private static int[] Matches(IReadOnlyList<Token> tokens)
    {
        var found = new int[tokens.Count];
        Array.Fill(found, -1);
        var open = new Stack<(int Index, char Close)>();
        var waiting = new Dictionary<char, int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] is { Kind: TokenKind.Break, Value: Token.Part })
            {
                open.Clear();
                waiting.Clear();
            }
            if (tokens[i].Kind != TokenKind.Sign)
            {
                continue;
            }
            var close = tokens[i].Value switch
            {
                "(" => ')',
                "[" => ']',
                "{" => '}',
                _ => '\0',
            };
            if (close != '\0')
            {
                open.Push((i, close));
                waiting[close] = waiting.GetValueOrDefault(close) + 1;
            }
            else if (tokens[i].Value is ")" or "]" or "}" && waiting.GetValueOrDefault(tokens[i].Value[0]) > 0)
            {
                (int Index, char Close) last;
                do
                {
                    last = open.Pop();
                    waiting[last.Close]--;
                } while (last.Close != tokens[i].Value[0]);
                found[last.Index] = i;
            }
        }
        return found;
    }
}
