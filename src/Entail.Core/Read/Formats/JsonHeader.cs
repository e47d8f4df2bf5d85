using System.Text;
using System.Text.Json;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>JSON as the safetensors library writes it into files: read from bytes in one pass, without a tree.</summary>
internal static class JsonHeader
{
    /// <summary>Tensors need three levels.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    /// <summary>Runs a pass over the JSON; where its syntax breaks, that is the source's problem, at the right byte.</summary>
    /// <param name="source">The file; <paramref name="json"/> was read from it.</param>
    /// <param name="start">The offset of the JSON in the file.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="pass">Reads it to its end.</param>
    public static void Read(ByteSource source, long start, byte[] json, Pass pass)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                pass(ref reader);
                reader.Read();
            }
            else
            {
                source.Seek(start);
                source.Fail("the header is no JSON object", "文件头不是 JSON 对象");
            }
        }
        catch (JsonException)
        {
            source.Seek(Math.Min(source.Length, start + reader.BytesConsumed));
            source.Fail("the header is not JSON here", "文件头在此处不是有效的 JSON");
        }
    }

    /// <summary>The string of a token; one with an invalid escape or invalid UTF-8 is taken as it is written.</summary>
    public static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>True for a token that is this string, however it is escaped; one with an invalid escape is none.</summary>
    public static bool Is(ref Utf8JsonReader reader, string text)
    {
        try
        {
            return reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A pass over the members of an object, from its beginning to its end.</summary>
    internal delegate void Pass(ref Utf8JsonReader reader);
}
