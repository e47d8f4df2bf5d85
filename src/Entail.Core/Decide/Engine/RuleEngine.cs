using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>What a license answers, without the reasons: those are found by the reference evaluator, on demand.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Owed">The rules whose duties are owed on every reading and in every case; bits in the order of the license's rules.</param>
/// <param name="MaybeOwed">The rules whose duties are owed on some reading or in some case, those included.</param>
/// <param name="Lacking">What the license asked for lacks on the lenient reading in every case.</param>
/// <param name="MaybeLacking">What it lacks on the strict reading or in some case.</param>
public readonly record struct QuickAnswer(Verdict Verdict, UInt128 Owed, UInt128 MaybeOwed, Lack Lacking, Lack MaybeLacking)
{
    /// <summary>The duties among the rules of <paramref name="license"/>, with their certainty, in the order of the rules.</summary>
    public IEnumerable<(Rule Rule, Certainty Certainty)> Duties(License license)
    {
        for (var i = 0; i < license.Rules.Length; i++)
        {
            if ((MaybeOwed >> i & 1) != 0)
            {
                yield return (license.Rules[i], (Owed >> i & 1) != 0 ? Certainty.Yes : Certainty.Arguable);
            }
        }
    }
}

/// <summary>The kinds of what a license lacks to carry the terms of another (<see cref="MissingItem"/>).</summary>
[Flags]
public enum Lack
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>That use stays non-commercial.</summary>
    Noncommercial = 1,

    /// <summary>Another restriction of use.</summary>
    Restriction = 2,

    /// <summary>Share-alike asks for a license that it is not.</summary>
    ShareAlike = 4,

    /// <summary>The result may not be licensed anew.</summary>
    Grant = 8,

    /// <summary>It adds restrictions where none may be added.</summary>
    Ceiling = 16,
}

/// <summary>
/// The rules of all licenses as tables of bits. Answers as the reference evaluator does (<see cref="Decider"/>), thousands of times as fast and
/// without allocating: a test compares the two on random licenses, questions and lineages. Safe for concurrent use.
/// </summary>
public sealed class RuleEngine
{
    /// <summary>How many rules a license may have.</summary>
    public const int MostRules = RuleTable.MostRules;

    // A question that no earlier one resembles costs a plan; this many are kept for each license.
    private const int MostPlans = 4096;

    private static readonly uint MakingActs = Bits(Acts.All.Where(a => a.Makes()));
    private static readonly uint OutputActs = Bits(Acts.All.Where(a => a.ConcernsOutputs()));
    private static readonly uint SubjectActs = Bits(Acts.All.Where(a => a.HasSubject()));

    private readonly Func<string, License?> find;
    private readonly FrozenDictionary<string, int> numbers;
    private readonly Lazy<RuleTable>[] tables;
    private readonly Decider decider;
    private readonly Territories territories;

    /// <summary>The day of the questions.</summary>
    public DateOnly Today { get; }

    /// <summary>An engine over <paramref name="licenses"/>.</summary>
    /// <param name="licenses">Every license that may be asked or asked for; at most 128 rules each.</param>
    /// <param name="find">Finds one of them by any id; null where there is none.</param>
    /// <param name="facts">The facts of the taxonomy by id.</param>
    /// <param name="territories">Groups of territories.</param>
    /// <param name="today">The day of the questions.</param>
    public RuleEngine(
        IReadOnlyList<License> licenses,
        Func<string, License?> find,
        IReadOnlyDictionary<string, FactDefinition> facts,
        Territories territories,
        DateOnly today
    )
    {
        this.find = find;
        this.territories = territories;
        Today = today;
        decider = new Decider(find, facts, territories, today);
        numbers = licenses.Select((l, i) => KeyValuePair.Create(l.Id, i)).ToFrozenDictionary(StringComparer.Ordinal);
        tables =
        [
            .. licenses.Select(
                (l, i) => new Lazy<RuleTable>(() => new RuleTable(l, i, numbers, new Situation(Facts.None, l.Id, territories, today)))
            ),
        ];
    }

