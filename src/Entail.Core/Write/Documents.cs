using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entail.Core.Write;

// The public JSON (CONTRACT.md). These types are its one definition: the schemas in docs/schemas are generated from them.

/// <summary>A duty in an answer. <c>reading</c> is yes where it is owed on every reading; <c>when</c> names the facts it depends on.</summary>
public sealed record DutyJson(
    string Id,
    string License,
    IReadOnlyList<string> Acts,
    IReadOnlyList<string> Clauses,
    string Reading,
    string? When,
    IReadOnlyList<string>? Where,
    string? Form,
    string? Text,
    string Summary
);

/// <summary>A use that is ruled out; <c>reading</c> is arguable where only the broadest fair reading does so.</summary>
public sealed record RestrictionJson(string Id, string License, IReadOnlyList<string> Clauses, string Reading, string Summary);

/// <summary>A presumed fact and the verdict otherwise.</summary>
public sealed record AssumedJson(string Fact, string Value, string Otherwise, IReadOnlyList<string> Clauses);

/// <summary>The verdict for one combination of unknown facts.</summary>
public sealed record CaseJson(SortedDictionary<string, JsonElement> When, string Verdict, IReadOnlyList<string> Clauses);

/// <summary>A rule behind a verdict.</summary>
public sealed record BecauseJson(string Rule, string Effect, string License, IReadOnlyList<string> Clauses, string Reading, string Summary);

/// <summary>Why a verdict is unclear, and the fact, license or act it turns on.</summary>
public sealed record UnclearJson(string Reason, string Subject, IReadOnlyList<string> Clauses, string Message);

/// <summary>What an outbound license lacks.</summary>
public sealed record MissingJson(string Kind, string Id, string License, IReadOnlyList<string> Clauses, string Message);

/// <summary>A branch of an expression with its own verdict.</summary>
public sealed record BranchJson(string License, string Verdict);

/// <summary>The answer to a question.</summary>
public sealed record AnswerJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    string? Id,
    string Asked,
    string License,
    string Verdict,
    IReadOnlyList<DutyJson> Duties,
    IReadOnlyList<RestrictionJson> Restrictions,
    IReadOnlyList<AssumedJson> Assumed,
    IReadOnlyList<CaseJson> Cases,
    IReadOnlyList<BecauseJson> Because,
    IReadOnlyList<UnclearJson> Unclear,
    IReadOnlyList<string> Risks,
    IReadOnlyList<string> Ownership,
    IReadOnlyList<MissingJson> Missing,
    IReadOnlyList<string>? Repair,
    string? Chosen,
    IReadOnlyList<BranchJson>? Branches
);

/// <summary>A line of a batch that could not be asked.</summary>
public sealed record ErrorJson(string Schema, string Tool, string Catalog, string Lang, string? Id, int Line, string Message);

/// <summary>One question of a license's FAQ with its answer.</summary>
public sealed record FaqEntryJson(string Id, string Question, string Answer, string? Verdict, IReadOnlyList<FaqPointJson> Points);

/// <summary>One point of an answer and the clauses behind it.</summary>
public sealed record FaqPointJson(string Text, IReadOnlyList<string> Clauses);

/// <summary>A license's FAQ.</summary>
public sealed record FaqJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    string License,
    string Name,
    string Url,
    IReadOnlyList<FaqEntryJson> Entries
);

/// <summary>Ids of a license elsewhere.</summary>
public sealed record IdsJson(
    IReadOnlyList<string> Spdx,
    IReadOnlyList<string> Scancode,
    IReadOnlyList<string> Huggingface,
    IReadOnlyList<string> Ollama,
    IReadOnlyList<string> Other
);

/// <summary>A license in the list.</summary>
public sealed record LicenseJson(
    string Id,
    string Name,
    IdsJson Ids,
    string Version,
    string? Date,
    string Family,
    IReadOnlyList<string> Covers,
    string Url,
    IReadOnlyList<string> Supersedes,
    string? ReadOn
);

/// <summary>The licenses of the catalog.</summary>
public sealed record LicensesJson(string Schema, string Tool, string Catalog, string Lang, IReadOnlyList<LicenseJson> Licenses);

