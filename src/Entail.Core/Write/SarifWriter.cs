using System.Text.Encodings.Web;
using System.Text.Json;
using Entail.Core.Catalog;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>
/// Findings as SARIF 2.1.0, which code hosts show beside the lines at fault. The rules are the finding codes with their words; a result's
/// fingerprint is the finding's id, so that it stays the same while lines move.
/// </summary>
/// <param name="catalog">The catalog.</param>
/// <param name="say">The words.</param>
/// <param name="folder">What stands before the files of findings, so that they are found from where the command ran; empty where they are.</param>
public sealed class SarifWriter(CompiledCatalog catalog, Phrases say, string folder = "")
{
    // Where a finding about a work has no file that shows it, its card is where people look.
    private const string Card = "README.md";

    private const string SchemaAddress = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static readonly SarifContext Relaxed = new(
        new JsonSerializerOptions(SarifContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }
    );

    private readonly FindingWords words = new(catalog, say);

    /// <summary>The log of one run.</summary>
    /// <param name="findings">What was found, in the order to show.</param>
    /// <param name="codes">The finding codes that the command can report, in the order to show.</param>
    public SarifLog Log(IEnumerable<Finding> findings, IReadOnlyList<string> codes) =>
        new(
            SchemaAddress,
            "2.1.0",
            [
                new SarifRun(
                    new SarifTool(
                        new SarifDriver("entail", DocumentWriter.Tool, say.Lang == Lang.Zh ? "zh-CN" : "en-US", [.. codes.Select(Rule)])
                    ),
                    "utf16CodeUnits",
                    new SortedDictionary<string, string>(StringComparer.Ordinal) { ["catalog"] = catalog.Digest },
                    [.. findings.Select(finding => Result(finding, codes))]
                ),
            ]
        );

    /// <summary>A log as text.</summary>
    public static string Json(SarifLog log) => JsonSerializer.Serialize(log, Relaxed.SarifLog);

    private SarifRule Rule(string id)
    {
        var code = catalog.Taxonomy.Findings.First(f => f.Id == id);
        return new SarifRule(
            id,
            string.Concat(id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
            new SarifText(say.Say(code.Title)),
            new SarifText(say.Say(code.Meaning)),
            new SarifText(say.Say(code.Fix)),
            new SarifConfiguration(Level(code.Severity))
        );
    }

    private SarifResult Result(Finding finding, IReadOnlyList<string> codes) =>
        new(
            finding.Code,
            codes.ToList().IndexOf(finding.Code),
            Level(finding.Severity),
            new SarifText(words.Fix(finding) is { Length: > 0 } fix ? $"{words.Message(finding)}\n{fix}" : words.Message(finding)),
            [.. Places(finding).Select(Location)],
            new SortedDictionary<string, string>(StringComparer.Ordinal) { ["entailFindingId/v1"] = finding.Id },
            finding.Suppressed is { } accepted ? [new SarifSuppression("external", accepted.Reason)] : null
        );

    // What only the catalog knows is no file. Every result has a place, or code hosts do not show it.
    private static IEnumerable<Evidence> Places(Finding finding) =>
        finding
            .Evidence.Where(e => e.Source != EvidenceSource.Catalog)
            .DefaultIfEmpty(new Evidence(Card, 1, null, null, null, EvidenceSource.Declared));

    // Where no line is known the file as a whole is meant, which viewers show at its first line.
    private SarifLocation Location(Evidence evidence) =>
        new(
            new SarifPlace(
                new SarifArtifact(Address(folder.Length == 0 ? evidence.File : $"{folder}/{evidence.File}")),
                new SarifRegion(evidence.Line ?? 1, evidence.EndLine)
            )
        );

    // A relative reference, or a file URI, by RFC 3986; a colon is escaped too, so that no name reads as a scheme.
    private static string Address(string file)
    {
        var escaped = string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
        return Path.IsPathRooted(file) ? $"file:///{escaped.TrimStart('/')}" : escaped;
    }

    private static string Level(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "note",
        };
}
