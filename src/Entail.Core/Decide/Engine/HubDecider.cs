using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>
/// Decides for every work of a hub whether it may be distributed under what it declares, in one pass over the graph: what binds a work is what passes by
/// its steps from what binds their sources. What a license answers depends on few things (how the work stands to it, under which license it goes out),
/// so each such answer is worked out once, by the reference evaluator, and looked up after that. A work in a cycle, or after one, is left to the
/// reference as a whole. Equal to <see cref="LineageDecider"/>, work by work; a test compares the two.
/// </summary>
public sealed class HubDecider
{
    private const int UnknownName = -1;

    private readonly CompiledCatalog catalog;
    private readonly Func<HubGraph, int, Lineage> lineageOf;
    private readonly OutboundDecider outbound;
    private readonly LineageDecider lineages;
    private readonly ExpressionDecider decider;
    private readonly DeclaredLicenses declared;

    private readonly List<Name> names = [];
    private readonly Dictionary<string, int> nameNumbers = new(StringComparer.Ordinal);
    private readonly List<State> states = [];
    private readonly Dictionary<State, int> stateNumbers = [];
    private readonly Dictionary<HubLabel, Label> labels = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(int State, Act Act, Facts Facts), int> passed = [];
    private readonly Dictionary<(int State, LicenseExpression? As, Part Part), Told> told = [];
    private readonly Dictionary<(int State, Act Act, bool SameModel), Answer> asked = [];
    private readonly Dictionary<string, bool> clashes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LicenseExpression> expressions = new(StringComparer.Ordinal);
    private readonly Dictionary<LicenseExpression, bool> whole = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Facts, int> factNumbers = [];

    /// <param name="catalog">The rules.</param>
    /// <param name="today">The day of the question.</param>
    /// <param name="lineageOf">Gives the lineage of a work as it is linked by itself, circles cut.</param>
    public HubDecider(CompiledCatalog catalog, DateOnly today, Func<HubGraph, int, Lineage> lineageOf)
    {
        this.lineageOf = lineageOf;
        this.catalog = catalog;
        outbound = new OutboundDecider(catalog, today);
        decider = new ExpressionDecider(catalog, today);
        lineages = new LineageDecider(catalog, decider, today);
        declared = new DeclaredLicenses(catalog, today);
    }

    private sealed record Name(string Written, string Canonical, License? License);

    // How a work stands to a license. Of one that nobody knows there is nothing to tell apart.
    private sealed record State(int Name, Part Part, Standing Standing, Facts Facts);

    private sealed record Label(
        ImmutableArray<(int Name, bool Candidate)> Names,
        bool IsChoice,
        LicenseExpression? As,
        ImmutableArray<LicenseExpression> Meant,
        LicenseExpression? Joined
    );

    private sealed record Told(Verdict Verdict, ImmutableArray<(string Code, bool Sure)> Missing, Answer Acts);

    /// <summary>Decides for every work that is asked about.</summary>
    public HubDecisions Decide(HubGraph graph)
    {
        var pass = new Run(graph);
        var referred = new Dictionary<int, HubDecision>();
        foreach (var number in graph.Order)
        {
            OutcomeOf(pass, number);
        }
        foreach (var number in graph.Works.Where(w => pass.Outcomes[w] is null || graph.IsFromItself(w)))
        {
            referred[number] = ByReference(pass, number);
        }
        return new HubDecisions(graph, pass.Outcomes, pass.Reached, referred);
    }

    // Works with the same declaration, made by the same acts from works to which all the same applies, come out the same, but for the works that their
    // licenses come from. So one of each kind is worked out, and the others take its outcome with origins of their own.
    private sealed class Run(HubGraph graph)
    {
        public HubGraph Graph => graph;

        public Bound[][] Reached { get; } = new Bound[graph.Nodes.Length][];

        public HubOutcome?[] Outcomes { get; } = new HubOutcome?[graph.Nodes.Length];

        public bool[] Gaps { get; } = new bool[graph.Nodes.Length];

        public int[] Shapes { get; } = new int[graph.Nodes.Length];

        // By numbers of declarations, which are those of this graph.
        public Numbered<HubOutcome> Known { get; } = new();

        public Numbered<int> ShapeNumbers { get; } = new();

        public Numbered<HubDecision> Referred { get; } = new();

        public int Count { get; set; }

        public List<int> Key { get; } = [];

        public List<int> Origins { get; } = [];
    }