/// <summary>A clause of a license: where it stands in its reference text, and what it does.</summary>
public sealed record ClauseJson(
    string Id,
    string Text,
    string Sha256,
    int Normalization,
    IReadOnlyList<int> Words,
    string Summary,
    string? NoEffect,
    IReadOnlyList<string> Rules
);

/// <summary>A rule of a license.</summary>
public sealed record RuleJson(
    string Id,
    string Effect,
    string? What,
    IReadOnlyList<string> Acts,
    IReadOnlyList<string> Of,
    string? When,
    IReadOnlyList<string> MadeBy,
    string Reading,
    IReadOnlyList<string> Clauses,
    string Summary
);

/// <summary>One license in full.</summary>
public sealed record LicenseDetailJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    LicenseJson License,
    string Silence,
    IReadOnlyList<ClauseJson> Clauses,
    IReadOnlyList<RuleJson> Rules
);

/// <summary>What differs between two licenses; <c>alike</c> is how much of their agreements' texts is the same, from 0 to 1.</summary>
public sealed record LicenseDiffJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    string A,
    string B,
    IReadOnlyList<VerdictDiffJson> Verdicts,
    IReadOnlyList<string> DutiesOnlyA,
    IReadOnlyList<string> DutiesOnlyB,
    IReadOnlyList<string> RestrictionsOnlyA,
    IReadOnlyList<string> RestrictionsOnlyB,
    string AConveyedByB,
    string BConveyedByA,
    IReadOnlyList<RuleJson> RulesOnlyA,
    IReadOnlyList<RuleJson> RulesOnlyB,
    double? Alike
);

/// <summary>An act with a different verdict under two licenses.</summary>
public sealed record VerdictDiffJson(string Act, string A, string B);

/// <summary>A release of the catalog; <c>catalog</c> is its digest, absent where this build does not carry it.</summary>
public sealed record ReleaseJson(string Version, string Date, string Summary, string? Catalog);

/// <summary>The releases of the catalog, newest first.</summary>
public sealed record ReleasesJson(string Schema, string Tool, string Catalog, string Lang, IReadOnlyList<ReleaseJson> Releases);

/// <summary>A license by id and name.</summary>
public sealed record NamedJson(string Id, string Name);

/// <summary>A license that says something else in a later release; <c>a</c> of a verdict is the earlier one.</summary>
public sealed record ChangedLicenseJson(
    string Id,
    IReadOnlyList<string> Texts,
    IReadOnlyList<VerdictDiffJson> Verdicts,
    IReadOnlyList<RuleJson> Removed,
    IReadOnlyList<RuleJson> Added,
    IReadOnlyList<RuleJson> Changed
);

/// <summary>A name that stands for other licenses than before; none for a name that nobody knows.</summary>
public sealed record ChangedNameJson(string Name, IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>What the catalog has of a model: the license expression of each part, and what it was made from.</summary>
public sealed record ModelTermsJson(string Id, SortedDictionary<string, string> Licenses, IReadOnlyList<string> MadeFrom);

/// <summary>A model with other licenses or origins than before.</summary>
public sealed record ChangedModelJson(ModelTermsJson Before, ModelTermsJson After);

/// <summary>What changed between two releases of the catalog, as far as it can change an answer.</summary>
public sealed record CatalogDiffJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    ReleaseJson Before,
    ReleaseJson After,
    IReadOnlyList<NamedJson> Added,
    IReadOnlyList<NamedJson> Removed,
    IReadOnlyList<ChangedLicenseJson> Changed,
    IReadOnlyList<ChangedNameJson> Names,
    IReadOnlyList<ModelTermsJson> ModelsAdded,
    IReadOnlyList<string> ModelsRemoved,
    IReadOnlyList<ChangedModelJson> ModelsChanged
);

/// <summary>May a work bound by these licenses carry that one?</summary>
public sealed record CompatJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    IReadOnlyList<string> From,
    string To,
    string Conveys,
    string Result,
    string Summary,
    IReadOnlyList<MissingJson> Missing,
    IReadOnlyList<string> Repair,
    IReadOnlyList<BecauseJson> Because,
    IReadOnlyList<string> Unknown
);

