using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>Random questions to a license, by a seed: any acts and subjects, and most of the facts that its guards test, around their limits.</summary>
internal static class AnyQuestion
{
    private static readonly Act[] Making = [.. Acts.All.Where(a => a.Makes())];

    public static Question Of(Random random, License license, string[] names)
    {
        T One<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
        ImmutableArray<Act> Few(int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => One(Making)).Distinct()];
        string[] wanted = [One(names), One(names)];
        Subject? strict =
            random.Next(4) == 0 ? One([(Subject?)null, Subject.Original, Subject.Derivative, Subject.Output]) : Subject.Original;
        return new Question(
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => One(Acts.All))],
            random.Next(3) != 0
                ? null
                : LicenseExpression.Parse(random.Next(3) == 0 ? string.Join(One([" AND ", " OR "]), wanted) : wanted[0]),
            One([(Subject?)null, null, Subject.Original, Subject.Derivative, Subject.Output]),
            random.Next(3) == 0 ? Few(2) : [],
            One([(Part?)null, null, Part.Weights, Part.Code, Part.Data]),
            Facts(random, license),
            new Standing(random.Next(4) == 0 ? null : strict, strict, random.Next(4) == 0 ? Few(2) : [], random.Next(8) == 0)
        );
    }

    private static Facts Facts(Random random, License license)
    {
        var facts = Core.Model.Facts.None with { Assume = random.Next(4) != 0 };
        var tests = license.Rules.SelectMany(r => r.When.Tests()).ToLookup(t => t.Fact, StringComparer.Ordinal);
        foreach (
            var fact in tests.Select(g => g.Key).Concat(["purpose", "agreement", "registered"]).Distinct().Order(StringComparer.Ordinal)
        )
        {
            if (random.Next(6) != 0)
            {
                facts = facts.With(fact, Value(random, fact, [.. tests[fact]], license));
            }
        }
        return facts;
    }

    private static FactValue Value(Random random, string fact, ImmutableArray<Guard.Test> tests, License license)
    {
        if (fact == "purpose")
        {
            string[] uses =
            [
                .. license
                    .Rules.Select(r => r.Effect)
                    .OfType<Effect.Restrict>()
                    .SelectMany(r => r.Uses)
                    .Select(u => $"{u.Category}@{u.Strength}"),
            ];
            return FactValue.Names.Of(
                random.Next(4) switch
                {
                    0 when uses.Length > 0 => [uses[random.Next(uses.Length)]],
                    1 => ["research"],
                    2 => ["MIL.MILITARY@1"],
                    _ => [],
                }
            );
        }
        switch (tests.IsEmpty ? null : tests[random.Next(tests.Length)])
        {
            case Guard.Number number:
                decimal Near() => number.Limit + random.Next(-1, 2);
                var product = Near();
                return new FactValue.Amount(product, Math.Max(product, Near()));
            case Guard.Date date:
                return new FactValue.Day(date.Limit.AddDays(random.Next(-1, 2)));
            case Guard.Names names:
                return FactValue.Names.Of(random.Next(3) == 0 ? ["other"] : [names.Values[random.Next(names.Values.Count)]]);
            default:
                return new FactValue.Flag(random.Next(2) == 0);
        }
    }
}
