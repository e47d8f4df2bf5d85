using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>What a policy wants done with what it speaks of; the later one is the stricter.</summary>
public enum Treatment
{
    Allow,

    /// <summary>A person decides; the decision is a suppression with its reason.</summary>
    Ask,
    Deny,
}

/// <summary>What an entry of a policy, or an answer it is held to, is about.</summary>
public enum PolicySubject
{
    License,
    Verdict,
    Restriction,
    Duty,
}

/// <summary>An entry of a policy. Where it names a license or a work beside its subject, it speaks of that one alone and goes before the others.</summary>
/// <param name="Treatment">What is done.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Name">The license, verdict, restriction or duty. A restriction is a category, the beginning of one up to a dot, or one with a strength.</param>
/// <param name="License">The license that alone is meant; null for every one, and where the subject is a license.</param>
/// <param name="Work">The work that alone is meant: the one whose license it is, or the one that is shipped; null for every one.</param>
/// <param name="Reason">Why; null where not stated.</param>
/// <param name="Evidence">Where it stands.</param>
public sealed record PolicyEntry(
    Treatment Treatment,
    PolicySubject Subject,
    string Name,
    string? License,
    string? Work,
    string? Reason,
    Evidence Evidence
)
{
    /// <summary>The name in place of a license where nothing is known of it.</summary>
    public const string Unknown = "unknown";
}

/// <summary>A finding the user accepts, with a reason.</summary>
public sealed record Suppression(string? Code, string? Work, string? Id, string Reason, DateOnly? Until, Evidence Evidence);

/// <summary>
/// What the user's organization wants: of licenses, verdicts, restrictions and duties. As soon as one of a kind is allowed by name, what is not named
/// is treated as <paramref name="Otherwise"/>; a license that the catalog does not have is so in any case.
/// </summary>
/// <param name="Entries">What is allowed, asked about and denied.</param>
/// <param name="Otherwise">How what no entry names is treated; null where not stated, which is deny.</param>
/// <param name="Suppress">Accepted findings.</param>
/// <param name="Evidence">Where the policy stands; null without one.</param>
public sealed record Policy(
    ImmutableArray<PolicyEntry> Entries,
    Treatment? Otherwise,
    ImmutableArray<Suppression> Suppress,
    Evidence? Evidence
)
{
    /// <summary>No policy at all: everything goes.</summary>
    public static readonly Policy None = new([], null, [], null);

    /// <summary>It says something of licenses or what they ask; suppressions alone do not.</summary>
    public bool Decides => !Entries.IsEmpty || Otherwise is not null;
}
