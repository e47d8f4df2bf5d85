using System.Text.Json.Nodes;
using Entail.Catalog;
using Entail.Core.Explain;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Write;
using Entail.Tests.Contract;
using Entail.Tests.Identify;

namespace Entail.Tests.Explain;

/// <summary>
/// What is said of every kind of result of identifying, word for word. After a change of wording that is meant, run
/// <c>ENTAIL_ACCEPT=1 ./test --fast --filter IdentifyPage</c> and read the diff.
/// </summary>
public sealed class IdentifyPageTests
{
    private static readonly FingerprintIndex Index = FingerprintIndex.Load(EmbeddedCatalog.Fingerprints());
    private static readonly IdentifyFindings Judge = new(Repository.Catalog, Index);

    [Theory]
    [InlineData(Lang.En, "identify.txt")]
    [InlineData(Lang.Zh, "identify.zh.txt")]
    public void The_page_of_each_kind_of_file_is_as_expected(Lang lang, string expected)
    {
        var say = new Phrases(Repository.Catalog, lang);
        var page = new IdentifyPage(Repository.Catalog, Index, say, Words);
        var lines = MadeFiles.All.SelectMany(file => page.Of(file).Append(Line.Empty)).ToList();
        Compare(expected, string.Concat(lines.Append(page.Summary([.. MadeFiles.All.Select(Status)])).Select(line => line + "\n")));
    }

    [Theory]
    [InlineData(Lang.En)]
    [InlineData(Lang.Zh)]
    public void Its_document_keeps_to_the_schema(Lang lang)
    {
        var document = Document(new Phrases(Repository.Catalog, lang));
        Assert.Empty(SchemaValidator.Problems(SchemaTests.All["identify"], JsonNode.Parse(document)));
    }

    [Fact]
    public void Its_document_is_as_expected() =>
        Compare(
            "identify.json",
            Document(new Phrases(Repository.Catalog, Lang.En)).Replace(Repository.Catalog.Digest, "…", StringComparison.Ordinal) + "\n"
        );

    [Fact]
    public void Every_line_but_a_name_or_a_summary_fits_a_screen()
    {
        var page = new IdentifyPage(Repository.Catalog, Index, new Phrases(Repository.Catalog, Lang.En), Words);
        var quoted = MadeFiles.All.SelectMany(page.Of).Select(line => line.ToString()).Where(line => line.TrimStart().StartsWith('“'));
        Assert.All(quoted, line => Assert.InRange(line.Length, 1, 100));
    }

    [Fact]
    public void The_words_that_are_missing_are_quoted_only_where_the_user_holds_them()
    {
        var say = new Phrases(Repository.Catalog, Lang.En);
        var with = string.Concat(new IdentifyPage(Repository.Catalog, Index, say, Words).Of(MadeFiles.All[1]));
        var without = string.Concat(new IdentifyPage(Repository.Catalog, Index, say, (_, _) => null).Of(MadeFiles.All[1]));
        Assert.Contains("“the very words”", with, StringComparison.Ordinal);
        Assert.Contains("5 words taken out", without, StringComparison.Ordinal);
    }

    private static string Document(Phrases say)
    {
        var write = new IdentifyWriter(Repository.Catalog, say, Words);
        return DocumentWriter.Json(write.Document([.. MadeFiles.All.Select(file => write.File(file, Status(file)))]), indented: true);
    }

    private static string? Words(LicenseMatch match, Removal removal) => removal.Start is null ? null : "the very words";

    private static Core.IdentifyStatus Status(Core.IdentifiedFile file) => IdentifyFindings.Status([.. Judge.Of(file)]);

    private static void Compare(string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", "Entail.Tests", "Explain", "expected", name);
        if (Accepting.IsOn)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        Assert.True(File.Exists(path), $"there is no {path}; run ENTAIL_ACCEPT=1 ./test --fast --filter IdentifyPage");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
