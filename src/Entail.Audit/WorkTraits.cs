using Entail.Core.Catalog;
using Entail.Core.Decide.Engine;
using Entail.Core.Model;

namespace Entail.Audit;

/// <summary>What works of one kind have in common, as far as numbers and the page need it.</summary>
/// <param name="Drops">Terms that bind them were not passed on, for certain.</param>
/// <param name="IsBound">They declare a license, and a known license of an earlier work, no data set, binds them for certain.</param>
/// <param name="Worst">Their worst finding about terms or lineage; a note where there is none.</param>
internal readonly record struct WorkTraits(bool Drops, bool IsBound, Severity Worst)
{
    /// <summary>Whether a finding says that terms of an origin were not passed on, for certain. Bases that clash come from no one origin.</summary>
    public static bool IsDrop(HubFinding finding) =>
        finding is { Certainty: Certainty.Yes, Origin: not null } && Array.Exists(HubKinds.Lacks, l => l.Code == finding.Code);

    /// <summary>For each place; worked out once for each kind.</summary>
    public static WorkTraits[] Of(AuditResult result, Auditing auditing, CompiledCatalog catalog)
    {
        var decisions = result.Decisions;
        var ofKind = new Dictionary<int, WorkTraits>();
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        var traits = new WorkTraits[decisions.Count];
        for (var i = 0; i < traits.Length; i++)
        {
            var kind = decisions.KindAt(i);
            if (kind == 0 || !ofKind.TryGetValue(kind, out traits[i]))
            {
                ofKind[kind] = traits[i] = At(i);
            }
        }
        return traits;

        WorkTraits At(int place)
        {
            var number = result.Hub.Graph.Works[place];
            var decision = decisions[place];
            return new WorkTraits(
                decision.Findings.Any(IsDrop),
                !result.Hub.Graph[number].Declared.Licenses.IsEmpty
                    && decision.Bindings.Any(b =>
                        b.Certainty == Certainty.Yes && b.Origin != number && IsModel(b.Origin) && IsKnown(b.License)
                    ),
                decision
                    .Findings.Where(f => auditing.IsOfTerms(f.Code))
                    .Select(f => auditing.SeverityOf(f.Code, f.Certainty))
                    .DefaultIfEmpty()
                    .Max()
            );
        }

        bool IsModel(int number) => result.Hub.Graph[number].Declared.Kind != "dataset";

        bool IsKnown(string license) =>
            known.TryGetValue(license, out var isKnown) ? isKnown : known[license] = catalog.Find(license) is not null;
    }
}
