using Entail.Catalog;
using Entail.Core.Catalog;
using Xunit;

namespace Entail.Tests;

public sealed class EmbeddedCatalogTests
{
    [Fact]
    public void The_program_carries_the_compiled_catalog()
    {
        var catalog = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
        Assert.Equal("deepseek-1.0", catalog.Find("deepseek-1.0")?.Id);
    }
}
