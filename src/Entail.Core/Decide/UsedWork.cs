using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>A model or a dataset that a repository uses by its id, and what its license says of that use.</summary>
/// <param name="Name">Its id as the code writes it.</param>
/// <param name="Kind">model or dataset.</param>
/// <param name="Acts">What is done with it.</param>
/// <param name="Places">Where the code names it.</param>
/// <param name="Decision">The verdict on that.</param>
/// <param name="Duties">What is owed for it.</param>
/// <param name="Findings">What is wrong with it, told of the repository, at the places in its code.</param>
public sealed record UsedWork(
    string Name,
    string Kind,
    ImmutableArray<Act> Acts,
    ImmutableArray<Evidence> Places,
    LineageDecision Decision,
    ImmutableArray<DutyStatus> Duties,
    ImmutableArray<Finding> Findings
)
{
    /// <summary>Its licenses, as they are declared.</summary>
    public IEnumerable<string> Licenses =>
        Decision.Lineage.RootWork.Of(Decision.Lineage.RootWork.MainPart).Select(l => l.Claim.Value).Distinct();

    /// <summary>What is left to do, each duty once: what its publisher has seen to, such as its name, is done.</summary>
    public IEnumerable<DutyStatus> Owed => Duties.Where(d => d.State != DutyState.Met).DistinctBy(d => (d.License, d.Owe.Duty));

    /// <summary>The acts that a question asks of what is used: those of the code, and those of the asker that reach a model by way of it.</summary>
    public static ImmutableArray<Act> ActsOf(IEnumerable<Act> ofCode, IEnumerable<Act> asked) =>
        [.. ofCode.Concat(asked.Where(Reaches)).Distinct().Order()];

    /// <summary>
    /// The findings of a check of the used work alone, as findings of the repository that uses it. What its publisher did wrong is worth knowing, but is
    /// not the user's to put right.
    /// </summary>
    public static ImmutableArray<Finding> Told(IEnumerable<Finding> findings, string root, string name, ImmutableArray<Evidence> places) =>
        [
            .. findings.Select(f =>
                f with
                {
                    Work = root,
                    Part = Model.Part.Code,
                    Severity =
                        !IsUsers(f, name) ? Severity.Note
                        : f is { Code: "users-not-bound", Certainty: Certainty.Yes } ? Severity.Warning
                        : f.Severity,
                    Parties = f.Parties.IsEmpty ? [(null, name)] : f.Parties,
                    Params = f.Params.SetItem("used", name),
                    Evidence = [.. places, .. f.Evidence.Where(e => e.Source is EvidenceSource.Catalog)],
                }
            ),
        ];

    private static bool IsUsers(Finding finding, string name) =>
        finding.Code
            is "act-prohibited"
                or "agreement-needed"
                or "users-not-bound"
                or "policy-denied"
                or "policy-undecided"
                or "license-undeclared"
        || (finding.Code is "license-unknown" or "base-not-found" && finding.Parties.Any(p => p.Work == name));

    // Code that loads a model from elsewhere gives nobody a copy of it, but a service built on it lets others use it.
    private static bool Reaches(Act act) =>
        act is Act.Embed or Act.Generate or Act.UseOutputs or Act.PublishOutputs or Act.PublishResults or Act.Host or Act.Sell;
}
