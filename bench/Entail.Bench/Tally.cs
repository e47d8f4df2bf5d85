using System.Globalization;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>What came out for a text of which the right name is known.</summary>
internal enum Outcome
{
    /// <summary>The right name and no other.</summary>
    Right,

    /// <summary>The right name, and others that it may be just as well.</summary>
    Both,

    /// <summary>The right name, and one that the text does not have.</summary>
    More,

    /// <summary>Only the name of another text, to which an edit brought it nearer than to its own.</summary>
    Nearer,

    /// <summary>No name.</summary>
    None,

    /// <summary>Only names that the text does not have.</summary>
    Wrong,
}

/// <summary>Counts the outcomes of one kind of trial.</summary>
internal sealed class Tally(string name)
{
    private readonly int[] counts = new int[6];

    public const string Header =
        "                                            trials   right    both    more  nearer    none   wrong   right or both   exact";

    /// <summary>How many were reported as the text word for word.</summary>
    public int Exact { get; private set; }

    /// <summary>The number of trials.</summary>
    public int Trials => counts.Sum();

    public int this[Outcome outcome] => counts[(int)outcome];

    /// <summary>Counts a trial.</summary>
    public Outcome Add(Identification found, Names right)
    {
        var outcome = Judge(found, right);
        Add(found, outcome);
        return outcome;
    }

    /// <summary>Counts a trial that was judged already.</summary>
    public void Add(Identification found, Outcome outcome)
    {
        counts[(int)outcome]++;
        Exact += found.Matches.Any(match => match.Kind is MatchKind.Exact) ? 1 : 0;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name, -42}{Trials, 8}{this[Outcome.Right], 8}{this[Outcome.Both], 8}{this[Outcome.More], 8}{this[Outcome.Nearer], 8}{this[Outcome.None], 8}{this[Outcome.Wrong], 8}{100.0 * (this[Outcome.Right] + this[Outcome.Both]) / Math.Max(1, Trials), 14:f2} %{Exact, 8}"
        );

    /// <summary>What came out. Names that the text only mentions do not count.</summary>
    public static Outcome Judge(Identification found, Names right)
    {
        var named = found.Matches.Where(match => match.Kind is not MatchKind.Mentioned).ToList();
        var isRight = named.Exists(right.Has);
        var isBoth = named.Exists(match => right.Has(match) ? match.Or.Length > 0 : right.Allows(match));
        return named.Count == 0 ? Outcome.None
            : !isRight && !isBoth ? Outcome.Wrong
            : named.Exists(match => !right.Has(match) && !right.Allows(match)) ? Outcome.More
            : isBoth ? Outcome.Both
            : Outcome.Right;
    }
}
