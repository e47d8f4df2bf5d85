using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>Something the outbound license lacks.</summary>
/// <param name="Kind">restriction, duty, grant, share-alike, ceiling; text for words of a text in hand that may lift what is asked for.</param>
/// <param name="Id">The restriction, duty or act; for a text, the place.</param>
/// <param name="License">The inbound license that asks for it.</param>
/// <param name="Clauses">The clauses that say so.</param>
public sealed record MissingItem(string Kind, string Id, string License, ImmutableArray<ClauseRef> Clauses) : IComparable<MissingItem>
{
    /// <inheritdoc/>
    public int CompareTo(MissingItem? other) =>
        other is null ? 1 : string.CompareOrdinal($"{License} {Kind} {Id}", $"{other.License} {other.Kind} {other.Id}");

    /// <inheritdoc/>
    public bool Equals(MissingItem? other) => other is not null && Kind == other.Kind && Id == other.Id && License == other.License;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Id, License);
}

/// <summary>What shall travel under another license: the licensed work or a derivative, how it was made, and which part.</summary>
public sealed record Result(Subject Subject, ImmutableArray<Act> MadeBy, Part? Part);

/// <summary>What <paramref name="outbound"/> lacks to carry what <paramref name="inbound"/> asks, on one reading; empty when it conveys.</summary>
public delegate (ImmutableArray<MissingItem> Missing, ImmutableArray<Rule> Because) ConveyanceCheck(
    License inbound,
    LicenseExpression outbound,
    Result result,
    Situation situation,
    Reading reading
);

/// <summary>May a work bound by one license travel under another? (DESIGN, "May the result carry license D?")</summary>
/// <param name="find">Finds a license of the catalog by any id; null where it has none.</param>
/// <param name="carried">What an outbound license says by the texts that go with the work; null where only its name is known.</param>
public sealed class Conveyance(Func<string, License?> find, Func<License, EffectiveLicense>? carried = null)
{
    /// <summary>
    /// The check for one inbound license. An outbound license outside the catalog lacks everything strictly and nothing leniently. A passage of its
    /// text that nobody has mapped may restrict anything, so leniently nothing is lacking, and may lift anything, so strictly something is. Under
    /// the inbound license's own name with other words, the result travels under the same license leniently only; what it keeps is what they say.
    /// </summary>
    public (ImmutableArray<MissingItem> Missing, ImmutableArray<Rule> Because) Check(
        License inbound,
        LicenseExpression outbound,
        Result result,
        Situation situation,
        Reading reading
    )
    {
        // Each branch of OR is one the recipient may choose, so each must convey.
        var branches = Branches(outbound).Select(b => Check(inbound, b, result, situation, reading)).ToList();
        return ([.. branches.SelectMany(b => b.Missing).Distinct().Order()], [.. branches.SelectMany(b => b.Because).Distinct()]);
    }

