using System.IO.Enumeration;

namespace Entail.Core.Read;

/// <summary>The files of code in a folder and below it. What cannot be read is passed over, which is no problem: it is looked at, not declared.</summary>
internal static class CodeFiles
{
    private const int MostEntries = 50_000;
    private const int DeepestFolder = 8;

    /// <summary>
    /// Their paths relative to the folder, with forward slashes, in ordinal order. Folders that are links or hidden, or hold the installed packages of
    /// others, are passed over; the workflows of a code host, which are in a hidden folder, are not.
    /// </summary>
    /// <param name="boundary">The folder.</param>
    /// <param name="wanted">Tells by a file's name whether it is one.</param>
    /// <param name="most">The most that are given.</param>
    public static IReadOnlyList<string> In(Boundary boundary, Func<string, bool> wanted, int most)
    {
        try
        {
            var files = new FileSystemEnumerable<string>(
                boundary.Root,
                (ref FileSystemEntry entry) => entry.ToFullPath(),
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    MaxRecursionDepth = DeepestFolder,
                    AttributesToSkip = FileAttributes.None,
                    IgnoreInaccessible = true,
                }
            )
            {
                ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                    !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                    && entry.FileName is not ("node_modules" or "site-packages" or "__pycache__")
                    && (!entry.FileName.StartsWith('.') || entry.FileName is ".github"),
            };
            return
            [
                .. files
                    .Take(MostEntries)
                    .Where(f => wanted(Path.GetFileName(f)))
                    .Select(f => Path.GetRelativePath(boundary.Root, f).Replace(Path.DirectorySeparatorChar, '/'))
                    .Order(StringComparer.Ordinal)
                    .Take(most),
            ];
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return [];
        }
    }

    /// <summary>The beginning of a file as text; null where it is none, or leads out of the folder.</summary>
    /// <param name="boundary">The folder.</param>
    /// <param name="file">The path relative to it.</param>
    /// <param name="mostBytes">How much is read.</param>
    public static string? Read(Boundary boundary, string file, int mostBytes)
    {
        try
        {
            // A length of 0 is taken at its word: pipes and devices have it, and opening those may block for ever.
            if (
                RealPath.Of(Path.Combine(boundary.Root, file)) is not { } real
                || !boundary.Holds(real)
                || new FileInfo(real) is not { Exists: true, Length: > 0 } info
            )
            {
                return null;
            }
            using var stream = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            var bytes = new byte[Math.Min(info.Length, mostBytes)];
            return TextDecoding.Decode(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return null;
        }
    }
}
