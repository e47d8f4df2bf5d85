namespace Entail.Core.Write;

/// <summary>What a file shall be.</summary>
/// <param name="Path">Its path relative to the folder, with forward slashes.</param>
/// <param name="Before">Its bytes as they were read; null where there was no file.</param>
/// <param name="After">Its bytes as they shall be.</param>
public sealed record FileChange(string Path, byte[]? Before, ReadOnlyMemory<byte> After)
{
    /// <summary>
    /// Makes all of the changes, or none: every file is written beside its place first and moved there whole, and where one cannot be, those that were
    /// are put back. What was there is looked at once more, so that an edit made in the meantime is not lost.
    /// </summary>
    /// <param name="folder">The folder; it is made where there is none.</param>
    /// <param name="changes">The changes, each of another file.</param>
    /// <exception cref="IOException">A file cannot be written, is a link, or is not as it was read; all is as it was.</exception>
    public static void Apply(string folder, IReadOnlyCollection<FileChange> changes)
    {
        var staged = new List<(string Target, string Written, FileChange Change)>();
        var done = new List<(string Target, FileChange Change)>();
        try
        {
            foreach (var change in changes)
            {
                var target = System.IO.Path.Combine(folder, change.Path);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
                staged.Add((target, $"{target}.{Guid.NewGuid():N}.tmp", change));
                Verify(target, change);
                Write(staged[^1].Written, change.After.Span, target);
            }
            foreach (var (target, written, change) in staged)
            {
                Verify(target, change);
                File.Move(written, target, overwrite: change.Before is not null);
                done.Add((target, change));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            foreach (var (target, change) in done)
            {
                PutBack(target, change);
            }
            throw new IOException($"nothing was changed: {problem.Message}", problem);
        }
        finally
        {
            foreach (var (_, written, _) in staged)
            {
                File.Delete(written);
            }
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes, string like)
    {
        using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        if (!OperatingSystem.IsWindows() && File.Exists(like))
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(like));
        }
    }

    private static void Verify(string target, FileChange change)
    {
        var file = new FileInfo(target);
        if (file.LinkTarget is not null)
        {
            throw new IOException($"{change.Path} is a link to another file; put the file itself there");
        }
        if (
            file.Exists != change.Before is not null
            || (change.Before is { } before && !before.AsSpan().SequenceEqual(File.ReadAllBytes(target)))
        )
        {
            throw new IOException($"{change.Path} was changed by someone else in the meantime; run this again");
        }
    }

    private static void PutBack(string target, FileChange change)
    {
        if (change.Before is not { } before)
        {
            File.Delete(target);
            return;
        }
        var written = $"{target}.{Guid.NewGuid():N}.tmp";
        Write(written, before, target);
        File.Move(written, target, overwrite: true);
    }
}
