using System.Diagnostics;
using System.Globalization;
using Entail.Audit;
using Entail.Catalog;
using Entail.Core.Catalog;
using Entail.Core.Decide.Engine;
using Entail.Core.Link;

namespace Entail.Bench;

/// <summary>How fast a hub is read and decided in process.</summary>
internal static class AuditHub
{
    public static void Run(string file, TextWriter output)
    {
        var catalog = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
        var begin = Stopwatch.GetTimestamp();
        var records = RecordReading.Of(new RecordFile(file), new RecordParser(), "").Sum(r => (long)r.Count);
        var alone = Stopwatch.GetElapsedTime(begin);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"read alone: {records:n0} records in {alone.TotalSeconds:n2} s, {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:n2} s of processors"
            )
        );
        begin = Stopwatch.GetTimestamp();
        var hub = new HubInput(catalog).Of([file], null);
        var read = Stopwatch.GetElapsedTime(begin);
        var steps = 0L;
        foreach (var node in hub.Graph.Nodes)
        {
            steps += node.Steps.Length;
        }
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"read and linked: {hub.Graph.Works.Count:n0} works, {steps:n0} steps in {read.TotalSeconds:n2} s ({hub.Graph.Works.Count / read.TotalSeconds:n0} works a second)"
            )
        );
        for (var run = 0; run < 3; run++)
        {
            var decider = new HubDecider(
                catalog,
                new DateOnly(2026, 11, 1),
                (graph, number) => HubLinker.LineageOf(graph, number, catalog)
            );
            var before = GC.GetTotalAllocatedBytes();
            var busy = Process.GetCurrentProcess().TotalProcessorTime;
            begin = Stopwatch.GetTimestamp();
            var decisions = decider.Decide(hub.Graph);
            var took = Stopwatch.GetElapsedTime(begin);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"decided, run {run + 1}: {took.TotalMilliseconds:n0} ms ({(Process.GetCurrentProcess().TotalProcessorTime - busy).TotalMilliseconds:n0} ms of processor time), {(GC.GetTotalAllocatedBytes() - before) / 1e6:n0} MB allocated, {decisions.Cyclic:n0} works by the reference"
                )
            );
        }
        output.WriteLine($"peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:n0} MB");
    }
}
