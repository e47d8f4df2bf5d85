using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>A rule that made a difference, and the act it made it for.</summary>
public sealed record Applied(Rule Rule, Act Act);

/// <summary>What one license says on one reading in one situation.</summary>
/// <param name="Level">Permitted, PermittedWithDuties, NeedsAgreement or Prohibited.</param>
/// <param name="Deciding">The rules that led to the level; where an act is simply not granted, the grants that fall short.</param>
/// <param name="Duties">The duties owed.</param>
/// <param name="Silent">Acts that no rule speaks of.</param>
/// <param name="Missing">What the license asked for in <c>As</c> lacks.</param>
public sealed record Outcome(
    Verdict Level,
    ImmutableArray<Applied> Deciding,
    ImmutableArray<Applied> Duties,
    ImmutableArray<Act> Silent,
    ImmutableArray<MissingItem> Missing
);

/// <summary>
/// The reference evaluator: what one license says to one question, on one reading, in one situation. It is the specification:
/// plain, total and pure; faster engines are tested against it.
/// </summary>
/// <remarks>
/// A rule is permissive (grant, outside) or restrictive (everything else that changes a verdict). Where a rule is arguable, or its guard turns on an
/// unknown fact, permissive rules hold leniently only and restrictive ones strictly only. That alone makes the strict outcome never milder.
/// </remarks>
public sealed class LicenseEvaluator(License license, Question question, Situation situation, Reading reading, ConveyanceCheck conveyance)
{
    private readonly bool strict = reading == Reading.Strict;

    /// <summary>The worst act decides.</summary>
    public Outcome Evaluate()
    {
        var level = Verdict.Permitted;
        var deciding = ImmutableArray.CreateBuilder<Applied>();
        var duties = ImmutableArray.CreateBuilder<Applied>();
        var silent = ImmutableArray.CreateBuilder<Act>();
        var missing = ImmutableArray<MissingItem>.Empty;
        foreach (var act in question.Acts.Distinct().Order())
        {
            foreach (var target in Targets(act))
            {
                deciding.AddRange(target.Because.Select(r => new Applied(r, act)));
                if (act == Act.Relicense && (target.OnlyWorkRules || target.Component))
                {
                    continue; // nothing of the license binds the result, or a component keeps its own license
                }
                if (act == Act.Relicense && question.As is { } wanted)
                {
                    var (items, because) = conveyance(
                        license,
                        wanted,
                        new Result(target.Subject, MadeBy(), question.Part),
                        situation,
                        reading
                    );
                    missing = [.. missing, .. items];
                    Add(
                        items.IsEmpty ? Verdict.Permitted : Verdict.Prohibited,
                        [.. because.Concat(Matching(act, target).Where(r => r.Effect is Effect.Grant)).Select(r => new Applied(r, act))]
                    );
                }
                else
                {
                    var (permission, because, silence) = Permission(act, target);
                    Add(permission, because);
                    if (silence)
                    {
                        silent.Add(act);
                    }
                }
                var owed = Matching(act, target).Where(r => r.Effect is Effect.Owe owe && !IsDone(owe)).ToList();
                duties.AddRange(owed.Select(r => new Applied(r, act)));
                if (owed.Count > 0)
                {
                    Add(Verdict.PermittedWithDuties, []);
                }
            }
        }
        return new Outcome(
            level,
            [.. deciding.Distinct()],
            [.. duties.Distinct()],
            [.. silent.Distinct()],
            [.. missing.Distinct().Order()]
        );

        void Add(Verdict verdict, IEnumerable<Applied> because)
        {
            level = verdict > level ? verdict : level;
            deciding.AddRange(because);
        }
    }

    /// <summary>The rules that may speak of the acts asked, whatever the facts: what the answer can turn on.</summary>
    /// <remarks>Every guard that is evaluated must be among theirs: what an unknown fact may be is told apart by these tests alone.</remarks>
    public static IEnumerable<Rule> Relevant(License license, Question question)
    {
        var made = question.MadeBy.Concat(question.Acts).Concat(question.Standing.MadeBy).ToHashSet();
        var sharesOutputs = (question.Of == Subject.Output || made.Contains(Act.Generate)) && question.Acts.Any(a => a.HasSubject());
        return license.Rules.Where(r =>
            r.Effect switch
            {
                Effect.Pass => r.Acts.Any(made.Contains),
                Effect.Terms => question.As is not null,
                Effect.Owe { Duty: "share-alike" or "no-further-restrictions" } when question.As is not null => true,
                _ => r.Acts.IsEmpty || r.Acts.Any(question.Acts.Contains) || (sharesOutputs && r.Acts.Contains(Act.PublishOutputs)),
            }
        );
    }

    /// <param name="Subject">The licensed work, a derivative of it, or an output.</param>
    /// <param name="OnlyWorkRules">The license does not bind the result; only rules that follow the work do.</param>
    /// <param name="Component">The result contains the licensed work, which keeps its own license.</param>
    /// <param name="Because">The rules that say so.</param>
    private sealed record Target(Subject Subject, bool OnlyWorkRules, bool Component, ImmutableArray<Rule> Because);

