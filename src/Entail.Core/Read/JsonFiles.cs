using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>The JSON configurations of a folder, each read once.</summary>
internal sealed class JsonFiles(ArtifactFolder artifact, List<ReadProblem> problems)
{
    private readonly Dictionary<string, (string File, YamlValue Value)?> known = new(StringComparer.Ordinal);

    /// <summary>A file that holds an object; null with a problem where it holds something else.</summary>
    /// <param name="file">Its path relative to the folder.</param>
    public (string File, YamlValue.Map Values)? Map(string file)
    {
        switch (Value(file))
        {
            case (var name, YamlValue.Map map):
                return (name, map);
            case (var name, var list):
                known[file] = null;
                problems.Add(NoObject(name, list.Line, truncated: false));
                return null;
            default:
                return null;
        }
    }

    /// <summary>A file that holds an object or an array; null with a problem where it holds something else.</summary>
    /// <param name="file">Its path relative to the folder.</param>
    public (string File, YamlValue Value)? Value(string file)
    {
        if (!known.TryGetValue(file, out var found))
        {
            known[file] = found = Read(file);
        }
        return found;
    }

    private (string File, YamlValue Value)? Read(string name)
    {
        if (artifact.Read(name) is not { } file)
        {
            return null;
        }
        var found = new List<SourceProblem>();
        // Python writes NaN and Infinity, which JSON lacks and YAML reads.
        var value = Json.Parse(file.Text, 1, found) ?? Yaml.Parse(file.Text, 1, []);
        if (value is YamlValue.Map or YamlValue.List)
        {
            return (file.File, value);
        }
        problems.Add(NoObject(file.File, found.Count > 0 ? found[0].Line : 1, file.Truncated));
        return null;
    }

    private static ReadProblem NoObject(string name, int line, bool truncated) =>
        Problems.Invalid(
            new Evidence(name, line, null, null, null, EvidenceSource.Declared),
            truncated
                ? $"`{name}` is larger than 2 MB and was not read. Put the file that the model's library writes in its place."
                : $"`{name}` is no JSON object and was not read. Correct it, or save the configuration again.",
            truncated
                ? $"`{name}` 超过 2 MB，未读取。请换成模型库生成的文件。"
                : $"`{name}` 不是 JSON 对象，未读取。请更正或重新保存该配置。"
        );
}
