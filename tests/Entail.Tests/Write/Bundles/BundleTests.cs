using System.Text;
using Entail.Catalog;
using Entail.Core;
using Entail.Core.Decide;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;
using Entail.Core.Write;
using Entail.Core.Write.Bundles;

namespace Entail.Tests.Write.Bundles;

/// <summary>What is cut from the texts of licenses, and what people's own files mean for a bundle. Real texts: skipped where there are none.</summary>
public sealed class BundleTests
{
    private static readonly Lazy<FingerprintIndex> Index = new(() => FingerprintIndex.Load(EmbeddedCatalog.Fingerprints().ToArray()));
    private static readonly Lazy<Identifier> Identifier = new(() => new Identifier(Index.Value, Repository.Catalog));

    public static IEnumerable<TheoryDataRow<string>> Restricting =>
        Repository
            .Catalog.Licenses.Where(l =>
                l.Rules.Any(r => r.Effect is Effect.Restrict)
                && l.Rules.Any(r => r.Effect is Effect.Owe { Duty: "pass-use-restrictions" or "bind-users" })
            )
            .Select(l => new TheoryDataRow<string>(l.Id));

    [Theory, MemberData(nameof(Restricting))]
    public void Restrictions_cut_from_a_copy_bind_word_for_word(string id)
    {
        using var folder = new Folder();
        var license = Repository.Catalog.Find(id)!;
        var card = $"---\nlicense: other\nlicense_name: acme-terms\nbase_model: lab/base\n---\n# Tuned\n";
        var result = Check(
            folder,
            card,
            $"works:\n- {{id: lab/base, kind: model, licenses: {id}}}\n- {{id: work, path: .}}\nship: {{work: work, acts: [host]}}\n"
        );
        Assert.SkipWhen(!result.Duties.Any(d => d.Owe.Duty == "bind-users"), "asks nothing of the users of a hosted work");

        var copies = Copies(folder, license);

        var bundle = new BundlePlan(Repository.Catalog, copies, Say(Lang.En)).Of(result, Names("README.md"), Names(), null);

        if (license.Documents.Any(d => d.ReadOn is not null))
        {
            Assert.All(bundle.Gaps, g => Assert.Contains("not at hand", g.Message.En, StringComparison.Ordinal));
            return;
        }
        var terms = Assert.Single(bundle.Files, f => f.Kind == BundleKind.Terms);
        var text = Encoding.UTF8.GetString(terms.Bytes.Span);
        Assert.True(copies.Binds(license, terms.Path, text));
        // Without one of its lines it does not: the last is the end of the last passage.
        Assert.False(copies.Binds(license, terms.Path, string.Join('\n', text.Split('\n')[..8])));
    }

