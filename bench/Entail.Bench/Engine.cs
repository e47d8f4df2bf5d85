using Entail.Catalog;
using Entail.Core.Catalog;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>Identification as the program does it: over the index and the catalog that it carries.</summary>
internal sealed class Engine
{
    private readonly Identifier identifier;

    public Engine(CompiledCatalog catalog)
    {
        Catalog = catalog;
        Index = FingerprintIndex.Load(EmbeddedCatalog.Fingerprints());
        identifier = new Identifier(Index, Catalog);
    }

    /// <summary>The catalog that the program carries.</summary>
    public static CompiledCatalog LoadCatalog() => CompiledCatalog.Load(EmbeddedCatalog.Compiled());

    public FingerprintIndex Index { get; }

    public CompiledCatalog Catalog { get; }

    /// <summary>What a file of this text is. Its name tells nothing.</summary>
    public Identification Identify(string text) => identifier.Identify("LICENSE", text);
}
