using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read.Stores;

/// <summary>
/// The cache of the Hugging Face client (https://huggingface.co/docs/huggingface_hub/guides/manage-cache): a folder for each repository, called
/// <c>models--org--name</c>, with <c>refs</c> that name revisions, <c>snapshots</c> of them, and the <c>blobs</c> that these link to.
/// </summary>
internal static class HubCache
{
    private const string Separator = "--";
    private const int MostRepositories = 100_000;
    private const int LongestRevision = 256;

    private static readonly ImmutableArray<string> Kinds = ["models", "datasets"];

    /// <summary>True for the cache, and for the folder of one repository in it.</summary>
    public static bool Is(string path) => IsRepository(path) || Repositories(path).Any();

    /// <summary>The name on the hub of the repository that a folder of the cache holds: <c>org/name</c>.</summary>
    public static string NameOf(string folder) => string.Join('/', System.IO.Path.GetFileName(folder).Split(Separator).Skip(1));

    /// <summary>True where the folder holds a dataset.</summary>
    public static bool IsDataset(string folder) =>
        System.IO.Path.GetFileName(folder).StartsWith("datasets" + Separator, StringComparison.Ordinal);

    /// <summary>The works of the cache, in the order of their names; a repository without a snapshot is a problem.</summary>
    public static ImmutableArray<StoredWork> Works(string path, List<ReadProblem> problems)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var works = ImmutableArray.CreateBuilder<StoredWork>();
        foreach (var repository in (IsRepository(full) ? [full] : Repositories(full)).Order(StringComparer.Ordinal))
        {
            if (Snapshot(repository) is { } snapshot)
            {
                works.Add(new StoredWork(NameOf(repository), snapshot, () => FolderReader.Read(snapshot)));
            }
            else
            {
                var shown = System.IO.Path.GetFileName(repository);
                problems.Add(
                    Problems.Unreadable(
                        Problems.File(shown),
                        $"`{shown}` has no snapshot that is whole: nothing was read of it. Download it again.",
                        $"`{shown}` 没有完整的快照，未读取。请重新下载。"
                    )
                );
            }
        }
        return works.ToImmutable();
    }

    private static bool IsRepository(string path) =>
        Kinds.Any(k =>
            System
                .IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path))
                .StartsWith(k + Separator, StringComparison.Ordinal)
        ) && Directory.Exists(System.IO.Path.Combine(path, "snapshots"));

    private static IEnumerable<string> Repositories(string path)
    {
        try
        {
            return
            [
                .. Kinds
                    .SelectMany(k => Directory.EnumerateDirectories(path, $"{k}{Separator}*").Take(MostRepositories))
                    .Where(IsRepository),
            ];
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return [];
        }
    }

    // What `main` names; else the last one by name, so that the answer is the same every time.
    private static string? Snapshot(string repository)
    {
        try
        {
            var snapshots = System.IO.Path.Combine(repository, "snapshots");
            var main = new FileInfo(System.IO.Path.Combine(repository, "refs", "main"));
            if (main is { Exists: true, Length: > 0 and <= LongestRevision })
            {
                var revision = File.ReadAllText(main.FullName).Trim();
                var named = System.IO.Path.Combine(snapshots, revision);
                if (revision.Length > 0 && revision.All(char.IsAsciiLetterOrDigit) && Directory.Exists(named))
                {
                    return named;
                }
            }
            return Directory.EnumerateDirectories(snapshots).Take(MostRepositories).Order(StringComparer.Ordinal).LastOrDefault();
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            return null;
        }
    }
}