    private void OutcomeOf(Run pass, int number)
    {
        var graph = pass.Graph;
        var node = graph.Nodes[number];
        HubDecisions.OriginsOf(graph, pass.Reached, number, pass.Origins);
        var isShared = KeyOf(pass, node);
        if (isShared && pass.Known.TryGetValue(CollectionsMarshal.AsSpan(pass.Key), out var known))
        {
            pass.Gaps[number] = known.HasGap;
            pass.Outcomes[number] = known;
            pass.Reached[number] = Placed(known.Reached, pass.Origins);
            return;
        }
        foreach (var step in node.Steps)
        {
            pass.Gaps[number] |= pass.Gaps[step.From] || graph.Nodes[step.From].IsMissing;
        }
        pass.Reached[number] = [.. Reach(graph, number, pass.Reached)];
        var decision = Of(graph, number, pass.Reached, pass.Gaps[number]);
        var origins = pass.Origins;
        var outcome = new HubOutcome(
            ++pass.Count,
            decision.Verdict,
            [.. decision.Bindings.Select(b => b with { Origin = origins.IndexOf(b.Origin) })],
            [.. decision.Findings.Select(f => f with { Origin = f.Origin is { } origin ? origins.IndexOf(origin) : null })],
            [.. pass.Reached[number].Select(b => b with { Origin = origins.IndexOf(b.Origin) })],
            pass.Gaps[number]
        );
        pass.Outcomes[number] = outcome;
        if (isShared)
        {
            pass.Known[CollectionsMarshal.AsSpan(pass.Key)] = outcome;
        }
    }

    private static Bound[] Placed(Bound[] template, List<int> origins)
    {
        if (template.Length == 0)
        {
            return template;
        }
        var placed = new Bound[template.Length];
        for (var i = 0; i < placed.Length; i++)
        {
            placed[i] = template[i] with { Origin = origins[template[i].Origin] };
        }
        return placed;
    }

    // All that decides on a work, as numbers. Where the same origin comes by several steps, it is a case of its own.
    private bool KeyOf(Run pass, HubNode node)
    {
        var key = pass.Key;
        key.Clear();
        key.Add(node.Declared.Index);
        key.Add(FactsOf(node.Facts));
        key.Add(node.Declared.Licenses.IsEmpty ? UndeclaredName(node.Id) : 0);
        foreach (var step in node.Steps)
        {
            key.Add((int)step.Act);
            key.Add(ShapeOf(pass, step.From));
        }
        return node.Steps.Length < 2 || !HasTwice(pass, node);
    }

    private static bool HasTwice(Run pass, HubNode node)
    {
        var seen = new HashSet<int>();
        foreach (var step in node.Steps)
        {
            var own = new HashSet<int>(pass.Reached[step.From].Select(b => b.Origin)) { step.From };
            if (!seen.Add(step.From) || own.Any(o => o != step.From && !seen.Add(o)))
            {
                return true;
            }
        }
        return false;
    }

    // What a work is to those made from it: how it came out, and which of the licenses that reached it its publisher gives anew.
    private int ShapeOf(Run pass, int number)
    {
        if (pass.Shapes[number] is > 0 and var known)
        {
            return known;
        }
        var (graph, node) = (pass.Graph, pass.Graph.Nodes[number]);
        var key = new List<int> { pass.Outcomes[number]!.Number, node.IsMissing ? 1 : 0 };
        var bits = 0;
        var reached = pass.Reached[number];
        for (var i = 0; i < reached.Length; i++)
        {
            bits |= IsReleased(graph, number, node, reached[i]) ? 1 << (i % 31) : 0;
            if (i % 31 == 30)
            {
                key.Add(bits);
                bits = 0;
            }
        }
        key.Add(bits);
        var shape = CollectionsMarshal.AsSpan(key);
        if (!pass.ShapeNumbers.TryGetValue(shape, out var found))
        {
            pass.ShapeNumbers[shape] = found = ++pass.Count;
        }
        return pass.Shapes[number] = found;
    }

    private int FactsOf(Facts facts)
    {
        if (ReferenceEquals(facts, Facts.None))
        {
            return 0;
        }
        if (!factNumbers.TryGetValue(facts, out var number))
        {
            factNumbers[facts] = number = factNumbers.Count + 1;
        }
        return number;
    }

