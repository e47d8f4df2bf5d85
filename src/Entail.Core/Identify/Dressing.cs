using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Identify;

/// <summary>
/// What a copy of a license may leave out and still be one (SPDX matching guidelines): its title, and what stands before the first and after the
/// last of the clauses that anything follows from, such as hints and appendices. A heading between clauses may carry the sense of the next.
/// </summary>
internal static class Dressing
{
    private const int TitleWords = 20;

    /// <summary>True for a clause that a copy may leave out.</summary>
    public static bool Is(string clause, Document document)
    {
        var clauses = document.Clauses;
        return clauses.TakeWhile(IsIdle).Any(c => c.Id == clause) || clauses.Reverse().TakeWhile(IsIdle).Any(c => c.Id == clause);
    }

    /// <summary>True where all the words that are missing may be left out.</summary>
    public static bool Is(Removal removed, Document document) => IsTitle(removed, document) || Are(removed.Clauses, document);

    private static bool Are(ImmutableArray<string> clauses, Document document) =>
        !clauses.IsEmpty && clauses.All(clause => Is(clause, document));

    private static bool IsTitle(Removal removed, Document document) =>
        removed is { Start: 0, Words: <= TitleWords, Clauses: [var clause] }
        && document.Clauses[0] is { NoEffect: not null } first
        && first.Id == clause;

    private static bool IsIdle(Clause clause) => clause.NoEffect is "heading" or "appendix" or "information";
}