    /// <summary>An engine over the licenses of a catalog.</summary>
    public static RuleEngine Of(CompiledCatalog catalog, DateOnly today) =>
        new([.. catalog.Licenses], catalog.Find, catalog.Facts, catalog.Territories, today);

    /// <summary>What one license answers.</summary>
    /// <exception cref="KeyNotFoundException">The license is none of the engine's.</exception>
    public QuickAnswer Ask(License license, Question question) => Ask(TableOf(license), question);

    /// <summary>
    /// Whether it is open, whatever the facts, if the acts alone are allowed, which then only the words leave so; and whether a rule that stands against
    /// them is among those that decide, or the license is silent.
    /// </summary>
    internal (bool IsOpen, bool IsBlocked) Openness(License license, Question question)
    {
        var table = TableOf(license);
        var asked = new AskedQuestion(table, question with { As = null }, this);
        var plan = PlanOf(table, asked);
        var isBlocked = false;
        if (!plan.IsWhole || Decider.TurnsOnPolicy(license, question))
        {
            return default;
        }
        foreach (var world in plan.Worlds)
        {
            var yes = asked.Yes | world.Yes;
            var no = asked.No | world.No;
            var hits = asked.Hits | world.Hits;
            var (sure, possible) = table.Hold(yes, no);
            var lenient = new Evaluation(table, in asked, strict: false, sure, possible, yes, hits);
            var strict = new Evaluation(table, in asked, strict: true, sure, possible, yes, hits);
            var (mildest, worst) = (Verdict.Permitted, Verdict.Permitted);
            UInt128 differing = 0;
            for (var acts = asked.Acts; acts != 0; acts &= acts - 1)
            {
                var act = (Act)BitOperations.TrailingZeroCount(acts);
                var (mild, leniently) = lenient.Decide(act);
                var (strictest, strictly) = strict.Decide(act);
                mildest = mild > mildest ? mild : mildest;
                worst = strictest > worst ? strictest : worst;
                differing |= leniently ^ strictly;
                isBlocked |= ((leniently | strictly) & table.Blocking) != 0;
            }
            if (Decider.Together(mildest, worst) != Verdict.Unclear || (differing & table.Undecided(yes, no)) != 0)
            {
                return default;
            }
        }
        return (true, isBlocked);
    }

    internal RuleTable TableOf(License license) => tables[numbers[license.Id]].Value;

    internal QuickAnswer Ask(RuleTable table, Question question)
    {
        var asked = new AskedQuestion(table, question, this);
        var plan = PlanOf(table, asked);
        var verdict = Verdict.Permitted;
        var owed = UInt128.MaxValue;
        UInt128 maybe = 0;
        var (lacking, maybeLacking) = (~Lack.None, Lack.None);
        for (var i = 0; i < plan.Worlds.Length; i++)
        {
            var world = plan.Worlds[i];
            var yes = asked.Yes | world.Yes;
            var no = asked.No | world.No;
            var hits = asked.Hits | world.Hits;
            var (sure, possible) = table.Hold(yes, no);
            var lenient = new Evaluation(table, in asked, strict: false, sure, possible, yes, hits).Evaluate(
                out var owedLeniently,
                out var lackingLeniently
            );
            var strict = new Evaluation(table, in asked, strict: true, sure, possible, yes, hits).Evaluate(
                out var owedStrictly,
                out var lackingStrictly
            );
            var both = Decider.Together(lenient, strict);
            verdict = i == 0 ? both : Decider.Together(verdict, both);
            owed &= owedLeniently;
            maybe |= owedLeniently | owedStrictly;
            lacking &= lackingLeniently;
            maybeLacking |= lackingStrictly;
        }
        return new QuickAnswer(Decider.Settled(table.License, question, verdict), owed & maybe, maybe, lacking, maybeLacking);
    }

    /// <summary>The rules that surely and that possibly hold under these facts, with nothing else supposed.</summary>
    internal (UInt128 Sure, UInt128 Possible) Holding(RuleTable table, Facts facts)
    {
        var asked = new AskedQuestion(table, Question.About() with { Facts = facts }, this);
        return table.Hold(asked.Yes, asked.No);
    }