/// <summary>How much of the licenses' texts is accounted for, in normalized words.</summary>
public sealed record CoverageJson(string Schema, string Tool, string Catalog, string Lang, IReadOnlyList<LicenseCoverageJson> Licenses);

/// <summary>
/// How much of one license's texts is accounted for: words in clauses that a rule cites, words in clauses without effect by reason, and their share
/// of all, from 0 to 1.
/// </summary>
public sealed record LicenseCoverageJson(
    string Id,
    int Clauses,
    int Words,
    int WithRule,
    SortedDictionary<string, int> WithoutEffect,
    double Coverage
);

/// <summary>The licenses one may choose, best first.</summary>
public sealed record ChooseJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    IReadOnlyList<string> From,
    IReadOnlyList<ChoiceJson> Licenses
);

/// <summary>A license one may, or may not, choose; <c>least</c> where it conveys the least of those that one may.</summary>
public sealed record ChoiceJson(
    string License,
    string Conveys,
    bool Least,
    string Result,
    string Summary,
    IReadOnlyList<MissingJson> Missing
);

/// <summary>What a finding code means.</summary>
public sealed record ExplainJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string Code,
    string Severity,
    string Title,
    string Meaning,
    string Example,
    string Fix
);

/// <summary>The place behind a claim.</summary>
public sealed record EvidenceJson(string File, int? Line, int? EndLine, string? Pointer, string? Text, string Source);

/// <summary>A license declared and identified for a part.</summary>
public sealed record PartJson(string? Declared, string? Identified);

/// <summary>A step of a lineage path.</summary>
public sealed record StepJson(string From, string Act, string To, bool Inferred);

/// <summary>A license that binds a work, and the path it came by.</summary>
public sealed record BindingJson(string License, string Part, IReadOnlyList<StepJson> Via, string Reading, string As);

/// <summary>A duty of a report and whether the artifact shows that it was done.</summary>
public sealed record DutyStatusJson(
    string Id,
    string License,
    IReadOnlyList<string> Clauses,
    string Reading,
    string Status,
    string Summary,
    IReadOnlyList<EvidenceJson> Evidence
);

/// <summary>
/// A license found in a file that goes with a work: the clauses that are missing or have other words, the first and last line of each passage it
/// does not have, and what else the text may be.
/// </summary>
public sealed record CarriedTextJson(
    string File,
    string License,
    string? Document,
    string Kind,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Changed,
    IReadOnlyList<IReadOnlyList<int>> Added,
    IReadOnlyList<string> Or
);

/// <summary>A work of a report.</summary>
public sealed record WorkJson(
    string Id,
    string Kind,
    SortedDictionary<string, PartJson> Parts,
    IReadOnlyList<StepJson> MadeFrom,
    IReadOnlyList<BindingJson> Binding,
    SortedDictionary<string, string> Verdicts,
    IReadOnlyList<DutyStatusJson> Duties,
    IReadOnlyList<RestrictionJson> Restrictions,
    IReadOnlyList<CarriedTextJson> Texts
);

/// <summary>A party to a finding.</summary>
public sealed record PartyJson(string? License, string Work);

/// <summary>Why a finding is accepted.</summary>
public sealed record SuppressedJson(string Reason, string? Until);

/// <summary>Something wrong, where, why, and what to do.</summary>
public sealed record FindingJson(
    string Id,
    string Code,
    string Severity,
    string Work,
    string? Part,
    IReadOnlyList<PartyJson> Parties,
    IReadOnlyList<string> Clauses,
    string Message,
    SortedDictionary<string, string> Params,
    string Fix,
    string Reading,
    IReadOnlyList<EvidenceJson> Evidence,
    SuppressedJson? Suppressed
);

/// <summary>What was asked of the folder.</summary>
public sealed record ReportQuestionJson(string Work, IReadOnlyList<string> Acts, string? As, SortedDictionary<string, JsonElement> Facts);

