using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>The words of answers, in one language. Everything that is not from the catalog stands here.</summary>
public sealed class Phrases(CompiledCatalog catalog, Lang lang)
{
    /// <summary>The language.</summary>
    public Lang Lang => lang;

    /// <summary>Picks the sentence in this language.</summary>
    public string Say(string en, string zh) => lang == Lang.Zh ? zh : en;

    /// <summary>Picks the sentence in this language.</summary>
    public string Say(Text text) => text.In(lang);

    /// <summary>A place in a file.</summary>
    public string At(LineRange lines) =>
        lines.First == lines.Last
            ? Say($"line {lines.First}", $"第 {lines.First} 行")
            : Say($"lines {lines.First}-{lines.Last}", $"第 {lines.First}-{lines.Last} 行");

    /// <summary>A verdict as people say it.</summary>
    public string Verdict(Verdict verdict) =>
        verdict switch
        {
            Model.Verdict.Permitted => Say("permitted", "允许"),
            Model.Verdict.PermittedWithDuties => Say("permitted, with duties", "允许，但有义务"),
            Model.Verdict.NeedsAgreement => Say("needs an agreement with the licensor", "须与许可方另行约定"),
            Model.Verdict.Prohibited => Say("prohibited", "禁止"),
            _ => Say("unclear", "不明确"),
        };

    /// <summary>The mood of a verdict.</summary>
    public static Tone ToneOf(Verdict verdict) =>
        verdict switch
        {
            Model.Verdict.Permitted or Model.Verdict.PermittedWithDuties => Tone.Good,
            Model.Verdict.Unclear => Tone.Caution,
            _ => Tone.Bad,
        };

    /// <summary>A duty's name.</summary>
    public string Duty(string id) => Named(catalog.Taxonomy.Duties, id);

    /// <summary>A risk's name.</summary>
    public string Risk(string id) => Named(catalog.Taxonomy.Risks, id);

    /// <summary>A reason's sentence.</summary>
    public string Reason(UnclearReason reason) => Named(catalog.Taxonomy.Reasons, Kebab.Of(reason));

    /// <summary>An act as a phrase.</summary>
    public string ActPhrase(Act act) => Named(catalog.Taxonomy.Acts, act.Name());

    /// <summary>What a restriction rules out.</summary>
    public string Restriction(Restriction restriction) => catalog.Taxonomy.Describe(restriction).In(lang);

    /// <summary>A fact's name.</summary>
    public string Fact(string id) =>
        id == "license" ? Say("the license of the work", "作品的许可证")
        : catalog.Facts.TryGetValue(id, out var fact) ? fact.Label.In(lang)
        : id;

    /// <summary>Clauses as people cite them.</summary>
    public static string Cite(IEnumerable<ClauseRef> clauses) => string.Join(", ", clauses.Distinct().Select(c => c.ToString()));

    /// <summary>Clauses of one rule as people cite them.</summary>
    public static string Cite(string license, ImmutableArray<string> clauses) => Cite(clauses.Select(c => new ClauseRef(license, c)));

    /// <summary>What an unclear point turns on.</summary>
    public string Describe(Unclarity unclarity)
    {
        var what = unclarity.Reason switch
        {
            UnclearReason.MissingFact => $"{Reason(unclarity.Reason)} ({unclarity.Subject}: {Fact(unclarity.Subject)})",
            _ when unclarity.Subject.Length == 0 => Reason(unclarity.Reason),
            UnclearReason.LicenseNotInCatalog when catalog.Resolve(unclarity.Subject) is Catalog.Resolution.Ambiguous tag => OfTag(tag),
            _ => $"{Reason(unclarity.Reason)} ({unclarity.Subject})",
        };
        return what;
    }

    /// <summary>Whether a point is open because a tag names no one license.</summary>
    public bool IsOfTag(Unclarity unclarity) =>
        unclarity.Reason == UnclearReason.LicenseNotInCatalog && catalog.Resolve(unclarity.Subject) is Catalog.Resolution.Ambiguous;

    private string OfTag(Catalog.Resolution.Ambiguous tag)
    {
        var note = tag.Note is { } why ? $"{Say(" (", "（")}{why.In(lang)}{Say(")", "）")}" : "";
        return tag.Candidates.IsEmpty
            ? Say($"`{tag.Tag}` names no license of the catalog{note}.", $"“{tag.Tag}”不是目录中任何许可证的名称{note}。")
            : Say(
                $"`{tag.Tag}` may mean several licenses, and they answer differently{note}.",
                $"“{tag.Tag}”可能指多份许可证，而它们的结论不同{note}。"
            );
    }

    /// <summary>A missing item as a sentence.</summary>
    public string Describe(MissingItem item) =>
        item.Kind switch
        {
            "restriction" when !item.Id.Contains('@', StringComparison.Ordinal) => Say(
                $"it may lack restrictions of the use policy of {item.License}, whose text was not read ({item.Id})",
                $"可能缺少 {item.License} 使用政策中的限制，该政策文本尚未收录（{item.Id}）"
            ),
            "restriction" when Model.Restriction.TryParse(item.Id, out var restriction) => Say(
                $"it lacks the restriction {item.Id}: {Restriction(restriction)}",
                $"缺少限制 {item.Id}：{Restriction(restriction)}"
            ),
            "ceiling" when Model.Restriction.TryParse(item.Id, out var restriction) && item.Id.Contains('@', StringComparison.Ordinal) =>
                Say(
                    $"it adds the restriction {item.Id} ({Restriction(restriction)}), and {item.License} bars further restrictions",
                    $"增加了限制 {item.Id}（{Restriction(restriction)}），而 {item.License} 不允许附加限制"
                ),
            "ceiling" => Say(
                $"its terms are not known, and {item.License} bars further restrictions",
                $"其条款未知，而 {item.License} 不允许附加限制"
            ),
            "share-alike" => Say(
                $"{item.License} asks for the same license, or one it lists as compatible",
                $"{item.License} 要求采用相同的许可证，或其认可的兼容许可证"
            ),
            "grant" => Say(
                $"{item.License} gives no right to put the work under another license",
                $"{item.License} 未授权以其他许可证发布该作品"
            ),
            _ => Say(
                $"the duty {item.Id} of {item.License} cannot be met together with the others",
                $"{item.License} 的义务 {item.Id} 无法与其他义务同时履行"
            ),
        };

    private string Named(ImmutableArray<Term> terms, string id) => terms.FirstOrDefault(t => t.Id == id)?.Label.In(lang) ?? id;
}
