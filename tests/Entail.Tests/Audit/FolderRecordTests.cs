using Entail.Audit;
using Entail.Core;
using Entail.Core.Model;

namespace Entail.Tests.Audit;

/// <summary>Works in folders as records: what their files declare, what their texts say, and what a record cannot carry.</summary>
public sealed class FolderRecordTests : IDisposable
{
    private readonly Folder folder = new("hub");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_folder_with_something_of_a_model_is_a_work_by_its_path()
    {
        folder.Write("lab/model/config.json", "{}");
        folder.Write("lab/model/onnx/config.json", "{}");
        folder.Write("lab/notes/todo.txt", "");
        folder.Write("lab/.git/README.md", "");
        folder.Write("lab--other/README.md", "");
        folder.Write("bare/LICENSE", "");
        folder.Write("models--org--kept/snapshots/1/README.md", "");
        folder.Write("a/b/c/README.md", "");

        Assert.Equal(["bare", "lab/model", "lab/other", "org/kept"], Records().Select(r => r.Id));
    }

    [Fact]
    public void A_text_speaks_where_nothing_is_declared_and_beside_a_declaration_that_it_belies()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "LICENSE"));
        folder.Write("lab/belied/README.md", "---\nlicense: apache-2.0\nbase_model: lab/base\n---\n");
        folder.Write("lab/belied/LICENSE", text);
        folder.Write("lab/changed/README.md", "---\nlicense: mit\nbase_model: lab/base\n---\n");
        folder.Write("lab/changed/LICENSE", text + "\nCommercial use is not permitted.\n");
        folder.Write("lab/silent/README.md", "---\nbase_model: lab/base\n---\n");
        folder.Write("lab/silent/LICENSE", text);
        folder.Write("lab/true/README.md", "---\nlicense: mit\nbase_model: lab/base\n---\n");
        folder.Write("lab/true/LICENSE", text);

        var records = Records();

        Assert.Equal(
            ["apache-2.0 mit", "mit", "mit", "mit"],
            records.Select(r => string.Join(' ', r.Shape!.Like.Licenses.Select(l => l.Claim.Value)))
        );
        Assert.StartsWith("a work holds the text of another license", Assert.Single(records[0].Problems), StringComparison.Ordinal);
        Assert.StartsWith("the text of a license in a work was changed", Assert.Single(records[1].Problems), StringComparison.Ordinal);
        Assert.Empty(records[2].Problems);
        Assert.Empty(records[3].Problems);
    }

    [Fact]
    public void The_text_of_a_base_is_no_contradiction()
    {
        folder.Write("lab/tuned/README.md", "---\nlicense: apache-2.0\nbase_model: deepseek-ai/DeepSeek-R1\n---\n");
        folder.Write("lab/tuned/LICENSE", File.ReadAllText(Path.Combine(Repository.Root, "LICENSE")));

        var record = Assert.Single(Records());

        Assert.Equal(["apache-2.0"], record.Shape!.Like.Licenses.Select(l => l.Claim.Value));
        Assert.Equal(["deepseek-ai/DeepSeek-R1"], record.Names);
        Assert.Equal(Act.FineTune, record.Shape.Steps[0].Act);
        Assert.Empty(record.Problems);
    }

    [Fact]
    public void What_says_nothing_of_its_base_counts_as_a_record_that_says_nothing_and_is_counted()
    {
        folder.Write("lab/bare/README.md", "---\nlicense: mit\n---\n");

        var record = Assert.Single(Records());

        Assert.Empty(record.Shape!.Steps);
        Assert.StartsWith(
            "the files of a work do not tell what it was made from",
            Assert.Single(record.Problems),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_several_licenses_that_a_text_may_be_none_is_picked()
    {
        PartLicense May(string license, string file) =>
            new(
                Part.Weights,
                LicenseExpression.Parse(license),
                new Claim(license, new Evidence(file, 1, null, null, null, EvidenceSource.Identified)),
                Candidate: true
            );
        var work = new LinkedWork(
            "lab/open",
            "model",
            WorkOrigin.Folder,
            [May("llama-2", "LICENSE"), May("llama-3", "LICENSE"), May("mit", "LICENSE-2")],
            [],
            Facts.None,
            null,
            null
        );

        var record = FolderRecord.Of(new ReadWork(new Lineage([work], work.Id, []), [], []), Repository.Catalog);

        Assert.Equal(["one of llama-2, llama-3", "mit"], record.Shape!.Like.Licenses.Select(l => l.Claim.Value));
        Assert.Equal("one of llama-2, llama-3", LicenseExpression.Parse("one of llama-2, llama-3").ToString());
        Assert.Null(Repository.Catalog.Find("one of llama-2, llama-3"));
    }

    [Fact]
    public void A_component_has_a_name_that_no_other_work_has()
    {
        folder.Write("lab/pipe/model_index.json", """{"vae":["diffusers","AutoencoderKL"]}""");
        folder.Write("lab/pipe/vae/config.json", "{}");
        folder.Write("lab/pipe/vae/LICENSE", File.ReadAllText(Path.Combine(Repository.Root, "LICENSE")));

        Assert.Equal(["lab/pipe/vae"], Assert.Single(Records()).Names);
    }

    private List<ParsedRecord> Records() => [.. MadeHub.Reading(Share.Whole).Records([folder.Path]).Select(r => r.Record)];
}
