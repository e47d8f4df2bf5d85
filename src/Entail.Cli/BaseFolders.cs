using Entail.Core;
using Entail.Core.Model;
using Entail.Core.Read.Stores;

namespace Entail.Cli;

/// <summary>Where the works that a checked one was made from may lie on this machine.</summary>
internal static class BaseFolders
{
    /// <summary>The folders the user names, and of the works in the lineage those that the cache of the Hugging Face client holds.</summary>
    /// <exception cref="UsageException">A named folder is not there.</exception>
    public static IReadOnlyList<StoredWork> Of(CheckResult result, IReadOnlyCollection<string> named)
    {
        var missing = named.FirstOrDefault(f => !Directory.Exists(f));
        return missing is null
            ?
            [
                .. named.Select(StoredWork.In),
                .. result.Decision.Lineage.Works.Where(w => w.Id != result.Decision.Lineage.Root).SelectMany(Cached),
            ]
            : throw new UsageException($"--base {missing}: there is no such folder");
    }

    private static IEnumerable<StoredWork> Cached(LinkedWork work)
    {
        var folder = Path.Combine(
            Cache(),
            $"{(work.Kind == "dataset" ? "datasets" : "models")}--{work.Id.Replace("/", "--", StringComparison.Ordinal)}"
        );
        return work.Id.Contains('/', StringComparison.Ordinal) && Directory.Exists(folder) ? StoredWork.At(folder, []) : [];
    }

    // https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
    private static string Cache() =>
        Environment.GetEnvironmentVariable("HF_HUB_CACHE") is { Length: > 0 } cache ? cache
        : Environment.GetEnvironmentVariable("HF_HOME") is { Length: > 0 } home ? Path.Combine(home, "hub")
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } caches
                ? caches
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "huggingface",
            "hub"
        );
}
