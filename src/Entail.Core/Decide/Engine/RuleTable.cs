using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>
/// One license as tables: every rule is a bit, and what a rule speaks of, asks for and turns on are sets of bits. Made once for a license, read by
/// any number of threads.
/// </summary>
internal sealed class RuleTable
{
    /// <summary>How many rules a license may have, and how many tests of facts.</summary>
    public const int MostRules = 128;
    private const int MostTests = 64;

    private static readonly int SubjectCount = Enum.GetValues<Subject>().Length;

    private readonly UInt128[] speaks;
    private readonly UInt128[] ofPart;
    private readonly UInt128[] madeBy = new UInt128[Acts.All.Count];
    private readonly UInt128[] overrides;
    private readonly Condition[] conditions;
    private readonly (UInt128 Strict, UInt128 Lenient)[] unknownMaking;
    private readonly ConcurrentDictionary<int, (UInt128 Certainly, UInt128 Broadly, UInt128 Kept)> covered = new();
    private readonly ConcurrentDictionary<string, UInt128> hits = new(StringComparer.Ordinal);

    public RuleTable(License license, int index, LicenseNumbers numbers, Situation ordinary)
    {
        License = license;
        Index = index;
        var rules = license.Rules;
        if (rules.Length > MostRules)
        {
            throw new ArgumentException($"{license.Id} has {rules.Length} rules; the engine takes {MostRules}", nameof(license));
        }
        // Equal tests are written alike.
        Tests = [.. Standing.Concat(rules.SelectMany(r => r.When.Tests())).DistinctBy(t => t.ToString(), StringComparer.Ordinal)];
        if (Tests.Length > MostTests)
        {
            throw new ArgumentException($"{license.Id} has {Tests.Length} tests of facts; the engine takes {MostTests}", nameof(license));
        }
        Facts = [.. Tests.Select(t => t.Fact).Append("purpose").Append("date").Distinct().Order(StringComparer.Ordinal)];
        TestsOf = [.. Facts.Select(f => Tests.Select((t, i) => t.Fact == f ? 1UL << i : 0).Aggregate(0UL, (a, b) => a | b))];
        for (var i = 0; i < Tests.Length; i++)
        {
            var holds = ordinary.Holds(Tests[i]);
            OrdinaryYes |= holds == true ? 1UL << i : 0;
            OrdinaryNo |= holds == false ? 1UL << i : 0;
        }
        HasPlaces = Tests.Any(t => t.Fact is "territory" or "seat");

        UInt128 Where(Func<Rule, bool> holds)
        {
            UInt128 found = 0;
            for (var i = 0; i < rules.Length; i++)
            {
                found |= holds(rules[i]) ? UInt128.One << i : 0;
            }
            return found;
        }

        Certain = Where(r => r.Certainty == Certainty.Yes);
        Granting = Where(r => r.Effect is Effect.Grant or Effect.Outside);
        Outside = Where(r => r.Effect is Effect.Outside);
        Prohibiting = Where(r => r.Effect is Effect.Prohibit);
        Limiting = Where(r => r.Effect is Effect.Threshold);
        WithWay = Where(r => r.Effect is Effect.Prohibit { Way: true } or Effect.Threshold { Way: true });
        Ending = Where(r => r.Effect is Effect.Terminate);
        Blocking = Where(FindingRules.Blocks);
        Owing = Where(r => r.Effect is Effect.Owe);
        Registering = Where(r => r.Effect is Effect.Owe { Before: true, Duty: "register" });
        Overriding = Where(r => r.Effect is Effect.Grant { Overrides.IsEmpty: false });
        Acting = Where(r => r.Effect is not (Effect.Pass or Effect.Terms or Effect.Own or Effect.Warn));
        Sharing = Where(r => r.Effect is Effect.Owe { Duty: "share-alike" });
        Ceiling = Where(r => r.Effect is Effect.Owe { Duty: "no-further-restrictions" });
        Terms = Where(r => r.Effect is Effect.Terms);
        FreeOutputs = Where(r => r.Effect is Effect.Own { What: "outputs", By: not "licensor" });
        TermsAny = Where(r => r.Effect is Effect.Terms { AnyLicense: true });
        TermsKeep = Where(r => r.Effect is Effect.Terms { KeepRestrictions: true });
        Passing = [.. Enum.GetValues<Passing>().Select(p => Where(r => r.Effect is Effect.Pass pass && pass.As == p))];
        OfMaking = Where(r => !r.MadeBy.IsEmpty);
        FollowingWork = Where(r => r.Reach == Reach.Work && !r.MadeBy.IsEmpty);
        OfSubject = [.. Enum.GetValues<Subject>().Select(s => Where(r => r.Of.Contains(s)))];
        ofPart = [.. Enum.GetValues<Part>().Select(p => Where(r => r.Parts.IsEmpty || r.Parts.Contains(p)))];
        speaks = [.. Acts.All.SelectMany(a => Enum.GetValues<Subject>().Select(s => Where(r => LicenseEvaluator.SpeaksOfAct(r, a, s))))];
        PassesOf = [.. Acts.All.Select(a => Where(r => r.Effect is Effect.Pass && r.Acts.Contains(a)))];
        foreach (var act in Acts.All)
        {
            madeBy[(int)act] = Where(r => r.MadeBy.Contains(act));
        }
        overrides = [.. rules.Select(r => r.Effect is Effect.Grant grant ? Where(other => grant.Overrides.Contains(other.Id)) : 0)];
        unknownMaking = [.. Enum.GetValues<Part>().Select(MadeSomehow)];
        var testNumbers = Tests.Select((t, i) => KeyValuePair.Create(t.ToString()!, 1UL << i)).ToFrozenDictionary(StringComparer.Ordinal);
        conditions =
        [
            .. rules
                .Select((r, i) => (r.When, Rule: i))
                .GroupBy(r => r.When.ToString()!, StringComparer.Ordinal)
                .Select(g => Condition.Of(g.First().When, g.Select(r => r.Rule), testNumbers)),
        ];
        Accepted = [.. rules.Select(r => r.Effect is Effect.Owe owe ? numbers.SetOf(owe.Accepts) : default)];
        Uses =
        [
            .. rules.SelectMany((r, i) => r.Effect is Effect.Restrict restrict ? restrict.Uses.Select(u => new RuledOutUse(i, u)) : []),
        ];
        if (Uses.Length > MostRules)
        {
            throw new ArgumentException($"{license.Id} rules out {Uses.Length} uses; the engine takes {MostRules}", nameof(license));
        }
        AllUses = UsesOf(UInt128.MaxValue);
        CertainUses = UsesOf(Certain);
        for (var i = 0; i < Uses.Length; i++)
        {
            NoncommercialUses |= FindingRules.IsNoncommercial(Uses[i].Use.ToString()) ? UInt128.One << i : 0;
        }
        GuardedPassing = RuleEngine.Bits(rules.Where(r => r.Effect is Effect.Pass && r.When.Tests().Any()).SelectMany(r => r.Acts));
    }

