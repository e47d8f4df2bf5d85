using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>Reads facts as people write them: in YAML, JSON, or <c>name=value</c> on the command line.</summary>
public static class FactReader
{
    /// <summary>The facts of a mapping. What does not fit is reported and left out.</summary>
    public static Facts Read(YamlValue? value, IReadOnlyDictionary<string, FactDefinition> definitions, Action<YamlValue, string> report) =>
        ReadBilingual(value, definitions, (at, text) => report(at, text.En));

    /// <summary>The same, with what is reported in both languages.</summary>
    public static Facts ReadBilingual(
        YamlValue? value,
        IReadOnlyDictionary<string, FactDefinition> definitions,
        Action<YamlValue, Text> report
    )
    {
        var facts = Facts.None;
        if (value is null or YamlValue.Scalar { IsNull: true })
        {
            return facts;
        }
        if (value is not YamlValue.Map map)
        {
            report(
                value,
                new Text($"facts are a mapping such as {{commercial: true}}, not {value.Kind}", "事实应写成映射，例如 {commercial: true}")
            );
            return facts;
        }
        foreach (var (key, entry) in map.Entries)
        {
            if (!definitions.TryGetValue(key.Text, out var definition))
            {
                var nearest = Closeness.Nearest(key.Text, definitions.Keys);
                var all = string.Join(", ", definitions.Keys);
                report(
                    key,
                    new Text(
                        $"there is no fact `{key.Text}`" + (nearest is null ? $"; the facts are {all}" : $"; did you mean `{nearest}`?"),
                        $"没有名为 `{key.Text}` 的事实" + (nearest is null ? $"；可用的事实有 {all}" : $"；是否指 `{nearest}`？")
                    )
                );
                continue;
            }
            if (entry is YamlValue.Scalar { IsNull: true })
            {
                continue; // said to be unknown
            }
            if (Value(entry, definition) is { } found)
            {
                facts = facts.With(key.Text, found);
            }
            else
            {
                report(
                    entry,
                    new Text(
                        $"`{key.Text}` takes {Expected(definition)}, not {entry.Kind}",
                        $"`{key.Text}` 的值应为{ExpectedZh(definition)}"
                    )
                );
            }
        }
        return facts;
    }

    /// <summary>What values of a fact look like, for a message.</summary>
    public static string Expected(FactDefinition definition) =>
        definition.Type switch
        {
            FactType.Bool => "true or false",
            FactType.Number => "a number, or {product: n, group: n}",
            FactType.Date => "a date such as 2026-01-31",
            _ when definition.Id == "territory" => "ISO 3166 codes or groups such as EU",
            _ when definition.Id == "purpose" => "restriction categories such as MIL.MILITARY, or research, personal",
            _ when definition.Values.IsEmpty => "a code",
            _ => $"{(definition.Type == FactType.Set ? "any of" : "one of")} {string.Join(", ", definition.Values)}",
        };

    private static string ExpectedZh(FactDefinition definition) =>
        definition.Type switch
        {
            FactType.Bool => " true 或 false",
            FactType.Number => "数字，或 {product: n, group: n}",
            FactType.Date => "日期，例如 2026-01-31",
            _ when definition.Id == "territory" => " ISO 3166 代码或 EU 等区域",
            _ when definition.Id == "purpose" => "限制类别（例如 MIL.MILITARY），或 research、personal",
            _ when definition.Values.IsEmpty => "代码",
            _ => $"以下{(definition.Type == FactType.Set ? "若干项" : "之一")}：{string.Join(", ", definition.Values)}",
        };

    private static FactValue? Value(YamlValue value, FactDefinition definition) =>
        definition.Type switch
        {
            FactType.Bool => value.AsFlag() is { } flag ? new FactValue.Flag(flag) : null,
            FactType.Number => Number(value),
            FactType.Date => value is YamlValue.Scalar s
            && DateOnly.TryParseExact(s.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? new FactValue.Day(date)
                : null,
            _ => Names(value, definition),
        };

    private static FactValue? Number(YamlValue value)
    {
        if (Amount(value) is { } amount)
        {
            return amount;
        }
        if (value is not YamlValue.Map map || map.Entries.Count == 0 || map["product"] is not null || map["group"] is not null)
        {
            return null;
        }
        var amounts = map.Entries.Select(e => (e.Key.Text, Amount: Amount(e.Value))).ToList();
        return amounts.TrueForAll(a => a.Amount is not null)
            ? new FactValue.ByLicense(amounts.ToImmutableSortedDictionary(a => a.Text, a => a.Amount!, StringComparer.Ordinal))
            : null;
    }

    private static FactValue.Amount? Amount(YamlValue value) =>
        value switch
        {
            YamlValue.Scalar => value.AsNumber() is { } n and >= 0 ? new FactValue.Amount(n, n) : null,
            YamlValue.Map map when map["product"]?.AsNumber() is { } p and >= 0 && map["group"]?.AsNumber() is { } g && g >= p =>
                new FactValue.Amount(p, g),
            _ => null,
        };

    private static FactValue.Names? Names(YamlValue value, FactDefinition definition)
    {
        var items = value switch
        {
            YamlValue.Scalar scalar => scalar
                .Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .ToList(),
            YamlValue.List list when list.Items.All(i => i is YamlValue.Scalar) => [.. list.Items.Select(i => ((YamlValue.Scalar)i).Text)],
            _ => null,
        };
        if (items is null || (items.Count != 1 && definition.Type is FactType.Enum or FactType.Code))
        {
            return null;
        }
        var names = items.ConvertAll(i =>
            definition.Id == "purpose" && i.Contains('.', StringComparison.Ordinal) ? i.ToUpperInvariant()
            : definition.Id is "territory" or "seat" ? i.ToUpperInvariant()
            : i
        );
        if (definition.Id == "purpose" && names is ["none"])
        {
            names = [];
        }
        return definition.Values.IsEmpty || names.TrueForAll(n => definition.Values.Contains(n.Split('@')[0]))
            ? FactValue.Names.Of(names)
            : null;
    }
}
