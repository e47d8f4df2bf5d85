using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>May a work bound by several licenses travel under another?</summary>
/// <param name="From">The binding licenses, canonical where the catalog knows them.</param>
/// <param name="To">The outbound expression.</param>
/// <param name="Conveys">Yes, no, or unclear.</param>
/// <param name="Result">The expression that describes the result, with the licenses that recipients receive directly.</param>
/// <param name="Missing">What the outbound license lacks on some reading.</param>
/// <param name="Because">The rules behind it.</param>
/// <param name="Unknown">Licenses the catalog does not have.</param>
public sealed record CompatResult(
    ImmutableArray<string> From,
    string To,
    Answer3 Conveys,
    string Result,
    ImmutableArray<MissingItem> Missing,
    ImmutableArray<(License License, Rule Rule)> Because,
    ImmutableArray<string> Unknown
)
{
    /// <summary>Among the licenses that may be chosen, one of those that convey the least.</summary>
    public bool Least { get; init; }
}

/// <summary>Compares what binds with what is offered, and lists the licenses one may choose.</summary>
public sealed class Compatibility(CompiledCatalog catalog, ExpressionDecider decider)
{
    /// <summary>May a derivative bound by <paramref name="from"/> carry <paramref name="to"/>?</summary>
    public CompatResult Check(IReadOnlyList<string> from, LicenseExpression to, Facts facts)
    {
        // An ambiguous tag stands for each of its candidates.
        var inbound = from.SelectMany(f =>
                decider.Candidates(f) is { IsEmpty: false } candidates
                    ? candidates.Select(c => (Name: f, License: (License?)c))
                    : [(Name: f, License: catalog.Find(f))]
            )
            .ToList();
        var unknown = inbound
            .Where(i => i.License is null)
            .Select(i => i.Name)
            .Concat(to.Singles().Where(s => catalog.Find(s.Id) is null).Select(s => s.Id))
            .Distinct()
            .ToImmutableArray();
        var checks = inbound
            .Where(i => i.License is not null)
            .Select(i => (License: i.License!, Result: decider.Single.Conveys(i.License!, to, Subject.Derivative, facts)))
            .ToList();
        var clashes = Clashes([.. checks.Select(c => c.License)]);
        var answers = checks.Select(c => c.Result.Conveys).Concat(clashes.IsEmpty ? [] : [Answer3.No]).ToList();
        var conveys =
            answers.Contains(Answer3.No) ? Answer3.No
            : answers.Contains(Answer3.Unclear) || !unknown.IsEmpty ? Answer3.Unclear
            : Answer3.Yes;
        var layers = checks
            .Where(c => c.License.Rules.Any(r => r.Effect is Effect.Terms { Layer: true } && r.Of.Contains(Subject.Derivative)))
            .Select(c => c.License.Id);
        var outbound = Canonical(to);
        var named = to.Singles().Select(s => catalog.Find(s.Id)?.Id ?? s.Id).ToHashSet(StringComparer.Ordinal);
        return new CompatResult(
            [.. inbound.Select(i => i.License?.Id ?? i.Name)],
            outbound,
            conveys,
            string.Join(
                " AND ",
                layers
                    .Where(l => !named.Contains(l))
                    .Distinct()
                    .Prepend(outbound.Contains(" OR ", StringComparison.Ordinal) ? $"({outbound})" : outbound)
            ),
            [.. checks.SelectMany(c => c.Result.Missing).Concat(clashes).Distinct().Order()],
            [.. checks.SelectMany(c => c.Result.Because.Select(r => (c.License, r)))],
            unknown
        );
    }

    /// <summary>
    /// Expressions near the one asked for that do convey: with the lacking licenses beside it, or a license that share-alike asks for. Each is checked.
    /// </summary>
    public ImmutableArray<string> Repairs(CompatResult result, Facts facts)
    {
        var beside = result.Missing.Where(m => m.Kind is "restriction" or "grant").Select(m => m.License).Distinct().Prepend(result.To);
        var alike = result.Missing.Where(m => m.Kind == "share-alike").Select(m => m.License).Distinct();
        return
        [
            .. alike
                .Prepend(string.Join(" AND ", beside.Distinct()))
                .Where(e => e != result.To)
                .Distinct()
                .Where(e => Check(result.From, LicenseExpression.Parse(e), facts) is { Conveys: Answer3.Yes }),
        ];
    }