    // Tests that the evaluator makes by itself, whatever the rules say; their place is fixed.
    private static readonly ImmutableArray<Guard.Test> Standing = [new Guard.IsTrue("agreement"), new Guard.IsTrue("registered")];

    /// <summary>The bit of the test whether there is a separate agreement.</summary>
    public const ulong Agreed = 1;

    /// <summary>The bit of the test whether registration is done.</summary>
    public const ulong Registered = 2;

    public License License { get; }

    /// <summary>The number of the license among those of the engine.</summary>
    public int Index { get; }

    /// <summary>Every test of a fact in any guard; a test is a bit.</summary>
    public ImmutableArray<Guard.Test> Tests { get; }

    /// <summary>The facts that the answer can turn on, in ordinal order.</summary>
    public ImmutableArray<string> Facts { get; }

    /// <summary>For each fact, the tests of it.</summary>
    public ImmutableArray<ulong> TestsOf { get; }

    /// <summary>The tests that hold by what every question presumes.</summary>
    public ulong OrdinaryYes { get; }

    /// <summary>The tests that fail by what every question presumes.</summary>
    public ulong OrdinaryNo { get; }

    /// <summary>True where a guard tests places, whose groups depend on the day.</summary>
    public bool HasPlaces { get; }

    public UInt128 Certain { get; }
    public UInt128 Granting { get; }
    public UInt128 Outside { get; }
    public UInt128 Prohibiting { get; }
    public UInt128 Limiting { get; }
    public UInt128 WithWay { get; }
    public UInt128 Ending { get; }

