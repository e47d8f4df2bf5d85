using System.Collections.Concurrent;
using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>
/// One license as tables: every rule is a bit, and what a rule speaks of, asks for and turns on are sets of bits. Made once for a license, read by
/// any number of threads. What makes it are plain loops: the runtime would compile a query over bits anew for each type in it, which takes longer
/// than to make the tables.
/// </summary>
internal sealed class RuleTable
{
    /// <summary>How many rules a license may have, and how many tests of facts.</summary>
    public const int MostRules = 128;
    private const int MostTests = 64;

    private static readonly int SubjectCount = Enum.GetValues<Subject>().Length;
    private static readonly int PartCount = Enum.GetValues<Part>().Length;
    private static readonly int PassingCount = Enum.GetValues<Passing>().Length;

    private readonly UInt128[] speaks = new UInt128[Acts.All.Count * SubjectCount];
    private readonly UInt128[] ofPart = new UInt128[PartCount];
    private readonly UInt128[] ofSubject = new UInt128[SubjectCount];
    private readonly UInt128[] passing = new UInt128[PassingCount];
    private readonly UInt128[] passesOf = new UInt128[Acts.All.Count];
    private readonly UInt128[] madeBy = new UInt128[Acts.All.Count];
    private readonly UInt128[] overrides;
    private readonly ulong[] testsOf;
    private readonly ulong[] prints;
    private readonly LicenseSet[] accepted;
    private readonly RuledOutUse[] uses;
    private readonly Condition[] conditions;
    private readonly (UInt128 Strict, UInt128 Lenient)[] unknownMaking;
    private readonly ConcurrentDictionary<int, (UInt128 Certainly, UInt128 Broadly, UInt128 Kept)> covered = new();
    private readonly ConcurrentDictionary<string, UInt128> hits = new(StringComparer.Ordinal);

