using System.Security.Cryptography;
using Entail.Catalog;
using Entail.Core.Identify;

namespace Entail.Tests.Catalog;

/// <summary>
/// The catalog against the texts it speaks of, where the machine has them: the file, its length in words, and the fingerprints made from both.
/// </summary>
public sealed class ReferenceTextTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Documents =>
        Repository.Catalog.LicenseIds.SelectMany(id =>
            Repository.Catalog.Find(id)!.Documents.Where(d => d.ReadOn is null).Select(d => new TheoryDataRow<string, string>(id, d.Id))
        );

    [Theory, MemberData(nameof(Documents))]
    public void A_document_is_the_reference_text_it_names(string license, string document)
    {
        var folder = Shared.Require("license-texts");
        var known = Repository.Catalog.Find(license)!.Documents.Single(d => d.Id == document);
        var file = new[] { known.TextKey, $"reference/{known.TextKey}", $"ai-extra/{known.TextKey}" }
            .Select(k => Path.Combine(folder, $"{k}.txt"))
            .FirstOrDefault(File.Exists);
        Assert.True(file is not null, $"there is no text {known.TextKey}");
        var bytes = File.ReadAllBytes(file);

        Assert.Equal(known.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(Normalization.Version, known.Normalization);
        Assert.Equal(known.Words, Normalization.Words(File.ReadAllText(file)).Count);
        Assert.Equal(0, known.Clauses[0].Start);
        Assert.Equal(known.Words, known.Clauses[^1].End);
    }

    [Fact]
    public void The_fingerprints_are_those_of_the_texts()
    {
        var folder = Shared.Require("license-texts");

        var current = FingerprintBuilder.Build(folder, TextWriter.Null);

        Assert.True(
            File.ReadAllBytes(Path.Combine(Repository.CatalogFolder, "fingerprints.bin")).AsSpan().SequenceEqual(current),
            "catalog/fingerprints.bin is out of date: run `tasks fingerprints catalog TEXTS`"
        );
    }

    [Theory, MemberData(nameof(Documents))]
    public void A_document_is_in_the_index_with_the_words_its_clauses_are_counted_in(string license, string document)
    {
        var known = Repository.Catalog.Find(license)!.Documents.Single(d => d.Id == document);
        var text = FingerprintIndex.Load(EmbeddedCatalog.Fingerprints()).Find(known.TextKey);
        Assert.Equal((known.Words, known.Sha256), (text!.Words, text.Sha256));
    }
}
