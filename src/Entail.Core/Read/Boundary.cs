using Entail.Core.Read.Stores;

namespace Entail.Core.Read;

/// <summary>
/// The inside of a folder that others filled: links are followed while they stay there. In the cache of the Hugging Face client
/// (<c>models--org--name/snapshots/REVISION</c>), whose files are links into <c>blobs</c>, the inside is the whole <c>models--org--name</c>.
/// </summary>
internal sealed class Boundary
{
    private readonly string outermost;

    public Boundary(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Root = RealPath.Of(path) ?? path;
        var snapshots = Path.GetDirectoryName(Root);
        var cached = Path.GetDirectoryName(snapshots);
        var inCache =
            cached is not null
            && Path.GetFileName(snapshots) == "snapshots"
            && Path.GetFileName(cached).Contains("--", StringComparison.Ordinal)
            && Directory.Exists(Path.Combine(cached, "blobs"));
        outermost = inCache ? cached! : Root;
        Name = inCache ? HubCache.NameOf(cached!) : Path.GetFileName(Root);
        IsDataset = inCache && HubCache.IsDataset(cached!);
    }

    /// <summary>The folder's path without links.</summary>
    public string Root { get; }

    /// <summary>The folder's own name; in the client's cache, the one on the hub: <c>org/name</c>.</summary>
    public string Name { get; }

    /// <summary>It is a dataset, as the client's cache says.</summary>
    public bool IsDataset { get; }

    /// <summary>True where a path without links is the folder, or in it.</summary>
    public bool Holds(string real) =>
        real.Length == outermost.Length
            ? real == outermost
            : real.StartsWith(
                Path.EndsInDirectorySeparator(outermost) ? outermost : outermost + Path.DirectorySeparatorChar,
                StringComparison.Ordinal
            );
}
