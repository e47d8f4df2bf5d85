using System.Text;

namespace Entail.Audit;

/// <summary>What files of edges tell of works. As a source of records it has those of the works that no record before it was of.</summary>
public sealed class Edges : IRecordSource
{
    internal const string NoRecord = "a work that only edges tell of; its license is not known";

    private const int MostTags = 1000;

    private readonly OrderedDictionary<string, Child> children = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> problems = new(StringComparer.Ordinal);

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public Edges(IEnumerable<string> files)
    {
        foreach (var path in files)
        {
            var file = new EdgeFile(path);
            foreach (var (name, tag) in file.Tags())
            {
                if (!children.TryGetValue(name, out var child))
                {
                    children[name] = child = new Child(name);
                }
                if (child.Tags.Count < MostTags)
                {
                    child.Tags.Add(tag);
                }
                else
                {
                    Count($"a work has more than {MostTags} edges; the first {MostTags} count");
                }
            }
            foreach (var (problem, count) in file.Problems)
            {
                Count(problem, count);
            }
        }
    }

    /// <summary>What was not understood, each time.</summary>
    public IEnumerable<string> Problems => problems.SelectMany(p => Enumerable.Repeat(p.Key, (int)Math.Min(p.Value, int.MaxValue)));

    /// <inheritdoc/>
    public string? Problem => null;

    /// <summary>The tags that the edges add to the record of a work; it has a record then.</summary>
    public IReadOnlyList<string> Of(string id)
    {
        if (!children.TryGetValue(id, out var child))
        {
            return [];
        }
        child.HasRecord = true;
        return child.Tags;
    }

    /// <summary>A record that was not read from a file of records, with the steps that edges add.</summary>
    public ParsedRecord With(ParsedRecord read)
    {
        if (read.Shape is not { } shape || Of(read.Id).Count == 0)
        {
            return read;
        }
        var told = RecordParser.InFull(RecordOf(read.Id), "", this);
        var (names, steps) = (read.Names.ToList(), shape.Steps.ToList());
        foreach (var step in told.Shape!.Steps)
        {
            var name = told.Names[step.From];
            var known = steps.FindIndex(s => names[s.From].Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known < 0)
            {
                steps.Add(step with { From = names.Count });
                names.Add(name);
            }
            else if (steps[known].Inferred)
            {
                steps[known] = step with { From = steps[known].From };
            }
        }
        return read with { Shape = shape with { Steps = [.. steps] }, Names = names, Problems = [.. read.Problems, .. told.Problems] };
    }

    /// <inheritdoc/>
    public IEnumerable<RecordBlock> Blocks() => RecordBlock.Of(children.Values.Where(c => !c.HasRecord).Select(c => RecordOf(c.Name)));

    private static byte[] RecordOf(string id) => Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}""");

    private void Count(string problem, long count = 1) => problems[problem] = problems.GetValueOrDefault(problem) + count;

    private sealed class Child(string name)
    {
        public string Name { get; } = name;

        public List<string> Tags { get; } = [];

        public bool HasRecord { get; set; }
    }
}
