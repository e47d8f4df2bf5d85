using System.Text;

namespace Entail.Core.Read;

/// <summary>
/// Turns the bytes of a file into text. A byte order mark says the encoding; without one it is UTF-8 where the bytes are valid, UTF-16 where
/// there are NUL bytes and what they make reads as text, GB18030 where it reads as Chinese, and Windows-1252 where few bytes are not ASCII.
/// </summary>
internal static class TextDecoding
{
    private const double MostInvalid = 0.1;

    // Western prose stays below this share of letters above ASCII; text in another encoding goes above it.
    private const double MostForeign = 0.2;

    private const string CommonInChinese = "的，。、：；（）可和或不以为在本您";

    /// <summary>The text, without a byte order mark and with U+FFFD for what is invalid; null where the bytes are no text.</summary>
    /// <param name="bytes">The bytes; a character cut off at the end is left out.</param>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        var text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => FromUtf8(rest),
            [0xFF, 0xFE, 0, 0, .. var rest] => Characters(Encoding.UTF32, rest),
            [0xFF, 0xFE, .. var rest] => Characters(Encoding.Unicode, rest),
            [0xFE, 0xFF, .. var rest] => Characters(Encoding.BigEndianUnicode, rest),
            _ when bytes.Contains((byte)0) => FromUtf16(bytes),
            _ => FromUtf8(bytes) ?? FromGb18030(bytes) ?? FromWindows1252(bytes),
        };
        return text is not null && IsText(text) ? text : null;
    }

    private static string? FromUtf8(ReadOnlySpan<byte> bytes)
    {
        var text = Characters(Encoding.UTF8, bytes);
        var invalid = text.AsSpan().Count('\uFFFD') - bytes.Count("\uFFFD"u8);
        if (invalid == 0)
        {
            return text;
        }
        var foreign = Foreign(text) - invalid;
        return foreign >= invalid && invalid <= Math.Max(2, MostInvalid * text.Length) ? text : null;
    }

    // Pairs of bytes of almost anything are characters, mostly Chinese ones.
    private static string? FromUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 2 != 0)
        {
            return null;
        }
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var text = Characters(encoding, bytes);
            if (Foreign(text) <= MostForeign * text.Length || IsChinese(text))
            {
                return text;
            }
        }
        return null;
    }

    private static string? FromGb18030(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(
                "GB18030",
                EncoderFallback.ExceptionFallback,
                DecoderFallback.ExceptionFallback
            );
            return Characters(encoding!, bytes) is var text && IsChinese(text) ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Chance makes Chinese characters, but not the common ones.
    private static bool IsChinese(string text)
    {
        var (chinese, common) = (0, 0);
        foreach (var c in text)
        {
            chinese += c
                is (>= '\u4E00' and <= '\u9FFF')
                    or (>= '\u3000' and <= '\u303F')
                    or (>= '\uFF00' and <= '\uFFEF')
                    or (>= '\u2010' and <= '\u2027')
                ? 1
                : 0;
            common += CommonInChinese.Contains(c, StringComparison.Ordinal) ? 1 : 0;
        }
        return chinese >= 0.9 * Foreign(text) && common >= 0.03 * chinese;
    }

    private static string? FromWindows1252(ReadOnlySpan<byte> bytes)
    {
        var text = Characters(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, bytes);
        return Foreign(text) <= Math.Max(2, MostForeign * text.Length) ? text : null;
    }

    private static string Characters(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var decoder = encoding.GetDecoder();
        var characters = new char[encoding.GetMaxCharCount(bytes.Length)];
        return new string(characters, 0, decoder.GetChars(bytes, characters, flush: false));
    }

    private static bool IsText(string text)
    {
        var controls = 0;
        foreach (var c in text)
        {
            if (c == '\0')
            {
                return false;
            }
            controls += c < ' ' && c is not ('\n' or '\r' or '\t' or '\f') ? 1 : 0;
        }
        return controls <= MostInvalid * text.Length;
    }

    private static int Foreign(string text)
    {
        var foreign = 0;
        foreach (var c in text)
        {
            foreign += c >= '\u0080' ? 1 : 0;
        }
        return foreign;
    }
}
