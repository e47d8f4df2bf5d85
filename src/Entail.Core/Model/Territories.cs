using System.Collections.Immutable;

namespace Entail.Core.Model;

/// <summary>Groups of territories (EU, EEA) and who belonged to them when.</summary>
public sealed class Territories(ImmutableArray<TerritoryGroup> groups)
{
    /// <summary>The days on which some group has other members than the day before.</summary>
    public IEnumerable<DateOnly> Turns =>
        groups
            .SelectMany(g => g.Members)
            .SelectMany(m => new[] { m.From, m.Until?.AddDays(1) })
            .OfType<DateOnly>()
            .Append(DateOnly.MinValue)
            .Distinct()
            .Order();

    /// <summary>The codes with every group replaced by its members on <paramref name="day"/>.</summary>
    public ImmutableSortedSet<string> Expand(IEnumerable<string> codes, DateOnly day) =>
        codes
            .SelectMany(code =>
                groups.FirstOrDefault(g => g.Id == code) is { } group
                    ? group.Members.Where(m => (m.From is null || m.From <= day) && (m.Until is null || day <= m.Until)).Select(m => m.Code)
                    : [code]
            )
            .ToImmutableSortedSet(StringComparer.Ordinal);
}
