using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>Values of metadata in binary files as claims.</summary>
internal static class FormatClaims
{
    private const int LongestId = 80;

    /// <summary>A value; null where there is none.</summary>
    public static Claim? Text(ByteSource source, string key, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : new Claim(Problems.Excerpt(value), source.Key(key, value));

    /// <summary>
    /// A value that should name a license. An id or an expression is a claim; a sentence, or a whole text, is something to identify: what people
    /// write there need not be an id.
    /// </summary>
    public static (ImmutableArray<Claim> Licenses, ImmutableArray<TermsSource> Terms) License(ByteSource source, string key, string? value)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0)
        {
            return ([], []);
        }
        if (text.Length <= LongestId && IsExpression(text))
        {
            return ([new Claim(text, source.Key(key, text))], []);
        }
        var isText = text.Contains('\n', StringComparison.Ordinal);
        return (
            [],
            [
                new TermsSource(
                    source.File,
                    1,
                    isText ? text : $"License: {text}",
                    isText ? TermsKind.LicenseFile : TermsKind.CardSection,
                    "license"
                ),
            ]
        );
    }

    // One word, or words that the operators of an expression join.
    private static bool IsExpression(string text)
    {
        var words = text.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length % 2 == 1
            && !text.Contains("://", StringComparison.Ordinal)
            && words.Where((_, i) => i % 2 == 1).All(w => w.ToUpperInvariant() is "AND" or "OR" or "WITH");
    }
}
