using System.Collections;
using System.Reflection;
using System.Text;
using Entail.Core.Model;

namespace Entail.Tests;

/// <summary>
/// Writes a value down to its last part, so that two values can be compared by what they say: records that hold immutable arrays are equal only by reference.
/// </summary>
internal static class Structure
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder to, object? value)
    {
        switch (value)
        {
            case null:
                to.Append("null");
                break;
            case string or Guard or FactValue or Enum or ValueType and IFormattable:
                to.Append(value.GetType().Name).Append(' ').Append(value).Append('\n');
                break;
            case IEnumerable items:
                to.Append('[');
                foreach (var item in items)
                {
                    Write(to, item);
                }
                to.Append(']');
                break;
            default:
                to.Append(value.GetType().Name).Append('{');
                var properties = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
                foreach (var property in properties.Where(p => p.GetIndexParameters().Length == 0))
                {
                    to.Append(property.Name).Append('=');
                    Write(to, property.GetValue(value));
                }
                to.Append('}');
                break;
        }
    }
}
