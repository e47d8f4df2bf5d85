using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Explain;
using Entail.Core.Model;

namespace Entail.Core.Write;

/// <summary>Turns results into the public JSON documents.</summary>
public sealed class DocumentWriter(CompiledCatalog catalog, Phrases say, DateOnly asOf)
{
    /// <summary>The tool's version as documents carry it.</summary>
    public static readonly string Tool = typeof(DocumentWriter).Assembly.GetName().Version!.ToString(3);

    // Made when a document is written: most calls print for people.
    private static class Contexts
    {
        public static readonly DocumentContext Plain = new(
            new JsonSerializerOptions(DocumentContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );

        public static readonly DocumentContext Indented = new(
            new JsonSerializerOptions(DocumentContext.Default.Options)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = true,
            }
        );
    }

    private string Lang => say.Lang == Model.Lang.Zh ? "zh" : "en";

    private string Day => asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A document as text: one line, or indented.</summary>
    public static string Json<T>(T document, bool indented) =>
        JsonSerializer.Serialize(document, (JsonTypeInfo<T>)(indented ? Contexts.Indented : Contexts.Plain).GetTypeInfo(typeof(T))!);

    /// <summary>An answer.</summary>
    public AnswerJson Answer(Answer answer, string asked, string? id, IReadOnlyList<string>? repair = null) =>
        new(
            "entail/answer/v1",
            Tool,
            catalog.Digest,
            Lang,
            Day,
            id,
            asked,
            answer.License,
            Kebab.Of(answer.Verdict),
            [.. answer.Duties.Select(Duty)],
            [.. answer.Restrictions.Select(Restriction)],
            [.. answer.Assumed.Select(Assumed)],
            [.. answer.Cases.Select(c => new CaseJson(When(c.When), Kebab.Of(c.Verdict), Clauses(c.Clauses)))],
            [.. AnswerPage.Because(answer).Select(b => Because(b.License, b.Rule))],
            [.. answer.Unclear.Select(Unclear)],
            answer.Risks,
            answer.Ownership,
            [.. answer.MaybeMissing.Select(Missing)],
            repair is { Count: > 0 } ? repair : null,
            answer.Chosen,
            answer.Branches.IsEmpty ? null : [.. answer.Branches.Select(b => new BranchJson(b.License, Kebab.Of(b.Verdict)))]
        );

    /// <summary>A batch line that could not be asked; the message, for the one who wrote the line, is in English.</summary>
    public ErrorJson Error(string? id, int line, string message) => new("entail/error/v1", Tool, catalog.Digest, "en", id, line, message);

    /// <summary>A license's FAQ.</summary>
    public FaqJson Faq(License license, IEnumerable<FaqEntry> entries) =>
        new(
            "entail/faq/v1",
            Tool,
            catalog.Digest,
            Lang,
            Day,
            license.Id,
            license.Name.In(say.Lang),
            license.Url,
            [
                .. entries.Select(e => new FaqEntryJson(
                    e.Id,
                    e.Question,
                    e.Lead,
                    e.Verdict is { } verdict ? Kebab.Of(verdict) : null,
                    [.. e.Points.Select(p => new FaqPointJson(p.Text, Clauses(p.Clauses)))]
                )),
            ]
        );

    /// <summary>The list of licenses.</summary>
    public LicensesJson Licenses() => new("entail/licenses/v1", Tool, catalog.Digest, Lang, [.. catalog.Licenses.Select(License)]);

    /// <summary>One license in full.</summary>
    public LicenseDetailJson Detail(License license) =>
        new(
            "entail/license/v1",
            Tool,
            catalog.Digest,
            Lang,
            License(license),
            Kebab.Of(license.Silence),
            [
                .. license.Documents.SelectMany(d =>
                    d.Clauses.Select(c => new ClauseJson(
                        $"{license.Id}#{c.Id}",
                        d.TextKey,
                        d.Sha256,
                        d.Normalization,
                        [c.Start, c.End],
                        say.Say(c.Summary),
                        c.NoEffect,
                        [.. license.Rules.Where(r => r.Clauses.Contains(c.Id)).Select(r => r.Id)]
                    ))
                ),
            ],
            [.. license.Rules.Select(r => Rule(license.Id, r))]
        );

