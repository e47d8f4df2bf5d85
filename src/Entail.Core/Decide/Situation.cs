using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>One way the facts may be, as far as it is known: answers tests of guards with yes, no or unknown (null).</summary>
public sealed class Situation
{
    private readonly Facts facts;
    private readonly string license;
    private readonly ImmutableSortedDictionary<string, FactValue> supposed;
    private readonly Territories territories;
    private readonly DateOnly today;

    /// <summary>The situation of a question to <paramref name="license"/>.</summary>
    public Situation(Facts facts, string license, Territories territories, DateOnly today)
        : this(facts, license, territories, today, ImmutableSortedDictionary.Create<string, FactValue>(StringComparer.Ordinal)) { }

    private Situation(
        Facts facts,
        string license,
        Territories territories,
        DateOnly today,
        ImmutableSortedDictionary<string, FactValue> supposed
    )
    {
        this.facts = facts;
        this.license = license;
        this.territories = territories;
        this.today = today;
        this.supposed = supposed;
    }

    /// <summary>The same situation, supposing that an unknown fact has that value.</summary>
    public Situation Suppose(string fact, FactValue value) => new(facts, license, territories, today, supposed.SetItem(fact, value));

    /// <summary>True where the value rests on an assumption rather than on what was said.</summary>
    public bool IsAssumed(string fact) => facts.Assume && Said(fact) is null && Ordinary(fact) is not null;

    /// <summary>The value of a fact: said, supposed or assumed; null where it is unknown.</summary>
    public FactValue? Value(string fact) => Said(fact) ?? (facts.Assume ? Ordinary(fact) : null);

    // An amount said of other licenses only says nothing of this one.
    private FactValue? Said(string fact) =>
        supposed.TryGetValue(fact, out var value) || facts.Known.TryGetValue(fact, out value)
            ? value is FactValue.ByLicense by
                ? by.Amounts.GetValueOrDefault(license)
                : value
            : null;

    /// <summary>Whether a guard holds (Kleene's strong three-valued logic); null where an unknown fact decides.</summary>
    public bool? Holds(Guard guard) =>
        guard switch
        {
            Guard.Always => true,
            Guard.Not not => !Holds(not.Operand),
            Guard.All all => Fold(all.Operands, decisive: false),
            Guard.Any any => Fold(any.Operands, decisive: true),
            Guard.Test { Fact: "territory" or "seat" } test => Placed(test),
            Guard.Test test => Passes(test, Value(test.Fact)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private bool? Fold(ImmutableArray<Guard> operands, bool decisive)
    {
        bool? result = !decisive;
        foreach (var operand in operands)
        {
            var value = Holds(operand);
            if (value == decisive)
            {
                return decisive;
            }
            result = value is null ? null : result;
        }
        return result;
    }

    /// <summary>Whether a test of anything but a place passes for a value; null where the value is unknown or does not tell.</summary>
    internal static bool? Passes(Guard.Test test, FactValue? value) =>
        (test, value) switch
        {
            (Guard.IsTrue, FactValue.Flag flag) => flag.Value,
            (Guard.Number number, FactValue.Amount amount) => Compare(number, amount),
            (Guard.Date date, FactValue.Day day) => Meets(day.Date.CompareTo(date.Limit), date.Operator),
            (Guard.Names names, FactValue.Names known) => Compare(names.How, known.Values, names.Values),
            _ => null,
        };

    private static bool? Compare(Guard.Number test, FactValue.Amount amount)
    {
        var product = Meets(amount.Product.CompareTo(test.Limit), test.Operator);
        var group = Meets(amount.Group.CompareTo(test.Limit), test.Operator);
        return test.Of switch
        {
            Guard.Scope.Product => product,
            Guard.Scope.Group => group,
            _ => product == group ? product : null,
        };
    }

    // Who belongs to a group of places depends on the day: where that is unknown, every change of members must give the same answer.
    private bool? Placed(Guard.Test test)
    {
        if (test is not Guard.Names names || Value(test.Fact) is not FactValue.Names { Values: var values })
        {
            return null;
        }
        var days = Value("date") is FactValue.Day day ? [day.Date] : territories.Turns.Prepend(today);
        var answers = days.Select(d => Compare(names.How, territories.Expand(values, d), territories.Expand(names.Values, d)))
            .Distinct()
            .ToList();
        return answers is [var one] ? one : null;
    }

    private static bool Compare(Guard.Membership how, ImmutableSortedSet<string> named, ImmutableSortedSet<string> listed) =>
        how switch
        {
            Guard.Membership.In or Guard.Membership.Within => named.Count > 0 && named.All(listed.Contains),
            _ => named.Any(listed.Contains),
        };

    /// <summary>The names themselves, and the members of those that are groups, as of the day.</summary>
    public IEnumerable<string> WithMembers(IReadOnlyCollection<string> names) =>
        names.Concat(territories.Expand(names, Value("date") is FactValue.Day day ? day.Date : today)).Distinct();

    private static bool Meets(int comparison, Guard.Comparison op) =>
        op switch
        {
            Guard.Comparison.Less => comparison < 0,
            Guard.Comparison.AtMost => comparison <= 0,
            Guard.Comparison.AtLeast => comparison >= 0,
            _ => comparison > 0,
        };

    /// <summary>The ordinary answer that every question presumes (DESIGN, Meaning); null where nothing is presumed.</summary>
    private FactValue? Ordinary(string fact) =>
        fact switch
        {
            "mau" or "mau-at-release" or "dau" or "annual-revenue-usd" or "monthly-revenue-usd" => new FactValue.Amount(0, 0),
            "agreement" or "breach" or "same-model" => new FactValue.Flag(false),
            "litigation" => FactValue.Names.Of(["none"]),
            "role" => FactValue.Names.Of(["licensee"]),
            "date" => new FactValue.Day(today),
            _ => null,
        };
}