    // What binds those who use a work: its own license where it is an original, and what passes by its steps; one entry for each distinct standing.
    private List<Bound> Reach(HubGraph graph, int number, Bound[][] reached)
    {
        var node = graph.Nodes[number];
        var found = new List<Bound>();
        foreach (var step in node.Steps)
        {
            var source = graph.Nodes[step.From];
            foreach (var bound in At(graph, step.From, reached))
            {
                var state = states[bound.State];
                if (IsReleased(graph, step.From, source, bound))
                {
                    continue;
                }
                var key = (bound.State, step.Act, node.Facts);
                if (!passed.TryGetValue(key, out var next))
                {
                    passed[key] = next = Pass(state, step.Act, node.Facts);
                }
                if (
                    next >= 0
                    && !found.Exists(f =>
                        f.Origin == bound.Origin && f.Candidate == bound.Candidate && IsSame(states[f.State], states[next])
                    )
                )
                {
                    found.Add(new Bound(bound.Origin, next, bound.Candidate, false));
                }
            }
        }
        return found;
    }

    private static bool IsSame(State one, State other) =>
        one.Name == other.Name && one.Part == other.Part && one.Standing == other.Standing;

    // What binds those who make something from a work: what reached it, and its own license, be it an original or not.
    private IEnumerable<Bound> At(HubGraph graph, int number, Bound[][] reached) =>
        reached[number].Concat(Own(graph.Nodes[number], number));

    private IEnumerable<Bound> Own(HubNode node, int number)
    {
        var label = LabelOf(node.Declared);
        var part = node.Declared.MainPart;
        return label.Names.IsEmpty
            ? [new Bound(number, StateOf(new State(UndeclaredName(node.Id), part, Standing.Original, node.Facts)), false, true)]
            : label.Names.Select(n => new Bound(
                number,
                StateOf(new State(n.Name, part, Standing.Original, node.Facts)),
                n.Candidate,
                true
            ));
    }

    // A work without a license stands for one of its own name, which the catalog knows only by chance.
    private int UndeclaredName(string id) =>
        id.Contains('/', StringComparison.Ordinal) || catalog.Find(id) is null ? UnknownName : NameOf(id);

    private int Pass(State state, Act act, Facts facts)
    {
        var license = state.Name == UnknownName ? null : names[state.Name].License;
        if (license is null)
        {
            return StateOf(state);
        }
        var all = state.Facts.With(facts);
        return lineages.Pass(license, state.Standing, act, state.Part, all) is { } standing
            ? StateOf(state with { Standing = standing, Facts = all })
            : -1;
    }

    private bool IsReleased(HubGraph graph, int number, HubNode work, Bound bound) =>
        number != bound.Origin
        && states[bound.State].Name is >= 0 and var name
        && work.Owner != 0
        && graph.Nodes[bound.Origin].Owner == work.Owner
        && LabelOf(work.Declared).Names.Any(n => names[n.Name].Canonical == names[name].Canonical);

    private HubDecision Of(HubGraph graph, int number, Bound[][] reached, bool gap)
    {
        var node = graph.Nodes[number];
        var label = LabelOf(node.Declared);
        // A derived work's own license is the outbound one; an original's binds whoever ships it.
        var bindings = node.Steps.IsEmpty ? [.. Own(node, number)] : reached[number];
        var steps = node.Steps.SelectMany(s => StepAnswers(graph, node, s, reached)).ToList();
        var wanted = label.As;
        if (wanted is not null && label.Meant.Length > 1)
        {
            var verdicts = label.Meant.Select(m => Verdict(graph, bindings, steps, m, node.Declared.MainPart, gap)).Distinct().Count();
            wanted = verdicts == 1 ? label.Joined : wanted;
        }
        else if (label.Meant is [var one])
        {
            wanted = one;
        }
        return new HubDecision(
            Verdict(graph, bindings, steps, wanted, node.Declared.MainPart, gap),
            [.. bindings.Select(b => new HubBinding(NameOf(b), b.Origin, CertaintyOf(b))).Distinct()],
            [.. Findings(graph, node, number, bindings, steps, wanted).Distinct()]
        );
    }

    private Verdict Verdict(
        HubGraph graph,
        IReadOnlyCollection<Bound> bindings,
        List<(Bound Bound, Answer Answer, HubStep Step)> steps,
        LicenseExpression? wanted,
        Part part,
        bool gap
    )
    {
        var all = OfWorks(graph, bindings.Select(b => (b, Ask(b, wanted, part).Verdict, (HubStep?)null)))
            .Concat(OfWorks(graph, steps.Select(s => (s.Bound, s.Answer.Verdict, (HubStep?)s.Step))))
            .ToList();
        if (gap || wanted is null || !IsWhole(wanted))
        {
            all.Add(Model.Verdict.Unclear);
        }
        if (Clash(bindings))
        {
            all.Add(Model.Verdict.Prohibited);
        }
        return all.Joint();
    }