    /// <summary>What differs between two licenses.</summary>
    /// <param name="difference">What differs in meaning.</param>
    /// <param name="alike">The share of their texts that is the same; null where it is not known.</param>
    public LicenseDiffJson Diff(LicenseDifference difference, double? alike = null) =>
        new(
            "entail/diff/v1",
            Tool,
            catalog.Digest,
            Lang,
            Day,
            difference.A,
            difference.B,
            [.. difference.Verdicts.Select(v => new VerdictDiffJson(v.Act, Kebab.Of(v.A), Kebab.Of(v.B)))],
            difference.DutiesOnlyA,
            difference.DutiesOnlyB,
            difference.RestrictionsOnlyA,
            difference.RestrictionsOnlyB,
            Kebab.Of(difference.AConveyedByB),
            Kebab.Of(difference.BConveyedByA),
            [.. difference.RulesOnlyA.Select(rule => Rule(difference.A, rule))],
            [.. difference.RulesOnlyB.Select(rule => Rule(difference.B, rule))],
            alike is { } share ? Math.Round(share, 3) : null
        );

    /// <summary>The releases of the catalog.</summary>
    /// <param name="releases">Each with its digest; null where the build does not carry it.</param>
    public ReleasesJson Releases(IEnumerable<(CatalogRelease Release, string? Digest)> releases) =>
        new("entail/releases/v1", Tool, catalog.Digest, Lang, [.. releases.Select(r => Release(r.Release, r.Digest))]);

    /// <summary>What changed between two releases.</summary>
    public CatalogDiffJson Diff(CatalogDifference difference, string before, string after) =>
        new(
            "entail/catalog-diff/v1",
            Tool,
            catalog.Digest,
            Lang,
            Day,
            Release(difference.Before, before),
            Release(difference.After, after),
            [.. difference.Added.Select(l => new NamedJson(l.Id, say.Say(l.Name)))],
            [.. difference.Removed.Select(l => new NamedJson(l.Id, say.Say(l.Name)))],
            [
                .. difference.Changed.Select(c => new ChangedLicenseJson(
                    c.After.Id,
                    c.Texts,
                    [.. c.Verdicts.Select(v => new VerdictDiffJson(v.Act, Kebab.Of(v.Before), Kebab.Of(v.After)))],
                    [.. c.Removed.Select(r => Rule(c.After.Id, r))],
                    [.. c.Added.Select(r => Rule(c.After.Id, r))],
                    [.. c.Changed.Select(r => Rule(c.After.Id, r.After))]
                )),
            ],
            [.. difference.Names.Select(n => new ChangedNameJson(n.Name, Ids(n.Before), Ids(n.After)))],
            [.. difference.ModelsAdded.Select(Terms)],
            [.. difference.ModelsRemoved.Select(m => m.Id)],
            [.. difference.ModelsChanged.Select(m => new ChangedModelJson(Terms(m.Before), Terms(m.After)))]
        );

