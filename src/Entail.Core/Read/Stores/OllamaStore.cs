using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read.Stores;

/// <summary>
/// A store of Ollama (https://github.com/ollama/ollama): <c>manifests/HOST/NAMESPACE/MODEL/TAG</c> lists the layers of a model, each a blob named by its
/// digest. Read are the manifest, the license layers, and the header of the weights; nothing else of the blobs.
/// </summary>
/// <param name="root">The folder that holds <c>manifests</c> and <c>blobs</c>.</param>
/// <param name="problems">Receives what is wrong with the store itself.</param>
internal sealed partial class OllamaStore(string root, List<ReadProblem> problems)
{
    private const string Registry = "registry.ollama.ai";
    private const string Library = "library";
    private const string Layer = "application/vnd.ollama.image.";
    private const int MostManifests = 10_000;
    private const int MostSharing = 100;

    /// <summary>The store at a path, or in the folder <c>models</c> below it; null where there is none.</summary>
    public static string? RootOf(string path) =>
        new[] { path, System.IO.Path.Combine(path, "models") }.FirstOrDefault(p =>
            Directory.Exists(System.IO.Path.Combine(p, "manifests")) && Directory.Exists(System.IO.Path.Combine(p, "blobs"))
        );

    /// <summary>The models of the store, in the order of their names.</summary>
    public ImmutableArray<StoredWork> Works() =>
        [
            .. Manifests(new ArtifactFolder(root, problems))
                .Select(m => new StoredWork(m.Name, root, () => Read(m)))
                .OrderBy(w => w.Name, StringComparer.Ordinal),
        ];

    private readonly record struct Manifest(string File, string Host, string Space, string Model, string Tag)
    {
        /// <summary>As Ollama shows it: what goes without saying is left out.</summary>
        public string Name =>
            (
                Host != Registry ? $"{Host}/{Space}/"
                : Space != Library ? $"{Space}/"
                : ""
            ) + $"{Model}:{Tag}";

        public bool IsOfLibrary => Host == Registry && Space == Library;
    }

    /// <summary>A layer: what it is, and the file of its blob.</summary>
    private readonly record struct Blob(string Kind, string File);

    private static IEnumerable<Manifest> Manifests(ArtifactFolder store) =>
        Below(store, "manifests")
            .SelectMany(host =>
                Below(store, $"manifests/{host}")
                    .SelectMany(space =>
                        Below(store, $"manifests/{host}/{space}")
                            .SelectMany(model =>
                                store
                                    .Names($"manifests/{host}/{space}/{model}")
                                    .Where(tag => !store.IsFolder($"manifests/{host}/{space}/{model}/{tag}"))
                                    .Select(tag => new Manifest($"manifests/{host}/{space}/{model}/{tag}", host, space, model, tag))
                            )
                    )
            )
            .Take(MostManifests);

    private static IEnumerable<string> Below(ArtifactFolder store, string folder) =>
        store.Names(folder).Where(n => store.IsFolder($"{folder}/{n}"));

