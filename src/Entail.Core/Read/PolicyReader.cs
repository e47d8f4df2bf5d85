using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>Reads <c>policy:</c> of entail.yaml. An entry that is not understood is a problem, for a policy that is not applied protects nobody.</summary>
internal sealed class PolicyReader(SettingsSource from, Taxonomy taxonomy)
{
    private static readonly (string Key, Treatment Treatment)[] Lists =
    [
        ("allow", Treatment.Allow),
        ("ask", Treatment.Ask),
        ("deny", Treatment.Deny),
    ];

    private static readonly (string Key, PolicySubject Subject)[] Subjects =
    [
        ("duty", PolicySubject.Duty),
        ("restriction", PolicySubject.Restriction),
        ("verdict", PolicySubject.Verdict),
        ("license", PolicySubject.License),
    ];

    private readonly List<string> codes = [.. taxonomy.Findings.Select(f => f.Id)];

    /// <summary>The policy; none where nothing is there.</summary>
    public Policy Read(YamlValue? value)
    {
        if (from.Map(value, "policy", "allow", "ask", "deny", "otherwise", "suppress") is not { } map)
        {
            return Policy.None;
        }
        return new Policy(
            [
                .. Lists.SelectMany(list =>
                    SettingsSource
                        .Items(map[list.Key], $"policy.{list.Key}")
                        .Select(i => Entry(i.Value, i.Pointer, list.Treatment))
                        .OfType<PolicyEntry>()
                ),
            ],
            from.Word(map, "otherwise", "policy", "treatment", "处理方式", [.. Lists.Select(l => l.Key)]) is { } otherwise
                ? Array.Find(Lists, l => l.Key == otherwise).Treatment
                : null,
            [
                .. SettingsSource
                    .Items(map["suppress"], "policy.suppress")
                    .Select(i => Suppression(i.Value, i.Pointer))
                    .OfType<Suppression>(),
            ],
            from.At(map, "policy")
        );
    }

    private PolicyEntry? Entry(YamlValue value, string pointer, Treatment treatment)
    {
        if (value is YamlValue.Scalar)
        {
            return from.Claim(value, pointer, "the id of a license", "许可标识") is { } name
                ? new PolicyEntry(treatment, PolicySubject.License, name.Value, null, null, null, name.Evidence)
                : null;
        }
        var before = from.Problems.Count;
        if (
            from.Map(value, pointer, "license", "verdict", "restriction", "duty", "work", "reason") is not { } map
            || from.Problems.Count > before
        )
        {
            return null;
        }
        var named = Subjects.Where(s => from.String(map, s.Key, pointer) is not null).ToList();
        if (named.Count == 0 || (named.Count > 1 && (named.Count > 2 || named[1].Subject != PolicySubject.License)))
        {
            from.Report(
                map,
                pointer,
                "say what this is about by one of `license:`, `verdict:`, `restriction:` or `duty:`; beside the last three, `license:` tells whose.",
                "请用 `license:`、`verdict:`、`restriction:` 或 `duty:` 之一说明对象；`license:` 也可与后三者之一并用，表示仅针对该许可证。"
            );
            return null;
        }
        var (key, subject) = named[0];
        var known = subject switch
        {
            PolicySubject.Duty => from.Word(map, key, pointer, "duty", "义务", [.. taxonomy.Duties.Select(d => d.Id)]),
            PolicySubject.Verdict => from.Word(
                map,
                key,
                pointer,
                "verdict",
                "结论",
                [.. Enum.GetValues<Verdict>().Select(v => Kebab.Of(v))]
            ),
            PolicySubject.Restriction => RestrictionName(map, pointer),
            _ => from.String(map, key, pointer),
        };
        return known is null
            ? null
            : new PolicyEntry(
                treatment,
                subject,
                known,
                named.Count > 1 ? from.String(map, "license", pointer) : null,
                from.String(map, "work", pointer),
                from.String(map, "reason", pointer),
                from.At(map, pointer)
            );
    }

    // A group such as MIL, a category, or a category with the least strength that is meant.
    private string? RestrictionName(YamlValue.Map map, string pointer)
    {
        var written = from.String(map, "restriction", pointer)!;
        var at = written.IndexOf('@', StringComparison.Ordinal);
        var category = at < 0 ? written : written[..at];
        var all = taxonomy.Restrictions.Select(c => c.Id).ToList();
        var groups = all.Select(c => c.Split('.')[0]).Distinct().ToList();
        var found = taxonomy.Restrictions.FirstOrDefault(c => c.Id == category);
        if (at < 0 ? found is null && !groups.Contains(category) : found is null)
        {
            from.Unknown(map["restriction"]!, $"{pointer}.restriction", "restriction", "用途限制", category, [.. groups, .. all]);
            return null;
        }
        if (
            at >= 0
            && !(
                int.TryParse(written[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var strength)
                && strength >= 1
                && strength <= found!.Strengths.Length
            )
        )
        {
            var most = found!.Strengths.Length.ToString(CultureInfo.InvariantCulture);
            from.Report(
                map["restriction"]!,
                $"{pointer}.restriction",
                $"{category} has the strengths 1 to {most}. Write `{category}@1`.",
                $"{category} 的强度为 1 到 {most}。请写 `{category}@1`。"
            );
            return null;
        }
        return written;
    }

    private Suppression? Suppression(YamlValue value, string pointer)
    {
        if (from.Map(value, pointer, "code", "work", "id", "reason", "until") is not { } map)
        {
            return null;
        }
        var (code, work, id) = (from.String(map, "code", pointer), from.String(map, "work", pointer), from.String(map, "id", pointer));
        var reason = from.String(map, "reason", pointer);
        if (code is null && work is null && id is null)
        {
            from.Report(
                map,
                pointer,
                "this accepts every finding. Say which by `code:`, `work:` or `id:`.",
                "这会接受所有问题。请用 `code:`、`work:` 或 `id:` 指明。"
            );
            return null;
        }
        if (string.IsNullOrWhiteSpace(reason))
        {
            from.Report(
                map,
                pointer,
                "`reason:` is missing. Write why the finding is accepted.",
                "缺少 `reason:`。请写明接受该问题的理由。"
            );
            return null;
        }
        if (code is not null && !codes.Contains(code))
        {
            from.Unknown(map["code"]!, $"{pointer}.code", "finding", "检查结果代码", code, codes);
            return null;
        }
        DateOnly? until = null;
        if (from.String(map, "until", pointer) is { } day)
        {
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                from.Report(
                    map["until"]!,
                    $"{pointer}.until",
                    $"`{Problems.Excerpt(day)}` is no date. Write one such as 2027-01-31.",
                    $"`{Problems.Excerpt(day)}` 不是日期。请写 2027-01-31 这样的日期。"
                );
                return null; // without its end it would hold for ever
            }
            until = date;
        }
        return new Suppression(code, work, id, reason, until, from.At(map, pointer));
    }
}
