using System.Collections.Concurrent;
using System.Text;

namespace Entail.Core.Model;

/// <summary>The public, kebab-case spelling of an enum value: <c>TrainOnData</c> is <c>train-on-data</c>.</summary>
public static class Kebab
{
    private static readonly ConcurrentDictionary<Enum, string> Known = new();

    /// <summary>The kebab-case name of <paramref name="value"/>.</summary>
    public static string Of(Enum value) =>
        Known.GetOrAdd(
            value,
            v =>
            {
                var name = new StringBuilder();
                foreach (var c in v.ToString())
                {
                    if (char.IsUpper(c) && name.Length > 0)
                    {
                        name.Append('-');
                    }
                    name.Append(char.ToLowerInvariant(c));
                }
                return name.ToString();
            }
        );

    /// <summary>Finds the value of <typeparamref name="T"/> with that kebab-case name.</summary>
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(Of(candidate), text, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }
        value = default;
        return false;
    }
}
