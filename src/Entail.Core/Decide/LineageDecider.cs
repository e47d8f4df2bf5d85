using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>A license that binds the shipped work, and the path it came by.</summary>
/// <param name="License">The license; null when the catalog does not have it.</param>
/// <param name="Name">Its canonical id, or the name as written.</param>
/// <param name="Origin">The work whose license it is.</param>
/// <param name="Part">The part of that work.</param>
/// <param name="Via">The steps from the origin to the shipped work; empty when it is the origin itself.</param>
/// <param name="Standing">How the shipped work stands to the origin, on each reading.</param>
/// <param name="Facts">The facts of the asker, the works and the steps on the path.</param>
/// <param name="Candidate">It is one of several licenses that an ambiguous tag may mean.</param>
public sealed record Binding(
    License? License,
    string Name,
    LinkedWork Origin,
    Part Part,
    ImmutableArray<LinkedStep> Via,
    Standing Standing,
    Facts Facts,
    bool Candidate = false
)
{
    /// <summary>Yes where the license binds on both readings, or its rules follow the work for certain.</summary>
    public Certainty Certainty =>
        Candidate ? Certainty.Arguable
        : Standing.Lenient is not null || (Standing.Strict is null && !Via.IsEmpty) ? Certainty.Yes
        : Certainty.Arguable;
}

/// <summary>What one binding license answers to what is done with the shipped work, or to a step of its making.</summary>
/// <param name="Binding">The binding.</param>
/// <param name="Answer">Its answer.</param>
/// <param name="Acts">What it answers to the acts alone, whatever license the result shall carry.</param>
/// <param name="Step">The making step that was asked; null for the question itself.</param>
public sealed record BindingAnswer(Binding Binding, Answer Answer, Answer Acts, LinkedStep? Step);

/// <summary>Everything decided about a shipped work.</summary>
/// <param name="Lineage">Its lineage.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Bindings">Every binding and its answer.</param>
/// <param name="Steps">The answers to the making steps of the shipped work.</param>
/// <param name="Clashes">Duties of several licenses that cannot all be met.</param>
/// <param name="Unclear">Why the verdict is unclear, where it is.</param>
public sealed record LineageDecision(
    Lineage Lineage,
    Question Question,
    Verdict Verdict,
    ImmutableArray<BindingAnswer> Bindings,
    ImmutableArray<BindingAnswer> Steps,
    ImmutableArray<MissingItem> Clashes,
    ImmutableArray<Unclarity> Unclear
)
{
    /// <summary>A product of one's own that nobody else gets a copy of: which license it has is nobody's question.</summary>
    public bool IsInternal => IsInternalUse(Lineage, Question);

    internal static bool IsInternalUse(Lineage lineage, Question question) =>
        lineage.RootWork.Kind is "product" or "code"
        && question.Acts.All(a =>
            a is not (Act.Distribute or Act.Sublicense or Act.Relicense) && (a != Act.Sell || question.Acts.Contains(Act.Host))
        );

    /// <summary>The licenses that bind a work before the shipped one, as far as its making was asked about.</summary>
    public IEnumerable<Binding> BindingsOf(string work) => Steps.Where(s => s.Step!.From == work).Select(s => s.Binding).Distinct();
}

/// <summary>
/// The reference evaluator over a lineage: for every license of every ancestor, how the shipped work stands to it on each reading, and what it then
/// answers. One pass in topological order for each license.
/// </summary>
/// <param name="catalog">The rules.</param>
/// <param name="decider">Answers for licenses as the catalog has them.</param>
/// <param name="today">The day of the question.</param>
/// <param name="carried">The license texts that go with the shipped work; null where there is no folder.</param>
public sealed class LineageDecider(CompiledCatalog catalog, ExpressionDecider decider, DateOnly today, CarriedTexts? carried = null)
{
    private readonly DeclaredLicenses declared = new(catalog, today);
    private readonly TextReading? texts = carried is null ? null : new TextReading(catalog, decider, carried, today);

