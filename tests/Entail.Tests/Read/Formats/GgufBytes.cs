using System.Text;

namespace Entail.Tests.Read.Formats;

/// <summary>Writes the beginning of a GGUF file, right or wrong, byte by byte after the specification.</summary>
internal sealed class GgufBytes(uint version = 3, bool bigEndian = false)
{
    private readonly List<byte> metadata = [];
    private ulong keys;

    public GgufBytes Text(string key, string value) => With(key, 8, String(Encoding.UTF8.GetBytes(value)));

    public GgufBytes Number(string key, uint value) => With(key, 4, Bytes(value, 4));

    public GgufBytes Texts(string key, params string[] values) =>
        With(key, 9, [.. Array(8, (ulong)values.Length), .. values.SelectMany(v => String(Encoding.UTF8.GetBytes(v)))]);

    /// <summary>A key with a value of any bytes.</summary>
    public GgufBytes With(string key, uint type, byte[] value)
    {
        metadata.AddRange([.. String(Encoding.UTF8.GetBytes(key)), .. Bytes(type, 4), .. value]);
        keys++;
        return this;
    }

    /// <summary>The file.</summary>
    /// <param name="tensors">How many tensors it should count.</param>
    /// <param name="counted">How many keys it should count, where not as many as there are.</param>
    public byte[] File(ulong tensors = 0, ulong? counted = null) =>
        [.. "GGUF"u8, .. Bytes(version, 4), .. Bytes(tensors, 8), .. Bytes(counted ?? keys, 8), .. metadata];

    /// <summary>The type and the count of an array.</summary>
    public byte[] Array(uint type, ulong count) => [.. Bytes(type, 4), .. Bytes(count, 8)];

    /// <summary>A string with its length, or with another.</summary>
    public byte[] String(byte[] value, ulong? length = null) => [.. Bytes(length ?? (ulong)value.Length, 8), .. value];

    /// <summary>A number of any width.</summary>
    public byte[] Bytes(ulong value, int width)
    {
        var bytes = BitConverter.GetBytes(value)[..width];
        if (bigEndian)
        {
            System.Array.Reverse(bytes);
        }
        return bytes;
    }
}
