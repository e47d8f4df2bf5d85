using System.Text.Json.Serialization;

namespace Entail.Core.Write;

// The part of SARIF 2.1.0 that is written: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html, section 3.

/// <summary>sarifLog (3.13).</summary>
public sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs);

/// <summary>run (3.14).</summary>
public sealed record SarifRun(
    SarifTool Tool,
    string ColumnKind,
    SortedDictionary<string, string> Properties,
    IReadOnlyList<SarifResult> Results
);

/// <summary>tool (3.18).</summary>
public sealed record SarifTool(SarifDriver Driver);

/// <summary>toolComponent (3.19).</summary>
public sealed record SarifDriver(string Name, string SemanticVersion, string Language, IReadOnlyList<SarifRule> Rules);

/// <summary>reportingDescriptor (3.49).</summary>
public sealed record SarifRule(
    string Id,
    string Name,
    SarifText ShortDescription,
    SarifText FullDescription,
    SarifText Help,
    SarifConfiguration DefaultConfiguration
);

/// <summary>reportingConfiguration (3.50).</summary>
public sealed record SarifConfiguration(string Level);

/// <summary>message (3.11) or multiformatMessageString (3.12).</summary>
public sealed record SarifText(string Text);

/// <summary>result (3.27).</summary>
public sealed record SarifResult(
    string RuleId,
    int RuleIndex,
    string Level,
    SarifText Message,
    IReadOnlyList<SarifLocation> Locations,
    SortedDictionary<string, string> PartialFingerprints,
    IReadOnlyList<SarifSuppression>? Suppressions
);

/// <summary>suppression (3.35).</summary>
public sealed record SarifSuppression(string Kind, string Justification);

/// <summary>location (3.28).</summary>
public sealed record SarifLocation(SarifPlace PhysicalLocation);

/// <summary>physicalLocation (3.29).</summary>
public sealed record SarifPlace(SarifArtifact ArtifactLocation, SarifRegion Region);

/// <summary>artifactLocation (3.4).</summary>
public sealed record SarifArtifact(string Uri);

/// <summary>region (3.30), by lines.</summary>
public sealed record SarifRegion(int StartLine, int? EndLine);

/// <summary>The source-generated serializer of SARIF.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifContext : JsonSerializerContext;
