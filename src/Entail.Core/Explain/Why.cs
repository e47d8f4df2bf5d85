using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Model;

namespace Entail.Core.Explain;

/// <summary>A step of a witness path, and what the license makes of its result.</summary>
/// <param name="Step">The step.</param>
/// <param name="Lenient">What follows on the lenient reading; null where nothing does.</param>
/// <param name="Strict">What follows on the strict reading; null where nothing does.</param>
/// <param name="Because">The rules that say so; empty where it goes without saying, as for a copy.</param>
public sealed record WitnessStep(LinkedStep Step, Passing? Lenient, Passing? Strict, ImmutableArray<Rule> Because);

/// <summary>How a license reaches the shipped work: one path of steps from the work that carries it.</summary>
/// <param name="Binding">The binding that the path witnesses.</param>
/// <param name="Steps">From the origin to the shipped work; empty where it is the origin.</param>
public sealed record WitnessPath(Binding Binding, ImmutableArray<WitnessStep> Steps);

/// <summary>The full reasoning behind a finding, or behind a duty.</summary>
/// <param name="Finding">The finding; null for a duty that nothing is wrong with.</param>
/// <param name="Duty">The duty; null for a finding about none.</param>
/// <param name="Paths">How each license behind it reaches the work.</param>
/// <param name="Rules">The rules of these licenses that it rests on.</param>
public sealed record Why(
    Finding? Finding,
    DutyStatus? Duty,
    ImmutableArray<WitnessPath> Paths,
    ImmutableArray<(string License, Rule Rule)> Rules
);

/// <summary>Finds the reasoning behind what a check found; backwards, only for what is asked.</summary>
/// <param name="catalog">The rules.</param>
/// <param name="today">The day of the question.</param>
public sealed class WhyFinder(CompiledCatalog catalog, DateOnly today)
{
    private const int ShortestId = 4;

    /// <summary>
    /// What is meant by a name: a finding by its id, the beginning of it, or its code; else a duty by its id; else every duty and finding of a license.
    /// Empty where nothing is called that.
    /// </summary>
    public ImmutableArray<Why> Find(CheckResult result, string name)
    {
        var findings = result
            .Findings.Where(f =>
                f.Code.Equals(name, StringComparison.OrdinalIgnoreCase)
                || (name.Length >= ShortestId && f.Id.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            )
            .Select(f => Of(result, f))
            .ToImmutableArray();
        if (!findings.IsEmpty)
        {
            return findings;
        }
        var duties = result
            .Duties.Where(d => d.Owe.Duty.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(d => Of(result, d))
            .ToImmutableArray();
        return !duties.IsEmpty ? duties
            : catalog.Find(name)?.Id is { } license
                ?
                [
                    .. result.Findings.Where(f => f.Parties.Any(p => p.License == license)).Select(f => Of(result, f)),
                    .. result.Duties.Where(d => d.License == license).Select(d => Of(result, d)),
                ]
            : [];
    }

    private Why Of(CheckResult result, Finding finding)
    {
        var paths = Paths(
            result,
            b =>
                finding.Parties.Any(p =>
                    p.License == b.Binding.Name && (p.Work == b.Binding.Origin.Id || b.Binding.Origin.Id == result.Decision.Lineage.Root)
                )
        );
        var cited = finding.Clauses.ToHashSet();
        var rules = paths
            .Select(p => p.Binding.License)
            .OfType<License>()
            .DistinctBy(l => l.Id)
            .SelectMany(l => l.Rules.Select(r => (License: l.Id, Rule: r)))
            .Where(r =>
                r.Rule.Clauses.Any(c => cited.Contains(new ClauseRef(r.License, c))) && IsAbout(r.License, r.Rule, finding, result)
            );
        var duty = result.Duties.FirstOrDefault(d => d.Owe.Duty == finding.Subject && finding.Parties.Any(p => p.License == d.License));
        return new Why(finding, duty, paths, [.. rules]);
    }

    private Why Of(CheckResult result, DutyStatus duty) =>
        new(
            null,
            duty,
            Paths(result, b => b.Binding.Name == duty.License && b.Binding.Origin.Id == duty.Origin),
            [(duty.License, duty.Rule)]
        );

    // A clause may serve several rules; those that have nothing to do with what was found would only distract.
    internal static bool IsAbout(string license, Rule rule, Finding finding, CheckResult result) =>
        rule.Effect switch
        {
            // Of several rules for one duty, such as one for hosting, those that are owed here.
            Effect.Owe owe => (owe.Duty == finding.Subject || (finding.Code == "share-alike-conflict" && owe.Duty == "share-alike"))
                && result.Duties.Any(d => d.License == license && d.Rule.Id == rule.Id),
            Effect.Pass => false, // the path tells
            Effect.Restrict restrict => finding.Details.Any(d => restrict.Uses.Any(u => u.ToString() == d))
                || finding.Details.Contains(rule.Id),
            Effect.Terms => finding.Code is "restrictions-dropped" or "noncommercial-dropped" or "license-conflict"
                && (rule.Parts.IsEmpty || finding.Part is not { } part || rule.Parts.Contains(part)),
            _ => finding.Details.Contains(rule.Id) || finding.Code is "act-prohibited" or "agreement-needed",
        };

    // One path for each license and origin: the most certain one, the shortest of these. What only a making step met is told by that step.
    private ImmutableArray<WitnessPath> Paths(CheckResult result, Func<BindingAnswer, bool> isMeant) =>
        [
            .. result
                .Decision.Bindings.Concat(result.Decision.Steps)
                .Where(isMeant)
                .GroupBy(b => (b.Binding.Name, b.Binding.Origin.Id))
                .Select(g => g.OrderBy(b => b.Step is not null).ThenBy(b => b.Binding.Certainty).ThenBy(b => b.Binding.Via.Length).First())
                .Select(b => (b.Binding, Via: b.Step is null ? b.Binding.Via : b.Binding.Via.Add(b.Step)))
                .Select(b => new WitnessPath(b.Binding, [.. b.Via.Select(s => Witness(b.Binding, s))])),
        ];

    private WitnessStep Witness(Binding binding, LinkedStep step)
    {
        if (binding.License is not { } license)
        {
            return new WitnessStep(step, null, null, []);
        }
        var situation = new Situation(binding.Facts, license.Id, catalog.Territories, today);
        var lenient = LicenseEvaluator.Passes(license, step.Act, binding.Part, situation, Reading.Lenient).ToList();
        var strict = LicenseEvaluator.Passes(license, step.Act, binding.Part, situation, Reading.Strict).ToList();
        return new WitnessStep(
            step,
            lenient.Count == 0 ? null : lenient.Max(p => p.As),
            strict.Count == 0 ? null : strict.Max(p => p.As),
            [.. lenient.Concat(strict).SelectMany(p => p.Because).Distinct()]
        );
    }
}
