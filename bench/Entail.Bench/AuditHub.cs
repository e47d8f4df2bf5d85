using System.Diagnostics;
using System.Globalization;
using Entail.Audit;
using Entail.Catalog;
using Entail.Core.Catalog;
using Entail.Core.Decide.Engine;
using Entail.Core.Link;

namespace Entail.Bench;

/// <summary>How fast a hub is read, decided and kept up to date in process.</summary>
internal static class AuditHub
{
    private const int Changes = 4000;

    public static void Run(string file, TextWriter output)
    {
        var catalog = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
        var begin = Stopwatch.GetTimestamp();
        var records = RecordReading.Of(new RecordFile(file), new RecordParser(), "").Sum(r => (long)r.Count);
        Say($"read alone: {records:n0} records in {Stopwatch.GetElapsedTime(begin).TotalSeconds:n2} s");

        begin = Stopwatch.GetTimestamp();
        var linker = new HubLinker(catalog);
        var some = new List<ParsedRecord>();
        foreach (var record in new HubInput(catalog).Records(file))
        {
            if (record.Shape is { } shape && linker.Add(record.Id, shape, record.Names) && linker.Count % (records / Changes) == 0)
            {
                some.Add(record);
            }
        }
        var graph = linker.Graph();
        var steps = 0L;
        for (var i = 0; i < graph.Count; i++)
        {
            steps += graph[i].Steps.Length;
        }
        Say($"read and linked: {graph.Works.Count:n0} works, {steps:n0} steps in {Stopwatch.GetElapsedTime(begin).TotalSeconds:n2} s");

        var decider = new HubDecider(catalog, new DateOnly(2026, 11, 1));
        HubDecisions? decisions = null;
        foreach (var what in (string[])["decided", "decided again, the licenses' answers known", "and again"])
        {
            decisions = null;
            GC.Collect(); // what an earlier one left is not its own
            var before = GC.GetTotalAllocatedBytes();
            begin = Stopwatch.GetTimestamp();
            decisions = decider.Decide(graph);
            var took = Stopwatch.GetElapsedTime(begin);
            var allocated = (GC.GetTotalAllocatedBytes() - before) / 1e6;
            Say($"{what}: {took.TotalMilliseconds:n0} ms, {allocated:n0} MB allocated, {decisions.Cyclic:n0} works by their own lineage");
        }

        // Every changed work declares what another does, license and origins.
        var random = new Random(1);
        var times = new List<double>();
        var reached = 0L;
        for (var i = 0; i <= some.Count; i++)
        {
            var (work, like) = (some[i % some.Count], some[random.Next(some.Count)]);
            begin = Stopwatch.GetTimestamp();
            reached += decisions!.Update(linker.Put(work.Id, like.Shape!, [work.Id, .. like.Names.Skip(1)])).Count;
            if (i > 0) // the first finds out what was made from what
            {
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }
        times.Sort();
        Say(
            $"{times.Count:n0} works changed one by one: median {times[times.Count / 2]:n4} ms, 99th percentile {times[times.Count * 99 / 100]:n3} ms, longest {times[^1]:n1} ms; {reached:n0} works decided again"
        );
        Say($"peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:n0} MB");

        void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }
}
