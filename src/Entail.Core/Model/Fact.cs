using System.Collections.Immutable;
using System.Globalization;

namespace Entail.Core.Model;

/// <summary>What is known of one fact.</summary>
public abstract record FactValue
{
    private FactValue() { }

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : FactValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value ? "true" : "false";
    }

    /// <summary>A count or a sum of US dollars, for the product and for the whole group of companies.</summary>
    public sealed record Amount(decimal Product, decimal Group) : FactValue
    {
        /// <inheritdoc/>
        public override string ToString() =>
            Product == Group
                ? Product.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"product {Product}, group {Group}");
    }

    /// <summary>An amount that differs by license, as users at the release date of each model do.</summary>
    public sealed record ByLicense(ImmutableSortedDictionary<string, Amount> Amounts) : FactValue
    {
        /// <inheritdoc/>
        public override string ToString() => string.Join(", ", Amounts.Select(a => $"{a.Key} {a.Value}"));

        /// <inheritdoc/>
        public bool Equals(ByLicense? other) => other is not null && Amounts.SequenceEqual(other.Amounts);

        /// <inheritdoc/>
        public override int GetHashCode() => Amounts.Count;
    }

    /// <summary>One or several named values: an entity, territories, purposes.</summary>
    public sealed record Names(ImmutableSortedSet<string> Values) : FactValue
    {
        /// <summary>The names, in ordinal order.</summary>
        public static Names Of(IEnumerable<string> values) => new(values.ToImmutableSortedSet(StringComparer.Ordinal));

        /// <inheritdoc/>
        public bool Equals(Names? other) => other is not null && Values.SetEquals(other.Values);

        /// <inheritdoc/>
        public override int GetHashCode() => Values.Count;

        /// <inheritdoc/>
        public override string ToString() => Values.IsEmpty ? "none" : string.Join(", ", Values);
    }

    /// <summary>A calendar day.</summary>
    public sealed record Day(DateOnly Date) : FactValue
    {
        /// <inheritdoc/>
        public override string ToString() => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}

/// <summary>What the values of a fact look like.</summary>
public enum FactType
{
    Bool,
    Number,
    Set,
    Enum,
    Code,
    Date,
}

/// <summary>A fact of the taxonomy.</summary>
/// <param name="Id">Its kebab-case id.</param>
/// <param name="Type">What its values look like.</param>
/// <param name="Of">Whose fact it is: asker, work or step.</param>
/// <param name="Values">The closed list of values; empty where any is allowed.</param>
/// <param name="Assumed">The ordinary answer every question presumes, in words; null where nothing is presumed.</param>
/// <param name="Label">Its name for people.</param>
public sealed record FactDefinition(string Id, FactType Type, string Of, ImmutableArray<string> Values, string? Assumed, Text Label);