    /// <summary>Those that can stand against an act.</summary>
    public UInt128 Blocking { get; }
    public UInt128 Owing { get; }
    public UInt128 Registering { get; }
    public UInt128 Overriding { get; }
    public UInt128 Acting { get; }
    public UInt128 Sharing { get; }
    public UInt128 Ceiling { get; }
    public UInt128 Terms { get; }
    public UInt128 FreeOutputs { get; }
    public UInt128 TermsAny { get; }
    public UInt128 TermsKeep { get; }
    public UInt128 OfMaking { get; }
    public UInt128 FollowingWork { get; }
    public ImmutableArray<UInt128> Passing { get; }
    public ImmutableArray<UInt128> PassesOf { get; }
    public ImmutableArray<UInt128> OfSubject { get; }

    /// <summary>For each rule the licenses it accepts, as numbers of the engine.</summary>
    public ImmutableArray<LicenseSet> Accepted { get; }

    /// <summary>Every use that a rule rules out; a use is a bit.</summary>
    public ImmutableArray<RuledOutUse> Uses { get; }

    /// <summary>All of them.</summary>
    public UInt128 AllUses { get; }

    /// <summary>The uses that are certainly ruled out.</summary>
    public UInt128 CertainUses { get; }

    /// <summary>The uses that are commercial ones.</summary>
    public UInt128 NoncommercialUses { get; }

    /// <summary>The making acts, as bits, whose rules of passing on turn on facts.</summary>
    public uint GuardedPassing { get; }

    /// <summary>Query plans made for questions to this license.</summary>
    public ConcurrentDictionary<PlanKey, Plan> Plans { get; } = new();

    public UInt128 Speaks(Act act, Subject subject) => speaks[((int)act * SubjectCount) + (int)subject];

    public UInt128 OfPart(Part part) => ofPart[(int)part];

    /// <summary>The rules that are certain and whose guard holds, and those whose guard does not fail.</summary>
    public (UInt128 Sure, UInt128 Possible) Hold(ulong yes, ulong no)
    {
        UInt128 holding = 0;
        UInt128 failing = 0;
        foreach (var condition in conditions)
        {
            if (condition.IsMet(yes, no))
            {
                holding |= condition.Rules;
            }
            else if (condition.IsFailed(yes, no))
            {
                failing |= condition.Rules;
            }
        }
        return (holding & Certain, ~failing);
    }

    /// <summary>The rules whose guard neither holds nor fails.</summary>
    public UInt128 Undecided(ulong yes, ulong no)
    {
        UInt128 found = 0;
        foreach (var condition in conditions)
        {
            found |= condition.IsMet(yes, no) || condition.IsFailed(yes, no) ? 0 : condition.Rules;
        }
        return found;
    }

    /// <summary>The rules that say how the license meets the result of these making acts, a set of acts.</summary>
    public UInt128 PassedOn(uint acts, Part part)
    {
        UInt128 found = 0;
        for (; acts != 0; acts &= acts - 1)
        {
            found |= PassesOf[System.Numerics.BitOperations.TrailingZeroCount(acts)];
        }
        return found & ofPart[(int)part];
    }

    /// <summary>
    /// How the license meets the result of these making acts, a set of acts: a bit for each <see cref="Model.Passing"/>. What no rule speaks of is
    /// presumed: a copy or conversion is the same work, a product contains it.
    /// </summary>
    public uint Passes(uint acts, Part part, UInt128 holding)
    {
        uint found = 0;
        for (; acts != 0; acts &= acts - 1)
        {
            var act = (Act)System.Numerics.BitOperations.TrailingZeroCount(acts);
            var stated = PassesOf[(int)act] & ofPart[(int)part];
            if (stated == 0)
            {
                found |= act switch
                {
                    Act.Copy or Act.Convert => 1u << (int)Model.Passing.Same,
                    Act.Embed => 1u << (int)Model.Passing.Contains,
                    _ => 0,
                };
                continue;
            }
            for (var passing = 0; passing < Passing.Length; passing++)
            {
                found |= (stated & holding & Passing[passing]) != 0 ? 1u << passing : 0;
            }
        }
        return found;
    }

