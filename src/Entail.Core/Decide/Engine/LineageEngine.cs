using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>What one binding license answers to what is done with the shipped work, or to a step of its making.</summary>
/// <param name="Binding">The binding.</param>
/// <param name="Answer">Its answer; null where the catalog does not have the license.</param>
/// <param name="Step">The making step that was asked; null for the question itself.</param>
public sealed record QuickBinding(Binding Binding, QuickAnswer? Answer, LinkedStep? Step)
{
    /// <summary>The license's verdict; unclear where the catalog does not have it.</summary>
    public Verdict Verdict => Answer?.Verdict ?? Verdict.Unclear;
}

/// <summary>The verdict on a shipped work, and what led to it.</summary>
public sealed record QuickDecision(Verdict Verdict, ImmutableArray<QuickBinding> Bindings);

/// <summary>
/// Carries every license of a lineage to every work in one pass, by the tables of the <see cref="RuleEngine"/>, and asks those that bind. Decides as
/// the reference does (<see cref="LineageDecider"/>, without license texts); a test compares the two on random lineages.
/// </summary>
public sealed class LineageEngine(CompiledCatalog catalog, RuleEngine engine)
{
    private readonly DeclaredLicenses declared = new(catalog, engine.Today);

    /// <summary>Decides what is asked of the root of <paramref name="lineage"/>.</summary>
    public QuickDecision Decide(Lineage lineage, Question question)
    {
        var reached = Reach(lineage, question.Facts);
        var answers = Bindings(reached, lineage.RootWork)
            .Select(b => new QuickBinding(b, Ask(b, LineageDecider.AsksOf(catalog, question, b)), null))
            .Concat(StepAnswers(lineage, reached, question.Facts))
            .ToImmutableArray();
        var open =
            question.As is null
            || question.As.Singles().Any(s => catalog.Find(s.Id) is null)
            || lineage.Problems.Any(p => p.Code is "lineage-unknown" or "lineage-cycle" or "base-not-found");
        var licenses = answers.Where(a => a.Step is null).Select(a => a.Binding.License).OfType<License>().DistinctBy(l => l.Id).ToList();
        var verdicts = LineageDecider.OfWorks(answers.Select(a => (a.Binding, a.Verdict, a.Step))).ToList();
        return new QuickDecision(
            verdicts.Contains(Verdict.Prohibited) || !Compatibility.Clashes(licenses).IsEmpty ? Verdict.Prohibited
                : open || verdicts.Contains(Verdict.Unclear) ? Verdict.Unclear
                : verdicts.DefaultIfEmpty(Verdict.Permitted).Max(),
            answers
        );
    }

    private QuickAnswer? Ask(Binding binding, Question question) =>
        binding.License is { } license
            ? engine.Ask(license, question with { Facts = question.Facts.With(binding.Facts), Standing = binding.Standing })
            : null;

    /// <summary>For every work the licenses that reach it, in the order of their origins.</summary>
    private Dictionary<string, List<Binding>> Reach(Lineage lineage, Facts asker)
    {
        var reached = lineage.Works.ToDictionary(w => w.Id, _ => new List<Binding>(), StringComparer.Ordinal);
        foreach (var origin in lineage.Works)
        {
            foreach (var part in DeclaredLicenses.UsedParts(lineage, origin))
            {
                foreach (var (name, candidate) in declared.Names(origin, part))
                {
                    var license = catalog.Find(name);
                    var first = new Binding(
                        license,
                        declared.Canonical(name),
                        origin,
                        part,
                        [],
                        Standing.Original,
                        asker.With(origin.Facts),
                        candidate
                    );
                    Carry(lineage, first, license is null ? null : engine.TableOf(license), name, reached);
                }
            }
        }
        return reached;
    }

    private void Carry(Lineage lineage, Binding first, RuleTable? table, string name, Dictionary<string, List<Binding>> reached)
    {
        var here = new Dictionary<string, List<Binding>>(StringComparer.Ordinal) { [first.Origin.Id] = [first] };
        foreach (var work in lineage.Works)
        {
            foreach (var step in work.Steps)
            {
                if (
                    !here.TryGetValue(step.From, out var before)
                    || (step.From == first.Origin.Id && (step.Part ?? first.Origin.MainPart) != first.Part)
                    || declared.IsReleased(lineage[step.From], first.Origin, name)
                )
                {
                    continue;
                }
                foreach (var binding in before)
                {
                    var facts = binding.Facts.With(work.Facts).With(step.Facts);
                    if (Pass(table, binding.Standing, step.Act, first.Part, facts) is { } standing)
                    {
                        var there = here.TryGetValue(work.Id, out var list) ? list : here[work.Id] = [];
                        if (!there.Exists(b => b.Standing == standing))
                        {
                            there.Add(binding with { Via = binding.Via.Add(step), Standing = standing, Facts = facts });
                        }
                    }
                }
            }
        }
        foreach (var (work, bindings) in here)
        {
            reached[work].AddRange(bindings);
        }
    }

