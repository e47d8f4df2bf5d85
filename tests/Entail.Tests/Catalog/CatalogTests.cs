using Entail.Core.Catalog;
using Entail.Core.Model;
using Entail.Tasks;
using Entail.Tasks.Sources;

namespace Entail.Tests.Catalog;

/// <summary>The catalog of this repository is sound, complete in both languages, and tested rule by rule.</summary>
public sealed class CatalogTests
{
    [Fact]
    public void The_catalog_has_no_problems() => Assert.Empty(Repository.Source.Problems.Concat(Repository.Source.UnusedStrengths()));

    [Fact]
    public void Every_case_comes_out_as_expected()
    {
        var problems = new List<CatalogProblem>();
        var failures = CasesTask.Failures(Repository.Source, Repository.CatalogFolder, null, problems);
        Assert.Empty(problems);
        Assert.Empty(failures.Select(f => $"{f.License} {f.Case.Id} (line {f.Case.Line}): {string.Join("; ", f.Differences)}"));
    }

    [Theory, MemberData(nameof(Repository.LicenseRows), MemberType = typeof(Repository))]
    public void Deleting_any_rule_makes_a_case_fail(string id) =>
        Assert.Empty(
            CasesTask
                .Survivors(Repository.Source, Repository.CatalogFolder, Repository.Source.Licenses.Single(l => l.Id == id))
                .Select(r => r.Id)
        );

    [Theory, MemberData(nameof(Repository.LicenseRows), MemberType = typeof(Repository))]
    public void A_license_has_its_cases_each_with_its_own_name_and_clauses(string id)
    {
        // Published terms of a few sentences give fewer questions than a text.
        var least = Repository.Catalog.Find(id)!.Documents.Any(d => d.ReadOn is not null) ? 5 : 10;
        var cases = CaseSource.Read(Repository.CatalogFolder, id, Repository.Catalog.Facts, []);
        Assert.True(cases.Length >= least, $"{cases.Length} cases");
        Assert.Equal(cases.Length, cases.Select(c => c.Id).Distinct().Count());
        var clauses = Repository.Catalog.Find(id)!.Documents.SelectMany(d => d.Clauses).Select(c => c.Id).ToHashSet();
        Assert.All(
            cases,
            c =>
            {
                Assert.NotEmpty(c.Clauses);
                Assert.Empty(c.Clauses.Except(clauses));
            }
        );
    }

    [Theory, MemberData(nameof(Repository.LicenseRows), MemberType = typeof(Repository))]
    public void Everything_is_said_in_English_and_in_Chinese(string id)
    {
        var license = Repository.Catalog.Find(id)!;
        var texts = license
            .Rules.Select(r => (Where: r.Id, r.Summary))
            .Concat(license.Documents.SelectMany(d => d.Clauses).Select(c => (Where: c.Id, c.Summary)))
            .Append(("name", license.Name with { Zh = license.Name.Zh + " " })); // a name may be the same in both
        foreach (var (where, summary) in texts)
        {
            Assert.False(string.IsNullOrWhiteSpace(summary.En) || string.IsNullOrWhiteSpace(summary.Zh), $"{where} lacks a language");
            Assert.False(summary.En == summary.Zh, $"{where} says `{summary.En}` in both languages");
        }
        Assert.All(license.Rules, r => Assert.False(r.Summary.En.Any(c => c >= 0x4E00), $"{r.Id}: Chinese in the English summary"));
        Assert.All(license.Rules, r => Assert.True(r.Summary.Zh.Any(c => c >= 0x4E00), $"{r.Id}: no Chinese in the Chinese summary"));
    }

    [Fact]
    public void A_compiled_catalog_says_what_its_sources_say()
    {
        var loaded = CompiledCatalog.Load(Repository.Source.Compile());
        Assert.Equal(Repository.Source.Licenses.Select(l => l.Id), loaded.LicenseIds);
        Assert.All(Repository.Source.Licenses, l => Assert.Equal(Structure.Of(l), Structure.Of(loaded.Find(l.Id))));
        Assert.Equal(Structure.Of(Repository.Source.Taxonomy), Structure.Of(loaded.Taxonomy));
        Assert.All(Repository.Source.Models, m => Assert.Equal(Structure.Of(m), Structure.Of(loaded.FindModel(m.Id))));
        Assert.All(Repository.Source.Names, n => Assert.Equal(n.Value, loaded.Find(n.Key)?.Id));
    }

    [Fact]
    public void Compiling_twice_gives_the_same_bytes()
    {
        var again = CatalogSource.Read(Repository.CatalogFolder);
        Assert.Equal(Repository.Source.Compile(), again.Compile());
        Assert.Equal(Repository.Catalog.Digest, CompiledCatalog.Load(again.Compile()).Digest);
    }

    [Fact]
    public void The_order_of_licenses_does_not_change_the_bytes()
    {
        var source = Repository.Source;
        var reversed = CompiledCatalog.Compile(
            source.Releases,
            source.Taxonomy,
            [.. source.Licenses.Reverse()],
            source.Names,
            [.. source.Models.Reverse()]
        );
        Assert.Equal(source.Compile(), reversed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(16)]
    public void Bytes_that_are_no_catalog_are_refused(int length) => Assert.ThrowsAny<IOException>(() => Refuse(new byte[length]));

    // Too short is an end of stream, otherwise invalid data; both tell the caller that the input is at fault.
    private static void Refuse(byte[] bytes)
    {
        try
        {
            CompiledCatalog.Load(bytes);
        }
        catch (InvalidDataException problem)
        {
            throw new IOException(problem.Message, problem);
        }
    }

    [Fact]
    public void A_license_is_found_by_every_name_in_any_case()
    {
        foreach (var (name, id) in Repository.Source.Names)
        {
            Assert.Equal(id, Repository.Catalog.Find(name.ToUpperInvariant())?.Id);
            Assert.Equal(id, Assert.IsType<Resolution.Known>(Repository.Catalog.Resolve($" {name} ")).License.Id);
        }
    }

    [Fact]
    public void A_name_nearly_right_gets_advice()
    {
        var id = Repository.Catalog.LicenseIds.First(i => i.Length > 5);
        var unknown = Assert.IsType<Resolution.Unknown>(Repository.Catalog.Resolve(id + "x"));
        Assert.Contains(id, unknown.Nearest);
    }
}
