using System.Globalization;
using System.Text;

namespace Entail.Core.Read.Formats;

/// <summary>
/// The small text that Git leaves in place of a large file that was not fetched (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md): whatever the
/// file says of itself is not there to be read.
/// </summary>
/// <param name="Sha256">The digest of the file, in hexadecimal.</param>
/// <param name="SizeBytes">Its size.</param>
internal sealed record LfsPointer(string Sha256, long SizeBytes)
{
    /// <summary>The specification's limit of a pointer's length.</summary>
    public const int LongestPointer = 1024;

    private const string Version = "version https://git-lfs.github.com/spec/";
    private const string Oid = "oid sha256:";
    private const string Size = "size ";

    /// <summary>Reads a pointer; null where the bytes are none.</summary>
    public static LfsPointer? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= LongestPointer || !bytes.StartsWith(Encoding.ASCII.GetBytes(Version)))
        {
            return null;
        }
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var oid = Array.Find(lines, l => l.StartsWith(Oid, StringComparison.Ordinal))?[Oid.Length..];
        var size = Array.Find(lines, l => l.StartsWith(Size, StringComparison.Ordinal))?[Size.Length..];
        return
            oid is { Length: 64 }
            && oid.All(char.IsAsciiHexDigitLower)
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? new LfsPointer(oid, length)
            : null;
    }
}
