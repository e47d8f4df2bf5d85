using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Entail.Core.Model;

/// <summary>Something wrong with a work: what, where, why.</summary>
/// <param name="Code">A finding code of the taxonomy.</param>
/// <param name="Severity">How serious.</param>
/// <param name="Work">The work.</param>
/// <param name="Part">The part; null where it concerns the whole.</param>
/// <param name="Parties">The licenses and works involved.</param>
/// <param name="Clauses">The clauses behind it.</param>
/// <param name="Subject">What distinguishes it from other findings of its code, work and parties: a duty, a base, a file.</param>
/// <param name="Certainty">Arguable where only the strict reading finds it.</param>
/// <param name="Params">Particulars for the message.</param>
/// <param name="Details">Further particulars, such as every restriction that was dropped.</param>
/// <param name="Evidence">Where it shows.</param>
/// <param name="Message">What is wrong, where the finding carries its own words; null for the words of its code.</param>
public sealed record Finding(
    string Code,
    Severity Severity,
    string Work,
    Part? Part,
    ImmutableArray<(string? License, string Work)> Parties,
    ImmutableArray<ClauseRef> Clauses,
    string Subject,
    Certainty Certainty,
    ImmutableSortedDictionary<string, string> Params,
    ImmutableArray<string> Details,
    ImmutableArray<Evidence> Evidence,
    Text? Message = null,
    Suppression? Suppressed = null
)
{
    /// <summary>A stable id: of code, work, part, parties and subject; never of message, line, language, severity or catalog.</summary>
    public string Id =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        [
                            Code,
                            Work,
                            Part is { } part ? Kebab.Of(part) : "",
                            .. Parties.Select(p => $"{p.License} {p.Work}").Order(StringComparer.Ordinal),
                            Subject,
                        ]
                    )
                )
            )
        )[..16];
}

/// <summary>Whether an artifact shows that a duty was done.</summary>
public enum DutyState
{
    Met,
    Missing,
    NotVisible,
}

/// <summary>A duty owed for the shipped work, and what the artifact shows of it.</summary>
/// <param name="License">The license that asks for it.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Origin">The work that carries the license.</param>
/// <param name="Base">The work by which the license came to the shipped one: what a statement of changes names.</param>
/// <param name="Certainty">Arguable where only the strict reading asks for it.</param>
/// <param name="When">The facts it depends on; null where it is owed anyway.</param>
/// <param name="State">What the artifact shows.</param>
/// <param name="Evidence">Where it shows.</param>
public sealed record DutyStatus(
    string License,
    Rule Rule,
    string Origin,
    string Base,
    Certainty Certainty,
    string? When,
    DutyState State,
    ImmutableArray<Evidence> Evidence
)
{
    /// <summary>The duty and its particulars.</summary>
    public Effect.Owe Owe => (Effect.Owe)Rule.Effect;
}
