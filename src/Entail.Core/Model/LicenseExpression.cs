using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>A license expression after SPDX (annex "SPDX license expressions"): ids joined by AND, OR and WITH.</summary>
public abstract record LicenseExpression
{
    private LicenseExpression() { }

    /// <summary>One license as written, with an exception where WITH names one.</summary>
    public sealed record Single(string Id, string? Exception) : LicenseExpression
    {
        /// <inheritdoc/>
        public override string ToString() => Exception is null ? Id : $"{Id} WITH {Exception}";
    }

    /// <summary>All bind.</summary>
    public sealed record And(ImmutableArray<LicenseExpression> Operands) : LicenseExpression
    {
        /// <inheritdoc/>
        public override string ToString() => string.Join(" AND ", Operands.Select(o => o is Or ? $"({o})" : o.ToString()));
    }

    /// <summary>The recipient chooses.</summary>
    public sealed record Or(ImmutableArray<LicenseExpression> Operands) : LicenseExpression
    {
        /// <inheritdoc/>
        public override string ToString() => string.Join(" OR ", Operands);
    }

    /// <summary>Every license named, in order.</summary>
    public IEnumerable<Single> Singles() =>
        this switch
        {
            Single single => [single],
            And and => and.Operands.SelectMany(o => o.Singles()),
            Or or => or.Operands.SelectMany(o => o.Singles()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private const int LongestText = 2000;
    private const int MostTokens = 200;
    private const int DeepestNesting = 16;

    /// <summary>
    /// Reads an expression. A text that is no expression (spaces between plain words, as in free-text license names) is one id.
    /// </summary>
    public static LicenseExpression Parse(string text) => TryParse(text) ?? new Single(text.Trim(), null);

    /// <summary>
    /// Reads an expression (SPDX 3.0.1, annex "SPDX license expressions"; operators in any case). Null for a text that is none, or more than 200 ids,
    /// operators and parentheses, or nested deeper than 16.
    /// </summary>
    public static LicenseExpression? TryParse(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }
        var tokens = Tokens(text);
        var position = 0;
        return tokens.Length is > 0 and < MostTokens && ReadOr(tokens, ref position, 0) is { } parsed && position == tokens.Length
            ? parsed
            : null;
    }

    private static string[] Tokens(string text) =>
        text.Replace("(", " ( ", StringComparison.Ordinal)
            .Replace(")", " ) ", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static LicenseExpression? ReadOr(string[] tokens, ref int position, int depth)
    {
        var operands = ReadJoined(tokens, ref position, "OR", depth, (ref p) => ReadAnd(tokens, ref p, depth));
        return operands is null ? null
            : operands.Value is [var one] ? one
            : new Or(operands.Value);
    }

    private static LicenseExpression? ReadAnd(string[] tokens, ref int position, int depth)
    {
        var operands = ReadJoined(tokens, ref position, "AND", depth, (ref p) => ReadWith(tokens, ref p, depth));
        return operands is null ? null
            : operands.Value is [var one] ? one
            : new And(operands.Value);
    }

    private delegate LicenseExpression? Reader(ref int position);

    private static ImmutableArray<LicenseExpression>? ReadJoined(string[] tokens, ref int position, string word, int depth, Reader read)
    {
        if (depth > DeepestNesting)
        {
            return null;
        }
        var operands = ImmutableArray.CreateBuilder<LicenseExpression>();
        do
        {
            if (read(ref position) is not { } operand)
            {
                return null;
            }
            operands.Add(operand);
        } while (TakeWord(tokens, ref position, word));
        return operands.ToImmutable();
    }

    private static LicenseExpression? ReadWith(string[] tokens, ref int position, int depth)
    {
        if (position >= tokens.Length)
        {
            return null;
        }
        if (TakeWord(tokens, ref position, "("))
        {
            var inner = ReadOr(tokens, ref position, depth + 1);
            return inner is not null && TakeWord(tokens, ref position, ")") ? inner : null;
        }
        var id = tokens[position++];
        if (id is ")" || IsWord(id))
        {
            return null;
        }
        if (!TakeWord(tokens, ref position, "WITH"))
        {
            return new Single(id, null);
        }
        return position < tokens.Length && !IsWord(tokens[position]) ? new Single(id, tokens[position++]) : null;
    }

    private static bool IsWord(string token) =>
        token.Equals("AND", StringComparison.OrdinalIgnoreCase)
        || token.Equals("OR", StringComparison.OrdinalIgnoreCase)
        || token.Equals("WITH", StringComparison.OrdinalIgnoreCase)
        || token is "(" or ")";

    private static bool TakeWord(string[] tokens, ref int position, string word)
    {
        if (position >= tokens.Length || !tokens[position].Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        position++;
        return true;
    }
}
