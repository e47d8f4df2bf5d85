using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tasks.Sources;

/// <summary>A problem in a catalog file.</summary>
public sealed record CatalogProblem(string File, int Line, int Column, string Message)
{
    /// <summary>The form that editors and MSBuild understand.</summary>
    public override string ToString() => $"{File}({Line},{Column}): error ENTAIL: {Message}";
}

/// <summary>Reads typed values from one file and collects what is wrong: each getter returns something usable and reports.</summary>
public sealed class SourceReader(string file, ICollection<CatalogProblem> problems)
{
    public string File => file;

    /// <summary>Reports a problem at a value.</summary>
    public void Report(YamlValue? at, string message) => problems.Add(new CatalogProblem(file, at?.Line ?? 1, at?.Column ?? 1, message));

    /// <summary>Reads the file; null when it cannot be read.</summary>
    public YamlValue? Load()
    {
        if (!System.IO.File.Exists(file))
        {
            Report(null, "the file is missing");
            return null;
        }
        var found = new List<SourceProblem>();
        var value = Yaml.Parse(System.IO.File.ReadAllText(file), 1, found);
        foreach (var problem in found)
        {
            problems.Add(new CatalogProblem(file, problem.Line, problem.Column, problem.Message));
        }
        return value;
    }

    /// <summary>The value as a mapping with no keys but <paramref name="keys"/>.</summary>
    public YamlValue.Map Map(YamlValue? value, params ReadOnlySpan<string> keys)
    {
        if (value is not YamlValue.Map map)
        {
            Report(value, $"a mapping is expected here, not {value?.Kind ?? "nothing"}");
            return new YamlValue.Map([], value?.Line ?? 1, value?.Column ?? 1, value?.EndLine ?? 1);
        }
        foreach (var (key, _) in map.Entries)
        {
            if (!keys.Contains(key.Text))
            {
                var nearest = Closeness.Nearest(key.Text, keys.ToArray());
                Report(
                    key,
                    $"unknown key `{key.Text}`; {(nearest is null ? $"known are {string.Join(", ", keys.ToArray())}" : $"write `{nearest}`")}"
                );
            }
        }
        return map;
    }

    /// <summary>The items of a list; a single value counts as a list of one, nothing as an empty list.</summary>
    public static IReadOnlyList<YamlValue> Items(YamlValue? value) =>
        value switch
        {
            null => [],
            YamlValue.Scalar { IsNull: true } => [],
            YamlValue.List list => list.Items,
            _ => [value],
        };

    /// <summary>A required string.</summary>
    public string String(YamlValue.Map map, string key)
    {
        if (map[key] is YamlValue.Scalar { IsNull: false } scalar)
        {
            return scalar.Text;
        }
        Report(map[key] ?? map, $"`{key}:` is missing; write a text");
        return "";
    }

    /// <summary>A string that may be absent.</summary>
    public string? OptionalString(YamlValue.Map map, string key)
    {
        switch (map[key])
        {
            case null or YamlValue.Scalar { IsNull: true }:
                return null;
            case YamlValue.Scalar scalar:
                return scalar.Text;
            case var other:
                Report(other, $"`{key}:` takes a text, not {other.Kind}");
                return null;
        }
    }

    /// <summary>A list of strings; absent is empty.</summary>
    public ImmutableArray<string> Strings(YamlValue.Map map, string key)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var item in Items(map[key]))
        {
            if (item is YamlValue.Scalar { IsNull: false } scalar)
            {
                found.Add(scalar.Text);
            }
            else
            {
                Report(item, $"`{key}:` takes texts, not {item.Kind}");
            }
        }
        return found.ToImmutable();
    }

    /// <summary>The sentence in both languages under <c>en</c> and <c>zh</c>.</summary>
    public Text Text(YamlValue.Map map) => new(String(map, "en"), String(map, "zh"));

    /// <summary>A sentence in both languages that may be absent.</summary>
    public Text? OptionalText(YamlValue.Map map, string key) => map[key] is { } text ? Text(Map(text, "en", "zh")) : null;

    /// <summary>A whole number.</summary>
    public int Number(YamlValue.Map map, string key)
    {
        if (map[key]?.AsNumber() is { } number && number == Math.Floor(number) && number is >= 0 and < int.MaxValue)
        {
            return (int)number;
        }
        Report(map[key] ?? map, $"`{key}:` takes a whole number");
        return 0;
    }

    /// <summary>A date; absent is null.</summary>
    public DateOnly? Date(YamlValue.Map map, string key)
    {
        if (OptionalString(map, key) is not { } text)
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }
        Report(map[key], $"`{key}:` takes a date such as 2024-07-23");
        return null;
    }

    /// <summary>A flag; absent is false.</summary>
    public bool Flag(YamlValue.Map map, string key)
    {
        if (map[key] is not { } value)
        {
            return false;
        }
        if (value.AsFlag() is { } flag)
        {
            return flag;
        }
        Report(value, $"`{key}:` takes true or false");
        return false;
    }

    /// <summary>One of the names of an enum; absent is <paramref name="otherwise"/>.</summary>
    public T Choice<T>(YamlValue.Map map, string key, T otherwise)
        where T : struct, Enum => map[key] is { } value ? One(value, key, otherwise) : otherwise;

    /// <summary>Several names of an enum.</summary>
    public ImmutableArray<T> Choices<T>(YamlValue.Map map, string key)
        where T : struct, Enum => [.. Items(map[key]).Select(i => One<T>(i, key, default)).Distinct()];

    private T One<T>(YamlValue value, string key, T otherwise)
        where T : struct, Enum
    {
        if (value is YamlValue.Scalar scalar && Kebab.TryParse<T>(scalar.Text, out var found))
        {
            return found;
        }
        var names = Enum.GetValues<T>().Select(v => Kebab.Of(v)).ToList();
        var nearest = value is YamlValue.Scalar s ? Closeness.Nearest(s.Text, names) : null;
        Report(
            value,
            $"`{key}:` does not take {value.Kind}; {(nearest is null ? $"one of {string.Join(", ", names)}" : $"write `{nearest}`")}"
        );
        return otherwise;
    }
}
