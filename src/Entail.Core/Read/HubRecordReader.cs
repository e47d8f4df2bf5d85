using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>
/// Reads records as the list API of the Hugging Face hub returns them: <c>id</c>, <c>tags</c> and, where it was asked for, <c>cardData</c>
/// (https://huggingface.co/docs/hub/api). Where both speak, the card counts; the tags then still tell the relation to a base.
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
    public static ConfiguredWork? ReadRecord(YamlValue record, string file, string pointer, ICollection<ReadProblem> problems)
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
        var data = map["cardData"] as YamlValue.Map ?? new YamlValue.Map([], map.Line, map.Column, map.Line);
        var tags = map["tags"];
        var tagsPointer = prefix + "tags";
        if (tags is not YamlValue.List { Items.Count: > 0 })
        {
            (tags, tagsPointer) = (data["tags"], prefix + "cardData.tags");
        }
        var card = new CardReader(file, prefix + "cardData.", tagsPointer, problems).Read(data, tags);
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
    }

    private static string? Id(YamlValue? value) =>
        value is YamlValue.Scalar { IsNull: false } scalar && !string.IsNullOrWhiteSpace(scalar.Text) ? scalar.Text.Trim() : null;
}
