using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>Holds what was decided to what the user's organization wants: what it denies, or leaves to a person, is a finding.</summary>
internal sealed class PolicyRules(CompiledCatalog catalog, LineageDecision decision, Policy policy, FindingMaker maker)
{
    private readonly LinkedWork root = decision.Lineage.RootWork;

    // What a policy may speak of: a license that binds, the verdict, a restriction, a duty.
    private sealed record Met(
        PolicySubject Subject,
        string Name,
        string? License,
        string Work,
        ImmutableArray<ClauseRef> Clauses,
        Certainty Certainty,
        Evidence? Evidence
    )
    {
        public bool IsUnknown { get; init; }
    }

    /// <summary>What the policy denies or asks about, each entry once for a license and its origin; and entries that name no license there is.</summary>
    public IEnumerable<Finding> All() =>
        policy.Decides
            ? Licenses()
                .Concat(Unknown())
                .Append(new Met(PolicySubject.Verdict, Kebab.Of(decision.Verdict), null, root.Id, [], Certainty.Yes, null))
                .Concat(decision.Bindings.SelectMany(Asked))
                .Select(m => (Met: m, Ruling: Ruling(m)))
                .Where(m => m.Ruling.Treatment != Treatment.Allow)
                .GroupBy(m => (m.Ruling.Treatment, m.Ruling.Entry, m.Met.Subject, m.Met.License, m.Met.Work))
                .Select(g => Found([.. g.Select(m => m.Met)], g.Key.Treatment, g.Key.Entry))
                .Concat(Misspelled())
            : [];

    private IEnumerable<Met> Licenses() =>
        decision
            .Bindings.Select(b => b.Binding)
            .Select(b => Of(b, PolicySubject.License, LicenseOf(b), []) with { IsUnknown = b.License is null });

    private static string LicenseOf(Binding binding) =>
        binding.License is null && binding.Origin.Licenses.IsEmpty ? PolicyEntry.Unknown : binding.Name;

    // A work of which no license is known may be under any.
    private IEnumerable<Met> Unknown() =>
        decision
            .Lineage.Works.Where(w =>
                w.Licenses.IsEmpty && !(decision.IsInternal && w == root) && !decision.Bindings.Any(b => b.Binding.Origin.Id == w.Id)
            )
            .Select(w => new Met(
                PolicySubject.License,
                PolicyEntry.Unknown,
                PolicyEntry.Unknown,
                w.Id,
                [],
                w.Kind == "dataset" && w != root ? Certainty.Arguable : Certainty.Yes,
                w.Evidence ?? decision.Lineage.Works.SelectMany(o => o.Steps).FirstOrDefault(s => s.From == w.Id)?.Evidence
            )
            {
                IsUnknown = true,
            });

    private static IEnumerable<Met> Asked(BindingAnswer bound) =>
        bound
            .Answer.Restrictions.Select(r => Of(bound.Binding, PolicySubject.Restriction, r.Restriction.ToString(), r.Rule.Clauses))
            .Concat(
                bound.Answer.Duties.Select(d =>
                    Of(bound.Binding, PolicySubject.Duty, d.Owe.Duty, d.Rule.Clauses) is var met && d.Certainty == Certainty.Arguable
                        ? met with
                        {
                            Certainty = Certainty.Arguable,
                        }
                        : met
                )
            );

    private static Met Of(Binding binding, PolicySubject subject, string name, IEnumerable<string> clauses) =>
        new(
            subject,
            name,
            LicenseOf(binding),
            binding.Origin.Id,
            [.. clauses.Select(c => new ClauseRef(binding.Name, c))],
            binding.Certainty,
            binding.Via.LastOrDefault()?.Evidence ?? binding.Origin.Of(binding.Part).Select(l => l.Claim.Evidence).FirstOrDefault()
        );

    // The entry that says most of what is meant decides, of equals the strictest; what no entry names, the policy's `otherwise`.
    private (Treatment Treatment, PolicyEntry? Entry) Ruling(Met met)
    {
        var entries = policy
            .Entries.Where(e => Speaks(e, met))
            .OrderByDescending(e => (e.License is null ? 0 : 1) + (e.Work is null ? 0 : 1))
            .ThenByDescending(e => e.Treatment);
        if (entries.FirstOrDefault() is { } entry)
        {
            return (entry.Treatment, entry);
        }
        var listed = policy.Entries.Any(e => e.Treatment == Treatment.Allow && e.Subject == met.Subject);
        var isLicense = met.Subject == PolicySubject.License;
        return (
            listed || met.IsUnknown || (isLicense && policy.Otherwise is not null) ? policy.Otherwise ?? Treatment.Deny : Treatment.Allow,
            null
        );
    }

