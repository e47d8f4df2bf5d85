using System.CommandLine;
using System.CommandLine.Parsing;
using Entail.Catalog;
using Entail.Cli;
using Entail.Cli.Commands;
using Entail.Core.Catalog;
using Entail.Core.Write;

var root = new RootCommand("What an AI model's license lets you do, what it asks of you, and whether what you ship keeps to it.")
{
    Session.LangOption,
    Session.FormatOption,
    Session.ColorOption,
    Session.QuietOption,
    Session.DateOption,
    Session.CatalogOption,
    InitCommand.Create(),
    CheckCommand.Create(),
    WhyCommand.Create(),
    BundleCommand.Create(),
    FixCommand.Create(),
    AskCommand.Create(),
    FaqCommand.Create(),
    IdentifyCommand.Create(),
    AuditCommand.Create(),
    CompatCommand.Create(),
    CompatCommand.CreateChoose(),
    LicensesCommand.Create(),
    TextsCommand.Create(),
    ExplainCommand.Create(),
    CompletionsCommand.Create(),
};
Completions.AddTo(root);
if (args is ["--version"])
{
    Console.WriteLine($"entail {DocumentWriter.Tool} (catalog {CompiledCatalog.Load(EmbeddedCatalog.Compiled()).Digest})");
    return 0;
}
var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"entail: {error.Message}");
    }
    var names = new List<string>();
    for (var at = parsed.CommandResult; at.Command != root; at = (CommandResult)at.Parent!)
    {
        names.Insert(0, at.Command.Name);
    }
    Console.Error.WriteLine($"entail: see `{string.Join(' ', ["entail", .. names, "--help"])}`");
    return 3;
}
try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (InvalidOperationException) when (args is [['[', ..], ..])
{
    return 0; // System.CommandLine 3.0.0 has no suggestion for `--option=word` and fails
}
catch (UsageException problem)
{
    Console.Error.WriteLine($"entail: {problem.Message.Replace("\n", "\nentail: ", StringComparison.Ordinal)}");
    return 3;
}
catch (IOException problem)
{
    Console.Error.WriteLine($"entail: {problem.Message}");
    return 3;
}
catch (Exception problem) when (Environment.GetEnvironmentVariable("ENTAIL_TRACE") is null)
{
    Console.Error.WriteLine(
        $"entail: an error of entail itself, not yours: {problem.GetType().Name}: {problem.Message}; set ENTAIL_TRACE=1 to see where, and report it"
    );
    return 4;
}
