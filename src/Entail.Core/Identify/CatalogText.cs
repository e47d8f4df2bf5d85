namespace Entail.Core.Identify;

/// <summary>One clause of a license text.</summary>
/// <param name="Id">The clause's id in the catalog.</param>
/// <param name="Start">Its first normalized word, counted from 0.</param>
/// <param name="End">The word after its last.</param>
public readonly record struct ClauseSpan(string Id, int Start, int End);

/// <summary>A reference text that belongs to a cataloged license; the index keeps its words' hashes and its clauses.</summary>
/// <param name="Key">The key of the reference text.</param>
/// <param name="License">The canonical id of the license.</param>
/// <param name="Document">Which document of the license it is: `agreement`, `aup` ...</param>
/// <param name="Clauses">The clauses in the order of the text.</param>
public sealed record CatalogText(string Key, string License, string Document, IReadOnlyList<ClauseSpan> Clauses);