    /// <summary>Decides what is asked of the root of <paramref name="lineage"/>.</summary>
    public LineageDecision Decide(Lineage lineage, Question question)
    {
        var unclear = new List<Unclarity>();
        var bindings = Bindings(lineage, question.Facts, lineage.Root).ToList();
        if (LineageDecision.IsInternalUse(lineage, question))
        {
            // Nothing goes out under any license, and one's own, where it is known to nobody, binds others only.
            bindings.RemoveAll(b => b.License is null && b.Origin.Id == lineage.Root);
        }
        else if (question.As is null)
        {
            unclear.Add(new Unclarity(UnclearReason.MissingFact, "license", []));
        }
        else
        {
            var wanted = question.As;
            foreach (var name in wanted.Singles().Select(s => s.Id).Where(id => catalog.Find(id) is null))
            {
                unclear.Add(new Unclarity(UnclearReason.LicenseNotInCatalog, name, []));
            }
        }
        unclear.AddRange(texts?.Unknown() ?? []);
        var answers = bindings.ConvertAll(b => new BindingAnswer(
            b,
            Ask(b, AsksOf(catalog, question, b)),
            Ask(b, question with { As = null }),
            null
        ));
        var steps = StepAnswers(lineage, question.Facts).ToList();
        unclear.AddRange(
            lineage
                .Problems.Where(p => p.Code is "lineage-unknown" or "lineage-cycle" or "base-not-found")
                .Select(p => new Unclarity(UnclearReason.LineageUnknown, p.Subject, []))
        );
        var clashes = Compatibility.Clashes([.. bindings.Select(b => b.License).OfType<License>().DistinctBy(l => l.Id)]);
        var all = OfWorks(answers.Concat(steps).Select(a => (a.Binding, a.Answer.Verdict, a.Step))).ToList();
        var verdict = all.Concat(clashes.IsEmpty ? [] : [Verdict.Prohibited]).Concat(unclear.Count > 0 ? [Verdict.Unclear] : []).Joint();
        // Of a work of which nothing is known, its unknown license is not worth a second line.
        var unknown = unclear.Where(u => u.Reason == UnclearReason.LineageUnknown).Select(u => u.Subject).ToHashSet(StringComparer.Ordinal);
        unclear.AddRange(
            answers
                .Concat(steps)
                .SelectMany(a => a.Answer.Unclear)
                .Where(u => u.Reason != UnclearReason.LicenseNotInCatalog || !unknown.Contains(u.Subject))
        );
        return new LineageDecision(
            lineage,
            question,
            verdict,
            [.. answers],
            [.. steps],
            clashes,
            verdict == Verdict.Unclear ? [.. unclear.Distinct()] : []
        );
    }

    /// <summary>Every license that binds <paramref name="id"/>: its own where it is an original, and those of its ancestors that reach it.</summary>
    public IEnumerable<Binding> Bindings(Lineage lineage, Facts asker, string id)
    {
        foreach (var origin in lineage.Works)
        {
            foreach (var at in DeclaredLicenses.UsedParts(lineage, origin))
            {
                // A derived work's own license is the outbound one; an original's binds whoever ships it.
                if (origin.Id == id && !origin.Steps.IsEmpty)
                {
                    continue;
                }
                foreach (var (name, candidate) in declared.Names(origin, at))
                {
                    foreach (var binding in Reaching(lineage, asker, origin, at, name, id))
                    {
                        yield return binding with
                        {
                            Candidate = candidate,
                        };
                    }
                }
            }
        }
    }

    // One verdict for the license of each work: of a choice (OR) the mildest, of an ambiguous tag what its candidates agree on.
    internal static IEnumerable<Verdict> OfWorks(IEnumerable<(Binding Binding, Verdict Verdict, LinkedStep? Step)> answers) =>
        answers
            .GroupBy(a => (a.Binding.Origin.Id, a.Binding.Part, a.Step))
            .SelectMany(g =>
            {
                var first = g.First().Binding;
                var verdicts = g.Select(a => a.Verdict).ToList();
                var agreed = verdicts.Aggregate(Decider.Together);
                return first.Origin.Of(first.Part).Any(l => l.Expression is LicenseExpression.Or) ? [verdicts.Min()]
                    : !first.Candidate ? verdicts
                    : agreed <= Verdict.PermittedWithDuties ? [agreed]
                    : [Verdict.Unclear];
            });

    // The license asked for is compared only where the catalog knows all of it; otherwise the comparison is what is unclear.
    internal static Question AsksOf(CompiledCatalog catalog, Question question, Binding binding) =>
        question.As is { } wanted && (binding.Via.IsEmpty || wanted.Singles().Any(s => catalog.Find(s.Id) is null))
            ? question with
            {
                As = null,
                Acts = question.Acts.Remove(Act.Relicense),
            }
            : question;

    private Answer Ask(Binding binding, Question question)
    {
        if (binding.License is null)
        {
            return ExpressionDecider.Unknown(binding.Name);
        }
        var asked = question with { Facts = question.Facts.With(binding.Facts), Standing = binding.Standing };
        return texts?.Ask(binding, asked) ?? decider.Single.Ask(binding.License, asked);
    }

    /// <summary>Whether the steps that made the shipped work, and the user's own works before it, were allowed.</summary>
    private IEnumerable<BindingAnswer> StepAnswers(Lineage lineage, Facts asker)
    {
        foreach (var work in lineage.Works.Where(w => w.Origin is WorkOrigin.Folder or WorkOrigin.Configured))
        {
            foreach (var step in work.Steps)
            {
                foreach (var binding in BindingsAt(lineage, asker, step.From))
                {
                    var question = StepQuestion(step, binding, asker, () => OthersAreBound(lineage, asker, work, step, binding));
                    var answer = Ask(binding with { Facts = question.Facts }, question);
                    yield return new BindingAnswer(binding, answer with { Duties = [] }, answer, step);
                }
            }
        }
    }

    /// <summary>What is asked of a license that binds the source of a making step.</summary>
    internal static Question StepQuestion(LinkedStep step, Binding binding, Facts asker, Func<bool> othersAreBound)
    {
        var facts = binding.Facts.With(step.Facts);
        if (step.Act == Act.Merge && !facts.Known.ContainsKey("same-model") && othersAreBound())
        {
            facts = facts.With("same-model", new FactValue.Flag(true));
        }
        var output = binding.Standing.Lenient == Subject.Output || binding.Standing.Strict == Subject.Output;
        var act = output && step.Act == Act.TrainOnData ? Act.TrainOnOutputs : step.Act;
        return new Question([act], null, Subject.Original, [], binding.Part, asker.With(facts), binding.Standing);
    }