    private Plan PlanOf(RuleTable table, in AskedQuestion asked)
    {
        // Who belongs to a group of places depends on the day that was said.
        var shared = !table.HasPlaces || !asked.DaySaid;
        if (shared && table.Plans.TryGetValue(asked.Key, out var known))
        {
            return known;
        }
        var question = Decider.Implied(table.License, asked.Question);
        var plan = Plan.Of(table, decider, question, new Situation(question.Facts, table.License.Id, territories, Today));
        if (shared && table.Plans.Count < MostPlans)
        {
            table.Plans[asked.Key] = plan;
        }
        return plan;
    }

    /// <summary>The tests of a fact that hold and that fail when it has that value.</summary>
    private (ulong Yes, ulong No) Tested(RuleTable table, int fact, FactValue value, Question question)
    {
        ulong yes = 0;
        ulong no = 0;
        for (var tests = table.TestsOf(fact); tests != 0; tests &= tests - 1)
        {
            var at = BitOperations.TrailingZeroCount(tests);
            var test = table.Tests[at];
            // Places are compared as of the day.
            var holds = test.Fact is "territory" or "seat"
                ? new Situation(question.Facts, table.License.Id, territories, Today).Holds(test)
                : Situation.Passes(test, value);
            yes |= holds == true ? 1UL << at : 0;
            no |= holds == false ? 1UL << at : 0;
        }
        return (yes, no);
    }

    internal static uint Bits(IEnumerable<Act> acts) => acts.Aggregate(0u, (found, a) => found | 1u << (int)a);

    internal static uint Bits(ImmutableArray<Act> acts)
    {
        uint found = 0;
        foreach (var act in acts)
        {
            found |= 1u << (int)act;
        }
        return found;
    }

    /// <summary>A question in the terms of one table.</summary>
    private readonly ref struct AskedQuestion
    {
        public readonly Question Question;
        public readonly uint Acts;
        public readonly uint MadeBy;
        public readonly Part Part;
        public readonly ulong Yes;
        public readonly ulong No;
        public readonly UInt128 Hits;
        public readonly PlanKey Key;
        public readonly bool DaySaid;
        public readonly bool MakesSomething;
        public readonly RuleEngine Engine;

        public AskedQuestion(RuleTable table, Question question, RuleEngine engine)
        {
            Question = question;
            Engine = engine;
            Part = question.Part ?? table.License.MainPart;
            Acts = Bits(question.Acts) | (question.As is null ? 0 : 1u << (int)Act.Relicense);
            var making = Acts & MakingActs;
            making &= question.Of == Subject.Derivative ? uint.MaxValue : ~(1u << (int)Act.Copy);
            MakesSomething = making != 0;
            var said = Bits(question.MadeBy);
            var history = Bits(question.Standing.MadeBy);
            MadeBy =
                said != 0 ? said
                : making != 0 ? making
                : history;
            ulong known = 0;
            Yes = question.Facts.Assume ? table.OrdinaryYes : 0;
            No = question.Facts.Assume ? table.OrdinaryNo : 0;
            for (var i = 0; i < table.Facts.Length; i++)
            {
                if (Said(table, question, table.Facts[i]) is { } value)
                {
                    var (yes, no) = engine.Tested(table, i, value, question);
                    Yes = (Yes & ~table.TestsOf(i)) | yes;
                    No = (No & ~table.TestsOf(i)) | no;
                    known |= 1UL << i;
                    DaySaid |= table.Facts[i] == "date";
                    Hits = table.Facts[i] == "purpose" ? table.Hit(value) : Hits;
                }
            }
            var made = (said | history) & (table.GuardedPassing | 1u << (int)Act.Generate);
            Key = new PlanKey(Acts, made, known, question.Of == Subject.Output, question.As is not null, question.Facts.Assume);
        }

        // Selling is commercial unless something else was said; an amount said of other licenses says nothing of this one.
        private static FactValue? Said(RuleTable table, Question question, string fact) =>
            question.Facts.Known.TryGetValue(fact, out var value)
                ? value is FactValue.ByLicense by
                    ? by.Amounts.GetValueOrDefault(table.License.Id)
                    : value
                : fact == "commercial" && question.Acts.Contains(Act.Sell)
                    ? Commercial
                    : null;
    }

