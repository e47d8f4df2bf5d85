using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>How firmly a text was recognized.</summary>
public enum MatchKind
{
    /// <summary>The license word for word, and nothing beside it.</summary>
    Exact,

    /// <summary>Nearly the license, or the license with other text beside it; the clauses and the residue say what differs.</summary>
    Close,

    /// <summary>A passage of the license, such as its attachment alone.</summary>
    Partial,

    /// <summary>The license is named, its text is not there.</summary>
    Mentioned,
}

/// <summary>Lines counted from 1, both included.</summary>
public readonly record struct LineRange(int First, int Last);

/// <summary>Normalized words counted from 0; <paramref name="End"/> is not included.</summary>
public readonly record struct WordRange(int Start, int End);

/// <summary>Where in the file something stands.</summary>
public readonly record struct TextSpan(LineRange Lines, WordRange Words);

/// <summary>A clause of which at least half the words are there, but not all of them or not in one run.</summary>
public readonly record struct ChangedClause(string Id, LineRange Lines);

/// <summary>A passage of the file.</summary>
/// <param name="Lines">The lines it touches.</param>
/// <param name="Text">Its characters as they stand in the file, cut after <see cref="MaxCharacters"/>.</param>
/// <param name="Clause">The clause in which it stands, or which it follows; null where the catalog knows no clauses, and before the first.</param>
public readonly record struct Passage(LineRange Lines, string Text, string? Clause = null)
{
    /// <summary>The length at which a passage is cut.</summary>
    public const int MaxCharacters = 2000;
}

/// <summary>Words of the license that the file lacks at one place.</summary>
/// <param name="Line">The line of the file on which they are missing: that of the word before them.</param>
/// <param name="Words">How many.</param>
/// <param name="Clauses">The clauses they are of; empty where the catalog knows none.</param>
/// <param name="Start">The first of them in the reference text, counted in normalized words from 0; null where it is not known.</param>
public readonly record struct Removal(int Line, int Words, ImmutableArray<string> Clauses, int? Start = null);

/// <summary>The license's clauses, in its order. All three are empty for a license whose clauses the catalog does not know.</summary>
/// <param name="Present">Every word is there in one run.</param>
/// <param name="Changed">At least half the words are there.</param>
/// <param name="Missing">Fewer than half are.</param>
public sealed record ClauseComparison(ImmutableArray<string> Present, ImmutableArray<ChangedClause> Changed, ImmutableArray<string> Missing)
{
    /// <summary>The comparison with a text whose clauses are not known.</summary>
    public static ClauseComparison None { get; } = new([], [], []);
}

/// <summary>One license found in a file.</summary>
/// <param name="License">The cataloged id, else the key of the reference text; for a mention of neither, the name as written.</param>
/// <param name="Document">Which document of a cataloged license; null otherwise.</param>
/// <param name="Kind">How firmly.</param>
/// <param name="Score">
/// Twice the matched words over the words of the license, of its spans and of the residue beside them; 1 is word for word. Where residue
/// outside the spans would bring it below <see cref="Identifier.CloseBar"/>, the spans alone count: the file is a document that holds the
/// license. For a reference text known by samples only, the same of its sampled fingerprints. 0 for a mention.
/// </param>
/// <param name="Spans">Where it stands; several when the file repeats it.</param>
/// <param name="Clauses">What became of each clause; of the best span when there are several.</param>
/// <param name="Residue">What the license does not have: words put in or replaced, and other text that follows (or, for the first match, precedes).</param>
/// <param name="Removed">Where words of the license are missing.</param>
/// <param name="Also">Further licenses or reference texts with the very same words.</param>
/// <param name="Or">Other licenses that the passage may be just as well: its edits hit the words that tell them apart.</param>
/// <param name="Named">How a mention names it; null otherwise.</param>
/// <param name="Expression">The license expression in which a mention stands, where it names more than this license; null otherwise.</param>
/// <param name="Part">The part of the work that the sentence of a mention speaks of; null otherwise.</param>
public sealed record LicenseMatch(
    string License,
    string? Document,
    MatchKind Kind,
    double Score,
    ImmutableArray<TextSpan> Spans,
    ClauseComparison Clauses,
    ImmutableArray<Passage> Residue,
    ImmutableArray<Removal> Removed,
    ImmutableArray<string> Also,
    ImmutableArray<string> Or,
    string? Named = null,
    string? Expression = null,
    Part? Part = null
);

/// <summary>A license that came near without being recognized.</summary>
/// <param name="License">The cataloged id, else the key of the reference text.</param>
/// <param name="Score">As in <see cref="LicenseMatch.Score"/>, over the whole file.</param>
public readonly record struct ClosestLicense(string License, double Score);

/// <summary>A restriction clause of a cataloged license that stands in a text of no cataloged license.</summary>
/// <param name="License">The license the catalog knows it from; the first of several.</param>
/// <param name="Clause">Its clause there.</param>
/// <param name="Lines">Where it stands in the file.</param>
/// <param name="Score">The share of its words that stand there; 1 is word for word.</param>
public readonly record struct KnownClause(string License, string Clause, LineRange Lines, double Score);

/// <summary>A text of no cataloged license that is recognizably of a family whose licenses the catalog has.</summary>
/// <param name="Family">The family, such as `openrail`.</param>
/// <param name="Clauses">The restriction clauses it contains, in the order of the file.</param>
/// <param name="Unmapped">The passages that are none of these: nobody has said what they mean.</param>
public sealed record FamilyReading(string Family, ImmutableArray<KnownClause> Clauses, ImmutableArray<Passage> Unmapped);

/// <summary>What is known of the license text in one file.</summary>
/// <param name="File">The name as given.</param>
/// <param name="Part">The part that the name says it governs; null where it says none.</param>
/// <param name="Truncated">True when the file was longer than <see cref="Identifier.MaxCharacters"/> and only its beginning was read.</param>
/// <param name="Matches">The licenses found, in the order of the file, mentions last.</param>
/// <param name="Closest">The nearest licenses, best first, when the matches explain less than half of the words.</param>
/// <param name="Disguised">Words written with look-alike letters of another script, or with characters that are not seen; matching reads through them.</param>
/// <param name="Family">The family it is of, when it is of no cataloged license; null otherwise.</param>
public sealed record Identification(
    string File,
    Part? Part,
    bool Truncated,
    ImmutableArray<LicenseMatch> Matches,
    ImmutableArray<ClosestLicense> Closest,
    ImmutableArray<Passage> Disguised,
    FamilyReading? Family = null
);
