using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Entail.Tests.Read;

/// <summary>PDF files for tests.</summary>
internal static class Pdf
{
    /// <summary>One page for each list of lines.</summary>
    public static byte[] Of(params string[][] pages)
    {
        using var document = new PdfDocumentBuilder();
        var font = document.AddStandard14Font(Standard14Font.TimesRoman);
        foreach (var lines in pages)
        {
            var page = document.AddPage(PageSize.A4);
            for (var line = 0; line < lines.Length; line++)
            {
                if (lines[line].Length > 0)
                {
                    page.AddText(lines[line], 8, new PdfPoint(30, 800 - (12 * line)), font);
                }
            }
        }
        return document.Build();
    }
}
