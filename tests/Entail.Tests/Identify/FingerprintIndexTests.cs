using Entail.Core.Identify;

namespace Entail.Tests.Identify;

public sealed class FingerprintIndexTests
{
    [Fact]
    public void A_text_is_found_by_its_key_and_its_SPDX_id()
    {
        var text = Made.Index.Find("orchard")!;
        Assert.Equal(("orchard", null, "Orchard-1.0"), (text.Id, text.License, text.Spdx));
        Assert.Equal(Normalization.Words(Made.Orchard).Count, text.Words);
        Assert.Equal(64, text.Sha256.Length);
        Assert.Equal(text, Made.Index.FindSpdx("orchard-1.0"));
        Assert.Equal(("harbor", "agreement"), (Made.Index.Find("harbor-text")!.License, Made.Index.Find("harbor-text")!.Document));
        Assert.Null(Made.Index.Find("Orchard"));
        Assert.Null(Made.Index.FindSpdx(""));
    }

    [Fact]
    public void The_same_texts_give_the_same_bytes() => Assert.Equal(Made.Build(), Made.Build());

    [Fact]
    public void A_stream_is_read_from_where_it_stands()
    {
        using var stream = new MemoryStream([1, 2, .. Made.Build()]);
        stream.Position = 2;
        Assert.Equal(Made.Index.Count, FingerprintIndex.Load(stream).Count);
    }

    [Fact]
    public void Other_bytes_are_refused()
    {
        var bytes = Made.Build();
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Load([]));
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Load(new byte[100]));
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Load(bytes[..(bytes.Length / 2)]));
        bytes[4]++;
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Load(bytes));
    }

    [Theory]
    [InlineData("nowhere", 0, 1)]
    [InlineData("known", 0, 4)]
    [InlineData("known", -1, 1)]
    [InlineData("known", 2, 1)]
    public void A_catalog_that_does_not_fit_the_texts_is_refused(string key, int start, int end)
    {
        var folder = Directory.CreateTempSubdirectory("entail-texts-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "reference"));
            File.WriteAllText(Path.Combine(folder.FullName, "reference.tsv"), "key\tspdx\nknown\t\nabsent\t\n");
            File.WriteAllText(Path.Combine(folder.FullName, "ai-extra.tsv"), "key\n");
            File.WriteAllText(Path.Combine(folder.FullName, "reference", "known.txt"), "three short words");
            using var report = new StringWriter();
            CatalogText[] catalog = [new(key, "some", "agreement", "some", () => [new ClauseSpan("1", start, end)])];
            Assert.Throws<InvalidDataException>(() => FingerprintBuilder.Build(folder.FullName, catalog, report));
            Assert.Equal("no file: absent", report.ToString().Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
