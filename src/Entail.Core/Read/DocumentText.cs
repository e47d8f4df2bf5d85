using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// The text of a file that people read: plain in any common encoding, HTML, or PDF, told by what the file begins with. Lines end with LF
/// and are numbered as in the file; those of a PDF are the lines of its text, and a form feed begins each further page.
/// </summary>
public static class DocumentText
{
    /// <summary>The most bytes that are read of one file: 2 MB.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>The text; null with a problem where the file holds none that can be read. An empty file has an empty text.</summary>
    /// <param name="file">The file's name, for the problem; its extension may tell HTML.</param>
    /// <param name="bytes">The bytes of the file, or the first of them.</param>
    /// <param name="truncated">There are more bytes in the file.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static TextFile? Read(string file, ReadOnlyMemory<byte> bytes, bool truncated, ICollection<ReadProblem> problems)
    {
        if (bytes.Span[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
        {
            return PdfText.Read(file, bytes, truncated, problems);
        }
        if (TextDecoding.Decode(bytes.Span) is not { } text)
        {
            problems.Add(FileProblems.NoText(file));
            return null;
        }
        if (text.StartsWith(@"{\rtf", StringComparison.Ordinal))
        {
            problems.Add(FileProblems.RichText(file));
            return null;
        }
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return new TextFile(file, IsHtml(file, text) ? HtmlText.Of(text) : text, truncated);
    }

    private static bool IsHtml(string file, string text)
    {
        var start = text.AsSpan().TrimStart();
        return Path.GetExtension(file).ToUpperInvariant() is ".HTML" or ".HTM" or ".XHTML"
            || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
