using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>Answers questions about license expressions and names: AND binds all, OR lets choose, an ambiguous tag asks every candidate.</summary>
/// <param name="catalog">The rules.</param>
/// <param name="today">The day of the question.</param>
/// <param name="carried">What an outbound license says by the texts that go with the work; null where only its name is known.</param>
public sealed class ExpressionDecider(CompiledCatalog catalog, DateOnly today, Func<License, EffectiveLicense>? carried = null)
{
    /// <summary>The decider for single licenses.</summary>
    public Decider Single { get; } = new(catalog.Find, catalog.Facts, catalog.Territories, today, carried);

    /// <summary>The licenses that an ambiguous tag may mean on the day of the question, as far as they differ; none for any other name.</summary>
    public ImmutableArray<License> Candidates(string name) => catalog.Candidates(name, today);

    /// <summary>What the expression answers.</summary>
    public Answer Ask(LicenseExpression expression, Question question) =>
        expression switch
        {
            LicenseExpression.Single single => AskSingle(single, question),
            LicenseExpression.And and => All([.. and.Operands.Select(o => Ask(o, question))]),
            LicenseExpression.Or or => Any([.. or.Operands.Select(o => Ask(o, question))]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Licenses that bind together: what any of them forbids is forbidden, and every duty is owed.</summary>
    public static Answer All(ImmutableArray<Answer> answers)
    {
        if (answers is [var only])
        {
            return only;
        }
        var verdicts = answers.Select(a => a.Verdict).ToList();
        // A plain refusal is not made unclear by an open question beside it.
        var verdict =
            verdicts.Contains(Verdict.Prohibited) ? Verdict.Prohibited
            : verdicts.Contains(Verdict.Unclear) ? Verdict.Unclear
            : verdicts.DefaultIfEmpty(Verdict.Unclear).Max();
        return Joined(string.Join(" AND ", answers.Select(Wrapped)), verdict, answers, null);
    }

    private static string Wrapped(Answer answer) =>
        answer.License.Contains(" OR ", StringComparison.Ordinal) ? $"({answer.License})" : answer.License;

    /// <summary>Licenses to choose from: the mildest is taken.</summary>
    private static Answer Any(ImmutableArray<Answer> answers)
    {
        var chosen = answers.MinBy(a => Mildness(a.Verdict))!;
        return chosen with { License = string.Join(" OR ", answers.Select(a => a.License)), Chosen = chosen.License, Branches = answers };
    }

    private static int Mildness(Verdict verdict) =>
        verdict switch
        {
            Verdict.Permitted => 0,
            Verdict.PermittedWithDuties => 1,
            Verdict.Unclear => 2,
            Verdict.NeedsAgreement => 3,
            _ => 4,
        };

    private Answer AskSingle(LicenseExpression.Single single, Question question)
    {
        switch (catalog.Resolve(single.Id))
        {
            case Resolution.Known known:
                var answer = Single.Ask(known.License, question);
                // An exception that is not in the catalog can only allow more.
                return single.Exception is null || answer.Verdict <= Verdict.PermittedWithDuties
                    ? answer
                    : answer with
                    {
                        Verdict = Verdict.Unclear,
                        Unclear = answer.Unclear.Add(new Unclarity(UnclearReason.LicenseNotInCatalog, single.Exception, [])),
                    };
            case Resolution.Ambiguous ambiguous when Candidates(single.Id) is { IsEmpty: false } candidates:
                var answers = candidates.Select(c => Single.Ask(c, question)).ToImmutableArray();
                var verdict = answers.Select(a => a.Verdict).Aggregate(Decider.Together);
                // What only a candidate asks is owed on one reading of the tag.
                var joined = answers is [var one] ? one : Joined(ambiguous.Tag, verdict, [.. answers.Select(AsCandidate)], null);
                return verdict == Verdict.Unclear && answers.All(a => a.Verdict != Verdict.Unclear)
                    ? joined with
                    {
                        Unclear = joined.Unclear.Add(new Unclarity(UnclearReason.LicenseNotInCatalog, ambiguous.Tag, [])),
                    }
                    : joined;
            default:
                return Unknown(single.Id);
        }
    }

    private static Answer AsCandidate(Answer answer) =>
        answer with
        {
            Duties = [.. answer.Duties.Select(d => d with { Certainty = Certainty.Arguable })],
        };

    /// <summary>The answer for a license the catalog does not have.</summary>
    public static Answer Unknown(string name) =>
        new(
            name,
            Verdict.Unclear,
            [],
            [],
            [],
            [],
            [],
            [new Unclarity(UnclearReason.LicenseNotInCatalog, name, [])],
            [],
            [],
            [],
            [],
            null,
            []
        );

    private static Answer Joined(string license, Verdict verdict, ImmutableArray<Answer> answers, string? chosen) =>
        new(
            license,
            verdict,
            [.. answers.SelectMany(a => a.Duties)],
            [.. answers.SelectMany(a => a.Restrictions)],
            [.. answers.SelectMany(a => a.Assumed)],
            [.. answers.SelectMany(a => a.Cases)],
            [
                .. answers
                    .Where(a => verdict <= Verdict.PermittedWithDuties || a.Verdict > Verdict.PermittedWithDuties)
                    .SelectMany(a => a.Because),
            ],
            [.. answers.SelectMany(a => a.Unclear)],
            [.. answers.SelectMany(a => a.Risks).Distinct().Order(StringComparer.Ordinal)],
            [.. answers.SelectMany(a => a.Ownership).Distinct().Order(StringComparer.Ordinal)],
            [.. answers.SelectMany(a => a.Missing)],
            [.. answers.SelectMany(a => a.MaybeMissing)],
            chosen,
            answers
        );
}
