using System.Buffers;

namespace Entail.Audit;

/// <summary>Where the hub shows a work.</summary>
internal static class HubAddress
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    );

    /// <summary>The address of a work; null where its name is none that the hub gives.</summary>
    public static string? Of(string id, string kind)
    {
        var parts = id.Split('/');
        return parts.Length <= 2 && Array.TrueForAll(parts, p => p.Trim('.').Length > 0 && !p.AsSpan().ContainsAnyExcept(Plain))
            ? $"https://huggingface.co/{(kind == "dataset" ? "datasets/" : "")}{id}"
            : null;
    }
}
