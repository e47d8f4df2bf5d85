using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>From what was decided and what the artifact shows to findings and the state of duties.</summary>
public sealed class FindingRules(
    CompiledCatalog catalog,
    LineageDecision decision,
    Artifact? artifact,
    IReadOnlyList<ReadProblem> unread,
    Configuration? configuration,
    ExpressionDecider decider,
    DateOnly today,
    UserTerms? terms = null,
    IReadOnlyCollection<Finding>? ofUses = null
)
{
    private const int MostPlaces = 5;
    private const string PassRestrictions = "pass-use-restrictions";
    private const string BindUsers = "bind-users";

    private readonly LinkedWork root = decision.Lineage.RootWork;
    private readonly FindingMaker maker = new(catalog.Taxonomy, decision.Lineage.RootWork);

    /// <summary>Every duty owed for what was asked, with what the artifact shows of it.</summary>
    public ImmutableArray<DutyStatus> Duties()
    {
        var evidence = artifact is null ? null : new DutyEvidence(artifact);
        return
        [
            .. decision
                .Bindings.Where(a => !a.Binding.Candidate)
                .SelectMany(a =>
                    a.Answer.Duties.Select(d => (a.Binding, Duty: d, Dropped: a.Answer.Missing.Any(m => m.Kind == "restriction")))
                )
                .Select(d =>
                {
                    var (state, seen) =
                        d.Duty.Owe.Duty == BindUsers
                            ? DutyEvidence.OfTerms(terms, d.Binding.License)
                            : evidence?.Of(d.Duty.Owe, d.Duty.License, BaseOf(d.Binding))
                                ?? DutyEvidence.OfName(d.Duty.Owe, root.Id, root.Evidence);
                    // A license that lacks the restrictions does not pass them on, and is not seen to without its text.
                    if (d.Duty.Owe.Duty == PassRestrictions && state == DutyState.Missing && seen.IsEmpty && !d.Dropped)
                    {
                        state = DutyState.NotVisible;
                    }
                    var certainty = d.Binding.Certainty == Certainty.Arguable ? Certainty.Arguable : d.Duty.Certainty;
                    return new DutyStatus(
                        d.Duty.License,
                        d.Duty.Rule,
                        d.Binding.Origin.Id,
                        BaseOf(d.Binding),
                        certainty,
                        d.Duty.When,
                        state,
                        seen
                    );
                })
                .GroupBy(d => (d.License, d.Rule.Id))
                .Select(g => g.MinBy(d => d.Certainty)!),
        ];
    }

    /// <summary>Everything that is wrong, the most serious first.</summary>
    public ImmutableArray<Finding> All(IReadOnlyList<DutyStatus> duties)
    {
        var found = new List<Finding>();
        found.AddRange(
            unread.Select(p =>
                maker.Make(p.Code, [], [], p.Evidence.Pointer ?? p.Evidence.File, Certainty.Yes, [], [p.Evidence]) with
                {
                    Message = p.Message,
                }
            )
        );
        found.AddRange(Identity());
        found.AddRange(Gaps());
        found.AddRange(Joined(decision.Bindings.SelectMany(Terms)));
        found.AddRange(Joined(decision.Steps.SelectMany(StepTerms)));
        found.AddRange(Clashes());
        found.AddRange(Joined(duties.Select(OfDuty).OfType<Finding>()));
        found.AddRange(ofUses ?? []);
        found.AddRange(new PolicyRules(catalog, decision, configuration?.Policy ?? Policy.None, maker).All());
        var kept = found.GroupBy(f => f.Id, StringComparer.Ordinal).Select(g => g.MaxBy(f => f.Severity)!).Select(Suppress).ToList();
        kept.AddRange(Suppressions(kept));
        return
        [
            .. kept.OrderByDescending(f => f.Severity)
                .ThenBy(f => Order(f.Code))
                .ThenBy(f => f.Work, StringComparer.Ordinal)
                .ThenBy(f => f.Id, StringComparer.Ordinal),
        ];
    }

    // The same license reaches a merge by way of many works: that is one thing to put right, not many.
    private static IEnumerable<Finding> Joined(IEnumerable<Finding> findings) =>
        findings
            .GroupBy(f => (f.Code, f.Work, License: f.Parties.FirstOrDefault().License, f.Subject))
            .Select(g =>
                g.OrderByDescending(f => f.Severity)
                    .ThenBy(f => f.Certainty)
                    .ThenBy(f => f.Parties[0].Work, StringComparer.Ordinal)
                    .First() with
                {
                    Parties = [.. g.SelectMany(f => f.Parties).Distinct().OrderBy(p => p.Work, StringComparer.Ordinal)],
                }
            );

    private int Order(string code) => catalog.Taxonomy.Findings.ToList().FindIndex(f => f.Id == code);

    // The nearest known work the terms came from: what a statement of changes names.
    private static string BaseOf(Binding binding) => binding.Via.IsEmpty ? binding.Origin.Id : binding.Via[^1].From;

    private ImmutableArray<Evidence> DeclaredLicense => [.. root.Of(root.MainPart).Select(l => l.Claim.Evidence)];

    private IEnumerable<Finding> Identity()
    {
        if (!root.Of(root.MainPart).Any() && root.Origin is WorkOrigin.Folder or WorkOrigin.Configured && !decision.IsInternal)
        {
            var only = root.Licenses is [var single] ? single.Claim.Evidence : null;
            var evidence =
                only
                ?? (
                    artifact?.Card is { } card ? new Evidence(card.File, 1, null, "license", null, EvidenceSource.Declared) : root.Evidence
                );
            yield return maker.Make("license-undeclared", [], [], "", Certainty.Yes, [], evidence is null ? [] : [evidence]);
        }
        var unknown = decision
            .Lineage.Works.SelectMany(w =>
                w.Of(w.MainPart).SelectMany(l => l.Expression.Singles().Select(e => (Work: w, License: l, e.Id)))
            )
            .Where(u => catalog.Resolve(u.Id) is not (Resolution.Known or Resolution.Ambiguous { Candidates.IsEmpty: false }));
        foreach (var group in unknown.GroupBy(u => u.Id, StringComparer.Ordinal))
        {
            yield return maker.Make(
                "license-unknown",
                [.. group.Select(u => ((string?)u.Id, u.Work.Id))],
                [],
                group.Key,
                Certainty.Yes,
                [],
                [.. group.Select(u => u.License.Claim.Evidence)],
                ("license", group.Key),
                ("work", string.Join(", ", group.Select(u => u.Work.Id))),
                ("kind", group.First().Work.Kind)
            );
        }
        var ambiguous = decision
            .Bindings.Where(b => b.Binding.Candidate)
            .GroupBy(b =>
                (b.Binding.Origin.Id, Tag: b.Binding.Origin.Of(b.Binding.Part).Select(l => l.Claim.Value).FirstOrDefault() ?? "")
            );
        foreach (var group in ambiguous)
        {
            var origin = group.First().Binding.Origin;
            yield return maker.Make(
                "license-unknown",
                [(group.Key.Tag, origin.Id)],
                [],
                group.Key.Tag,
                Certainty.Yes,
                [],
                [.. origin.Licenses.Select(l => l.Claim.Evidence).Take(1)],
                ("license", group.Key.Tag),
                ("work", origin.Id),
                ("kind", origin.Kind),
                ("file", origin.Licenses.Where(l => l.Candidate).Select(l => l.Claim.Evidence.File).FirstOrDefault() ?? ""),
                ("candidates", string.Join(", ", group.Select(b => b.Binding.Name).Distinct()))
            );
        }
        var texts = artifact is null ? [] : new TextFindings(catalog, decision, artifact, maker).All();
        foreach (var finding in texts.Concat(Confused()))
        {
            yield return finding;
        }
    }

    // The license of the base's code was taken for the license of its weights.
    private IEnumerable<Finding> Confused()
    {
        foreach (var step in root.Steps)
        {
            var source = decision.Lineage[step.From];
            var weights = source
                .Of(Part.Weights)
                .Select(l => catalog.Find(l.Claim.Value)?.Id)
                .OfType<string>()
                .ToHashSet(StringComparer.Ordinal);
            var code = source
                .Of(Part.Code)
                .Select(l => catalog.Find(l.Claim.Value)?.Id)
                .OfType<string>()
                .Except(weights)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var license in root.Of(Part.Weights).Where(l => catalog.Find(l.Claim.Value) is { } known && code.Contains(known.Id)))
            {
                yield return maker.Make(
                    "part-confused",
                    [(license.Claim.Value, step.From)],
                    [],
                    step.From,
                    Certainty.Yes,
                    [],
                    [license.Claim.Evidence],
                    ("base", step.From),
                    ("declared", license.Claim.Value),
                    ("weights", string.Join(", ", weights))
                );
            }
        }
    }

    private IEnumerable<Finding> Gaps() =>
        decision
            .Lineage.Problems.GroupBy(p =>
                (p.Code, Kind: decision.Lineage.Works.FirstOrDefault(w => w.Id == p.Subject)?.Kind ?? "model", p.Work)
            )
            .SelectMany(g =>
                // Many unknown datasets are one thing to know, not many.
                g.Key
                    is { Code: "base-not-found", Kind: "dataset" }
                    ?
                    [
                        maker.Make(
                            g.Key.Code,
                            [.. g.Select(p => ((string?)null, p.Subject))],
                            [],
                            string.Join(",", g.Select(p => p.Subject).Order(StringComparer.Ordinal)),
                            Certainty.Arguable,
                            [],
                            [.. g.SelectMany(p => p.Evidence)],
                            ("base", string.Join(", ", g.Select(p => p.Subject))),
                            ("kind", "dataset"),
                            ("work", g.Key.Work)
                        ),
                    ]
                    : g.Select(p =>
                        maker.Make(
                            p.Code,
                            [(null, p.Subject)],
                            [],
                            p.Subject,
                            Certainty.Yes,
                            [],
                            p.Evidence,
                            ("base", p.Subject),
                            ("kind", g.Key.Kind),
                            ("only", p.Only ?? ""),
                            ("work", p.Work)
                        )
                    )
            );

    private IEnumerable<Finding> Terms(BindingAnswer bound)
    {
        var binding = bound.Binding;
        if (binding.Candidate)
        {
            yield break; // the tag may mean another license; that is the finding
        }
        var answer = bound.Answer;
        var party = ImmutableArray.Create(((string?)binding.Name, binding.Origin.Id));
        var outbound = decision.Question.As?.ToString() ?? "";
        // Words that may lift what must be kept are found in the text, not in its terms.
        foreach (var group in answer.MaybeMissing.Where(m => m.Kind != "text").GroupBy(CodeOf, StringComparer.Ordinal))
        {
            // What lacks on every reading, where the broad one may call it by a broader name.
            var lacking = answer.Missing.Where(m => m.Kind != "text" && CodeOf(m) == group.Key).ToList();
            var sure = binding.Certainty == Certainty.Yes && lacking.Count > 0;
            // In the order of the license, which puts the gravest first more often than the alphabet does.
            var uses =
                binding
                    .License?.Rules.SelectMany(r => r.Effect is Effect.Restrict restrict ? restrict.Uses : [])
                    .Select(u => u.ToString())
                    .ToList()
                ?? [];
            var items = (sure ? lacking : (IEnumerable<MissingItem>)group).OrderBy(m => uses.IndexOf(m.Id)).ToList();
            var lost = Lost(items);
            yield return maker.Make(
                group.Key,
                party,
                items.SelectMany(m => m.Clauses),
                "",
                sure ? Certainty.Yes : Certainty.Arguable,
                [.. items.Select(m => m.Id)],
                [.. TextDifference.Places(lost, MostPlaces), .. DeclaredLicense],
                ("declared", outbound),
                ("file", lost.Select(l => l.Place.File).FirstOrDefault() ?? ""),
                ("lost", string.Join(", ", lost.Select(l => l.Clause).Distinct())),
                ("license", binding.Name),
                ("base", binding.Origin.Id),
                ("count", items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("choice", Choice(binding.Name) ?? ""),
                ("all", string.Join(", ", Binding().Append(binding.Name).Distinct()))
            );
        }
        if (OfComponent(bound, outbound) is { } silent)
        {
            yield return silent;
        }
        foreach (var finding in Refusals(bound))
        {
            yield return finding;
        }
    }

    // Where the text that goes with the work lacks what the license it is declared to be would keep.
    private List<TextDifference> Lost(IReadOnlyCollection<MissingItem> items)
    {
        var cited = items.SelectMany(m => m.Clauses).ToHashSet();
        return
        [
            .. (decision.Question.As?.Singles() ?? [])
                .Select(s => catalog.Find(s.Id))
                .OfType<License>()
                .Select(l => artifact?.Texts.Of(l))
                .OfType<EffectiveLicense>()
                .SelectMany(e => e.Differences.Where(d => d.Clause is { } clause && cited.Contains(new ClauseRef(e.License.Id, clause)))),
        ];
    }

    // A component keeps its own license, but whoever gets the whole must learn of its restrictions: by the licenses declared, or by the text beside them.
    private Finding? OfComponent(BindingAnswer bound, string outbound)
    {
        var (binding, answer) = (bound.Binding, bound.Answer);
        var pass = answer.Duties.FirstOrDefault(d => d.Owe.Duty == PassRestrictions);
        if (
            pass is null
            || !binding.Standing.Component
            || outbound.Length == 0
            || root.Licenses.SelectMany(l => l.Expression.Singles()).Any(s => Means(s.Id, binding.Name))
            || artifact?.Texts.Found.Any(t => !t.IsMention && t.Names.Contains(binding.Name)) == true
        )
        {
            return null;
        }
        return maker.Make(
            "restrictions-dropped",
            [(binding.Name, binding.Origin.Id)],
            pass.Rule.Clauses.Select(c => new ClauseRef(binding.Name, c)),
            PassRestrictions,
            Certainty.Arguable,
            [.. answer.Restrictions.Select(r => r.Restriction.ToString()).Distinct()],
            DeclaredLicense,
            ("declared", outbound),
            ("license", binding.Name),
            ("base", binding.Origin.Id),
            (
                "count",
                answer.Restrictions.DistinctBy(r => r.Restriction).Count().ToString(System.Globalization.CultureInfo.InvariantCulture)
            )
        );
    }

    // By any of its names, or by a tag that may mean it.
    private bool Means(string name, string license) =>
        catalog.Resolve(name) switch
        {
            Resolution.Known known => known.License.Id == license,
            Resolution.Ambiguous ambiguous => ambiguous.Candidates.Any(c => c.Id == license),
            _ => false,
        };

    private List<string> Binding() =>
        [
            .. decision
                .Bindings.Select(b => b.Binding)
                .Where(b => b.Certainty == Certainty.Yes && !b.Via.IsEmpty)
                .Select(b => b.Name)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    // The license that meets everything that binds for certain: the one that asks, if it does; else the best of the catalog.
    private string? Choice(string asking)
    {
        var all = Binding().Append(asking).Where(n => catalog.Find(n) is not null).Distinct().ToList();
        var compatibility = new Compatibility(catalog, decider);
        return compatibility.Check(all, new LicenseExpression.Single(asking, null), Facts.None).Conveys == Answer3.Yes ? asking
            : compatibility.Choose(all, Facts.None) is [{ Conveys: Answer3.Yes } best, ..] ? best.To
            : null;
    }

    internal static string CodeOf(MissingItem item) =>
        item.Kind switch
        {
            "restriction" when IsNoncommercial(item.Id) => "noncommercial-dropped",
            "restriction" => "restrictions-dropped",
            "share-alike" => "share-alike-conflict",
            _ => "license-conflict",
        };

    /// <summary>The clauses behind a finding of terms: those that say what is lost, or that stand against the acts.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="code">The code of the finding.</param>
    /// <param name="license">The license it is about.</param>
    /// <param name="origin">The work whose license that is.</param>
    /// <returns>Null where the decision has no such finding.</returns>
    public static ImmutableArray<ClauseRef>? ClausesOf(LineageDecision decision, string code, string license, string origin)
    {
        bool IsMeant(BindingAnswer bound) =>
            bound.Binding.Name == license && bound.Binding.Origin.Id.Equals(origin, StringComparison.OrdinalIgnoreCase);
        var lost = decision.Bindings.Where(IsMeant).Select(b => b.Answer).ToList();
        var missing = lost.SelectMany(a => a.Missing).Concat(lost.SelectMany(a => a.MaybeMissing)).Where(m => CodeOf(m) == code).ToList();
        var acts = decision.Bindings.Concat(decision.Steps).Where(IsMeant).Where(b => Refusal(b.Acts, b.Binding)?.Code == code).ToList();
        if (missing.Count == 0 && acts.Count == 0)
        {
            return null;
        }
        var refusing = acts.SelectMany(b => Blocking(b.Acts).Any() ? Blocking(b.Acts) : b.Acts.Because);
        return
        [
            .. missing
                .SelectMany(m => m.Clauses)
                .Concat(refusing.SelectMany(b => b.Rule.Clauses.Select(c => new ClauseRef(b.License, c))))
                .Distinct(),
        ];
    }

    internal static bool IsNoncommercial(string restriction) => restriction.StartsWith("SCP.NC", StringComparison.Ordinal);

    // An act that the license forbids, or allows only by agreement; on both readings an error, on the strict one alone a warning.
    private IEnumerable<Finding> Refusals(BindingAnswer bound)
    {
        var answer = bound.Acts;
        if (Refusal(answer, bound.Binding) is not { } refused)
        {
            yield break;
        }
        var blocking = Blocking(answer).ToList();
        var acts = blocking
            .SelectMany(b => b.Acts)
            .Concat(blocking.Count == 0 ? answer.Because.SelectMany(b => b.Acts) : [])
            .Distinct()
            .Order()
            .ToList();
        var evidence = bound.Step?.Evidence ?? bound.Binding.Via.LastOrDefault()?.Evidence;
        yield return maker.Make(
            refused.Code,
            [(bound.Binding.Name, bound.Binding.Origin.Id)],
            (blocking.Count > 0 ? blocking : [.. answer.Because]).SelectMany(b => b.Rule.Clauses.Select(c => new ClauseRef(b.License, c))),
            bound.Step is null ? string.Join(",", acts.Select(a => a.Name())) : $"{bound.Step.Act.Name()} {bound.Step.To}",
            refused.Certainty,
            [.. (blocking.Count > 0 ? blocking : [.. answer.Because]).Select(b => b.Rule.Id).Distinct()],
            evidence is null ? DeclaredLicense : [evidence],
            ("acts", string.Join(", ", acts.Select(a => a.Name()))),
            ("license", bound.Binding.Name),
            ("base", bound.Binding.Origin.Id),
            ("reason", blocking.FirstOrDefault()?.Rule.Summary.En ?? ""),
            ("reasonZh", blocking.FirstOrDefault()?.Rule.Summary.Zh ?? "")
        );
    }

    /// <summary>The finding that an answer to the acts alone is; null where they are allowed, or it is open for want of facts.</summary>
    internal static (string Code, Certainty Certainty)? Refusal(Answer acts, Binding binding)
    {
        var open = IsOpen(acts);
        // That a license which may not even be the one meant is silent, or may be read so, is said by the verdict alone.
        return acts.Verdict is not (Verdict.Prohibited or Verdict.NeedsAgreement) && !open ? null
            : open && binding.Candidate && !Blocking(acts).Any() ? null
            : (
                acts.Verdict == Verdict.NeedsAgreement ? "agreement-needed" : "act-prohibited",
                acts.Verdict == Verdict.Unclear || binding.Certainty == Certainty.Arguable ? Certainty.Arguable : Certainty.Yes
            );
    }

    /// <summary>True where only the words leave it open whether the acts are allowed.</summary>
    internal static bool IsOpen(Answer acts) =>
        acts.Verdict == Verdict.Unclear && acts.Unclear.All(u => u.Reason == UnclearReason.ArguableText);

    internal static IEnumerable<Because> Blocking(Answer acts) => acts.Because.Where(b => Blocks(b.Rule));

    internal static bool Blocks(Rule rule) => rule.Effect is Effect.Prohibit or Effect.Threshold or Effect.Restrict or Effect.Terminate;

    private IEnumerable<Finding> StepTerms(BindingAnswer bound) => Refusals(bound).Select(f => f with { Work = bound.Step!.To });

    private IEnumerable<Finding> Clashes() =>
        decision.Clashes.IsEmpty
            ? []
            :
            [
                maker.Make(
                    "license-conflict",
                    [.. decision.Clashes.Select(c => ((string?)c.License, root.Id))],
                    decision.Clashes.SelectMany(c => c.Clauses),
                    "clash",
                    Certainty.Yes,
                    [.. decision.Clashes.Select(c => c.Id)],
                    DeclaredLicense,
                    ("license", string.Join(", ", decision.Clashes.Select(c => c.License))),
                    ("declared", decision.Question.As?.ToString() ?? ""),
                    ("base", ""),
                    ("count", "1"),
                    ("all", string.Join(", ", Binding()))
                ),
            ];

    private Finding? OfDuty(DutyStatus duty)
    {
        var code = duty.Owe.Duty switch
        {
            "include-license" => "license-copy-missing",
            "notice-file" => "notice-missing",
            "state-changes" => "changes-not-stated",
            "attribution" => "attribution-missing",
            "display-brand" => "brand-missing",
            "name-prefix" => "name-prefix-missing",
            _ => null,
        };
        if (
            duty.Owe.Duty == BindUsers
            && (duty.State == DutyState.Missing || (duty.State == DutyState.NotVisible && decision.Question.Acts.Contains(Act.Host)))
        )
        {
            code = "users-not-bound";
        }
        else if (code is null || duty.State != DutyState.Missing)
        {
            return null;
        }
        if (duty.Origin == root.Id && code is ("changes-not-stated" or "attribution-missing"))
        {
            return null; // an original states no changes against itself
        }
        var evidence = duty.Evidence.IsEmpty ? EvidenceOfBase(duty.Origin) : duty.Evidence;
        var shown = code is "license-copy-missing" or "changes-not-stated" or "users-not-bound" && !duty.Evidence.IsEmpty;
        var finding = maker.Make(
            code,
            [(duty.License, duty.Origin)],
            duty.Rule.Clauses.Select(c => new ClauseRef(duty.License, c)),
            duty.Owe.Duty,
            duty.Certainty,
            [],
            evidence,
            ("license", duty.License),
            ("base", code is "changes-not-stated" or "attribution-missing" ? duty.Base : duty.Origin),
            ("name", artifact?.Name ?? root.Id),
            ("words", duty.Owe.Words ?? ""),
            ("file", shown ? duty.Evidence[0].File : ""),
            ("when", duty.When ?? "")
        );
        // What an original's own license asks is owed by everyone but its licensor, and the folder does not show who asks.
        return duty.Origin == root.Id ? finding with { Severity = Severity.Note } : finding;
    }

    private ImmutableArray<Evidence> EvidenceOfBase(string origin) =>
        [
            .. root
                .Steps.Where(s =>
                    s.From == origin
                    || !decision.Bindings.Any(b => b.Binding.Via.Contains(s))
                    || decision.Bindings.Any(b => b.Binding.Origin.Id == origin && b.Binding.Via.Contains(s))
                )
                .Take(1)
                .Select(s => s.Evidence),
        ];

    private Finding Suppress(Finding finding) =>
        configuration?.Policy.Suppress.FirstOrDefault(s => Covers(s, finding) && !IsExpired(s)) is { } suppression
            ? finding with
            {
                Suppressed = suppression,
            }
            : finding;

    private static bool Covers(Suppression suppression, Finding finding) =>
        (suppression.Id is null || suppression.Id == finding.Id)
        && (suppression.Code is null || suppression.Code == finding.Code)
        && (suppression.Work is null || suppression.Work == finding.Work || finding.Parties.Any(p => p.Work == suppression.Work));

    private bool IsExpired(Suppression suppression) =>
        suppression.Until is { } until
        && (decision.Question.Facts.Known.GetValueOrDefault("date") is FactValue.Day day ? day.Date : today) > until;

    private IEnumerable<Finding> Suppressions(List<Finding> findings) =>
        (configuration?.Policy.Suppress ?? [])
            .Where(s => IsExpired(s) || !findings.Exists(f => Covers(s, f)))
            .Select(s =>
                maker.Make(
                    IsExpired(s) ? "suppression-expired" : "suppression-unused",
                    [],
                    [],
                    $"{s.Code} {s.Work} {s.Id}",
                    Certainty.Yes,
                    [],
                    [s.Evidence],
                    ("code", s.Code ?? s.Id ?? ""),
                    ("reason", s.Reason)
                )
            );
}
