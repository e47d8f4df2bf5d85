using System.Text;

namespace Entail.Bench;

/// <summary>Sentences that mean nothing, of no license's words: what is put into texts and around them.</summary>
internal static class Prose
{
    private static readonly string[] Adjectives = Split(
        "amber brisk cedar damp early faint gentle hollow ivory jagged knotted lemon mossy narrow oaken pale quiet rusty silver tidy upper velvet windy yellow"
    );
    private static readonly string[] Nouns = Split(
        "anchor basket canyon dolphin engine feather garden harbor island jacket kettle ladder meadow needle orchard pebble quarry river saddle teapot umbrella valley walnut zebra"
    );
    private static readonly string[] Verbs = Split(
        "admires borrows carries drops empties follows gathers hides invites juggles kicks lifts mends notices opens paints quarrels repairs sweeps tickles visits waters"
    );
    private static readonly string[] Links = Split("above behind beside beyond inside near outside past toward under until without");

    /// <summary>One of the words.</summary>
    public static string Word(Random random) => Pick(Pick([Adjectives, Nouns, Verbs], random), random);

    /// <summary>A sentence of ten to seventeen words.</summary>
    public static string Sentence(Random random)
    {
        var text = new StringBuilder("The ")
            .Append(Phrase(random))
            .Append(' ')
            .Append(Pick(Verbs, random))
            .Append(" a ")
            .Append(Phrase(random));
        for (var links = random.Next(1, 3); links > 0; links--)
        {
            text.Append(' ').Append(Pick(Links, random)).Append(" the ").Append(Phrase(random));
        }
        return text.Append('.').ToString();
    }

    /// <summary>Sentences in a row.</summary>
    public static string Paragraph(Random random, int sentences) =>
        string.Join(' ', Enumerable.Range(0, sentences).Select(_ => Sentence(random)));

    /// <summary>A file of paragraphs under headings, of about this many characters.</summary>
    public static string Document(Random random, int characters)
    {
        var text = new StringBuilder();
        while (text.Length < characters)
        {
            text.Append("## ").Append(Pick(Adjectives, random)).Append(' ').Append(Pick(Nouns, random)).Append("\n\n");
            text.Append(Paragraph(random, random.Next(2, 7))).Append("\n\n");
        }
        return text.ToString();
    }

    private static string Phrase(Random random) => $"{Pick(Adjectives, random)} {Pick(Nouns, random)}";

    private static T Pick<T>(T[] choices, Random random) => choices[random.Next(choices.Length)];

    private static string[] Split(string words) => words.Split(' ');
}
