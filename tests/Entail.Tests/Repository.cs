using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Tasks.Sources;

namespace Entail.Tests;

/// <summary>The repository under test: its folders, and its catalog as the sources say it and as the tools load it.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static readonly string Root = FindRoot();

    /// <summary>The folder of the catalog's sources.</summary>
    public static readonly string CatalogFolder = Path.Combine(Root, "catalog");

    /// <summary>The catalog as its files say it.</summary>
    public static readonly CatalogSource Source = CatalogSource.Read(CatalogFolder);

    /// <summary>The same, compiled and loaded.</summary>
    public static readonly CompiledCatalog Catalog = CompiledCatalog.Load(Source.Compile());

    /// <summary>A fixed day, so that no test changes with the calendar.</summary>
    public static readonly DateOnly Today = new(2026, 11, 1);

    /// <summary>Answers questions about the catalog's licenses.</summary>
    public static readonly Decider Decider = new(Catalog.Find, Catalog.Facts, Catalog.Territories, Today);

    /// <summary>The ids of all licenses, one theory row each.</summary>
    public static IEnumerable<TheoryDataRow<string>> LicenseRows => Catalog.LicenseIds.Select(id => new TheoryDataRow<string>(id));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("no folder above the tests holds Directory.Packages.props");
    }
}