    private static Target About(Subject subject) => new(subject, false, false, []);

    // A rule that reaches the work speaks of what was made, derivative or not; where it is a derivative, it is among the derivative's rules.
    private static readonly Target FollowingTheWork = new(Subject.Derivative, OnlyWorkRules: true, Component: false, []);

    /// <summary>What the act is about under this license: nothing, where the license does not bind the subject.</summary>
    private IEnumerable<Target> Targets(Act act)
    {
        if (act.ConcernsOutputs())
        {
            return question.Standing.On(reading) is null ? [] : [About(Subject.Output)];
        }
        if (!act.HasSubject() || question.Of == Subject.Original || (question.Of is null && !MakingActsListed().Any()))
        {
            var bound = question.Standing.On(reading);
            IEnumerable<Target> targets = bound is { } standing ? [About(standing) with { Component = question.Standing.Component }] : [];
            return bound == Subject.Derivative || question.Standing.MadeBy.IsEmpty ? targets : targets.Append(FollowingTheWork);
        }
        return question.Of == Subject.Output ? [About(Subject.Output)] : Results();
    }

    /// <summary>What the result of the making acts is under this license.</summary>
    private IEnumerable<Target> Results()
    {
        if (question.Standing.On(reading) is null)
        {
            return [];
        }
        var madeBy = MadeBy();
        if (madeBy.IsEmpty)
        {
            return [About(Subject.Derivative)];
        }
        var standing = question.Standing.On(reading)!.Value;
        var targets = madeBy
            .SelectMany(a => Passes(license, a, question.Part, situation, reading))
            .GroupBy(p => p.As)
            .OrderBy(g => g.Key)
            .Select(g => new Target(
                g.Key == Passing.Derivative ? Subject.Derivative : standing,
                false,
                g.Key == Passing.Contains || (g.Key == Passing.Same && question.Standing.Component),
                [.. g.SelectMany(p => p.Because).Distinct()]
            ))
            .ToList();
        if (madeBy.Contains(Act.Generate))
        {
            targets.Add(About(Subject.Output));
        }
        return targets.Exists(t => t.Subject == Subject.Derivative) ? targets : targets.Append(FollowingTheWork);
    }

    /// <summary>How <paramref name="license"/> meets the result of a making act, and the rules that say so; nothing where the result is free of it.</summary>
    public static IEnumerable<(Passing As, IEnumerable<Rule> Because)> Passes(
        License license,
        Act act,
        Part? part,
        Situation situation,
        Reading reading
    )
    {
        var stated = license
            .Rules.Where(r => r.Effect is Effect.Pass && r.Acts.Contains(act))
            .Where(r => r.Parts.IsEmpty || part is not { } asked || r.Parts.Contains(asked))
            .ToList();
        if (stated.Count == 0)
        {
            return act switch
            {
                Act.Copy or Act.Convert => [(Passing.Same, [])],
                Act.Embed => [(Passing.Contains, [])],
                _ => [],
            };
        }
        return stated
            .Where(r =>
                reading == Reading.Strict
                    ? situation.Holds(r.When) != false
                    : r.Certainty == Certainty.Yes && situation.Holds(r.When) == true
            )
            .GroupBy(r => ((Effect.Pass)r.Effect).As)
            .Select(g => (g.Key, g.AsEnumerable()));
    }

    private (Verdict Level, IEnumerable<Applied> Because, bool Silent) Permission(Act act, Target target)
    {
        var matching = Matching(act, target).ToList();
        var overridden = matching
            .Where(r => r.Effect is Effect.Grant)
            .SelectMany(r => ((Effect.Grant)r.Effect).Overrides)
            .ToHashSet(StringComparer.Ordinal);
        var agreed = situation.Value("agreement") is FactValue.Flag { Value: true };
        var free = matching.Exists(r => r.Effect is Effect.Outside); // what is not regulated does not end with the license
        var blocking = new List<(Rule Rule, Verdict Level)>();
        foreach (var rule in matching.Where(r => !overridden.Contains(r.Id)))
        {
            var blocked = rule.Effect switch
            {
                Effect.Prohibit { Way: var way } => Blocked(way, agreed),
                Effect.Threshold { Way: var way } when !free => Blocked(way, agreed),
                Effect.Terminate when !free => Verdict.Prohibited,
                Effect.Restrict restrict when Purposes().Any(p => restrict.Uses.Any(u => u.Covers(p))) => Verdict.Prohibited,
                _ => Verdict.Permitted,
            };
            if (blocked != Verdict.Permitted)
            {
                blocking.Add((rule, blocked));
            }
        }
        var worst = blocking.Select(b => b.Level).DefaultIfEmpty(Verdict.Permitted).Max();
        var granting = matching.Where(r => r.Effect is Effect.Grant or Effect.Outside).ToList();
        if (worst == Verdict.Prohibited || granting.Count > 0 || target.OnlyWorkRules)
        {
            return worst == Verdict.Permitted
                ? (worst, granting.Select(r => new Applied(r, act)), false)
                : (worst, blocking.Where(b => b.Level == worst).Select(b => new Applied(b.Rule, act)), false);
        }
        var fallingShort = license.Rules.Where(r => r.Effect is Effect.Grant or Effect.Outside && Speaks(r, act, target)).ToList();
        if (worst == Verdict.Permitted && fallingShort.Count == 0 && license.Silence == Silence.Arguable && !strict)
        {
            return (Verdict.Permitted, [], true);
        }
        // Nothing grants the act, but where the text names a way to permission, that way is open. To name one is permissive: it counts
        // leniently where it is arguable.
        var ways = license
            .Rules.Where(r => r.Effect is Effect.Prohibit { Way: true } or Effect.Threshold { Way: true } && Speaks(r, act, target))
            .Where(MayPermit)
            .ToList();
        return ways.Count > 0
            ? (Blocked(way: true, agreed), ways.Select(r => new Applied(r, act)), false)
            : (Verdict.Prohibited, fallingShort.Select(r => new Applied(r, act)), fallingShort.Count == 0);
    }

