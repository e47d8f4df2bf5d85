using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>Where a work of the lineage is known from.</summary>
public enum WorkOrigin : byte
{
    /// <summary>The folder that is checked.</summary>
    Folder,

    /// <summary>entail.yaml, or hub records.</summary>
    Configured,

    /// <summary>The catalog's models.</summary>
    Catalog,

    /// <summary>What others say of it: a record of the hub, or the files of a work that holds it or was made from it.</summary>
    Record,

    /// <summary>Named, but nothing is known of it.</summary>
    Missing,
}

/// <summary>A license of a part, as written, and as the catalog names it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Expression">What was written, as an expression.</param>
/// <param name="Claim">What was written, and where.</param>
/// <param name="Candidate">It is one of several licenses that the text there may be.</param>
public sealed record PartLicense(Part Part, LicenseExpression Expression, Claim Claim, bool Candidate = false);

/// <summary>A step of the lineage: <paramref name="To"/> was made from <paramref name="From"/>.</summary>
public sealed record LinkedStep(string From, Act Act, string To, bool Inferred, Part? Part, Facts Facts, Evidence Evidence);

/// <summary>A work of the lineage.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">model, adapter, dataset, code, output or product.</param>
/// <param name="Origin">Where it is known from.</param>
/// <param name="Licenses">Its licenses by part.</param>
/// <param name="Steps">What it was made from.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="Evidence">Where it stands; null for a missing work.</param>
/// <param name="Note">A trap the catalog knows of; null without one.</param>
public sealed record LinkedWork(
    string Id,
    string Kind,
    WorkOrigin Origin,
    ImmutableArray<PartLicense> Licenses,
    ImmutableArray<LinkedStep> Steps,
    Facts Facts,
    Evidence? Evidence,
    Text? Note
)
{
    /// <summary>The part that other works are made from, and that is shipped.</summary>
    public Part MainPart =>
        Kind switch
        {
            "dataset" or "output" => Part.Data,
            "code" or "product" => Part.Code,
            _ => Part.Weights,
        };

    /// <summary>The licenses of one part.</summary>
    public IEnumerable<PartLicense> Of(Part part) => Licenses.Where(l => l.Part == part);
}

/// <summary>A gap or contradiction in what is declared.</summary>
/// <param name="Code">lineage-unknown, lineage-cycle, base-not-found, base-mismatch, license-mismatch.</param>
/// <param name="Work">The work it concerns.</param>
/// <param name="Subject">What it is about: the missing base, the other license.</param>
/// <param name="Evidence">Where it shows.</param>
/// <param name="Only">The one origin that is named where there must be more; null otherwise.</param>
public sealed record LinkProblem(string Code, string Work, string Subject, ImmutableArray<Evidence> Evidence, string? Only = null);

/// <summary>Works and the steps between them: acyclic, every source before what was made from it.</summary>
/// <param name="Works">In topological order; ties in ordinal order of their ids.</param>
/// <param name="Root">The work that is shipped.</param>
/// <param name="Problems">Gaps, cycles, contradictions.</param>
public sealed record Lineage(ImmutableArray<LinkedWork> Works, string Root, ImmutableArray<LinkProblem> Problems)
{
    /// <summary>The work with that id.</summary>
    public LinkedWork this[string id] => Works.First(w => w.Id == id);

    /// <summary>The work that is shipped.</summary>
    public LinkedWork RootWork => this[Root];
}
