using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>A making act in a work's history.</summary>
public sealed record MadeFrom(string Work, Act Act, Part? Part);

/// <summary>Curated facts on a well-known model or dataset.</summary>
/// <param name="Id">The hub's name.</param>
/// <param name="Kind">model or dataset.</param>
/// <param name="Also">Other names of the same work.</param>
/// <param name="Licenses">License expression by part.</param>
/// <param name="From">What it was made from.</param>
/// <param name="Multimodal">Whether the model takes or makes more than text; null where that was not read.</param>
/// <param name="Released">The release date where known.</param>
/// <param name="Source">Where these facts were read.</param>
/// <param name="ReadOn">When they were read there; null where nobody noted it.</param>
/// <param name="Note">A trap worth knowing; null without one.</param>
public sealed record KnownModel(
    string Id,
    string Kind,
    ImmutableArray<string> Also,
    ImmutableSortedDictionary<Part, string> Licenses,
    ImmutableArray<MadeFrom> From,
    bool? Multimodal,
    DateOnly? Released,
    string Source,
    DateOnly? ReadOn,
    Text? Note
);

/// <summary>A named thing of the taxonomy: a duty, a risk, a reason.</summary>
public sealed record Term(string Id, Text Label, Text? Fix);

/// <summary>A category of use restrictions and its strengths, weakest first.</summary>
public sealed record RestrictionCategory(string Id, Text Label, ImmutableArray<Text> Strengths);

/// <summary>A group of territories, such as EU.</summary>
public sealed record TerritoryGroup(string Id, ImmutableArray<TerritoryMember> Members);

/// <summary>Countries of a group, with the days they belonged to it.</summary>
public sealed record TerritoryMember(string Code, DateOnly? From, DateOnly? Until);

/// <summary>How serious a finding is.</summary>
public enum Severity
{
    Note,
    Warning,
    Error,
}

/// <summary>What a finding code means.</summary>
/// <param name="Id">The code.</param>
/// <param name="Severity">Its severity where the rule behind it is plain; one lower where it is arguable.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Meaning">Why it matters.</param>
/// <param name="Example">A small example.</param>
/// <param name="Fix">What to do.</param>
public sealed record FindingCode(string Id, Severity Severity, Text Title, Text Meaning, Text Example, Text Fix);

/// <summary>An entry of the FAQ that every license answers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">The question, with <c>{license}</c> for the license's name.</param>
/// <param name="Kind">ask: evaluated as a question; or a question about the license itself: restrictions, notices, models, layers, stricter.</param>
/// <param name="Acts">The acts asked of.</param>
/// <param name="Of">The subject of sharing acts.</param>
/// <param name="Facts">Facts of the question that are flags, such as commercial.</param>
/// <param name="Absent">A duty whose absence is the answer: no <c>pay-fee</c>, no fee.</param>
public sealed record FaqTemplate(
    string Id,
    Text Title,
    string Kind,
    ImmutableArray<Act> Acts,
    Subject? Of,
    ImmutableArray<string> Facts,
    ImmutableArray<string> Absent
);

/// <summary>A tag that stands for several licenses or for none in particular.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Candidates">The licenses it may mean; empty for none in particular, or for one that the catalog does not have.</param>
/// <param name="Note">Why it does not name one license; null where that goes without saying.</param>
public sealed record AmbiguousTag(string Tag, ImmutableArray<string> Candidates, Text? Note);

/// <summary>A state of the catalog that was given out.</summary>
/// <param name="Version">Year, month and count within the month: <c>2026.11.1</c>.</param>
/// <param name="Date">The day.</param>
/// <param name="Summary">What changed, in one sentence.</param>
public sealed record CatalogRelease(string Version, DateOnly Date, Text Summary)
{
    /// <summary>True where <paramref name="version"/> came before <paramref name="other"/>.</summary>
    public static bool IsOlder(string version, string other) =>
        System.Version.TryParse(version, out var first) && System.Version.TryParse(other, out var second) && first < second;
}

/// <summary>The words of the catalog: acts, facts, duties, restrictions, reasons, and the forms of addresses that name licenses.</summary>
public sealed record Taxonomy(
    ImmutableArray<Term> Acts,
    ImmutableArray<FactDefinition> Facts,
    ImmutableArray<Term> Duties,
    ImmutableArray<Term> Reasons,
    ImmutableArray<Term> Risks,
    ImmutableArray<RestrictionCategory> Restrictions,
    ImmutableArray<TerritoryGroup> Territories,
    ImmutableArray<FindingCode> Findings,
    ImmutableArray<FaqTemplate> Faq,
    ImmutableArray<AmbiguousTag> Ambiguous,
    ImmutableArray<AddressForm> Addresses
)
{
    /// <summary>What a restriction rules out, for people.</summary>
    public Text Describe(Restriction restriction)
    {
        var category = Restrictions.FirstOrDefault(c => c.Id == restriction.Category);
        if (category is null)
        {
            return new Text(restriction.ToString(), restriction.ToString());
        }
        var strength = category.Strengths[Math.Clamp(restriction.Strength, 1, category.Strengths.Length) - 1];
        var named = restriction.Parameters.Length == 0 ? "" : $" ({restriction.Parameters})";
        return strength == category.Label
            ? new Text(category.Label.En + named, category.Label.Zh + named)
            : new Text($"{category.Label.En}: {strength.En}{named}", $"{category.Label.Zh}：{strength.Zh}{named}");
    }
}
