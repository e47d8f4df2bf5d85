using System.Collections.Immutable;
using Entail.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Decide;

/// <summary>
/// Random guards, facts, licenses and questions. The licenses are small and dense: few facts, few acts and few restrictions, so that rules meet.
/// </summary>
internal static class Any
{
    private static readonly Text NoText = new("", "");

    // A few acts of every kind; the rest of the acts differ from these in name only.
    private static readonly Act[] SomeActs =
    [
        Act.Run,
        Act.Copy,
        Act.FineTune,
        Act.Quantize,
        Act.Embed,
        Act.TrainOnOutputs,
        Act.UseOutputs,
        Act.PublishOutputs,
        Act.Distribute,
        Act.Host,
        Act.Sell,
        Act.Relicense,
    ];

    private static readonly Act[] MakingActs = [Act.FineTune, Act.Quantize, Act.Embed, Act.TrainOnOutputs];

    private static readonly Restriction[] SomeUses = [new("MIL.MILITARY", 1), new("MIL.MILITARY", 2), new("SCP.NC", 1)];

    // Facts whose ordinary answer every question presumes: learning the contrary may change everything (DESIGN, Facts).
    private static readonly string[] AssumedFacts = ["mau", "agreement", "litigation", "date"];

    private static readonly string[] OpenFacts =
    [
        "commercial",
        "imitate",
        "registered",
        "entity",
        "recipients",
        "territory",
        "seat",
        "purpose",
    ];

    /// <summary>Random values of facts, of the type the taxonomy gives them.</summary>
    public static Gen<FactValue> Value(string fact) =>
        fact switch
        {
            "mau" => from product in Gen.Choose(0, 4)
            from more in Gen.Elements(0, 0, 1, 3)
            from other in Gen.Elements("this", "other")
            from byLicense in Gen.Choose(0, 9)
            select byLicense == 0
                ? new FactValue.ByLicense(
                    ImmutableSortedDictionary.Create<string, FactValue.Amount>(StringComparer.Ordinal).Add(other, new(product, product))
                )
                : (FactValue)new FactValue.Amount(product, product + more),
            "entity" => One("individual", "academic", "nonprofit", "company", "government", "military"),
            "litigation" => One("none", "patent", "other-ip", "defensive"),
            "seat" => One("DE", "FR", "GB", "CN", "US"),
            "recipients" => Several("internal", "affiliates", "contractor", "customers", "public"),
            "territory" => Several("EU", "DE", "FR", "GB", "CN", "US"),
            "purpose" => Several("research", "personal", "MIL.MILITARY@1", "MIL.MILITARY@2", "SCP.NC@1"),
            "date" => Gen.Elements(new DateOnly(2019, 6, 1), new DateOnly(2025, 1, 1), new DateOnly(2026, 11, 1))
                .Select(d => (FactValue)new FactValue.Day(d)),
            _ => Gen.Elements(true, false).Select(b => (FactValue)new FactValue.Flag(b)),
        };

    private static Gen<FactValue> One(params string[] values) => Gen.Elements(values).Select(v => (FactValue)FactValue.Names.Of([v]));

    private static Gen<FactValue> Several(params string[] values) => Gen.SubListOf(values).Select(v => (FactValue)FactValue.Names.Of(v));

    private static Gen<string> Fact => Gen.Elements(AssumedFacts.Concat(OpenFacts));

    /// <summary>One test of one fact.</summary>
    private static Gen<Guard> Test(string fact) =>
        fact switch
        {
            "mau" => from scope in Gen.Elements(Enum.GetValues<Guard.Scope>())
            from how in Gen.Elements(Enum.GetValues<Guard.Comparison>())
            from limit in Gen.Choose(1, 3)
            select (Guard)new Guard.Number(fact, scope, how, limit),
            "date" => from how in Gen.Elements(Enum.GetValues<Guard.Comparison>())
            from day in Value("date")
            select (Guard)new Guard.Date(fact, how, ((FactValue.Day)day).Date),
            "entity" or "litigation" or "seat" => Names(fact, Guard.Membership.In),
            "recipients" or "territory" or "purpose" => Gen.OneOf(
                Names(fact, Guard.Membership.Overlaps),
                Names(fact, Guard.Membership.Within)
            ),
            _ => Gen.Constant((Guard)new Guard.IsTrue(fact)),
        };

    private static Gen<Guard> Names(string fact, Guard.Membership how) =>
        from names in Gen.Two(Value(fact))
        let values = ((FactValue.Names)names.Item1).Values.Union(((FactValue.Names)names.Item2).Values)
        select (Guard)new Guard.Names(fact, how, values.IsEmpty ? values.Add("CN") : values);

