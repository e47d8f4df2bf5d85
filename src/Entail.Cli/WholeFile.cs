namespace Entail.Cli;

/// <summary>Files that appear whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file aside and moves it to its name.</summary>
    public static void Write(string folder, string name, Action<Stream> write) =>
        Put(
            folder,
            name,
            aside =>
            {
                using var stream = new FileStream(
                    aside,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        Share = FileShare.None,
                        BufferSize = 1 << 20,
                    }
                );
                write(stream);
                stream.Flush(flushToDisk: true);
            }
        );

    /// <summary>Has a file written aside and moves it to its name; what an earlier run that was killed left aside goes.</summary>
    public static void Put(string folder, string name, Action<string> write)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var left in Directory.GetFiles(folder, $".{name}.*.tmp"))
            {
                RemoveUnheld(left);
            }
            var aside = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.tmp");
            try
            {
                write(aside);
                File.Move(aside, Path.Combine(folder, name), overwrite: true);
            }
            finally
            {
                File.Delete(aside);
            }
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new UsageException($"--out {folder}: {problem.Message}");
        }
    }

    // Who writes a file holds its lock; the operating system lets go of the lock of a process that ended.
    private static void RemoveUnheld(string file)
    {
        try
        {
            using (new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None)) { }
            File.Delete(file);
        }
        catch (IOException)
        {
            // Another run writes it.
        }
    }

    /// <summary>Makes a folder aside and moves it to its place; what others put there, such as a database that was made of it, stays.</summary>
    public static void PutFolder(string folder, string name, Action<string> write)
    {
        var place = Path.Combine(folder, name);
        var aside = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.tmp");
        var before = $"{aside}.before";
        try
        {
            write(aside);
            if (Directory.Exists(place))
            {
                Directory.Move(place, before);
            }
            Directory.Move(aside, place);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
        if (Directory.Exists(before))
        {
            foreach (var other in Directory.GetFileSystemEntries(before))
            {
                if (Path.Combine(place, Path.GetFileName(other)) is var kept && !Path.Exists(kept))
                {
                    Directory.Move(other, kept);
                }
            }
            Directory.Delete(before, recursive: true);
        }
    }
}
