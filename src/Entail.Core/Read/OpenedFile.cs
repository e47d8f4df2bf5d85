using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>A file that was opened to see what license text it holds. Whatever is wrong with it is its problem, never an exception.</summary>
/// <param name="File">Its name as it is shown.</param>
/// <param name="Bytes">At most its first 2 MB; empty with a problem of opening it.</param>
/// <param name="Text">Their text; null with a problem.</param>
/// <param name="Truncated">There is more than was read.</param>
/// <param name="Problem">Why there is no text.</param>
public sealed record OpenedFile(string File, ReadOnlyMemory<byte> Bytes, string? Text, bool Truncated, ReadProblem? Problem)
{
    /// <summary>The most bytes that are read.</summary>
    public const int MostBytes = DocumentText.MostBytes;

    private const int FirstBytes = 1 << 16;

    /// <summary>Opens the file at a path that its user names; links are followed.</summary>
    public static OpenedFile Read(string path, string file)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return Read(stream, file);
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return Unread(file, FileProblems.Failed(file, problem));
        }
    }

    /// <summary>Reads a stream to its end, or as far as 2 MB.</summary>
    public static OpenedFile Read(Stream stream, string file)
    {
        var bytes = new byte[FirstBytes];
        var count = 0;
        while (true)
        {
            count += stream.ReadAtLeast(bytes.AsSpan(count), bytes.Length - count, throwOnEndOfStream: false);
            if (count < bytes.Length)
            {
                return Of(file, bytes.AsMemory(0, count), truncated: false);
            }
            if (count > MostBytes)
            {
                return Of(file, bytes.AsMemory(0, MostBytes), truncated: true);
            }
            Array.Resize(ref bytes, Math.Min(4 * bytes.Length, MostBytes + 1));
        }
    }

    /// <summary>A file that could not be opened.</summary>
    public static OpenedFile Unread(string file, ReadProblem problem) => new(file, default, null, false, problem);

    /// <summary>What the bytes of a file say.</summary>
    internal static OpenedFile Of(string file, ReadOnlyMemory<byte> bytes, bool truncated)
    {
        var problems = new List<ReadProblem>();
        var text = DocumentText.Read(file, bytes, truncated, problems);
        var problem = problems.FirstOrDefault() ?? (string.IsNullOrWhiteSpace(text?.Text) && !truncated ? FileProblems.Empty(file) : null);
        return new OpenedFile(file, bytes, problem is null ? text?.Text : null, text?.Truncated ?? truncated, problem);
    }
}
