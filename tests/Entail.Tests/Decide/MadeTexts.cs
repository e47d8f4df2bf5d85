using System.Collections.Immutable;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>Texts of made-up licenses, as identification would report them.</summary>
internal static class MadeTexts
{
    private static readonly Text NoText = new("", "");

    /// <summary>The license with a document whose clauses are those that its rules cite, ten words each, and one more that does nothing: `idle`.</summary>
    public static License Written(this License license) =>
        license with
        {
            Documents = [Document("agreement", [.. license.Rules.SelectMany(r => r.Clauses).Distinct(), "idle"])],
        };

    public static Document Document(string id, IEnumerable<string> clauses)
    {
        ImmutableArray<Clause> made =
        [
            .. clauses.Select((c, i) => new Clause(c, 10 * i, 10 * i + 10, NoText, c == "idle" ? "boilerplate" : null)),
        ];
        return new Document(id, NoText, id, "", 1, 10 * made.Length, null, null, [], made, []);
    }

    /// <summary>A text of the license in LICENSE that lacks some clauses, has other words in some, and has further passages.</summary>
    public static FoundText Text(
        this License license,
        string[]? missing = null,
        string[]? changed = null,
        Passage[]? added = null,
        MatchKind kind = MatchKind.Close,
        string? document = null,
        string file = "LICENSE",
        string[]? or = null
    )
    {
        var (lacking, altered) = (missing ?? [], changed ?? []);
        var text = license.Documents.Single(d => d.Id == (document ?? license.Documents[0].Id));
        var match = new LicenseMatch(
            license.Id,
            text.Id,
            lacking.Length + altered.Length + (added?.Length ?? 0) == 0 ? MatchKind.Exact : kind,
            0.95,
            [new TextSpan(new LineRange(1, 50), new WordRange(0, text.Words))],
            new ClauseComparison(
                [.. text.Clauses.Select(c => c.Id).Except(lacking).Except(altered)],
                [.. altered.Select(c => new ChangedClause(c, new LineRange(20, 21)))],
                [.. lacking]
            ),
            [.. added ?? []],
            [.. lacking.Select(c => new Removal(10, 10, [c]))],
            [],
            [.. or ?? []]
        );
        return new FoundText(new Identification(file, null, false, [match], [], []), match, license);
    }

    /// <summary>Words that the license does not have, in line 30.</summary>
    public static Passage Words(string text, string? clause = null) => new(new LineRange(30, 30), text, clause);

    public static License License(string id, params Rule[] rules) =>
        new License(
            id,
            NoText,
            "",
            null,
            "",
            [Part.Weights],
            "",
            new ForeignIds([], [], [], [], [], []),
            Silence.Prohibited,
            [],
            [.. rules],
            null,
            []
        ).Written();

    /// <summary>A rule that speaks of all acts and subjects and cites the clauses.</summary>
    public static Rule Rule(string id, Effect effect, params string[] clauses) =>
        new(
            id,
            effect,
            effect is Effect.Restrict or Effect.Terms ? [] : [.. Acts.All],
            [.. Enum.GetValues<Subject>()],
            new Guard.Always(),
            [],
            Reach.Maker,
            Certainty.Yes,
            [],
            [.. clauses],
            NoText
        );

    public static Rule Restricts(string id, string use, params string[] clauses) =>
        Rule(
            id,
            new Effect.Restrict([Restriction.TryParse(use, out var parsed) ? parsed : throw new ArgumentException(use, nameof(use))]),
            clauses
        );
}
