using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tasks.Sources;

/// <summary>A case of <c>cases.yaml</c>: a question in plain words, and what the text answers.</summary>
public sealed record LicenseCase(
    string Id,
    int Line,
    string Title,
    Question Question,
    Verdict Verdict,
    ImmutableArray<string> Duties,
    ImmutableArray<string> ArguableDuties,
    ImmutableArray<string> NoDuties,
    ImmutableArray<string> Restrictions,
    ImmutableArray<string> Risks,
    ImmutableArray<string> Ownership,
    ImmutableArray<string> Missing,
    ImmutableArray<string> Clauses
)
{
    /// <summary>What in <paramref name="answer"/> is not as expected; empty when all is.</summary>
    public IEnumerable<string> Differences(Answer answer)
    {
        if (answer.Verdict != Verdict)
        {
            yield return $"verdict {Kebab.Of(answer.Verdict)}, expected {Kebab.Of(Verdict)}";
        }
        var sure = answer.Duties.Where(d => d.Certainty == Certainty.Yes).Select(d => d.Owe.Duty).ToList();
        var arguable = answer.Duties.Where(d => d.Certainty == Certainty.Arguable).Select(d => d.Owe.Duty).ToList();
        foreach (var duty in Duties.Where(d => !sure.Contains(d)))
        {
            yield return $"the duty {duty} is missing";
        }
        foreach (var duty in ArguableDuties.Where(d => !arguable.Contains(d)))
        {
            yield return $"the arguable duty {duty} is missing";
        }
        foreach (var duty in NoDuties.Where(d => sure.Contains(d) || arguable.Contains(d)))
        {
            yield return $"the duty {duty} is not expected";
        }
        // A scope may be expected without its parameters.
        var ruledOut = answer
            .Restrictions.SelectMany(a => new[] { a.Restriction, a.Restriction with { Parameters = "" } })
            .Select(r => r.ToString())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var restriction in Restrictions.Where(r => !ruledOut.Contains(r)))
        {
            yield return $"the restriction {restriction} is missing";
        }
        foreach (var risk in Risks.Where(r => !answer.Risks.Contains(r)))
        {
            yield return $"the risk {risk} is missing";
        }
        foreach (var own in Ownership.Where(o => !answer.Ownership.Contains(o)))
        {
            yield return $"the ownership {own} is missing";
        }
        foreach (var kind in Missing.Where(m => answer.MaybeMissing.All(i => i.Kind != m)))
        {
            yield return $"nothing of the kind {kind} is missing";
        }
        var cited = answer
            .Because.SelectMany(b => b.Rule.Clauses)
            .Concat(answer.Duties.SelectMany(d => d.Rule.Clauses))
            .Concat(answer.Restrictions.SelectMany(r => r.Rule.Clauses))
            .Concat(answer.MaybeMissing.SelectMany(m => m.Clauses).Select(c => c.Clause))
            .Concat(answer.Unclear.SelectMany(u => u.Clauses).Select(c => c.Clause))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var clause in Clauses.Where(c => !cited.Contains(c)))
        {
            yield return $"clause {clause} is not cited";
        }
    }
}

/// <summary>Reads <c>cases.yaml</c>.</summary>
public static class CaseSource
{
    /// <summary>The cases of one license.</summary>
    public static ImmutableArray<LicenseCase> Read(
        string folder,
        string license,
        IReadOnlyDictionary<string, FactDefinition> facts,
        ICollection<CatalogProblem> problems
    )
    {
        var file = Path.Combine(folder, "licenses", license, "cases.yaml");
        if (!File.Exists(file))
        {
            problems.Add(new CatalogProblem(file, 1, 1, "the license has no cases; write at least ten"));
            return [];
        }
        var read = new SourceReader(file, problems);
        return [.. SourceReader.Items(read.Load()).Select(i => ReadCase(read, i, facts))];
    }

    private static LicenseCase ReadCase(SourceReader read, YamlValue item, IReadOnlyDictionary<string, FactDefinition> facts)
    {
        var map = read.Map(item, "id", "question", "ask", "expect");
        var ask = read.Map(map["ask"], "acts", "as", "of", "made-by", "part", "facts");
        var expect = read.Map(
            map["expect"],
            "verdict",
            "duties",
            "arguable-duties",
            "no-duties",
            "restrictions",
            "risks",
            "ownership",
            "missing",
            "clauses"
        );
        var known = FactReader.Read(ask["facts"], facts, (at, message) => read.Report(at, message));
        var question = new Question(
            read.Choices<Act>(ask, "acts"),
            read.OptionalString(ask, "as") is { } license ? LicenseExpression.Parse(license) : null,
            ask["of"] is null ? null : read.Choice(ask, "of", Subject.Original),
            read.Choices<Act>(ask, "made-by"),
            ask["part"] is null ? null : read.Choice(ask, "part", Part.Weights),
            known,
            Standing.Original
        );
        var clauses = read.Strings(expect, "clauses");
        if (clauses.IsEmpty)
        {
            read.Report(map["expect"], "a case cites the clause that answers it: `clauses: [\"4.b\"]`");
        }
        return new LicenseCase(
            read.String(map, "id"),
            item.Line,
            read.String(map, "question"),
            question,
            read.Choice(expect, "verdict", Verdict.Unclear),
            read.Strings(expect, "duties"),
            read.Strings(expect, "arguable-duties"),
            read.Strings(expect, "no-duties"),
            read.Strings(expect, "restrictions"),
            read.Strings(expect, "risks"),
            read.Strings(expect, "ownership"),
            read.Strings(expect, "missing"),
            clauses
        );
    }
}
