using System.Collections.Frozen;
using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>Which models and datasets a file of a project uses by their ids: code, commands, configurations and requirements.</summary>
internal static class SourceUses
{
    private enum Family
    {
        None,
        Python,
        Notebook,
        CSharp,
        Script,
        Shell,
        PowerShell,
        Batch,
        Dockerfile,
        Makefile,
        Yaml,
        Json,
        Variables,
        Requirements,
    }

    // What names models for another purpose, or is read elsewhere; and lists that other programs write.
    private static readonly FrozenSet<string> Others = new[]
    {
        "package.json",
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "tsconfig.json",
        "composer.json",
        "project.assets.json",
        "packages.lock.json",
        "config.json",
        "adapter_config.json",
        "model_index.json",
        "generation_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.json",
        "special_tokens_map.json",
        "config_sentence_transformers.json",
        "entail.yaml",
        "entail.yml",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private const int MostFiles = 5000;
    private const int MostBytes = 2 * 1024 * 1024;
    private const long MostInAll = 256L * 1024 * 1024;

    /// <summary>
    /// Every use in the files of a folder and below it, by file and line: of at most 5,000 files, 2 MB each and 256 MB in all. What only names a model
    /// that it makes itself is none.
    /// </summary>
    public static IEnumerable<ModelUse> In(Boundary boundary)
    {
        var all = new List<ModelUse>();
        var left = MostInAll;
        foreach (var file in CodeFiles.In(boundary, Reads, MostFiles))
        {
            if (left > 0 && CodeFiles.Read(boundary, file, MostBytes) is { } text)
            {
                left -= text.Length;
                all.AddRange(In(file, text));
            }
        }
        var made = all.Where(u => u.Evidence.Pointer == "ollama create")
            .Select(u => Untagged(u.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return all.Where(u => !made.Contains(Untagged(u.Name)));

        static string Untagged(string name) => name.Contains('/', StringComparison.Ordinal) ? name : name.Split(':')[0];
    }

    /// <summary>True for a file that is read, by its name alone.</summary>
    /// <param name="fileName">The name without its folder.</param>
    public static bool Reads(string fileName) => FamilyOf(fileName) != Family.None;

    /// <summary>
    /// Every use in a file, in the order of its lines, each name and act once a line, at most 500. A string that might be no model is none; nothing is
    /// loaded or run, and no text is a problem.
    /// </summary>
    /// <param name="file">The file's path relative to the folder, with forward slashes.</param>
    /// <param name="text">Its text.</param>
    public static IEnumerable<ModelUse> In(string file, string text)
    {
        var family = FamilyOf(file[(file.LastIndexOf('/') + 1)..]);
        if (family == Family.Notebook)
        {
            return NotebookSource.Read(file, text);
        }
        var uses = new FoundUses(file, family == Family.None ? [""] : text.Split('\n'));
        switch (family)
        {
            case Family.Python:
                PythonSource.Read(text, uses);
                break;
            case Family.CSharp:
                CSharpSource.Read(text, uses);
                break;
            case Family.Script:
                ScriptSource.Read(text, uses);
                break;
            case Family.Shell:
                CommandLines.Read(text, uses);
                break;
            case Family.PowerShell:
                CommandLines.Read(text, uses, '`');
                break;
            case Family.Batch:
                CommandLines.Read(text, uses, '^');
                break;
            case Family.Dockerfile:
                CommandLines.ReadDockerfile(text, uses);
                break;
            case Family.Makefile:
                CommandLines.ReadMakefile(text, uses);
                break;
            case Family.Yaml or Family.Json:
                Settings.Read(file, text, family == Family.Json, uses);
                break;
            case Family.Variables:
                EnvironmentNames.Read(uses);
                break;
            case Family.Requirements:
                Requirements.Read(uses);
                break;
            default:
                break;
        }
        return uses.Result();
    }

    private static Family FamilyOf(string fileName)
    {
        var name = fileName.ToLowerInvariant();
        return Others.Contains(name) ? Family.None
            : name == "pyproject.toml"
            || (name.StartsWith("requirements", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal))
                ? Family.Requirements
            : name is "makefile" or "gnumakefile" || name.EndsWith(".mk", StringComparison.Ordinal) ? Family.Makefile
            : name is "dockerfile" or "containerfile"
            || name.StartsWith("dockerfile.", StringComparison.Ordinal)
            || name.EndsWith(".dockerfile", StringComparison.Ordinal)
                ? Family.Dockerfile
            : name == ".env" || name.StartsWith(".env.", StringComparison.Ordinal) || name.EndsWith(".env", StringComparison.Ordinal)
                ? Family.Variables
            : name[(name.LastIndexOf('.') + 1)..] switch
            {
                "py" => Family.Python,
                "ipynb" => Family.Notebook,
                "cs" => Family.CSharp,
                "js" or "mjs" or "cjs" or "jsx" or "ts" or "mts" or "cts" or "tsx" => Family.Script,
                "sh" or "bash" or "zsh" => Family.Shell,
                "ps1" => Family.PowerShell,
                "bat" or "cmd" => Family.Batch,
                "yml" or "yaml" => Family.Yaml,
                "json" => Family.Json,
                _ => Family.None,
            };
    }
}
