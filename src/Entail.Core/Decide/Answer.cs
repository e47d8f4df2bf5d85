using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>A duty in an answer. It is owed on every reading and in every case where <paramref name="Certainty"/> is yes.</summary>
/// <param name="License">The license that asks for it.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Acts">The acts that call for it.</param>
/// <param name="Certainty">Arguable where only the strict reading, or only some facts, call for it.</param>
/// <param name="When">The facts it depends on, as a guard; null where it depends on none that is unknown.</param>
public sealed record OwedDuty(string License, Rule Rule, ImmutableArray<Act> Acts, Certainty Certainty, string? When)
{
    /// <summary>The duty and its particulars.</summary>
    public Effect.Owe Owe => (Effect.Owe)Rule.Effect;
}

/// <summary>A use that is ruled out, with the rule that says so.</summary>
public sealed record RuledOut(string License, Restriction Restriction, Rule Rule);

/// <summary>An ordinary answer that was presumed, and what the contrary would change.</summary>
public sealed record Assumption(string Fact, string Value, Verdict Otherwise, ImmutableArray<ClauseRef> Clauses);

/// <summary>The verdict for one combination of unknown facts.</summary>
public sealed record Case(ImmutableArray<Possibility> When, Verdict Verdict, ImmutableArray<ClauseRef> Clauses);

/// <summary>A rule behind an answer.</summary>
public sealed record Because(string License, Rule Rule, ImmutableArray<Act> Acts);

/// <summary>A reason why the verdict is unclear, and what it turns on.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Subject">The fact, license or act it turns on.</param>
/// <param name="Clauses">The clauses it turns on.</param>
public sealed record Unclarity(UnclearReason Reason, string Subject, ImmutableArray<ClauseRef> Clauses);

/// <summary>What one license, or an expression of several, answers to a question.</summary>
public sealed record Answer(
    string License,
    Verdict Verdict,
    ImmutableArray<OwedDuty> Duties,
    ImmutableArray<RuledOut> Restrictions,
    ImmutableArray<Assumption> Assumed,
    ImmutableArray<Case> Cases,
    ImmutableArray<Because> Because,
    ImmutableArray<Unclarity> Unclear,
    ImmutableArray<string> Risks,
    ImmutableArray<string> Ownership,
    ImmutableArray<MissingItem> Missing,
    ImmutableArray<MissingItem> MaybeMissing,
    string? Chosen,
    ImmutableArray<Answer> Branches
);
