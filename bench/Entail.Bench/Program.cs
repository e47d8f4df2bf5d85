using System.CommandLine;
using System.Globalization;
using System.Text;
using Entail.Bench;

if (args is ["decide", var duration])
{
    Decide.Run(double.Parse(duration, CultureInfo.InvariantCulture), Console.Out);
    return 0;
}

if (args is ["check", var license])
{
    CheckFolder.Run(license, Console.Out);
    return 0;
}

if (args is ["hub", var models, var edges, var works, var target])
{
    var made = SyntheticHub.Write(models, edges, long.Parse(works, CultureInfo.InvariantCulture), target);
    Console.Out.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"synthetic: {made.Works:n0} works, {made.Edges:n0} edges in {target}")
    );
    return 0;
}

if (args is ["audit", var hub])
{
    AuditHub.Run(hub, Console.Out);
    return 0;
}
if (args is ["sql", var records, var forms])
{
    return SqlForms.Run(records, forms, Console.Out);
}

var texts = new Option<string>("--texts") { Description = "the folder of the reference texts", Required = true };
var prose = new Option<string[]>("--prose")
{
    Description = "folders of ordinary files (bench/prose collects some)",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [],
};
var only = new Option<string[]>("--only") { Description = "only these experiments", AllowMultipleArgumentsPerToken = true };
only.AcceptOnlyFromAmong("self", "perturbed", "clauses", "silent", "names", "traps");
var failures = new Option<string>("--failures")
{
    Description = "a file to which one line is written for each trial that is not right: experiment, text, change, what came out",
};
var keep = new Option<string>("--keep") { Description = "a folder to which the text of each trial that is not right is written" };
var quick = new Option<bool>("--quick") { Description = "speed and memory by a stop watch, in a minute" };
var speed = new Option<bool>("--speed") { Description = "speed and memory by BenchmarkDotNet" };
var results = new Option<string>("--results")
{
    Description = "with --speed: the folder for the reports of BenchmarkDotNet",
    DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "entail-bench"),
};
var seconds = new Option<double>("--seconds") { Description = "with --quick: how long each mix runs", DefaultValueFactory = _ => 5 };

var root = new RootCommand("How well and how fast license texts are identified.")
{
    texts,
    prose,
    only,
    failures,
    keep,
    quick,
    seconds,
    speed,
    results,
};
root.SetAction(parsed =>
{
    var engine = new Engine(Engine.LoadCatalog());
    var licenses = Corpus.Licenses(parsed.GetRequiredValue(texts), engine.Index);
    var files = Corpus.Prose(parsed.GetRequiredValue(prose));
    if (parsed.GetValue(quick))
    {
        Quick.Run(engine, licenses, files, parsed.GetValue(seconds), Console.Out);
        return;
    }
    if (parsed.GetValue(speed))
    {
        Speed.Run(licenses, files, parsed.GetRequiredValue(results), Console.Out);
        return;
    }
    using var log = parsed.GetValue(failures) is { } path ? new StreamWriter(path, append: false, new UTF8Encoding(false)) : null;
    var report = new Report(Console.Out, log, parsed.GetValue(keep));
    var subjects = new Subjects(licenses, engine.Catalog);
    var chosen = parsed.GetValue(only) ?? [];
    Run("self", () => SelfExperiment.Run(engine, subjects, report));
    Run("perturbed", () => PerturbedExperiment.Run(engine, subjects, report));
    Run("clauses", () => ClauseExperiment.Run(engine, subjects, report));
    Run("silent", () => SilentExperiment.Run(engine, subjects, report));
    Run("names", () => NameExperiment.Run(engine, subjects, files, report));
    Run("traps", () => TrapExperiment.Run(engine, subjects, report));

    void Run(string name, Action experiment)
    {
        if (chosen.Length == 0 || chosen.Contains(name))
        {
            experiment();
        }
    }
});
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception problem) when (problem is IOException or InvalidDataException)
{
    Console.Error.WriteLine($"bench: {problem.Message}");
    return 3;
}
