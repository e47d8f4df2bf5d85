using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>What one clause does.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Permission. Where it holds, the rules in <paramref name="Overrides"/> do not: an exception of the text's own.</summary>
    public sealed record Grant(ImmutableArray<string> Overrides) : Effect;

    /// <summary>No permission; <paramref name="Way"/> when the text names a way to it.</summary>
    public sealed record Prohibit(bool Way) : Effect;

    /// <summary>Past a limit the acts need an agreement (<paramref name="Way"/>), or end.</summary>
    public sealed record Threshold(bool Way) : Effect;

    /// <summary>Something owed when the acts happen.</summary>
    public sealed record Owe(
        string Duty,
        bool Before,
        string? Form,
        string? Words,
        string? Position,
        ImmutableArray<string> Where,
        ImmutableArray<string> Accepts
    ) : Effect;

    /// <summary>Uses that are ruled out.</summary>
    public sealed record Restrict(ImmutableArray<Restriction> Uses) : Effect;

    /// <summary>What the result of a making act is under this license.</summary>
    public sealed record Pass(Passing As) : Effect;

    /// <summary>Under which license the subject may travel.</summary>
    public sealed record Terms(bool AnyLicense, bool KeepRestrictions, bool Layer) : Effect;

    /// <summary>Who owns outputs or derivatives.</summary>
    public sealed record Own(string What, string By) : Effect;

    /// <summary>The license ends while the guard holds.</summary>
    public sealed record Terminate(string Risk) : Effect;

    /// <summary>Worth knowing; changes no verdict.</summary>
    public sealed record Warn(string Risk) : Effect;

    /// <summary>Not regulated here: no permission is needed.</summary>
    public sealed record Outside : Effect;
}