    private static Verdict Blocked(bool way, bool agreed) =>
        !way ? Verdict.Prohibited
        : agreed ? Verdict.Permitted
        : Verdict.NeedsAgreement;

    /// <summary>The rules that hold for the act and what it is about, on this reading.</summary>
    private IEnumerable<Rule> Matching(Act act, Target target) =>
        license.Rules.Where(r =>
            r.Effect is not (Effect.Pass or Effect.Terms or Effect.Own or Effect.Warn) && Speaks(r, act, target) && Holds(r)
        );

    private bool Speaks(Rule rule, Act act, Target target) =>
        SpeaksOfAct(rule, act, target.Subject)
        && SpeaksOfPart(rule)
        && (!target.OnlyWorkRules || (rule.Reach == Reach.Work && !rule.MadeBy.IsEmpty))
        && SpeaksOfMaking(rule, act, target);

    private bool SpeaksOfPart(Rule rule) => rule.Parts.IsEmpty || question.Part is not { } part || rule.Parts.Contains(part);

    /// <summary>Whether a rule speaks of an act on a subject. Sharing an output in whatever way is publishing it.</summary>
    internal static bool SpeaksOfAct(Rule rule, Act act, Subject subject) =>
        (rule.Acts.IsEmpty || rule.Acts.Contains(act)) && (act.ConcernsOutputs() || rule.Of.Contains(subject))
        || (subject == Subject.Output && !act.ConcernsOutputs() && rule.Acts.Contains(Act.PublishOutputs));

    private bool SpeaksOfMaking(Rule rule, Act act, Target target)
    {
        if (rule.MadeBy.IsEmpty)
        {
            return true;
        }
        if (!act.HasSubject() || target.Subject == Subject.Original)
        {
            return false;
        }
        var madeBy = MadeBy();
        if (!madeBy.IsEmpty)
        {
            return madeBy.Any(a => rule.MadeBy.Contains(a));
        }
        // Made in some way that is not known: leniently a restrictive rule must hold for every way, strictly for one. The ways are the same on
        // both readings and under all facts: with fewer ways, one more rule would hold for every one of them.
        var ways = license
            .Rules.Where(r => r.Effect is Effect.Pass { As: Passing.Derivative } && SpeaksOfPart(r))
            .SelectMany(r => r.Acts)
            .ToList();
        return strict != IsPermissive(rule) ? ways.Exists(rule.MadeBy.Contains) : ways.Count > 0 && ways.TrueForAll(rule.MadeBy.Contains);
    }

    private bool Holds(Rule rule) =>
        IsPermissive(rule) ? MayPermit(rule)
        : strict ? ByChance(rule)
        : Surely(rule);

    private bool MayPermit(Rule rule) => strict ? Surely(rule) : ByChance(rule);

    private bool Surely(Rule rule) => rule.Certainty == Certainty.Yes && situation.Holds(rule.When) == true;

    private bool ByChance(Rule rule) => situation.Holds(rule.When) != false;

    private static bool IsPermissive(Rule rule) => rule.Effect is Effect.Grant or Effect.Outside;

    // A duty that comes before the act is settled once it was done.
    private bool IsDone(Effect.Owe owe) =>
        owe.Before && owe.Duty == "register" && situation.Value("registered") is FactValue.Flag { Value: true };

    private IEnumerable<Restriction> Purposes() => Purposes(situation.Value("purpose"));

    /// <summary>The restriction categories among the purposes; research and the like restrict nothing.</summary>
    public static IEnumerable<Restriction> Purposes(FactValue? purpose) =>
        purpose is FactValue.Names names
            ? names.Values.Select(v => Restriction.TryParse(v, out var named) ? named : default).Where(p => p.Strength > 0)
            : [];

    private IEnumerable<Act> MakingActsListed() =>
        question.Acts.Where(a => a.Makes() && (a != Act.Copy || question.Of == Subject.Derivative));

    private ImmutableArray<Act> MadeBy() => [.. (
                !question.MadeBy.IsEmpty ? question.MadeBy
                : MakingActsListed().Any() ? MakingActsListed()
                : question.Standing.MadeBy
            ).Distinct().Order()];
}
