using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// Reads a local folder in Hugging Face form: the card, the configuration files at its root, and the texts that may be licenses or
/// notices. Below the root only a folder of licenses and the tags of code files are looked at, and whatever is wrong is a problem in the result.
/// </summary>
public static class FolderReader
{
    /// <summary>What the folder declares.</summary>
    /// <param name="folder">A real folder; <c>.</c> goes by its own name.</param>
    public static FolderReading Read(string folder)
    {
        var problems = new List<ReadProblem>();
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0', StringComparison.Ordinal))
        {
            folder = ".";
        }
        var artifact = new ArtifactFolder(folder, problems);
        var names = artifact.Names("");
        var cardName = Named(names, "README.md");
        var cardFile = cardName is null ? null : artifact.Read(cardName);
        var frontMatter = cardFile is null ? FrontMatter.None : FrontMatter.Read(cardFile, problems);
        var card = new CardReader(cardFile?.File ?? "README.md", "", "tags", problems).Read(frontMatter.Values, frontMatter.Values["tags"]);
        var config = Configuration(artifact, names, "config.json", problems);
        var adapter = Configuration(artifact, names, "adapter_config.json", problems);
        var hints = new MakingHints(
            adapter is not null || (card.Hints.Adapter && config is null),
            card.Hints.Quantized || names.Any(KnownFiles.IsQuantized) || config?.Values["quantization_config"] is YamlValue.Map
        );
        card = card with { Bases = Bases(artifact.Name, card, config, adapter, problems) };
        var kind = Kind(names, card, adapter is not null || card.IsAdapter(hints));
        var part =
            kind == "dataset" ? Part.Data
            : kind == "product" ? Part.Code
            : Part.Weights;
        var title = cardFile is null ? null : CardTitle.Find(cardFile, frontMatter.BodyLine, artifact.Name);
        var texts = Texts(artifact, names).ToLookup(t => KnownFiles.IsNotice(Path.GetFileName(t.File)));
        var readmes = names.Where(n => n != cardName && KnownFiles.IsReadme(n) && !artifact.IsFolder(n)).Select(artifact.Read);
        return new FolderReading(
            card.Name?.Value ?? (IsRevision(artifact.Name) ? title?.Value : null) ?? artifact.Name,
            card.Name?.Evidence ?? title?.Evidence,
            kind,
            [.. card.Licenses.Select(l => (part, l))],
            card.LicenseName,
            card.LicenseLink,
            card.Steps(hints, kind),
            [.. texts[false]],
            [.. texts[true]],
            cardFile,
            frontMatter.BodyLine,
            [
                .. texts[false].Select(t => new TermsSource(t.File, 1, t.Text, TermsKind.LicenseFile)),
                .. texts[true].Select(t => new TermsSource(t.File, 1, t.Text, TermsKind.Notice)),
                .. cardFile is null ? [] : LicenseSections.Of(cardFile, frontMatter.BodyLine),
                .. readmes.OfType<TextFile>().SelectMany(r => LicenseSections.Of(r, 1)),
                .. SourceTags.In(new Boundary(folder)),
            ],
            [],
            [.. problems]
        );
    }

    // The exact name first, then whatever differs in letter case alone.
    // A snapshot folder outside the hub's cache bears a commit's name, which is no name of a model.
    private static bool IsRevision(string name) => name.Length == 40 && name.All(char.IsAsciiHexDigit);

    private static string? Named(IReadOnlyList<string> names, string name) =>
        names.Contains(name) ? name : names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static (string File, YamlValue.Map Values)? Configuration(
        ArtifactFolder artifact,
        IReadOnlyList<string> names,
        string name,
        List<ReadProblem> problems
    )
    {
        if (!names.Contains(name) || artifact.Read(name) is not { } file)
        {
            return null;
        }
        var found = new List<SourceProblem>();
        // Python writes NaN and Infinity, which JSON lacks and YAML reads.
        var value = Json.Parse(file.Text, 1, found) ?? Yaml.Parse(file.Text, 1, []);
        if (value is YamlValue.Map map)
        {
            return (file.File, map);
        }
        problems.Add(
            Problems.Invalid(
                new Evidence(file.File, found.Count > 0 ? found[0].Line : 1, null, null, null, EvidenceSource.Declared),
                file.Truncated
                    ? $"`{name}` is larger than 2 MB and was not read. Put the file that the model's library writes in its place."
                    : $"`{name}` is no JSON object and was not read. Correct it, or save the configuration again.",
                file.Truncated
                    ? $"`{name}` 超过 2 MB，未读取。请换成模型库生成的文件。"
                    : $"`{name}` 不是 JSON 对象，未读取。请更正或重新保存该配置。"
            )
        );
        return null;
    }

    // The card first; the adapter's own statement where it adds a name; the configuration's trace only where nothing else is said.
    private static ImmutableArray<DeclaredBase> Bases(
        string name,
        Declaration card,
        (string File, YamlValue.Map Values)? config,
        (string File, YamlValue.Map Values)? adapter,
        List<ReadProblem> problems
    )
    {
        var bases = card.Bases;
        if (adapter is { } stated)
        {
            const string Key = "base_model_name_or_path";
            var found = new CardReader(stated.File, "", "", problems).Names(stated.Values[Key], Key, reportPaths: bases.IsEmpty);
            bases =
            [
                .. bases,
                .. found
                    .Where(f => bases.IsEmpty || HubName.Parse(f.Value).Form == HubNameForm.Full)
                    .Where(f => !bases.Any(b => b.Claim.Value.Equals(f.Value, StringComparison.OrdinalIgnoreCase)))
                    .Select(f => new DeclaredBase(f, Act.Adapt)),
            ];
        }
        if (bases.IsEmpty && config is { } traced)
        {
            const string Key = "_name_or_path";
            bases =
            [
                .. new CardReader(traced.File, "", "", [])
                    .Names(traced.Values[Key], Key, reportPaths: false)
                    .Where(f => HubName.Parse(f.Value).Form == HubNameForm.Full)
                    // A model as its maker publishes it names itself here.
                    .Where(f => !f.Value.Split('/')[1].Equals(name, StringComparison.OrdinalIgnoreCase))
                    .Select(f => new DeclaredBase(f, null)),
            ];
        }
        return bases;
    }

    private static string Kind(IReadOnlyList<string> names, Declaration card, bool adapter)
    {
        var weights = names.Any(KnownFiles.IsWeights);
        if (adapter)
        {
            return "adapter";
        }
        if (weights || !card.Bases.IsEmpty)
        {
            return "model";
        }
        if (card.DescribesDataset)
        {
            return "dataset";
        }
        if (card.DescribesModel || names.Any(KnownFiles.IsModelMarker))
        {
            return "model";
        }
        return names.Any(KnownFiles.IsCode) ? "product"
            : names.Any(KnownFiles.IsData) ? "dataset"
            : "model";
    }

    private static List<TextFile> Texts(ArtifactFolder artifact, IReadOnlyList<string> names)
    {
        var files = new List<string>();
        foreach (var name in names.Where(n => KnownFiles.IsLicense(n) || KnownFiles.IsNotice(n)))
        {
            if (!artifact.IsFolder(name))
            {
                files.Add(name);
            }
            else if (KnownFiles.IsLicenseFolder(name))
            {
                files.AddRange(
                    artifact.Names(name).Where(KnownFiles.MayBeProse).Select(n => $"{name}/{n}").Where(f => !artifact.IsFolder(f))
                );
            }
        }
        return [.. files.Select(artifact.Read).OfType<TextFile>()];
    }
}
