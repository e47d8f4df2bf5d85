using System.Collections.Immutable;
using System.IO.Compression;
using Entail.Core.Decide;
using Entail.Core.Decide.Engine;
using Entail.Core.Link;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Decide;

/// <summary>The decision on a whole hub is, work by work, that of the reference on the work's own lineage.</summary>
public sealed class HubDeciderTests
{
    private const int Hubs = 2000;

    [Fact]
    public void Random_hubs_come_out_as_the_reference_decides_each_work()
    {
        var decider = new HubDecider(Repository.Catalog, Repository.Today);
        var verdicts = new SortedDictionary<Verdict, int>();
        var cyclic = 0;
        // 4900: a license declared behind an ambiguous tag reaches a work before the tag does.
        foreach (var seed in Enumerable.Range(0, Hubs).Append(4900))
        {
            var linker = new HubLinker(Repository.Catalog);
            foreach (var work in RandomHub.Of(new Random(seed)))
            {
                linker.Add(work);
            }
            cyclic += Compare(linker.Graph(), decider, $"seed {seed}", verdicts);
        }
        Assert.True(
            verdicts.Count >= 4 && cyclic > 100,
            $"too much alike to show anything: {string.Join(", ", verdicts)}, {cyclic} in cycles"
        );
    }

    [Fact]
    public void Real_records_come_out_as_the_reference_decides_each_work()
    {
        var file = Shared.Find("hub/models-3988.json.gz");
        Assert.SkipWhen(file is null, "the hub's records are not on this machine");
        using var stream = new GZipStream(File.OpenRead(file!), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        var linker = new HubLinker(Repository.Catalog);
        foreach (var work in HubRecordReader.Read(reader.ReadToEnd()).Works)
        {
            linker.Add(work);
        }
        var verdicts = new SortedDictionary<Verdict, int>();

        Compare(linker.Graph(), new HubDecider(Repository.Catalog, Repository.Today), "real", verdicts);

        Assert.Equal(3988, verdicts.Values.Sum());
    }

    [Fact]
    public void A_change_comes_out_as_a_whole_pass_over_what_there_is_then()
    {
        var decider = new HubDecider(Repository.Catalog, Repository.Today);
        var (again, all) = (0, 0);
        for (var seed = 0; seed < Hubs / 4; seed++)
        {
            var random = new Random(seed);
            var records = RandomHub.Of(random).DistinctBy(w => w.Id, StringComparer.OrdinalIgnoreCase).ToList();
            var linker = Linked(records);
            var graph = linker.Graph();
            var decisions = decider.Decide(graph);
            for (var change = 0; change < 5; change++)
            {
                // Another record for a work that is there, or a new one, now and then one that others name already.
                var put = RandomHub.Of(random).ElementAt(0) with
                {
                    Id = random.Next(4) switch
                    {
                        0 => $"a/w{random.Next(14)}",
                        1 => "nobody/knows",
                        _ => records[random.Next(records.Count)].Id,
                    },
                };
                put = put with { Steps = [.. RandomHub.Of(random).Last().Steps] };
                var place = records.FindIndex(r => r.Id.Equals(put.Id, StringComparison.OrdinalIgnoreCase));
                if (place < 0)
                {
                    records.Add(put);
                }
                else
                {
                    records[place] = put = put with { Id = records[place].Id };
                }
                var touched = decisions.Update(
                    linker.Put(
                        put.Id,
                        new HubShape(put, [.. put.Steps.Select((s, i) => new HubStep(i, s.Act, s.Inferred))]),
                        [.. put.Steps.Select(s => s.Work)]
                    )
                );
                again += touched.Count;
                all += graph.Count;
                var fresh = Linked(records).Graph();
                var expected = decider.Decide(fresh);
                Assert.Equal(expected.Cyclic, decisions.Cyclic);
                for (var i = 0; i < expected.Count; i++)
                {
                    Assert.Equal(Told(fresh, expected, i), Told(graph, decisions, i));
                }
            }
        }
        Assert.InRange(again, 1, all / 2);
    }

    private static HubLinker Linked(IEnumerable<ConfiguredWork> records)
    {
        var linker = new HubLinker(Repository.Catalog);
        foreach (var record in records)
        {
            linker.Add(record);
        }
        return linker;
    }

    private static string Told(HubGraph graph, HubDecisions decisions, int place)
    {
        string Name(int? number) => number is { } n ? graph[n].Id.ToLowerInvariant() : "";
        var decision = decisions[place];
        return $"{graph[graph.Works[place]].Id} {decision.Verdict}\n"
            + string.Join('\n', decision.Bindings.Select(b => $"{b.License} {Name(b.Origin)} {b.Certainty}"))
            + "\n"
            + string.Join('\n', decision.Findings.Select(f => $"{f.Code} {f.License} {Name(f.Origin)} {f.Certainty}"));
    }

    private static Lineage LineageOf(HubGraph graph, int number) => HubLinker.LineageOf(graph, number, Repository.Catalog);

    private static int Compare(HubGraph graph, HubDecider decider, string what, SortedDictionary<Verdict, int> verdicts)
    {
        var found = decider.Decide(graph);
        for (var i = 0; i < found.Count; i++)
        {
            var number = graph.Works[i];
            var expected = decider.Reference(LineageOf(graph, number));
            var decision = found[i];
            Assert.True(
                expected.Verdict == decision.Verdict,
                $"{what}: {graph[number].Id} is {expected.Verdict}, but {decision.Verdict}\n{string.Join('\n', expected.Lineage.Works.Select(w => $"{w.Id} {w.Kind} {string.Join('|', w.Licenses.Select(l => l.Expression))} from {string.Join(", ", w.Steps.Select(s => $"{s.Act} {s.From}"))}"))}"
            );
            Assert.Equal(
                expected
                    .Bindings.Select(b => $"{b.Binding.Name} of {b.Binding.Origin.Id.ToLowerInvariant()} {b.Binding.Certainty}")
                    .Distinct()
                    .Order(StringComparer.Ordinal),
                decision
                    .Bindings.Select(b => $"{b.License} of {graph[b.Origin].Id.ToLowerInvariant()} {b.Certainty}")
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            );
            Assert.Equal(Findings(expected), Findings(graph, decision));
            verdicts[decision.Verdict] = verdicts.GetValueOrDefault(decision.Verdict) + 1;
        }
        return found.Cyclic;
    }

    // A circle is told, and what may follow from where it was cut.
    private static IEnumerable<string> Findings(LineageDecision decision)
    {
        if (decision.Lineage.Problems.Any(p => p.Code == "lineage-cycle"))
        {
            return decision.Lineage.Problems.Select(p => p.Code).Distinct().Order(StringComparer.Ordinal);
        }
        var found = new SortedSet<string>(StringComparer.Ordinal);
        void Found(string code, Certainty certainty, Binding binding) =>
            found.Add($"{code} {binding.Name} {binding.Origin.Id.ToLowerInvariant()} {certainty}");
        foreach (var bound in decision.Bindings.Where(b => !b.Binding.Candidate && b.Binding.License is not null))
        {
            foreach (var code in bound.Answer.MaybeMissing.Select(FindingRules.CodeOf))
            {
                var sure = bound.Answer.Missing.Any(m => FindingRules.CodeOf(m) == code);
                Found(code, sure ? bound.Binding.Certainty : Certainty.Arguable, bound.Binding);
            }
        }
        var acts = decision.Bindings.Where(b => !b.Binding.Candidate).Select(b => (b.Binding, b.Acts));
        foreach (var (binding, answer) in acts.Concat(decision.Steps.Select(s => (s.Binding, s.Acts))))
        {
            if (binding.License is not null && FindingRules.Refusal(answer, binding) is { } refusal)
            {
                Found(refusal.Code, refusal.Certainty, binding);
            }
        }
        if (!decision.Clashes.IsEmpty)
        {
            found.Add($"license-conflict   {Certainty.Yes}");
        }
        return found;
    }

    private static IEnumerable<string> Findings(HubGraph graph, HubDecision decision) =>
        decision.Findings.Any(f => f.Code == "lineage-cycle")
            ? decision.Findings.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal)
            : decision
                .Findings.Where(f => f.Code is not ("license-undeclared" or "license-unknown" or "base-not-found"))
                .Select(f => $"{f.Code} {f.License} {(f.Origin is { } origin ? graph[origin].Id.ToLowerInvariant() : "")} {f.Certainty}")
                .Distinct()
                .Order(StringComparer.Ordinal);
}
