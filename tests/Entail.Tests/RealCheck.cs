using System.Collections.Immutable;
using Entail.Catalog;
using Entail.Core;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Tests;

/// <summary>The whole check with the real catalog and index, over a folder of one test.</summary>
internal static class RealCheck
{
    private static readonly Lazy<(CompiledCatalog Catalog, Identifier Identifier)> Now = new(() => With(Repository.Catalog));

    // The first release knows fewer licenses, so real texts can be met that are not in the catalog.
    private static readonly Lazy<(CompiledCatalog Catalog, Identifier Identifier)> First = new(() =>
        With(CompiledCatalog.Unpack(EmbeddedCatalog.Release("2026.11.1")))
    );

    private static (CompiledCatalog Catalog, Identifier Identifier) With(CompiledCatalog catalog) =>
        (catalog, new Identifier(FingerprintIndex.Load(EmbeddedCatalog.Fingerprints().ToArray()), catalog));

    /// <summary>A reference text; the test is skipped where there is none.</summary>
    public static string Text(string key)
    {
        var file = Path.Combine(Shared.RequireTexts(), key + ".txt");
        return File.ReadAllText(File.Exists(file) ? file : Path.Combine(Shared.RequireTexts(), "..", "ai-extra", key + ".txt"));
    }

    /// <summary>Checks a folder with a card and further files.</summary>
    public static CheckResult Of(string card, params (string Name, string Text)[] files) => Of(card, null, files);

    /// <summary>The same with an entail.yaml.</summary>
    public static CheckResult Of(string card, string? yaml, params (string Name, string Text)[] files) => Of(Now.Value, card, yaml, files);

    /// <summary>The same by the first release of the catalog.</summary>
    public static CheckResult ByFirstRelease(string card, string? yaml, params (string Name, string Text)[] files) =>
        Of(First.Value, card, yaml, files);

    private static CheckResult Of(
        (CompiledCatalog Catalog, Identifier Identifier) by,
        string card,
        string? yaml,
        (string Name, string Text)[] files
    )
    {
        using var folder = new Folder();
        folder.Write("README.md", card);
        foreach (var (name, text) in files)
        {
            folder.Write(name, text);
        }
        var configuration = yaml is null ? null : ConfigurationReader.Parse(yaml, "entail.yaml", by.Catalog.Taxonomy);
        Assert.Empty(configuration?.Problems.Select(p => p.Message.En) ?? []);
        return new Checking(by.Catalog, by.Identifier, Repository.Today).Check(
            StoredWork.In(folder.Path),
            configuration,
            new CheckOptions(ImmutableArray<Act>.Empty, null, Facts.None, null)
        );
    }

    /// <summary>The best state of these duties; null where none is owed.</summary>
    public static DutyState? State(CheckResult result, params string[] duties) =>
        result.Duties.Where(d => duties.Contains(d.Owe.Duty)).Select(d => (DutyState?)d.State).Min();
}
