using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Entail.Bench;

/// <summary>
/// Makes hubs of any size that are like the real one: copies of real records and real edges under made names, so that the share of each license and
/// relation, and how many bases and derivatives a work has, are those of the originals. Synthetic: every owner's name says so.
/// </summary>
internal static class SyntheticHub
{
    private const double EdgesPerWork = 0.5; // 1.1 million edges on 2.2 million works

    /// <summary>Writes JSON Lines, gzipped where the name ends so.</summary>
    /// <param name="models">Real records of the list API, a JSON array, gzipped.</param>
    /// <param name="edges">Real edges: parent, child, relation by tabs, with a heading.</param>
    /// <param name="works">How many works; a few less where that is no whole number of copies.</param>
    /// <param name="path">The file to write.</param>
    public static (long Works, long Edges) Write(string models, string edges, long works, string path)
    {
        var records = Records(models);
        var lines = File.ReadLines(edges).Skip(1).Select(l => l.Split('\t')).Where(l => l.Length == 3).ToList();
        var parents = lines.ToLookup(l => l[1], l => (Parent: l[0], Relation: l[2]), StringComparer.Ordinal);
        var names = lines.SelectMany(l => l[..2]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        // Works without any edge make up what the real edges leave open.
        var alone = Math.Max(0, (int)(lines.Count / EdgesPerWork) - names.Count);
        var copies = Math.Max(1, works / (names.Count + alone));
        using var file = File.Create(path);
        using Stream packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionLevel.Fastest)
            : file;
        using var writer = new StreamWriter(packed, new UTF8Encoding(false), 1 << 20);
        var (written, steps) = (0L, 0L);
        for (var copy = 0; copy < copies; copy++)
        {
            var random = new Random(copy);
            foreach (var name in names)
            {
                var bases = parents[name].ToList();
                Line(Made(name, copy), records[random.Next(records.Count)], bases.ConvertAll(b => (Made(b.Parent, copy), b.Relation)));
                steps += bases.Count;
            }
            for (var i = 0; i < alone; i++)
            {
                Line($"synthetic-{copy}/alone-{i}", records[random.Next(records.Count)], []);
            }
        }
        return (written, steps);

        void Line(string id, (string? License, long Downloads, string Tags) like, List<(string Parent, string Relation)> bases)
        {
            written++;
            writer.Write("{\"id\":\"");
            writer.Write(id);
            writer.Write("\",\"downloads\":");
            writer.Write(like.Downloads.ToString(CultureInfo.InvariantCulture));
            writer.Write(",\"tags\":[\"transformers\"");
            writer.Write(like.Tags);
            if (like.License is not null)
            {
                writer.Write(",");
                writer.Write(JsonSerializer.Serialize("license:" + like.License));
            }
            foreach (var (parent, relation) in bases)
            {
                writer.Write($",\"base_model:{parent}\",\"base_model:{relation}:{parent}\"");
            }
            writer.Write("]}\n");
        }
    }

    private static string Made(string name, int copy) =>
        $"synthetic-{copy.ToString(CultureInfo.InvariantCulture)}/{string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/')).Replace('/', '-')}";

    // Of each real record the license, the downloads and the other tags, without what names works.
    private static List<(string? License, long Downloads, string Tags)> Records(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(stream);
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Select(r =>
                {
                    var tags = r.TryGetProperty("tags", out var list)
                        ? list.EnumerateArray().Select(t => t.GetString() ?? "").ToList()
                        : [];
                    var license = tags.Find(t => t.StartsWith("license:", StringComparison.Ordinal));
                    var rest = tags.Where(t => !t.Contains(':', StringComparison.Ordinal)).Take(8);
                    return (
                        license?["license:".Length..],
                        r.TryGetProperty("downloads", out var count) && count.TryGetInt64(out var number) ? number : 0,
                        string.Concat(rest.Select(t => "," + JsonSerializer.Serialize(t)))
                    );
                }),
        ];
    }
}
