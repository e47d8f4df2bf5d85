using System.Buffers;
using System.Collections.Concurrent;
using Entail.Core.Decide.Engine;
using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>The lines of works.jsonl: of each kind of works one is made, and those like it take it with names of their own.</summary>
internal sealed class WorkLines(Auditing auditing, AuditResult result)
{
    private const int LinesAtOnce = 4096;

    private readonly HubGraph graph = result.Hub.Graph;
    private readonly HubDecisions decisions = result.Decisions;
    private readonly LineTemplate?[] templates = new LineTemplate?[result.Decisions.Kinds + 1];
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> free = [];

    /// <summary>The lines, some thousand at a time with how many, in order; made by several threads. Those given out last until the next are asked for.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Lines, int Count)> All()
    {
        var chunks = Enumerable
            .Range(0, (decisions.Count + LinesAtOnce - 1) / LinesAtOnce)
            .AsParallel()
            .AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(chunk =>
            {
                var first = chunk * LinesAtOnce;
                var count = Math.Min(LinesAtOnce, decisions.Count - first);
                return (Lines: Chunk(first, count), count);
            });
        foreach (var (lines, count) in chunks)
        {
            yield return (lines.WrittenMemory, count);
            lines.ResetWrittenCount();
            free.Add(lines);
        }
    }

    private ArrayBufferWriter<byte> Chunk(int first, int count)
    {
        if (!free.TryTake(out var lines))
        {
            lines = new ArrayBufferWriter<byte>();
        }
        for (var place = first; place < first + count; place++)
        {
            if (TemplateOf(decisions.KindAt(place), place) is { } template)
            {
                template.AddTo(lines, result, place);
            }
            else
            {
                lines.Write(WorkLine.Of(Work(place)));
            }
        }
        return lines;
    }

    // Two threads may make the same one; then either counts.
    private LineTemplate? TemplateOf(int kind, int place)
    {
        if (kind == 0)
        {
            return null;
        }
        var known = Volatile.Read(ref templates[kind]);
        if (known is null)
        {
            Volatile.Write(ref templates[kind], known = Template(kind, place) ?? LineTemplate.None);
        }
        return ReferenceEquals(known, LineTemplate.None) ? null : known;
    }

    private AuditWorkJson Work(int place)
    {
        var decision = decisions[place];
        return Line(
            place,
            graph.NameOf(graph.Works[place]),
            decision.Verdict,
            decision.Bindings.Select(b => (b.License, graph.NameOf(b.Origin), b.Certainty)),
            decision.Findings.Select(f => (f.Code, f.License, f.Origin is { } origin ? graph.NameOf(origin) : null, f.Certainty))
        );
    }

    // The line of a kind, by one work of it.
    private LineTemplate? Template(int kind, int place)
    {
        var names = new List<HubOrigin>();
        string Marked(HubOrigin name)
        {
            names.Add(name);
            return LineTemplate.Mark(names.Count - 1);
        }
        var id = Marked(HubOrigin.Self);
        var (bindings, faults) = decisions.OfKind(kind);
        var line = Line(
            place,
            id,
            decisions.VerdictAt(place),
            [.. bindings.Select(b => (b.License ?? Marked(b.From), Marked(b.From), b.Certainty))],
            [
                .. faults.Select(f =>
                    (f.Code, decisions.NameOf(f), f.From == HubOrigin.Nowhere ? null : Marked(f.From), f.Certainty)
                ),
            ]
        );
        return LineTemplate.Of(WorkLine.Of(line), names);
    }

    private AuditWorkJson Line(
        int place,
        string id,
        Verdict verdict,
        IEnumerable<(string License, string Origin, Certainty Certainty)> bindings,
        IEnumerable<(string Code, string? License, string? Origin, Certainty Certainty)> findings
    )
    {
        var declared = graph[graph.Works[place]].Declared;
        return new AuditWorkJson(
            id,
            declared.Kind,
            declared.Values,
            [.. bindings.Select(b => new AuditBindingJson(b.License, b.Origin, Kebab.Of(b.Certainty)))],
            Kebab.Of(verdict),
            [
                .. findings.Select(f => new AuditFindingJson(
                    f.Code,
                    Kebab.Of(auditing.SeverityOf(f.Code, f.Certainty)),
                    f.License,
                    f.Origin,
                    Kebab.Of(f.Certainty)
                )),
            ]
        );
    }
}