    // As LineageDecider.OfWorks: of a choice the mildest, of a tag what its candidates agree on.
    private IEnumerable<Verdict> OfWorks(HubGraph graph, IEnumerable<(Bound Bound, Verdict Verdict, HubStep? Step)> answers) =>
        answers
            .GroupBy(a => (a.Bound.Origin, states[a.Bound.State].Part, a.Step))
            .SelectMany(g =>
            {
                var verdicts = g.Select(a => a.Verdict).ToList();
                var agreed = verdicts.Aggregate(Decider.Together);
                return LabelOf(graph.Nodes[g.Key.Origin].Declared).IsChoice ? [verdicts.Min()]
                    : !g.First().Bound.Candidate ? verdicts
                    : agreed <= Model.Verdict.PermittedWithDuties ? [agreed]
                    : (IEnumerable<Verdict>)[Model.Verdict.Unclear];
            });

    private static readonly Question Shipping = new([Act.Distribute], null, null, [], Part.Weights, Facts.None, Standing.Original);

    private Told Ask(Bound bound, LicenseExpression? wanted, Part part)
    {
        var state = states[bound.State];
        if (state.Name == UnknownName || names[state.Name].License is not { } license)
        {
            return Unknown;
        }
        var goes = wanted is null || bound.Direct || !IsWhole(wanted) ? null : wanted;
        if (!told.TryGetValue((bound.State, goes, part), out var known))
        {
            var question = Shipping with { As = goes, Part = part, Facts = state.Facts, Standing = state.Standing };
            var answer = decider.Single.Ask(license, question);
            var acts = goes is null ? answer : Ask(bound, null, part).Acts;
            told[(bound.State, goes, part)] = known = new Told(
                answer.Verdict,
                [
                    .. answer
                        .MaybeMissing.Where(m => m.Kind != "text")
                        .GroupBy(FindingRules.CodeOf, StringComparer.Ordinal)
                        .Select(g => (g.Key, g.Any(m => answer.Missing.Contains(m)))),
                ],
                acts
            );
        }
        return known;
    }

    private static readonly Told Unknown = new(Model.Verdict.Unclear, [], ExpressionDecider.Unknown(""));

    // Whether the making of the work was allowed.
    private IEnumerable<(Bound, Answer, HubStep)> StepAnswers(HubGraph graph, HubNode node, HubStep step, Bound[][] reached)
    {
        var source = graph.Nodes[step.From];
        foreach (var bound in At(graph, step.From, reached).Where(b => !IsReleased(graph, step.From, source, b)))
        {
            var state = states[bound.State];
            if (state.Name == UnknownName || names[state.Name].License is not { } license)
            {
                yield return (bound, ExpressionDecider.Unknown(""), step);
                continue;
            }
            var same = step.Act == Act.Merge && OthersAreBound(graph, node, step, state.Name, reached);
            if (!asked.TryGetValue((bound.State, step.Act, same), out var answer))
            {
                var question = LineageDecider.StepQuestion(StepOf(step.Act), BindingOf(bound), Facts.None, () => same);
                answer = decider.Single.Ask(license, question);
                asked[(bound.State, step.Act, same)] = answer;
            }
            yield return (bound, answer, step);
        }
    }

    private bool OthersAreBound(HubGraph graph, HubNode node, HubStep step, int name, Bound[][] reached) =>
        node
            .Steps.Where(s => s.Act == Act.Merge && s.From != step.From)
            .All(s =>
                At(graph, s.From, reached)
                    .Where(b => !IsReleased(graph, s.From, graph.Nodes[s.From], b))
                    .Any(b =>
                        states[b.State] is var state
                        && state.Name >= 0
                        && names[state.Name].Canonical == names[name].Canonical
                        && state.Standing.Lenient is Subject.Original or Subject.Derivative
                    )
            );

