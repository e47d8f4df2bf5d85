using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// What mergekit was told to merge (https://github.com/arcee-ai/mergekit, "Merge configuration"): every model under <c>models</c>, <c>slices</c> and
/// <c>experts</c>, and the base. The source of a tokenizer is no parent of the weights. Nothing in it is loaded.
/// </summary>
internal static class MergeConfig
{
    private const int MostModels = 1000;
    private const string Fence = "```";

    /// <summary>Reads a configuration; a model named by a path on somebody's disk is a problem, for nobody else can follow it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static Declaration Read(TextFile file, ICollection<ReadProblem> problems) => Read(file, "", problems);

    private static Declaration Read(TextFile file, string pointer, ICollection<ReadProblem> problems)
    {
        var found = new List<SourceProblem>();
        var root = Yaml.Parse(file.Text, 1, found) as YamlValue.Map;
        foreach (var problem in found)
        {
            problems.Add(Problems.Of(problem, file.File, EvidenceSource.Declared));
        }
        if (root is null)
        {
            return Declaration.None;
        }
        var card = new CardReader(file.File, pointer, "", problems);
        var bases = Models(root)
            .Take(MostModels)
            .SelectMany(m => Parts(m.Value).SelectMany(p => card.Names(p, m.Pointer, reportPaths: true)))
            .DistinctBy(c => c.Value, StringComparer.OrdinalIgnoreCase)
            .Select(c => new DeclaredBase(c, Act.Merge));
        return new Declaration
        {
            Bases = [.. bases],
            Tags = ["merge", .. root["merge_method"] is YamlValue.Scalar { IsNull: false } method ? [method.Text] : Array.Empty<string>()],
            DescribesModel = true,
        };
    }

    /// <summary>
    /// The configurations that a card shows as blocks of code, as mergekit's own cards do. What cannot be read there is no problem: a card may show a
    /// piece, or somebody else's.
    /// </summary>
    /// <param name="card">The card.</param>
    public static IEnumerable<Declaration> Shown(TextFile card)
    {
        var lines = card.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }
            var start = i + 1;
            do
            {
                i++;
            } while (i < lines.Length && !lines[i].TrimStart().StartsWith(Fence, StringComparison.Ordinal));
            var block = lines[start..Math.Min(i, lines.Length)];
            if (block.Any(l => l.StartsWith("merge_method:", StringComparison.Ordinal)))
            {
                // On the lines it has in the card.
                yield return Read(card with { Text = new string('\n', start) + string.Join('\n', block) }, "mergekit.", []);
            }
        }
    }

    // The models that go in, then the one whose weights the others are measured against.
    private static IEnumerable<(YamlValue.Scalar Value, string Pointer)> Models(YamlValue.Map root)
    {
        foreach (var (model, pointer) in Items(root["models"], "models").Concat(Slices(root)).Concat(Items(root["experts"], "experts")))
        {
            var key = model["model"] is not null ? "model" : "source_model";
            if (Path(model[key]) is { } path)
            {
                yield return (path, $"{pointer}.{key}");
            }
        }
        if (Path(root["base_model"]) is { } measured)
        {
            yield return (measured, "base_model");
        }
    }

    private static IEnumerable<(YamlValue.Map Model, string Pointer)> Slices(YamlValue.Map root) =>
        Items(root["slices"], "slices").SelectMany(s => Items(s.Model["sources"], $"{s.Pointer}.sources"));

    private static IEnumerable<(YamlValue.Map Model, string Pointer)> Items(YamlValue? list, string pointer) =>
        list is YamlValue.List { Items: var items }
            ? items
                .Select((item, i) => (item as YamlValue.Map, $"{pointer}[{i}]"))
                .Where(i => i.Item1 is not null)
                .Select(i => (i.Item1!, i.Item2))
            : [];

    // A name, or a mapping that gives it as `path`, itself perhaps under `model`.
    private static YamlValue.Scalar? Path(YamlValue? value) =>
        value switch
        {
            YamlValue.Scalar { IsNull: false } name => name,
            YamlValue.Map map when map["path"] is YamlValue.Scalar { IsNull: false } path => path,
            YamlValue.Map map when map["model"] is YamlValue.Map inner && inner["path"] is YamlValue.Scalar { IsNull: false } path => path,
            _ => null,
        };

    // `org/model+org/lora`: the model, and an adapter that is merged into it.
    private static IEnumerable<YamlValue.Scalar> Parts(YamlValue.Scalar name) =>
        name.Text.Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => name with { Text = p });
}
