namespace Entail.Tests.Read.Formats;

/// <summary>The files that the formats' own tools wrote.</summary>
internal static class Fixture
{
    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "tests", "Entail.Tests", "Read", "Fixtures");

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>The bytes of all files of a kind, in the order of their names.</summary>
    public static IEnumerable<byte[]> Named(string pattern) =>
        Directory.GetFiles(Folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
}
