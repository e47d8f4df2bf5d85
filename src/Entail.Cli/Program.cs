using Entail.Catalog;
using Entail.Core.Catalog;

if (args is not ["--version"])
{
    Console.Error.WriteLine("usage: entail --version");
    return 3;
}
var catalog = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
Console.WriteLine($"entail {typeof(Program).Assembly.GetName().Version?.ToString(3)} (catalog {catalog.Digest})");
return 0;