    /// <summary>The outbound expression as alternatives, each a set of licenses that bind together.</summary>
    internal static IEnumerable<ImmutableArray<LicenseExpression.Single>> Branches(LicenseExpression expression) =>
        expression switch
        {
            LicenseExpression.Single single =>
            [
                [single],
            ],
            LicenseExpression.Or or => or.Operands.SelectMany(Branches),
            LicenseExpression.And and => and
                .Operands.Select(Branches)
                .Aggregate(
                    (IEnumerable<ImmutableArray<LicenseExpression.Single>>)
                        [
                            [],
                        ],
                    (all, next) => all.SelectMany(a => next.Select(n => a.AddRange(n)))
                ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private (ImmutableArray<MissingItem> Missing, ImmutableArray<Rule> Because) Check(
        License inbound,
        ImmutableArray<LicenseExpression.Single> outbound,
        Result result,
        Situation situation,
        Reading reading
    )
    {
        var strict = reading == Reading.Strict;
        var licenses = outbound.Select(o => find(o.Id)).ToList();
        var known = licenses.OfType<License>().Select(l => carried?.Invoke(l) ?? EffectiveLicense.Unchanged(l)).ToList();
        var unread = known.SelectMany(l => l.Unread).ToList();
        var unknown = licenses.Any(l => l is null) || unread.Count > 0;
        var own = known.FindAll(l => l.License.Id == inbound.Id);
        var carries = own.Exists(l => !l.IsChanged);
        var resembles = own.Count > 0;
        var missing = new List<MissingItem>();
        var because = new List<Rule>();

        var rules = inbound
            .Rules.Where(r => r.Of.Contains(result.Subject) && (r.Parts.IsEmpty || result.Part is not { } part || r.Parts.Contains(part)))
            .ToList();
        var terms = rules.Where(r => r.Effect is Effect.Terms && (strict ? Surely(r) : situation.Holds(r.When) != false)).ToList();
        var sharing = rules
            .Where(r => r.Effect is Effect.Owe { Duty: "share-alike" })
            .Where(r => r.MadeBy.IsEmpty || result.MadeBy.IsEmpty || r.MadeBy.Intersect(result.MadeBy).Any())
            .ToList();
        var shareAlike = sharing.Where(Binds).ToList();
        // A share-alike duty also permits: it names the licenses that the result may travel under.
        var permitting = sharing.Where(r => strict ? Surely(r) : situation.Holds(r.When) != false).ToList();
        var ceilings = rules.Where(r => r.Effect is Effect.Owe { Duty: "no-further-restrictions" } && Binds(r)).ToList();
        because.AddRange(terms.Concat(shareAlike));

        if (!carries)
        {
            // Made in some way that is not known: leniently one rule that accepts is enough, strictly all must.
            var refusing = shareAlike.Where(r => !Accepts(r)).ToList();
            if (refusing.Count > 0 && (strict || (!unknown && !resembles && (!result.MadeBy.IsEmpty || !permitting.Exists(Accepts)))))
            {
                refusing.ForEach(r => Lacks("share-alike", inbound.Id, r));
            }
            var any = terms.Where(r => ((Effect.Terms)r.Effect).AnyLicense).ToList();
            // Outputs that the licensor does not claim need no right to be put under a license, unless the text has terms for them.
            var free =
                result.Subject == Subject.Output
                && !rules.Exists(r => r.Effect is Effect.Terms)
                && inbound.Rules.Any(r =>
                    r.Effect is Effect.Own { What: "outputs", By: not "licensor" }
                    && (strict ? Surely(r) : situation.Holds(r.When) != false)
                );
            if (any.Count == 0 && permitting.Count == 0 && !free && (strict || (!unknown && !resembles)))
            {
                missing.Add(new MissingItem("grant", "relicense", inbound.Id, Cite(terms)));
            }
            var keep = rules.Where(r => r.Effect is Effect.Terms { KeepRestrictions: true } && Binds(r)).ToList();
            if (keep.Count > 0 && (strict || !unknown))
            {
                because.AddRange(keep);
                // A clause that stands there word for word is kept, however its words are read.
                var standing = own.SelectMany(l => l.License.Rules).ToHashSet<Rule>(ReferenceEqualityComparer.Instance);
                var prints = known
                    .SelectMany(l => l.License.Rules)
                    .Where(r => r.Effect is Effect.Restrict)
                    .Select(r => r.Print)
                    .ToHashSet();
                var asked = inbound with
                {
                    Rules = inbound.Rules.RemoveAll(r => standing.Contains(r) || (r.Print != 0 && prints.Contains(r.Print))),
                };
                var kept = known.SelectMany(l => l.License.Restrictions(strict ? Reading.Lenient : Reading.Strict)).ToList();
                foreach (var restriction in asked.Restrictions(reading).Where(r => !kept.Any(k => k.Covers(r))))
                {
                    missing.Add(new MissingItem("restriction", restriction.ToString(), inbound.Id, Cite(Ruling(restriction).Concat(keep))));
                }
                if (strict && inbound.Unread is { } policy)
                {
                    missing.Add(
                        new MissingItem(
                            "restriction",
                            policy.Url,
                            inbound.Id,
                            [.. Cite(keep), .. policy.IncorporatedBy.Select(c => new ClauseRef(inbound.Id, c))]
                        )
                    );
                }
                missing.AddRange(unread.Select(u => new MissingItem("text", u.Where, inbound.Id, Cite(keep))));
            }
        }
        foreach (var ceiling in ceilings)
        {
            var allowed = inbound.Restrictions(strict ? Reading.Lenient : Reading.Strict).ToList();
            var added = known.Where(l => l.License.Id != inbound.Id).SelectMany(l => l.License.Restrictions(reading)).Distinct();
            foreach (var restriction in added.Where(r => !allowed.Any(a => a.Covers(r))))
            {
                Lacks("ceiling", restriction.ToString(), ceiling);
            }
            if (unknown && strict)
            {
                Lacks("ceiling", "unknown", ceiling);
            }
        }
        return ([.. missing.Distinct().Order()], [.. because.Distinct()]);

        bool Surely(Rule rule) => rule.Certainty == Certainty.Yes && situation.Holds(rule.When) == true;
        bool Binds(Rule rule) => strict ? situation.Holds(rule.When) != false : Surely(rule);
        bool Accepts(Rule rule) => known.Exists(l => ((Effect.Owe)rule.Effect).Accepts.Contains(l.License.Id) && (!strict || !l.IsChanged));
        void Lacks(string kind, string id, Rule rule)
        {
            missing.Add(new MissingItem(kind, id, inbound.Id, Cite([rule])));
            because.Add(rule);
        }
        ImmutableArray<ClauseRef> Cite(IEnumerable<Rule> cited) =>
            [.. cited.SelectMany(r => r.Clauses).Distinct().Select(c => new ClauseRef(inbound.Id, c))];
        IEnumerable<Rule> Ruling(Restriction restriction) =>
            inbound.Rules.Where(r => r.Effect is Effect.Restrict restrict && restrict.Uses.Contains(restriction));
    }
}
