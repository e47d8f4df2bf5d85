using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>The values of a settings file such as entail.yaml: each taken as what it should be, or a problem with its line.</summary>
/// <param name="file">The name that evidence shows.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class SettingsSource(string file, List<ReadProblem> problems)
{
    /// <summary>The problems met so far.</summary>
    public List<ReadProblem> Problems => problems;

    /// <summary>A text and its place; null where there is none.</summary>
    public Claim? Claim(YamlValue value, string pointer, string expected, string expectedZh)
    {
        if (value is YamlValue.Scalar scalar)
        {
            return scalar.IsNull || string.IsNullOrWhiteSpace(scalar.Text) ? null : new Claim(scalar.Text.Trim(), At(scalar, pointer));
        }
        Report(value, pointer, $"{expected} is expected here, not {value.Kind}.", $"此处应为{expectedZh}。");
        return null;
    }

    /// <summary>The text of a key, trimmed; null where there is none.</summary>
    public string? String(YamlValue.Map? map, string key, string pointer)
    {
        switch (map?[key])
        {
            case null or YamlValue.Scalar { IsNull: true }:
                return null;
            case YamlValue.Scalar scalar:
                return string.IsNullOrWhiteSpace(scalar.Text) ? null : scalar.Text.Trim();
            case var other:
                Report(other, $"{pointer}.{key}", $"`{key}:` takes a text, not {other.Kind}.", $"`{key}:` 的值应为文本。");
                return null;
        }
    }

    /// <summary>A mapping with none but these keys; null where there is no mapping, and nothing at all is no problem.</summary>
    public YamlValue.Map? Map(YamlValue? value, string pointer, params ReadOnlySpan<string> keys)
    {
        if (value is null or YamlValue.Scalar { IsNull: true })
        {
            return null;
        }
        var known = keys.ToArray();
        if (value is not YamlValue.Map map)
        {
            var all = string.Join(", ", known);
            Report(value, pointer, $"keys and values are expected here ({all}), not {value.Kind}.", $"此处应为键值（{all}）。");
            return null;
        }
        foreach (var (key, _) in map.Entries)
        {
            if (!known.Contains(key.Text))
            {
                Unknown(key, pointer, "key", "键", key.Text, known);
            }
        }
        return map;
    }

    /// <summary>The items of a list; a value in place of a list is its only item.</summary>
    public static IEnumerable<(YamlValue Value, string Pointer)> Items(YamlValue? value, string pointer) =>
        value switch
        {
            null or YamlValue.Scalar { IsNull: true } => [],
            YamlValue.List list => list.Items.Select((item, i) => (item, $"{pointer}[{i}]")),
            _ => [(value, pointer)],
        };

    /// <summary>A word of a closed list; a problem names the nearest, or all.</summary>
    public string? Word(YamlValue.Map map, string key, string pointer, string what, string whatZh, IReadOnlyCollection<string> known)
    {
        var word = String(map, key, pointer);
        if (word is null || known.Contains(word))
        {
            return word;
        }
        Unknown(map[key]!, $"{pointer}.{key}", what, whatZh, word, known);
        return null;
    }

    /// <summary>Reports a name that is none of those known.</summary>
    public void Unknown(YamlValue at, string pointer, string what, string whatZh, string name, IReadOnlyCollection<string> known)
    {
        var nearest = Closeness.Nearest(name, known);
        var all = string.Join(", ", known);
        Report(
            at,
            pointer,
            $"there is no {what} `{Read.Problems.Excerpt(name)}`. Write {(nearest is null ? $"one of {all}" : $"`{nearest}`")}.",
            $"没有名为 `{Read.Problems.Excerpt(name)}` 的{whatZh}。请写{(nearest is null ? $"以下之一：{all}" : $" `{nearest}`")}。"
        );
    }

    /// <summary>Reports what is wrong at a place.</summary>
    public void Report(YamlValue at, string pointer, string en, string zh) => problems.Add(Read.Problems.Invalid(At(at, pointer), en, zh));

    /// <summary>The place of a value.</summary>
    public Evidence At(YamlValue value, string pointer) =>
        Read.Problems.At(file, value, pointer.Length == 0 ? null : pointer, EvidenceSource.Configured);
}
