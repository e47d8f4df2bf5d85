namespace Entail.Core.Decide.Engine;

/// <summary>Answers by two small numbers, as rows that grow: found without hashing.</summary>
internal sealed class Answered<T>
    where T : struct
{
    private (bool IsKnown, T Value)[][] rows = [];

    /// <summary>The place of an answer, to read or to fill.</summary>
    public ref (bool IsKnown, T Value) this[int row, int column]
    {
        get
        {
            if (row < rows.Length && column < rows[row].Length)
            {
                return ref rows[row][column];
            }
            if (row >= rows.Length)
            {
                var before = rows.Length;
                Array.Resize(ref rows, Math.Max(row + 1, before * 2));
                Array.Fill(rows, [], before, rows.Length - before);
            }
            if (column >= rows[row].Length)
            {
                Array.Resize(ref rows[row], Math.Max(column + 1, rows[row].Length * 2));
            }
            return ref rows[row][column];
        }
    }

    /// <summary>All that were filled, in their order.</summary>
    public IEnumerable<(int Row, int Column, T Value)> All()
    {
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
            {
                if (rows[row][column].IsKnown)
                {
                    yield return (row, column, rows[row][column].Value);
                }
            }
        }
    }
}
