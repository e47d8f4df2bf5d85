using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>
/// Decides for a work that goes out under a tag which may mean several licenses. The tag is one of its candidates, nobody knows which. Where the verdict
/// is the same whichever it is, all of them are held to what they lack; elsewhere the tag stays what it is, a name that settles nothing.
/// </summary>
/// <param name="catalog">The rules.</param>
/// <param name="today">The day of the question.</param>
public sealed class OutboundDecider(CompiledCatalog catalog, DateOnly today)
{
    /// <summary>What a part goes out under: of several licenses declared side by side, recipients may take any at its word; null where none is.</summary>
    public static LicenseExpression? Declared(LinkedWork root, Part part)
    {
        var declared = root.Of(part).Select(l => l.Expression).DistinctBy(e => e.ToString()).ToImmutableArray();
        return declared switch
        {
            [] => null,
            [var one] => one,
            _ => new LicenseExpression.Or(declared),
        };
    }

    /// <summary>Decides what is asked of the root of a lineage.</summary>
    public LineageDecision Decide(LineageDecider decider, Lineage lineage, Question question)
    {
        if (question.As is not { } wanted)
        {
            return decider.Decide(lineage, question);
        }
        var meant = Meanings(wanted);
        return meant is [var one] ? decider.Decide(lineage, question with { As = one })
            : meant.Select(m => decider.Decide(lineage, question with { As = m }).Verdict).Distinct().Count() == 1
                ? decider.Decide(lineage, question with { As = Joined(wanted) })
            : decider.Decide(lineage, question);
    }

    /// <summary>What an expression may mean: itself, or one for each candidate of the tag in it.</summary>
    public ImmutableArray<LicenseExpression> Meanings(LicenseExpression wanted) =>
        Tag(wanted) is { } tag ? [.. catalog.Candidates(tag, today).Select(c => With(wanted, tag, [c]))] : [wanted];

    /// <summary>The expression with all candidates of the tag in it to choose from.</summary>
    public LicenseExpression Joined(LicenseExpression wanted) =>
        Tag(wanted) is { } tag ? With(wanted, tag, catalog.Candidates(tag, today)) : wanted;

    private string? Tag(LicenseExpression wanted) =>
        wanted.Singles().Select(s => s.Id).Distinct().Where(id => !catalog.Candidates(id, today).IsEmpty).ToList() is [var tag]
            ? tag
            : null;

    private static LicenseExpression With(LicenseExpression expression, string tag, ImmutableArray<License> candidates) =>
        expression switch
        {
            LicenseExpression.Single single when single.Id == tag => candidates is [var one]
                ? new LicenseExpression.Single(one.Id, null)
                : new LicenseExpression.Or([.. candidates.Select(c => new LicenseExpression.Single(c.Id, null))]),
            LicenseExpression.And and => new LicenseExpression.And([.. and.Operands.Select(o => With(o, tag, candidates))]),
            LicenseExpression.Or or => new LicenseExpression.Or([.. or.Operands.Select(o => With(o, tag, candidates))]),
            _ => expression,
        };
}
