using Entail.Core.Identify;

namespace Entail.Tests.Identify;

public sealed class FingerprintIndexTests
{
    [Fact]
    public void A_text_is_found_by_its_key_and_its_SPDX_id()
    {
        var text = Made.Index.Find("orchard")!;
        Assert.Equal(("orchard", "Orchard-1.0"), (text.Key, text.Spdx));
        Assert.Equal(Normalization.Words(Made.Orchard).Count, text.Words);
        Assert.Equal(64, text.Sha256.Length);
        Assert.Equal(text, Made.Index.FindSpdx("orchard-1.0"));
        Assert.Null(Made.Index.Find("Orchard"));
        Assert.Null(Made.Index.FindSpdx(""));
    }

    [Fact]
    public void The_same_texts_give_the_same_bytes() => Assert.Equal(Made.Build(), Made.Build());

    [Fact]
    public void Texts_with_the_same_words_are_a_class() =>
        Assert.Equal(["echo", "harbor-text"], Assert.Single(Made.Index.Classes()).Select(text => text.Key));

    [Fact]
    public void Other_bytes_are_refused()
    {
        var bytes = Made.Build();
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Load(Array.Empty<byte>()));
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Load(new byte[100]));
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Load(bytes.AsMemory(0, bytes.Length / 2)));
        bytes[4]++;
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Load(bytes));
    }

    [Fact]
    public void A_listed_text_without_a_file_is_reported()
    {
        using var folder = new Folder();
        folder.Write("reference.tsv", "key\tspdx\nknown\t\nabsent\t\n");
        folder.Write("ai-extra.tsv", "key\n");
        folder.Write("reference/known.txt", "three short words");
        using var report = new StringWriter();
        Assert.Equal(1, FingerprintIndex.Load(FingerprintBuilder.Build(folder.Path, report)).Count);
        Assert.Equal("no file: absent", report.ToString().Trim());
    }
}
