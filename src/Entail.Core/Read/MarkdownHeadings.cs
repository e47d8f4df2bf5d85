using System.Text.RegularExpressions;

namespace Entail.Core.Read;

/// <summary>A heading of a Markdown text.</summary>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Offset">The character at which that line begins.</param>
/// <param name="Level">1 to 6; <see cref="MarkdownHeadings.Bold"/> for a line that is only bold, which many cards use as a heading.</param>
/// <param name="Text">What it says, with the markup inside.</param>
internal readonly record struct Heading(int Line, int Offset, int Level, string Text);

/// <summary>Finds the headings of Markdown: <c>#</c>, underlined (reStructuredText too), HTML, and lines in bold. Those in code blocks are none.</summary>
internal static partial class MarkdownHeadings
{
    /// <summary>The level of a line in bold: below every heading.</summary>
    public const int Bold = 7;

    private const int LongestHeading = 500;

    /// <summary>The headings from a line on, in the order of the text.</summary>
    /// <param name="text">The text; lines end with LF.</param>
    /// <param name="firstLine">The line to begin with, counted from 1.</param>
    public static IEnumerable<Heading> Of(string text, int firstLine)
    {
        var fence = "";
        (int Line, int Offset, string Text)? paragraph = null;
        var offset = 0;
        for (var number = 1; offset <= text.Length; number++)
        {
            var end = text.IndexOf('\n', offset);
            end = end < 0 ? text.Length : end;
            if (number >= firstLine)
            {
                var line = text.AsSpan(offset, end - offset).Trim();
                if (Fence(line) is { Length: > 0 } mark && (fence.Length == 0 || (mark[0] == fence[0] && mark.Length >= fence.Length)))
                {
                    fence = fence.Length == 0 ? mark : "";
                    paragraph = null;
                }
                else if (fence.Length == 0)
                {
                    if (paragraph is { Line: > 0 } over && IsUnderline(line))
                    {
                        yield return new Heading(over.Line, over.Offset, line[0] == '=' ? 1 : 2, over.Text);
                        paragraph = null;
                    }
                    else if (line.Length <= LongestHeading && Marked(line.ToString()) is (> 0 and var level, var marked))
                    {
                        yield return new Heading(number, offset, level, marked);
                        paragraph = null;
                    }
                    else
                    {
                        // Only a paragraph of one line is taken for an underlined heading.
                        paragraph =
                            line.Length is > 0 and <= LongestHeading && paragraph is null ? (number, offset, line.ToString())
                            : line.Length > 0 ? (0, 0, "")
                            : null;
                    }
                }
            }
            offset = end + 1;
        }
    }

    // The mark that opens or closes a block of code; empty for other lines.
    private static string Fence(ReadOnlySpan<char> line)
    {
        var length = line.Length > 0 && line[0] is '`' or '~' ? line.IndexOfAnyExcept(line[0]) : 0;
        length = length < 0 ? line.Length : length;
        return length >= 3 ? line[..length].ToString() : "";
    }

    private static bool IsUnderline(ReadOnlySpan<char> line) =>
        line.Length >= 2 && line[0] is '=' or '-' && !line.ContainsAnyExcept(line[0]);

    private static (int Level, string Text) Marked(string line)
    {
        var match = line.Length > 2 && line[0] is '#' or '<' or '*' or '_' ? Marks().Match(line) : Match.Empty;
        return !match.Success ? (0, "")
            : match.Groups["hashes"] is { Success: true } hashes ? (hashes.Length, match.Groups["text"].Value)
            : match.Groups["html"] is { Success: true } html ? (html.Value[0] - '0', match.Groups["text"].Value)
            : (Bold, match.Groups["text"].Value);
    }

    [GeneratedRegex(
        @"^(?:(?<hashes>#{1,6})[ \t]+(?<text>.*?)[ \t#]*|<h(?<html>[1-6])[^<>]*>(?<text>.*?)(?:</h[1-6]>)?|(?:\*\*|__)(?<text>[^*_]{1,80})(?:\*\*|__)[:：]?)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Marks();
}
