using System.Collections.Immutable;
using System.Globalization;

namespace Entail.Core.Model;

/// <summary>Reads guards: <c>commercial and (mau > 700000000 or territory overlaps [EU])</c>.</summary>
public sealed class GuardParser
{
    private const int DeepestNesting = 32;

    private readonly List<string> tokens;
    private int position;
    private int depth;

    private GuardParser(string text) => tokens = Tokenize(text);

    /// <summary>Reads <paramref name="text"/>; where that fails, <paramref name="error"/> says what was expected.</summary>
    public static bool TryParse(string text, out Guard guard, out string error)
    {
        try
        {
            var parser = new GuardParser(text);
            guard = parser.Any();
            if (parser.position < parser.tokens.Count)
            {
                throw new FormatException($"unexpected '{parser.tokens[parser.position]}'");
            }
            error = "";
            return true;
        }
        catch (FormatException problem)
        {
            guard = new Guard.Always();
            error = $"cannot read the guard `{text}`: {problem.Message}";
            return false;
        }
    }

    private Guard Any() => Joined("or", All, operands => new Guard.Any(operands));

    private Guard All() => Joined("and", Unary, operands => new Guard.All(operands));

    private Guard Joined(string word, Func<Guard> operand, Func<ImmutableArray<Guard>, Guard> join)
    {
        var operands = ImmutableArray.CreateBuilder<Guard>();
        operands.Add(operand());
        while (Take(word))
        {
            operands.Add(operand());
        }
        return operands.Count == 1 ? operands[0] : join(operands.ToImmutable());
    }

    private Guard Unary()
    {
        if (++depth > DeepestNesting)
        {
            throw new FormatException("nested too deeply");
        }
        try
        {
            if (Take("not"))
            {
                return new Guard.Not(Unary());
            }
            if (Take("("))
            {
                var inner = Any();
                return Take(")") ? inner : throw new FormatException("a ')' is missing");
            }
            return Test();
        }
        finally
        {
            depth--;
        }
    }

    private Guard Test()
    {
        var fact = Next("a fact");
        if (fact == "always")
        {
            return new Guard.Always();
        }
        if (!char.IsAsciiLetterLower(fact[0]))
        {
            throw new FormatException($"'{fact}' is no fact");
        }
        var scope = Guard.Scope.Either;
        var dot = fact.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            scope = Kebab.TryParse<Guard.Scope>(fact[(dot + 1)..], out var named)
                ? named
                : throw new FormatException($"'{fact}': .product or .group is meant");
            fact = fact[..dot];
        }
        return Peek() switch
        {
            "<" => Limit(fact, scope, Guard.Comparison.Less),
            "<=" => Limit(fact, scope, Guard.Comparison.AtMost),
            ">=" => Limit(fact, scope, Guard.Comparison.AtLeast),
            ">" => Limit(fact, scope, Guard.Comparison.More),
            "is" => Names(fact, Guard.Membership.In),
            "in" => Names(fact, Guard.Membership.In),
            "overlaps" => Names(fact, Guard.Membership.Overlaps),
            "within" => Names(fact, Guard.Membership.Within),
            _ => new Guard.IsTrue(fact),
        };
    }

    private Guard Limit(string fact, Guard.Scope scope, Guard.Comparison comparison)
    {
        position++;
        var limit = Next("a number or a date");
        if (decimal.TryParse(limit, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return new Guard.Number(fact, scope, comparison, number);
        }
        return DateOnly.TryParseExact(limit, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new Guard.Date(fact, comparison, date)
            : throw new FormatException($"'{limit}' is neither a number nor a date (yyyy-MM-dd)");
    }

    private Guard.Names Names(string fact, Guard.Membership how)
    {
        position++;
        var values = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        if (!Take("["))
        {
            values.Add(Next("a value"));
            return new Guard.Names(fact, how, values.ToImmutable());
        }
        do
        {
            values.Add(Next("a value"));
        } while (Take(","));
        return Take("]") ? new Guard.Names(fact, how, values.ToImmutable()) : throw new FormatException("a ']' is missing");
    }

    private string? Peek() => position < tokens.Count ? tokens[position] : null;

    private bool Take(string token)
    {
        if (Peek() != token)
        {
            return false;
        }
        position++;
        return true;
    }

    private string Next(string expected) =>
        position < tokens.Count ? tokens[position++] : throw new FormatException($"{expected} is missing");

    private static List<string> Tokenize(string text)
    {
        var found = new List<string>();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c is '(' or ')' or '[' or ']' or ',')
            {
                found.Add(c.ToString());
                i++;
            }
            else if (c is '<' or '>')
            {
                var length = i + 1 < text.Length && text[i + 1] == '=' ? 2 : 1;
                found.Add(text.Substring(i, length));
                i += length;
            }
            else
            {
                var start = i;
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '-' or '_' or '.' or '@'))
                {
                    i++;
                }
                found.Add(i > start ? text[start..i] : throw new FormatException($"unexpected '{c}'"));
            }
        }
        return found;
    }
}