    private static readonly FactValue Commercial = new FactValue.Flag(true);

    /// <summary>What one license says on one reading in one world.</summary>
    private ref struct Evaluation
    {
        private readonly RuleTable table;
        private readonly AskedQuestion asked;
        private readonly bool strict;
        private readonly UInt128 sure;
        private readonly UInt128 possible;
        private readonly UInt128 holding;
        private readonly UInt128 hits;
        private readonly bool agreed;
        private readonly bool registered;
        private UInt128 deciding;
        private UInt128 duties;
        private Lack lacks;

        public Evaluation(RuleTable table, in AskedQuestion asked, bool strict, UInt128 sure, UInt128 possible, ulong yes, UInt128 hits)
        {
            this.table = table;
            this.asked = asked;
            this.strict = strict;
            this.sure = sure;
            this.possible = possible;
            this.hits = hits;
            // Where it is open whether a rule holds, permissive ones hold leniently only and restrictive ones strictly only.
            holding = (table.Granting & Permissive) | (~table.Granting & Restrictive);
            agreed = (yes & RuleTable.Agreed) != 0;
            registered = (yes & RuleTable.Registered) != 0;
        }

        private readonly UInt128 Permissive => strict ? sure : possible;

        private readonly UInt128 Restrictive => strict ? possible : sure;

        public Verdict Evaluate(out UInt128 owed, out Lack lacking)
        {
            var level = Verdict.Permitted;
            duties = 0;
            lacks = Lack.None;
            for (var acts = asked.Acts; acts != 0; acts &= acts - 1)
            {
                var act = (Act)BitOperations.TrailingZeroCount(acts);
                var verdict = Targets(act);
                level = verdict > level ? verdict : level;
            }
            owed = duties;
            lacking = lacks;
            return duties != 0 && level < Verdict.PermittedWithDuties ? Verdict.PermittedWithDuties : level;
        }

        /// <summary>The answer to one act, whatever is owed, and the rules that led to it.</summary>
        public (Verdict Level, UInt128 Deciding) Decide(Act act)
        {
            deciding = 0;
            return (Targets(act), deciding);
        }

        /// <summary>The worst answer over all that the act is about.</summary>
        private Verdict Targets(Act act)
        {
            var standing = asked.Question.Standing;
            var bound = standing.On(strict ? Reading.Strict : Reading.Lenient);
            if ((OutputActs >> (int)act & 1) != 0)
            {
                return bound is null ? Verdict.Permitted : On(act, Subject.Output, false, false);
            }
            var of = asked.Question.Of;
            if ((SubjectActs >> (int)act & 1) == 0 || of == Subject.Original || (of is null && !asked.MakesSomething))
            {
                var level = bound is { } subject ? On(act, subject, false, standing.Component) : Verdict.Permitted;
                return bound == Subject.Derivative || standing.MadeBy.IsEmpty
                    ? level
                    : Max(level, On(act, Subject.Derivative, true, false));
            }
            return of == Subject.Output ? On(act, Subject.Output, false, false)
                : bound is { } from ? Results(act, from)
                : Verdict.Permitted;
        }

        /// <summary>The worst answer over what the making acts result in.</summary>
        private Verdict Results(Act act, Subject from)
        {
            if (asked.MadeBy == 0)
            {
                return On(act, Subject.Derivative, false, false);
            }
            var passings = table.Passes(asked.MadeBy, asked.Part, Restrictive);
            deciding |= table.PassedOn(asked.MadeBy, asked.Part) & Restrictive;
            var level = Verdict.Permitted;
            var derived = from == Subject.Derivative && passings != 0;
            if ((passings & 1u << (int)Passing.Same) != 0)
            {
                level = Max(level, On(act, from, false, asked.Question.Standing.Component));
            }
            if ((passings & 1u << (int)Passing.Contains) != 0)
            {
                level = Max(level, On(act, from, false, true));
            }
            if ((passings & 1u << (int)Passing.Derivative) != 0)
            {
                derived = true;
                level = Max(level, On(act, Subject.Derivative, false, false));
            }
            if ((asked.MadeBy >> (int)Act.Generate & 1) != 0)
            {
                level = Max(level, On(act, Subject.Output, false, false));
            }
            return derived ? level : Max(level, On(act, Subject.Derivative, true, false));
        }

        private Verdict On(Act act, Subject subject, bool onlyWorkRules, bool component)
        {
            var relicense = act == Act.Relicense;
            if (relicense && (onlyWorkRules || component))
            {
                return Verdict.Permitted;
            }
            var speaking = Speaking(act, subject, onlyWorkRules);
            var matching = speaking & holding & table.Acting;
            duties |= matching & table.Owing & ~(registered ? table.Registering : 0);
            if (!relicense || asked.Question.As is not { } wanted)
            {
                return Permission(speaking, matching, onlyWorkRules);
            }
            var lacking = asked.Engine.Lacks(table, wanted, subject, asked.MadeBy, asked.Part, sure, possible, strict);
            lacks |= lacking;
            return lacking == Lack.None ? Verdict.Permitted : Verdict.Prohibited;
        }

        private readonly UInt128 Speaking(Act act, Subject subject, bool onlyWorkRules)
        {
            var speaking = table.Speaks(act, subject) & table.OfPart(asked.Part);
            speaking &= onlyWorkRules ? table.FollowingWork : UInt128.MaxValue;
            var made =
                (SubjectActs >> (int)act & 1) == 0 || subject == Subject.Original ? 0
                : asked.MadeBy != 0 ? table.MadeBy(asked.MadeBy)
                : table.MadeSomehow(asked.Part, strict);
            return speaking & (~table.OfMaking | made);
        }

        private Verdict Permission(UInt128 speaking, UInt128 matching, bool onlyWorkRules)
        {
            var barring = matching & ~table.Overridden(matching);
            var free = (matching & table.Outside) != 0;
            var limits = barring & (table.Prohibiting | (free ? 0 : table.Limiting));
            var bars = (limits & ~table.WithWay) | (barring & (hits | (free ? 0 : table.Ending)));
            if (bars != 0)
            {
                deciding |= bars;
                return Verdict.Prohibited;
            }
            var worst = limits != 0 && !agreed ? Verdict.NeedsAgreement : Verdict.Permitted;
            var grants = matching & table.Granting;
            if (grants != 0 || onlyWorkRules)
            {
                deciding |= worst == Verdict.Permitted ? grants : limits;
                return worst;
            }
            var fallingShort = speaking & table.Granting;
            if (worst == Verdict.Permitted && fallingShort == 0 && table.License.Silence == Silence.Arguable && !strict)
            {
                return Verdict.Permitted;
            }
            var ways = speaking & table.WithWay & Permissive;
            deciding |= ways == 0 ? fallingShort : ways;
            return ways == 0 ? Verdict.Prohibited
                : agreed ? Verdict.Permitted
                : Verdict.NeedsAgreement;
        }

        private static Verdict Max(Verdict a, Verdict b) => a > b ? a : b;
    }

