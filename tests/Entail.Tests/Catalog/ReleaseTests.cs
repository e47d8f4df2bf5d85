using Entail.Catalog;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Model;
using Xunit;

namespace Entail.Tests.Catalog;

/// <summary>Earlier releases can be asked, and compared with what the catalog says now.</summary>
public sealed class ReleaseTests
{
    private static CompiledCatalog First => CompiledCatalog.Unpack(EmbeddedCatalog.Release("2026.11.1"));

    [Fact]
    public void Every_release_but_the_newest_is_kept()
    {
        foreach (var release in Repository.Catalog.Releases.Skip(1))
        {
            var kept = CompiledCatalog.Unpack(EmbeddedCatalog.Release(release.Version));
            Assert.Equal(release, kept.Releases[0]);
            Assert.NotEmpty(kept.Licenses);
            Assert.NotEmpty(kept.Models);
        }
    }

    // What was given out under a version stays what it is.
    [Fact]
    public void A_kept_release_is_as_it_was_given_out() =>
        Assert.Equal("sha256:f3ac2c711b0f8379e9bd837253c3de966e05ddd3226051351079d026cb787e3d", First.Digest);

    [Fact]
    public void A_catalog_does_not_differ_from_itself()
    {
        var none = CatalogDifference.Between(Repository.Catalog, Repository.Catalog, Repository.Today);
        Assert.Empty(none.Added);
        Assert.Empty(none.Removed);
        Assert.Empty(none.Changed);
        Assert.Empty(none.Names);
        Assert.Empty(none.ModelsAdded);
        Assert.Empty(none.ModelsRemoved);
        Assert.Empty(none.ModelsChanged);
    }

    [Fact]
    public void A_rule_that_is_gone_is_told_with_the_verdicts_that_it_changes()
    {
        var mit = Repository.Catalog.Find("mit")!;
        var rule = mit.Rules.Single(r => r.Effect is Effect.Grant && r.Acts.Contains(Act.FineTune));
        var changed = CompiledCatalog.Load(Repository.Source.CompileWith(mit with { Rules = mit.Rules.Remove(rule) }));

        var difference = CatalogDifference.Between(Repository.Catalog, changed, Repository.Today);

        var license = Assert.Single(difference.Changed);
        Assert.Equal("mit", license.After.Id);
        Assert.Equal(rule.Id, Assert.Single(license.Removed).Id);
        Assert.Empty(license.Added);
        Assert.Contains(license.Verdicts, v => v.Act.StartsWith("fine-tune", StringComparison.Ordinal) && v.After != v.Before);
        var back = Assert.Single(CatalogDifference.Between(changed, Repository.Catalog, Repository.Today).Changed);
        Assert.Equal(rule.Id, Assert.Single(back.Added).Id);
    }

    [Fact]
    public void A_license_that_was_added_is_told()
    {
        var difference = CatalogDifference.Between(First, Repository.Catalog, Repository.Today);
        Assert.Equal(Repository.Catalog.LicenseIds.Except(First.LicenseIds), difference.Added.Select(l => l.Id));
        Assert.Empty(difference.Removed);
    }

    // Gemma's terms changed on 2025-03-24: before, the tag could only mean those of 2024.
    [Theory]
    [InlineData("2024-12-31", "gemma-2024")]
    [InlineData("2025-03-24", "gemma-2025")]
    public void A_tag_means_the_texts_there_were_on_the_day(string day, string expected) =>
        Assert.Equal(
            expected,
            Assert.Single(Repository.Catalog.Candidates("gemma", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))).Id
        );
}
