using System.Text.Json;

namespace Entail.Tests.Acceptance;

/// <summary>The cases of shared/acceptance/dev: JSON Lines with what is expected beside each question.</summary>
internal static class Lines
{
    /// <summary>The ids of a file's cases, a theory row each; one row without an id where the file is not on this machine.</summary>
    public static IEnumerable<TheoryDataRow<string?>> Ids(string file) =>
        Shared.Find($"acceptance/dev/{file}") is { } path
            ? Read(path).Select(l => new TheoryDataRow<string?>(Text(l.Case, "id")!))
            : [new TheoryDataRow<string?>(null)];

    /// <summary>A case and its line; the test is skipped where the file is not on this machine.</summary>
    public static (string Line, JsonElement Case) Require(string file, string? id) =>
        Read(Shared.Require($"acceptance/dev/{file}")).Single(l => Text(l.Case, "id") == id);

    /// <summary>A text, or null.</summary>
    public static string? Text(JsonElement at, string key) =>
        at.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A list of texts; nothing where there is none.</summary>
    public static IReadOnlyList<string> Texts(JsonElement at, string key) =>
        at.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
            : [];

    private static IEnumerable<(string Line, JsonElement Case)> Read(string path) =>
        File.ReadLines(path).Where(l => l.Length > 0).Select(l => (l, JsonDocument.Parse(l).RootElement));
}
