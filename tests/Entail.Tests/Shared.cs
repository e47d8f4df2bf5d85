namespace Entail.Tests;

/// <summary>Material that is no part of the repository: other people's words and records. Tests that need it are skipped where it is absent.</summary>
internal static class Shared
{
    private static readonly Lazy<string?> Texts = new(() =>
        Environment.GetEnvironmentVariable("ENTAIL_REFERENCE_TEXTS") is { Length: > 0 } stated
            ? Directory.Exists(Path.Combine(stated, "reference"))
                ? Path.Combine(stated, "reference")
                : stated
            : Find("license-texts/reference")
    );

    /// <summary>A file or folder of `shared/`, beside the repository or above it; the test is skipped where there is none.</summary>
    public static string Require(string path)
    {
        var found = Find(path);
        Assert.SkipWhen(found is null, $"shared/{path} is not on this machine");
        return found;
    }

    /// <summary>The folder of reference texts: ENTAIL_REFERENCE_TEXTS, or `shared/license-texts`; the test is skipped where there is none.</summary>
    public static string RequireTexts()
    {
        Assert.SkipWhen(
            Texts.Value is null || !Directory.Exists(Texts.Value),
            "the reference texts are not on this machine: set ENTAIL_REFERENCE_TEXTS to their folder"
        );
        return Texts.Value;
    }

    /// <summary>The same, or null.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", path);
            if (File.Exists(found) || Directory.Exists(found))
            {
                return found;
            }
        }
        return null;
    }
}
