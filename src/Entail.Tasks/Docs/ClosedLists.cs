using Entail.Core;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Write.Bundles;
using Entail.Tasks.Sources;

namespace Entail.Tasks.Docs;

/// <summary>
/// Which strings of the public documents come from a closed list, and which list. A property is named alone where it means the same in every
/// document, else with its type.
/// </summary>
internal sealed class ClosedLists
{
    private readonly Dictionary<string, string[]> lists;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public ClosedLists(Taxonomy taxonomy)
    {
        var verdicts = Names<Verdict>();
        var acts = Names<Act>();
        var duties = taxonomy.Duties.Select(d => d.Id).ToArray();
        var facts = taxonomy.Facts.Select(f => f.Id).ToArray();
        lists = new(StringComparer.Ordinal)
        {
            ["lang"] = Names<Lang>(),
            ["verdict"] = verdicts,
            ["otherwise"] = verdicts,
            ["VerdictDiffJson.a"] = verdicts,
            ["VerdictDiffJson.b"] = verdicts,
            ["WorkJson.verdicts"] = verdicts,
            ["reading"] = Names<Certainty>(),
            ["acts"] = acts,
            ["madeBy"] = acts,
            ["StepJson.act"] = acts,
            ["of"] = Names<Subject>(),
            ["part"] = Names<Part>(),
            ["covers"] = Names<Part>(),
            ["DutyJson.id"] = duties,
            ["DutyStatusJson.id"] = duties,
            ["dutiesOnlyA"] = duties,
            ["dutiesOnlyB"] = duties,
            ["status"] = Names<DutyState>(),
            ["fact"] = facts,
            ["risks"] = [.. taxonomy.Risks.Select(r => r.Id)],
            ["code"] = [.. taxonomy.Findings.Select(f => f.Id)],
            ["severity"] = Names<Severity>(),
            ["FaqEntryJson.id"] = [.. taxonomy.Faq.Select(f => f.Id)],
            ["UnclearJson.reason"] = Names<UnclearReason>(),
            ["MissingJson.kind"] = ["restriction", "duty", "grant", "share-alike", "ceiling"],
            ["conveys"] = Names<Answer3>(),
            ["aConveyedByB"] = Names<Answer3>(),
            ["bConveyedByA"] = Names<Answer3>(),
            ["silence"] = Names<Silence>(),
            ["noEffect"] = LicenseSource.NoEffectReasons,
            ["effect"] =
            [
                "grant",
                "prohibit",
                "threshold",
                "duty",
                "restriction",
                "passes",
                "relicense",
                "ownership",
                "termination",
                "risk",
                "outside",
            ],
            ["WorkJson.kind"] = [.. ConfigurationReader.Kinds],
            ["BindingJson.as"] = [.. Names<Subject>(), "component"],
            ["BundleDutyJson.id"] = duties,
            ["BundleFileJson.kind"] = Names<BundleKind>(),
            ["BundleFileJson.source"] = Names<CopySource>(),
            ["BundleFileJson.state"] = Names<BundleState>(),
            ["source"] = Names<EvidenceSource>(),
            ["IdentifiedFileJson.part"] = [.. Names<Part>(), "unknown"],
            ["IdentifiedFileJson.status"] = Names<IdentifyStatus>(),
            ["MatchJson.kind"] = Names<MatchKind>(),
            ["TextJson.status"] = [.. Names<StoredState>(), "added", "held", "refused"],
            ["CarriedTextJson.kind"] = Names<MatchKind>(),
        };
    }

    /// <summary>Entries that belong to no property: misspelled, or left behind.</summary>
    public IEnumerable<string> Unused => lists.Keys.Where(k => !used.Contains(k));

    /// <summary>The list of a property; null where its strings are open.</summary>
    public string[]? Of(Type type, string property)
    {
        foreach (var key in new[] { $"{type.Name}.{property}", property })
        {
            if (lists.TryGetValue(key, out var list))
            {
                used.Add(key);
                return list;
            }
        }
        return null;
    }

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => Kebab.Of(v))];
}
