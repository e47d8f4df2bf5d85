using System.Collections.Immutable;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>What differs at one place.</summary>
public enum DifferenceKind
{
    /// <summary>A clause is not there.</summary>
    Missing,

    /// <summary>A clause is there with other words, or with fewer.</summary>
    Changed,

    /// <summary>Words stand there that the license does not have.</summary>
    Added,
}

/// <summary>How a license text differs from its license at one place.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Clause">The clause; for added words the one in which they stand or which they follow, null where none is known.</param>
/// <param name="Place">File and lines; of a missing clause, the line after which its words are missing. The text of added words, at most one line.</param>
/// <param name="Unread">
/// Added words that may say something of their own, anywhere in the license: nobody has said what. Always so where no clause of the catalog
/// rests on the place; within a clause that does something, from <see cref="FewestOfAStatement"/> words on, as in "no commercial use".
/// Fewer ("not", "solely") change what that clause says and nothing else. Numbers alone are no statement.
/// </param>
public sealed record TextDifference(DifferenceKind Kind, string? Clause, Evidence Place, bool Unread = false)
{
    /// <summary>The fewest words that can state a permission, a ban or a duty by themselves.</summary>
    public const int FewestOfAStatement = 3;

    private const int MostCharacters = 160;

    /// <summary>
    /// The differences of one text, in the order of the file. None for a text that is word for word its license, with or without a title that names
    /// it, and nothing more.
    /// </summary>
    public static ImmutableArray<TextDifference> Of(FoundText text)
    {
        var match = text.Match with { Residue = [.. text.Added] };
        return
        [
            .. Difference
                .Of(match, isLicenseFile: true, text.Cataloged)
                .SelectMany(d => Of(d, text))
                .OrderBy(d => d.Place.Line)
                .ThenBy(d => d.Kind),
        ];
    }

    private static ImmutableArray<TextDifference> Of(Difference difference, FoundText text) =>
        difference switch
        {
            Difference.Missing missing => [new(DifferenceKind.Missing, missing.Clause, At(text, missing.Line ?? text.Line))],
            Difference.Changed changed =>
            [
                new(DifferenceKind.Changed, changed.Clause.Id, At(text, changed.Clause.Lines)),
                .. changed.Put.Select(p => Added(p, text)),
            ],
            Difference.Added added => [Added(added.Passage, text)],
            Difference.Removed { Words: var removed } =>
            [
                new(DifferenceKind.Changed, removed.Clauses.FirstOrDefault(), At(text, removed.Line)),
            ],
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The place as people write it: <c>LICENSE:31-33</c>.</summary>
    public string Where => Place.EndLine is { } end ? $"{Place.File}:{Place.Line}-{end}" : $"{Place.File}:{Place.Line}";

    /// <summary>The places of differences, each once, with the words that stand there; at most <paramref name="most"/>.</summary>
    public static ImmutableArray<Evidence> Places(IEnumerable<TextDifference> differences, int most) =>
        [
            .. differences
                .Select(d => d.Place)
                .GroupBy(p => (p.File, p.Line, p.EndLine))
                .Select(g => g.FirstOrDefault(p => p.Text is not null) ?? g.First())
                .Take(most),
        ];

    private static TextDifference Added(Passage passage, FoundText text) =>
        new(DifferenceKind.Added, passage.Clause, At(text, passage.Lines) with { Text = FirstLine(passage.Text) }, IsUnread(passage, text));

    private static bool IsUnread(Passage passage, FoundText text)
    {
        var words = Normalization.Words(passage.Text).Count(w => w.Text.Any(char.IsLetter));
        var within = text.Match.Clauses.Changed.Any(c => c.Id == passage.Clause);
        var acts = text.Document?.Clauses.FirstOrDefault(c => c.Id == passage.Clause) is { NoEffect: null };
        return words >= (within && acts ? FewestOfAStatement : 1);
    }

    private static Evidence At(FoundText text, int line) => At(text, new LineRange(line, line));

    private static Evidence At(FoundText text, LineRange lines) =>
        new(text.File, lines.First, lines.Last > lines.First ? lines.Last : null, null, null, EvidenceSource.Identified);

    /// <summary>The first line of a passage, shortened where it is long.</summary>
    public static string FirstLine(string text)
    {
        var line = text.Trim().Split('\n')[0].TrimEnd();
        return line.Length > MostCharacters ? line[..MostCharacters] + "…" : line;
    }
}
