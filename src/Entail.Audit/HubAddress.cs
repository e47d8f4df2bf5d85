using Entail.Core.Read;

namespace Entail.Audit;

/// <summary>Where the hub shows a work.</summary>
internal static class HubAddress
{
    /// <summary>The address of a work; null where its name is none that the hub gives.</summary>
    public static string? Of(string id, string kind) =>
        HubName.IsPlain(id, out _) ? $"https://huggingface.co/{(kind == "dataset" ? "datasets/" : "")}{id}" : null;
}