    /// <summary>What <paramref name="wanted"/> lacks for the result to travel under it; the reference is <see cref="Conveyance"/>.</summary>
    private Lack Lacks(
        RuleTable inbound,
        LicenseExpression wanted,
        Subject subject,
        uint madeBy,
        Part part,
        UInt128 sure,
        UInt128 possible,
        bool strict
    )
    {
        if (wanted is LicenseExpression.Single single)
        {
            Span<int> one = [NumberOf(single)];
            return Lacks(inbound, one, subject, madeBy, part, sure, possible, strict);
        }
        // Each branch of a choice is one that the recipient may take.
        var lacks = Lack.None;
        foreach (var branch in Conveyance.Branches(wanted))
        {
            lacks |= Lacks(inbound, [.. branch.Select(NumberOf)], subject, madeBy, part, sure, possible, strict);
        }
        return lacks;
    }

    private int NumberOf(LicenseExpression.Single single) => find(single.Id) is { } license ? numbers[license.Id] : -1;

    private Lack Lacks(
        RuleTable inbound,
        ReadOnlySpan<int> outbound,
        Subject subject,
        uint madeBy,
        Part part,
        UInt128 sure,
        UInt128 possible,
        bool strict
    )
    {
        var lacks = Lack.None;
        var unknown = outbound.Contains(-1);
        var itself = outbound.Contains(inbound.Index);
        var rules = inbound.OfSubject(subject) & inbound.OfPart(part);
        var permissive = strict ? sure : possible;
        var restrictive = strict ? possible : sure;
        var sharing = rules & inbound.Sharing & (madeBy == 0 ? UInt128.MaxValue : ~inbound.OfMaking | inbound.MadeBy(madeBy));
        if (!itself)
        {
            var accepting = sharing & permissive;
            for (var alike = sharing & restrictive; alike != 0; alike &= alike - 1)
            {
                var refuses = !Accepts(inbound, alike & ~(alike - 1), outbound);
                if (refuses && (strict || (!unknown && (madeBy != 0 || !Accepts(inbound, accepting, outbound)))))
                {
                    lacks |= Lack.ShareAlike;
                }
            }
            var free = subject == Subject.Output && (rules & inbound.Terms) == 0 && (inbound.FreeOutputs & permissive) != 0;
            if ((rules & inbound.TermsAny & permissive) == 0 && accepting == 0 && !free && (strict || !unknown))
            {
                lacks |= Lack.Grant;
            }
            if ((rules & inbound.TermsKeep & restrictive) != 0 && (strict || !unknown))
            {
                lacks |= Loses(outbound, inbound, strict);
            }
        }
        return (rules & inbound.Ceiling & restrictive) == 0 || ((!unknown || !strict) && AddsNothing(outbound, inbound, strict))
            ? lacks
            : lacks | Lack.Ceiling;
    }