    /// <summary>The rules that speak of a result of one of these making acts, a set of acts.</summary>
    public UInt128 MadeBy(uint acts)
    {
        UInt128 found = 0;
        for (; acts != 0; acts &= acts - 1)
        {
            found |= madeBy[System.Numerics.BitOperations.TrailingZeroCount(acts)];
        }
        return found;
    }

    /// <summary>The uses that some rules rule out.</summary>
    public UInt128 UsesOf(UInt128 rules)
    {
        UInt128 found = 0;
        for (var i = 0; i < Uses.Length; i++)
        {
            found |= (rules >> Uses[i].Rule & 1) != 0 ? UInt128.One << i : 0;
        }
        return found;
    }

    /// <summary>
    /// The uses that the other license rules out as well: for certain, or on the broadest fair reading; and those that it keeps word for word, in
    /// whatever reading.
    /// </summary>
    public (UInt128 Certainly, UInt128 Broadly, UInt128 Kept) CoveredBy(RuleTable other) =>
        covered.TryGetValue(other.Index, out var known) ? known : covered.GetOrAdd(other.Index, Compared(other));

    private (UInt128 Certainly, UInt128 Broadly, UInt128 Kept) Compared(RuleTable other)
    {
        var certain = other.License.Restrictions(Reading.Lenient).ToList();
        var broad = other.License.Restrictions(Reading.Strict).ToList();
        var prints = other.License.Rules.Where(r => r.Effect is Effect.Restrict && r.Print != 0).Select(r => r.Print).ToHashSet();
        return (
            Where(u => certain.Exists(c => c.Covers(u.Use))),
            Where(u => broad.Exists(c => c.Covers(u.Use))),
            Where(u => prints.Contains(License.Rules[u.Rule].Print))
        );

        UInt128 Where(Func<RuledOutUse, bool> holds)
        {
            UInt128 found = 0;
            for (var i = 0; i < Uses.Length; i++)
            {
                found |= holds(Uses[i]) ? UInt128.One << i : 0;
            }
            return found;
        }
    }

    /// <summary>The rules that speak of a result that was made in some way that is not known.</summary>
    public UInt128 MadeSomehow(Part part, bool strict) => strict ? unknownMaking[(int)part].Strict : unknownMaking[(int)part].Lenient;

    /// <summary>The rules that the grants among <paramref name="holding"/> are exceptions to.</summary>
    public UInt128 Overridden(UInt128 holding)
    {
        UInt128 found = 0;
        for (var grants = holding & Overriding; grants != 0; grants &= grants - 1)
        {
            found |= overrides[(int)UInt128.TrailingZeroCount(grants)];
        }
        return found;
    }

    /// <summary>The restrictions that rule out one of these purposes.</summary>
    public UInt128 Hit(FactValue? purpose)
    {
        UInt128 found = 0;
        if (purpose is FactValue.Names names)
        {
            for (var i = 0; i < names.Values.Count; i++)
            {
                found |= hits.TryGetValue(names.Values[i], out var known) ? known : HitBy(names.Values[i]);
            }
        }
        return found;
    }

    private UInt128 HitBy(string purpose)
    {
        var found = LicenseEvaluator
            .Purposes(FactValue.Names.Of([purpose]))
            .SelectMany(p =>
                License.Rules.Select(
                    (r, i) => r.Effect is Effect.Restrict restrict && restrict.Uses.Any(u => u.Covers(p)) ? UInt128.One << i : 0
                )
            )
            .Aggregate((UInt128)0, (a, b) => a | b);
        // Purposes come from questions: a catalog's worth of them is remembered, not whatever may be asked.
        if (hits.Count < 256)
        {
            hits[purpose] = found;
        }
        return found;
    }

