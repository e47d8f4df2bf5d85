using System.Collections.Immutable;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>What a license says by the words of the texts in hand, which may differ from those the catalog knows.</summary>
/// <param name="License">The license with the rules that these words bear; the catalog's own where they bear all of them.</param>
/// <param name="Differences">Where the texts differ, in the order of the texts.</param>
public sealed record EffectiveLicense(License License, ImmutableArray<TextDifference> Differences)
{
    /// <summary>True where the words bear other rules, or say what nobody has mapped.</summary>
    public bool IsChanged { get; private init; }

    /// <summary>The passages that may say anything: they may permit, forbid or restrict, and may lift what other clauses say.</summary>
    public IEnumerable<TextDifference> Unread => Differences.Where(d => d.Unread);

    /// <summary>The license as the catalog has it.</summary>
    public static EffectiveLicense Unchanged(License license) => new(license, []);

    /// <summary>
    /// The license by the words of <paramref name="texts"/>. A rule is gone where every clause it cites is missing, and arguable where some are missing
    /// or changed. What makes a derivative is a question even where the text no longer answers it: such a rule is never gone. Of several texts of one
    /// document that do not agree on a rule, a recipient may hold either: it is arguable. Clauses that do nothing bear no rule, so words taken out of
    /// them change nothing here.
    /// </summary>
    /// <param name="license">The license as the catalog has it.</param>
    /// <param name="texts">Whole texts of it, or texts that may be it.</param>
    public static EffectiveLicense Of(License license, IReadOnlyCollection<FoundText> texts)
    {
        var differences = texts.SelectMany(t => Compared(license, t)).ToImmutableArray();
        var documents = texts
            .Where(t => IsMapped(license, t))
            .GroupBy(t => license.Documents.First(d => d.Id == (t.Match.Document ?? license.Documents[0].Id)))
            .ToList();
        var rules = license
            .Rules.Select(r => (Rule: r, Fate: documents.Select(g => Of(r, g.Key, g)).DefaultIfEmpty(Fate.Kept).Max()))
            .ToList();
        var same = rules.TrueForAll(r => r.Fate == Fate.Kept);
        ImmutableArray<Rule> borne = [.. rules.Where(r => r.Fate != Fate.Gone).Select(r => r.Fate == Fate.Kept ? r.Rule : Open(r.Rule))];
        return new EffectiveLicense(same ? license : license with { Rules = borne }, differences)
        {
            IsChanged = !same || differences.Any(d => d.Unread),
        };
    }

    // In this order: what any document takes away for certain is gone, whatever the others leave.
    private enum Fate
    {
        Kept,
        Open,
        Gone,
    }

    // Another rule than the catalog's even where that is arguable already: its words do not stand there.
    private static Rule Open(Rule rule) => rule with { Certainty = Certainty.Arguable, Print = 0 };

    private static Fate Of(Rule rule, Document document, IEnumerable<FoundText> texts)
    {
        var fates = texts.Select(t => Of(rule, document, t)).Distinct().ToList();
        return fates is [var agreed] ? agreed : Fate.Open;
    }

    private static Fate Of(Rule rule, Document document, FoundText text)
    {
        var clauses = text.Match.Clauses;
        var cited = rule.Clauses.Where(c => document.Clauses.Any(d => d.Id == c)).ToList();
        var touched = cited.Where(c =>
            clauses.Missing.Contains(c) || clauses.Changed.Any(x => x.Id == c) || text.Match.Removed.Any(r => r.Clauses.Contains(c))
        );
        return !touched.Any() ? Fate.Kept
            : rule.Clauses.All(clauses.Missing.Contains) && rule.Effect is not Effect.Pass ? Fate.Gone
            : Fate.Open;
    }

    // A text that was compared with another license, which it may be as well, still tells where it differs from this one if both have the clauses
    // of those places; else all that differs may matter.
    private static bool IsMapped(License license, FoundText text) =>
        text.License == license.Id
        || (
            license.Documents.FirstOrDefault(d => d.Id == text.Match.Document) is { } document
            && TextDifference.Of(text).All(d => document.Clauses.Any(c => c.Id == d.Clause))
        );

    private static IEnumerable<TextDifference> Compared(License license, FoundText text) =>
        IsMapped(license, text) ? TextDifference.Of(text) : TextDifference.Of(text).Select(d => d with { Clause = null, Unread = true });
}