    [Theory]
    [InlineData("apache-2.0", "NOTICE", true)] // the fixed words stand in nobody's file
    [InlineData("apache-2.0", "NOTICE-UPSTREAM", false)] // people have a notice of their own: ours stands beside it
    public void A_notice_of_people_stays(string declared, string expected, bool free)
    {
        using var folder = new Folder();
        var card = $"---\nlicense: {declared}\nbase_model: lab/base\n---\n# Tuned\n";
        if (!free)
        {
            folder.Write("NOTICE", "Mine.");
        }
        var result = Check(
            folder,
            card,
            "works:\n- {id: lab/base, kind: model, licenses: gemma-2025}\n- {id: work, path: .}\nship: {work: work}\n"
        );

        var bundle = new BundlePlan(Repository.Catalog, Copies(folder), Say(Lang.En)).Of(
            result,
            free ? Names("README.md") : Names("README.md", "NOTICE"),
            Names(),
            null
        );

        var notice = Assert.Single(bundle.Files, f => f.Kind == BundleKind.Notice);
        Assert.Equal(expected, notice.Path);
        Assert.Contains("Gemma is provided under", Encoding.UTF8.GetString(notice.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_that_is_owed_is_asked_for()
    {
        using var folder = new Folder();
        var result = Check(
            folder,
            "---\nlicense: gpl-3.0\nbase_model: lab/base\n---\n",
            "works:\n- {id: lab/base, kind: model, licenses: gpl-3.0-only}\n- {id: work, path: .}\nship: {work: work}\n"
        );
        var plan = new BundlePlan(Repository.Catalog, Copies(folder), Say(Lang.En));

        Assert.Contains(
            plan.Of(result, Names("README.md"), Names(), null).Gaps,
            g => g.Fix.En.Contains("--changed", StringComparison.Ordinal)
        );

        var dated = plan.Of(result, Names("README.md"), Names(), new DateOnly(2026, 3, 4));
        Assert.DoesNotContain(dated.Gaps, g => g.Fix.En.Contains("--changed", StringComparison.Ordinal));
        Assert.Contains(dated.Files, f => Encoding.UTF8.GetString(f.Bytes.Span).Contains("2026-03-04", StringComparison.Ordinal));
    }

    /// <summary>What a bundle and the repairs cannot do: another license, another name, a licensor's consent.</summary>
    private static readonly string[] Done =
    [
        "license-copy-missing",
        "changes-not-stated",
        "attribution-missing",
        "notice-missing",
        "brand-missing",
    ];

    [Theory, MemberData(nameof(Repository.LicenseRows), MemberType = typeof(Repository))]
    public void Bundle_and_repairs_do_all_that_a_file_can_do(string id)
    {
        var license = Repository.Catalog.Find(id)!;
        foreach (var (act, relation) in new[] { (Act.FineTune, "finetune"), (Act.Quantize, "quantized") })
        {
            using var folder = new Folder();
            var card =
                $"---\nlicense: other\nlicense_name: {id}\nbase_model: lab/base\nbase_model_relation: {relation}\n---\n# Tuned\n\nWritten by people.\n";
            var yaml =
                $"works:\n- {{id: lab/base, kind: model, licenses: {id}}}\n- {{id: work, path: .}}\nship: {{work: work, acts: [distribute, host]}}\n";
            var copies = Copies(folder, license);
            var changedOn = new DateOnly(2026, 3, 4);
            var before = Check(folder, card, yaml);

            var bundled = new BundleFolder(folder.Path);
            var bundle = new BundlePlan(Repository.Catalog, copies, Say(Lang.En)).Of(before, bundled.Theirs, bundled.Ours, changedOn);
            var files = bundled.Compare(bundle, Repository.Catalog, copies);
            var document = bundled.Document(bundle, files, Repository.Catalog, Say(Lang.En), changedOn);
            FileChange.Apply(folder.Path, bundled.Changes(files, document));
            var middle = Check(folder, card, yaml);
            var repairs = new RepairPlan(Repository.Catalog, Say(Lang.En)).Of(middle, folder.Path, changedOn);
            FileChange.Apply(folder.Path, [.. repairs.Select(r => r.Change)]);

            var after = Check(folder, File.ReadAllText(Path.Combine(folder.Path, "README.md")), yaml);
            var left = after.Findings.Where(f => Done.Contains(f.Code)).Select(f => $"{act.Name()}: {f.Code} {f.Params["words"]}").ToList();
            if (license.Documents.All(d => d.ReadOn is null))
            {
                Assert.Empty(left);
            }
            var lines = File.ReadAllLines(Path.Combine(folder.Path, "README.md")).ToList();
            Assert.All(card.TrimEnd().Split('\n'), l => Assert.Contains(l, lines)); // every line of theirs is there still
            // No finding comes of what was written.
            Assert.Empty(after.Findings.Select(f => f.Code).Except(before.Findings.Select(f => f.Code)));
            // Once more, nothing changes.
            Assert.Empty(new RepairPlan(Repository.Catalog, Say(Lang.En)).Of(after, folder.Path, changedOn));
            var again = new BundleFolder(folder.Path);
            var second = new BundlePlan(Repository.Catalog, copies, Say(Lang.En)).Of(after, again.Theirs, again.Ours, changedOn);
            var states = again.Compare(second, Repository.Catalog, copies);
            Assert.All(states, f => Assert.Equal((f.File.Path, BundleState.Current), (f.File.Path, f.State)));
            Assert.Empty(again.Changes(states, again.Document(second, states, Repository.Catalog, Say(Lang.En), changedOn)));
        }
    }

    private static HashSet<string> Names(params string[] names) => new(names, StringComparer.Ordinal);

    private static Entail.Core.Explain.Phrases Say(Lang lang) => new(Repository.Catalog, lang);

    private static LicenseCopies Copies(Folder folder, params License[] held)
    {
        var store = new TextStore(Path.Combine(folder.Path, "texts"), Identifier.Value, Index.Value, Repository.Catalog);
        foreach (var document in held.SelectMany(l => l.Documents).Where(d => d.ReadOn is null))
        {
            var bytes = Encoding.UTF8.GetBytes(RealCheck.Text(document.TextKey));
            Assert.True(store.Add(store.Recognize(OpenedFile.Of(document.TextKey, bytes, truncated: false))!));
        }
        return new LicenseCopies(Repository.Catalog, Identifier.Value, Index.Value, store, [], null);
    }

    private static CheckResult Check(Folder folder, string card, string yaml)
    {
        folder.Write("README.md", card);
        var configuration = ConfigurationReader.Parse(yaml, "entail.yaml", Repository.Catalog.Taxonomy);
        Assert.Empty(configuration.Problems.Select(p => p.Message.En));
        return new Checking(Repository.Catalog, Identifier.Value, Repository.Today).Check(
            StoredWork.In(folder.Path),
            configuration,
            new CheckOptions([], null, Facts.None, null)
        );
    }
}
