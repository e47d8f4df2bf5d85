using System.Collections.Immutable;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>The license texts that the shipped work carries.</summary>
/// <param name="files">The license files, as identified.</param>
/// <param name="found">The licenses found in them.</param>
/// <param name="part">The part that is shipped.</param>
public sealed class CarriedTexts(ImmutableArray<Identification> files, ImmutableArray<FoundText> found, Part part)
{
    private readonly Dictionary<string, EffectiveLicense> known = new(StringComparer.Ordinal);

    /// <summary>The licenses found.</summary>
    public ImmutableArray<FoundText> Found => found;

    /// <summary>The files of no cataloged license that are of a family the catalog knows.</summary>
    public IEnumerable<Identification> Families => files.Where(f => f.Family is not null);

    /// <summary>The files with words that are not written as they look.</summary>
    public IEnumerable<Identification> Disguised => files.Where(f => !f.Disguised.IsEmpty);

    /// <summary>What the license says by the texts of it that are carried; as the catalog has it where none is.</summary>
    public EffectiveLicense Of(License license)
    {
        if (!known.TryGetValue(license.Id, out var effective))
        {
            var texts = found.Where(t => Governs(t.Part) && t.IsWhole && t.MayBe.Contains(license.Id)).ToList();
            known[license.Id] = effective = EffectiveLicense.Of(license, texts);
        }
        return effective;
    }

    /// <summary>Whether a file that names this part, or none, is about the part that is shipped.</summary>
    public bool Governs(Part? governed) => governed is null || governed == part;
}
