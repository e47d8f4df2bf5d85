using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide.Engine;

/// <summary>How a work stands to a license: nothing of one that nobody knows is told apart.</summary>
/// <param name="Name">The number of the license's name; <see cref="HubAnswers.UnknownName"/> for a work without a license.</param>
/// <param name="Part">The part of the work whose license it is.</param>
/// <param name="Standing">How the work stands to it.</param>
/// <param name="Facts">The facts of the works on the way.</param>
internal sealed record HubState(int Name, Part Part, Standing Standing, Facts Facts);

/// <summary>A license as written, and what the catalog has of it.</summary>
/// <param name="Written">The name as written.</param>
/// <param name="Canonical">The catalog's id, or the name as written.</param>
/// <param name="Number">The number of the canonical name.</param>
/// <param name="License">The license; null of one that the catalog does not have.</param>
internal sealed record HubLicense(string Written, string Canonical, int Number, License? License);

/// <summary>What is asked of a state most often.</summary>
/// <param name="Canonical">The number of the license's canonical name; <see cref="HubAnswers.UnknownName"/> for a work without a license.</param>
/// <param name="IsKnown">The catalog has the license.</param>
/// <param name="Kind">States of one kind are answered alike.</param>
/// <param name="Own">How surely the license binds the work that it is the license of.</param>
/// <param name="Passed">How surely it binds works made from that.</param>
/// <param name="IsPosition">It asks for words at a certain place, which licenses can disagree on.</param>
/// <param name="Same">States with one such number tell of the same license and standing, whatever the facts.</param>
/// <param name="IsModel">On the lenient reading the work is the licensed one, or a derivative of it.</param>
internal readonly record struct HubStateFacts(
    int Canonical,
    bool IsKnown,
    int Kind,
    Certainty Own,
    Certainty Passed,
    bool IsPosition,
    int Same,
    bool IsModel
);

/// <summary>What a license answers to the sharing of a work that stands to it in some way.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Lacking">What the license that the work goes out under lacks for certain.</param>
/// <param name="MaybeLacking">What it lacks on the strict reading.</param>
internal readonly record struct HubAnswer(Verdict Verdict, Lack Lacking, Lack MaybeLacking);

/// <summary>Whether a license stands against acts, whatever the work goes out under.</summary>
internal enum HubRefusal
{
    /// <summary>It does not, or it depends on facts.</summary>
    No,

    /// <summary>Only by agreement.</summary>
    Agreement,

    /// <summary>It forbids them.</summary>
    Prohibited,

    /// <summary>Its words can be read so.</summary>
    Arguable,

    /// <summary>It is silent, which can be read so.</summary>
    Silent,
}

/// <summary>A work's declaration: what its licenses are called, and under what it goes out.</summary>
/// <param name="Names">The names, each with whether it is one of several candidates.</param>
/// <param name="IsChoice">Recipients choose among them.</param>
/// <param name="As">The number of what it goes out under, as declared; 0 where nothing is.</param>
/// <param name="Meant">What that may mean.</param>
/// <param name="Joined">All of these to choose from.</param>
internal sealed record HubDeclaration(
    ImmutableArray<(int Name, bool Candidate)> Names,
    bool IsChoice,
    int As,
    ImmutableArray<int> Meant,
    int Joined
)
{
    /// <summary>The states of a work without facts to its own licenses; empty where it has none.</summary>
    public ImmutableArray<HubOwn> Own { get; init; } = [];

    /// <summary>Nothing is declared.</summary>
    public bool IsNone { get; init; }

    /// <summary>The numbers of the canonical names.</summary>
    public ImmutableArray<int> Canonical { get; init; } = [];

    /// <summary>What each name is to its work.</summary>
    public HubMarks MarksOf(int place) =>
        Names.IsEmpty
            ? default
            : new HubMarks(
                Names[place].Candidate,
                IsChoice,
                // Which one is declared first is asked only where what is declared is certain in part.
                Names.All(n => n.Candidate == Names[0].Candidate)
                    ? 0
                    : Names.IndexOf(Names[place])
            );
}

/// <summary>What a license is to the work that declares it, as one number.</summary>
/// <param name="Value">The number.</param>
internal readonly record struct HubMarks(int Value)
{
    private const int IsCandidate = 1;
    private const int IsOfChoice = 2;
    private const int IsReleased = 4;
    private const int RankOne = 8;

    public HubMarks(bool candidate, bool choice, int rank)
        : this((candidate ? IsCandidate : 0) | (choice ? IsOfChoice : 0) | (rank * RankOne)) { }

    /// <summary>It is one of several that a tag may mean.</summary>
    public bool Candidate => (Value & IsCandidate) != 0;

    /// <summary>Recipients choose among what is declared.</summary>
    public bool IsChoice => (Value & IsOfChoice) != 0;

    /// <summary>Its publisher gives it anew, with a work made from the one that declares it.</summary>
    public bool Released => (Value & IsReleased) != 0;

    /// <summary>Its place among what is declared, where that matters.</summary>
    public int Rank => Value / RankOne;

    /// <summary>The same, given anew.</summary>
    public HubMarks Anew() => new(Value | IsReleased);
}

