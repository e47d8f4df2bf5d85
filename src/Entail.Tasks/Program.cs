using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Tasks;
using Entail.Tasks.Sources;

return args switch
{
    ["words", var file] => WordsTask.Print(file),
    ["new", var catalog, var id, var text] => NewTask.Write(catalog, id, text),
    ["compile", var catalog, var output] => Compile(catalog, output),
    ["check", var catalog] => Report(Problems(CatalogSource.Read(catalog))),
    ["check", var catalog, var id] => Report(
        CatalogSource.Read(catalog).Problems.Where(p => p.File.Contains($"/{id}/", StringComparison.Ordinal))
    ),
    ["fingerprints", var catalog, var texts] => Fingerprints(catalog, texts),
    ["cases", var catalog, .. var only] => CasesTask.Run(catalog, only.FirstOrDefault()),
    ["agree", var catalog, .. var options] => AgreementTask.Run(catalog, options),
    ["release", var catalog] => ReleaseTask.Run(catalog),
    ["generate", .. var options] when options.Count(o => o != "--check") <= 1 => GenerateTask.Run(options),
    ["mutate", var catalog, .. var only] => CasesTask.Mutate(catalog, only.FirstOrDefault()),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: tasks words FILE               the text with the index of the first normalized word of each sentence
               tasks new CATALOG ID FILE      begins rules.yaml and cases.yaml for the license in that text
               tasks check CATALOG [ID]       reads the catalog and reports what is wrong
               tasks compile CATALOG OUT      writes the compiled catalog
               tasks fingerprints CATALOG TEXTS   writes CATALOG/fingerprints.bin from a folder of license texts
               tasks cases CATALOG [ID]       runs the cases
               tasks mutate CATALOG [ID]      deletes each rule in turn; some case must fail
               tasks agree CATALOG [ID] [--differences]   compares the catalog with the second readings in CATALOG/readings
               tasks release CATALOG          keeps the catalog as the release that stands first in CATALOG/releases.yaml
               tasks generate [--check] [ROOT]   writes docs/schemas and the pages of docs that come from the catalog
        """
    );
    return 3;
}

static IEnumerable<CatalogProblem> Problems(CatalogSource source) => source.Problems.Concat(source.UnusedStrengths());

static int Report(IEnumerable<CatalogProblem> problems)
{
    var all = problems.ToList();
    all.ForEach(p => Console.WriteLine(p));
    return all.Count == 0 ? 0 : 1;
}

static int Compile(string catalog, string output)
{
    var source = CatalogSource.Read(catalog);
    if (Report(Problems(source)) != 0)
    {
        return 1;
    }
    var bytes = source.Compile();
    CompiledCatalog.Load(bytes);
    File.WriteAllBytes(output, bytes);
    return 0;
}

static int Fingerprints(string catalog, string texts)
{
    var bytes = FingerprintBuilder.Build(texts, Console.Out);
    File.WriteAllBytes(Path.Combine(catalog, "fingerprints.bin"), bytes);
    return 0;
}
