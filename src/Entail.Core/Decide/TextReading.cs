using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>
/// Answers by the words of the texts that go with the shipped work: an original is bound by what its own text says, and what a derivative offers is
/// what its text says. Where that leaves open what the license as the catalog has it would settle, the text is the reason.
/// </summary>
internal sealed class TextReading(CompiledCatalog catalog, ExpressionDecider decider, CarriedTexts carried, DateOnly today)
{
    private const int MostPlaces = 20;

    private readonly ExpressionDecider shipped = new(catalog, today, carried.Of);

    /// <summary>The files whose terms are not known: no verdict on what they govern is more than unclear.</summary>
    public IEnumerable<Unclarity> Unknown() =>
        carried
            .Families.Where(f => carried.Governs(f.Part))
            .Concat(carried.Unrecognized)
            .Select(f => f.File)
            .Concat(carried.Uncataloged.Select(t => t.File))
            .Distinct(StringComparer.Ordinal)
            .Select(f => new Unclarity(UnclearReason.LicenseNotInCatalog, f, []));

    /// <summary>What the license of a binding answers.</summary>
    public Answer Ask(Binding binding, Question question)
    {
        var license = binding.License!;
        var plain = decider.Single.Ask(license, question);
        var own = binding is { Via.IsEmpty: true, Origin.Origin: WorkOrigin.Folder }
            ? carried.Of(license)
            : EffectiveLicense.Unchanged(license);
        var offered = (question.As?.Singles() ?? []).Select(s => catalog.Find(s.Id)).OfType<License>().Select(carried.Of);
        var changed = offered.Append(own).Where(e => e.IsChanged).DistinctBy(e => e.License.Id).ToList();
        return changed.Count == 0 ? plain : Told(shipped.Single.Ask(own.License, question), plain, own.Unread.Any(), changed);
    }

    // What is open with these texts and not without them is open because of them.
    private static Answer Told(Answer answer, Answer plain, bool unread, List<EffectiveLicense> texts)
    {
        var opened = answer.Unclear.Where(u => u.Reason == UnclearReason.ArguableText && !plain.Unclear.Any(p => Same(p, u))).ToList();
        if (opened.Count == 0 && !unread)
        {
            return answer;
        }
        var cited = opened
            .SelectMany(u => u.Clauses)
            .Concat(answer.MaybeMissing.Except(answer.Missing).SelectMany(m => m.Clauses))
            .Select(c => c.ToString())
            .ToHashSet(StringComparer.Ordinal);
        var all = texts.SelectMany(t => t.Differences.Select(d => (Difference: d, Clause: Clause(t, d)))).ToList();
        var turning = all.FindAll(d => d.Difference.Unread || cited.Contains($"{d.Clause}"));
        var reasons = (turning.Count > 0 ? turning : all)
            .DistinctBy(d => (d.Difference.Where, d.Clause))
            .Take(MostPlaces)
            .Select(d => new Unclarity(UnclearReason.TextDiffers, d.Difference.Where, d.Clause is null ? [] : [d.Clause]));
        return answer with
        {
            Verdict = Verdict.Unclear,
            Unclear = [.. reasons, .. answer.Unclear.Except(opened), .. plain.Unclear.Where(p => !answer.Unclear.Any(u => Same(p, u)))],
        };
    }

    private static ClauseRef? Clause(EffectiveLicense text, TextDifference difference) =>
        difference.Clause is { } clause ? new ClauseRef(text.License.Id, clause) : null;

    private static bool Same(Unclarity a, Unclarity b) =>
        a.Reason == b.Reason && a.Subject == b.Subject && a.Clauses.SequenceEqual(b.Clauses);
}