    private static string[] Ids(string joined) => joined.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static ModelTermsJson Terms(KnownModel model) =>
        new(
            model.Id,
            new SortedDictionary<string, string>(
                model.Licenses.ToDictionary(l => Kebab.Of(l.Key), l => l.Value, StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
            [.. model.From.Select(f => $"{f.Work} ({f.Act.Name()})")]
        );

    private ReleaseJson Release(CatalogRelease release, string? digest) =>
        new(release.Version, release.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), say.Say(release.Summary), digest);

    /// <summary>A comparison of what binds with what is offered.</summary>
    public CompatJson Compat(CompatResult result, IReadOnlyList<string> repairs) =>
        new(
            "entail/compat/v1",
            Tool,
            catalog.Digest,
            Lang,
            Day,
            result.From,
            result.To,
            Kebab.Of(result.Conveys),
            result.Result,
            CompatWords.Sentence(result, say),
            [.. result.Missing.Select(Missing)],
            repairs,
            [.. result.Because.Select(b => Because(b.License.Id, b.Rule))],
            result.Unknown
        );

    /// <summary>The licenses one may choose.</summary>
    public ChooseJson Choose(IReadOnlyList<string> from, IEnumerable<CompatResult> results) =>
        new(
            "entail/choose/v1",
            Tool,
            catalog.Digest,
            Lang,
            Day,
            [.. from.Select(f => catalog.Find(f)?.Id ?? f)],
            [
                .. results.Select(r => new ChoiceJson(
                    r.To,
                    Kebab.Of(r.Conveys),
                    r.Least,
                    r.Result,
                    CompatWords.Sentence(r, say),
                    [.. r.Missing.Select(Missing)]
                )),
            ]
        );

    /// <summary>How much of the licenses' texts is accounted for.</summary>
    public CoverageJson Coverage(IEnumerable<ClauseCoverage> licenses) =>
        new(
            "entail/coverage/v1",
            Tool,
            catalog.Digest,
            Lang,
            [
                .. licenses.Select(c => new LicenseCoverageJson(
                    c.License.Id,
                    c.License.Documents.Sum(d => d.Clauses.Length),
                    c.Words,
                    c.WithRule,
                    new SortedDictionary<string, int>(c.NoEffect, StringComparer.Ordinal),
                    c.Share
                )),
            ]
        );

    /// <summary>What a finding code means.</summary>
    public ExplainJson Explain(FindingCode code) =>
        new(
            "entail/explain/v1",
            Tool,
            catalog.Digest,
            Lang,
            code.Id,
            Kebab.Of(code.Severity),
            say.Say(code.Title),
            say.Say(code.Meaning),
            say.Say(code.Example),
            say.Say(code.Fix)
        );

    internal AssumedJson Assumed(Assumption a) => new(a.Fact, a.Value, Kebab.Of(a.Otherwise), Clauses(a.Clauses));

    internal UnclearJson Unclear(Unclarity u) => new(Kebab.Of(u.Reason), u.Subject, Clauses(u.Clauses), say.Describe(u));

    internal RestrictionJson Restriction(RuledOut r) =>
        new(r.Restriction.ToString(), r.License, Clauses(r.License, r.Rule), Kebab.Of(r.Rule.Certainty), say.Say(r.Rule.Summary));

    internal static string[] Clauses(IEnumerable<ClauseRef> clauses) => [.. clauses.Select(c => c.ToString())];

    internal static SortedDictionary<string, JsonElement> Facts(Facts facts) =>
        new(facts.Known.ToDictionary(f => f.Key, f => Value(f.Value), StringComparer.Ordinal), StringComparer.Ordinal);

    private static string[] Clauses(string license, Rule rule) => [.. rule.Clauses.Select(c => $"{license}#{c}")];

    private DutyJson Duty(OwedDuty duty) =>
        new(
            duty.Owe.Duty,
            duty.License,
            [.. duty.Acts.Select(a => a.Name())],
            Clauses(duty.License, duty.Rule),
            Kebab.Of(duty.Certainty),
            duty.When,
            duty.Owe.Where.IsEmpty ? null : duty.Owe.Where,
            duty.Owe.Form,
            duty.Owe.Words,
            say.Say(duty.Rule.Summary)
        );

    internal RuleJson Rule(string license, Rule r) =>
        new(
            r.Id,
            EffectName(r.Effect),
            EffectObject(r.Effect),
            [.. r.Acts.Select(a => a.Name())],
            [.. r.Of.Select(o => Kebab.Of(o))],
            r.When is Guard.Always ? null : r.When.ToString(),
            [.. r.MadeBy.Select(a => a.Name())],
            Kebab.Of(r.Certainty),
            Clauses(license, r),
            say.Say(r.Summary)
        );

    private BecauseJson Because(string license, Rule rule) =>
        new(rule.Id, EffectName(rule.Effect), license, Clauses(license, rule), Kebab.Of(rule.Certainty), say.Say(rule.Summary));

    private MissingJson Missing(MissingItem item) => new(item.Kind, item.Id, item.License, Clauses(item.Clauses), say.Describe(item));

    private LicenseJson License(License license) =>
        new(
            license.Id,
            say.Say(license.Name),
            new IdsJson(license.Ids.Spdx, license.Ids.Scancode, license.Ids.HuggingFace, license.Ids.Ollama, license.Ids.Other),
            license.Version,
            license.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            license.Family,
            [.. license.Covers.Select(c => Kebab.Of(c))],
            license.Url,
            license.Supersedes,
            license.Documents.Max(d => d.ReadOn)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );

    private static SortedDictionary<string, JsonElement> When(ImmutableArray<Possibility> when) =>
        new(
            when.ToDictionary(
                w => w.Fact,
                w => w.Value is FactValue.Flag flag ? Element(flag.Value) : Element(w.Label),
                StringComparer.Ordinal
            ),
            StringComparer.Ordinal
        );

    private static JsonElement Value(FactValue value) =>
        value switch
        {
            FactValue.Flag flag => Element(flag.Value),
            FactValue.Amount amount => Amount(amount),
            FactValue.ByLicense by => Element(by.Amounts.Select(a => (a.Key, Amount(a.Value)))),
            _ => Element(value.ToString()!),
        };

    private static JsonElement Amount(FactValue.Amount amount) =>
        amount.Product == amount.Group
            ? Element(amount.Product)
            : Element([("product", Element(amount.Product)), ("group", Element(amount.Group))]);

    private static JsonElement Element(IEnumerable<(string Key, JsonElement Value)> entries) =>
        JsonDocument
            .Parse(new JsonObject(entries.Select(e => KeyValuePair.Create(e.Key, JsonNode.Parse(e.Value.GetRawText())))).ToJsonString())
            .RootElement;

    private static JsonElement Element(bool value) => JsonDocument.Parse(value ? "true" : "false").RootElement;

    private static JsonElement Element(decimal value) => JsonDocument.Parse(value.ToString(CultureInfo.InvariantCulture)).RootElement;

    private static JsonElement Element(string value) =>
        JsonDocument.Parse($"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"").RootElement;

    private static string EffectName(Effect effect) =>
        effect switch
        {
            Effect.Grant => "grant",
            Effect.Prohibit => "prohibit",
            Effect.Threshold => "threshold",
            Effect.Owe => "duty",
            Effect.Restrict => "restriction",
            Effect.Pass => "passes",
            Effect.Terms => "relicense",
            Effect.Own => "ownership",
            Effect.Terminate => "termination",
            Effect.Warn => "risk",
            _ => "outside",
        };

    private static string? EffectObject(Effect effect) =>
        effect switch
        {
            Effect.Owe owe => owe.Duty,
            Effect.Restrict restrict => string.Join(", ", restrict.Uses),
            Effect.Pass pass => Kebab.Of(pass.As),
            Effect.Terms terms => (terms.AnyLicense ? "any" : "same")
                + (terms.KeepRestrictions ? ", keep restrictions" : "")
                + (terms.Layer ? ", layer" : ""),
            Effect.Own own => $"{own.What}:{own.By}",
            Effect.Terminate terminate => terminate.Risk,
            Effect.Warn warn => warn.Risk,
            Effect.Prohibit { Way: true } or Effect.Threshold { Way: true } => "needs-agreement",
            _ => null,
        };
}
