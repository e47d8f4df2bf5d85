namespace Entail.Audit;

/// <summary>Records of an earlier audit and those that changed since, as one hub.</summary>
/// <param name="changed">What changed or is new; of two with one id the first counts.</param>
public sealed class JoinedRecords(IReadOnlyList<ParsedRecord> changed)
{
    /// <summary>How many records were passed.</summary>
    public long Places { get; private set; }

    /// <summary>Each record, the changed ones in the places of those with their ids, the others behind; in places of one input.</summary>
    public IEnumerable<PlacedRecord> With(IEnumerable<ParsedRecord> before)
    {
        var first = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < changed.Count; i++)
        {
            if (changed[i].Shape is not null)
            {
                first.TryAdd(changed[i].Id, i);
            }
        }
        var taken = new HashSet<int>();
        foreach (var record in before)
        {
            var takes =
                record.Shape is not null && first.TryGetValue(record.Id, out var place) && taken.Add(place) ? changed[place] : record;
            yield return new PlacedRecord(0, Places++, takes);
        }
        foreach (var record in changed.Where((_, i) => !taken.Contains(i)))
        {
            yield return new PlacedRecord(0, Places++, record);
        }
    }
}