    /// <summary>True where one of these rules accepts one of the licenses.</summary>
    private static bool Accepts(RuleTable inbound, UInt128 rules, ReadOnlySpan<int> outbound)
    {
        for (; rules != 0; rules &= rules - 1)
        {
            var accepted = inbound.Accepted((int)UInt128.TrailingZeroCount(rules));
            foreach (var license in outbound)
            {
                if (license >= 0 && accepted.Contains(license))
                {
                    return true;
                }
            }
        }
        return false;
    }

    // What is asked on the broad reading must be there for certain; what is asked for certain, on some reading; what stands there word for word is.
    private Lack Loses(ReadOnlySpan<int> outbound, RuleTable inbound, bool strict)
    {
        var asked = strict ? inbound.AllUses : inbound.CertainUses;
        foreach (var license in outbound)
        {
            if (license >= 0)
            {
                var (certainly, broadly, kept) = inbound.CoveredBy(tables[license].Value);
                asked &= ~(kept | (strict ? certainly : broadly));
            }
        }
        return ((asked & inbound.NoncommercialUses) != 0 ? Lack.Noncommercial : Lack.None)
            | ((asked & ~inbound.NoncommercialUses) != 0 || (strict && inbound.License.Unread is not null) ? Lack.Restriction : Lack.None);
    }

    private bool AddsNothing(ReadOnlySpan<int> outbound, RuleTable inbound, bool strict)
    {
        foreach (var license in outbound)
        {
            if (license < 0 || license == inbound.Index)
            {
                continue;
            }
            var table = tables[license].Value;
            var (certainly, broadly, _) = table.CoveredBy(inbound);
            var added = strict ? table.AllUses & ~certainly : table.CertainUses & ~broadly;
            if (added != 0)
            {
                return false;
            }
        }
        return true;
    }
}
