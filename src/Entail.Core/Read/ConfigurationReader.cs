using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// Reads <c>entail.yaml</c> (CONTRACT, entail.yaml). What is wrong is a problem with its line and left out; the rest counts.
/// </summary>
public sealed class ConfigurationReader
{
    /// <summary>The kinds of works.</summary>
    public static readonly ImmutableArray<string> Kinds = ["model", "adapter", "dataset", "code", "output", "product"];

    private static readonly ImmutableArray<string> Parts = [.. Enum.GetValues<Part>().Select(p => Kebab.Of(p))];

    private readonly SettingsSource from;
    private readonly Taxonomy taxonomy;
    private readonly Dictionary<string, FactDefinition> facts;
    private readonly ArtifactFolder? folder;

    private ConfigurationReader(SettingsSource from, Taxonomy taxonomy, ArtifactFolder? folder)
    {
        this.from = from;
        this.taxonomy = taxonomy;
        facts = taxonomy.Facts.ToDictionary(f => f.Id, StringComparer.Ordinal);
        this.folder = folder;
    }

    /// <summary>Reads a file of at most 2 MB. A link out of its folder is not followed.</summary>
    /// <param name="file">Its path; evidence shows its name alone.</param>
    /// <param name="taxonomy">The facts, duties, restrictions and findings that it may name.</param>
    public static Configuration Read(string file, Taxonomy taxonomy)
    {
        var met = new List<ReadProblem>();
        var name = Path.GetFileName(file);
        if (string.IsNullOrWhiteSpace(name))
        {
            name = "entail.yaml";
        }
        var beside = Path.GetDirectoryName(file);
        var artifact = new ArtifactFolder(string.IsNullOrEmpty(beside) ? "." : beside, met);
        var text = artifact.Read(name);
        if (text is { Truncated: true })
        {
            met.Add(
                Problems.Unreadable(
                    Problems.File(name, EvidenceSource.Configured),
                    $"`{name}` is larger than 2 MB and was not read. Split it, one file for each product.",
                    $"`{name}` 超过 2 MB，未读取。请按产品拆分为多个文件。"
                )
            );
        }
        var found = text is null or { Truncated: true } ? Nothing : Parse(text.Text, name, taxonomy, met, artifact);
        return found with { Problems = [.. met] };
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="fileName">The name that evidence shows.</param>
    /// <param name="taxonomy">The facts, duties, restrictions and findings that it may name.</param>
    public static Configuration Parse(string text, string fileName, Taxonomy taxonomy)
    {
        var met = new List<ReadProblem>();
        return Parse(text, fileName, taxonomy, met, null) with { Problems = [.. met] };
    }

    private static Configuration Parse(string text, string fileName, Taxonomy taxonomy, List<ReadProblem> met, ArtifactFolder? folder)
    {
        var found = new List<SourceProblem>();
        var value = Yaml.Parse(text, 1, found);
        met.AddRange(found.Select(p => Problems.Of(p, fileName, EvidenceSource.Configured)));
        return new ConfigurationReader(new SettingsSource(fileName, met), taxonomy, folder).Whole(value);
    }

    private static Configuration Nothing => new([], null, [], null, Facts.None, Policy.None, []);

    private Configuration Whole(YamlValue? value)
    {
        if (from.Map(value, "", "works", "ship", "facts", "policy") is not { } root)
        {
            return Nothing;
        }
        var works = ImmutableArray.CreateBuilder<ConfiguredWork>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, pointer) in SettingsSource.Items(root["works"], "works"))
        {
            if (Work(item, pointer) is not { } work)
            {
                continue;
            }
            if (ids.Add(work.Id))
            {
                works.Add(work);
            }
            else
            {
                from.Report(
                    item,
                    $"{pointer}.id",
                    $"two works have the id `{work.Id}`; the first one counts. Give each its own id.",
                    $"有两个作品使用标识 `{work.Id}`，以第一个为准。请使用不同的标识。"
                );
            }
        }
        var ship = from.Map(root["ship"], "ship", "work", "acts", "as", "terms");
        return new Configuration(
            works.ToImmutable(),
            Shipped(ship, ids),
            [
                .. SettingsSource
                    .Items(ship?["acts"], "ship.acts")
                    .Select(i => Act(i.Value, i.Pointer, making: false))
                    .OfType<Act>()
                    .Distinct(),
            ],
            from.String(ship, "as", "ship"),
            FactsOf(root["facts"], "facts"),
            new PolicyReader(from, taxonomy).Read(root["policy"]),
            [],
            Terms(ship)
        );
    }

    // The terms that users accept lie beside this file; a copy of what stands on a website will do.
    private TextFile? Terms(YamlValue.Map? ship)
    {
        if (ship is null || PathIn(ship, "terms", "ship") is not { } path || folder is null)
        {
            return null;
        }
        var before = from.Problems.Count;
        var text = folder.Read(path);
        if (text is null)
        {
            from.Problems.RemoveRange(before, from.Problems.Count - before);
            from.Report(
                ship["terms"]!,
                "ship.terms",
                $"`{Problems.Excerpt(path)}` cannot be read as a text beside this file. Put a copy of the terms that your users accept there, such as TERMS.md.",
                $"无法在本文件旁读取文本 `{Problems.Excerpt(path)}`。请在此放置用户所接受条款的副本，例如 TERMS.md。"
            );
        }
        return text;
    }

    private string? Shipped(YamlValue.Map? ship, HashSet<string> ids)
    {
        if (from.String(ship, "work", "ship") is not { } work)
        {
            return null;
        }
        if (!ids.Contains(work) && HubName.Parse(work).Form != HubNameForm.Full)
        {
            var nearest = Closeness.Nearest(work, ids);
            from.Report(
                ship!["work"]!,
                "ship.work",
                $"there is no work `{Problems.Excerpt(work)}`. {(nearest is null ? "Write the id of a work listed under `works:`." : $"Write `{nearest}`.")}",
                $"没有作品 `{Problems.Excerpt(work)}`。{(nearest is null ? "请写 `works:` 中某个作品的标识。" : $"请写 `{nearest}`。")}"
            );
        }
        return work;
    }

    private ConfiguredWork? Work(YamlValue value, string pointer)
    {
        if (from.Map(value, pointer, "id", "kind", "model", "path", "licenses", "made-from", "facts") is not { } map)
        {
            return null;
        }
        var model = from.String(map, "model", pointer);
        var kind = Kind(map, pointer);
        if ((from.String(map, "id", pointer) ?? model) is not { } id)
        {
            from.Report(
                map,
                pointer,
                "this work has no `id:`. Give it one, so that others can name it.",
                "该作品缺少 `id:`。请为其指定标识，以便引用。"
            );
            return null;
        }
        return new ConfiguredWork(
            id,
            kind,
            PathIn(map, "path", pointer),
            model,
            Licenses(map["licenses"], $"{pointer}.licenses", kind),
            [
                .. SettingsSource
                    .Items(map["made-from"], $"{pointer}.made-from")
                    .Select(i => Step(i.Value, i.Pointer))
                    .OfType<DeclaredStep>(),
            ],
            FactsOf(map["facts"], $"{pointer}.facts"),
            from.At(map["id"] ?? map, pointer),
            map["made-from"] is YamlValue.List { Items.Count: 0 }
        );
    }

    private string? Kind(YamlValue.Map map, string pointer)
    {
        var kind = from.String(map, "kind", pointer);
        if (kind is null || Kinds.Contains(kind))
        {
            return kind;
        }
        from.Unknown(map["kind"]!, $"{pointer}.kind", "kind", "种类", kind, Kinds);
        return null;
    }

    private string? PathIn(YamlValue.Map map, string key, string pointer)
    {
        var path = from.String(map, key, pointer);
        if (path is null || !(Path.IsPathRooted(path) || path.Contains('\0', StringComparison.Ordinal) || path.StartsWith('~')))
        {
            return path?.Replace('\\', '/');
        }
        from.Report(
            map[key]!,
            $"{pointer}.{key}",
            $"`{key}:` is relative to this file; `{Problems.Excerpt(path)}` is not. Write a path such as `.` or `models/x`.",
            $"`{key}:` 应相对于本文件；`{Problems.Excerpt(path)}` 不是相对路径。请写 `.` 或 `models/x` 这样的路径。"
        );
        return null;
    }

    private ImmutableArray<(Part Part, Claim Claim)> Licenses(YamlValue? value, string pointer, string? kind)
    {
        var claims = ImmutableArray.CreateBuilder<(Part, Claim)>();
        if (value is not YamlValue.Map map)
        {
            var main =
                kind == "dataset" ? Part.Data
                : kind is "code" or "product" ? Part.Code
                : Part.Weights;
            Add(main, value, pointer);
            return claims.ToImmutable();
        }
        foreach (var (key, license) in map.Entries)
        {
            if (Kebab.TryParse<Part>(key.Text, out var part))
            {
                Add(part, license, $"{pointer}.{key.Text}");
            }
            else
            {
                from.Unknown(key, pointer, "part", "部分", key.Text, Parts);
            }
        }
        return claims.ToImmutable();

        void Add(Part part, YamlValue? licenses, string at) =>
            claims.AddRange(
                SettingsSource
                    .Items(licenses, at)
                    .Select(i => from.Claim(i.Value, i.Pointer, "a license id or expression", "许可标识或表达式"))
                    .OfType<Claim>()
                    .Select(c => (part, c))
            );
    }

    private DeclaredStep? Step(YamlValue value, string pointer)
    {
        if (value is YamlValue.Scalar scalar)
        {
            from.Report(
                value,
                pointer,
                $"how it was made from {scalar.Kind} is missing. Write `{{work: {Problems.Excerpt(scalar.Text)}, act: fine-tune}}`.",
                $"缺少由该作品制作的方式。请写 `{{work: {Problems.Excerpt(scalar.Text)}, act: fine-tune}}`。"
            );
            return null;
        }
        if (from.Map(value, pointer, "work", "act", "part", "facts") is not { } map)
        {
            return null;
        }
        var work = from.String(map, "work", pointer);
        if (work is null)
        {
            from.Report(
                map,
                pointer,
                "`work:` is missing. Write the id of the work that this was made from.",
                "缺少 `work:`。请写来源作品的标识。"
            );
        }
        Act? act = null;
        if (map["act"] is { } stated)
        {
            act = Act(stated, $"{pointer}.act", making: true);
        }
        else
        {
            from.Report(
                map,
                pointer,
                "`act:` is missing. Write how it was made, such as `act: fine-tune`.",
                "缺少 `act:`。请写制作方式，例如 `act: fine-tune`。"
            );
        }
        var known = FactsOf(map["facts"], $"{pointer}.facts");
        var part = PartOf(map, pointer);
        return work is null || act is null ? null : new DeclaredStep(work, act.Value, false, part, known, from.At(map["work"]!, pointer));
    }

    private Part? PartOf(YamlValue.Map map, string pointer)
    {
        if (from.String(map, "part", pointer) is not { } name)
        {
            return null;
        }
        if (Kebab.TryParse<Part>(name, out var part))
        {
            return part;
        }
        from.Unknown(map["part"]!, $"{pointer}.part", "part", "部分", name, Parts);
        return null;
    }

    private Act? Act(YamlValue value, string pointer, bool making)
    {
        if (value is not YamlValue.Scalar { IsNull: false } scalar)
        {
            from.Report(
                value,
                pointer,
                $"an act is expected here, not {value.Kind}. Write one such as `fine-tune`.",
                "此处应为行为，例如 `fine-tune`。"
            );
            return null;
        }
        if (Acts.TryParse(scalar.Text.Trim(), out var act) && (!making || act.Makes()))
        {
            return act;
        }
        var choices = Acts.All.Where(a => !making || a.Makes()).Select(a => a.Name());
        from.Unknown(value, pointer, making ? "act that makes a work" : "act", making ? "制作行为" : "行为", scalar.Text, [.. choices]);
        return null;
    }

    private Facts FactsOf(YamlValue? value, string pointer) =>
        FactReader.ReadBilingual(
            value,
            facts,
            (at, text) => from.Problems.Add(new ReadProblem("metadata-invalid", text, from.At(at, pointer)))
        );
}