    private bool Clash(IEnumerable<Bound> bindings)
    {
        var licenses = bindings
            .Select(b => states[b.State].Name)
            .Where(n => n != UnknownName && names[n].License is not null)
            .Select(n => names[n].License!)
            .DistinctBy(l => l.Id)
            .OrderBy(l => l.Id, StringComparer.Ordinal)
            .ToList();
        if (licenses.Count < 2)
        {
            return false;
        }
        var key = string.Join(' ', licenses.Select(l => l.Id));
        return clashes.TryGetValue(key, out var known) ? known : clashes[key] = !Compatibility.Clashes(licenses).IsEmpty;
    }

    private IEnumerable<HubFinding> Findings(
        HubGraph graph,
        HubNode node,
        int number,
        IReadOnlyCollection<Bound> bindings,
        List<(Bound Bound, Answer Answer, HubStep Step)> steps,
        LicenseExpression? wanted
    )
    {
        var label = LabelOf(node.Declared);
        if (node.Declared.Licenses.IsEmpty)
        {
            yield return new HubFinding("license-undeclared", null, null, Certainty.Yes);
        }
        foreach (var name in label.Names.Where(n => !n.Candidate && names[n.Name].License is null))
        {
            yield return new HubFinding("license-unknown", names[name.Name].Written, number, Certainty.Yes);
        }
        foreach (var step in node.Steps.Where(s => graph.Nodes[s.From].IsMissing))
        {
            yield return new HubFinding(
                "base-not-found",
                null,
                step.From,
                step.Act == Act.TrainOnData ? Certainty.Arguable : Certainty.Yes
            );
        }
        foreach (var bound in bindings)
        {
            var answer = Ask(bound, wanted, node.Declared.MainPart);
            if (ReferenceEquals(answer, Unknown))
            {
                continue;
            }
            var certainty = CertaintyOf(bound);
            foreach (var (code, sure) in bound.Candidate ? [] : answer.Missing)
            {
                yield return new HubFinding(
                    code,
                    NameOf(bound),
                    bound.Origin,
                    sure && certainty == Certainty.Yes ? Certainty.Yes : Certainty.Arguable
                );
            }
            if (!bound.Candidate && FindingRules.Refusal(answer.Acts, BindingOf(bound)) is { } refusal)
            {
                yield return new HubFinding(refusal.Code, NameOf(bound), bound.Origin, refusal.Certainty);
            }
        }
        foreach (var (bound, answer, _) in steps)
        {
            if (states[bound.State].Name != UnknownName && FindingRules.Refusal(answer, BindingOf(bound)) is { } refusal)
            {
                yield return new HubFinding(refusal.Code, NameOf(bound), bound.Origin, refusal.Certainty);
            }
        }
        if (Clash(bindings))
        {
            yield return new HubFinding("license-conflict", null, null, Certainty.Yes);
        }
    }

    // Works whose lineages are alike, circle for circle, come out alike too: the reference is asked once for each such lineage.
    private HubDecision ByReference(Run pass, int number)
    {
        var graph = pass.Graph;
        var ordinals = new Dictionary<int, int>();
        var members = new List<int>();
        Visit(pass, number, number, ordinals, members);
        var owners = new Dictionary<int, int> { [0] = 0 };
        var key = new List<int>();
        foreach (var member in members)
        {
            var node = graph.Nodes[member];
            owners.TryAdd(node.Owner, owners.Count);
            key.AddRange([node.Declared.Index, FactsOf(node.Facts), node.IsMissing ? 1 : 0, owners[node.Owner], node.Steps.Length]);
            foreach (var step in node.Steps)
            {
                key.AddRange([(int)step.Act, ordinals[step.From]]);
            }
        }
        var kind = CollectionsMarshal.AsSpan(key);
        if (!pass.Referred.TryGetValue(kind, out var template))
        {
            pass.Referred[kind] = template = Asked(graph, number, members);
        }
        return new HubDecision(
            template.Verdict,
            [
                .. template.Bindings.Select(b =>
                    b with
                    {
                        License = b.License ?? graph.Nodes[members[b.Origin]].Id,
                        Origin = members[b.Origin],
                    }
                ),
            ],
            [.. template.Findings.Select(f => f with { Origin = f.Origin is { } origin ? members[origin] : null })]
        );
    }

    // The lineage in the order of its steps. The other face of the work itself is the work.
    private static void Visit(Run pass, int number, int root, Dictionary<int, int> ordinals, List<int> members)
    {
        var pending = new Stack<int>([number]);
        while (pending.TryPop(out var next))
        {
            if (!ordinals.TryAdd(next, next == root || pass.Graph.IsFace(next, root) ? 0 : members.Count))
            {
                continue;
            }
            if (next != root && ordinals[next] == 0)
            {
                continue;
            }
            members.Add(next);
            for (var i = pass.Graph.Nodes[next].Steps.Length - 1; i >= 0; i--)
            {
                pending.Push(pass.Graph.Nodes[next].Steps[i].From);
            }
        }
    }