/// <summary>A rule of a license: an effect, what it speaks of, and the clauses that say so.</summary>
/// <param name="Id">Unique in its license.</param>
/// <param name="Effect">What the clause does.</param>
/// <param name="Acts">The acts it speaks of; empty for effects that speak of none.</param>
/// <param name="Of">The subjects it speaks of.</param>
/// <param name="When">The facts under which it applies.</param>
/// <param name="MadeBy">Only for results of these making acts; empty for any.</param>
/// <param name="Reach">Whether it also speaks of the resulting work, derivative or not.</param>
/// <param name="Certainty">Whether fair readers differ.</param>
/// <param name="Parts">The parts of a work it speaks of.</param>
/// <param name="Clauses">The clauses that say so, by clause id.</param>
/// <param name="Summary">The reason in one sentence of our own.</param>
/// <param name="Print">The print of its first clause, which is the one that says it; 0 where the words are not known.</param>
public sealed record Rule(
    string Id,
    Effect Effect,
    ImmutableArray<Act> Acts,
    ImmutableArray<Subject> Of,
    Guard When,
    ImmutableArray<Act> MadeBy,
    Reach Reach,
    Certainty Certainty,
    ImmutableArray<Part> Parts,
    ImmutableArray<string> Clauses,
    Text Summary,
    ulong Print = 0
)
{
    /// <summary>A rule is itself: two that say the same are still two, each with clauses of its own.</summary>
    public bool Equals(Rule? other) => ReferenceEquals(this, other);

    /// <summary>What it does, without its id, clauses and summary: equal where two rules say the same.</summary>
    public string Meaning() =>
        string.Join(
            '|',
            Effect switch
            {
                Effect.Owe o =>
                    $"{o.Duty} {o.Before} {o.Form} {o.Words} {o.Position} {string.Join(' ', o.Where)} {string.Join(' ', o.Accepts)}",
                Effect.Restrict r => Sorted(r.Uses),
                Effect.Grant g => $"grant {string.Join(' ', g.Overrides)}",
                _ => Effect.ToString(),
            },
            Sorted(Acts),
            Sorted(Of),
            When,
            Sorted(MadeBy),
            Reach,
            Certainty,
            Sorted(Parts)
        );

    private static string Sorted<T>(ImmutableArray<T> values) =>
        string.Join(' ', values.Select(v => v!.ToString()).Order(StringComparer.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A clause in the map of a document.</summary>
/// <param name="Id">Its id within the license: <c>4.b</c>, or <c>aup:1.a</c> in a further document.</param>
/// <param name="Start">Index of its first normalized word.</param>
/// <param name="End">Index after its last normalized word.</param>
/// <param name="Summary">One line in our own words.</param>
/// <param name="NoEffect">Why no rule cites it; null when one does.</param>
/// <param name="Print">A hash of its words, the same wherever the very same words stand; 0 where the words are not known.</param>
public sealed record Clause(string Id, int Start, int End, Text Summary, string? NoEffect, ulong Print = 0);

/// <summary>A text of a license: the agreement, a use policy.</summary>
/// <param name="Id">Its id within the license.</param>
/// <param name="Title">Its title.</param>
/// <param name="TextKey">The key of the reference text.</param>
/// <param name="Sha256">SHA-256 of the reference text's bytes, hexadecimal.</param>
/// <param name="Normalization">The version of the function that counted its words.</param>
/// <param name="Words">How many normalized words it has.</param>
/// <param name="Pinned">For a text kept at a changing address: the date of the text that was read.</param>
/// <param name="Url">Where it is kept, when it is not the license's own address.</param>
/// <param name="IncorporatedBy">The clauses that pull it in; empty for the first document.</param>
/// <param name="Clauses">Its clauses, in order, covering every word.</param>
/// <param name="Copies">Keys of reference texts that are this text but for a few idle words, such as page numbers.</param>
/// <param name="ReadOn">For a text that was read where it is published and is not among the reference texts: the day. Its clauses have no places, and it is not recognized in files.</param>
public sealed record Document(
    string Id,
    Text Title,
    string TextKey,
    string Sha256,
    int Normalization,
    int Words,
    DateOnly? Pinned,
    string? Url,
    ImmutableArray<string> IncorporatedBy,
    ImmutableArray<Clause> Clauses,
    ImmutableArray<string> Copies,
    DateOnly? ReadOn = null
);

/// <summary>A use policy that is part of a license by reference, and whose text nobody has read here: it may rule out any use.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Url">Where it is kept.</param>
/// <param name="IncorporatedBy">The clauses that pull it in.</param>
public sealed record UnreadPolicy(Text Title, string Url, ImmutableArray<string> IncorporatedBy);

/// <summary>The ids a license has elsewhere, and the further addresses it is kept at. <c>HubTag</c> is what the front matter of a card takes as <c>license:</c>; null where it takes only <c>other</c>.</summary>
public sealed record ForeignIds(
    ImmutableArray<string> Spdx,
    ImmutableArray<string> Scancode,
    ImmutableArray<string> HuggingFace,
    ImmutableArray<string> Ollama,
    ImmutableArray<string> Other,
    ImmutableArray<string> Urls,
    string? HubTag = null
);

/// <summary>What a license says: documents, clauses, rules.</summary>
/// <param name="Id">The canonical id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version as the text has it; may be empty.</param>
/// <param name="Date">The date of the text; null where it has none.</param>
/// <param name="Family">Licenses of common descent.</param>
/// <param name="Covers">The parts of a work it is written for.</param>
/// <param name="Url">The official address.</param>
/// <param name="Ids">What it goes by elsewhere.</param>
/// <param name="Silence">What holds for an act that no rule speaks of.</param>
/// <param name="Documents">Its texts.</param>
/// <param name="Rules">What its clauses do.</param>
/// <param name="Unread">A policy that is part of it and was not read.</param>
/// <param name="Supersedes">The ids of earlier versions of the same license.</param>
public sealed record License(
    string Id,
    Text Name,
    string Version,
    DateOnly? Date,
    string Family,
    ImmutableArray<Part> Covers,
    string Url,
    ForeignIds Ids,
    Silence Silence,
    ImmutableArray<Document> Documents,
    ImmutableArray<Rule> Rules,
    UnreadPolicy? Unread,
    ImmutableArray<string> Supersedes
)
{
    /// <summary>The part that is meant where a question names none: the weights, else the first part it covers.</summary>
    public Part MainPart => Covers.Contains(Part.Weights) ? Part.Weights : Covers.FirstOrDefault();

    /// <summary>Where one of its documents is kept: the document's own address, else the license's.</summary>
    public string AddressOf(string? document) => Documents.FirstOrDefault(d => d.Id == document)?.Url ?? Url;

    /// <summary>What its rules do: equal where two licenses say the same, in whatever words.</summary>
    public string Meaning() =>
        string.Join('\n', Rules.Select(r => r.Meaning()).Order(StringComparer.Ordinal)) + $"\n{Silence} {Unread?.Url}";

    /// <summary>The same license, each rule with the print of its first clause.</summary>
    public License Printed()
    {
        var prints = Documents
            .SelectMany(d => d.Clauses)
            .DistinctBy(c => c.Id)
            .ToDictionary(c => c.Id, c => c.Print, StringComparer.Ordinal);
        return this with
        {
            Rules = [.. Rules.Select(r => r.Clauses.IsEmpty ? r : r with { Print = prints.GetValueOrDefault(r.Clauses[0]) })],
        };
    }

    /// <summary>The restrictions that hold on every reading, or on the broadest fair one; strongest of each category.</summary>
    public IEnumerable<Restriction> Restrictions(Reading reading) =>
        Rules
            .Where(r => r.Effect is Effect.Restrict && (reading == Reading.Strict || r.Certainty == Certainty.Yes))
            .SelectMany(r => ((Effect.Restrict)r.Effect).Uses)
            .GroupBy(r => (r.Category, r.Parameters))
            .Select(g => g.Max())
            .Order();
}