    /// <summary>A guard, at most <paramref name="depth"/> deep.</summary>
    public static Gen<Guard> Guards(int depth) =>
        depth == 0
            ? Fact.SelectMany(Test)
            : Gen.Frequency(
                (4, Fact.SelectMany(Test)),
                (1, Gen.Constant((Guard)new Guard.Always())),
                (2, Guards(depth - 1).Select(g => (Guard)new Guard.Not(g))),
                (1, Operands(depth).Select(o => (Guard)new Guard.All(o))),
                (1, Operands(depth).Select(o => (Guard)new Guard.Any(o)))
            );

    // One operand alone is not a conjunction: that is how the parser sees it too.
    private static Gen<ImmutableArray<Guard>> Operands(int depth) =>
        from count in Gen.Choose(2, 3)
        from operands in Gen.ListOf(Guards(depth - 1), count)
        select operands.ToImmutableArray();

    /// <summary>A few facts that are known.</summary>
    public static Gen<Facts> Facts =>
        from count in Gen.Choose(0, 3)
        from names in Gen.ListOf(Fact, count)
        from known in Gen.CollectToArray(names.Distinct(), n => Value(n).Select(v => KeyValuePair.Create(n, v)))
        from assume in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new Facts(known.ToImmutableSortedDictionary(StringComparer.Ordinal), assume);

    private static Gen<Effect> Effects =>
        Gen.Frequency(
            (6, Few(["r0", "r1", "r2", "r3"]).Select(o => (Effect)new Effect.Grant(o))),
            (3, Flag.Select(w => (Effect)new Effect.Prohibit(w))),
            (1, Flag.Select(w => (Effect)new Effect.Threshold(w))),
            (4, Owe),
            (3, Gen.NonEmptyListOf(Gen.Elements(SomeUses)).Select(u => (Effect)new Effect.Restrict([.. u.Distinct().Take(2)]))),
            (4, Gen.Elements(Enum.GetValues<Passing>()).Select(p => (Effect)new Effect.Pass(p))),
            (2, Gen.Three(Flag).Select(f => (Effect)new Effect.Terms(f.Item1, f.Item2, f.Item3))),
            (1, Gen.Constant((Effect)new Effect.Own("outputs", "user"))),
            (1, Gen.Constant((Effect)new Effect.Terminate("terminates-on-litigation"))),
            (1, Gen.Constant((Effect)new Effect.Warn("revocable"))),
            (1, Gen.Constant((Effect)new Effect.Outside()))
        );

    private static Gen<Effect> Owe =>
        from duty in Gen.Elements("attribution", "register", "share-alike", "no-further-restrictions")
        from before in Flag
        from accepts in Few(["this", "other"])
        select (Effect)new Effect.Owe(duty, before, null, null, null, [], accepts);

    /// <summary>A rule with any effect, guard, certainty, subject, making acts and reach.</summary>
    public static Gen<Rule> Rule(string id) =>
        from effect in Effects
        from acts in Gen.SubListOf(SomeActs)
        from making in Few(MakingActs)
        from of in Gen.SubListOf(Enum.GetValues<Subject>())
        from guard in Gen.Frequency((2, Gen.Constant((Guard)new Guard.Always())), (3, Guards(2)))
        from reach in Gen.Elements(Enum.GetValues<Reach>())
        from certainty in Gen.Frequency((3, Gen.Constant(Certainty.Yes)), (1, Gen.Constant(Certainty.Arguable)))
        from parts in Gen.Frequency((4, Gen.Constant<Part[]>([])), (1, Gen.Elements(Part.Weights, Part.Code).Select(p => new[] { p })))
        select new Rule(
            id,
            effect,
            effect is Effect.Own or Effect.Warn or Effect.Terms ? []
                : effect is Effect.Pass ? [.. acts.Where(a => a.Makes())]
                : [.. acts],
            of.Count == 0 ? [Subject.Original, Subject.Derivative] : [.. of],
            guard,
            making,
            reach,
            certainty,
            [.. parts],
            [id],
            NoText
        );

    /// <summary>A license of one to eight rules.</summary>
    public static Gen<License> License(string id) =>
        from count in Gen.Choose(1, 8)
        from rules in Gen.CollectToArray(Enumerable.Range(0, count), i => Rule($"r{i}"))
        from granted in Flag
        from silence in Gen.Elements(Enum.GetValues<Silence>())
        select new License(
            id,
            NoText,
            "",
            null,
            "",
            [Part.Weights],
            "",
            new ForeignIds([], [], [], [], [], []),
            silence,
            [],
            granted ? [.. rules, GrantAll] : [.. rules],
            null,
            []
        );

