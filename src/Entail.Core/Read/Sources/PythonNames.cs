namespace Entail.Core.Read.Sources;

/// <summary>What names stand for in Python: assignments and parameters by the function they belong to, fields of classes, and options of the command line.</summary>
internal sealed class PythonNames
{
    private const int MostValues = 8;
    private const int MostAssigned = 100_000;

    private sealed record Assigned(int At, int Column, Span Value);

    private readonly Dictionary<(int Scope, string Name), List<Assigned>> assigned = [];
    private readonly List<(int Start, int Scope, int Column)> statements = [];
    private readonly List<int> outer = [-1];
    private readonly HashSet<int> classes = [];
    private readonly Dictionary<string, List<Span>> options = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Span>> fields = new(StringComparer.Ordinal);
    private int count;

    /// <summary>What has a name that may stand for a model and a value of its own: parameters, fields, options and constants.</summary>
    public List<(string Name, Span Value)> Defaults { get; } = [];

    /// <summary>The module that a name was imported from, by the name.</summary>
    public Dictionary<string, string> Imported { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads all statements.</summary>
    public void Read(Code code)
    {
        var open = new Stack<(int Column, int Scope)>();
        open.Push((-1, 0));
        for (var i = 0; i < code.Tokens.Count; )
        {
            if (code[i].Kind == TokenKind.Break)
            {
                i++;
                continue;
            }
            var column = code[i].Column;
            while (open.Count > 1 && open.Peek().Column >= column)
            {
                open.Pop();
            }
            statements.Add((i, open.Peek().Scope, column));
            var end = End(code, i);
            Statement(code, new Span(i, end), open);
            i = end;
        }
        foreach (var call in code.Calls().Where(c => c.Name is "add_argument" or "option"))
        {
            var arguments = code.Arguments(call.Open, "=").Take(20).ToList();
            var option = arguments.FirstOrDefault(a =>
                a.Name is null && a.Value.Length == 1 && code[a.Value.Start].Value.StartsWith("--", StringComparison.Ordinal)
            );
            var given = arguments.FirstOrDefault(a => a.Name == "default");
            if (option.Value.Length == 1 && given.Value.Length > 0)
            {
                var name = code[option.Value.Start].Value.TrimStart('-').Replace('-', '_');
                Add(options, name, given.Value);
                Defaults.Add((name, given.Value));
            }
        }
    }

    /// <summary>The values that a name may have at a place.</summary>
    public IEnumerable<Span> ValuesOf(string name, int at)
    {
        if (name.LastIndexOf('.') is > 0 and var dot)
        {
            var last = name[(dot + 1)..];
            return assigned.TryGetValue((-1, name), out var own) ? own.TakeLast(MostValues).Select(a => a.Value)
                : name.StartsWith("self.", StringComparison.Ordinal) || !options.TryGetValue(last, out var option) ? FieldsOf(last)
                : option.Take(MostValues);
        }
        var (scope, column) = PlaceOf(at);
        for (var s = scope; s >= 0; s = outer[s])
        {
            if ((s == scope || !classes.Contains(s)) && assigned.TryGetValue((s, name), out var found))
            {
                return Before(found, at, column);
            }
        }
        return [];
    }

    private IEnumerable<Span> FieldsOf(string name) => fields.TryGetValue(name, out var found) ? found.Take(MostValues) : [];

    // The last assignment before the place; those before it too, as long as the last ones need not have happened. Where there is none, the first after.
    private static List<Span> Before(List<Assigned> found, int at, int column)
    {
        var (low, high) = (0, found.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = found[middle].At < at ? (middle + 1, high) : (low, middle);
        }
        var values = new List<Span>();
        for (var i = low - 1; i >= 0 && values.Count < MostValues; i--)
        {
            // `x = x.map(…)` is about the x before it.
            if (at >= found[i].Value.Start && at < found[i].Value.End)
            {
                continue;
            }
            values.Add(found[i].Value);
            if (found[i].Column <= column)
            {
                break;
            }
        }
        return values.Count > 0 || low == found.Count ? values : [found[low].Value];
    }

    private (int Scope, int Column) PlaceOf(int at)
    {
        var (low, high) = (0, statements.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = statements[middle].Start <= at ? (middle + 1, high) : (low, middle);
        }
        return low == 0 ? (0, 0) : (statements[low - 1].Scope, statements[low - 1].Column);
    }

    private static int End(Code code, int start)
    {
        var i = start;
        while (i < code.Tokens.Count && code[i].Kind != TokenKind.Break && !code[i].Is(";"))
        {
            i = code.After(i);
        }
        return i < code.Tokens.Count && code[i].Is(";") ? i + 1 : Math.Max(i, start + 1);
    }

    private void Statement(Code code, Span span, Stack<(int Column, int Scope)> open)
    {
        var scope = open.Peek().Scope;
        var column = code[span.Start].Column;
        var start = code[span.Start].IsWord("async") ? span.Start + 1 : span.Start;
        switch (code[start].Value)
        {
            case "def" or "class" when code[start].Kind == TokenKind.Word:
                var isClass = code[start].Value == "class";
                outer.Add(scope);
                open.Push((column, outer.Count - 1));
                if (isClass)
                {
                    classes.Add(outer.Count - 1);
                }
                else if (code[start + 2].Is("("))
                {
                    Parameters(code, start + 2, outer.Count - 1);
                }
                break;
            case "from" when code[start].Kind == TokenKind.Word:
                Imports(code, span);
                break;
            default:
                Assignment(code, span, scope, column);
                break;
        }
    }

    private void Parameters(Code code, int bracket, int scope)
    {
        foreach (var parameter in code.Arguments(bracket, "="))
        {
            var name = code[parameter.NamedAt].Value;
            var value = parameter.Value;
            if (parameter.Name is null)
            {
                var sign = Sign(code, parameter.Value);
                value = sign < 0 ? default : new Span(sign + 1, parameter.Value.End);
            }
            Add(scope, name, new Assigned(parameter.NamedAt, -1, value));
            if (value.Length > 0)
            {
                Defaults.Add((name, value));
            }
        }
    }

    private void Imports(Code code, Span span)
    {
        var at = code.EndOfNames(new Span(span.Start + 1, span.End));
        var module = code[span.Start + 1].Value;
        for (var i = at; i < span.End && Imported.Count < MostAssigned; i++)
        {
            if (code[i].Kind == TokenKind.Word && code[i].Value is not ("import" or "as"))
            {
                Imported[code[i].Value] = module;
            }
        }
    }

    // `a = b`, `a: type = b`, `a, b = c`.
    private void Assignment(Code code, Span span, int scope, int column)
    {
        var sign = Sign(code, span);
        if (sign < 0)
        {
            return;
        }
        var value = new Span(sign + 1, code[span.End - 1].Is(";") ? span.End - 1 : span.End);
        var isAnnotated = false;
        for (var i = span.Start; i < sign; )
        {
            var end = code.EndOfNames(new Span(i, sign));
            if (end == i)
            {
                isAnnotated |= code[i].Is(":");
                if (isAnnotated || !code[i].Is(","))
                {
                    break;
                }
                i++;
                continue;
            }
            var name = string.Concat(Enumerable.Range(i, end - i).Select(t => code[t].Value));
            Add(name.Contains('.', StringComparison.Ordinal) ? -1 : scope, name, new Assigned(i, column, value));
            var isAlone = i == span.Start && (end == sign || code[end].Is(":"));
            if (isAlone && classes.Contains(scope))
            {
                Add(fields, name, value);
            }
            if (isAlone && (classes.Contains(scope) || !name.Any(char.IsLower)))
            {
                Defaults.Add((name, value));
            }
            i = end;
        }
    }

    private static int Sign(Code code, Span span)
    {
        for (var i = span.Start; i < span.End; i = code.After(i))
        {
            if (code[i].Is("="))
            {
                return i;
            }
        }
        return -1;
    }

    private void Add(int scope, string name, Assigned value)
    {
        if (count++ < MostAssigned)
        {
            if (!assigned.TryGetValue((scope, name), out var found))
            {
                assigned[(scope, name)] = found = [];
            }
            found.Add(value);
        }
    }

    private static void Add(Dictionary<string, List<Span>> to, string name, Span value)
    {
        if (!to.TryGetValue(name, out var found))
        {
            to[name] = found = [];
        }
        found.Add(value);
    }
}
