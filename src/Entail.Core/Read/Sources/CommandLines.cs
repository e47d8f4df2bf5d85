using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>The models that scripts of a shell, Dockerfiles and Makefiles serve, download or train.</summary>
internal static class CommandLines
{
    /// <summary>Reads a script.</summary>
    public static void Read(string text, FoundUses uses, char continuation = '\\')
    {
        var names = new ShellNames();
        foreach (var command in ShellWords.Commands(text, 1, continuation))
        {
            CommandWords.Read(command, names, uses);
        }
        names.Tell(uses);
    }

    /// <summary>Reads a Makefile: what variables are set to, and the recipes.</summary>
    public static void ReadMakefile(string text, FoundUses uses)
    {
        var names = new ShellNames();
        var lines = text.Split('\n');
        var recipes = new string[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var isContinued = i > 0 && recipes[i - 1].Length > 0 && lines[i - 1].TrimEnd().EndsWith('\\');
            recipes[i] = line.StartsWith('\t') || isContinued ? line.TrimStart('\t', ' ', '@', '-', '+') : "";
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            if (recipes[i].Length == 0 && sign > 0)
            {
                var name = line[..sign].TrimEnd(':', '?', ' ', '\t').Trim();
                var value = line[(sign + 1)..];
                value = (value.IndexOf('#', StringComparison.Ordinal) is >= 0 and var comment ? value[..comment] : value).Trim();
                names.Set(name.StartsWith("export ", StringComparison.Ordinal) ? name[7..].Trim() : name, new ShellWord(value, i + 1));
            }
        }
        foreach (var command in ShellWords.Commands(string.Join('\n', recipes), 1))
        {
            CommandWords.Read(command, names, uses);
        }
        names.Tell(uses);
    }

    /// <summary>Reads a Dockerfile: what variables are set to, what is run while building, and what the image runs.</summary>
    public static void ReadDockerfile(string text, FoundUses uses)
    {
        var names = new ShellNames();
        var (image, entry) = ("", new List<ShellWord>());
        foreach (var (instruction, rest, line) in Instructions(text))
        {
            switch (instruction)
            {
                case "FROM":
                    (image, entry) = (rest, []);
                    break;
                case "ENV" or "ARG":
                    Variables(rest, line, names);
                    break;
                case "RUN" or "CMD" or "ENTRYPOINT":
                    var commands = Listed(rest, line) is { } list ? [list] : ShellWords.Commands(rest, line).ToList();
                    foreach (var command in commands)
                    {
                        CommandWords.Read(
                            instruction == "CMD" ? [.. entry, .. command] : command,
                            names,
                            uses,
                            instruction == "RUN" ? "" : image
                        );
                    }
                    entry = instruction == "ENTRYPOINT" && commands.Count == 1 ? commands[0] : entry;
                    break;
                default:
                    break;
            }
        }
        names.Tell(uses);
    }

    /// <summary>A command that is written as a list of strings; null for another.</summary>
    internal static List<ShellWord>? Listed(string text, int line) =>
        text.TrimStart().StartsWith('[')
        && Json.Parse(text, line, []) is YamlValue.List { Items: var items }
        && items.All(i => i is YamlValue.Scalar)
            ? [.. items.OfType<YamlValue.Scalar>().Select(s => new ShellWord(s.Text, s.Line))]
            : null;

    // `NAME=value …`, or `NAME value`.
    private static void Variables(string rest, int line, ShellNames names)
    {
        var words = ShellWords.Commands(rest, line).FirstOrDefault() ?? [];
        if (words.Count == 2 && !words[0].Text.Contains('=', StringComparison.Ordinal))
        {
            words = [words[1] with { Text = $"{words[0].Text}={words[1].Text}" }];
        }
        foreach (var word in words)
        {
            names.Assign(word);
        }
    }

    // An instruction goes on while its lines end with a backslash; comments between them belong to none.
    private static IEnumerable<(string Name, string Value, int Line)> Instructions(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var start = lines[i].TrimStart();
            if (start.Length == 0 || start[0] == '#')
            {
                continue;
            }
            var (first, parts) = (i, new List<string> { start });
            while (lines[i].TrimEnd().EndsWith('\\') && i + 1 < lines.Length)
            {
                i++;
                while (i + 1 < lines.Length && lines[i].TrimStart().StartsWith('#'))
                {
                    parts.Add("\\");
                    i++;
                }
                parts.Add(lines[i]);
            }
            var whole = string.Join('\n', parts);
            var space = whole.AsSpan().IndexOfAny(" \t");
            if (space > 0)
            {
                var rest = whole[space..];
                var isList = rest.TrimStart().StartsWith('[');
                yield return (
                    whole[..space].ToUpperInvariant(),
                    isList ? rest.Replace("\\\r\n", "\n", StringComparison.Ordinal).Replace("\\\n", "\n", StringComparison.Ordinal) : rest,
                    first + 1
                );
            }
        }
    }
}
