using System.Buffers;

namespace Entail.Audit;

/// <summary>Finds where a JSON object ends, by its braces and strings; what is in it is not looked at. Bytes may come in pieces.</summary>
internal struct Braces
{
    private static readonly SearchValues<byte> Telling = SearchValues.Create("{}[]\""u8);
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\\n"u8);

    private int depth;
    private bool inString;
    private bool escaped;

    /// <summary>
    /// How many bytes belong to the object that begins here, or began in an earlier piece; -1 where it goes on after them. An object that cannot end, since
    /// a line breaks off in it, ends with that line.
    /// </summary>
    public int End(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (escaped)
            {
                escaped = false;
                continue;
            }
            var skip = bytes[i..].IndexOfAny(inString ? InString : Telling);
            if (skip < 0)
            {
                return -1;
            }
            i += skip;
            switch (bytes[i])
            {
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'\\':
                    escaped = true;
                    break;
                case (byte)'\n':
                    return i; // no string goes over lines
                case (byte)'{' when depth > 0 && i > 1 && bytes[i - 1] == '\n' && bytes[i - 2] == '}':
                    return i; // what follows an object without a comma is the next record
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    if (--depth == 0)
                    {
                        return i + 1;
                    }
                    break;
            }
        }
        return -1;
    }
}
