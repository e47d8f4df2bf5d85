using System.Collections.Immutable;
using Entail.Catalog;
using Entail.Core;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests;

/// <summary>The whole check with the real catalog and index, over a folder of one test.</summary>
internal static class RealCheck
{
    private static readonly Lazy<Identifier> Identifier = new(() =>
        new Identifier(FingerprintIndex.Load(EmbeddedCatalog.Fingerprints().ToArray()), Repository.Catalog)
    );

    /// <summary>A reference text; the test is skipped where there is none.</summary>
    public static string Text(string key)
    {
        var file = Path.Combine(Shared.RequireTexts(), key + ".txt");
        return File.ReadAllText(File.Exists(file) ? file : Path.Combine(Shared.RequireTexts(), "..", "ai-extra", key + ".txt"));
    }

    /// <summary>Checks a folder with a card and further files.</summary>
    public static CheckResult Of(string card, params (string Name, string Text)[] files) => Of(card, null, files);

    /// <summary>The same with an entail.yaml.</summary>
    public static CheckResult Of(string card, string? yaml, params (string Name, string Text)[] files)
    {
        using var folder = new Folder();
        folder.Write("README.md", card);
        foreach (var (name, text) in files)
        {
            folder.Write(name, text);
        }
        var configuration = yaml is null ? null : ConfigurationReader.Parse(yaml, "entail.yaml", Repository.Catalog.Facts);
        Assert.Empty(configuration?.Problems.Select(p => p.Message.En) ?? []);
        return new Checking(Repository.Catalog, Identifier.Value, Repository.Today).Check(
            folder.Path,
            configuration,
            new CheckOptions(ImmutableArray<Act>.Empty, null, Facts.None, null)
        );
    }

    /// <summary>The best state of these duties; null where none is owed.</summary>
    public static DutyState? State(CheckResult result, params string[] duties) =>
        result.Duties.Where(d => duties.Contains(d.Owe.Duty)).Select(d => (DutyState?)d.State).Min();
}
