using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>A column of a table: its name, its type in SQL, and what it says.</summary>
internal sealed record HubColumn(string Name, string Type, string Says);

/// <summary>A table of the decision of a hub: values are numbers, booleans, texts and null.</summary>
/// <param name="Folder">rules, or facts.</param>
/// <param name="Name">Its name.</param>
/// <param name="Says">What a row says.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, in an order that is always the same.</param>
internal sealed record HubTable(string Folder, string Name, string Says, ImmutableArray<HubColumn> Columns, IEnumerable<object?[]> Rows);

/// <summary>The answers that were asked for.</summary>
/// <param name="States">How many states there are.</param>
/// <param name="Passing">What becomes of a state by an act, where something does.</param>
/// <param name="Sharing">The answers to sharing.</param>
/// <param name="Making">The verdicts on making acts.</param>
/// <param name="Expressions">What works go out under, by number, each with whether the catalog knows all of it; the first is nothing.</param>
internal sealed record HubAsked(
    int States,
    IEnumerable<(int State, Act Act, int Facts, int Next)> Passing,
    IEnumerable<((int Kind, int As, Part Part) Of, HubAnswer Answer)> Sharing,
    IEnumerable<(int Kind, Part Part, Act Act, bool SameModel, Verdict Verdict)> Making,
    IEnumerable<(string? Written, bool IsWhole)> Expressions
);

/// <summary>
/// The decision of a hub as tables: what the catalog answered, as far as this hub asked it, and the works and steps. A query over them alone comes to the
/// same, but for works that are referred: those in or after a circle of origins, and those that one license reached with other facts on another way, of
/// which the first counts. Their decisions are facts.
/// </summary>
internal sealed class HubTables
{
    private readonly HubGraph graph;
    private readonly HubPass pass;
    private readonly HubAnswers answers;
    private readonly HubDecisions decisions;
    private readonly bool[] isReferred;
    private readonly int[] declarationOf;
    private readonly List<int> declarations = []; // a node of each

    public HubTables(HubGraph graph, HubPass pass, HubAnswers answers, HubDecisions decisions, Func<int, bool> isCircular)
    {
        (this.graph, this.pass, this.answers, this.decisions) = (graph, pass, answers, decisions);
        isReferred = [.. Enumerable.Range(0, graph.Count).Select(n => pass[n] is null || isCircular(n))];
        foreach (var number in graph.Sorted())
        {
            isReferred[number] |= DependsOnOrder(number);
        }
        declarationOf = new int[graph.Count];
        var known = new Dictionary<(int, int, int), int>();
        for (var i = 0; i < declarationOf.Length; i++)
        {
            var node = graph[i];
            var name = node.Declared.Licenses.IsEmpty ? answers.UndeclaredName(node.Id) : HubAnswers.UnknownName;
            if (!known.TryGetValue((node.Declared.Index, answers.NumberOf(node.Facts), name), out declarationOf[i]))
            {
                known[(node.Declared.Index, answers.NumberOf(node.Facts), name)] = declarationOf[i] = declarations.Count;
                declarations.Add(i);
            }
        }
    }

