using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// What the metadata of a safetensors file declares: the keys of ModelSpec (https://github.com/Stability-AI/ModelSpec), those that kohya's sd-scripts
/// writes (<c>ss_…</c>), and the keys of a card where somebody wrote them there.
/// </summary>
/// <remarks>
/// <c>ss_sd_model_name</c> is a base only where it is a name on the hub. Trained from a file, it holds the file's name, and anybody may call a file
/// anything: a file's name is not the name of a work. <c>ss_base_model_version</c> is a family of models and not one of them.
/// </remarks>
internal static class SafetensorsReader
{
    private const int MostWorks = 1000;

    // As the specification has them, and as sd-scripts writes them.
    private static readonly ImmutableArray<string> Adapters = ["-lora", "/lora", "-textual-inversion", "/textual-inversion"];
    private static readonly ImmutableArray<string> Weights = [".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".onnx"];
    private static readonly ImmutableArray<string> LicenseKeys = ["modelspec.license", "license"];

    /// <summary>Reads a file from its beginning; nothing is declared, with a problem, where it is no safetensors file.</summary>
    public static Declaration Read(ByteSource source, ICollection<ReadProblem> problems) =>
        SafetensorsHeader.Read(source, problems) is { } header ? Of(header, source, problems) : Declaration.None;

    /// <summary>What a header declares.</summary>
    /// <param name="header">The header, read from <paramref name="source"/>.</param>
    /// <param name="source">The file, for evidence.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static Declaration Of(SafetensorsHeader header, ByteSource source, ICollection<ReadProblem> problems)
    {
        foreach (var key in header.TooLong.Where(LicenseKeys.Contains))
        {
            problems.Add(
                Problems.Unreadable(
                    source.Key(key, null),
                    $"`{source.File}`: the value of `{key}` is longer than 1 MB and was not read. Put the license's text into a file LICENSE beside it.",
                    $"`{source.File}`：`{key}` 的值超过 1 MB，未读取。请将许可文本另存为同一文件夹中的 LICENSE 文件。"
                )
            );
        }
        var network = Word(header, "ss_network_module");
        var adapter =
            network is not null
            || header.Metadata.ContainsKey("lora_adapter_metadata")
            || (Word(header, "modelspec.architecture") is { } architecture && Adapters.Any(a => Ends(architecture, a)))
            || header.LoraCount > header.TensorCount / 2;
        var declaration = new Declaration
        {
            LicenseName = Said(header, source, "license_name"),
            LicenseLink = Said(header, source, "license_link"),
            Name = Said(header, source, "modelspec.title"),
            Bases =
            [
                .. Merged(header, source)
                    .Concat(Base(header, source, "base_model", onlyOnHub: false, adapter ? Act.Adapt : null))
                    .Concat(Base(header, source, "ss_sd_model_name", onlyOnHub: true, network is null ? null : Act.Adapt))
                    .DistinctBy(b => b.Claim.Value, StringComparer.OrdinalIgnoreCase),
            ],
            Tags = [.. Items(Word(header, "modelspec.tags"))],
            DescribesModel = true,
            Stated = new MakingHints(adapter, Quantized: false),
        };
        return LicenseKeys.Aggregate(declaration, (all, key) => Word(header, key) is { } value ? all.WithLicense(value, source, key) : all);
    }

    // Titles, or names of files without their endings: whatever the merging tool knew.
    private static IEnumerable<DeclaredBase> Merged(SafetensorsHeader header, ByteSource source)
    {
        const string Key = "modelspec.merged_from";
        return Items(Word(header, Key))
            .Take(MostWorks)
            .Select(item => HubName.Parse(Problems.Excerpt(item)))
            .Where(item => item.Form != HubNameForm.Nothing)
            .Select(item => new DeclaredBase(new Claim(item.Name, source.Key(Key, item.Name)), Act.Merge));
    }

    private static IEnumerable<DeclaredBase> Base(SafetensorsHeader header, ByteSource source, string key, bool onlyOnHub, Act? act)
    {
        if (Word(header, key) is not { } value)
        {
            return [];
        }
        var (name, form) = HubName.Parse(Problems.Excerpt(value));
        var names = form == HubNameForm.Full || (!onlyOnHub && form is HubNameForm.Bare or HubNameForm.Other);
        return names && !Weights.Any(w => Ends(name, w)) ? [new DeclaredBase(new Claim(name, source.Key(key, value)), act)] : [];
    }

    private static Claim? Said(SafetensorsHeader header, ByteSource source, string key) =>
        Word(header, key) is { } word ? new Claim(Problems.Excerpt(word), source.Key(key, word)) : null;

    // Python writes what is not there as `None`.
    private static string? Word(SafetensorsHeader header, string key) =>
        header.Metadata.GetValueOrDefault(key)?.Trim() is { Length: > 0 } word && word != "None" ? word : null;

    private static string[] Items(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static bool Ends(string text, string with) => text.EndsWith(with, StringComparison.OrdinalIgnoreCase);
}
