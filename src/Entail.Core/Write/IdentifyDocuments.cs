namespace Entail.Core.Write;

// The documents of `identify` and `texts`. Lines are counted from 1, both included; words from 0, the last not included.

/// <summary>Where a license stands in a file.</summary>
public sealed record SpanJson(IReadOnlyList<int> Lines, IReadOnlyList<int> Words);

/// <summary>A clause with other words.</summary>
public sealed record ChangedClauseJson(string Id, IReadOnlyList<int> Lines);

/// <summary>What became of each clause; all empty for a license whose clauses the catalog does not know.</summary>
public sealed record ClausesJson(IReadOnlyList<string> Present, IReadOnlyList<ChangedClauseJson> Changed, IReadOnlyList<string> Missing);

/// <summary>A passage of the file; <c>clause</c> is that in which it stands, or which it follows.</summary>
public sealed record PassageJson(IReadOnlyList<int> Lines, string Text, string? Clause);

/// <summary>Words of the license that are missing; <c>text</c> where the user's store has them.</summary>
public sealed record RemovedJson(int Line, int Words, IReadOnlyList<string> Clauses, string? Text);

/// <summary>A license found in a file.</summary>
public sealed record MatchJson(
    string License,
    string? Document,
    string Kind,
    double Score,
    IReadOnlyList<SpanJson> Spans,
    ClausesJson Clauses,
    IReadOnlyList<PassageJson> Residue,
    IReadOnlyList<RemovedJson> Removed,
    IReadOnlyList<string> Also,
    IReadOnlyList<string> Or,
    string? Named,
    string? Expression
);

/// <summary>A license that came near.</summary>
public sealed record ClosestJson(string License, double Score);

/// <summary>A restriction clause that a text shares with a license of its family.</summary>
public sealed record KnownClauseJson(string License, string Clause, IReadOnlyList<int> Lines, double Score);

/// <summary>What a text shares with the licenses of its family, and what it does not.</summary>
public sealed record FamilyJson(string Family, IReadOnlyList<KnownClauseJson> Clauses, IReadOnlyList<PassageJson> Unmapped);

/// <summary>Why a file could not be read.</summary>
public sealed record ProblemJson(string Code, string Message);

/// <summary>A file and the licenses in it.</summary>
public sealed record IdentifiedFileJson(
    string File,
    string Part,
    string Status,
    bool Truncated,
    IReadOnlyList<MatchJson> Matches,
    IReadOnlyList<ClosestJson> Closest,
    IReadOnlyList<PassageJson> Disguised,
    FamilyJson? Family,
    ProblemJson? Problem
);

/// <summary>Which licenses files hold.</summary>
public sealed record IdentifyJson(string Schema, string Tool, string Catalog, string Lang, IReadOnlyList<IdentifiedFileJson> Files);

/// <summary>Reference texts with the very same words; texts are recognized as the first.</summary>
public sealed record ClassJson(string License, int Words, IReadOnlyList<string> Keys);

/// <summary>The classes of reference texts with the very same words.</summary>
public sealed record ClassesJson(string Schema, string Tool, string Catalog, string Lang, IReadOnlyList<ClassJson> Classes);

/// <summary>A text that the user holds, or wanted to add.</summary>
public sealed record TextJson(
    string File,
    string Status,
    string? Sha256,
    string? Key,
    string? License,
    string? Document,
    int? Words,
    string? Url,
    ProblemJson? Problem
);

/// <summary>The user's own store of license texts.</summary>
public sealed record TextsJson(string Schema, string Tool, string Catalog, string Lang, string Folder, IReadOnlyList<TextJson> Texts);
