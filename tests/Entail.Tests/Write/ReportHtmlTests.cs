using System.Text.RegularExpressions;
using System.Xml.Linq;
using Entail.Catalog;
using Entail.Core;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;
using Entail.Core.Write;

namespace Entail.Tests.Write;

/// <summary>The report as a web page: whole, in both languages, loading nothing, and deaf to what files would make of it.</summary>
public sealed class ReportHtmlTests
{
    private static readonly Identifier Identifier = new(FingerprintIndex.Load(EmbeddedCatalog.Fingerprints()), Repository.Catalog);

    [Fact]
    public void The_page_loads_nothing_and_runs_one_script()
    {
        var page = Page(Example("deepseek-fine-tune-relabeled"));

        Assert.Single(Regex.Matches(page, "<script"));
        Assert.DoesNotMatch("(src|srcset|data|action)=\"", page);
        Assert.DoesNotMatch("href=\"(?!#)", page);
        Assert.Contains("default-src &#39;none&#39;", page.Replace("'", "&#39;", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_stands_in_both_languages()
    {
        var body = Body(Page(Example("llama-quantized-unprefixed")));
        var panes = body.Elements("main").ToList();

        Assert.Equal(["en", "zh"], panes.Select(p => (string)p.Attribute("lang")!));
        Assert.Single(panes, p => p.Attribute("hidden") is not null);
        Assert.Equal(panes[0].Elements("section").Count(), panes[1].Elements("section").Count());
        Assert.Equal(panes[0].Descendants("article").Count(), panes[1].Descendants("article").Count());
        // Each sentence of a finding is said anew in Chinese.
        Assert.Empty(Sentences(panes[0]).Intersect(Sentences(panes[1])));
    }

    [Fact]
    public void Links_within_the_page_lead_somewhere()
    {
        var body = Body(Page(Example("merge-of-two-families")));
        var ids = body.Descendants().Attributes("id").Select(a => a.Value).ToHashSet(StringComparer.Ordinal);

        Assert.All(body.Descendants("a").Attributes("href"), h => Assert.Contains(h.Value[1..], ids));
        Assert.Equal(ids.Count, body.Descendants().Attributes("id").Count());
    }

    [Fact]
    public void What_a_file_says_is_text_wherever_it_is_shown()
    {
        const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=y>\u202e\u0007";
        using var folder = new Folder("evil");
        folder.Write(
            "README.md",
            $"---\nlicense: {System.Text.Json.JsonSerializer.Serialize(Evil)}\nmodel_name: '<b>x</b>'\nbase_model: meta-llama/Llama-3.1-8B\n---\n# {Evil}\n"
        );
        folder.Write("LICENSE-<i>.txt", "Permission is hereby granted, free of charge, to any person obtaining a copy");

        var page = Page(folder.Path);

        Assert.Single(Regex.Matches(page, "<script"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain('\u0007', page);
        Body(page);
    }

    [Fact]
    public void The_same_report_is_the_same_page()
    {
        var folder = Example("merge-of-two-families");

        Assert.Equal(Page(folder), Page(folder));
    }

    [Fact]
    public void A_part_with_a_license_of_its_own_has_a_verdict_of_its_own()
    {
        using var folder = new Folder("parts");
        folder.Write("README.md", "---\nlicense: deepseek\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\n---\n");
        folder.Write(
            "entail.yaml",
            "works: [{id: parts, path: ., licenses: {code: cc-by-nd-4.0, data: mit}}]\nship: {work: parts, acts: [distribute, sell]}"
        );

        var result = Result(folder.Path);

        Assert.Equal([Part.Weights, Part.Code, Part.Data], result.Parts.Select(p => p.Part));
        Assert.Equal(result.Decision.Verdict, result.Parts[0].Verdict);
        Assert.Equal(Verdict.PermittedWithDuties, result.Parts[2].Verdict);
    }

    [Fact]
    public void Boxes_never_overlap_and_every_step_between_them_is_drawn()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var lineage = Lineage(new Random(seed));
            var drawing = new LineageDrawing(lineage);
            var boxes = drawing.Boxes;
            Assert.Equal(Math.Min(lineage.Works.Length, LineageDrawing.MostWorks), boxes.Length);
            Assert.Equal(lineage.Works.Length - boxes.Length, drawing.Left);
            var apart = boxes.SelectMany(
                (a, i) =>
                    boxes.Take(i).Select(b => Math.Abs(a.X - b.X) >= LineageDrawing.Width || Math.Abs(a.Y - b.Y) >= LineageDrawing.Height)
            );
            Assert.All(apart, a => Assert.True(a, $"seed {seed}"));
            if (drawing.Left == 0)
            {
                Assert.Equal(lineage.Works.Sum(w => w.Steps.Length), drawing.Steps.Length);
            }
            var at = boxes.ToDictionary(b => b.Work.Id, b => b.X, StringComparer.Ordinal);
            Assert.All(drawing.Steps, s => Assert.True(at[s.From] + LineageDrawing.Width < at[s.To], $"seed {seed}"));
        }
    }

    // Works in order, each made from some of those before it; the last one is shipped, and all lead to it.
    private static Lineage Lineage(Random random)
    {
        var count = random.Next(1, 90);
        var at = new Evidence("x", null, null, null, null, EvidenceSource.Configured);
        var works = Enumerable
            .Range(0, count)
            .Select(i => new LinkedWork(
                $"w{i}",
                "model",
                WorkOrigin.Configured,
                [],
                [
                    .. Enumerable
                        .Range(0, i)
                        .Where(j => i == count - 1 ? j == i - 1 : j == i - 1 || random.Next(8) == 0)
                        .Select(j => new LinkedStep($"w{j}", Act.Merge, $"w{i}", false, null, Facts.None, at)),
                ],
                Facts.None,
                null,
                null
            ));
        return new Lineage([.. works], $"w{count - 1}", []);
    }

    private static IEnumerable<string> Sentences(XElement pane) =>
        pane.Descendants("article").Select(a => a.Element("h3")!.Value).Concat(pane.Descendants("h2").Select(h => h.Value));

    private static string Example(string name) => System.IO.Path.Combine(Repository.Root, "examples", name);

    private static CheckResult Result(string folder)
    {
        var file = System.IO.Path.Combine(folder, "entail.yaml");
        var configuration = File.Exists(file) ? ConfigurationReader.Read(file, Repository.Catalog.Taxonomy) : null;
        return new Checking(Repository.Catalog, Identifier, Repository.Today).Check(
            StoredWork.In(folder),
            configuration,
            new CheckOptions([], null, Facts.None, null)
        );
    }

    private static string Page(string folder) =>
        new ReportHtml(Repository.Catalog, Repository.Today, (_, _) => null).Page(Result(folder), Lang.En);

    // Written so that it is XML too, but for the elements without an end.
    private static XElement Body(string page)
    {
        var body = page[
            page.IndexOf("<body>", StringComparison.Ordinal)..(page.IndexOf("</body>", StringComparison.Ordinal) + "</body>".Length)
        ];
        return XElement.Parse(
            Regex.Replace(body, "<script>.*?</script>", "", RegexOptions.Singleline).Replace("<br>", "<br/>", StringComparison.Ordinal)
        );
    }
}