/// <summary>A license of a work itself.</summary>
internal readonly record struct HubOwn(int State, HubMarks Marks);

/// <summary>
/// Everything that deciding works of hubs asks of licenses, each question asked once, of the compiled engine: the tables of a hub's decision.
/// </summary>
internal sealed class HubAnswers(CompiledCatalog catalog, DateOnly today)
{
    /// <summary>The number of the name of a license that does not exist.</summary>
    public const int UnknownName = -1;

    private static readonly int Parts = Enum.GetValues<Part>().Length;
    private static readonly int AllActs = Enum.GetValues<Act>().Length;

    private static readonly Question Shipping = new([Act.Distribute], null, null, [], Part.Weights, Facts.None, Standing.Original);

    private readonly OutboundDecider outbound = new(catalog, today);
    private readonly RuleEngine engine = RuleEngine.Of(catalog, today);
    private readonly LineageDecider lineages = new(catalog, new ExpressionDecider(catalog, today), today);
    private readonly DeclaredLicenses declared = new(catalog, today);

    private readonly List<HubLicense> names = [];
    private readonly Dictionary<string, int> nameNumbers = new(StringComparer.Ordinal);
    private readonly List<HubState> states = [];
    private readonly Dictionary<HubState, int> stateNumbers = [];
    private readonly List<HubStateFacts> facts = [];
    private readonly List<(LicenseExpression Expression, bool IsWhole)> expressions = [(null!, false)];
    private readonly Dictionary<string, int> expressionNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Name, Subject? Lenient, Subject? Strict, bool Component, uint MadeBy, int Facts), int> kindNumbers =
    [];
    private readonly Dictionary<Facts, int> factNumbers = new() { [Facts.None] = 0 };
    private readonly Dictionary<(int Name, Part Part, Standing Standing), int> sameNumbers = [];
    private readonly Answered<int> passed = new();
    private readonly Answered<HubAnswer> shipped = new();
    private readonly Answered<HubRefusal> refused = new();
    private readonly Answered<(Verdict Verdict, HubRefusal Refusal)> made = new();
    private readonly Dictionary<string, bool> clashes = new(StringComparer.Ordinal);

    /// <summary>The state with a number.</summary>
    public HubState State(int number) => states[number];

    /// <summary>What is asked of a state most often.</summary>
    public ref readonly HubStateFacts FactsOf(int state) => ref CollectionsMarshal.AsSpan(facts)[state];

    /// <summary>The license name of a state; null where the work has no license.</summary>
    public HubLicense? NameOf(int state) => states[state].Name is >= 0 and var name ? names[name] : null;

    /// <summary>The name with a number.</summary>
    public HubLicense Name(int number) => names[number];

    /// <summary>A number for facts.</summary>
    public int NumberOf(Facts facts)
    {
        if (ReferenceEquals(facts, Facts.None))
        {
            return 0;
        }
        if (!factNumbers.TryGetValue(facts, out var number))
        {
            factNumbers[facts] = number = factNumbers.Count;
        }
        return number;
    }

    /// <summary>A number for a name.</summary>
    public int NumberOf(string written)
    {
        if (!nameNumbers.TryGetValue(written, out var number))
        {
            var canonical = declared.Canonical(written);
            var first = canonical == written ? names.Count : NumberOf(canonical);
            nameNumbers[written] = number = names.Count;
            names.Add(new HubLicense(written, canonical, first, catalog.Find(written)));
        }
        return number;
    }

    /// <summary>A number for a state.</summary>
    public int NumberOf(HubState state)
    {
        if (!stateNumbers.TryGetValue(state, out var number))
        {
            stateNumbers[state] = number = states.Count;
            states.Add(state);
            // The order in which a work was made is told, but nothing is answered by it.
            var standing = state.Standing;
            var key = (
                state.Name,
                standing.Lenient,
                standing.Strict,
                standing.Component,
                RuleEngine.Bits(standing.MadeBy),
                NumberOf(state.Facts)
            );
            if (!kindNumbers.TryGetValue(key, out var kind))
            {
                kindNumbers[key] = kind = kindNumbers.Count;
            }
            if (!sameNumbers.TryGetValue((state.Name, state.Part, standing), out var same))
            {
                sameNumbers[(state.Name, state.Part, standing)] = same = sameNumbers.Count;
            }
            var isYes = standing.Lenient is not null;
            facts.Add(
                new HubStateFacts(
                    state.Name == UnknownName ? UnknownName : names[state.Name].Number,
                    state.Name != UnknownName && names[state.Name].License is not null,
                    kind,
                    isYes ? Certainty.Yes : Certainty.Arguable,
                    isYes || standing.Strict is null ? Certainty.Yes : Certainty.Arguable,
                    state.Name != UnknownName && names[state.Name].License is { } license && Compatibility.HasPosition(license),
                    same,
                    standing.Lenient is Subject.Original or Subject.Derivative
                )
            );
        }
        return number;
    }

    /// <summary>A work without a license stands for one of its own name, which the catalog knows only by chance.</summary>
    public int UndeclaredName(string id) =>
        id.Contains('/', StringComparison.Ordinal) || catalog.Find(id) is null ? UnknownName : NumberOf(id);

    /// <summary>The state after a step; -1 where nothing of the license follows.</summary>
    public int Pass(int state, Act act, Facts facts)
    {
        ref var next = ref passed[state, (NumberOf(facts) * AllActs) + (int)act];
        if (!next.IsKnown)
        {
            next = (true, Passed(states[state], state, act, facts));
        }
        return next.Value;
    }

    private int Passed(HubState state, int number, Act act, Facts facts)
    {
        if (NameOf(number)?.License is not { } license)
        {
            return number;
        }
        var all = state.Facts.With(facts);
        return lineages.Pass(license, state.Standing, act, state.Part, all) is { } standing
            ? NumberOf(state with { Standing = standing, Facts = all })
            : -1;
    }

    /// <summary>What the license of a state, which the catalog has, answers to the sharing of a work.</summary>
    /// <param name="state">How the work stands to the license.</param>
    /// <param name="direct">The license is the work's own.</param>
    /// <param name="wanted">The number of what the work goes out under.</param>
    /// <param name="part">The part that is shared.</param>
    public HubAnswer Ship(int state, bool direct, int wanted, Part part)
    {
        // What it goes out under is compared only where the catalog knows all of it.
        var goes = direct || !expressions[wanted].IsWhole ? 0 : wanted;
        ref var answer = ref shipped[facts[state].Kind, (goes * Parts) + (int)part];
        if (!answer.IsKnown)
        {
            var question = Shipped(state, part) with { As = goes == 0 ? null : expressions[goes].Expression };
            var quick = engine.Ask(NameOf(state)!.License!, question);
            answer = (true, new HubAnswer(quick.Verdict, quick.Lacking, quick.MaybeLacking));
        }
        return answer.Value;
    }

    /// <summary>Whether the license of a state, which the catalog has, stands against the sharing of a work.</summary>
    public HubRefusal RefusesShipping(int state, Part part)
    {
        ref var refusal = ref refused[facts[state].Kind, (int)part];
        if (!refusal.IsKnown)
        {
            refusal = (true, Refusal(NameOf(state)!.License!, Shipped(state, part)));
        }
        return refusal.Value;
    }

    private Question Shipped(int state, Part part) =>
        Shipping with
        {
            Part = part,
            Facts = states[state].Facts,
            Standing = states[state].Standing,
        };

    /// <summary>Whether the license of a state, which the catalog has, allows a making act.</summary>
    /// <param name="state">How the source stands to the license.</param>
    /// <param name="act">The act.</param>
    /// <param name="sameModel">In a merge, all others are bound by the license too.</param>
    public (Verdict Verdict, HubRefusal Refusal) Make(int state, Act act, bool sameModel)
    {
        ref var answer = ref made[facts[state].Kind, (((int)states[state].Part * AllActs) + (int)act) * 2 + (sameModel ? 1 : 0)];
        if (!answer.IsKnown)
        {
            var license = NameOf(state)!.License!;
            var binding = new Binding(
                license,
                license.Id,
                Nobody,
                states[state].Part,
                [StepOf(Act.Modify)],
                states[state].Standing,
                states[state].Facts
            );
            var question = LineageDecider.StepQuestion(StepOf(act), binding, Facts.None, () => sameModel);
            answer = (true, (engine.Ask(license, question).Verdict, Refusal(license, question)));
        }
        return answer.Value;
    }

    // As FindingRules.Refusal.
    private HubRefusal Refusal(License license, Question question) =>
        engine.Ask(license, question).Verdict switch
        {
            Verdict.Prohibited => HubRefusal.Prohibited,
            Verdict.NeedsAgreement => HubRefusal.Agreement,
            Verdict.Unclear => engine.Openness(license, question) switch
            {
                (IsOpen: false, _) => HubRefusal.No,
                (_, IsBlocked: true) => HubRefusal.Arguable,
                _ => HubRefusal.Silent,
            },
            _ => HubRefusal.No,
        };

    // What an answer depends on is the act; from where to where it leads is not.
    private static LinkedStep StepOf(Act act) =>
        new("", act, "", false, null, Facts.None, new Evidence("", null, null, null, null, EvidenceSource.Declared));

    private static readonly LinkedWork Nobody = new("", "model", WorkOrigin.Missing, [], [], Facts.None, null, null);

    /// <summary>True where duties of these licenses, which all ask for words at a place, cannot all be met.</summary>
    public bool Clash(IReadOnlyCollection<int> of)
    {
        var licenses = of.Select(s => NameOf(s)!.License!).DistinctBy(l => l.Id).OrderBy(l => l.Id, StringComparer.Ordinal).ToList();
        var key = string.Join(' ', licenses.Select(l => l.Id));
        return clashes.TryGetValue(key, out var known) ? known : clashes[key] = !Compatibility.Clashes(licenses).IsEmpty;
    }

    /// <summary>True where the catalog knows all that a work goes out under.</summary>
    public bool IsWhole(int wanted) => expressions[wanted].IsWhole;

    /// <summary>What works declare that have a label.</summary>
    public HubDeclaration Declared(HubLabel label)
    {
        var work = label.Of("\n"); // no license has that name
        var wanted = OutboundDecider.Declared(work, work.MainPart);
        var found = ImmutableArray.CreateBuilder<(int Name, bool Candidate)>();
        var canonical = new SortedSet<int>();
        foreach (var (name, candidate) in declared.Names(work, work.MainPart))
        {
            if (name != work.Id)
            {
                var number = NumberOf(name);
                found.Add((number, candidate));
                canonical.Add(names[number].Number);
            }
        }
        var declaration = new HubDeclaration(
            found.ToImmutable(),
            work.Of(work.MainPart).Any(l => l.Expression is LicenseExpression.Or),
            NumberOf(wanted),
            wanted is null ? [] : [.. outbound.Meanings(wanted).Select(NumberOf)],
            NumberOf(wanted is null ? null : outbound.Joined(wanted))
        );
        return declaration with
        {
            Own = Own(declaration, work.MainPart, Facts.None),
            IsNone = label.Licenses.IsEmpty,
            Canonical = [.. canonical],
        };
    }

    /// <summary>The licenses of works with a declaration and facts themselves; empty where nothing is declared.</summary>
    public ImmutableArray<HubOwn> Own(HubDeclaration declaration, Part part, Facts facts)
    {
        var own = ImmutableArray.CreateBuilder<HubOwn>(declaration.Names.Length);
        for (var i = 0; i < declaration.Names.Length; i++)
        {
            var state = new HubState(declaration.Names[i].Name, part, Standing.Original, facts);
            own.Add(new HubOwn(NumberOf(state), declaration.MarksOf(i)));
        }
        return own.DrainToImmutable();
    }

    /// <summary>What stands for the license of a work that declares none.</summary>
    /// <param name="name">Its <see cref="UndeclaredName"/>.</param>
    /// <param name="part">The part that is shipped.</param>
    /// <param name="facts">Its facts.</param>
    public HubOwn Undeclared(int name, Part part, Facts facts) =>
        new(NumberOf(new HubState(name, part, Standing.Original, facts)), default);

    private int NumberOf(LicenseExpression? expression)
    {
        if (expression is null)
        {
            return 0;
        }
        var written = expression.ToString()!;
        if (!expressionNumbers.TryGetValue(written, out var number))
        {
            expressionNumbers[written] = number = expressions.Count;
            expressions.Add((expression, expression.Singles().All(s => catalog.Find(s.Id) is not null)));
        }
        return number;
    }

    /// <summary>All that was asked for so far.</summary>
    public HubAsked Asked() =>
        new(
            states.Count,
            passed.All().Where(p => p.Value >= 0).Select(p => (p.Row, (Act)(p.Column % AllActs), p.Column / AllActs, p.Value)),
            shipped.All().Select(s => ((s.Row, s.Column / Parts, (Part)(s.Column % Parts)), s.Value)),
            made.All()
                .Select(m => (m.Row, (Part)(m.Column / 2 / AllActs), (Act)(m.Column / 2 % AllActs), m.Column % 2 == 1, m.Value.Verdict)),
            expressions.Select(e => (e.Expression?.ToString(), e.IsWhole))
        );

    /// <summary>The decision of the reference evaluator on the same question.</summary>
    public LineageDecision Reference(Lineage lineage)
    {
        var root = lineage.RootWork;
        var question = Shipping with { As = OutboundDecider.Declared(root, root.MainPart), Part = root.MainPart, Facts = root.Facts };
        return outbound.Decide(lineages, lineage, question);
    }
}
