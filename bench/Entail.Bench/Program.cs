using System.CommandLine;
using Entail.Bench;

var texts = new Option<string>("--texts") { Description = "the folder of the reference texts", Required = true };
var prose = new Option<string[]>("--prose")
{
    Description = "folders of ordinary files (bench/prose collects some)",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [],
};
var quick = new Option<bool>("--quick") { Description = "speed and memory by a stop watch, in a minute" };
var seconds = new Option<double>("--seconds") { Description = "with --quick: how long each mix runs", DefaultValueFactory = _ => 5 };

var root = new RootCommand("How well and how fast license texts are identified.") { texts, prose, quick, seconds };
root.SetAction(parsed =>
{
    var engine = new Engine();
    var licenses = Corpus.Licenses(parsed.GetRequiredValue(texts), engine.Index);
    var files = Corpus.Prose(parsed.GetRequiredValue(prose));
    if (parsed.GetValue(quick))
    {
        Quick.Run(engine, licenses, files, parsed.GetValue(seconds), Console.Out);
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
