using System.Diagnostics;
using System.Globalization;
using Entail.Catalog;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>Speed and memory by a stop watch: one process, one thread, warm. Rougher than BenchmarkDotNet, and done in a minute.</summary>
internal static class Quick
{
    private const int Loads = 21;

    public static void Run(
        Engine engine,
        List<LicenseFile> licenses,
        List<(string Name, string Text)> prose,
        double seconds,
        TextWriter output
    )
    {
        Load(engine, output);
        string[] texts = [.. licenses.Select(license => license.Text)];
        output.WriteLine(
            "files                       number     words     files/s     words/s   ms slowest     bytes/file  bytes/word  kind"
        );
        Mix("licenses verbatim", texts);
        Mix("licenses, 2% edited", Workloads.Edited(texts));
        Mix("made-up prose", Workloads.Prose(texts));
        if (prose.Count > 0)
        {
            Mix("prose files", [.. prose.Select(file => file.Text)]);
        }
        foreach (var name in Workloads.HostileNames)
        {
            Hostile(name);
        }

        void Mix(string name, string[] files)
        {
            foreach (var file in files.Where((_, i) => i % 10 == 0))
            {
                engine.Identify(file);
            }
            var words = files.Sum(file => (long)Normalization.Words(file).Count);
            var (passes, slowest) = (new List<double>(), 0.0);
            var allocated = 0L;
            for (var watch = Stopwatch.StartNew(); passes.Count == 0 || watch.Elapsed.TotalSeconds < seconds; )
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var pass = Stopwatch.StartNew();
                foreach (var file in files)
                {
                    var begin = Stopwatch.GetTimestamp();
                    engine.Identify(file);
                    slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                }
                passes.Add(pass.Elapsed.TotalSeconds);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            var median = passes.Order().ElementAt(passes.Count / 2);
            Line(
                $"{name, -24}{files.Length, 10:n0}{words, 10:n0}{files.Length / median, 12:n0}{words / median, 12:n0}{slowest, 13:n1}{allocated / files.Length, 15:n0}{(double)allocated / words, 12:n1}  median of {passes.Count} passes"
            );
        }

        void Hostile(string name)
        {
            var text = Workloads.Hostile(name, texts[0]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var found = engine.Identify(text);
            var time = watch.Elapsed.TotalMilliseconds;
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Line(
                $"{name, -24}{1, 10:n0}{"50 MB", 10}{"", 12}{"", 12}{time, 13:n0}{allocated, 15:n0}{"", 12}  {(found.Truncated ? "beginning only" : "whole")}"
            );
        }

        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static void Load(Engine engine, TextWriter output)
    {
        var times = new List<double>();
        for (var i = 0; i < Loads; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            _ = new Engine(engine.Catalog);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"index: {EmbeddedCatalog.Fingerprints().Length:n0} bytes, loaded in {times.Order().ElementAt(Loads / 2):n2} ms (median of {Loads}; slowest {times.Max():n2} ms)"
            )
        );
    }
}
