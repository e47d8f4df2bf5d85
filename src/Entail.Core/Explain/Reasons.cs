using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>Why a finding is one, in a few sentences: the way the license came, what was lost, what its clause says.</summary>
/// <param name="say">The words.</param>
internal sealed class Reasons(Phrases say)
{
    private const int MostRestrictions = 3;

    /// <summary>Why a finding is one, a sentence each, the most telling first.</summary>
    public IEnumerable<string> Of(Finding finding, CheckResult result)
    {
        var party = finding.Parties.FirstOrDefault();
        var binding = result.Decision.Bindings.FirstOrDefault(b => b.Binding.Name == party.License && b.Binding.Origin.Id == party.Work);
        if (binding is not null && !binding.Binding.Via.IsEmpty)
        {
            yield return say.Say(
                $"{Path(binding.Binding)}, and {binding.Binding.Name} binds the result{(binding.Binding.Certainty == Certainty.Arguable ? " (arguable)" : "")}",
                $"{Path(binding.Binding)}，{binding.Binding.Name} 对成果有约束力{(binding.Binding.Certainty == Certainty.Arguable ? "（有争议）" : "")}"
            );
        }
        if (finding.Code is "restrictions-dropped" or "noncommercial-dropped")
        {
            var dropped = finding.Details.Select(d => Restriction.TryParse(d, out var r) ? say.Restriction(r) : d).ToList();
            yield return say.Say("dropped: ", "丢失：")
                + string.Join("; ", dropped.Take(MostRestrictions))
                + (
                    dropped.Count > MostRestrictions
                        ? say.Say($"; and {dropped.Count - MostRestrictions} more", $"；另有 {dropped.Count - MostRestrictions} 项")
                        : ""
                );
        }
        if (binding is not null)
        {
            var cited = finding.Clauses.Select(c => c.Clause).ToHashSet(StringComparer.Ordinal);
            // What the license asks; the message itself says what it forbids.
            foreach (
                var rule in binding.Binding.License?.Rules.Where(r =>
                    r.Effect is Effect.Terms or Effect.Owe
                    && r.Clauses.Any(cited.Contains)
                    && WhyFinder.IsAbout(binding.Binding.Name, r, finding, result)
                )
                    ?? []
            )
            {
                yield return say.Say(rule.Summary);
            }
        }
        if (finding.Certainty == Certainty.Arguable && finding.Code is not "base-not-found")
        {
            yield return say.Say("the words are open here: this holds on the strict reading", "条款在此有解释空间：按严格解读成立");
        }
    }

    private static string Path(Binding binding) =>
        binding.Via.Aggregate(binding.Origin.Id, (path, step) => $"{path} → {step.Act.Name()}{(step.Inferred ? "?" : "")} → {step.To}");
}
