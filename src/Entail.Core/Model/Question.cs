using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>What is known of the asker, the work and the step. A fact that is not here is unknown, or assumed.</summary>
public sealed record Facts(ImmutableSortedDictionary<string, FactValue> Known, bool Assume = true)
{
    /// <summary>Nothing known; the ordinary answers are assumed.</summary>
    public static readonly Facts None = new(ImmutableSortedDictionary.Create<string, FactValue>(StringComparer.Ordinal));

    /// <summary>The same facts and one more.</summary>
    public Facts With(string fact, FactValue value) => this with { Known = Known.SetItem(fact, value) };

    /// <summary>The same facts and those of <paramref name="more"/>, which win.</summary>
    public Facts With(Facts more) => this with { Known = Known.SetItems(more.Known) };

    /// <inheritdoc/>
    public bool Equals(Facts? other) => other is not null && Assume == other.Assume && Known.SequenceEqual(other.Known);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Assume, Known.Count);
}

/// <summary>How the asker's subject stands to the licensed work, on each reading; null where the license does not bind it.</summary>
/// <param name="Lenient">The subject under the lenient reading.</param>
/// <param name="Strict">The subject under the strict reading.</param>
/// <param name="MadeBy">The making acts that led to it; empty where that is not known.</param>
/// <param name="Component">The subject contains the licensed work, which keeps its own license.</param>
public sealed record Standing(Subject? Lenient, Subject? Strict, ImmutableArray<Act> MadeBy, bool Component = false)
{
    /// <summary>The licensed work itself.</summary>
    public static readonly Standing Original = new(Subject.Original, Subject.Original, []);

    /// <inheritdoc/>
    public bool Equals(Standing? other) =>
        other is not null
        && Lenient == other.Lenient
        && Strict == other.Strict
        && Component == other.Component
        && MadeBy.SequenceEqual(other.MadeBy);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lenient, Strict, Component, MadeBy.Length);

    /// <summary>The subject on one reading.</summary>
    public Subject? On(Reading reading) => reading == Reading.Strict ? Strict : Lenient;
}

/// <summary>A question about one license.</summary>
/// <param name="Acts">What shall be done.</param>
/// <param name="As">The license under which the result shall travel; null where that is not asked.</param>
/// <param name="Of">What sharing acts are about; null for the default: the derivative when a making act is listed, else the original.</param>
/// <param name="MadeBy">How the derivative was made; empty for the making acts listed, and any where none is.</param>
/// <param name="Part">The part of the work.</param>
/// <param name="Facts">What is known.</param>
/// <param name="Standing">How the subject stands to the licensed work.</param>
public sealed record Question(
    ImmutableArray<Act> Acts,
    LicenseExpression? As,
    Subject? Of,
    ImmutableArray<Act> MadeBy,
    Part? Part,
    Facts Facts,
    Standing Standing
)
{
    /// <summary>A question about doing <paramref name="acts"/> with the licensed work.</summary>
    public static Question About(params ReadOnlySpan<Act> acts) => new([.. acts], null, null, [], null, Facts.None, Standing.Original);
}