/// <summary>A model or a dataset that the code uses by its id: where, what is done with it, and what its license says of that.</summary>
public sealed record UsedWorkJson(
    string Name,
    string Kind,
    IReadOnlyList<string> Acts,
    IReadOnlyList<string> Licenses,
    string Verdict,
    IReadOnlyList<DutyStatusJson> Duties,
    IReadOnlyList<UnclearJson> Unclear,
    IReadOnlyList<EvidenceJson> Places
);

/// <summary>The report of <c>check</c>.</summary>
public sealed record ReportJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    ReportQuestionJson Question,
    string Verdict,
    IReadOnlyList<AssumedJson> Assumed,
    IReadOnlyList<UnclearJson> Unclear,
    IReadOnlyList<WorkJson> Works,
    IReadOnlyList<FindingJson> Findings,
    IReadOnlyList<UsedWorkJson> Uses
);

/// <summary>
/// A step of a witness path and what follows from it on each reading: same, contains or derivative; left out where the result is free of the license,
/// or its output.
/// </summary>
public sealed record WitnessStepJson(
    string From,
    string Act,
    string To,
    bool Inferred,
    string? Lenient,
    string? Strict,
    IReadOnlyList<string> Clauses,
    EvidenceJson Evidence
);

/// <summary>How a license reaches the work, step by step from the work that carries it.</summary>
public sealed record WitnessPathJson(string License, string Origin, string Part, string Reading, IReadOnlyList<WitnessStepJson> Steps);

/// <summary>The reasoning behind a finding or a duty: the paths by which licenses reach the work, and the rules it rests on.</summary>
public sealed record ReasoningJson(
    FindingJson? Finding,
    DutyStatusJson? Duty,
    IReadOnlyList<WitnessPathJson> Paths,
    IReadOnlyList<RuleJson> Rules
);

/// <summary>What <c>why</c> tells.</summary>
public sealed record WhyJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    string Work,
    string Asked,
    IReadOnlyList<ReasoningJson> Reasons
);

/// <summary>
/// What differs from an earlier report: the verdict then (a) and now (b), which of rules, facts and files changed, and the findings and duties that are
/// new, gone, or of another severity, reading, clause or state.
/// </summary>
public sealed record ReportDiffJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    string Work,
    VerdictDiffJson Verdict,
    IReadOnlyList<string> Causes,
    IReadOnlyList<FindingJson> New,
    IReadOnlyList<FindingJson> Gone,
    IReadOnlyList<FindingJson> Changed,
    IReadOnlyList<DutyStatusJson> DutiesNew,
    IReadOnlyList<DutyStatusJson> DutiesGone,
    IReadOnlyList<DutyStatusJson> DutiesChanged
);

/// <summary>A duty that a file of a bundle does.</summary>
public sealed record BundleDutyJson(string Id, string License, IReadOnlyList<string> Clauses);

/// <summary>A file that is owed: where its text was taken from (left out where Entail wrote it), and how it stands in the folder.</summary>
public sealed record BundleFileJson(
    string Path,
    string Kind,
    string? License,
    string? Document,
    string? Source,
    string Sha256,
    string? State,
    IReadOnlyList<BundleDutyJson> Duties
);

/// <summary>Something owed that could not be written, and what to do about it.</summary>
public sealed record BundleGapJson(string Path, IReadOnlyList<BundleDutyJson> Duties, string Message, string Fix);

/// <summary>The files that a work owes those who receive it. In the folder of the work, as <c>entail-bundle.json</c>, it lists what was written.</summary>
public sealed record BundleJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string? Changed,
    string Work,
    IReadOnlyList<BundleFileJson> Files,
    IReadOnlyList<BundleGapJson> Missing
);

/// <summary>A change to a file, as a unified diff.</summary>
public sealed record FixChangeJson(string Path, string Diff);

/// <summary>What <c>fix</c> changes or changed, and the findings that only people can put right.</summary>
public sealed record FixJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    string Work,
    bool Applied,
    IReadOnlyList<FixChangeJson> Changes,
    IReadOnlyList<FindingJson> Remaining
);

/// <summary>How often something was met.</summary>
public sealed record AuditCountJson(string Name, long Count);