    private FolderReading Read(Manifest manifest)
    {
        var met = new List<ReadProblem>();
        var store = new ArtifactFolder(root, met);
        var layers = Layers(store, manifest, met);
        var licenses = Licenses(store, layers);
        var header = layers.Where(l => l.Kind == "model").Select(l => Headers.Gguf(store, l.File, met)).FirstOrDefault(d => d is not null);
        var adapters = layers.Where(l => l.Kind == "adapter").ToList();
        var at = new Evidence(manifest.File, null, null, "layers", null, EvidenceSource.Declared);
        var shared = manifest.IsOfLibrary ? [] : Sharing(store, manifest, layers).ToList();
        var making = new FolderSteps(manifest.Name, new MakingHints(false, header?.Stated.Quantized ?? false));
        making.With([.. shared.Select(s => new DeclaredBase(new Claim(s.Manifest.Name, at), adapters.Count > 0 ? Act.Adapt : Act.Copy))]);
        if (header is not null && shared.Count == 0)
        {
            making.WithConverted(header);
        }
        var original = new FolderSteps("", default).WithConverted(header ?? Declaration.None);
        var bases = (header ?? Declaration.None) with { Bases = making.Bases, Datasets = [] };
        ImmutableArray<(Part, Claim)> licensed = [.. (header?.Licenses ?? []).Select(l => (Part.Weights, header!.Named(l)))];
        return new FolderReading(
            manifest.Name,
            null,
            "model",
            licensed,
            header?.LicenseName,
            header?.LicenseLink,
            [.. bases.Steps(bases.Stated, "model").Select(s => s with { Inferred = s.Inferred || shared.Count > 0 })],
            [.. licenses],
            [],
            null,
            1,
            [
                .. licenses.Select(l => new TermsSource(l.File, 1, l.Text, TermsKind.LicenseFile)),
                .. header?.Terms ?? [],
                .. shared.SelectMany(s =>
                    Licenses(store, s.Layers).Select(l => new TermsSource(l.File, 1, l.Text, TermsKind.LicenseFile, Work: s.Manifest.Name))
                ),
            ],
            [
                .. shared.Select(s => new ConfiguredWork(
                    s.Manifest.Name,
                    "model",
                    null,
                    null,
                    licensed,
                    ((header ?? Declaration.None) with { Bases = original.Bases, Datasets = [] }).Steps(bases.Stated, "model"),
                    Facts.None,
                    new Evidence(s.Manifest.File, null, null, null, null, EvidenceSource.Declared)
                )),
                .. making.Works.Concat(original.Works).DistinctBy(w => w.Id),
            ],
            [.. problems, .. met],
            [],
            shared.Count == 0 ? header?.Original : null
        );
    }

    // The models of the library with these very weights: what somebody gave a name and a prompt of their own. Tags of one model are one work.
    private IEnumerable<(Manifest Manifest, ImmutableArray<Blob> Layers)> Sharing(
        ArtifactFolder store,
        Manifest of,
        ImmutableArray<Blob> layers
    )
    {
        var weights = layers.Where(l => l.Kind == "model").Select(l => l.File).ToHashSet(StringComparer.Ordinal);
        return weights.Count == 0
            ? []
            : Manifests(new ArtifactFolder(root, []))
                .Where(m => m.IsOfLibrary && m != of)
                .Select(m => (Manifest: m, Layers: Layers(store, m, [])))
                .Where(m => m.Layers.Any(l => l.Kind == "model" && weights.Contains(l.File)))
                .DistinctBy(m => m.Manifest.Model)
                .Take(MostSharing);
    }

    private static List<TextFile> Licenses(ArtifactFolder store, ImmutableArray<Blob> layers) =>
        [.. layers.Where(l => l.Kind == "license").Select(l => l.File).Distinct().Select(store.Read).OfType<TextFile>()];

    private static ImmutableArray<Blob> Layers(ArtifactFolder store, Manifest manifest, List<ReadProblem> met)
    {
        var json = new JsonFiles(store, met);
        if (json.Map(manifest.File) is not { Values: var values })
        {
            return [];
        }
        var blobs = ImmutableArray.CreateBuilder<Blob>();
        foreach (var layer in values["layers"] is YamlValue.List list ? list.Items.OfType<YamlValue.Map>() : [])
        {
            var kind =
                layer["mediaType"] is YamlValue.Scalar type && type.Text.StartsWith(Layer, StringComparison.Ordinal)
                    ? type.Text[Layer.Length..]
                    : "";
            if (layer["digest"] is YamlValue.Scalar digest && Digest().IsMatch(digest.Text))
            {
                blobs.Add(new Blob(kind, $"blobs/{digest.Text.Replace(':', '-')}"));
            }
            else
            {
                met.Add(
                    Problems.Invalid(
                        Problems.At(manifest.File, layer, "layers", EvidenceSource.Declared),
                        $"a layer of `{manifest.Name}` has no digest that names a blob. Pull the model again.",
                        $"`{manifest.Name}` 的某一层没有指向数据块的摘要。请重新拉取该模型。"
                    )
                );
            }
        }
        return blobs.ToImmutable();
    }

    [GeneratedRegex(@"^sha256[:-][0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
