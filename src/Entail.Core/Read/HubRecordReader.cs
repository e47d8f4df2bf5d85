using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// Reads records as the API of the Hugging Face hub returns them: <c>id</c>, <c>tags</c> and, where they were asked for, <c>cardData</c> and
/// <c>baseModels</c> (https://huggingface.co/docs/hub/api), each a mapping or the JSON text of one, as tables hold it. Where card and tags speak, the card
/// counts; the tags then still tell the relation to a base. The hub's own reading of both, <c>baseModels</c>, adds what they do not say.
/// </summary>
public static class HubRecordReader
{
    /// <summary>The works of a JSON array of records, or of one record.</summary>
    /// <param name="json">The records.</param>
    /// <param name="file">The name that evidence shows.</param>
    public static Configuration Read(string json, string file = "records.json")
    {
        var problems = new List<ReadProblem>();
        var found = new List<SourceProblem>();
        var value = Json.Parse(json, 1, found);
        problems.AddRange(found.Select(p => Problems.Of(p, file, EvidenceSource.Declared)));
        var works = ImmutableArray.CreateBuilder<ConfiguredWork>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var records = value switch
        {
            YamlValue.List list => list.Items,
            null => [],
            _ => [value],
        };
        for (var i = 0; i < records.Count; i++)
        {
            var pointer = value is YamlValue.List ? $"[{i}]" : "";
            if (ReadRecord(records[i], file, pointer, problems) is not { } work)
            {
                continue;
            }
            if (ids.Add(work.Id))
            {
                works.Add(work);
            }
            else
            {
                problems.Add(
                    Problems.Invalid(
                        work.Evidence,
                        $"the work `{work.Id}` has two records; the first one counts. Remove the other.",
                        $"作品 `{work.Id}` 有两条记录，以第一条为准。请删除另一条。"
                    )
                );
            }
        }
        return new Configuration(works.ToImmutable(), null, [], null, Facts.None, Policy.None, [.. problems]);
    }

    /// <summary>The work of one record; null with a problem where it has no name.</summary>
    /// <param name="record">The record.</param>
    /// <param name="file">The name that evidence shows.</param>
    /// <param name="pointer">What leads to the record in its file; empty where the file is the record.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="told">The tags of bases that others tell of the work with a name; they add what the record does not say.</param>
    public static ConfiguredWork? ReadRecord(
        YamlValue record,
        string file,
        string pointer,
        ICollection<ReadProblem> problems,
        Func<string, IReadOnlyList<string>>? told = null
    )
    {
        var map = record as YamlValue.Map;
        if (map is null || (Id(map["id"]) ?? Id(map["modelId"])) is not { } id)
        {
            problems.Add(
                Problems.Invalid(
                    Problems.At(file, record, pointer, EvidenceSource.Declared),
                    "this record has no `id`. Pass records as the hub's list of models returns them, each with `id` and `tags`.",
                    "该记录没有 `id`。请传入 Hub 模型列表接口返回的记录，每条含 `id` 和 `tags`。"
                )
            );
            return null;
        }
        var prefix = pointer.Length == 0 ? "" : pointer + ".";
        var data = Mapping("cardData") ?? new YamlValue.Map([], map.Line, map.Column, map.Line);
        var tags = map["tags"];
        var tagsPointer = prefix + "tags";
        if (tags is null or YamlValue.Scalar { IsNull: true } or YamlValue.List { Items.Count: 0 })
        {
            (tags, tagsPointer) = (data["tags"], prefix + "cardData.tags");
        }
        var card = new CardReader(file, prefix + "cardData.", tagsPointer, problems).Read(data, tags);
        if (Mapping("baseModels") is { } read)
        {
            card = card with { Bases = Joined(card.Bases, new CardReader(file, prefix, "", problems).HubBases(read)) };
        }
        if (told?.Invoke(id) is { Count: > 0 } edges)
        {
            card = card with { Bases = Joined(card.Bases, new CardReader(file, "", "edges", problems).TaggedBases(edges)) };
        }
        var kind =
            card.Bases.IsEmpty && card.DescribesDataset ? "dataset"
            : card.IsAdapter(card.Hints) ? "adapter"
            : "model";
        var part = kind == "dataset" ? Part.Data : Part.Weights;
        return new ConfiguredWork(
            id,
            kind,
            null,
            null,
            [.. card.Licenses.Select(l => (part, card.Named(l)))],
            card.Steps(card.Hints, kind),
            Facts.None,
            Problems.At(file, map["id"] ?? map, prefix + "id", EvidenceSource.Declared)
        );

        YamlValue.Map? Mapping(string key)
        {
            var value = map[key];
            if (value is null or YamlValue.Scalar { IsNull: true } or YamlValue.Scalar { Text: "" or "null" })
            {
                return null;
            }
            var found = new List<SourceProblem>();
            if (
                (value is YamlValue.Scalar { Quoted: true } text ? Json.Parse(text.Text, value.Line, found) : value)
                is YamlValue.Map mapping
            )
            {
                found.ForEach(p => problems.Add(Problems.Of(p, file, EvidenceSource.Declared)));
                return mapping;
            }
            problems.Add(
                Problems.Invalid(
                    Problems.At(file, value, prefix + key, EvidenceSource.Declared),
                    $"`{key}:` is no mapping. Pass it as the hub returns it.",
                    $"`{key}:` 不是映射。请按 Hub 返回的原样传入。"
                )
            );
            return null;
        }
    }

    // What is named twice counts once; a relation that only one of both tells counts.
    private static ImmutableArray<DeclaredBase> Joined(ImmutableArray<DeclaredBase> said, ImmutableArray<DeclaredBase> read) =>
        [
            .. said.Select(s => s with { Act = s.Act ?? read.FirstOrDefault(r => CardReader.Same(r.Claim, s.Claim))?.Act }),
            .. read.Where(r => !said.Any(s => CardReader.Same(r.Claim, s.Claim))),
        ];

    private static string? Id(YamlValue? value) =>
        value is YamlValue.Scalar { IsNull: false } scalar && !string.IsNullOrWhiteSpace(scalar.Text) ? scalar.Text.Trim() : null;
}
