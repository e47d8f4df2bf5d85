using System.Text.Json;
using Entail.Core;
using Entail.Core.Catalog;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Acceptance;

/// <summary>
/// Public corrections of wrong labels, and the worked cases of a study, each through the whole check. A case that fails while a license of its lineage is not in
/// the catalog is skipped: what is unknown decides nothing.
/// </summary>
public sealed class CaseTests
{
    public static IEnumerable<TheoryDataRow<string?>> Disputes => Lines.Ids("disputes.jsonl");

    public static IEnumerable<TheoryDataRow<string?>> Studies => Lines.Ids("modelgo.jsonl");

    [Theory, MemberData(nameof(Disputes))]
    public void A_dispute_comes_out_as_it_was_settled(string? id) => Compare("disputes.jsonl", id);

    [Theory, MemberData(nameof(Studies))]
    public void A_case_of_the_study_comes_out_as_it_must(string? id) => Compare("modelgo.jsonl", id);

    private static void Compare(string file, string? id)
    {
        var (_, one) = Lines.Require(file, id);
        var path = Shared.Require($"acceptance/dev/{Lines.Text(one, "path")}");
        var configuration = path.EndsWith(".json", StringComparison.Ordinal)
            ? HubRecordReader.Read(File.ReadAllText(path))
            : ConfigurationReader.Read(path, Repository.Catalog.Taxonomy);
        Assert.Empty(configuration.Problems.Select(p => p.Message.En));
        var expect = one.GetProperty("expect");
        var options = new CheckOptions([], null, Facts.None, null, Lines.Text(expect, "work"));

        var result = new Checking(Repository.Catalog, null, Repository.Today).Check(null, configuration, options);

        var failures = Differences(result, expect).ToList();
        var unknown = result
            .Decision.Lineage.Works.SelectMany(w => w.Licenses)
            .SelectMany(l => l.Expression.Singles())
            .Select(s => s.Id)
            .Where(n => Repository.Catalog.Resolve(n) is not (Resolution.Known or Resolution.Ambiguous { Candidates.IsEmpty: false }))
            .Distinct()
            .ToList();
        Assert.SkipWhen(
            failures.Count > 0 && unknown.Count > 0,
            $"not in the catalog: {string.Join(", ", unknown)}; so far {string.Join("; ", failures)}"
        );
        Assert.Empty(failures);
    }

    private static IEnumerable<string> Differences(CheckResult result, JsonElement expect)
    {
        var codes = result.Findings.Select(f => f.Code).ToHashSet(StringComparer.Ordinal);
        var found = codes.Count > 0 ? string.Join(", ", codes) : "nothing";
        var wanted = Lines.Texts(expect, "findings");
        if (wanted.Count > 0 && !wanted.Any(codes.Contains))
        {
            yield return $"one of {string.Join(", ", wanted)} was expected, found {found}";
        }
        if (Lines.Texts(expect, "notFindings").Where(codes.Contains).ToList() is { Count: > 0 } excess)
        {
            yield return $"{string.Join(", ", excess)} was not to be found";
        }
        var verdict = Kebab.Of(result.Decision.Verdict);
        if (Lines.Texts(expect, "verdict") is { Count: > 0 } verdicts && !verdicts.Contains(verdict))
        {
            yield return $"{string.Join(" or ", verdicts)} was expected, the verdict is {verdict}";
        }
        foreach (var bound in expect.TryGetProperty("binds", out var binds) ? binds.EnumerateArray() : default)
        {
            var work = Lines.Text(bound, "work")!;
            var any = Lines.Texts(bound, "any");
            var names = Binding(result, work).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (!any.SelectMany(Canonical).Any(names.Contains))
            {
                yield return $"{work} was to be bound by {string.Join(" or ", any)}, is by {string.Join(", ", names)}";
            }
        }
    }

    private static IEnumerable<string> Binding(CheckResult result, string work) =>
        work == result.Decision.Lineage.Root
            ? result.Decision.Bindings.Select(b => b.Binding.Name)
            : result.Decision.BindingsOf(work).Select(b => b.Name);

    private static IEnumerable<string> Canonical(string name) =>
        Repository.Catalog.Resolve(name) switch
        {
            Resolution.Known known => [known.License.Id],
            Resolution.Ambiguous ambiguous => ambiguous.Candidates.Select(c => c.Id),
            _ => [name],
        };
}
