namespace Entail.Core.Read.Sources;

/// <summary>What the variables of a script stand for, as far as it was read.</summary>
internal sealed class ShellNames
{
    private const int Deepest = 5;

    private const int MostValues = 10_000;

    private readonly Dictionary<string, ShellWord> values = new(StringComparer.Ordinal);
    private readonly List<(string Name, ShellWord Value)> all = [];

    /// <summary>Takes note of <c>NAME=value</c>; false for another word.</summary>
    public bool Assign(ShellWord word)
    {
        var sign = word.Text.IndexOf('=', StringComparison.Ordinal);
        if (sign <= 0 || sign > 100 || !IsName(word.Text.AsSpan(0, sign)))
        {
            return false;
        }
        Set(word.Text[..sign], word with { Text = word.Text[(sign + 1)..] });
        return true;
    }

    /// <summary>Gives a variable its value.</summary>
    public void Set(string name, ShellWord value)
    {
        var known = Of(value);
        values[name] = known;
        if (all.Count < MostValues)
        {
            all.Add((name, known));
        }
    }

    /// <summary>Tells of every variable that by its own name stands for a model.</summary>
    public void Tell(FoundUses uses)
    {
        foreach (var (name, value) in all)
        {
            EnvironmentNames.Read(name, value, uses);
        }
    }

    /// <summary>The word that stands for a word: for a variable its value, or the default that is given there. What is only partly a variable stays.</summary>
    public ShellWord Of(ShellWord word)
    {
        for (var depth = 0; depth < Deepest && word.IsPlain && word.Text.Length > 1 && word.Text[0] == '$'; depth++)
        {
            var text = word.Text;
            var inside =
                text[1] is '{' && text[^1] == '}' || text[1] is '(' && text[^1] == ')' ? text[2..^1]
                : text[1] == '$' && text.Length > 2 ? text[2..].Trim('{', '}', '(', ')')
                : text[1..];
            var end = 0;
            while (end < inside.Length && (char.IsLetterOrDigit(inside[end]) || inside[end] == '_'))
            {
                end++;
            }
            var rest = inside[end..];
            if (
                values.TryGetValue(inside[..end], out var value)
                && value.Text.Length > 0
                && value.Text != text
                && (rest.Length == 0 || rest[0] == ':' || rest[0] == '-')
            )
            {
                word = value;
            }
            else if (rest.StartsWith(":-", StringComparison.Ordinal) || rest.StartsWith(":=", StringComparison.Ordinal))
            {
                word = word with { Text = rest[2..] };
            }
            else if (rest.StartsWith('-'))
            {
                word = word with { Text = rest[1..] };
            }
            else
            {
                break;
            }
        }
        return word;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }
        return !char.IsAsciiDigit(text[0]);
    }
}
