namespace Entail.Core.Read;

/// <summary>Where a path leads once every link on the way is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux has it

    /// <summary>The path without links; null where a link leads nowhere or in a circle, or nothing is there.</summary>
    public static string? Of(string path)
    {
        var pending = new Stack<string>();
        var start = Path.GetPathRoot(path) ?? "";
        Push(pending, path[start.Length..]);
        var done = start;
        var links = 0;
        while (pending.TryPop(out var name))
        {
            if (name == ".")
            {
                continue;
            }
            if (name == "..")
            {
                done = Path.GetDirectoryName(done) ?? done;
                continue;
            }
            var next = Path.Combine(done, name);
            var target = LinkTarget(next);
            if (target is null)
            {
                done = next;
                continue;
            }
            if (++links > MostLinks)
            {
                return null;
            }
            var root = Path.GetPathRoot(target) ?? "";
            done = root.Length > 0 ? root : done;
            Push(pending, target[root.Length..]);
        }
        return Path.Exists(done) ? done : null;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Push(Stack<string> pending, string path)
    {
        foreach (
            var name in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
                .Reverse()
        )
        {
            pending.Push(name);
        }
    }
}
