using System.Collections.Immutable;
using System.Globalization;

namespace Entail.Core.Model;

/// <summary>A condition over facts. <c>ToString</c> gives the form that <see cref="GuardParser"/> reads.</summary>
public abstract record Guard
{
    private Guard() { }

    /// <summary>A comparison of numbers or days.</summary>
    public enum Comparison
    {
        Less,
        AtMost,
        AtLeast,
        More,
    }

    /// <summary>Which of two counts is meant; either when the text does not say.</summary>
    public enum Scope
    {
        Either,
        Product,
        Group,
    }

    /// <summary>How a set of names meets a list.</summary>
    public enum Membership
    {
        /// <summary>The one value is in the list.</summary>
        In,

        /// <summary>At least one value is in the list.</summary>
        Overlaps,

        /// <summary>There is a value, and every one is in the list.</summary>
        Within,
    }

    /// <summary>Holds whatever the facts.</summary>
    public sealed record Always : Guard
    {
        /// <inheritdoc/>
        public override string ToString() => "always";
    }

    /// <summary>Every operand holds.</summary>
    public sealed record All(ImmutableArray<Guard> Operands) : Guard
    {
        /// <inheritdoc/>
        public override string ToString() => string.Join(" and ", Operands.Select(Wrapped));
    }

    /// <summary>At least one operand holds.</summary>
    public sealed record Any(ImmutableArray<Guard> Operands) : Guard
    {
        /// <inheritdoc/>
        public override string ToString() => string.Join(" or ", Operands.Select(Wrapped));
    }

    /// <summary>The operand does not hold.</summary>
    public sealed record Not(Guard Operand) : Guard
    {
        /// <inheritdoc/>
        public override string ToString() => $"not {Wrapped(Operand)}";
    }

    /// <summary>A test of one fact.</summary>
    public abstract record Test(string Fact) : Guard;

    /// <summary>A yes-or-no fact is true.</summary>
    public sealed record IsTrue(string Fact) : Test(Fact)
    {
        /// <inheritdoc/>
        public override string ToString() => Fact;
    }

    /// <summary>A number compared with a limit.</summary>
    public sealed record Number(string Fact, Scope Of, Comparison Operator, decimal Limit) : Test(Fact)
    {
        /// <inheritdoc/>
        public override string ToString() =>
            $"{Fact}{(Of == Scope.Either ? "" : "." + Kebab.Of(Of))} {Symbol(Operator)} {Limit.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>A day compared with another.</summary>
    public sealed record Date(string Fact, Comparison Operator, DateOnly Limit) : Test(Fact)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Fact} {Symbol(Operator)} {Limit.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Named values compared with a list.</summary>
    public sealed record Names(string Fact, Membership How, ImmutableSortedSet<string> Values) : Test(Fact)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Fact} {Kebab.Of(How)} [{string.Join(", ", Values)}]";
    }

    /// <summary>Every test in this guard, in order.</summary>
    public IEnumerable<Test> Tests() =>
        this switch
        {
            Always => [],
            Test test => [test],
            Not not => not.Operand.Tests(),
            All all => all.Operands.SelectMany(o => o.Tests()),
            Any any => any.Operands.SelectMany(o => o.Tests()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Wrapped(Guard guard) => guard is All or Any ? $"({guard})" : guard.ToString()!;

    private static string Symbol(Comparison comparison) =>
        comparison switch
        {
            Comparison.Less => "<",
            Comparison.AtMost => "<=",
            Comparison.AtLeast => ">=",
            _ => ">",
        };
}
