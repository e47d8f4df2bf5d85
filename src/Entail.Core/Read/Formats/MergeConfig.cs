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

    private static readonly ImmutableArray<string> ModelKeys = ["model", "source_model", "base_model"];

    /// <summary>Reads a configuration; a model named by a path on somebody's disk is a problem, for nobody else can follow it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static Declaration Read(TextFile file, ICollection<ReadProblem> problems) => Read(file, "", problems);

    private static Declaration Read(TextFile file, string pointer, ICollection<ReadProblem> problems)
    {
        var roots = Documents(file, problems).ToList();
        // What one document makes and another merges is no parent.
        var made = roots.Select(r => r["name"]).OfType<YamlValue.Scalar>().Select(n => n.Text).ToHashSet(StringComparer.Ordinal);
        var card = new CardReader(file.File, pointer, "", problems);
        var bases = roots
            .SelectMany(r => Models(r, ""))
            .Take(MostModels)
            .SelectMany(m => Parts(m.Value).Select(p => (Part: p, m.Pointer)))
            .Where(m => !made.Contains(m.Part.Text))
            .DistinctBy(m => m.Part.Text, StringComparer.OrdinalIgnoreCase)
            .SelectMany(m => card.Names(m.Part, m.Pointer, areBases: true))
            .DistinctBy(c => c.Value, StringComparer.OrdinalIgnoreCase)
            .Select(c => new DeclaredBase(c, Act.Merge));
        return new Declaration
        {
            Bases = [.. bases],
            Tags =
            [
                "merge",
                .. roots.Select(r => r["merge_method"]).OfType<YamlValue.Scalar>().Where(m => !m.IsNull).Select(m => m.Text).Distinct(),
            ],
            DescribesModel = roots.Count > 0,
        };
    }

    // mergekit-multi writes several documents, each after a line of three hyphens.
    private static IEnumerable<YamlValue.Map> Documents(TextFile file, ICollection<ReadProblem> problems)
    {
        var lines = file.Text.Split('\n');
        var start = 0;
        for (var i = 0; i <= lines.Length && start < lines.Length; i++)
        {
            if (i < lines.Length && lines[i].TrimEnd() != "---")
            {
                continue;
            }
            var found = new List<SourceProblem>();
            var value = Yaml.Parse(string.Join('\n', lines[start..i]), start + 1, found);
            foreach (var problem in found)
            {
                problems.Add(Problems.Of(problem, file.File, EvidenceSource.Declared));
            }
            if (value is YamlValue.Map map)
            {
                yield return map;
            }
            start = i + 1;
        }
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

    // The models that go in, then the one whose weights the others are measured against; a module has the same shape as the whole.
    private static IEnumerable<(YamlValue.Scalar Value, string Pointer)> Models(YamlValue.Map root, string lead)
    {
        var listed = Items(root["models"], $"{lead}models")
            .Concat(Items(root["slices"], $"{lead}slices").SelectMany(s => Items(s.Model["sources"], $"{s.Pointer}.sources").Append(s)))
            .Concat(Items(root["experts"], $"{lead}experts"))
            .Concat(Items(root["shared_experts"], $"{lead}shared_experts"));
        foreach (var (model, pointer) in listed)
        {
            foreach (var key in ModelKeys)
            {
                foreach (var path in Paths(model[key]))
                {
                    yield return (path, $"{pointer}.{key}");
                }
            }
        }
        var modules = root["modules"] is YamlValue.Map map ? map.Entries : [];
        foreach (
            var inner in modules
                .Where(m => m.Value is YamlValue.Map)
                .SelectMany(m => Lists((YamlValue.Map)m.Value, $"{lead}modules.{m.Key.Text}."))
        )
        {
            yield return inner;
        }
        foreach (var measured in Paths(root["base_model"]))
        {
            yield return (measured, $"{lead}base_model");
        }
    }

    // A module holds no modules.
    private static IEnumerable<(YamlValue.Scalar Value, string Pointer)> Lists(YamlValue.Map module, string lead) =>
        Models(
            new YamlValue.Map([.. module.Entries.Where(e => e.Key.Text != "modules")], module.Line, module.Column, module.EndLine),
            lead
        );

    private static IEnumerable<(YamlValue.Map Model, string Pointer)> Items(YamlValue? list, string pointer) =>
        list is YamlValue.List { Items: var items }
            ? items
                .Select((item, i) => (Map: item as YamlValue.Map, Pointer: $"{pointer}[{i}]"))
                .Where(i => i.Map is not null)
                .Select(i => (i.Map!, i.Pointer))
            : [];

    // A name, or a mapping that gives it as `path`, itself perhaps under `model`, and an adapter under `lora`.
    private static IEnumerable<YamlValue.Scalar> Paths(YamlValue? value) =>
        value switch
        {
            YamlValue.Scalar { IsNull: false } name => [name],
            YamlValue.Map map => new[]
            {
                map["path"],
                (map["model"] as YamlValue.Map)?["path"],
                map["model"] as YamlValue.Scalar,
                (map["lora"] as YamlValue.Map)?["path"],
                map["lora"] as YamlValue.Scalar,
            }
                .OfType<YamlValue.Scalar>()
                .Where(s => !s.IsNull),
            _ => [],
        };

    // `org/model@revision+org/lora`: the model, whatever its revision, and an adapter that is merged into it.
    private static IEnumerable<YamlValue.Scalar> Parts(YamlValue.Scalar name) =>
        name
            .Text.Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => name with { Text = p.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? p[..at] : p });
}