    private bool Speaks(PolicyEntry entry, Met met) =>
        entry.Subject == met.Subject
        && (entry.Work is null || entry.Work == met.Work || entry.Work == root.Id)
        && (entry.License is null || (met.License is not null && Canonical(entry.License) == met.License))
        && entry.Subject switch
        {
            PolicySubject.License => Canonical(entry.Name) == met.Name,
            PolicySubject.Restriction => Covers(entry.Name, met.Name),
            _ => entry.Name == met.Name,
        };

    private string Canonical(string name) => catalog.Find(name)?.Id ?? name;

    private static bool Covers(string meant, string restriction)
    {
        var category = restriction.Split('@')[0];
        return meant.Contains('@', StringComparison.Ordinal)
            ? Restriction.TryParse(meant, out var least)
                && Restriction.TryParse(restriction, out var found)
                && found.Category == least.Category
                && found.Strength >= least.Strength
            : category == meant || category.StartsWith($"{meant}.", StringComparison.Ordinal);
    }

    private Finding Found(IReadOnlyList<Met> met, Treatment treatment, PolicyEntry? entry)
    {
        var first = met[0];
        var names = met.Select(m => m.Name).Distinct().ToImmutableArray();
        var kind = Kebab.Of(first.Subject);
        ImmutableArray<(string? License, string Work)> parties = [(first.License, first.Work)];
        return maker.Make(
            treatment == Treatment.Deny ? "policy-denied" : "policy-undecided",
            parties,
            met.SelectMany(m => m.Clauses),
            first.Subject == PolicySubject.License ? first.Name : $"{kind} {entry?.Name ?? "otherwise"}",
            met.Min(m => m.Certainty),
            first.Subject == PolicySubject.License ? [] : names,
            [.. new[] { first.Evidence, entry?.Evidence ?? policy.Evidence }.OfType<Evidence>()],
            ("kind", kind),
            ("license", first.License ?? ""),
            ("base", first.Work),
            ("names", string.Join(", ", names)),
            ("reason", entry?.Reason ?? ""),
            ("listed", entry is null ? "" : "yes")
        );
    }

    // A name that no license has protects nobody, unless a work declares just that.
    private IEnumerable<Finding> Misspelled()
    {
        var declared = decision
            .Lineage.Works.SelectMany(w => w.Licenses)
            .SelectMany(l => l.Expression.Singles())
            .Select(s => s.Id)
            .Append(PolicyEntry.Unknown)
            .ToHashSet(StringComparer.Ordinal);
        return policy
            .Entries.Select(e => (Entry: e, Name: e.Subject == PolicySubject.License ? e.Name : e.License))
            .Where(e => e.Name is not null && !declared.Contains(e.Name))
            .Select(e => (e.Entry, Name: e.Name!, Found: catalog.Resolve(e.Name!)))
            .Where(e => e.Found is not Resolution.Known)
            .Select(e =>
            {
                var meant = e.Found switch
                {
                    Resolution.Ambiguous ambiguous => ambiguous.Candidates.Select(c => c.Id),
                    Resolution.Unknown unknown => unknown.Nearest,
                    _ => [],
                };
                var (or, orZh) = meant.Any()
                    ? ($" (did you mean {string.Join(" or ", meant)}?)", $"（是否指 {string.Join(" 或 ", meant)}？）")
                    : ("", "");
                var finding = maker.Make("metadata-invalid", [], [], $"policy {e.Name}", Certainty.Yes, [], [e.Entry.Evidence]);
                return finding with
                {
                    Message = new Text(
                        $"the policy names `{e.Name}`, which is no license of the catalog{or}; it counts only where a work declares just that name",
                        $"策略中的 `{e.Name}` 不是目录中的许可证{orZh}；仅当作品声明的正是这一名称时才起作用"
                    ),
                };
            });
    }
}
