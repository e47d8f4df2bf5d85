using Entail.Audit;
using Entail.Core.Model;

namespace Entail.Tests.Audit;

/// <summary>An audit of what changed since an earlier one is an audit of all there is then.</summary>
public sealed class SinceTests : IDisposable
{
    private readonly Folder earlier = new();
    private readonly Folder later = new();

    public void Dispose()
    {
        earlier.Dispose();
        later.Dispose();
    }

    [Theory]
    [InlineData(600, 90)]
    [InlineData(300, 299)]
    [InlineData(40, 500)]
    public void What_changed_comes_out_as_one_run_over_all_records_as_they_are_then(int before, int changed)
    {
        var expected = MadeHub.Outputs(new JoinedRecords(Read(later, changed)).With(Read(earlier, before)).Select(r => r.Record), ["all"]);
        var auditing = new Auditing(Repository.Catalog, Repository.Today);

        var (result, changes) = auditing.Since(Read(earlier, before), Read(later, changed), null);

        Assert.Equal(expected, MadeHub.Outputs(auditing, result, ["all"]));
        Assert.Equal(Read(later, changed).Count(r => r.Shape is not null), changes.Records);
        Assert.InRange(changes.Decided, 1, result.Decisions.Count);
        Assert.NotEmpty(changes.Verdicts);
    }

    [Fact]
    public void One_license_changes_what_it_reaches_and_nothing_else()
    {
        earlier.Write(
            "hub.jsonl",
            """
            {"id":"a/base","tags":["license:mit"]}
            {"id":"a/tune","tags":["license:apache-2.0","base_model:finetune:a/base"]}
            {"id":"a/quant","tags":["license:apache-2.0","base_model:quantized:a/tune"]}
            {"id":"b/other","tags":["license:apache-2.0"]}
            """
        );
        later.Write("changed.jsonl", """{"id":"A/base","tags":["license:cc-by-nc-4.0"]}""");
        IReadOnlyList<ParsedRecord> Of(Folder folder, string name) =>
            [.. MadeHub.Reading(Share.Whole).Records([Path.Combine(folder.Path, name)]).Select(r => r.Record)];

        var (_, changes) = new Auditing(Repository.Catalog, Repository.Today).Since(
            Of(earlier, "hub.jsonl"),
            Of(later, "changed.jsonl"),
            null
        );

        Assert.Equal((1, 3), (changes.Records, changes.Decided));
        Assert.Contains((Verdict.PermittedWithDuties, Verdict.Unclear, 3), changes.Verdicts.Select(v => (v.From!.Value, v.To, v.Count)));
    }

    private static List<ParsedRecord> Read(Folder folder, int records) =>
        [.. MadeHub.Reading(Share.Whole).Records(MadeHub.Write(folder, records)).Select(r => r.Record)];
}