    /// <summary>
    /// Every license of the catalog as an outbound license, best first: yes before unclear before no; of those that convey the least first
    /// (see <see cref="Join"/>), then fewer missing items, then fewer duties and restrictions.
    /// </summary>
    public ImmutableArray<CompatResult> Choose(IReadOnlyList<string> from, Facts facts)
    {
        var results = catalog.LicenseIds.Select(id => Check(from, new LicenseExpression.Single(id, null), facts)).ToList();
        var least = Join([.. results.Where(r => r.Conveys == Answer3.Yes).Select(r => r.To)], facts);
        return
        [
            .. results
                .Select(r => r with { Least = least.Contains(r.To) })
                .OrderBy(r =>
                    r.Conveys switch
                    {
                        Answer3.Yes => 0,
                        Answer3.Unclear => 1,
                        _ => 2,
                    }
                )
                .ThenBy(r => !r.Least)
                .ThenBy(r => r.Missing.Length)
                .ThenBy(r => Demands(r.To))
                .ThenBy(r => r.To, StringComparer.Ordinal),
        ];
    }

    // How much a license asks of whoever gets the result.
    private int Demands(string license) => catalog.Find(license)?.Rules.Count(r => r.Effect is Effect.Restrict or Effect.Owe) ?? 0;

    /// <summary>
    /// Of licenses that convey what binds, those that convey the least: none of the others is strictly below them, that is, may be exchanged for
    /// them but not they for it. Licenses are only partly ordered, so there may be several; each is a least upper bound of what binds.
    /// </summary>
    public ImmutableHashSet<string> Join(IReadOnlyList<string> conveying, Facts facts)
    {
        bool Below(string lower, string upper) =>
            Check([lower], new LicenseExpression.Single(upper, null), facts).Conveys == Answer3.Yes
            && Check([upper], new LicenseExpression.Single(lower, null), facts).Conveys != Answer3.Yes;
        return [.. conveying.Where(c => !conveying.Any(other => other != c && Below(other, c)))];
    }

    /// <summary>True for a license that asks for words at a certain place, without which it clashes with none.</summary>
    public static bool HasPosition(License license) => license.Rules.Any(IsPosition);

    private static bool IsPosition(Rule rule) => rule.Effect is Effect.Owe { Position: "start", Words: not null };

    /// <summary>Duties of several licenses that cannot all be met: names that must each come first.</summary>
    public static ImmutableArray<MissingItem> Clashes(IReadOnlyList<License> licenses)
    {
        var first = licenses
            .SelectMany(l => l.Rules.Where(IsPosition).Select(r => (License: l, Rule: r, Owe: (Effect.Owe)r.Effect)))
            .ToList();
        // A name that begins with the longest of the words meets all that are its beginning, as "Llama 3" meets "Llama".
        var longest = first.Select(f => f.Owe.Words!).MaxBy(w => w.Length) ?? "";
        return first.TrueForAll(f => longest.StartsWith(f.Owe.Words!, StringComparison.OrdinalIgnoreCase))
            ? []
            :
            [
                .. first
                    .DistinctBy(f => f.License.Id)
                    .Select(f => new MissingItem(
                        "duty",
                        f.Owe.Duty,
                        f.License.Id,
                        [.. f.Rule.Clauses.Select(c => new ClauseRef(f.License.Id, c))]
                    )),
            ];
    }

    /// <summary>The expression with canonical ids where the catalog knows them.</summary>
    public string Canonical(LicenseExpression expression) =>
        expression switch
        {
            LicenseExpression.Single single => (catalog.Find(single.Id)?.Id ?? single.Id)
                + (single.Exception is null ? "" : $" WITH {single.Exception}"),
            LicenseExpression.And and => string.Join(
                " AND ",
                and.Operands.Select(o => o is LicenseExpression.Or ? $"({Canonical(o)})" : Canonical(o))
            ),
            LicenseExpression.Or or => string.Join(" OR ", or.Operands.Select(Canonical)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