    /// <summary>The standing after a step; null where nothing of the license follows.</summary>
    private Standing? Pass(RuleTable? table, Standing before, Act act, Part part, Facts facts)
    {
        if (table is null)
        {
            return before with { MadeBy = before.MadeBy.Add(act) };
        }
        var (sure, possible) = engine.Holding(table, facts);
        var trains = before.Lenient == Subject.Output || before.Strict == Subject.Output;
        if (trains && act is Act.TrainOnData or Act.TrainOnOutputs or Act.Distill)
        {
            act = Act.TrainOnOutputs;
        }
        var component = before.Component;
        var lenient = On(before.Lenient, sure);
        var strict = On(before.Strict, possible);
        var madeBy = before.MadeBy.Contains(act) ? before.MadeBy : before.MadeBy.Add(act);
        var follows = (table.FollowingWork & table.MadeBy(RuleEngine.Bits(madeBy))) != 0;
        return lenient is null && strict is null && !follows ? null : new Standing(lenient, strict, madeBy, component);

        Subject? On(Subject? subject, UInt128 holding)
        {
            if (subject is null || act == Act.Generate)
            {
                return subject is null ? null : Subject.Output;
            }
            var passings = table.Passes(1u << (int)act, part, holding);
            var derives = (passings & (1u << (int)Passing.Derivative)) != 0;
            if (subject == Subject.Output)
            {
                return act != Act.TrainOnOutputs ? Subject.Output
                    : derives ? Subject.Derivative
                    : null;
            }
            component = !derives && (component || (passings & (1u << (int)Passing.Contains)) != 0);
            return derives ? Subject.Derivative
                : passings != 0 ? subject
                : null;
        }
    }

    private static IEnumerable<Binding> Bindings(Dictionary<string, List<Binding>> reached, LinkedWork work) =>
        // A derived work's own license is the outbound one; an original's binds whoever ships it.
        reached[work.Id].Where(b => b.Origin.Id != work.Id || work.Steps.IsEmpty);

    private IEnumerable<Binding> BindingsAt(Dictionary<string, List<Binding>> reached, LinkedWork work, Facts asker) =>
        Bindings(reached, work)
            .Where(b => !declared.IsReleased(work, b.Origin, b.Name))
            .Concat(
                work.Steps.IsEmpty
                    ? []
                    : declared
                        .Names(work, work.MainPart)
                        .Select(n => new Binding(
                            catalog.Find(n.Name),
                            declared.Canonical(n.Name),
                            work,
                            work.MainPart,
                            [],
                            Standing.Original,
                            asker.With(work.Facts),
                            n.Candidate
                        ))
            );

    /// <summary>Whether the steps that made the shipped work, and the user's own works before it, were allowed.</summary>
    private IEnumerable<QuickBinding> StepAnswers(Lineage lineage, Dictionary<string, List<Binding>> reached, Facts asker) =>
        from work in lineage.Works
        where work.Origin is WorkOrigin.Folder or WorkOrigin.Configured
        from step in work.Steps
        from binding in BindingsAt(reached, lineage[step.From], asker)
        let question = LineageDecider.StepQuestion(step, binding, asker, () => OthersAreBound(lineage, reached, asker, work, step, binding))
        select new QuickBinding(binding with { Facts = question.Facts }, Ask(binding with { Facts = question.Facts }, question), step);

    // A merge of works that are all bound by the license improves no model but the licensor's own and its derivatives.
    private bool OthersAreBound(
        Lineage lineage,
        Dictionary<string, List<Binding>> reached,
        Facts asker,
        LinkedWork work,
        LinkedStep step,
        Binding binding
    ) =>
        work
            .Steps.Where(s => s.Act == Act.Merge && s.From != step.From)
            .All(s => BindingsAt(reached, lineage[s.From], asker).Any(b => LineageDecider.Binds(b, binding.Name)));
}
