using Entail.Core.Catalog;
using Entail.Tasks.Sources;

namespace Entail.Tasks;

/// <summary>Keeps the catalog as it stands as the release it is, so that later ones can be compared with it and it can still be asked.</summary>
internal static class ReleaseTask
{
    public static int Run(string folder)
    {
        var source = CatalogSource.Read(folder);
        if (source.Problems.Count > 0)
        {
            source.Problems.ToList().ForEach(p => Console.Error.WriteLine(p));
            return 1;
        }
        var version = source.Releases[0].Version;
        var file = Path.Combine(folder, "releases", $"{version}.catalog");
        if (File.Exists(file))
        {
            Console.Error.WriteLine($"{file} exists: {version} was given out. Put a newer version on top of {folder}/releases.yaml first");
            return 1;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, CompiledCatalog.Pack(source.Compile()));
        Console.WriteLine($"wrote {file}: {new FileInfo(file).Length} bytes");
        return 0;
    }
}
