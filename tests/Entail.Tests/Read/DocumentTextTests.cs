using System.Text;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Read;

/// <summary>Bytes to text: encodings, and what is no text.</summary>
public sealed class DocumentTextTests
{
    private const string English = "The “pear” is the orchard’s.\nMüller & Søn may keep it.\n";
    private const string Chinese = "果园许可协议\n您可以使用、复制和修改本模型，但不得用于违法目的。\n";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_mark_or_the_bytes_themselves_tell_unicode(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var text in (string[])[English, Chinese, English + Chinese])
        {
            Assert.Equal(text, Text([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
            if (name != "utf-32")
            {
                Assert.Equal(text, Text(encoding.GetBytes(text)));
            }
        }
    }

    [Theory]
    [InlineData("GB18030", Chinese)]
    [InlineData("GB18030", "MIT 许可证\n版权所有，可以使用。\n")]
    [InlineData("windows-1252", English)]
    [InlineData("windows-1252", "© 2031 Orchard\n")]
    [InlineData("windows-1252", "Der Müßiggänger öffnet die Tür und darf Birnen pflücken.\n")]
    public void Older_encodings_are_told_by_what_they_make(string name, string text) =>
        Assert.Equal(text, Text(CodePagesEncodingProvider.Instance.GetEncoding(name)!.GetBytes(text)));

    [Theory]
    [InlineData("windows-1251", "Груши можно собирать, если вернуть лестницу.")]
    [InlineData("shift_jis", "果樹園の梨は自由に摘んでもよいが、はしごは返すこと。")]
    [InlineData("euc-kr", "과수원의 배는 사다리를 돌려주면 따도 됩니다.")]
    public void An_encoding_that_is_not_known_is_a_problem_and_not_gibberish(string name, string text) =>
        Assert.Null(Text(CodePagesEncodingProvider.Instance.GetEncoding(name)!.GetBytes(text)));

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\u2028b\fc\n", "a\u2028b\fc\n")]
    [InlineData("", "")]
    [InlineData(" \n\t\n", " \n\t\n")]
    [InlineData("\uFEFF", "")]
    public void Lines_end_as_an_editor_shows_them(string written, string text) => Assert.Equal(text, Text(Encoding.UTF8.GetBytes(written)));

    [Fact]
    public void A_character_that_the_limit_cut_is_left_out()
    {
        var bytes = Encoding.UTF8.GetBytes(Chinese.TrimEnd());

        Assert.Equal(Chinese.TrimEnd()[..^1], Text(bytes[..^1]));
    }

    [Fact]
    public void A_broken_character_among_others_is_replaced() => Assert.Equal("果园\uFFFD许可", Text([.. "果园"u8, 0xFF, .. "许可"u8]));

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0 })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48 })]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 1, 2, 3, 4, 5, 6, 7, 11, 12, 14, 15, 16 })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0x70, 0x65, 0x61, 0x72, 0, 0x70, 0x6C, 0x75, 0x6D, 0, 0x66, 0x69, 0x67, 0 })]
    [InlineData(new byte[] { 0x7B, 0x5C, 0x72, 0x74, 0x66, 0x31, 0x20, 0x61, 0x7D })]
    public void What_is_no_text_is_a_problem_that_says_what_to_do(byte[] bytes)
    {
        var problems = new List<ReadProblem>();

        Assert.Null(DocumentText.Read("LICENSE", bytes, false, problems));
        Assert.Equal(["file-unreadable LICENSE"], problems.Places());
        Assert.Contains("plain text copy", problems[0].Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_a_text_or_a_problem()
    {
        var random = new Random(20261101);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            if (round % 2 == 0)
            {
                Array.ConvertAll(bytes, b => (byte)(b % 96 + 32)).CopyTo(bytes, 0);
                "%PDF-<html><!--"u8.ToArray().AsSpan(0, Math.Min(bytes.Length, random.Next(15))).CopyTo(bytes);
            }
            var problems = new List<ReadProblem>();

            var text = DocumentText.Read("LICENSE", bytes, false, problems);

            Assert.Equal(text is null, problems.Count == 1);
        }
    }

    private static string? Text(byte[] bytes) => DocumentText.Read("LICENSE", bytes, false, [])?.Text;
}
