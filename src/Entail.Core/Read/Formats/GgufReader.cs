using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// What the metadata of a GGUF file declares, by the keys that the specification (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) and
/// llama.cpp's converter (gguf-py/gguf/constants.py and metadata.py) have. The converter fills most of them from the card of the model it converts:
/// name, license, tags, bases and datasets are those of that model, and the bases are what it was made from, not the file.
/// </summary>
internal sealed partial class GgufReader
{
    private const int MostWorks = 1000;

    private static readonly ImmutableArray<string> Addresses = ["repo_url", "huggingface.repository", "url"];
    private static readonly ImmutableArray<string> OtherNames = ["repo_url", "url", "doi", "uuid"];

    private readonly GgufHeader header;
    private readonly ByteSource source;
    private readonly ICollection<ReadProblem> problems;

    private GgufReader(GgufHeader header, ByteSource source, ICollection<ReadProblem> problems)
    {
        this.header = header;
        this.source = source;
        this.problems = problems;
    }

    /// <summary>Reads a file from its beginning; nothing is declared, with a problem, where it is no GGUF file.</summary>
    public static Declaration Read(ByteSource source, ICollection<ReadProblem> problems) =>
        GgufHeader.Read(source, problems) is { } header ? Of(header, source, problems) : Declaration.None;

    /// <summary>What a header declares.</summary>
    /// <param name="header">The header, read from <paramref name="source"/>.</param>
    /// <param name="source">The file, for evidence.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static Declaration Of(GgufHeader header, ByteSource source, ICollection<ReadProblem> problems) =>
        new GgufReader(header, source, problems).Read();

    /// <summary>
    /// True for a file type of less than 16 bits a weight, false for F32, F16 and BF16, null where the type is not stated or not known. The numbers
    /// are llama.cpp's <c>llama_ftype</c>; 1024 is added there to a type that was guessed. <c>general.quantization_version</c> tells
    /// nothing: the converter writes it into files of every type.
    /// </summary>
    public static bool? IsQuantized(GgufHeader header) =>
        header.Whole("general.file_type") is not { } type || type < 0 || type > ushort.MaxValue
            ? null
            : ((int)type & ~1024) switch
            {
                0 or 1 or 32 => false,
                (>= 2 and <= 31) or (>= 33 and <= 41) => true,
                _ => null,
            };

    private Declaration Read()
    {
        var quantized = IsQuantized(header);
        var type = Word("general.type") ?? "";
        var adapter = type.Equals("adapter", StringComparison.OrdinalIgnoreCase) || Word("adapter.type") is not null;
        var declaration = new Declaration
        {
            LicenseName = Said("general.license.name"),
            LicenseLink = Said("general.license.link"),
            Name = Work("general", named: true),
            Bases = [.. Works("general.base_model").Select(b => new DeclaredBase(b, adapter ? Act.Adapt : null))],
            Sources = Work("general.source", named: false) is { } from
                ? [new DeclaredBase(from, quantized is { } lower ? (lower ? Act.Quantize : Act.Convert) : null)]
                : [],
            Datasets =
            [
                .. Works("general.dataset")
                    .Concat(Words("general.datasets").Select(d => Named(d, "general.datasets")).OfType<Claim>())
                    .DistinctBy(d => d.Value, StringComparer.OrdinalIgnoreCase),
            ],
            Tags = [.. Words("general.tags")],
            DescribesModel = !type.Equals("imatrix", StringComparison.OrdinalIgnoreCase),
            Stated = new MakingHints(adapter, quantized ?? Word("general.quantized_by") is not null),
        };
        return Words("general.license").Aggregate(declaration, (all, value) => all.WithLicense(value, source, "general.license"));
    }

