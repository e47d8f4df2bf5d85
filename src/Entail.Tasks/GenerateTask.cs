using System.Text.Encodings.Web;
using System.Text.Json;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Write;
using Entail.Tasks.Docs;
using Entail.Tasks.Sources;

namespace Entail.Tasks;

/// <summary>Writes the files of <c>docs</c> that come from the types and from the catalog, or says which of them are stale.</summary>
internal static class GenerateTask
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Everything in these folders is made here.
    private static readonly string[] Owned = ["docs/schemas", "docs/licenses"];

    // Pages are made for a fixed day, so that they do not change with the calendar.
    private static readonly DateOnly Today = new(2026, 11, 1);

    public static int Run(IReadOnlyList<string> args)
    {
        var check = args.Contains("--check");
        var root = args.FirstOrDefault(a => a != "--check") ?? ".";
        var folder = Path.Combine(root, "catalog");
        var source = CatalogSource.Read(folder);
        var problems = source.Problems.ToList();
        if (problems.Count == 0)
        {
            var files = Files(source, folder, problems);
            if (problems.Count == 0)
            {
                return check ? Check(root, files) : Write(root, files);
            }
        }
        problems.ForEach(p => Console.Error.WriteLine(p));
        return 1;
    }

    // Path below the root, with forward slashes, and content.
    private static SortedDictionary<string, string> Files(CatalogSource source, string folder, List<CatalogProblem> problems)
    {
        var catalog = CompiledCatalog.Load(source.Compile());
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["docs/findings.md"] = Pages.Findings(source.Taxonomy),
            ["docs/second-reading.md"] = SecondReadingPage.Of(source, folder, problems),
            ["docs/changes.md"] = ChangesPage.Of(catalog, folder, Today),
            ["docs/tags.md"] = Pages.Tags(catalog),
            ["docs/licenses.md"] = Pages.Licenses(catalog, folder, problems),
        };
        var decider = new ExpressionDecider(catalog, Today);
        var pairs = CompatibilityPages.Pairs(catalog, decider);
        files["docs/compatibility.md"] = CompatibilityPages.Rows(pairs, [.. catalog.LicenseIds]);
        files["docs/compatibility.tsv"] = CompatibilityPages.Table(pairs);
        foreach (var (lang, end) in new[] { (Lang.En, ".md"), (Lang.Zh, ".zh.md") })
        {
            var pages = new LicensePages(catalog, decider, new Phrases(catalog, lang));
            foreach (var license in catalog.Licenses)
            {
                files[$"docs/licenses/{license.Id}{end}"] = pages.Markdown(license, other => other + end);
            }
        }
        foreach (var (kind, schema) in new Schemas(source.Taxonomy).All)
        {
            files[$"docs/schemas/{kind.File}"] = schema.ToJsonString(Json) + "\n";
        }
        return files;
    }

    private static int Write(string root, SortedDictionary<string, string> files)
    {
        foreach (var (file, content) in files)
        {
            var path = Path.Combine(root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path) || File.ReadAllText(path) != content)
            {
                File.WriteAllText(path, content);
                Console.WriteLine($"wrote {file}");
            }
        }
        foreach (var file in Orphans(root, files))
        {
            File.Delete(Path.Combine(root, file));
            Console.WriteLine($"deleted {file}");
        }
        return 0;
    }

    private static int Check(string root, SortedDictionary<string, string> files)
    {
        var stale = files
            .Where(f => Path.Combine(root, f.Key) is var path && (!File.Exists(path) || File.ReadAllText(path) != f.Value))
            .Select(f => f.Key)
            .Concat(Orphans(root, files))
            .ToList();
        stale.ForEach(f => Console.Error.WriteLine($"{f} is stale; run: dotnet run --project src/Entail.Tasks -- generate"));
        return stale.Count == 0 ? 0 : 1;
    }

    // Schemas of documents and pages of licenses that are no more.
    private static List<string> Orphans(string root, SortedDictionary<string, string> files) =>
        [
            .. Owned
                .Where(f => Directory.Exists(Path.Combine(root, f)))
                .SelectMany(f => Directory.GetFiles(Path.Combine(root, f)).Select(file => $"{f}/{Path.GetFileName(file)}"))
                .Where(f => !files.ContainsKey(f))
                .Order(StringComparer.Ordinal),
        ];
}
