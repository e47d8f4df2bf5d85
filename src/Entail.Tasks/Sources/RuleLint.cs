using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Tasks.Sources;

/// <summary>Rules that say nothing, say what another says, or take back what another gives: each is a mistake of whoever wrote them.</summary>
internal sealed class RuleLint(License license, IReadOnlyDictionary<string, FactDefinition> facts)
{
    // Guards of more combinations than this are not looked into.
    private const int MostWorlds = 4096;

    private static readonly Territories NoPlaces = new([]);

    /// <summary>The rules at fault, with what to do about each.</summary>
    public IEnumerable<(Rule Rule, string Message)> Problems()
    {
        foreach (var rule in license.Rules)
        {
            var message = Vacuous(rule) ?? Shadowed(rule) ?? Contradicted(rule);
            if (message is not null)
            {
                yield return (rule, message);
            }
        }
    }

    private string? Vacuous(Rule rule)
    {
        if (rule.Acts.IsEmpty && rule.Effect is Effect.Grant or Effect.Prohibit or Effect.Outside or Effect.Pass)
        {
            return $"rule `{rule.Id}` names no act; name those it speaks of";
        }
        if (rule.Effect is Effect.Restrict { Uses.IsEmpty: true })
        {
            return $"rule `{rule.Id}` rules nothing out; name the uses";
        }
        if (rule.Effect is Effect.Pass && rule.Acts.Where(a => !a.Makes()).ToList() is [var idle, ..])
        {
            return $"rule `{rule.Id}` says what `{idle.Name()}` makes, which makes nothing; take it out";
        }
        if (rule.MadeBy.Where(a => !a.Makes()).ToList() is [var unmade, ..])
        {
            return $"rule `{rule.Id}` speaks of results made by `{unmade.Name()}`, which makes nothing; take it out";
        }
        if (!rule.MadeBy.IsEmpty && !rule.Acts.IsEmpty && !rule.Acts.Any(a => a.HasSubject()))
        {
            return $"rule `{rule.Id}` speaks of results, but none of its acts shares one; take out `made-by:`, or name acts such as `distribute`";
        }
        if (rule.When is not Guard.Always && Worlds([rule.When]) is { } worlds)
        {
            var outcomes = worlds.Select(w => w.Holds(rule.When)).Distinct().ToList();
            if (outcomes is [false])
            {
                return $"the guard of rule `{rule.Id}` never holds: {rule.When}";
            }
            if (outcomes is [true])
            {
                return $"the guard of rule `{rule.Id}` always holds; leave it out: {rule.When}";
            }
        }
        return null;
    }

    private string? Shadowed(Rule rule) =>
        license.Rules.FirstOrDefault(other => other != rule && Covers(other, rule)) is { } cover
            ? $"rule `{rule.Id}` says nothing that rule `{cover.Id}` does not say; drop it, or say what is different about it"
            : null;

    // Of two rules that say the same the later one is at fault.
    private bool Covers(Rule other, Rule rule) =>
        (Says(other.Effect, rule.Effect) || (rule.Effect is Effect.Owe && other.Meaning() == rule.Meaning()))
        && other.Certainty <= rule.Certainty
        && Includes(other.Acts, rule.Acts)
        && rule.Of.All(other.Of.Contains)
        && Includes(other.MadeBy, rule.MadeBy)
        && Includes(other.Parts, rule.Parts)
        && other.Reach >= rule.Reach
        && (other.When is Guard.Always || other.When.ToString() == rule.When.ToString())
        && (other.Meaning() != rule.Meaning() || license.Rules.IndexOf(other) < license.Rules.IndexOf(rule));

    private static bool Includes<T>(ImmutableArray<T> all, ImmutableArray<T> some) =>
        all.IsEmpty || (!some.IsEmpty && some.All(all.Contains));

    private static bool Says(Effect other, Effect effect) =>
        (other, effect) switch
        {
            (Effect.Grant a, Effect.Grant b) => b.Overrides.All(a.Overrides.Contains),
            (Effect.Restrict a, Effect.Restrict b) => b.Uses.All(u => a.Uses.Any(o => o.Covers(u))),
            // Several clauses may ask for more of the same duty where the work was changed, say; only the very same is said twice.
            (Effect.Owe, Effect.Owe) => false,
            _ => other == effect,
        };

    private string? Contradicted(Rule rule)
    {
        switch (rule.Effect)
        {
            case Effect.Grant:
                foreach (var act in rule.Acts)
                {
                    var barring = license.Rules.FirstOrDefault(other => Bars(other, rule, act));
                    if (barring is not null)
                    {
                        return $"rule `{rule.Id}` grants `{act.Name()}`, but wherever it holds rule `{barring.Id}` prohibits that; take the act out, "
                            + $"narrow the guard, or name the exception: `overrides: [{barring.Id}]`";
                    }
                }
                return null;
            case Effect.Own own:
                return Other(
                    o => o.Effect is Effect.Own second && second.What == own.What && second.By != own.By,
                    "says that another owns them"
                );
            case Effect.Terms terms:
                return Other(
                    o =>
                        o.Effect is Effect.Terms second
                        && second.AnyLicense != terms.AnyLicense
                        && o.Of.Any(rule.Of.Contains)
                        && Includes(o.Parts, rule.Parts),
                    "lets the same subject travel under other terms"
                );
            default:
                return null;
        }

        string? Other(Func<Rule, bool> contradicts, string how) =>
            license.Rules.FirstOrDefault(o => o.Certainty == rule.Certainty && o.When.ToString() == rule.When.ToString() && contradicts(o))
                is { } other
                ? $"rule `{rule.Id}` contradicts rule `{other.Id}`, which {how}; tell them apart by a guard, or mark both arguable"
                : null;
    }

    /// <summary>True where a certain prohibition of everything that the grant gives for an act holds whenever the grant does.</summary>
    private bool Bars(Rule other, Rule grant, Act act) =>
        other.Effect is Effect.Prohibit { Way: false }
        && other.Certainty == Certainty.Yes
        && other.Acts.Contains(act)
        && (act.ConcernsOutputs() || grant.Of.All(other.Of.Contains))
        && Includes(other.MadeBy, grant.MadeBy)
        && Includes(other.Parts, grant.Parts)
        && !license.Rules.Any(r => r.Effect is Effect.Grant g && g.Overrides.Contains(other.Id))
        && (
            other.When is Guard.Always
            || (
                Worlds([grant.When, other.When]) is { } worlds
                && worlds.All(w => w.Holds(grant.When) != true || w.Holds(other.When) == true)
            )
        );

    /// <summary>Every combination of facts that these guards tell apart; null where they are too many or one cannot be tried.</summary>
    private List<Situation>? Worlds(IEnumerable<Guard> guards)
    {
        List<Situation> worlds = [new Situation(Facts.None with { Assume = false }, license.Id, NoPlaces, DateOnly.MinValue)];
        foreach (var group in guards.SelectMany(g => g.Tests()).GroupBy(t => t.Fact, StringComparer.Ordinal))
        {
            var possible = Possibilities.Of(group.Key, [.. group], facts.GetValueOrDefault(group.Key), worlds[0]);
            if (possible.IsEmpty || possible.Length * worlds.Count > MostWorlds)
            {
                return null;
            }
            worlds = [.. worlds.SelectMany(w => possible.Select(p => w.Suppose(p.Fact, p.Value)))];
        }
        return worlds;
    }
}
