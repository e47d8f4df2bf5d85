using System.CommandLine;
using System.CommandLine.Completions;
using Entail.Catalog;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Cli;

/// <summary>What a shell offers to complete where the command line alone does not tell: acts, facts, licenses, formats.</summary>
internal static class Completions
{
    private static readonly string[] Licenses = ["--as", "--from", "--to", "license", "id", "a", "b"];

    /// <summary>Gives the options and arguments of all commands their words.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in command.Options)
        {
            if (Words(option.Name) is { } words)
            {
                option.CompletionSources.Add(context => Matching(words(), context.WordToComplete));
            }
        }
        foreach (var argument in command.Arguments.Where(a => Licenses.Contains(a.Name) || a.Name == "code"))
        {
            var words = Words(argument.Name)!;
            argument.CompletionSources.Add(context => Matching(words(), context.WordToComplete));
        }
        foreach (var inner in command.Subcommands)
        {
            AddTo(inner);
        }
    }

    private static Func<IEnumerable<string>>? Words(string name) =>
        name switch
        {
            "--format" => () => ["human", "json", "ndjson", "sarif", "junit", "markdown", "html"],
            "--lang" => () => ["en", "zh"],
            "--color" => () => ["auto", "always", "never"],
            "--fail-on" => () => ["error", "warning", "note"],
            "--assume" => () => ["none"],
            "--part" => () => Enum.GetValues<Part>().Select(p => Kebab.Of(p)),
            "--of" => () => Enum.GetValues<Subject>().Select(s => Kebab.Of(s)),
            "--do" or "--made-by" => () => Acts.All.Select(a => a.Name()),
            "--fact" => () => Catalog().Facts.Keys.Order(StringComparer.Ordinal).Select(f => $"{f}="),
            "code" => () => Catalog().Taxonomy.Findings.Select(f => f.Id),
            _ when Licenses.Contains(name) => () => Catalog().LicenseIds,
            _ => null,
        };

    private static CompiledCatalog Catalog() => CompiledCatalog.Load(EmbeddedCatalog.Compiled());

    // Of a list such as `fine-tune,ho` the last word is completed.
    private static IEnumerable<CompletionItem> Matching(IEnumerable<string> words, string written)
    {
        var comma = written.LastIndexOf(',') + 1;
        return words
            .Where(w => w.StartsWith(written[comma..], StringComparison.OrdinalIgnoreCase))
            .Select(w => new CompletionItem(written[..comma] + w));
    }
}
