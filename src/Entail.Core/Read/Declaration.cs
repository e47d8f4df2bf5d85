using System.Collections.Immutable;
using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>What the files beside a declaration tell of how the work was made.</summary>
/// <param name="Adapter">There are adapter weights.</param>
/// <param name="Quantized">The weights are of lower precision.</param>
internal readonly record struct MakingHints(bool Adapter, bool Quantized);

/// <summary>A work that another was made from; the act is null where it is not stated.</summary>
/// <param name="Claim">Its name, as on the hub where there is one, and where it is said.</param>
/// <param name="Act">How.</param>
internal sealed record DeclaredBase(Claim Claim, Act? Act);

/// <summary>What one file, or one record of the hub, declares of the work it belongs to. A reader of a format returns one; nothing in it is guessed.</summary>
internal sealed record Declaration
{
    // What the hub has a card say where the license is on none of its lists; the name stands beside it.
    private const string Unlisted = "other";

    private static readonly ImmutableArray<string> QuantizedTags = ["gguf", "gptq", "awq", "exl2", "4-bit", "8-bit"];
    private static readonly ImmutableArray<string> AdapterTags = ["peft", "lora", "adapter"];
    private static readonly ImmutableArray<string> MergeTags = ["merge", "mergekit"];

    /// <summary>Nothing is declared.</summary>
    public static readonly Declaration None = new();

    /// <summary>Every license named, as written: an id, a tag, an expression.</summary>
    public ImmutableArray<Claim> Licenses { get; init; } = [];

    /// <summary>The name of a license that no tag stands for.</summary>
    public Claim? LicenseName { get; init; }

    /// <summary>Where the license's text is.</summary>
    public Claim? LicenseLink { get; init; }

    /// <summary>The name of the work.</summary>
    public Claim? Name { get; init; }

    /// <summary>What the work was made from. Where there is a <see cref="Sources">source</see>, it is what the source was made from.</summary>
    public ImmutableArray<DeclaredBase> Bases { get; init; } = [];

    /// <summary>What the file itself was converted or quantized from, where the format tells that apart from the bases, as GGUF does.</summary>
    public ImmutableArray<DeclaredBase> Sources { get; init; } = [];

    /// <summary>The datasets it was trained on.</summary>
    public ImmutableArray<Claim> Datasets { get; init; } = [];

    /// <summary>Its tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>License texts that stand in the file itself.</summary>
    public ImmutableArray<TermsSource> Terms { get; init; } = [];

    /// <summary>It is about a model.</summary>
    public bool DescribesModel { get; init; }

    /// <summary>It is about a dataset.</summary>
    public bool DescribesDataset { get; init; }

    /// <summary>It says by itself, not by its tags, that the weights are an adapter's or of lower precision.</summary>
    public MakingHints Stated { get; init; }

    /// <summary>What it tells, tags included, of how the work was made.</summary>
    public MakingHints Hints => new(Stated.Adapter || Has(AdapterTags), Stated.Quantized || Has(QuantizedTags));

    /// <summary>True where every base is stated, or known by the files, to have been adapted; false without a base.</summary>
    public bool IsAdapter(MakingHints hints) => !Bases.IsEmpty && Bases.All(b => b.Act is Act.Adapt || (b.Act is null && hints.Adapter));

    /// <summary>
    /// The steps: bases by the stated relation, else as the hub infers it (adapter, then quantized, then merge where there are several
    /// bases or a merge tag, else fine-tuned); then the datasets.
    /// </summary>
    public ImmutableArray<DeclaredStep> Steps(MakingHints hints, string kind)
    {
        var inferred =
            hints.Adapter ? Act.Adapt
            : hints.Quantized ? Act.Quantize
            : Bases.Length > 1 || Has(MergeTags) ? Act.Merge
            : Act.FineTune;
        // A dataset made of others holds them; it is not trained.
        var ofData = kind == "dataset" ? Act.Copy : Act.TrainOnData;
        return
        [
            .. Bases.Select(b => new DeclaredStep(b.Claim.Value, b.Act ?? inferred, b.Act is null, null, Facts.None, b.Claim.Evidence)),
            .. Datasets.Select(d => new DeclaredStep(d.Value, ofData, kind == "dataset", null, Facts.None, d.Evidence)),
        ];
    }

    /// <summary>Of converted weights, which bear the name of the model they were made from, the step from it; null without a name.</summary>
    public DeclaredStep? Original =>
        Name is { } name
            ? new DeclaredStep(name.Value, Stated.Quantized ? Act.Quantize : Act.Convert, true, null, Facts.None, name.Evidence)
            : null;

    /// <summary>A license as it is called: where the tag says only that it is on no list, the name beside it, else the address.</summary>
    public Claim Named(Claim license) =>
        license.Value.Equals(Unlisted, StringComparison.OrdinalIgnoreCase) ? LicenseName ?? Address ?? license : license;

    // A link to a file of the work's own says nothing to those who have not the file.
    private Claim? Address => LicenseLink is { } link && Uri.IsWellFormedUriString(link.Value, UriKind.Absolute) ? link : null;

    /// <summary>True for a tag that tells anything here: of a license, a base, a dataset, or how the work was made.</summary>
    internal static bool Matters(ReadOnlySpan<byte> tag)
    {
        var colon = tag.IndexOf((byte)':');
        return colon < 0
            ? IsAmong(QuantizedTags, tag) || IsAmong(AdapterTags, tag) || IsAmong(MergeTags, tag)
            : IsAmong(CardReader.Telling, tag[..(colon + 1)]);
    }

    private static bool IsAmong(ImmutableArray<string> words, ReadOnlySpan<byte> word)
    {
        foreach (var one in words)
        {
            if (Ascii.EqualsIgnoreCase(word, one))
            {
                return true;
            }
        }
        return false;
    }

    private bool Has(ImmutableArray<string> words) => Tags.Any(t => words.Contains(t, StringComparer.OrdinalIgnoreCase));
}