    // A merge of works that are all bound by the license improves no model but the licensor's own and its derivatives.
    private bool OthersAreBound(Lineage lineage, Facts asker, LinkedWork work, LinkedStep step, Binding binding) =>
        work
            .Steps.Where(s => s.Act == Act.Merge && s.From != step.From)
            .All(s => BindingsAt(lineage, asker, s.From).Any(b => Binds(b, binding.Name)));

    /// <summary>True where this is a binding of that license on both readings, as the work or as a derivative.</summary>
    internal static bool Binds(Binding binding, string license) =>
        binding.Name == license && binding.Standing.Lenient is Subject.Original or Subject.Derivative;

    /// <summary>Every license that binds whoever uses a work of the lineage: its own, and those of its ancestors that reach it.</summary>
    public IEnumerable<Binding> BindingsAt(Lineage lineage, Facts asker, string id)
    {
        var work = lineage[id];
        foreach (var binding in Bindings(lineage, asker, id).Where(b => !declared.IsReleased(work, b.Origin, b.Name)))
        {
            yield return binding;
        }
        if (!work.Steps.IsEmpty)
        {
            foreach (var (name, candidate) in declared.Names(work, work.MainPart))
            {
                yield return new Binding(
                    catalog.Find(name),
                    declared.Canonical(name),
                    work,
                    work.MainPart,
                    [],
                    Standing.Original,
                    asker.With(work.Facts),
                    candidate
                );
            }
        }
    }

    /// <summary>How one license of one work reaches another, one binding for each distinct standing.</summary>
    private IEnumerable<Binding> Reaching(Lineage lineage, Facts asker, LinkedWork origin, Part part, string name, string target)
    {
        var license = catalog.Find(name);
        var standings = new Dictionary<string, List<Binding>>(StringComparer.Ordinal)
        {
            [origin.Id] = [new Binding(license, declared.Canonical(name), origin, part, [], Standing.Original, asker.With(origin.Facts))],
        };
        foreach (var work in lineage.Works)
        {
            foreach (var step in work.Steps.Where(s => standings.ContainsKey(s.From)))
            {
                if (
                    step.From == origin.Id && (step.Part ?? origin.MainPart) != part
                    || declared.IsReleased(lineage[step.From], origin, name)
                )
                {
                    continue;
                }
                foreach (var before in standings[step.From])
                {
                    var facts = before.Facts.With(work.Facts).With(step.Facts);
                    if (Pass(license, before.Standing, step.Act, part, facts) is { } standing)
                    {
                        var reached = standings.TryGetValue(work.Id, out var list) ? list : standings[work.Id] = [];
                        if (!reached.Exists(b => b.Standing == standing))
                        {
                            reached.Add(before with { Via = before.Via.Add(step), Standing = standing, Facts = facts });
                        }
                    }
                }
            }
        }
        return standings.TryGetValue(target, out var found) ? found : [];
    }

    /// <summary>The standing after a step; null where nothing of the license follows.</summary>
    internal Standing? Pass(License? license, Standing before, Act act, Part part, Facts facts)
    {
        if (license is null)
        {
            // Unknown terms may bind whatever was made: they stay in sight.
            return before with { MadeBy = before.MadeBy.Add(act) };
        }
        var situation = new Situation(facts, license.Id, catalog.Territories, today);
        var component = before.Component;
        Subject? On(Reading reading)
        {
            var subject = before.On(reading);
            if (subject is null || (subject != Subject.Output && act == Act.Generate))
            {
                return subject is null ? null : Subject.Output;
            }
            if (subject == Subject.Output)
            {
                if (act is not (Act.TrainOnData or Act.TrainOnOutputs or Act.Distill))
                {
                    return Subject.Output;
                }
                act = Act.TrainOnOutputs;
                return LicenseEvaluator.Passes(license, act, part, situation, reading).Any(p => p.As == Passing.Derivative)
                    ? Subject.Derivative
                    : null;
            }
            var passings = LicenseEvaluator.Passes(license, act, part, situation, reading).Select(p => p.As).ToList();
            component =
                passings.Contains(Passing.Contains) && !passings.Contains(Passing.Derivative)
                    ? true
                    : component && !passings.Contains(Passing.Derivative);
            return passings.Contains(Passing.Derivative) ? Subject.Derivative
                : passings.Count > 0 ? subject
                : null;
        }
        var lenient = On(Reading.Lenient);
        var strict = On(Reading.Strict);
        var madeBy = before.MadeBy.Contains(act) ? before.MadeBy : before.MadeBy.Add(act);
        var follows = license.Rules.Any(r => r.Reach == Reach.Work && r.MadeBy.Any(madeBy.Contains));
        return lenient is null && strict is null && !follows ? null : new Standing(lenient, strict, madeBy, component);
    }
}