    public RuleTable(License license, int index, IReadOnlyDictionary<string, int> numbers, Situation ordinary)
    {
        License = license;
        Index = index;
        var rules = license.Rules;
        if (rules.Length > MostRules)
        {
            throw new ArgumentException($"{license.Id} has {rules.Length} rules; the engine takes {MostRules}", nameof(license));
        }
        var testNumbers = new Dictionary<string, int>(StringComparer.Ordinal); // equal tests are written alike
        Tests =
        [
            .. Standing.Concat(rules.SelectMany(r => r.When.Tests())).Where(t => testNumbers.TryAdd(t.ToString()!, testNumbers.Count)),
        ];
        if (Tests.Length > MostTests)
        {
            throw new ArgumentException($"{license.Id} has {Tests.Length} tests of facts; the engine takes {MostTests}", nameof(license));
        }
        Facts = [.. Tests.Select(t => t.Fact).Append("purpose").Append("date").Distinct().Order(StringComparer.Ordinal)];
        testsOf = new ulong[Facts.Length];
        for (var i = 0; i < Tests.Length; i++)
        {
            var holds = ordinary.Holds(Tests[i]);
            OrdinaryYes |= holds == true ? 1UL << i : 0;
            OrdinaryNo |= holds == false ? 1UL << i : 0;
            testsOf[Facts.IndexOf(Tests[i].Fact)] |= 1UL << i;
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
        OfMaking = Where(r => !r.MadeBy.IsEmpty);
        FollowingWork = Where(r => r.Reach == Reach.Work && !r.MadeBy.IsEmpty);
        overrides = new UInt128[rules.Length];
        accepted = new LicenseSet[rules.Length];
        var ofAct = new UInt128[Acts.All.Count];
        UInt128 ofAnyAct = 0;
        var ruledOut = new List<RuledOutUse>();
        for (var i = 0; i < rules.Length; i++)
        {
            var rule = rules[i];
            var bit = UInt128.One << i;
            ofAnyAct |= rule.Acts.IsEmpty ? bit : 0;
            Mark(ofAct, RuleEngine.Bits(rule.Acts), bit);
            Mark(madeBy, RuleEngine.Bits(rule.MadeBy), bit);
            foreach (var subject in rule.Of)
            {
                ofSubject[(int)subject] |= bit;
            }
            for (var part = 0; part < PartCount; part++)
            {
                ofPart[part] |= rule.Parts.IsEmpty || rule.Parts.Contains((Part)part) ? bit : 0;
            }
            switch (rule.Effect)
            {
                case Effect.Pass pass:
                    passing[(int)pass.As] |= bit;
                    Mark(passesOf, RuleEngine.Bits(rule.Acts), bit);
                    GuardedPassing |= rule.When.Tests().Any() ? RuleEngine.Bits(rule.Acts) : 0;
                    break;
                case Effect.Grant { Overrides: { IsEmpty: false } overridden }:
                    overrides[i] = Where(other => overridden.Contains(other.Id));
                    break;
                case Effect.Owe owe:
                    accepted[i] = LicenseSet.Of(owe.Accepts, numbers);
                    break;
                case Effect.Restrict restrict:
                    foreach (var use in restrict.Uses)
                    {
                        ruledOut.Add(new RuledOutUse(i, use));
                    }
                    break;
            }
        }
        foreach (var act in Acts.All)
        {
            for (var subject = 0; subject < SubjectCount; subject++)
            {
                // As LicenseEvaluator.SpeaksOfAct.
                var of = ofAnyAct | ofAct[(int)act];
                speaks[((int)act * SubjectCount) + subject] =
                    act.ConcernsOutputs() ? of
                    : subject != (int)Subject.Output ? of & ofSubject[subject]
                    : (of & ofSubject[subject]) | ofAct[(int)Act.PublishOutputs];
            }
        }
        unknownMaking = new (UInt128 Strict, UInt128 Lenient)[PartCount];
        for (var part = 0; part < PartCount; part++)
        {
            unknownMaking[part] = MadeSomehow((Part)part);
        }
        conditions = Condition.Of(rules, testNumbers);
        prints = [.. rules.Where(r => r.Effect is Effect.Restrict && r.Print != 0).Select(r => r.Print)];
        uses = [.. ruledOut];
        if (uses.Length > MostRules)
        {
            throw new ArgumentException($"{license.Id} rules out {uses.Length} uses; the engine takes {MostRules}", nameof(license));
        }
        AllUses = UsesOf(UInt128.MaxValue);
        CertainUses = UsesOf(Certain);
        for (var i = 0; i < uses.Length; i++)
        {
            NoncommercialUses |= FindingRules.IsNoncommercial(uses[i].Use.ToString()) ? UInt128.One << i : 0;
        }

        static void Mark(UInt128[] rulesOf, uint acts, UInt128 rule)
        {
            for (; acts != 0; acts &= acts - 1)
            {
                rulesOf[System.Numerics.BitOperations.TrailingZeroCount(acts)] |= rule;
            }
        }
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

    /// <summary>The tests of a fact, by its place among the facts.</summary>
    public ulong TestsOf(int fact) => testsOf[fact];

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

    /// <summary>The licenses that a rule accepts, as numbers of the engine.</summary>
    public LicenseSet Accepted(int rule) => accepted[rule];

    /// <summary>Every use that a rule rules out; a use is a bit.</summary>
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

    public UInt128 OfSubject(Subject subject) => ofSubject[(int)subject];

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
            found |= passesOf[System.Numerics.BitOperations.TrailingZeroCount(acts)];
        }
        return found & ofPart[(int)part];
    }

