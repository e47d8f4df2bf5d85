using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>A license found in a file of a folder, with what the catalog knows of it.</summary>
/// <param name="Source">The whole file.</param>
/// <param name="Match">The license found in it.</param>
/// <param name="Cataloged">That license; null where the catalog does not have it.</param>
/// <param name="Kind">What kind of place it was found in.</param>
/// <param name="Work">The work it goes with where that is not the one that is checked, such as a component; else null.</param>
public sealed record FoundText(
    Identification Source,
    LicenseMatch Match,
    License? Cataloged,
    TermsKind Kind = TermsKind.LicenseFile,
    string? Work = null
)
{
    /// <summary>The file.</summary>
    public string File => Source.File;

    /// <summary>The line on which it begins.</summary>
    public int Line => Match.Spans.IsEmpty ? 1 : Match.Spans[0].Lines.First;

    /// <summary>The canonical id, or the key of a reference text that the catalog does not encode; for a mention of neither, the name as written.</summary>
    public string License => Match.License;

    /// <summary>The part that a mention speaks of, or that the file's name says it governs; null where neither says one.</summary>
    public Part? Part => Match.Part ?? Source.Part;

    /// <summary>It stands where the work's own license does. What a notice holds may be the license of anything in the work.</summary>
    public bool IsOfWork => Work is null && Stands;

    /// <summary>It stands where the license of the work it goes with does.</summary>
    public bool Stands => Kind is TermsKind.LicenseFile or TermsKind.CardSection;

    /// <summary>The license is only named.</summary>
    public bool IsMention => Match.Kind == MatchKind.Mentioned;

    /// <summary>It is the agreement itself, not a policy that belongs to it.</summary>
    public bool IsAgreement => Cataloged is null || Match.Document is null || Cataloged.Documents[0].Id == Match.Document;

    /// <summary>Its license, and those with the very same words.</summary>
    public IEnumerable<string> Names => Match.Also.Prepend(License);

    /// <summary>The same, and those it may be just as well.</summary>
    public IEnumerable<string> MayBe => Names.Concat(Match.Or);

    /// <summary>The document of a cataloged license that it is; null for any other.</summary>
    public Document? Document => Cataloged?.Documents.FirstOrDefault(d => Match.Document is null || d.Id == Match.Document);

    /// <summary>It stands for the license: it is close to it, or at least half of the license's words are there. Less is a passage of it.</summary>
    public bool IsWhole => !IsMention && !Difference.IsPart(Match, Cataloged);

    /// <summary>
    /// The license is there word for word, in one piece, but for what a copy may leave out (<see cref="Difference.LeftOut"/>). Other text may stand
    /// before or after it: what that says is another matter.
    /// </summary>
    public bool IsCopy =>
        Match.Kind == MatchKind.Exact
        || (
            Match is { Kind: MatchKind.Close, Or.IsEmpty: true }
            && Document is { } document
            && Match.Removed.All(r => Dressing.Is(r, document))
            && Match.Clauses.Missing.All(c => Dressing.Is(c, document))
            && Match.Clauses.Changed.All(c => Match.Removed.Any(r => r.Clauses.Contains(c.Id)))
            && !Match.Residue.Any(IsInside)
        );

    /// <summary>
    /// The passages of the file that the license does not have. A card has much to say beside the license in it, so there only those within count.
    /// </summary>
    public IEnumerable<Passage> Added => Kind == TermsKind.CardSection ? Match.Residue.Where(IsInside) : Match.Residue;

    /// <summary>The licenses found in texts, in their order.</summary>
    public static ImmutableArray<FoundText> In(IEnumerable<(TermsSource Place, Identification Found)> texts, CompiledCatalog catalog) =>
        [
            .. texts.SelectMany(t =>
                t.Found.Matches.Select(m => new FoundText(t.Found, m, catalog.Find(m.License), t.Place.Kind, t.Place.Work))
            ),
        ];

    private bool IsInside(Passage passage) =>
        Match.Spans.Any(s => s.Lines.First <= passage.Lines.First && passage.Lines.Last <= s.Lines.Last);
}
