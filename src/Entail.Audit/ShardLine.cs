using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entail.Core.Catalog;
using Entail.Core.Link;
using Entail.Core.Model;
using Entail.Core.Write;

namespace Entail.Audit;

// The lines of a shard. They pass from one run of a tool to another run of the same, so they have no schema for others.

/// <summary>What a shard is a share of.</summary>
public sealed record ShardHeadJson(string Schema, string Tool, string Catalog, int Shard, int Of, IReadOnlyList<string> Inputs)
{
    /// <summary>The form of the lines that follow.</summary>
    public const string Current = "entail/audit-shard/v1";

    /// <summary>The head of a share of some inputs, as this tool writes it.</summary>
    public static ShardHeadJson For(Share share, IEnumerable<string> inputs, CompiledCatalog catalog) =>
        new(Current, DocumentWriter.Tool, catalog.Digest, share.Index, share.Count, [.. inputs.Select(HubReading.NameOf)]);
}

/// <summary>The counts that end a shard.</summary>
/// <param name="Records">The records in it.</param>
/// <param name="Places">The records in all inputs, and so in all shards.</param>
public sealed record ShardEndJson(long Records, long Places);

/// <summary>What a record declares.</summary>
internal sealed record ShardShapeJson(
    string? Kind,
    IReadOnlyList<ShardLicenseJson> Licenses,
    IReadOnlyList<ShardStepJson> Steps,
    IReadOnlyDictionary<string, bool> Facts
);

/// <summary>A license as claimed.</summary>
internal sealed record ShardLicenseJson(string Part, string Name);

/// <summary>A step from the work whose name has that number in the record.</summary>
internal sealed record ShardStepJson(int From, string Act, bool Inferred);

/// <summary>A record.</summary>
/// <param name="Input">The number of its input.</param>
/// <param name="Ordinal">Its number there.</param>
/// <param name="Shape">What it declares; nothing where it is none.</param>
internal sealed record ShardRecordJson(
    int Input,
    long Ordinal,
    string Id,
    JsonElement? Shape,
    IReadOnlyList<string> Names,
    long Downloads,
    IReadOnlyList<string> Problems
)
{
    public static ShardRecordJson Of(PlacedRecord placed)
    {
        var (input, ordinal, record) = placed;
        return new ShardRecordJson(
            input,
            ordinal,
            record.Id,
            record.Shape is { } shape ? JsonSerializer.SerializeToElement(Of(shape), ShardLine.Plain.ShardShapeJson) : null,
            record.Names,
            record.Downloads,
            record.Problems
        );
    }

    /// <summary>The record again; equal shapes are one object.</summary>
    public PlacedRecord Record(Dictionary<string, HubShape> shapes)
    {
        HubShape? shape = null;
        if (Shape is { } told && !shapes.TryGetValue(told.GetRawText(), out shape))
        {
            shapes[told.GetRawText()] = shape = Shaped(told.Deserialize(ShardLine.Plain.ShardShapeJson)!);
        }
        return new PlacedRecord(Input, Ordinal, new ParsedRecord(Id, shape, Names, Downloads, Problems));
    }

    private static ShardShapeJson Of(HubShape shape) =>
        new(
            shape.Like.Kind,
            [.. shape.Like.Licenses.Select(l => new ShardLicenseJson(Kebab.Of(l.Part), l.Claim.Value))],
            [.. shape.Steps.Select(s => new ShardStepJson(s.From, s.Act.Name(), s.Inferred))],
            shape.Like.Facts.Known.ToDictionary(
                f => f.Key,
                // Neither a record nor a folder tells any other fact.
                f => f.Value is FactValue.Flag flag ? flag.Value : throw new UnreachableException(f.Key),
                StringComparer.Ordinal
            )
        );

    // What a record declares counts, not where it stood.
    private static HubShape Shaped(ShardShapeJson shape)
    {
        var evidence = new Evidence("", null, null, null, null, EvidenceSource.Declared);
        return new HubShape(
            new ConfiguredWork(
                "",
                shape.Kind,
                null,
                null,
                [.. shape.Licenses.Select(l => (Word<Part>(l.Part), new Claim(l.Name, evidence)))],
                [],
                shape.Facts.Aggregate(Facts.None, (facts, f) => facts.With(f.Key, new FactValue.Flag(f.Value))),
                evidence
            ),
            [.. shape.Steps.Select(s => new HubStep(s.From, Word<Act>(s.Act), s.Inferred))]
        );
    }

    private static T Word<T>(string written)
        where T : struct, Enum => Kebab.TryParse<T>(written, out var value) ? value : throw new JsonException(written);
}

/// <summary>The source-generated serializer of these lines.</summary>
[JsonSerializable(typeof(ShardHeadJson))]
[JsonSerializable(typeof(ShardRecordJson))]
[JsonSerializable(typeof(ShardShapeJson))]
[JsonSerializable(typeof(ShardEndJson))]
internal sealed partial class ShardLine : JsonSerializerContext
{
    /// <summary>Short lines, every text in them as it is.</summary>
    public static readonly ShardLine Plain = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        }
    );
}