    // Of states that differ in facts alone the first counts; and a missing work that is called like a license cannot be told from that.
    private bool DependsOnOrder(int number)
    {
        var node = graph[number];
        if (node.IsMissing && answers.UndeclaredName(node.Id) != HubAnswers.UnknownName)
        {
            return true;
        }
        foreach (var step in node.Steps)
        {
            if (isReferred[step.From])
            {
                return true;
            }
        }
        if (node.Steps.Length < 2)
        {
            return false;
        }
        var factsOf = new Dictionary<int, Facts>();
        foreach (var step in node.Steps)
        {
            foreach (var reached in pass.Kinds.ReachedOf(pass[step.From]!))
            {
                var facts = answers.State(reached.State).Facts;
                if (factsOf.TryAdd(pass.Resolve(step.From, reached.From), facts))
                {
                    continue;
                }
                if (!factsOf[pass.Resolve(step.From, reached.From)].Equals(facts))
                {
                    return true;
                }
            }
        }
        foreach (var step in node.Steps)
        {
            if (factsOf.TryGetValue(step.From, out var passed) && !passed.Equals(graph[step.From].Facts))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>All tables.</summary>
    public IReadOnlyList<HubTable> All()
    {
        var declared = declarations.ConvertAll(pass.TraitsOf); // may ask for more
        var asked = answers.Asked();
        var sharing = asked.Sharing.OrderBy(s => s.Of).ToList();
        return
        [
            Rule(
                "verdict_names",
                "The verdicts; of several that hold together the highest counts.",
                [Number("verdict", "Its rank."), Text("name", "Its name.")],
                Enum.GetValues<Verdict>().OrderBy(Rank).Select(v => Row(Rank(v), Kebab.Of(v)))
            ),
            Rule(
                "expressions",
                "What works go out under.",
                [
                    Number("expression", "Its number; 0 where nothing is declared."),
                    Text("written", "The license expression."),
                    Flag("whole", "The catalog knows all of its licenses; it is compared with other licenses only then."),
                ],
                asked.Expressions.Select((e, i) => Row(i, e.Written, e.IsWhole))
            ),
            Rule(
                "states",
                "How a work can stand to a license.",
                [
                    Number("state", "Its number."),
                    Text("license", "The license; null of a work that has none, which stands for a license that nobody knows."),
                    Flag("known", "The catalog has the license."),
                    Number("kind", "States of one kind are answered alike."),
                    Text("part", "The part of the origin whose license it is."),
                    Flag("as_model", "On both readings the work is the licensed one or a derivative of it."),
                    Text("own_reading", "yes or arguable: how surely the license binds the work that it is the license of."),
                    Text("passed_reading", "yes or arguable: how surely it binds works made from that."),
                ],
                Enumerable.Range(0, asked.States).Select(State)
            ),
            Rule(
                "passing",
                "What becomes of a state when something is made from the work; no row where nothing of the license follows.",
                [
                    Number("state", "The state of the source."),
                    Text("act", "The act by which the new work is made."),
                    Number("facts", "The facts of the new work."),
                    Number("next", "The state of the new work."),
                ],
                asked.Passing.Order().Select(p => Row(p.State, p.Act.Name(), p.Facts, p.Next))
            ),
            Rule(
                "sharing",
                "What a license answers when a work is shared. What has no row is unclear.",
                [
                    Number("kind", "The kind of the state in which the work is."),
                    Text("part", "The part that is shared."),
                    Number("expression", "What it goes out under; 0 where that is not compared."),
                    Number("verdict", "The answer."),
                ],
                sharing.Select(s => Row(s.Of.Kind, Kebab.Of(s.Of.Part), s.Of.As, Rank(s.Answer.Verdict)))
            ),
            Rule(
                "lacking",
                "What the license that a work goes out under lacks, as another license sees it.",
                [
                    Number("kind", "The kind of the state in which the work is to the other license."),
                    Text("part", "The part that is shared."),
                    Number("expression", "What it goes out under."),
                    Text("code", "The finding."),
                    Flag("certain", "It is lacked on both readings."),
                ],
                sharing.SelectMany(s => Lacking(s.Of, s.Answer))
            ),
            Rule(
                "making",
                "What a license that binds the source of a step answers to the making. What has no row is unclear.",
                [
                    Number("kind", "The kind of the state in which the source is."),
                    Text("part", "The part of the origin whose license it is."),
                    Text("act", "The act."),
                    Flag("same_model", "In a merge, all others are bound by the license too."),
                    Number("verdict", "The answer."),
                ],
                asked.Making.Order().Select(m => Row(m.Kind, Kebab.Of(m.Part), m.Act.Name(), m.SameModel, Rank(m.Verdict)))
            ),
            Rule(
                "clashes",
                "Licenses with duties that cannot both be met.",
                [Text("license", "One."), Text("other", "The other.")],
                Clashes(asked.States)
            ),
            Rule(
                "declarations",
                "What works declare, once for all that declare the same.",
                [
                    Number("declaration", "Its number."),
                    Text("kind", "model, adapter or dataset."),
                    Text("part", "The part that is shared, and that others are made from."),
                    Text("written", "The licenses as written."),
                ],
                declarations
                    .Select((n, i) => (graph[n].Declared, i))
                    .Select(d =>
                        Row(
                            d.i,
                            d.Declared.Kind,
                            Kebab.Of(d.Declared.MainPart),
                            string.Join(", ", d.Declared.Licenses.Select(l => l.Expression.ToString()).Distinct())
                        )
                    )
            ),
            Rule(
                "own_licenses",
                "The licenses of works with a declaration, in their order.",
                [
                    Number("own", "The number of the row."),
                    Number("declaration", "The declaration."),
                    Number("state", "The state in which such a work is."),
                    Flag("candidate", "It is one of several licenses that a tag may mean."),
                    Flag("choice", "Recipients choose among the licenses of the declaration."),
                ],
                declared
                    .SelectMany((d, i) => d.Own.Select(o => (o.State, o.Marks.Candidate, d.Declared.IsChoice, i)))
                    .Select((o, own) => Row(own, o.i, o.State, o.Candidate, o.IsChoice))
            ),
            Rule(
                "meanings",
                "What a work with a declaration goes out under: if all that is meant comes out the same, that (joined, where there are several), else as it is declared.",
                [
                    Number("meaning", "The number of the row."),
                    Number("declaration", "The declaration."),
                    Text("way", "meant, joined (all that is meant, to choose from) or declared."),
                    Number("expression", "The expression."),
                ],
                declared
                    .SelectMany((d, i) => Meanings(d.Declared).Select(m => (i, m.Way, m.Expression)))
                    .Select((m, number) => Row(number, m.i, m.Way, m.Expression))
            ),
            Rule(
                "declares",
                "The licenses that a declaration names: a publisher gives its works under them anew.",
                [Number("declaration", "The declaration."), Text("license", "The license.")],
                declared.SelectMany(
                    (d, i) => d.Declared.Names.Select(n => answers.Name(n.Name).Canonical).Distinct().Select(license => Row(i, license))
                )
            ),
            Fact(
                "works",
                "The works. One that the catalog knows may be there twice: as its record has it, and as others are made from it.",
                [
                    Number("work", "Its number."),
                    Text("id", "Its name."),
                    Flag("asked", "The query decides on it: it has a record and is not referred."),
                    Flag("missing", "It is named, but nothing is known of it."),
                    Number("declaration", "What it declares."),
                    Number("facts", "What is known of it beyond that; 0 for nothing."),
                    Number("owner", "Its owner; null without one."),
                ],
                Works()
            ),
            Fact(
                "steps",
                "What works were made from.",
                [
                    Number("work", "The work."),
                    Number("step", "1 for its first step, and so on."),
                    Number("source", "The work that it was made from."),
                    Text("act", "How."),
                ],
                Steps()
            ),
            Fact(
                "referred",
                "The verdicts on works that are decided by their own lineages: those in or after a circle of origins, where the circle is cut, and those that one license reached on several ways with different facts.",
                [Number("work", "The work."), Number("verdict", "The verdict.")],
                Referred().Select(r => Row(r.Number, Rank(r.Decision.Verdict)))
            ),
            Fact(
                "referred_bindings",
                "What binds them.",
                [
                    Number("work", "The work."),
                    Text("license", "The license."),
                    Number("origin", "The work whose license it is."),
                    Text("reading", "yes or arguable."),
                ],
                Referred().SelectMany(r => r.Decision.Bindings.Select(b => Row(r.Number, b.License, b.Origin, Kebab.Of(b.Certainty))))
            ),
            Fact(
                "referred_lacks",
                "What the licenses that they go out under lack.",
                [
                    Number("work", "The work."),
                    Text("code", "The finding."),
                    Text("license", "The license that asks for it."),
                    Number("origin", "The work whose license that is."),
                    Text("reading", "yes or arguable."),
                ],
                Referred().SelectMany(r => Lacks(r.Decision).Select(f => Row(r.Number, f.Code, f.License, f.Origin, Kebab.Of(f.Certainty))))
            ),
        ];
    }

    private object?[] State(int number)
    {
        var (state, facts) = (answers.State(number), answers.FactsOf(number));
        return Row(
            number,
            answers.NameOf(number)?.Canonical,
            facts.IsKnown,
            facts.Kind,
            Kebab.Of(state.Part),
            state.Standing.Lenient is Subject.Original or Subject.Derivative,
            Kebab.Of(facts.Own),
            Kebab.Of(facts.Passed)
        );
    }

    private static IEnumerable<object?[]> Lacking((int Kind, int As, Part Part) of, HubAnswer answer) =>
        HubKinds
            .Lacks.Where(l => (answer.MaybeLacking & l.Kinds) != Lack.None)
            .Select(l => Row(of.Kind, Kebab.Of(of.Part), of.As, l.Code, (answer.Lacking & l.Kinds) != Lack.None));

    private IEnumerable<object?[]> Clashes(int states)
    {
        var placed = Enumerable
            .Range(0, states)
            .Where(s => answers.FactsOf(s).IsPosition)
            .DistinctBy(s => answers.FactsOf(s).Canonical)
            .ToList();
        return placed
            .SelectMany(_ => placed, (one, other) => (one, other))
            .Where(p => p.one != p.other && answers.Clash([p.one, p.other]))
            .Select(p => Row(answers.NameOf(p.one)!.Canonical, answers.NameOf(p.other)!.Canonical));
    }

    private static IEnumerable<(string Way, int Expression)> Meanings(HubDeclaration declared) =>
        [
            .. declared.Meant.Select(m => ("meant", m)),
            .. declared.Meant.Length > 1 ? [("joined", declared.Joined)] : Array.Empty<(string, int)>(),
            .. declared.Meant.Length != 1 ? [("declared", declared.As)] : Array.Empty<(string, int)>(),
        ];

    private IEnumerable<object?[]> Works()
    {
        var asked = graph.Works.ToHashSet();
        for (var i = 0; i < graph.Count; i++)
        {
            var node = graph[i];
            yield return Row(
                i,
                node.Id,
                asked.Contains(i) && !isReferred[i],
                node.IsMissing,
                declarationOf[i],
                answers.NumberOf(node.Facts),
                node.Owner == 0 ? null : node.Owner
            );
        }
    }

    private IEnumerable<object?[]> Steps()
    {
        for (var i = 0; i < graph.Count; i++)
        {
            for (var s = 0; s < graph[i].Steps.Length; s++)
            {
                var step = graph[i].Steps[s];
                yield return Row(i, s + 1, step.From, step.Act.Name());
            }
        }
    }

    private IEnumerable<(int Number, HubDecision Decision)> Referred() =>
        Enumerable.Range(0, graph.Works.Count).Where(p => isReferred[graph.Works[p]]).Select(p => (graph.Works[p], decisions[p]));

    private static IEnumerable<HubFinding> Lacks(HubDecision decision) =>
        decision.Findings.Where(f => f is { License: not null, Origin: not null } && HubKinds.Lacks.Any(l => l.Code == f.Code));

    // The order of Verdicts.Joint: what is prohibited for one reason is so whatever else is unclear.
    private static int Rank(Verdict verdict) =>
        verdict switch
        {
            Verdict.Unclear => 3,
            Verdict.Prohibited => 4,
            _ => (int)verdict,
        };

    private static object?[] Row(params object?[] values) => values;

    private static HubColumn Number(string name, string says) => new(name, "integer", says);

    private static HubColumn Text(string name, string says) => new(name, "text", says);

    private static HubColumn Flag(string name, string says) => new(name, "boolean", says);

    private static HubTable Rule(string name, string says, ImmutableArray<HubColumn> columns, IEnumerable<object?[]> rows) =>
        new("rules", name, says, columns, rows);

    private static HubTable Fact(string name, string says, ImmutableArray<HubColumn> columns, IEnumerable<object?[]> rows) =>
        new("facts", name, says, columns, rows);
}
