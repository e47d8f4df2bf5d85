using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read.Stores;

/// <summary>A folder of folders, as a copy of a hub is: <c>owner/name</c>, <c>owner--name</c>, or as the cache of the hub's client names them.</summary>
public static class FolderOfWorks
{
    /// <summary>The works, in the ordinal order of their paths: each folder, at most two levels down, that holds a card, a license text or files of a model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problems">Receives what could not be looked into.</param>
    public static ImmutableArray<StoredWork> In(string folder, List<ReadProblem> problems) =>
        [.. Folders(folder, problems).SelectMany(f => Works(f, problems))];

    private static IEnumerable<StoredWork> Works(string path, List<ReadProblem> problems)
    {
        var name = Path.GetFileName(path);
        if (HubCache.Is(path))
        {
            return HubCache.Works(path, problems);
        }
        return IsWork(path, problems)
            ? [Named(Hyphened(name), path)]
            : Folders(path, problems).Where(f => IsWork(f, problems)).Select(f => Named($"{name}/{Path.GetFileName(f)}", f));
    }

    private static StoredWork Named(string name, string path) => StoredWork.In(path) with { Name = name };

    // Names of the hub have no two hyphens in a row.
    private static string Hyphened(string name) =>
        name.Split("--", 2) is [{ Length: > 0 } owner, { Length: > 0 } rest] ? $"{owner}/{rest}" : name;

    private static bool IsWork(string path, List<ReadProblem> problems) =>
        Listed(path, problems, Directory.EnumerateFiles)
            .Any(f =>
                KnownFiles.IsReadme(f)
                || KnownFiles.IsLicense(f)
                || KnownFiles.IsModelMarker(f)
                || KnownFiles.IsWeights(f)
                || FolderReader.Knows(f)
                || KnownFiles.IsMergeConfiguration(f)
            );

    // Hidden folders hold what tools keep there.
    private static IEnumerable<string> Folders(string path, List<ReadProblem> problems) =>
        Listed(path, problems, Directory.EnumerateDirectories)
            .Where(n => n[0] != '.')
            .Order(StringComparer.Ordinal)
            .Select(n => Path.Combine(path, n));

    private static List<string> Listed(string path, List<ReadProblem> problems, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return [.. list(path).Select(f => Path.GetFileName(f))];
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            problems.Add(FileProblems.Failed(Path.GetFileName(path), problem));
            return [];
        }
    }
}
