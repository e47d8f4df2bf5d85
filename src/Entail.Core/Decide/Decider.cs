using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>What one license says in one situation, on each reading.</summary>
public sealed record Outcomes(Outcome Lenient, Outcome Strict);

/// <summary>
/// Answers questions about licenses: both readings, every possibility the unknown facts leave, and what would change if an assumption failed.
/// Pure and total; the same question gives the same answer.
/// </summary>
/// <param name="find">Finds a license of the catalog by any id; null where it has none.</param>
/// <param name="facts">The facts of the taxonomy by id.</param>
/// <param name="territories">Groups of territories.</param>
/// <param name="today">The day of the question.</param>
/// <param name="carried">What an outbound license says by the texts that go with the work; null where only its name is known.</param>
public sealed class Decider(
    Func<string, License?> find,
    IReadOnlyDictionary<string, FactDefinition> facts,
    Territories territories,
    DateOnly today,
    Func<License, EffectiveLicense>? carried = null
)
{
    // Beyond this many combinations further unknown facts stay unknown, which can only make an answer less definite.
    private const int MostCombinations = 4096;

    private readonly Conveyance conveyance = new(find, carried);

    /// <summary>What one license answers.</summary>
    public Answer Ask(License license, Question question)
    {
        question = Implied(license, question);
        var (situation, relevant, unknown, worlds, outcomes, verdicts, verdict) = Try(license, question);
        var deciding = Deciding(license, outcomes, verdict);
        return new Answer(
            license.Id,
            verdict,
            Duties(license, outcomes, situation),
            RuledOut(license, question),
            Assumptions(license, question, situation, relevant, verdict),
            verdict == Verdict.Unclear ? Cases(license, unknown, worlds, outcomes, verdicts) : [],
            deciding,
            verdict == Verdict.Unclear
                ? [.. Unclarities(license, situation, unknown, worlds, outcomes, verdicts), .. Unread(license, question)]
                : [],
            Risks(license),
            [
                .. license
                    .Rules.Where(r => r.Effect is Effect.Own)
                    .Select(r => (Effect.Own)r.Effect)
                    .Select(o => $"{o.What}:{o.By}")
                    .Order(StringComparer.Ordinal),
            ],
            Missing(outcomes),
            MaybeMissing(outcomes),
            null,
            []
        );
    }

    /// <summary>The verdict, the duties and what is missing of the answer alone: what the compiled engine gives as well.</summary>
    public (
        Verdict Verdict,
        ImmutableArray<OwedDuty> Duties,
        ImmutableArray<MissingItem> Missing,
        ImmutableArray<MissingItem> MaybeMissing
    ) Decide(License license, Question question)
    {
        var tried = Try(license, Implied(license, question));
        return (tried.Verdict, Duties(license, tried.Outcomes, tried.Situation), Missing(tried.Outcomes), MaybeMissing(tried.Outcomes));
    }

    private static ImmutableArray<MissingItem> Missing(List<Outcomes> outcomes) =>
        outcomes.Select(o => o.Lenient.Missing).Aggregate((a, b) => [.. a.Intersect(b)]);

    private static ImmutableArray<MissingItem> MaybeMissing(List<Outcomes> outcomes) =>
        [.. outcomes.SelectMany(o => o.Strict.Missing).Distinct().Order()];

    /// <summary>A question tried on both readings in every world that the unknown facts leave.</summary>
    private sealed record Trial(
        Situation Situation,
        List<Rule> Relevant,
        List<ImmutableArray<Possibility>> Unknown,
        List<ImmutableArray<Possibility>> Worlds,
        List<Outcomes> Outcomes,
        List<Verdict> Verdicts,
        Verdict Verdict
    );

    private Trial Try(License license, Question question)
    {
        var situation = new Situation(question.Facts, license.Id, territories, today);
        var relevant = LicenseEvaluator.Relevant(license, question).ToList();
        var unknown = Unknown(relevant, question, situation);
        var worlds = Worlds(unknown).ToList();
        var outcomes = worlds.ConvertAll(w => Both(license, question, Suppose(situation, w)));
        var verdicts = outcomes.ConvertAll(o => Together(o.Lenient.Level, o.Strict.Level));
        return new Trial(
            situation,
            relevant,
            unknown,
            worlds,
            outcomes,
            verdicts,
            Settled(license, question, verdicts.Aggregate(Together))
        );
    }

    /// <summary>
    /// The verdict, which is unclear where it lets through a purpose that a policy may rule out whose text nobody has read: one that was stated, or
    /// any where none is presumed.
    /// </summary>
    internal static Verdict Settled(License license, Question question, Verdict verdict) =>
        verdict <= Verdict.PermittedWithDuties && TurnsOnPolicy(license, question) ? Verdict.Unclear : verdict;

    internal static bool TurnsOnPolicy(License license, Question question) =>
        license.Unread is not null
        && (
            question.Facts.Known.TryGetValue("purpose", out var purpose)
                ? purpose is FactValue.Names names && names.Values.Any(v => v.Contains('.', StringComparison.Ordinal))
                : !question.Facts.Assume
        );

    /// <summary>What an outbound license lacks to convey an inbound one: certainly (lenient), and on the strict reading.</summary>
    public (Answer3 Conveys, ImmutableArray<MissingItem> Missing, ImmutableArray<Rule> Because) Conveys(
        License inbound,
        LicenseExpression outbound,
        Subject subject,
        Facts known
    )
    {
        var situation = new Situation(known, inbound.Id, territories, today);
        var (lenient, why) = conveyance.Check(inbound, outbound, new Result(subject, [], null), situation, Reading.Lenient);
        var (strict, whyStrict) = conveyance.Check(inbound, outbound, new Result(subject, [], null), situation, Reading.Strict);
        return (
            strict.IsEmpty && lenient.IsEmpty ? Answer3.Yes
            : lenient.IsEmpty ? Answer3.Unclear
            : Answer3.No,
            [.. lenient.Concat(strict).Distinct().Order()],
            [.. why.Concat(whyStrict).Distinct()]
        );
    }

    /// <summary>Both readings of one situation.</summary>
    public Outcomes Both(License license, Question question, Situation situation) =>
        new(
            new LicenseEvaluator(license, question, situation, Reading.Lenient, conveyance.Check).Evaluate(),
            new LicenseEvaluator(license, question, situation, Reading.Strict, conveyance.Check).Evaluate()
        );

    /// <summary>Two verdicts as one: permitted with and without duties is permitted with duties; anything else that differs is unclear.</summary>
    public static Verdict Together(Verdict a, Verdict b) =>
        a == b ? a
        : a <= Verdict.PermittedWithDuties && b <= Verdict.PermittedWithDuties ? Verdict.PermittedWithDuties
        : Verdict.Unclear;

    /// <summary>Acts imply facts (<c>sell</c> is commercial), asking for a license implies relicensing, and weights are meant where nothing is said.</summary>
    internal static Question Implied(License license, Question question)
    {
        question = question with { Part = question.Part ?? license.MainPart };
        if (question.As is not null && !question.Acts.Contains(Act.Relicense))
        {
            question = question with { Acts = question.Acts.Add(Act.Relicense) };
        }
        return question.Acts.Contains(Act.Sell) && !question.Facts.Known.ContainsKey("commercial")
            ? question with
            {
                Facts = question.Facts.With("commercial", new FactValue.Flag(true)),
            }
            : question;
    }

    private static Situation Suppose(Situation situation, ImmutableArray<Possibility> world) =>
        world.Aggregate(situation, (s, p) => s.Suppose(p.Fact, p.Value));

    /// <summary>Every combination that the unknown facts of a question leave; whether no fact is left out of them, as there are too many.</summary>
    internal (List<ImmutableArray<Possibility>> Worlds, bool IsWhole) WorldsOf(License license, Question question, Situation situation)
    {
        var unknown = Unknown([.. LicenseEvaluator.Relevant(license, question)], question, situation);
        var worlds = Worlds(unknown).ToList();
        return (worlds, worlds[0].Length == unknown.Count(p => p.Length > 0));
    }

    /// <summary>The facts that are unknown and may matter, each with what it may be.</summary>
    private List<ImmutableArray<Possibility>> Unknown(List<Rule> relevant, Question question, Situation situation)
    {
        var tests = relevant.SelectMany(r => r.When.Tests()).ToList();
        var found = new List<ImmutableArray<Possibility>>();
        var uses = relevant
            .Where(r => r.Effect is Effect.Restrict)
            .SelectMany(r => ((Effect.Restrict)r.Effect).Uses.Select(u => new RestrictedUse(r.Certainty, u)))
            .ToList();
        bool Restricted(FactValue purpose, Restriction use) => LicenseEvaluator.Purposes(purpose).Any(use.Covers);
        foreach (var group in tests.GroupBy(t => t.Fact, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // Who belongs to a territory depends on the whole date, not on the tests of it alone: it stays unknown there.
            var open = group.Key == "date" && tests.Exists(t => t.Fact is "territory" or "seat");
            if (situation.Value(group.Key) is not null || open)
            {
                continue;
            }
            var purpose = group.Key == "purpose";
            var possible = Possibilities.Of(
                group.Key,
                [.. group.Distinct()],
                facts.GetValueOrDefault(group.Key),
                situation,
                purpose ? v => string.Concat(uses.Select(u => Restricted(v, u.Use) ? 'y' : 'n')) : null
            );
            // That no purpose is restricted is presumed even where a test asks for the rest of it.
            found.Add(purpose && question.Facts.Assume ? possible.RemoveAll(p => uses.Exists(u => Restricted(p.Value, u.Use))) : possible);
        }
        if (!question.Facts.Assume)
        {
            // What is not only tested but also weighed by the evaluator comes first, so that it is among the combinations that are tried.
            if (uses.Count > 0 && situation.Value("purpose") is null)
            {
                var tested = found.FindIndex(p => p.Length > 0 && p[0].Fact == "purpose");
                var plain = tested < 0 ? [new Possibility("purpose", FactValue.Names.Of([]), "none restricted")] : found[tested];
                if (tested >= 0)
                {
                    found.RemoveAt(tested);
                }
                // Restricted uses that a test names are among the tested values already.
                var named = tests.OfType<Guard.Names>().Where(t => t.Fact == "purpose").SelectMany(t => t.Values).ToHashSet();
                var restricted = uses.Where(u => !named.Contains(u.Use.ToString()))
                    .GroupBy(u => u.Certainty)
                    .Select(g =>
                        (Uses: g.Select(u => u.Use.ToString()), Label: g.Key == Certainty.Yes ? "restricted" : "arguably restricted")
                    );
                found.Insert(
                    0,
                    [
                        .. plain,
                        .. restricted.SelectMany(r =>
                            plain.Select(p => new Possibility(
                                "purpose",
                                FactValue.Names.Of(((FactValue.Names)p.Value).Values.Concat(r.Uses)),
                                tested < 0 ? r.Label : $"{p.Label}, {r.Label}"
                            ))
                        ),
                    ]
                );
            }
            if (
                relevant.Exists(r => r.Effect is Effect.Prohibit { Way: true } or Effect.Threshold { Way: true })
                && situation.Value("agreement") is null
            )
            {
                found.RemoveAll(p => p.Length > 0 && p[0].Fact == "agreement");
                found.Insert(
                    0,
                    [
                        new Possibility("agreement", new FactValue.Flag(false), "false"),
                        new Possibility("agreement", new FactValue.Flag(true), "true"),
                    ]
                );
            }
        }
        return found;
    }

    private sealed record RestrictedUse(Certainty Certainty, Restriction Use);

    /// <summary>Every combination, as long as they are few enough to try.</summary>
    private static IEnumerable<ImmutableArray<Possibility>> Worlds(List<ImmutableArray<Possibility>> unknown)
    {
        IEnumerable<ImmutableArray<Possibility>> worlds =
        [
            [],
        ];
        var count = 1;
        foreach (var possibilities in unknown.Where(p => p.Length > 0))
        {
            if (count * possibilities.Length > MostCombinations)
            {
                break;
            }
            count *= possibilities.Length;
            worlds = worlds.SelectMany(w => possibilities.Select(p => w.Add(p)));
        }
        return worlds;
    }

    private static ImmutableArray<OwedDuty> Duties(License license, List<Outcomes> outcomes, Situation situation)
    {
        var all = outcomes.SelectMany(o => o.Strict.Duties.Concat(o.Lenient.Duties)).Distinct().ToList();
        return
        [
            .. all.GroupBy(a => a.Rule.Id, StringComparer.Ordinal)
                .Select(g => new OwedDuty(
                    license.Id,
                    g.First().Rule,
                    [.. g.Select(a => a.Act).Distinct().Order()],
                    outcomes.TrueForAll(o => g.Any(a => o.Lenient.Duties.Contains(a))) ? Certainty.Yes : Certainty.Arguable,
                    situation.Holds(g.First().Rule.When) is null ? g.First().Rule.When.ToString() : null
                ))
                .OrderBy(d => license.Rules.IndexOf(d.Rule)),
        ];
    }

    private static ImmutableArray<RuledOut> RuledOut(License license, Question question) =>
        [
            .. LicenseEvaluator
                .Relevant(license, question)
                .Where(r => r.Effect is Effect.Restrict)
                .SelectMany(r => ((Effect.Restrict)r.Effect).Uses.Select(u => new RuledOut(license.Id, u, r))),
        ];

    private static ImmutableArray<Because> Deciding(License license, List<Outcomes> outcomes, Verdict verdict) =>
        [
            .. outcomes
                .SelectMany(o =>
                    verdict == Verdict.Unclear ? o.Lenient.Deciding.Concat(o.Strict.Deciding)
                    : o.Lenient.Level == verdict ? o.Lenient.Deciding
                    : o.Strict.Deciding
                )
                .Distinct()
                .Where(a =>
                    verdict is Verdict.Permitted or Verdict.PermittedWithDuties or Verdict.Unclear || a.Rule.Effect is not Effect.Outside
                )
                .GroupBy(a => a.Rule.Id, StringComparer.Ordinal)
                .Select(g => new Because(license.Id, g.First().Rule, [.. g.Select(a => a.Act).Distinct().Order()]))
                .OrderBy(b => license.Rules.IndexOf(b.Rule)),
        ];

    private ImmutableArray<Assumption> Assumptions(
        License license,
        Question question,
        Situation situation,
        List<Rule> relevant,
        Verdict verdict
    )
    {
        if (!question.Facts.Assume)
        {
            return [];
        }
        var found = ImmutableArray.CreateBuilder<Assumption>();
        foreach (var fact in relevant.SelectMany(r => r.When.Tests()).Select(t => t.Fact).Distinct().Order(StringComparer.Ordinal))
        {
            if (!situation.IsAssumed(fact) || fact == "date")
            {
                continue;
            }
            var tests = relevant.SelectMany(r => r.When.Tests()).Where(t => t.Fact == fact).Distinct().ToList();
            var ordinary = situation.Value(fact)!;
            var possibilities = Possibilities.Of(fact, tests, facts.GetValueOrDefault(fact), situation);
            var presumed = possibilities.FirstOrDefault(p =>
                tests.TrueForAll(t => situation.Suppose(fact, p.Value).Holds(t) == situation.Holds(t))
            );
            foreach (var contrary in possibilities.Where(p => p != presumed))
            {
                var answer = Both(license, question, situation.Suppose(fact, contrary.Value));
                var otherwise = Together(answer.Lenient.Level, answer.Strict.Level);
                if (otherwise != verdict)
                {
                    var clauses = relevant.Where(r => r.When.Tests().Any(t => t.Fact == fact)).SelectMany(r => r.Clauses);
                    found.Add(new Assumption(fact, presumed?.Label ?? ordinary.ToString()!, otherwise, Cite(license, clauses)));
                    break;
                }
            }
        }
        var restricting = relevant.Where(r => r.Effect is Effect.Restrict).ToList();
        if (restricting.Count > 0 && !question.Facts.Known.ContainsKey("purpose") && verdict < Verdict.Prohibited)
        {
            found.Add(
                new Assumption("purpose", "none restricted", Verdict.Prohibited, Cite(license, restricting.SelectMany(r => r.Clauses)))
            );
        }
        return found.ToImmutable();
    }

    private static ImmutableArray<Case> Cases(
        License license,
        List<ImmutableArray<Possibility>> unknown,
        List<ImmutableArray<Possibility>> worlds,
        List<Outcomes> outcomes,
        List<Verdict> verdicts
    )
    {
        var cases = ImmutableArray.CreateBuilder<Case>();
        Split(Enumerable.Range(0, worlds.Count).ToList(), [], 0);
        return cases.Count > 1 ? cases.ToImmutable() : [];

        void Split(List<int> members, ImmutableArray<Possibility> when, int fact)
        {
            if (members.TrueForAll(m => verdicts[m] == verdicts[members[0]]) || fact >= worlds[0].Length)
            {
                var clauses = members
                    .SelectMany(m => outcomes[m].Strict.Deciding)
                    .Select(a => a.Rule)
                    .Distinct()
                    .SelectMany(r => r.Clauses);
                cases.Add(new Case(when, members.Select(m => verdicts[m]).Aggregate(Together), Cite(license, clauses)));
                return;
            }
            var branches = unknown
                .Where(u => u.Length > 0)
                .ElementAt(fact)
                .Select(p => (Possibility: p, Members: members.FindAll(m => worlds[m][fact] == p)))
                .ToList();
            // A fact that makes no difference here is not worth a case.
            if (branches.TrueForAll(b => b.Members.Select(m => verdicts[m]).SequenceEqual(branches[0].Members.Select(m => verdicts[m]))))
            {
                Split(branches[0].Members, when, fact + 1);
                return;
            }
            foreach (var (possibility, kept) in branches)
            {
                Split(kept, when.Add(possibility), fact + 1);
            }
        }
    }

    private static ImmutableArray<Unclarity> Unclarities(
        License license,
        Situation situation,
        List<ImmutableArray<Possibility>> unknown,
        List<ImmutableArray<Possibility>> worlds,
        List<Outcomes> outcomes,
        List<Verdict> verdicts
    )
    {
        var found = ImmutableArray.CreateBuilder<Unclarity>();
        for (var fact = 0; fact < worlds[0].Length; fact++)
        {
            var others = worlds.Select((w, i) => (Key: string.Join('|', w.RemoveAt(fact).Select(p => p.Label)), Verdict: verdicts[i]));
            if (others.GroupBy(o => o.Key, StringComparer.Ordinal).Any(g => g.Select(o => o.Verdict).Distinct().Count() > 1))
            {
                var name = worlds[0][fact].Fact;
                var clauses = license.Rules.Where(r => r.When.Tests().Any(t => t.Fact == name)).SelectMany(r => r.Clauses);
                found.Add(new Unclarity(UnclearReason.MissingFact, name, Cite(license, clauses)));
            }
        }
        var open = Enumerable
            .Range(0, worlds.Count)
            .Where(i => Together(outcomes[i].Lenient.Level, outcomes[i].Strict.Level) == Verdict.Unclear)
            .ToList();
        if (open.Count > 0)
        {
            var differing = open.SelectMany(i =>
                    Differing(outcomes[i]).Select(r => (Rule: r, Facts: Undecided(r, Suppose(situation, worlds[i]))))
                )
                .ToList();
            var silent = open.SelectMany(i => outcomes[i].Strict.Silent).Distinct().Order().ToList();
            var skipped = unknown.Where(u => u.Length > 0).Skip(worlds[0].Length).Select(u => u[0].Fact);
            var missing = skipped.Concat(differing.SelectMany(d => d.Facts)).Distinct().Order(StringComparer.Ordinal).ToList();
            found.AddRange(missing.Select(f => new Unclarity(UnclearReason.MissingFact, f, Cite(license, Citing(f)))));
            // Readings that differ only over a fact that could not be tried differ for want of it.
            if (missing.Count == 0 || silent.Count > 0 || differing.Exists(d => d.Rule.Certainty == Certainty.Arguable))
            {
                found.Add(
                    new Unclarity(
                        UnclearReason.ArguableText,
                        string.Join(", ", silent.Select(a => a.Name())),
                        Cite(license, differing.Where(d => d.Facts.IsEmpty).SelectMany(d => d.Rule.Clauses))
                    )
                );
            }

            IEnumerable<string> Citing(string fact) => differing.Where(d => d.Facts.Contains(fact)).SelectMany(d => d.Rule.Clauses);
        }
        return found.ToImmutable();
    }

    private static IEnumerable<Unclarity> Unread(License license, Question question) =>
        TurnsOnPolicy(license, question)
            ? [new Unclarity(UnclearReason.PolicyUnpinned, license.Unread!.Url, Cite(license, license.Unread.IncorporatedBy))]
            : [];

    private static IEnumerable<Rule> Differing(Outcomes outcome) =>
        outcome
            .Strict.Deciding.Except(outcome.Lenient.Deciding)
            .Concat(outcome.Lenient.Deciding.Except(outcome.Strict.Deciding))
            .Select(a => a.Rule)
            .Distinct();

    // Who belongs to a territory depends on the day, even where the territory is known.
    private static ImmutableArray<string> Undecided(Rule rule, Situation situation) =>
        situation.Holds(rule.When) is not null
            ? []
            :
            [
                .. rule
                    .When.Tests()
                    .Where(t => situation.Holds(t) is null)
                    .Select(t => situation.Value(t.Fact) is null ? t.Fact : "date")
                    .Distinct(),
            ];

    private static ImmutableArray<string> Risks(License license) =>
        [
            .. license
                .Rules.Select(r =>
                    r.Effect switch
                    {
                        Effect.Warn w => w.Risk,
                        Effect.Terminate t => t.Risk,
                        _ => null,
                    }
                )
                .OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static ImmutableArray<ClauseRef> Cite(License license, IEnumerable<string> clauses) =>
        [.. clauses.Distinct().Select(c => new ClauseRef(license.Id, c))];
}
