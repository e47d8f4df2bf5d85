using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Read;

/// <summary>PDF to text; what cannot be read is a problem, and nothing hangs.</summary>
public sealed class PdfTextTests
{
    [Fact]
    public void The_text_of_a_PDF_has_lines_and_pages_and_no_page_numbers()
    {
        var bytes = Pdf.Of(["ORCHARD LICENSE", "1. Anyone may pick pears."], ["2. Bring the ladder back.", "Page 2 of 2"]);

        var text = DocumentText.Read("LICENSE", bytes, false, [])?.Text;

        Assert.Equal("ORCHARD LICENSE\n1. Anyone may pick pears.\n\f2. Bring the ladder back.", text?.TrimEnd());
    }

    [Fact]
    public void A_PDF_without_text_is_a_problem() => Assert.Contains("without text", Problem(Pdf.Of([])), StringComparison.Ordinal);

    [Fact]
    public void A_PDF_of_which_only_the_beginning_was_read_is_a_problem() =>
        Assert.Contains("larger than 2 MB", Problem(Pdf.Of(["Text"]), truncated: true), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("1 0 obj <</Type/Catalog/Pages 1 0 R>> endobj trailer <</Root 1 0 R>>")]
    [InlineData("1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages/Count 1/Kids[2 0 R]>> endobj trailer <</Root 1 0 R>>")]
    [InlineData("1 0 obj 1 0 R endobj trailer <</Root 1 0 R>>")]
    [InlineData("trailer <</Root 1 0 R/Prev 0/Size 2000000000>> startxref\n0\n%%EOF")]
    [InlineData("trailer <</Encrypt <</Filter/Standard/V 4/R 4/O(x)/U(x)/P -1>>/Root 1 0 R>> 1 0 obj <<>> endobj")]
    public void A_broken_PDF_is_a_problem(string body) => Problem(Encoding.ASCII.GetBytes("%PDF-1.4\n" + body));

    [Fact]
    public void A_form_that_draws_itself_ends()
    {
        const string Self = """
            %PDF-1.4
            1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
            2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj
            3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>> endobj
            4 0 obj <</Length 5>> stream
            /X Do
            endstream endobj
            5 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 11/Resources<</XObject<</X 5 0 R>>>>>> stream
            /X Do /X Do
            endstream endobj
            trailer <</Root 1 0 R>>
            """;

        Problem(Encoding.ASCII.GetBytes(Self));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("<<")]
    [InlineData("<</A ")]
    [InlineData("(")]
    [InlineData("q ")]
    [InlineData("1 0 obj ")]
    public void Deep_nesting_ends(string piece) =>
        Problem(Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj " + string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length))));

    [Fact]
    public void A_stream_that_grows_without_bound_is_refused()
    {
        using var packed = new MemoryStream();
        using (
            var stream = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true)
        )
        {
            stream.Write(new byte[80 * 1024 * 1024]);
        }
        byte[] bytes =
        [
            .. "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n"u8,
            .. "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>> endobj\n"u8,
            .. Encoding.ASCII.GetBytes($"4 0 obj <</Filter/FlateDecode/Length {packed.Length}>> stream\n"),
            .. packed.ToArray(),
            .. "\nendstream endobj\ntrailer <</Root 1 0 R>>"u8,
        ];
        var before = GC.GetTotalAllocatedBytes();

        Problem(bytes);

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public void Damaged_bytes_are_a_text_or_a_problem()
    {
        var whole = Pdf.Of(["ORCHARD LICENSE", "1. Anyone may pick pears."], ["2. Bring the ladder back."]);
        var random = new Random(11);
        for (var round = 0; round < 150; round++)
        {
            var bytes = whole[..(round % 3 == 0 ? random.Next(5, whole.Length) : whole.Length)];
            for (var damage = random.Next(8); damage > 0; damage--)
            {
                bytes[random.Next(5, bytes.Length)] = (byte)random.Next(256);
            }
            var problems = new List<ReadProblem>();

            Assert.Equal(DocumentText.Read("LICENSE.pdf", bytes, false, problems) is null, problems.Count == 1);
        }
    }

    private static string Problem(byte[] bytes, bool truncated = false)
    {
        var problems = new List<ReadProblem>();
        Assert.Null(DocumentText.Read("LICENSE.pdf", bytes, truncated, problems));
        Assert.Equal(["file-unreadable LICENSE.pdf"], problems.Places());
        return problems[0].Message.En;
    }
}
