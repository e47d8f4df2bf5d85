using Entail.Core.Identify;

namespace Entail.Tests.Identify;

/// <summary>A text of no cataloged license, read by the clauses it shares with the made licenses of a family.</summary>
public sealed class FamilyTests
{
    private const string Rules = """
        Nobody may use the loom to weave nets for stealing the neighbors' herons, nor to unravel the nets of honest fishers.

        Nobody may use the loom to stitch false flags on ships, nor to sell such flags to sailors who have lost their way home.

        Nobody may use the loom to frighten the goats of the hill farmers, whether by its noise or by patterns of wolves.
        """;

    private static readonly string Cataloged =
        "LOOM AGREEMENT\n\nAnyone may borrow the loom for a season and keep what they weave on it.\n\n" + Rules;

    [Fact]
    public void Known_clauses_are_named_and_the_rest_is_unmapped()
    {
        using var folder = new Folder();
        folder.Write("reference.tsv", "key\tspdx\nloom\t\n");
        folder.Write("ai-extra.tsv", "key\n");
        folder.Write("reference/loom.txt", Cataloged);
        var index = FingerprintIndex.Load(FingerprintBuilder.Build(folder.Path, TextWriter.Null));
        var identifier = new Identifier(
            index,
            [new CatalogText("loom", "loom-1.0", "agreement", "weaving", () => Clauses(Cataloged))],
            _ => null
        );
        var text =
            "SPINDLE TERMS\n\nThe guild lends this spindle to its members, who pay with a basket of wool at the end of every second winter and oil it each week.\n\n"
            + Rules.Replace("goats", "donkeys", StringComparison.Ordinal)
            + "\n\nNo member may spin after midnight, for the wheel wakes the baker, who is an early riser and a man of short temper. "
            + "Whoever breaks the wheel mends it before the harvest, with ash wood from the grove behind the chapel, and brings two apples for the goose that guards it.";

        var found = identifier.Identify("LICENSE", text);

        Assert.DoesNotContain(found.Matches, match => match.Kind is MatchKind.Exact or MatchKind.Close);
        Assert.Equal("weaving", found.Family!.Family);
        Assert.Equal(
            [("2", 5, 1.0), ("3", 7, 1.0), ("4", 9, 0.95)],
            found.Family.Clauses.Select(clause => (clause.Clause, clause.Lines.First, Math.Round(clause.Score, 2)))
        );
        Assert.Equal([1, 11], found.Family.Unmapped.Where(passage => passage.Text.Length > 10).Select(passage => passage.Lines.First));
        Assert.Null(identifier.Identify("LICENSE", Cataloged).Family);
        Assert.Null(identifier.Identify("README", "The loom stands in the barn. Ask the guild when you wish to borrow it.").Family);
    }

    // A clause for each paragraph; those from the second on restrict.
    private static List<ClauseSpan> Clauses(string text)
    {
        var words = Normalization.Words(text);
        var starts = Enumerable
            .Range(0, words.Count)
            .Where(i => i == 0 || words[i].Line > words[i - 1].Line + 1)
            .Append(words.Count)
            .ToList();
        return
        [
            .. starts
                .Zip(starts.Skip(1), (start, end) => (start, end))
                .Select((span, i) => new ClauseSpan($"{i}", span.start, span.end, i > 1)),
        ];
    }
}
