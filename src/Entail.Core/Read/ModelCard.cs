using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>What the files beside a card tell of how the work was made.</summary>
/// <param name="Adapter">There are adapter weights.</param>
/// <param name="Quantized">The weights are of lower precision.</param>
internal readonly record struct MakingHints(bool Adapter, bool Quantized);

/// <summary>A base and how the work was made from it; the act is null where it is not stated.</summary>
internal sealed record DeclaredBase(Claim Claim, Act? Act);

/// <summary>The metadata of a model or dataset card, as front matter or a hub record has it.</summary>
internal sealed record ModelCard(
    ImmutableArray<Claim> Licenses,
    Claim? LicenseName,
    Claim? LicenseLink,
    Claim? Name,
    ImmutableArray<DeclaredBase> Bases,
    ImmutableArray<Claim> Datasets,
    ImmutableArray<string> Tags,
    bool DescribesModel,
    bool DescribesDataset
)
{
    private static readonly ImmutableArray<string> QuantizedTags = ["gguf", "gptq", "awq", "exl2", "4-bit", "8-bit"];
    private static readonly ImmutableArray<string> AdapterTags = ["peft", "lora", "adapter"];
    private static readonly ImmutableArray<string> MergeTags = ["merge", "mergekit"];

    /// <summary>What the tags tell of how the work was made.</summary>
    public MakingHints Hints => new(Has(AdapterTags), Has(QuantizedTags));

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

    private bool Has(ImmutableArray<string> words) => Tags.Any(t => words.Contains(t, StringComparer.OrdinalIgnoreCase));
}