    // The works of a numbered group, `general.base_model.0.name` and so on: each number that any key has, whatever the count says.
    private ImmutableArray<Claim> Works(string group)
    {
        var numbers = header
            .Metadata.Keys.Select(k => Numbered().Match(k))
            .Where(m => m.Success && m.Groups["group"].ValueSpan.SequenceEqual(group))
            .Select(m => m.Groups["number"].Value)
            .Distinct()
            .OrderBy(n => int.Parse(n, CultureInfo.InvariantCulture))
            .ThenBy(n => n, StringComparer.Ordinal)
            .Take(MostWorks);
        var works = numbers.Select(n => Work($"{group}.{n}", named: true) ?? Addressed($"{group}.{n}")).OfType<Claim>().ToList();
        var key = group + ".count";
        if (header.Whole(key) is { } count && count > works.Count && !source.Failed)
        {
            problems.Add(
                Problems.Invalid(
                    source.Key(key, count.ToString(CultureInfo.InvariantCulture)),
                    $"`{source.File}`: `{key}` says {count}, and {works.Count} are named. Ask who made the file for the others, or state them in entail.yaml.",
                    $"`{source.File}`：`{key}` 为 {count}，但只写出 {works.Count} 个名称。请向文件制作者询问其余，或在 entail.yaml 中写明。"
                )
            );
        }
        return [.. works.DistinctBy(w => w.Value, StringComparer.OrdinalIgnoreCase)];
    }

    // The name on the hub by an address on it; else by organization and name where both make one; else the name. The converter writes
    // `org/some-name` as an organization and a name with blanks for hyphens and with capitals, which do not matter to the hub.
    private Claim? Work(string prefix, bool named)
    {
        foreach (var key in Addresses.Select(a => $"{prefix}.{a}"))
        {
            if (Word(key) is { } address && HubName.Parse(address) is (var found, HubNameForm.Full))
            {
                return new Claim(found, source.Key(key, address));
            }
        }
        var nameKey = $"{prefix}.name";
        if (named && Word(nameKey) is { } name && Named(name, nameKey) is { } claim)
        {
            return
                Word($"{prefix}.organization") is { } organization
                && HubName.Parse($"{Hyphened(organization)}/{Hyphened(claim.Value)}") is (var full, HubNameForm.Full)
                ? claim with
                {
                    Value = full,
                }
                : claim;
        }
        return named ? null : Addressed(prefix);
    }

    private Claim? Addressed(string prefix) => OtherNames.Select(a => Said($"{prefix}.{a}")).FirstOrDefault(c => c is not null);

    // What names a work, if anything; a path on someone's machine does not.
    private Claim? Named(string value, string key)
    {
        var (name, form) = HubName.Parse(Problems.Excerpt(value));
        return form is HubNameForm.Nothing or HubNameForm.LocalPath ? null : new Claim(name, source.Key(key, value));
    }

    private Claim? Said(string key) => Word(key) is { } word ? new Claim(Problems.Excerpt(word), source.Key(key, word)) : null;

    private string? Word(string key) => header.Text(key) is { } text && !string.IsNullOrWhiteSpace(text.Value) ? text.Value.Trim() : null;

    private IEnumerable<string> Words(string key)
    {
        switch (header.Metadata.GetValueOrDefault(key))
        {
            case GgufValue.Text text:
                if (text.Cut)
                {
                    problems.Add(Shortened(key));
                }
                return [text.Value];
            case GgufValue.Texts texts:
                return texts.Items;
            default:
                return [];
        }
    }

    private ReadProblem Shortened(string key) =>
        Problems.Unreadable(
            source.Key(key, null),
            $"`{source.File}`: the value of `{key}` is too long, and only its beginning was read. Put a license's text into a file LICENSE beside it.",
            $"`{source.File}`：`{key}` 的值过长，仅读取了开头。请将许可文本另存为同一文件夹中的 LICENSE 文件。"
        );

    private static string Hyphened(string name) => string.Join('-', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^(?<group>general\.(?:base_model|dataset))\.(?<number>[0-9]{1,6})\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();
}
