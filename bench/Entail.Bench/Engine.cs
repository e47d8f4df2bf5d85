using Entail.Catalog;
using Entail.Core.Catalog;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>Identification as the program does it: over the index and the catalog that it carries.</summary>
internal sealed class Engine
{
    private readonly Identifier identifier;

    public Engine()
    {
        Index = LoadIndex();
        Catalog = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
        identifier = new Identifier(Index, Catalog);
    }

    public FingerprintIndex Index { get; }

    public CompiledCatalog Catalog { get; }

    /// <summary>The index from the program's resources.</summary>
    public static FingerprintIndex LoadIndex() => FingerprintIndex.Load(EmbeddedCatalog.Fingerprints());

    /// <summary>The document of a cataloged license that a reference text is; null for others.</summary>
    public CatalogText? Cataloged(string key) => identifier.Cataloged(key);

    /// <summary>What a file of this text is. Its name tells nothing.</summary>
    public Identification Identify(string text) => identifier.Identify("LICENSE", text);
}