/// <summary>What became of a license from a work to what was made from it.</summary>
/// <param name="From">The license of the source.</param>
/// <param name="To">The license of the work.</param>
/// <param name="Count">The steps.</param>
/// <param name="Dropped">Those of them by which terms were lost for certain.</param>
/// <param name="Change">same; renamed: one name may mean what the other does; changed; unknown: a name is of no license of the catalog.</param>
public sealed record AuditTransitionJson(string From, string To, long Count, long Dropped, string Change);

/// <summary>What became of terms by one relation.</summary>
/// <param name="Name">The act.</param>
/// <param name="Steps">All steps.</param>
/// <param name="Bound">The steps of works that declare a license and that a known license of an earlier work binds for certain.</param>
/// <param name="Dropped">Those of them by which terms were lost for certain; what was made after that lost nothing more.</param>
public sealed record AuditRelationJson(string Name, long Steps, long Bound, long Dropped);

/// <summary>The works at a distance from an original, by the longest way; data sets aside.</summary>
/// <param name="Depth">The steps.</param>
/// <param name="Works">All works.</param>
/// <param name="Kept">Those that dropped no terms for certain; what declares nothing drops nothing.</param>
/// <param name="Known">Those that declare a license and whose sources, near and far, are all known.</param>
/// <param name="Bound">Those that declare a license and that a known license of an earlier work binds for certain.</param>
/// <param name="BoundKept">Those of them that dropped no terms for certain.</param>
public sealed record AuditDepthJson(int Depth, long Works, long Kept, long Known, long Bound, long BoundKept);

/// <summary>
/// What an audit of a hub found, in numbers. <c>unclear</c> are the works that are unclear, by why, one work as often as there are reasons; <c>terms</c>
/// those with findings about terms or lineage, by the worst; <c>unknownBases</c> the bases that nobody knows, by the works that name them.
/// </summary>
public sealed record AuditSummaryJson(
    string Schema,
    string Tool,
    string Catalog,
    string Lang,
    string AsOf,
    IReadOnlyList<string> Inputs,
    long Works,
    long Edges,
    long Duplicates,
    long Cyclic,
    IReadOnlyList<AuditCountJson> Verdicts,
    IReadOnlyList<AuditCountJson> Findings,
    IReadOnlyList<AuditCountJson> Problems,
    IReadOnlyList<AuditCountJson> NotUnderstood,
    IReadOnlyList<AuditTransitionJson> Transitions,
    IReadOnlyList<AuditCountJson> DroppedByRelation,
    IReadOnlyList<AuditDepthJson> Depths,
    long EdgesOnly,
    IReadOnlyList<AuditCountJson> Unclear,
    IReadOnlyList<AuditCountJson> Terms,
    IReadOnlyList<AuditCountJson> UnknownBases,
    long UndeclaredSteps,
    IReadOnlyList<AuditRelationJson> Relations
);

/// <summary>The source-generated serializer of all public documents: camelCase, nulls left out, indented only where people read it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AnswerJson))]
[JsonSerializable(typeof(ReportDiffJson))]
[JsonSerializable(typeof(WhyJson))]
[JsonSerializable(typeof(AuditSummaryJson))]
[JsonSerializable(typeof(BundleJson))]
[JsonSerializable(typeof(ErrorJson))]
[JsonSerializable(typeof(FaqJson))]
[JsonSerializable(typeof(LicensesJson))]
[JsonSerializable(typeof(LicenseDetailJson))]
[JsonSerializable(typeof(LicenseDiffJson))]
[JsonSerializable(typeof(CatalogDiffJson))]
[JsonSerializable(typeof(ReleasesJson))]
[JsonSerializable(typeof(CompatJson))]
[JsonSerializable(typeof(ChooseJson))]
[JsonSerializable(typeof(CoverageJson))]
[JsonSerializable(typeof(ExplainJson))]
[JsonSerializable(typeof(ReportJson))]
[JsonSerializable(typeof(FixJson))]
[JsonSerializable(typeof(IdentifyJson))]
[JsonSerializable(typeof(ClassesJson))]
[JsonSerializable(typeof(TextsJson))]
public sealed partial class DocumentContext : JsonSerializerContext;