    private HubDecision Asked(HubGraph graph, int number, List<int> members)
    {
        var lineage = lineageOf(graph, number);
        var decision = Reference(lineage);
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < members.Count; i++)
        {
            places.TryAdd(graph.Nodes[members[i]].Id, i);
        }
        return new HubDecision(
            decision.Verdict,
            [
                .. decision
                    .Bindings.Select(b => new HubBinding(
                        b.Binding.Name == b.Binding.Origin.Id ? null : b.Binding.Name,
                        places[b.Binding.Origin.Id],
                        b.Binding.Certainty
                    ))
                    .Distinct(),
            ],
            [
                .. lineage
                    .Problems.Select(p => new HubFinding(
                        p.Code,
                        null,
                        places.TryGetValue(p.Subject, out var at) ? at : null,
                        Certainty.Yes
                    ))
                    .Distinct(),
            ]
        );
    }

    /// <summary>The decision of the reference evaluator on the same question.</summary>
    public LineageDecision Reference(Lineage lineage)
    {
        var root = lineage.RootWork;
        var question = Shipping with { As = OutboundDecider.Declared(root, root.MainPart), Part = root.MainPart, Facts = root.Facts };
        return outbound.Decide(lineages, lineage, question);
    }

    private Binding BindingOf(Bound bound)
    {
        var state = states[bound.State];
        return new Binding(
            names[state.Name].License,
            names[state.Name].Canonical,
            Nobody,
            state.Part,
            bound.Direct ? [] : [StepOf(Act.Modify)],
            state.Standing,
            state.Facts,
            bound.Candidate
        );
    }

    // What an answer depends on is the act; from where to where it leads is not.
    private static LinkedStep StepOf(Act act) =>
        new("", act, "", false, null, Facts.None, new Evidence("", null, null, null, null, EvidenceSource.Declared));

    private static readonly LinkedWork Nobody = new("", "model", WorkOrigin.Missing, [], [], Facts.None, null, null);

    private Certainty CertaintyOf(Bound bound)
    {
        var standing = states[bound.State].Standing;
        return bound.Candidate ? Certainty.Arguable
            : standing.Lenient is not null || (standing.Strict is null && !bound.Direct) ? Certainty.Yes
            : Certainty.Arguable;
    }

    // A license that nobody knows is called like the work it comes from.
    private string? NameOf(Bound bound) => states[bound.State].Name is >= 0 and var name ? names[name].Canonical : null;

    // One object for each expression, so that answers to it are found again.
    private LicenseExpression Interned(LicenseExpression expression)
    {
        var written = expression.ToString()!;
        return expressions.TryGetValue(written, out var known) ? known : expressions[written] = expression;
    }

    private bool IsWhole(LicenseExpression expression)
    {
        if (!whole.TryGetValue(expression, out var known))
        {
            whole[expression] = known = expression.Singles().All(s => catalog.Find(s.Id) is not null);
        }
        return known;
    }

    private int NameOf(string written)
    {
        if (!nameNumbers.TryGetValue(written, out var number))
        {
            nameNumbers[written] = number = names.Count;
            names.Add(new Name(written, declared.Canonical(written), catalog.Find(written)));
        }
        return number;
    }

    private int StateOf(State state)
    {
        if (!stateNumbers.TryGetValue(state, out var number))
        {
            stateNumbers[state] = number = states.Count;
            states.Add(state);
        }
        return number;
    }

    private Label LabelOf(HubLabel label)
    {
        if (!labels.TryGetValue(label, out var known))
        {
            var work = label.Of("\n"); // no license has that name
            var found = declared.Names(work, work.MainPart).Where(n => n.Name != "\n").ToList();
            var wanted = OutboundDecider.Declared(work, work.MainPart);
            labels[label] = known = new Label(
                [.. found.Select(n => (NameOf(n.Name), n.Candidate))],
                work.Of(work.MainPart).Any(l => l.Expression is LicenseExpression.Or),
                wanted is null ? null : Interned(wanted),
                wanted is null ? [] : [.. outbound.Meanings(wanted).Select(Interned)],
                wanted is null ? null : Interned(outbound.Joined(wanted))
            );
        }
        return known;
    }
}
