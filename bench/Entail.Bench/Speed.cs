using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Entail.Core.Catalog;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>Speed and memory by BenchmarkDotNet, in this process: its own builds would compile the catalog again for each benchmark.</summary>
internal static class Speed
{
    private static List<LicenseFile> licenses = [];
    private static List<(string Name, string Text)> prose = [];

    public static void Run(List<LicenseFile> licenseFiles, List<(string Name, string Text)> proseFiles, string results, TextWriter output)
    {
        licenses = licenseFiles;
        prose = proseFiles;
        var inProcess = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
        var whole = inProcess.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(1).WithIterationCount(5);
        var summaries = new[]
        {
            BenchmarkRunner.Run<LoadBenchmark>(Config(inProcess)),
            BenchmarkRunner.Run<MixBenchmark>(Config(whole)),
            BenchmarkRunner.Run<HostileBenchmark>(Config(whole)),
        };
        output.WriteLine();
        output.WriteLine($"{"files", -24}{"number", 8}{"files/s", 10}{"mean ms", 10}{"allocated bytes/file", 22}");
        foreach (var report in summaries.SelectMany(summary => summary.Reports))
        {
            Line(report, output);
        }

        IConfig Config(Job job) => DefaultConfig.Instance.WithArtifactsPath(results).AddJob(job);
    }

    /// <summary>The files of a mix.</summary>
    public static string[] Files(Mix mix)
    {
        var texts = licenses.Select(license => license.Text);
        return mix switch
        {
            Mix.Verbatim => [.. texts],
            Mix.Edited => Workloads.Edited(texts),
            Mix.MadeUp => Workloads.Prose(texts),
            Mix.Prose => [.. prose.Select(file => file.Text)],
            _ => throw new ArgumentOutOfRangeException(nameof(mix), mix, "no mix is called that"),
        };
    }

    /// <summary>The mixes of which there are files.</summary>
    public static IEnumerable<Mix> Mixes => Enum.GetValues<Mix>().Where(mix => mix is not Mix.Prose || prose.Count > 0);

    private static void Line(BenchmarkReport report, TextWriter output)
    {
        var of = report.BenchmarkCase.Parameters.Items is [var parameter] ? parameter.Value : null;
        var name = of?.ToString() ?? report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
        if (report.ResultStatistics is not { } statistics)
        {
            output.WriteLine($"{name, -24}failed");
            return;
        }
        var files = of is Mix mix ? Files(mix).Length : 1;
        var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -24}{files, 8:n0}{files / (statistics.Mean / 1e9), 10:n0}{statistics.Mean / 1e6, 10:n1}{bytes / Math.Max(1, files), 22:n0}"
            )
        );
    }
}

/// <summary>What files are identified.</summary>
public enum Mix
{
    /// <summary>All reference texts.</summary>
    Verbatim,

    /// <summary>All reference texts, 2% of the words of each edited.</summary>
    Edited,

    /// <summary>As many made-up files of the same lengths.</summary>
    MadeUp,

    /// <summary>The ordinary files in the folders given.</summary>
    Prose,
}

/// <summary>Index and identifier from the program's resources; the catalog is there already.</summary>
[MemoryDiagnoser]
public class LoadBenchmark
{
    private readonly CompiledCatalog catalog = Engine.LoadCatalog();

    [Benchmark]
    public object Load() => new Engine(catalog);
}

/// <summary>One after the other on one thread.</summary>
[MemoryDiagnoser]
public class MixBenchmark
{
    private readonly Engine engine = new(Engine.LoadCatalog());
    private string[] files = [];

    public static IEnumerable<Mix> Mixes => Speed.Mixes;

    [ParamsSource(nameof(Mixes))]
    public Mix Mix { get; set; }

    [GlobalSetup]
    public void Read() => files = Speed.Files(Mix);

    [Benchmark]
    public int Identify() => files.Sum(file => engine.Identify(file).Matches.Length);
}

/// <summary>A text of 50 million characters.</summary>
[MemoryDiagnoser]
public class HostileBenchmark
{
    private readonly Engine engine = new(Engine.LoadCatalog());
    private string text = "";

    public static IEnumerable<string> Names => Workloads.HostileNames;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Make() => text = Workloads.Hostile(Name, Speed.Files(Mix.Verbatim)[0]);

    [Benchmark]
    public int Identify() => engine.Identify(text).Matches.Length;
}