    private (UInt128 Strict, UInt128 Lenient) MadeSomehow(Part part)
    {
        var ways = RuleEngine.Bits(
            License
                .Rules.Where((r, i) => r.Effect is Effect.Pass { As: Model.Passing.Derivative } && (ofPart[(int)part] >> i & 1) != 0)
                .SelectMany(r => r.Acts)
        );
        UInt128 strict = 0;
        UInt128 lenient = 0;
        for (var i = 0; i < License.Rules.Length; i++)
        {
            var made = RuleEngine.Bits(License.Rules[i].MadeBy);
            var bit = UInt128.One << i;
            var some = (ways & made) != 0 ? bit : 0;
            var every = ways != 0 && (ways & ~made) == 0 ? bit : 0;
            var permissive = (Granting >> i & 1) != 0;
            strict |= permissive ? every : some;
            lenient |= permissive ? some : every;
        }
        return (strict, lenient);
    }

    /// <summary>A guard, as the sets of tests that must all hold or all fail for it to hold, or to fail: Kleene's logic has no other ways.</summary>
    private sealed record Condition(UInt128 Rules, ImmutableArray<(ulong Yes, ulong No)> Met, ImmutableArray<(ulong Yes, ulong No)> Failed)
    {
        public static Condition Of(Guard guard, IEnumerable<int> rules, FrozenDictionary<string, ulong> tests) =>
            new(
                rules.Aggregate((UInt128)0, (found, i) => found | UInt128.One << i),
                [.. Ways(guard, true, tests).Distinct()],
                [.. Ways(guard, false, tests).Distinct()]
            );

        public bool IsMet(ulong yes, ulong no) => Any(Met, yes, no);

        public bool IsFailed(ulong yes, ulong no) => Any(Failed, yes, no);

        private static bool Any(ImmutableArray<(ulong Yes, ulong No)> ways, ulong yes, ulong no)
        {
            foreach (var way in ways)
            {
                if ((yes & way.Yes) == way.Yes && (no & way.No) == way.No)
                {
                    return true;
                }
            }
            return false;
        }

        private static IEnumerable<(ulong Yes, ulong No)> Ways(Guard guard, bool value, FrozenDictionary<string, ulong> tests) =>
            guard switch
            {
                Guard.Always => value ? [(0, 0)] : [],
                Guard.Not not => Ways(not.Operand, !value, tests),
                Guard.All all => value ? Every(all.Operands, value, tests) : all.Operands.SelectMany(o => Ways(o, value, tests)),
                Guard.Any any => value ? any.Operands.SelectMany(o => Ways(o, value, tests)) : Every(any.Operands, value, tests),
                Guard.Test test => [value ? (tests[test.ToString()!], 0) : (0, tests[test.ToString()!])],
                _ => throw new System.Diagnostics.UnreachableException(),
            };

        private static IEnumerable<(ulong Yes, ulong No)> Every(
            ImmutableArray<Guard> operands,
            bool value,
            FrozenDictionary<string, ulong> tests
        ) =>
            operands
                .Select(o => Ways(o, value, tests).ToList())
                .Aggregate(
                    (IEnumerable<(ulong Yes, ulong No)>)[(0, 0)],
                    (all, next) => all.SelectMany(a => next.Select(n => (a.Yes | n.Yes, a.No | n.No)))
                );
    }
}

/// <summary>A use that a rule rules out.</summary>
internal readonly record struct RuledOutUse(int Rule, Restriction Use);

/// <summary>A set of the engine's licenses.</summary>
internal readonly record struct LicenseSet(ImmutableArray<ulong> Words)
{
    public bool Contains(int license) => !Words.IsDefaultOrEmpty && (Words[license >> 6] >> (license & 63) & 1) != 0;
}

/// <summary>The numbers that licenses go by in the tables.</summary>
internal sealed class LicenseNumbers(IReadOnlyList<License> all)
{
    private readonly FrozenDictionary<string, int> licenses = all.Select((l, i) => KeyValuePair.Create(l.Id, i))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public LicenseSet SetOf(ImmutableArray<string> ids)
    {
        if (ids.IsEmpty)
        {
            return default;
        }
        var words = new ulong[(licenses.Count + 63) / 64];
        foreach (var id in ids)
        {
            if (licenses.TryGetValue(id, out var number))
            {
                words[number >> 6] |= 1UL << (number & 63);
            }
        }
        return new LicenseSet([.. words]);
    }
}
