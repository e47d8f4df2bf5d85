using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read.Stores;

/// <summary>A work that can be read where it lies: a folder, a file, or one of many in a store.</summary>
/// <param name="Name">The name its user knows it by.</param>
/// <param name="Folder">The folder to which the places in its reading are relative.</param>
/// <param name="Read">Reads it.</param>
public sealed record StoredWork(string Name, string Folder, Func<FolderReading> Read)
{
    /// <summary>The work in a folder.</summary>
    public static StoredWork In(string folder) => new(new Boundary(folder).Name, folder, () => FolderReader.Read(folder));

    /// <summary>
    /// The works at a path: the one in a folder or file, those of a cache of the Hugging Face client, or those of an Ollama store. Empty where nothing
    /// is there, or a store holds nothing yet.
    /// </summary>
    /// <param name="path">A folder, or a file of weights.</param>
    /// <param name="problems">Receives what is wrong with the store itself.</param>
    public static ImmutableArray<StoredWork> At(string path, List<ReadProblem> problems)
    {
        if (File.Exists(path))
        {
            var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
            var file = System.IO.Path.GetFileName(path);
            return [new StoredWork(file, folder, () => FolderReader.ReadFile(folder, file))];
        }
        if (!Directory.Exists(path))
        {
            return [];
        }
        return HubCache.Is(path) ? HubCache.Works(path, problems)
            : OllamaStore.RootOf(path) is { } root ? new OllamaStore(root, problems).Works()
            : [In(path)];
    }
}
