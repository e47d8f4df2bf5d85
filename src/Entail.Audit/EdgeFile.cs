using System.IO.Compression;
using System.Text;
using Entail.Core.Read;

namespace Entail.Audit;

/// <summary>A file of edges, gzipped or not: parent, child and relation in lines, with tabs between them, under that heading.</summary>
public sealed class EdgeFile(string path)
{
    private const string Heading = "parent\tchild\trelation";
    private const int LongestLine = 1000;

    private bool atEnd;

    /// <summary>What is wrong, by what it is, with how often.</summary>
    public Dictionary<string, long> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>True for a name that a file of edges has.</summary>
    public static bool Is(string path) =>
        (path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase))
        && !Directory.Exists(path);

    /// <summary>Each edge that can be read, as the name of the child and a tag of its record.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public IEnumerable<(string Child, string Tag)> Tags()
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(
            path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file
        );
        using var lines = Lines(reader).GetEnumerator();
        if (!lines.MoveNext() || lines.Current?.TrimEnd() != Heading)
        {
            Count(
                $"{Path.GetFileName(path)}: its first line is not `parent`, `child` and `relation` with tabs between them; it was passed over"
            );
            yield break;
        }
        while (lines.MoveNext())
        {
            if (lines.Current is not { } line)
            {
                Wrong($"is longer than {LongestLine} characters");
                continue;
            }
            string[] cells = [.. line.Split('\t').Select(c => c.Trim())];
            if (cells is [""])
            {
                continue;
            }
            if (cells.Length < 3)
            {
                Wrong("has fewer than three columns");
                continue;
            }
            var (child, form) = HubName.Parse(cells[1]);
            if (form is not (HubNameForm.Full or HubNameForm.Bare) || HubName.Parse(cells[0]).Form == HubNameForm.Nothing)
            {
                Wrong("lacks a name on the hub");
            }
            else if (CardReader.ActOf(cells[2]) is null)
            {
                Wrong($"has a relation that is none of {CardReader.RelationWords}");
            }
            else
            {
                yield return (child, $"base_model:{cells[2]}:{cells[0]}");
            }
        }
    }

    // Each line; null for one that is too long.
    private IEnumerable<string?> Lines(StreamReader reader)
    {
        var line = new StringBuilder();
        while (!atEnd)
        {
            var next = Next(reader);
            atEnd = next < 0;
            if (!atEnd && next != '\n')
            {
                line.Append((char)next, line.Length > LongestLine ? 0 : 1);
                continue;
            }
            yield return line.Length > LongestLine ? null : line.ToString();
            line.Clear();
        }
    }

    private int Next(StreamReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (InvalidDataException)
        {
            Count($"{Path.GetFileName(path)}: the packed data is damaged from here on, or breaks off");
            return -1;
        }
    }

    // The end of what was cut off looks like a wrong line.
    private void Wrong(string how) =>
        Count(atEnd ? $"{Path.GetFileName(path)}: the file breaks off within a line" : $"a line of edges {how}");

    private void Count(string problem) => Problems[problem] = Problems.GetValueOrDefault(problem) + 1;
}
