namespace Entail.Core.Model;

/// <summary>How alike two short names are.</summary>
public static class Closeness
{
    /// <summary>
    /// Edits (insert, delete or replace one character, exchange two neighbors) that lead from one name to the other, letter case aside: the
    /// optimal string alignment distance (Damerau, 1964).
    /// </summary>
    public static int Distance(string a, string b)
    {
        if (a.Length > 80 || b.Length > 80)
        {
            return int.MaxValue;
        }
        (a, b) = (a.ToLowerInvariant(), b.ToLowerInvariant());
        var before = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, last) = (last, row);
        }
        return last[b.Length];
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
