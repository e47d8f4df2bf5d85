using System.Collections.Immutable;
using System.Globalization;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>Reads the metadata of a card from its keys and tags; what does not fit is reported and left out.</summary>
/// <param name="file">The file, for evidence.</param>
/// <param name="pointer">What stands before a key in evidence; empty for front matter.</param>
/// <param name="tagsPointer">What stands before an index of a tag.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class CardReader(string file, string pointer, string tagsPointer, ICollection<ReadProblem> problems)
{
    private const int MostItems = 1000;
    private const string Licence = "licence:";

    private static readonly ImmutableArray<(string Key, int Slips)> Guarded =
    [
        ("license", 2),
        ("license_name", 2),
        ("license_link", 2),
        ("base_model", 2),
        ("base_model_relation", 3),
        ("datasets", 1),
    ];

    private static readonly ImmutableArray<string> ModelKeys = ["pipeline_tag", "library_name", "model-index", "model_type", "base_model"];
    private static readonly ImmutableArray<string> DatasetKeys =
    [
        "dataset_info",
        "task_categories",
        "task_ids",
        "size_categories",
        "configs",
    ];
    private static readonly ImmutableArray<string> DatasetTags = ["task_categories:", "task_ids:", "size_categories:"];

    /// <summary>What tags begin with that name something, or describe a dataset.</summary>
    internal static readonly ImmutableArray<string> Telling = ["license:", Licence, "base_model:", "dataset:", .. DatasetTags];

    internal static readonly ImmutableArray<(string Word, Act Act)> Relations =
    [
        ("finetune", Act.FineTune),
        ("adapter", Act.Adapt),
        ("quantized", Act.Quantize),
        ("merge", Act.Merge),
    ];

    /// <summary>The words for relations.</summary>
    public static string RelationWords => string.Join(", ", Relations.Select(r => r.Word));

    /// <summary>The card.</summary>
    /// <param name="map">Its keys.</param>
    /// <param name="tagList">Its tags; null where there are none.</param>
    public Declaration Read(YamlValue.Map map, YamlValue? tagList)
    {
        var tags = Tags(tagList);
        var licenses = Key(map, "license") is { } license ? Licenses(license) : TaggedLicenses(tags);
        var relation = Relation(Key(map, "base_model_relation"), "base_model_relation");
        var stated = Names(Key(map, "base_model"), "base_model", areBases: true);
        var tagged = TaggedBases(tags, report: stated.IsEmpty);
        var bases = stated.IsEmpty
            ? [.. tagged.Select(t => t with { Act = t.Act ?? relation })]
            : stated.Select(s => new DeclaredBase(s, relation ?? tagged.FirstOrDefault(t => Same(t.Claim, s))?.Act)).ToImmutableArray();
        var datasets = Names(Key(map, "datasets"), "datasets", areBases: false);
        if (datasets.IsEmpty)
        {
            datasets = [.. Tagged(tags, "dataset:").DistinctBy(d => d.Value, StringComparer.OrdinalIgnoreCase)];
        }
        return new Declaration
        {
            Licenses = licenses,
            LicenseName = Word(map, "license_name"),
            LicenseLink = Word(map, "license_link"),
            Name = Word(map, "model_name") ?? Word(map, "name"),
            Bases = bases,
            Datasets = datasets,
            Tags = [.. tags.Select(t => t.Text).Concat(Word(map, "library_name") is { } library ? [library.Value] : [])],
            DescribesModel = ModelKeys.Any(k => map[k] is not null) || !bases.IsEmpty,
            DescribesDataset =
                DatasetKeys.Any(k => map[k] is not null)
                || tags.Any(t => DatasetTags.Any(d => t.Text.StartsWith(d, StringComparison.Ordinal))),
        };
    }

    /// <summary>True for two spellings of one name.</summary>
    internal static bool Same(Claim a, Claim b) => a.Value.Equals(b.Value, StringComparison.OrdinalIgnoreCase);

    private Evidence At(YamlValue value, string key) => Problems.At(file, value, pointer + key, EvidenceSource.Declared);

    // A key that is missing but stands there misspelled counts, and is reported.
    private YamlValue? Key(YamlValue.Map map, string key)
    {
        if (map[key] is { } value)
        {
            return value;
        }
        var slips = Guarded.First(g => g.Key == key).Slips;
        foreach (var (written, meant) in map.Entries)
        {
            var plain = written.Text.Replace('-', '_').Replace(' ', '_');
            if (Guarded.Any(g => g.Key == written.Text) || Closeness.Distance(plain, key) > slips)
            {
                continue;
            }
            problems.Add(
                Problems.Invalid(
                    At(written, written.Text),
                    $"the hub does not know the key `{Problems.Excerpt(written.Text)}:`. Write `{key}:`; its value is read as that here.",
                    $"Hub 不识别键 `{Problems.Excerpt(written.Text)}:`。请写成 `{key}:`；此处按该键读取其值。"
                )
            );
            return meant;
        }
        return null;
    }

    private ImmutableArray<Claim> Licenses(YamlValue value)
    {
        var claims = ImmutableArray.CreateBuilder<Claim>();
        var items = Items(value, "license");
        for (var i = 0; i < items.Count; i++)
        {
            var key = value is YamlValue.List ? $"license[{i}]" : "license";
            switch (items[i])
            {
                case YamlValue.Scalar { IsNull: true }:
                    break;
                case YamlValue.Scalar scalar:
                    if (!string.IsNullOrWhiteSpace(scalar.Text))
                    {
                        claims.Add(new Claim(Problems.Excerpt(scalar.Text), At(scalar, key)));
                    }
                    break;
                case var other:
                    problems.Add(
                        Problems.Invalid(
                            At(other, key),
                            $"`license:` holds {other.Kind} where the id of a license is expected. Write one id, or a list of ids.",
                            "`license:` 处应为许可标识。请写一个标识或标识列表。"
                        )
                    );
                    break;
            }
        }
        return [.. claims.DistinctBy(c => c.Value, StringComparer.OrdinalIgnoreCase)];
    }

    private Act? Relation(YamlValue? value, string key)
    {
        if (value is null or YamlValue.Scalar { IsNull: true })
        {
            return null;
        }
        var word = value is YamlValue.Scalar scalar ? scalar.Text.Trim() : "";
        foreach (var (known, act) in Relations)
        {
            if (known.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return act;
            }
        }
        var listed = RelationWords;
        var nearest = Closeness.Nearest(word, [.. Relations.Select(r => r.Word)]);
        problems.Add(
            Problems.Invalid(
                At(value, key),
                $"`{key}:` does not take {value.Kind}. Write {(nearest is null ? $"one of {listed}" : $"`{nearest}`")}; until then the relation is inferred.",
                $"`{key}:` 的值无效。请写{(nearest is null ? $"以下之一：{listed}" : $" `{nearest}`")}；在此之前按文件推断关系。"
            )
        );
        return null;
    }

    /// <summary>The works that a key names, each once. A base that cannot be read is one all the same: what the work was made from is not known then.</summary>
    public ImmutableArray<Claim> Names(YamlValue? value, string key, bool areBases)
    {
        var claims = ImmutableArray.CreateBuilder<Claim>();
        var items = Items(value, key);
        for (var i = 0; i < items.Count; i++)
        {
            var at = At(items[i], value is YamlValue.List ? $"{key}[{i}]" : key);
            if (items[i] is YamlValue.Scalar { IsNull: true })
            {
                continue;
            }
            if (items[i] is not YamlValue.Scalar scalar || (areBases && IsNumberOrFlag(scalar)))
            {
                problems.Add(
                    Problems.Invalid(
                        at,
                        $"`{key}:` holds {items[i].Kind} where a name is expected. Write `org/name`, or a list of such names.",
                        $"`{key}:` 处应为名称。请写 `org/name`，或这类名称的列表。"
                    )
                );
                if (areBases)
                {
                    claims.Add(new Claim(items[i].Kind, at));
                }
                continue;
            }
            foreach (var text in Apart(scalar.Text))
            {
                var (name, form) = HubName.Parse(Problems.Excerpt(text));
                if (form == HubNameForm.Nothing)
                {
                    continue;
                }
                if (areBases && form is HubNameForm.LocalPath or HubNameForm.Other)
                {
                    problems.Add(Nameless(at, key, name, form));
                }
                claims.Add(new Claim(name, at));
            }
        }
        return [.. claims.DistinctBy(c => c.Value, StringComparer.OrdinalIgnoreCase)];
    }

    private static bool IsNumberOrFlag(YamlValue.Scalar scalar) =>
        !scalar.Quoted
        && (bool.TryParse(scalar.Text, out _) || double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    // Names with commas between them are what they look like: no name has one.
    private static string[] Apart(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 1 && Array.TrueForAll(names, n => HubName.Parse(n).Form == HubNameForm.Full) ? names : [text];
    }

    private static ReadProblem Nameless(Evidence at, string key, string name, HubNameForm form) =>
        form == HubNameForm.LocalPath
            ? Problems.Invalid(
                at,
                $"`{key}:` gives a path, `{name}`, which nobody else can follow. Write the name on the hub, `org/name`.",
                $"`{key}:` 是路径 `{name}`，他人无法据此查找。请写 Hub 上的名称 `org/name`。"
            )
            : Problems.Invalid(
                at,
                $"`{key}:` gives `{name}`, which is no name on the hub. Write `org/name`.",
                $"`{key}:` 的值 `{name}` 不是 Hub 上的名称。请写 `org/name`。"
            );

    private Claim? Word(YamlValue.Map map, string key)
    {
        var value = Guarded.Any(g => g.Key == key) ? Key(map, key) : map[key];
        return value is YamlValue.Scalar { IsNull: false } scalar && !string.IsNullOrWhiteSpace(scalar.Text)
            ? new Claim(Problems.Excerpt(scalar.Text), At(scalar, key))
            : null;
    }

    // A work in every language of the world has a thousand tags before the one that names its license.
    private ImmutableArray<YamlValue.Scalar> Tags(YamlValue? value)
    {
        var items = value is YamlValue.List list ? list.Items : Items(value, "tags");
        foreach (var other in items.Where(i => i is not YamlValue.Scalar).Take(1))
        {
            problems.Add(
                Problems.Invalid(
                    Problems.At(file, other, tagsPointer, EvidenceSource.Declared),
                    $"`tags:` holds {other.Kind} where a word is expected. Write a list of words.",
                    "`tags:` 处应为词语列表。"
                )
            );
        }
        return [.. items.OfType<YamlValue.Scalar>()];
    }

    private ImmutableArray<Claim> TaggedLicenses(ImmutableArray<YamlValue.Scalar> tags)
    {
        if (Tagged(tags, "license:") is { IsEmpty: false } licenses)
        {
            return licenses;
        }
        var misspelled = Tagged(tags, Licence);
        foreach (var claim in misspelled)
        {
            problems.Add(
                Problems.Invalid(
                    claim.Evidence,
                    $"the hub does not know the tag `{Licence}{claim.Value}`. Write `license:`; it is read as that here.",
                    $"Hub 不识别标签 `{Licence}{claim.Value}`。请写 `license:`；此处按该标签读取。"
                )
            );
        }
        return misspelled;
    }

    private ImmutableArray<Claim> Tagged(ImmutableArray<YamlValue.Scalar> tags, string prefix) =>
        [
            .. tags.Select((tag, i) => (Tag: tag, Index: i))
                .Where(t => t.Tag.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && t.Tag.Text.Length > prefix.Length)
                .Select(t => new Claim(Problems.Excerpt(t.Tag.Text[prefix.Length..]), TagAt(t.Tag, t.Index))),
        ];

    // The hub writes each base twice: `base_model:org/name` and `base_model:finetune:org/name`.
    private List<DeclaredBase> TaggedBases(ImmutableArray<YamlValue.Scalar> tags, bool report)
    {
        var bases = new List<DeclaredBase>();
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var claim in Tagged(tags, "base_model:"))
        {
            var colon = claim.Value.IndexOf(':', StringComparison.Ordinal);
            var act = colon > 0 ? ActOf(claim.Value[..colon]) : null;
            foreach (var text in Apart(act is null ? claim.Value : claim.Value[(colon + 1)..]))
            {
                var (name, form) = HubName.Parse(text);
                if (form == HubNameForm.Nothing)
                {
                    continue;
                }
                var found = new DeclaredBase(claim with { Value = name }, act);
                if (places.TryAdd(name, bases.Count))
                {
                    bases.Add(found);
                    if (report && form is HubNameForm.LocalPath or HubNameForm.Other)
                    {
                        problems.Add(Nameless(claim.Evidence, "base_model", name, form));
                    }
                }
                else if (bases[places[name]].Act is null)
                {
                    bases[places[name]] = found;
                }
            }
        }
        return bases;
    }

    /// <summary>The bases that tags name.</summary>
    public ImmutableArray<DeclaredBase> TaggedBases(IEnumerable<string> tags) =>
        [.. TaggedBases([.. tags.Select(t => new YamlValue.Scalar(t, true, 0, 0, 0))], report: true)];

    /// <summary>The act that a word for a relation stands for; null for others.</summary>
    public static Act? ActOf(string relation) =>
        Relations.FirstOrDefault(r => r.Word == relation) is { Word: not null } known ? known.Act : null;

    /// <summary>The bases as the hub itself reads them: one relation, and the records of the models.</summary>
    /// <param name="value">The value of <c>baseModels</c>.</param>
    public ImmutableArray<DeclaredBase> HubBases(YamlValue.Map value)
    {
        var act = Relation(value["relation"], "baseModels.relation");
        return
        [
            .. Items(value["models"], "baseModels")
                .SelectMany(m => Names((m as YamlValue.Map)?["id"] ?? m, "baseModels", areBases: true))
                .Select(c => new DeclaredBase(c, act)),
        ];
    }

    private Evidence TagAt(YamlValue tag, int index) => Problems.At(file, tag, $"{tagsPointer}[{index}]", EvidenceSource.Declared);

    // A single value counts as a list of one.
    private IReadOnlyList<YamlValue> Items(YamlValue? value, string key)
    {
        if (value is YamlValue.List { Items.Count: > MostItems } list)
        {
            problems.Add(
                Problems.Invalid(
                    At(list, key),
                    $"`{key}:` holds more than {MostItems} values; the first {MostItems} count. Write fewer.",
                    $"`{key}:` 的值超过 {MostItems} 个，仅前 {MostItems} 个有效。请减少。"
                )
            );
            return [.. list.Items.Take(MostItems)];
        }
        return value switch
        {
            null or YamlValue.Scalar { IsNull: true } => [],
            YamlValue.List all => all.Items,
            _ => [value],
        };
    }
}
