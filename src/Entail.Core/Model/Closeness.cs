namespace Entail.Core.Model;

/// <summary>How alike two short names are.</summary>
public static class Closeness
{
    /// <summary>Edits (insert, delete, replace one character) that lead from one name to the other, letter case aside (Levenshtein, 1966).</summary>
    public static int Distance(string a, string b)
    {
        if (a.Length > 80 || b.Length > 80)
        {
            return int.MaxValue;
        }
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }

    /// <summary>The nearest of <paramref name="candidates"/>; null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates) =>
        candidates
            .Select(c => (Name: c, Distance: Distance(c, name)))
            .Where(c => c.Distance <= Math.Max(1, name.Length / 3))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Name)
            .FirstOrDefault();
}
