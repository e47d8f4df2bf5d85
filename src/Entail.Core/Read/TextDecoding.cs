using System.Text;

namespace Entail.Core.Read;

/// <summary>Turns the bytes of a file into text: UTF-8, or what a byte order mark says.</summary>
internal static class TextDecoding
{
    // Latin-1 prose stays below this share; text in another multi-byte encoding and binary data go above it.
    private const double MostInvalid = 0.1;

    /// <summary>
    /// The text, without a byte order mark and with U+FFFD for what is invalid; null where the bytes are no text: NUL characters, or more
    /// than a tenth invalid.
    /// </summary>
    /// <param name="bytes">The bytes; a character cut off at the end is left out.</param>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        var (encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => (Encoding.UTF8, 0),
        };
        bytes = bytes[mark..];
        if (mark is 0 or 3 && bytes.Contains((byte)0))
        {
            return null;
        }
        var decoder = encoding.GetDecoder();
        var characters = new char[encoding.GetMaxCharCount(bytes.Length)];
        var count = decoder.GetChars(bytes, characters, flush: false);
        var text = characters.AsSpan(0, count);
        return text.Contains('\0') || text.Count('\uFFFD') > Math.Max(2, MostInvalid * count) ? null : text.ToString();
    }
}
