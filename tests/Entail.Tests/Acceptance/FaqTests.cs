using Entail.Core;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Acceptance;

/// <summary>Questions that licensors answered themselves. A license the catalog lacks must come out as that, never as a guess.</summary>
public sealed class FaqTests
{
    private const string File = "faq.jsonl";

    private static readonly Asking Asking = new(Repository.Catalog, Repository.Today);

    public static IEnumerable<TheoryDataRow<string?>> Ids => Lines.Ids(File);

    [Theory, MemberData(nameof(Ids))]
    public void The_answer_is_the_licensors(string? id)
    {
        var (line, one) = Lines.Require(File, id);
        var written = new QuestionReader(Repository.Catalog.Facts).Read(line, out _, out var message);
        Assert.True(written is not null, message);
        var names = Lines.Texts(one, "alias").Prepend(written.Asked);
        if (names.FirstOrDefault(n => Repository.Catalog.Resolve(n) is Resolution.Known) is not { } name)
        {
            Assert.Equal(Verdict.Unclear, Asking.Ask(written).Verdict);
            Assert.Contains(Asking.Ask(written).Unclear, u => u.Reason == UnclearReason.LicenseNotInCatalog);
            return;
        }
        Assert.SkipWhen(one.TryGetProperty("arguable", out _), $"sources disagree: {Lines.Text(one, "why")}");

        var answer = Asking.Ask(written with { Asked = name });

        var expect = one.GetProperty("expect");
        var duties = answer.Duties.Select(d => d.Owe.Duty).ToHashSet(StringComparer.Ordinal);
        Assert.Contains(Kebab.Of(answer.Verdict), Lines.Texts(expect, "verdict"));
        Assert.All(Lines.Texts(expect, "duties"), d => Assert.Contains(d.Split('|'), duties.Contains));
        Assert.All(Lines.Texts(expect, "noDuties"), d => Assert.DoesNotContain(d, duties));
    }
}
