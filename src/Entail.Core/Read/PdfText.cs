using System.Text;
using System.Text.RegularExpressions;
using Entail.Core.Model;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Entail.Core.Read;

/// <summary>
/// The text of a PDF, in the order of its content. Bounded in pages, characters, decompressed bytes, stack and time: a PDF is a program of
/// sorts, and this one is a stranger's. The library is loaded with the first PDF.
/// </summary>
internal static partial class PdfText
{
    private const int MostPages = 200;
    private const int MostCharacters = 2_000_000;
    private const int StackBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The text, a form feed before each page but the first; null with a problem where there is none.</summary>
    public static TextFile? Read(string file, ReadOnlyMemory<byte> bytes, bool truncated, ICollection<ReadProblem> problems)
    {
        (string Text, bool Truncated)? read = null;
        Exception? failure = null;
        var done = false;
        if (!truncated)
        {
            // A thread of its own has the stack for deep nesting, and can be left behind when it does not come back.
            var thread = new Thread(
                () =>
                {
                    try
                    {
                        read = Text(bytes);
                    }
#pragma warning disable CA1031 // whatever a broken PDF makes the library throw is a problem of that PDF
                    catch (Exception problem)
#pragma warning restore CA1031
                    {
                        failure = problem;
                    }
                },
                StackBytes
            )
            {
                IsBackground = true,
            };
            thread.Start();
            done = thread.Join(Longest);
        }
        if (done && read is { Text: var text, Truncated: var cut } && !string.IsNullOrWhiteSpace(text))
        {
            return new TextFile(file, text, cut);
        }
        var (en, zh) =
            truncated ? ("is a PDF larger than 2 MB", "是超过 2 MB 的 PDF")
            : !done ? ("is a PDF that takes too long to read", "是读取耗时过长的 PDF")
            : failure is PdfDocumentEncryptedException ? ("is a PDF locked with a password", "是设有密码的 PDF")
            : failure is not null ? ("is a PDF that is broken", "是已损坏的 PDF")
            : ("is a PDF without text, such as a scan", "是不含文本的 PDF（例如扫描件）");
        problems.Add(
            Problems.Unreadable(
                Problems.File(file),
                $"`{file}` {en}; it was not read. Keep a plain text copy of it beside it.",
                $"`{file}` {zh}，未读取。请在旁边放一份纯文本副本。"
            )
        );
        return null;
    }

    private static (string Text, bool Truncated) Text(ReadOnlyMemory<byte> bytes)
    {
        using var document = PdfDocument.Open(
            bytes,
            new ParsingOptions
            {
                UseLenientParsing = true,
                SkipMissingFonts = true,
                FilterProvider = new BoundedFilters(),
            }
        );
        var text = new StringBuilder();
        var pages = Math.Min(document.NumberOfPages, MostPages);
        for (var number = 1; number <= pages && text.Length <= MostCharacters; number++)
        {
            text.Append(number > 1 ? "\n\f" : "").Append(Text(document.GetPage(number)));
        }
        return text.Length > MostCharacters
            ? (text.ToString(0, MostCharacters), true)
            : (text.ToString(), document.NumberOfPages > MostPages);
    }

    // The number of a page is no part of the text that runs over it.
    private static string Text(Page page) =>
        PageNumber().Replace(ContentOrderTextExtractor.GetText(page).ReplaceLineEndings("\n").Replace('\0', ' '), "");

    [GeneratedRegex(
        @"\A\s*[-–—]?\s*(page\s+)?\d{1,4}(\s*(/|of)\s*\d{1,4})?\s*[-–—]?[ \t]*(?=\n)|(?<=\n)[ \t]*[-–—]?\s*(page\s+)?\d{1,4}(\s*(/|of)\s*\d{1,4})?\s*[-–—]?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex PageNumber();
}
