using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>Makes findings about the shipped work, with the severity that the taxonomy gives their code.</summary>
internal sealed class FindingMaker(Taxonomy taxonomy, LinkedWork root)
{
    /// <summary>A finding; one step less severe where it is arguable.</summary>
    public Finding Make(
        string code,
        ImmutableArray<(string?, string)> parties,
        IEnumerable<ClauseRef> clauses,
        string subject,
        Certainty certainty,
        ImmutableArray<string> details,
        ImmutableArray<Evidence> evidence,
        params ReadOnlySpan<(string Key, string Value)> values
    )
    {
        var severity = taxonomy.Findings.FirstOrDefault(f => f.Id == code)?.Severity ?? Severity.Error;
        var particulars = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            particulars[key] = value;
        }
        return new Finding(
            code,
            certainty == Certainty.Arguable && severity > Severity.Note ? severity - 1 : severity,
            root.Id,
            root.MainPart,
            parties,
            [.. clauses.Distinct()],
            subject,
            certainty,
            particulars.ToImmutable(),
            details,
            evidence
        );
    }
}
