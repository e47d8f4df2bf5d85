using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Entail.Core.Decide.Engine;
using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>
/// The lines of works.jsonl. What a line says of a license or a finding is written once, with a mark for each name, and taken for every line that says it:
/// works of one kind differ in names alone.
/// </summary>
internal sealed class WorkLines(Auditing auditing, AuditResult result)
{
    private const int LinesAtOnce = 4096;

    // What stands for a name while a text is made.
    private const string Mark = "\u27ea\u27eb";
    private static readonly byte[] MarkBytes = Encoding.UTF8.GetBytes(Mark);
    private static readonly byte[] Comma = [(byte)','];

    private readonly HubGraph graph = result.Hub.Graph;
    private readonly HubDecisions decisions = result.Decisions;
    private readonly LineTemplate?[] templates = new LineTemplate?[result.Decisions.Kinds + 1];
    private readonly ConcurrentDictionary<(int Label, Verdict Verdict), byte[][]> works = [];
    private readonly ConcurrentDictionary<AuditBindingJson, byte[][]> bindings = [];
    private readonly ConcurrentDictionary<AuditFindingJson, byte[][]> findings = [];
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> free = [];

    /// <summary>The lines, some thousand at a time with how many, in order; made by several threads. Those given out last until the next are asked for.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Lines, int Count)> All()
    {
        var ahead = new Queue<(Task<ArrayBufferWriter<byte>> Lines, int Count)>();
        for (var first = 0; first < decisions.Count || ahead.Count > 0; first += LinesAtOnce)
        {
            if (first < decisions.Count)
            {
                var (begin, count) = (first, Math.Min(LinesAtOnce, decisions.Count - first));
                ahead.Enqueue((Task.Run(() => Chunk(begin, count)), count));
            }
            if (first >= decisions.Count || ahead.Count > 2 * Environment.ProcessorCount)
            {
                var (made, count) = ahead.Dequeue();
                var lines = made.GetAwaiter().GetResult();
                yield return (lines.WrittenMemory, count);
                lines.ResetWrittenCount();
                free.Add(lines);
            }
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
                lines.Write(WorkLine.Of(Line(place)));
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

    // The line of a kind, by one work of it; null where something in it looks like a mark and is none.
    private LineTemplate? Template(int kind, int place)
    {
        var parts = new List<LineTemplate.Part>();
        var verdict = decisions.VerdictAt(place);
        var work = works.GetOrAdd(
            (graph[graph.Works[place]].Declared.Index, verdict),
            _ => Cut(WorkLine.Of(Line(place, Mark, verdict, [], [])))
        );
        var isWhole = work.Length == 4;
        if (!isWhole)
        {
            return null;
        }
        parts.Add(new LineTemplate.Part(work[0], HubOrigin.Self));
        parts.Add(new LineTemplate.Part(work[1], HubOrigin.Nowhere));
        var (bound, faults) = decisions.OfKind(kind);
        for (var i = 0; i < bound.Length; i++)
        {
            var (license, from, certainty) = bound[i];
            var texts = bindings.GetOrAdd(
                new AuditBindingJson(license ?? Mark, Mark, Kebab.Of(certainty)),
                static b => Cut(WorkLine.Of(b))
            );
            isWhole &= Add(texts, license is null ? 2 : 1, from, isFirst: i == 0);
        }
        parts.Add(new LineTemplate.Part(work[2], HubOrigin.Nowhere));
        for (var i = 0; i < faults.Length; i++)
        {
            var origin = faults[i].From == HubOrigin.Nowhere ? null : Mark;
            var texts = findings.GetOrAdd(
                Finding(faults[i].Code, decisions.NameOf(faults[i]), origin, faults[i].Certainty),
                static f => Cut(WorkLine.Of(f))
            );
            isWhole &= Add(texts, origin is null ? 0 : 1, faults[i].From, isFirst: i == 0);
        }
        parts.Add(new LineTemplate.Part(work[3], HubOrigin.Nowhere));
        return isWhole ? new LineTemplate([.. parts]) : null;

        bool Add(byte[][] texts, int names, HubOrigin name, bool isFirst)
        {
            if (!isFirst)
            {
                parts.Add(new LineTemplate.Part(Comma, HubOrigin.Nowhere));
            }
            for (var i = 0; i < texts.Length; i++)
            {
                parts.Add(new LineTemplate.Part(texts[i], i < texts.Length - 1 ? name : HubOrigin.Nowhere));
            }
            return texts.Length == names + 1;
        }
    }

    // The texts between marks; of a work's line those also between the brackets of its two lists, which are empty.
    private static byte[][] Cut(byte[] line)
    {
        var texts = new List<byte[]>();
        var rest = line.AsSpan();
        for (var at = rest.IndexOf(MarkBytes); at >= 0; at = rest.IndexOf(MarkBytes))
        {
            texts.Add(rest[..at].ToArray());
            rest = rest[(at + MarkBytes.Length)..];
        }
        foreach (var list in (ReadOnlySpan<string>)["\"binding\":[", "\"findings\":["])
        {
            if (rest.IndexOf(Encoding.UTF8.GetBytes(list + "]")) is >= 0 and var at)
            {
                texts.Add(rest[..(at + list.Length)].ToArray());
                rest = rest[(at + list.Length)..];
            }
        }
        texts.Add(rest.ToArray());
        return [.. texts];
    }

    private AuditWorkJson Line(int place)
    {
        var decision = decisions[place];
        return Line(
            place,
            graph.NameOf(graph.Works[place]),
            decision.Verdict,
            [.. decision.Bindings.Select(b => new AuditBindingJson(b.License, graph.NameOf(b.Origin), Kebab.Of(b.Certainty)))],
            [
                .. decision.Findings.Select(f =>
                    Finding(f.Code, f.License, f.Origin is { } origin ? graph.NameOf(origin) : null, f.Certainty)
                ),
            ]
        );
    }

    private AuditWorkJson Line(
        int place,
        string id,
        Verdict verdict,
        IReadOnlyList<AuditBindingJson> bound,
        IReadOnlyList<AuditFindingJson> found
    )
    {
        var declared = graph[graph.Works[place]].Declared;
        return new AuditWorkJson(id, declared.Kind, declared.Values, bound, Kebab.Of(verdict), found);
    }

    private AuditFindingJson Finding(string code, string? license, string? origin, Certainty certainty) =>
        new(code, Kebab.Of(auditing.SeverityOf(code, certainty)), license, origin, Kebab.Of(certainty));
}
