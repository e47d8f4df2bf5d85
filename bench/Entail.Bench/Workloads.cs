namespace Entail.Bench;

/// <summary>What the speed of identification is measured on.</summary>
internal static class Workloads
{
    /// <summary>The characters of a hostile text.</summary>
    public const int HostileCharacters = 50_000_000;

    private const int PhraseCharacters = 130;

    /// <summary>Each text with 2% of its words changed.</summary>
    public static string[] Edited(IEnumerable<string> texts) => [.. texts.Select((text, i) => Edits.Mixed(text, 0.02, new Random(i)))];

    /// <summary>As many made-up files as texts, each as long as its text.</summary>
    public static string[] Prose(IEnumerable<string> texts) =>
        [.. texts.Select((text, i) => Bench.Prose.Document(new Random(i), text.Length))];

    /// <summary>Texts of 50 million characters, by name.</summary>
    /// <param name="name">One of <see cref="HostileNames"/>.</param>
    /// <param name="license">The license whose first words are the phrase that is repeated.</param>
    public static string Hostile(string name, string license) =>
        name switch
        {
            "one phrase" => Repeat(_ => license[..PhraseCharacters]),
            "random words" => Repeat(random => $"{random.Next():x} "),
            "one word, one line" => Repeat(_ => "the "),
            "one word, no spaces" => Repeat(_ => "aaaaaaaa"),
            "angle brackets" => Repeat(_ => "<<a "),
            "empty lines" => Repeat(_ => "\n"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no hostile text is called that"),
        };

    public static string[] HostileNames { get; } =
    ["one phrase", "random words", "one word, one line", "one word, no spaces", "angle brackets", "empty lines"];

    private static string Repeat(Func<Random, string> piece)
    {
        var random = new Random(1);
        var text = new System.Text.StringBuilder(HostileCharacters + 256);
        while (text.Length < HostileCharacters)
        {
            text.Append(piece(random));
        }
        return text.ToString();
    }
}
