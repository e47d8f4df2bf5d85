using System.Buffers;
using System.Collections.Frozen;
using Entail.Core.Model;
using Entail.Core.Read.Formats;

namespace Entail.Core.Read.Sources;

/// <summary>
/// The models and datasets that a configuration in YAML or JSON names: those of training, merging and serving programs by their own keys, commands of
/// containers and of continuous integration, and the keys by which any program's settings name a model.
/// </summary>
internal sealed class Settings
{
    private const int MostDocuments = 200;
    private const int MostLinesSearched = 2000;

    private static readonly FrozenSet<string> Services = new[]
    {
        "openai",
        "azure",
        "azure_openai",
        "anthropic",
        "openrouter",
        "gemini",
        "google",
        "bedrock",
        "vertexai",
        "cohere",
        "groq",
        "replicate",
        "together",
        "fireworks",
        "mistral",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> PathEnds = SearchValues.Create("/\\ \"'\n\r,:");

    private readonly string text;
    private readonly FoundUses uses;
    private readonly HashSet<string> paths = new(StringComparer.Ordinal);

    private Settings(string text, FoundUses uses)
    {
        this.text = text;
        this.uses = uses;
        Paths();
    }

    /// <summary>Reads a configuration; what is neither YAML nor JSON has no uses.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="isJson">JSON rather than YAML.</param>
    /// <param name="uses">Receives the uses.</param>
    public static void Read(string file, string text, bool isJson, FoundUses uses)
    {
        // Most files name no model in any way: they need not be parsed.
        if (!Mentions(text))
        {
            return;
        }
        var settings = new Settings(text, uses);
        foreach (var root in isJson ? [Json.Parse(text, 1, [])] : Documents(uses.Lines))
        {
            if (
                root is YamlValue.Map map
                && (map["merge_method"] is YamlValue.Scalar || (map["experts"] is YamlValue.List && map["base_model"] is not null))
            )
            {
                Merged(file, text, uses);
                return;
            }
            if (root is YamlValue.Map training && TrainingSettings.Read(training, uses))
            {
                continue;
            }
            if (root is not null)
            {
                settings.Any(root, false);
            }
        }
    }

    private static bool Mentions(string text) =>
        text.Contains("model", StringComparison.OrdinalIgnoreCase)
        || text.Contains("ollama", StringComparison.OrdinalIgnoreCase)
        || text.Contains("huggingface", StringComparison.OrdinalIgnoreCase)
        || text.Contains("vllm", StringComparison.OrdinalIgnoreCase)
        || text.Contains("llama-", StringComparison.OrdinalIgnoreCase)
        || text.Contains("hf ", StringComparison.Ordinal);

    private static IEnumerable<YamlValue?> Documents(IReadOnlyList<string> lines)
    {
        var (start, count) = (0, 0);
        for (var i = 0; i <= lines.Count && start < lines.Count && count < MostDocuments; i++)
        {
            if (i == lines.Count || lines[i].TrimEnd() == "---")
            {
                if (i > start)
                {
                    count++;
                    yield return Yaml.Parse(string.Join('\n', lines.Skip(start).Take(i - start)), start + 1, []);
                }
                start = i + 1;
            }
        }
    }

    private static void Merged(string file, string text, FoundUses uses)
    {
        foreach (var merged in MergeConfig.Read(new TextFile(file, text, false), []).Bases)
        {
            var at = merged.Claim.Evidence;
            uses.Add(SourceNames.Hub(merged.Claim.Value), Act.Merge, at.Pointer ?? "merge_method", at.Line ?? 1);
        }
    }

    // The folders in paths: `./org/`, `/org/` and `\org\`, but for addresses of the hub.
    private void Paths()
    {
        for (var i = text.IndexOfAny(['/', '\\']); i >= 0 && i + 1 < text.Length; )
        {
            var next = text.AsSpan(i + 1).IndexOfAny(PathEnds);
            var end = next < 0 ? text.Length : i + 1 + next;
            var isHub =
                text.AsSpan(0, i).EndsWith("huggingface.co", StringComparison.OrdinalIgnoreCase)
                || text.AsSpan(0, i).EndsWith("hf.co", StringComparison.OrdinalIgnoreCase);
            var isRooted = i == 0 || text[i - 1] is '.' or ' ' or '"' or '\'' or '=' or '\\' or '/' or '~';
            if (!isHub && isRooted && next > 0 && end - i < 100 && text[end] is '/' or '\\')
            {
                paths.Add(text[(i + 1)..end]);
            }
            var following = text.AsSpan(i + 1).IndexOfAny('/', '\\');
            i = following < 0 ? -1 : i + 1 + following;
        }
    }

    private void Any(YamlValue value, bool isOllama)
    {
        switch (value)
        {
            case YamlValue.List list:
                foreach (var item in list.Items)
                {
                    Any(item, isOllama);
                }
                break;
            case YamlValue.Map map:
                Map(map, isOllama);
                break;
            default:
                break;
        }
    }

    private void Map(YamlValue.Map map, bool isOllama)
    {
        Named(map);
        var provider = map.Entries.FirstOrDefault(e => e.Key.Text is "provider" or "Provider").Value as YamlValue.Scalar;
        var isLocal = isOllama || provider?.Text.Equals("ollama", StringComparison.OrdinalIgnoreCase) == true;
        var isService = provider is not null && Services.Contains(provider.Text);
        var image = (map["image"] as YamlValue.Scalar)?.Text ?? "";
        if (map["command"] is not null || map["args"] is not null || map["entrypoint"] is not null)
        {
            Container(map, image);
        }
        foreach (var (key, value) in map.Entries)
        {
            switch (key.Text)
            {
                case "run" or "script" or "before_script" or "after_script" or "cmds" or "cmd" or "postCreateCommand" or "postStartCommand":
                    Script(value);
                    break;
                case "environment" or "env" when value is YamlValue.List { Items: var variables }:
                    foreach (
                        var variable in variables.OfType<YamlValue.Scalar>().Where(v => v.Text.Contains('=', StringComparison.Ordinal))
                    )
                    {
                        var sign = variable.Text.IndexOf('=', StringComparison.Ordinal);
                        Setting(variable.Text[..sign], variable with { Text = variable.Text[(sign + 1)..] }, isOllama: false);
                    }
                    break;
                default:
                    break;
            }
            if (value is YamlValue.Scalar scalar)
            {
                if (!isService)
                {
                    Setting(key.Text, scalar, isLocal);
                }
            }
            else
            {
                Any(value, isLocal || key.Text.Equals("ollama", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    // Kubernetes' `- name: MODEL_ID` with `value: …`.
    private void Named(YamlValue.Map map)
    {
        if (map.Entries.Count == 2 && map["name"] is YamlValue.Scalar name && map["value"] is YamlValue.Scalar value)
        {
            Setting(name.Text, value, isOllama: false);
        }
    }

    private void Setting(string key, YamlValue.Scalar value, bool isOllama)
    {
        if (!EnvironmentNames.IsModel(key) && !EnvironmentNames.IsOllamaModel(key))
        {
            return;
        }
        var given = new ShellNames().Of(new ShellWord(value.Text, value.Line));
        if (isOllama && !value.IsNull && SourceNames.Ollama(given.Text) is { } name)
        {
            uses.Add(name, Act.Run, key, value.Line);
        }
        else if (!paths.Contains(given.Text.Split('/')[0]))
        {
            EnvironmentNames.Read(key, given, uses);
        }
    }

    private void Container(YamlValue.Map map, string image)
    {
        var entry = Words(map["entrypoint"] ?? (map["args"] is null ? null : map["command"]));
        var rest = Words(map["args"] ?? map["command"]);
        Command([.. entry, .. rest], image, map);
    }

    private static List<ShellWord> Words(YamlValue? value) =>
        value switch
        {
            YamlValue.Scalar scalar => CommandLines.Listed(scalar.Text, scalar.Line)
                ?? ShellWords.Commands(scalar.Text.ReplaceLineEndings(" "), scalar.Line).FirstOrDefault()
                ?? [],
            YamlValue.List list => [.. list.Items.OfType<YamlValue.Scalar>().Select(s => new ShellWord(s.Text, s.Line))],
            _ => [],
        };

    private void Script(YamlValue value)
    {
        var names = new ShellNames();
        foreach (
            var scalar in value is YamlValue.List list
                ? list.Items.OfType<YamlValue.Scalar>()
                : [.. new[] { value }.OfType<YamlValue.Scalar>()]
        )
        {
            foreach (var command in ShellWords.Commands(scalar.Text, scalar.Line))
            {
                Command([.. command.Select(w => w with { Line = scalar.Line })], "", scalar, names);
            }
        }
    }

    // The line is the first one of the value that has the name.
    private void Command(List<ShellWord> command, string image, YamlValue within, ShellNames? names = null)
    {
        var found = new FoundUses("", [""]);
        CommandWords.Read(command, names ?? new ShellNames(), found, image);
        foreach (var use in found.Result())
        {
            var line = within.Line;
            for (var i = within.Line; i <= Math.Min(uses.Lines.Count, Math.Min(within.EndLine + 1, within.Line + MostLinesSearched)); i++)
            {
                if (uses.Lines[i - 1].Contains(use.Name, StringComparison.Ordinal))
                {
                    line = i;
                    break;
                }
            }
            uses.Add(use.Name, use.Act, use.Evidence.Pointer ?? "command", line, use.Kind);
        }
    }
}
