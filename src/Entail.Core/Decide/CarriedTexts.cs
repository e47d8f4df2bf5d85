using System.Collections.Immutable;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>The license texts that the shipped work carries.</summary>
/// <param name="files">The license files, as identified.</param>
/// <param name="found">The licenses found in them, and in whatever else may hold one.</param>
/// <param name="part">The part that is shipped.</param>
/// <param name="lengths">The characters in each file.</param>
public sealed class CarriedTexts(
    ImmutableArray<Identification> files,
    ImmutableArray<FoundText> found,
    Part part,
    IReadOnlyDictionary<string, int> lengths
)
{
    // What is shorter is a pointer to a license rather than one.
    private const int FewestCharacters = 500;

    private readonly Dictionary<string, EffectiveLicense> known = new(StringComparer.Ordinal);

    /// <summary>The licenses found.</summary>
    public ImmutableArray<FoundText> Found => found;

    /// <summary>The files of no cataloged license that are of a family the catalog knows.</summary>
    public IEnumerable<Identification> Families => files.Where(f => f.Family is not null);

    /// <summary>
    /// The files that hold no license that is known here, at most passages of one among other words. None of those beside which a license's text
    /// stands for the same part.
    /// </summary>
    public IEnumerable<Identification> Unrecognized =>
        files.Where(f =>
            f.Family is null
            && f.Matches.All(m => m.Kind == MatchKind.Mentioned || (m.Kind == MatchKind.Partial && !m.Residue.IsEmpty))
            && lengths.GetValueOrDefault(f.File) >= FewestCharacters
            && Governs(f.Part)
            && !found.Any(t => Stands(t) && (t.Part is not null || f.Part is null))
        );

    /// <summary>The texts of licenses that the catalog does not have, where no text of one that it has stands for the same part.</summary>
    public IEnumerable<FoundText> Uncataloged =>
        found.Where(t =>
            t.Cataloged is null
            && Stands(t)
            && !found.Any(other => other.Cataloged is not null && Stands(other) && (other.Part is not null || t.Part is null))
        );

    /// <summary>The files with words that are not written as they look.</summary>
    public IEnumerable<Identification> Disguised => files.Where(f => !f.Disguised.IsEmpty);

    /// <summary>What the license says by the texts of it that are carried; as the catalog has it where none is.</summary>
    public EffectiveLicense Of(License license)
    {
        if (!known.TryGetValue(license.Id, out var effective))
        {
            var texts = found
                .Where(t => t is { IsOfWork: true, IsWhole: true } && Governs(t.Part) && t.MayBe.Contains(license.Id))
                .ToList();
            known[license.Id] = effective = EffectiveLicense.Of(license, texts);
        }
        return effective;
    }

    private bool Stands(FoundText text) => text is { IsOfWork: true, IsAgreement: true, IsWhole: true } && Governs(text.Part);

    /// <summary>Whether a file that names this part, or none, is about the part that is shipped.</summary>
    public bool Governs(Part? governed) => governed is null || governed == part;
}
