using System.Collections.Immutable;
using Entail.Core.Model;
using Entail.Core.Read.Formats;
using Entail.Core.Read.Sources;

namespace Entail.Core.Read;

/// <summary>
/// Reads a local folder in Hugging Face form: the card, the configuration files at its root, and the texts that may be licenses or
/// notices. Below the root only a folder of licenses and the tags of code files are looked at, and whatever is wrong is a problem in the result.
/// </summary>
public static class FolderReader
{
    /// <summary>What the folder declares.</summary>
    /// <param name="folder">A real folder; <c>.</c> goes by its own name.</param>
    public static FolderReading Read(string folder) => Read(folder, null);

    /// <summary>What one file declares, without the others in its folder: weights, or a Modelfile.</summary>
    /// <param name="folder">The folder that holds it.</param>
    /// <param name="file">Its name there.</param>
    public static FolderReading ReadFile(string folder, string file) => Read(folder, file);

    /// <summary>True for a file that says by itself where it comes from: weights with a header, or a Modelfile.</summary>
    public static bool Knows(string file) => KnownFiles.HasHeader(file) || file.Equals("Modelfile", StringComparison.OrdinalIgnoreCase);

    private static FolderReading Read(string folder, string? only)
    {
        var problems = new List<ReadProblem>();
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0', StringComparison.Ordinal))
        {
            folder = ".";
        }
        var artifact = new ArtifactFolder(folder, problems);
        var names = only is null ? artifact.Names("") : [only];
        var name = only is null ? artifact.Name : Path.GetFileNameWithoutExtension(only);
        var cardName = Named(names, "README.md");
        var cardFile = cardName is null ? null : artifact.Read(cardName);
        var frontMatter = cardFile is null ? FrontMatter.None : FrontMatter.Read(cardFile, problems);
        var card = new CardReader(cardFile?.File ?? "README.md", "", "tags", problems).Read(frontMatter.Values, frontMatter.Values["tags"]);
        var json = new JsonFiles(artifact, problems);
        var config = names.Contains("config.json") ? json.Map("config.json") : null;
        var adapter = names.Contains("adapter_config.json") ? json.Map("adapter_config.json") : null;
        var headers = Headers.Of(artifact, names, problems);
        var modelfile =
            Named(names, "Modelfile") is { } built && artifact.Read(built) is { } text ? Modelfile.Read(text, problems) : Declaration.None;
        var hints = new MakingHints(
            adapter is not null
                || (card.Hints.Adapter && config is null)
                || (!headers.IsEmpty && headers.All(h => h.Declaration.Stated.Adapter)),
            card.Hints.Quantized
                || names.Any(KnownFiles.IsQuantized)
                || headers.Any(h => h.Declaration.Stated.Quantized)
                || config?.Values["quantization_config"] is YamlValue.Map
        );
        var making = Making(artifact, names, json, headers, cardFile, card, hints, problems)
            .With([.. modelfile.Bases.Where(b => !KnownFiles.IsBeside(b.Claim.Value))]);
        card = card with { Bases = making.Bases };
        var told = artifact.IsDataset ? "dataset" : Kind(names, card, adapter is not null || card.IsAdapter(hints));
        // Configurations alone may use models too.
        ImmutableArray<ModelUse> uses = only is null && told is null or "product" ? [.. SourceUses.In(new Boundary(folder))] : [];
        var kind = told ?? (uses.IsEmpty ? "model" : "product");
        var part =
            kind == "dataset" ? Part.Data
            : kind == "product" ? Part.Code
            : Part.Weights;
        var pipeline = new Pipeline(artifact, names, json.Value, problems).Components([
            artifact.Name,
            .. making.Bases.Select(b => b.Claim.Value),
        ]);
        var title = cardFile is null ? null : CardTitle.Find(cardFile, frontMatter.BodyLine, artifact.Name);
        var texts = Texts(artifact, names).ToLookup(t => KnownFiles.IsNotice(Path.GetFileName(t.File)));
        var readmes = names.Where(n => n != cardName && KnownFiles.IsReadme(n) && !artifact.IsFolder(n)).Select(artifact.Read);
        return new FolderReading(
            name.Contains('/', StringComparison.Ordinal) ? name : card.Name?.Value ?? (IsRevision(name) ? title?.Value : null) ?? name,
            card.Name?.Evidence ?? title?.Evidence,
            kind,
            [
                .. card
                    .Licenses.Concat(headers.SelectMany(h => h.Declaration.Licenses.Select(h.Declaration.Named)))
                    .Concat(modelfile.Licenses)
                    .DistinctBy(l => l.Value, StringComparer.OrdinalIgnoreCase)
                    .Select(l => (part, l)),
            ],
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
                .. headers.SelectMany(h => h.Declaration.Terms.Concat(Linked(h.File, h.Declaration))),
                .. modelfile.Terms,
                .. pipeline.Terms,
                .. only is null ? SourceTags.In(new Boundary(folder)) : [],
            ],
            [.. pipeline.Works, .. making.Works],
            [.. problems],
            pipeline.Holds,
            headers.Where(h => KnownFiles.IsConverted(h.File)).Select(h => h.Declaration.Original).FirstOrDefault(o => o is not null),
            uses
        );
    }

    // An address in place of a license may be one that is known.
    private static IEnumerable<TermsSource> Linked(string file, Declaration header) =>
        header is { Licenses.IsEmpty: true, LicenseName: null, LicenseLink: { } link }
            ? [new TermsSource(file, 1, $"License: {link.Value}", TermsKind.CardSection, "license")]
            : [];

    // The exact name first, then whatever differs in letter case alone.
    // A snapshot folder outside the hub's cache bears a commit's name, which is no name of a model.
    private static bool IsRevision(string name) => name.Length == 40 && name.All(char.IsAsciiHexDigit);

    private static string? Named(IReadOnlyList<string> names, string name) =>
        names.Contains(name) ? name : names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    // The card first; the adapter's own statement where it adds a name; a merge's configuration; headers; traces only where nothing else is said.
    private static FolderSteps Making(
        ArtifactFolder artifact,
        IReadOnlyList<string> names,
        JsonFiles json,
        ImmutableArray<(string File, Declaration Declaration)> headers,
        TextFile? cardFile,
        Declaration card,
        MakingHints hints,
        List<ReadProblem> problems
    )
    {
        var making = new FolderSteps(artifact.Name, hints).With(card.Bases);
        making.With([
            .. Named("adapter_config.json", "base_model_name_or_path", card.Bases.IsEmpty).Select(c => new DeclaredBase(c, Act.Adapt)),
        ]);
        foreach (var merge in names.Where(KnownFiles.IsMergeConfiguration).Select(artifact.Read).OfType<TextFile>())
        {
            making.With(MergeConfig.Read(merge, problems).Bases);
        }
        foreach (var shown in cardFile is null ? [] : MergeConfig.Shown(cardFile))
        {
            making.With(shown.Bases);
        }
        foreach (var (file, header) in headers)
        {
            _ = KnownFiles.IsConverted(file) ? making.WithConverted(header) : making.With(header.Bases);
        }
        return making
            .WithTrace(Named("quantize_config.json", "model_name_or_path", false), Act.Quantize)
            .WithTrace(Named("config.json", "_name_or_path", false), null);

        ImmutableArray<Claim> Named(string name, string key, bool areBases) =>
            names.Contains(name) && json.Map(name) is { } found
                ? new CardReader(found.File, "", "", areBases ? problems : []).Names(found.Values[key], key, areBases)
                : [];
    }

    private static string? Kind(IReadOnlyList<string> names, Declaration card, bool adapter)
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
            : null;
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
