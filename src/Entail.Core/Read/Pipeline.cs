using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// The components of a pipeline that stand in folders of their own: those that a diffusers <c>model_index.json</c> or a sentence-transformers
/// <c>modules.json</c> lists. A component that says nothing of its own, neither a license nor where it came from, is a part of the pipeline and no
/// work beside it.
/// </summary>
/// <param name="artifact">The folder.</param>
/// <param name="names">The names of its entries.</param>
/// <param name="read">Reads a configuration: a JSON file by its path; null where there is none.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class Pipeline(
    ArtifactFolder artifact,
    IReadOnlyList<string> names,
    Func<string, (string File, YamlValue Value)?> read,
    List<ReadProblem> problems
)
{
    private const string Index = "model_index.json";
    private const string Modules = "modules.json";
    private const string Trace = "_name_or_path";
    private const int MostComponents = 100;

    private readonly List<TermsSource> terms = [];
    private readonly List<ConfiguredWork> works = [];
    private readonly List<DeclaredStep> held = [];

    /// <summary>
    /// The components that are works of their own, all that the pipeline holds, and the license texts in the components' folders. A component that only
    /// tells which work of the hub it was is that work.
    /// </summary>
    /// <param name="own">The names of the pipeline itself and of what it was made from: a component that came with these is no other work.</param>
    public (ImmutableArray<ConfiguredWork> Works, ImmutableArray<DeclaredStep> Holds, ImmutableArray<TermsSource> Terms) Components(
        IReadOnlyCollection<string> own
    )
    {
        foreach (var (folder, evidence) in Listed().DistinctBy(c => c.Folder).Take(MostComponents))
        {
            Read(folder, evidence, own);
        }
        return ([.. works], [.. works.Select(w => Held(w.Id, false, w.Evidence)), .. held], [.. terms]);
    }

    private static DeclaredStep Held(string work, bool inferred, Evidence evidence) =>
        new(work, Act.Copy, inferred, null, Facts.None, evidence);

    // diffusers: `"vae": ["diffusers", "AutoencoderKL"]`; sentence-transformers: `{"idx": 1, "name": "1", "path": "1_Pooling", "type": …}`.
    private IEnumerable<(string Folder, Evidence Evidence)> Listed()
    {
        if (names.Contains(Index) && read(Index) is (var file, YamlValue.Map index))
        {
            foreach (var (key, value) in index.Entries)
            {
                if (value is YamlValue.List && IsFolder(key.Text))
                {
                    yield return (key.Text, Problems.At(file, key, key.Text, EvidenceSource.Declared));
                }
            }
        }
        if (names.Contains(Modules) && read(Modules) is (var list, YamlValue.List modules))
        {
            for (var i = 0; i < modules.Items.Count; i++)
            {
                if (modules.Items[i] is YamlValue.Map module && module["path"] is YamlValue.Scalar path && IsFolder(path.Text))
                {
                    yield return (path.Text, Problems.At(list, path, $"[{i}].path", EvidenceSource.Declared));
                }
            }
        }
    }

    // A name of the folder's own listing: nothing in a file leads out of it.
    private bool IsFolder(string name) => names.Contains(name) && artifact.IsFolder(name);

    private void Read(string folder, Evidence evidence, IReadOnlyCollection<string> own)
    {
        var entries = artifact.Names(folder);
        var texts = new List<TermsSource>();
        foreach (var name in entries.Where(n => KnownFiles.IsLicense(n) || KnownFiles.IsNotice(n)))
        {
            var path = $"{folder}/{name}";
            if (!artifact.IsFolder(path) && artifact.Read(path) is { } text)
            {
                var kind = KnownFiles.IsNotice(name) ? TermsKind.Notice : TermsKind.LicenseFile;
                texts.Add(new TermsSource(text.File, 1, text.Text, kind, Work: folder));
            }
        }
        var card = Declaration.None;
        if (entries.Contains("README.md") && artifact.Read($"{folder}/README.md") is { } readme)
        {
            var matter = FrontMatter.Read(readme, problems);
            card = new CardReader(readme.File, "", "tags", problems).Read(matter.Values, matter.Values["tags"]);
            texts.AddRange(LicenseSections.Of(readme, matter.BodyLine).Select(t => t with { Work = folder }));
        }
        var traced =
            entries.Contains("config.json") && read($"{folder}/config.json") is (var file, YamlValue.Map config)
                ? Named(file, config[Trace], own)
                : [];
        // What the trace names was loaded and saved again: the same weights, unless somebody trained on.
        var copied = traced.Select(t => Held(t.Value, true, t.Evidence));
        if (card.Licenses.IsEmpty && card.Bases.IsEmpty && texts.Count == 0)
        {
            held.AddRange(copied);
            return;
        }
        ImmutableArray<DeclaredStep> steps = card.Bases.IsEmpty ? [.. copied] : card.Steps(card.Hints, "model");
        terms.AddRange(texts);
        works.Add(
            new ConfiguredWork(
                folder,
                "model",
                null,
                null,
                [.. card.Licenses.Select(l => (Part.Weights, card.Named(l)))],
                steps,
                Facts.None,
                evidence
            )
        );
    }

    private static ImmutableArray<Claim> Named(string file, YamlValue? value, IReadOnlyCollection<string> own) =>
        [
            .. new CardReader(file, "", "", [])
                .Names(value, Trace, areBases: false)
                .Where(c => HubName.Parse(c.Value).Form == HubNameForm.Full)
                .Where(c => !own.Contains(c.Value, StringComparer.OrdinalIgnoreCase)),
        ];
}