    /// <summary>
    /// How the license meets the result of these making acts, a set of acts: a bit for each <see cref="Passing"/>. What no rule speaks of is
    /// presumed: a copy or conversion is the same work, a product contains it.
    /// </summary>
    public uint Passes(uint acts, Part part, UInt128 holding)
    {
        uint found = 0;
        for (; acts != 0; acts &= acts - 1)
        {
            var act = (Act)System.Numerics.BitOperations.TrailingZeroCount(acts);
            var stated = passesOf[(int)act] & ofPart[(int)part];
            if (stated == 0)
            {
                found |= act switch
                {
                    Act.Copy or Act.Convert => 1u << (int)Passing.Same,
                    Act.Embed => 1u << (int)Passing.Contains,
                    _ => 0,
                };
                continue;
            }
            for (var way = 0; way < passing.Length; way++)
            {
                found |= (stated & holding & passing[way]) != 0 ? 1u << way : 0;
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
        for (var i = 0; i < uses.Length; i++)
        {
            found |= (rules >> uses[i].Rule & 1) != 0 ? UInt128.One << i : 0;
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
        UInt128 certainly = 0;
        UInt128 broadly = 0;
        UInt128 kept = 0;
        for (var i = 0; i < uses.Length; i++)
        {
            var bit = UInt128.One << i;
            for (var j = 0; j < other.uses.Length; j++)
            {
                if (other.uses[j].Use.Covers(uses[i].Use))
                {
                    certainly |= (other.CertainUses >> j & 1) != 0 ? bit : 0;
                    broadly |= bit;
                }
            }
            kept |= other.prints.Contains(License.Rules[uses[i].Rule].Print) ? bit : 0;
        }
        return (certainly, broadly, kept);
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
        UInt128 found = 0;
        foreach (var named in LicenseEvaluator.Purposes(FactValue.Names.Of([purpose])))
        {
            foreach (var use in uses)
            {
                found |= use.Use.Covers(named) ? UInt128.One << use.Rule : 0;
            }
        }
        // Purposes come from questions: a catalog's worth of them is remembered, not whatever may be asked.
        if (hits.Count < 256)
        {
            hits[purpose] = found;
        }
        return found;
    }

    private (UInt128 Strict, UInt128 Lenient) MadeSomehow(Part part)
    {
        uint ways = 0;
        for (var derived = passing[(int)Passing.Derivative] & ofPart[(int)part]; derived != 0; derived &= derived - 1)
        {
            ways |= RuleEngine.Bits(License.Rules[(int)UInt128.TrailingZeroCount(derived)].Acts);
        }
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
    private sealed record Condition(UInt128 Rules, Way[] Met, Way[] Failed)
    {
        public static Condition[] Of(ImmutableArray<Rule> rules, Dictionary<string, int> tests)
        {
            var found = new Dictionary<string, Condition>(StringComparer.Ordinal);
            for (var i = 0; i < rules.Length; i++)
            {
                var guard = rules[i].When;
                var written = guard.ToString()!;
                var bit = UInt128.One << i;
                found[written] = found.TryGetValue(written, out var same)
                    ? same with
                    {
                        Rules = same.Rules | bit,
                    }
                    : new Condition(bit, [.. Ways(guard, true, tests)], [.. Ways(guard, false, tests)]);
            }
            return [.. found.Values];
        }

        public bool IsMet(ulong yes, ulong no) => Any(Met, yes, no);

        public bool IsFailed(ulong yes, ulong no) => Any(Failed, yes, no);

        private static bool Any(Way[] ways, ulong yes, ulong no)
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

        private static List<Way> Ways(Guard guard, bool value, Dictionary<string, int> tests) =>
            guard switch
            {
                Guard.Always => value ? [default] : [],
                Guard.Not not => Ways(not.Operand, !value, tests),
                Guard.All all => value ? Every(all.Operands, value, tests) : Some(all.Operands, value, tests),
                Guard.Any any => value ? Some(any.Operands, value, tests) : Every(any.Operands, value, tests),
                Guard.Test test when 1UL << tests[test.ToString()!] is var bit => [value ? new Way(bit, 0) : new Way(0, bit)],
                _ => throw new System.Diagnostics.UnreachableException(),
            };

        private static List<Way> Some(ImmutableArray<Guard> operands, bool value, Dictionary<string, int> tests)
        {
            var found = new List<Way>();
            foreach (var operand in operands)
            {
                foreach (var way in Ways(operand, value, tests))
                {
                    Add(found, way);
                }
            }
            return found;
        }

        private static List<Way> Every(ImmutableArray<Guard> operands, bool value, Dictionary<string, int> tests)
        {
            List<Way> found = [default];
            foreach (var operand in operands)
            {
                var next = Ways(operand, value, tests);
                var both = new List<Way>();
                foreach (var way in found)
                {
                    foreach (var other in next)
                    {
                        Add(both, new Way(way.Yes | other.Yes, way.No | other.No));
                    }
                }
                found = both;
            }
            return found;
        }

        private static void Add(List<Way> ways, Way way)
        {
            if (!ways.Contains(way))
            {
                ways.Add(way);
            }
        }
    }

    private readonly record struct Way(ulong Yes, ulong No);
}

/// <summary>A use that a rule rules out.</summary>
internal readonly record struct RuledOutUse(int Rule, Restriction Use);

/// <summary>A set of the engine's licenses.</summary>
internal readonly record struct LicenseSet(ulong[]? Words)
{
    /// <summary>Those of them that the engine has.</summary>
    public static LicenseSet Of(ImmutableArray<string> ids, IReadOnlyDictionary<string, int> numbers)
    {
        if (ids.IsEmpty)
        {
            return default;
        }
        var words = new ulong[(numbers.Count + 63) / 64];
        foreach (var id in ids)
        {
            if (numbers.TryGetValue(id, out var number))
            {
                words[number >> 6] |= 1UL << (number & 63);
            }
        }
        return new LicenseSet(words);
    }

    public bool Contains(int license) => Words is not null && (Words[license >> 6] >> (license & 63) & 1) != 0;
}