    // Where nothing is granted nearly everything is prohibited, and few rules can matter.
    private static readonly Rule GrantAll = new(
        "all",
        new Effect.Grant([]),
        [.. Acts.All],
        [.. Enum.GetValues<Subject>()],
        new Guard.Always(),
        [],
        Reach.Maker,
        Certainty.Yes,
        [],
        ["all"],
        NoText
    );

    /// <summary>A license of the real catalog.</summary>
    public static Gen<License> Cataloged => Gen.Elements(Repository.Catalog.Licenses.ToArray());

    /// <summary>A question with any acts, subject, history, part, facts, and license to travel under.</summary>
    public static Gen<Question> Question(string[] licenses) =>
        from acts in Gen.NonEmptyListOf(Gen.Frequency((2, Gen.Elements(SomeActs)), (1, Gen.Elements(Acts.All.ToArray()))))
        from wanted in Gen.Frequency((3, Gen.Constant<string?>(null)), (1, Wanted(licenses)))
        from of in Gen.OneOf(Gen.Constant<Subject?>(null), Gen.Elements(Enum.GetValues<Subject>()).Select(s => (Subject?)s))
        from madeBy in Few(MakingActs)
        from part in Gen.Elements<Part?>(null, Part.Weights, Part.Code)
        from facts in Facts
        from standing in Standing
        select new Question([.. acts.Take(3)], wanted is null ? null : LicenseExpression.Parse(wanted), of, madeBy, part, facts, standing);

    private static Gen<string?> Wanted(string[] licenses) =>
        from names in Gen.NonEmptyListOf(Gen.Elements(licenses.Append("unheard-of").ToArray()))
        from word in Gen.Elements(" AND ", " OR ")
        select (string?)string.Join(word, names.Take(2));

    // What lineage can find: the work itself, or what was made of it; bound on both readings, on the strict one only, or free.
    private static Gen<Standing> Standing =>
        Gen.Frequency(
            (4, Gen.Constant(Core.Model.Standing.Original)),
            (
                2,
                from made in Few(MakingActs)
                from strict in Gen.Elements<Subject?>(null, Subject.Original, Subject.Derivative)
                from lenient in Gen.Elements(null, strict)
                select new Standing(lenient, strict, made)
            )
        );

    /// <summary>Two random licenses, a question to the first, and a fact that may be learned.</summary>
    public static Arbitrary<Trial> Trial => Of(License("this"), License("other"), ["this", "other"]);

    /// <summary>The same with licenses of the real catalog.</summary>
    public static Arbitrary<Trial> CatalogTrial => Of(Cataloged, Cataloged, [.. Repository.Catalog.LicenseIds]);

    private static Arbitrary<Trial> Of(Gen<License> license, Gen<License> other, string[] names) =>
        Arb.From(
            from first in license
            from second in other
            from question in Question(names)
            from fact in Turning(first)
            from value in Value(fact)
            select new Trial(first, second, question, fact, value),
            t => t.Simpler()
        );

    // Mostly a fact that some rule asks for.
    private static Gen<string> Turning(License license)
    {
        string[] tested =
        [
            .. license.Rules.SelectMany(r => r.When.Tests()).Select(t => t.Fact).Where(OpenFacts.Concat(AssumedFacts).Contains),
        ];
        return tested.Length == 0 ? Fact : Gen.Frequency((4, Gen.Elements(tested)), (1, Fact));
    }

    /// <summary>True where the fact is neither known nor presumed, so that it can be learned.</summary>
    public static bool CanBeLearned(this Trial trial)
    {
        var facts = trial.Question.Facts;
        var impliedBySelling = trial.Fact == "commercial" && trial.Question.Acts.Contains(Act.Sell);
        // No restricted purpose is presumed; research or personal use is what the asker may still say.
        var presumed =
            AssumedFacts.Contains(trial.Fact)
            || (trial.Fact == "purpose" && ((FactValue.Names)trial.Value).Values.Any(v => v.Contains('.', StringComparison.Ordinal)));
        return !facts.Known.ContainsKey(trial.Fact) && !impliedBySelling && !(facts.Assume && presumed);
    }

    private static Gen<bool> Flag => Gen.Elements(true, false);

    // Mostly none, sometimes some.
    private static Gen<ImmutableArray<T>> Few<T>(T[] values) =>
        Gen.Frequency((2, Gen.Constant(ImmutableArray<T>.Empty)), (1, Gen.SubListOf(values).Select(v => v.ToImmutableArray())));
}
