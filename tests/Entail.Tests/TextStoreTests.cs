using System.Security.Cryptography;
using System.Text;
using Entail.Core;
using Entail.Core.Identify;
using Entail.Core.Read;
using Entail.Tests.Identify;

namespace Entail.Tests;

/// <summary>The user's store, on texts made up: `orchard` is a reference text that no catalog has.</summary>
public sealed class TextStoreTests : IDisposable
{
    private readonly Folder folder = new();

    private string StoreFolder => Path.Combine(folder.Path, "store");

    private TextStore Store => new(StoreFolder, new Identifier(Made.Index, [], _ => null), Made.Index, Repository.Catalog);

    [Fact]
    public void A_text_is_kept_byte_for_byte_under_its_digest()
    {
        var bytes = Encoding.UTF8.GetBytes(Made.Orchard.ToUpperInvariant().ReplaceLineEndings("\r\n"));

        Assert.True(Store.Add(Held(bytes)));
        Assert.False(Store.Add(Held(bytes)));

        var file = Assert.Single(Directory.GetFiles(StoreFolder));
        Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(bytes))}.txt", Path.GetFileName(file));
        Assert.Equal(bytes, File.ReadAllBytes(file));
        var entry = Assert.Single(Store.All());
        Assert.Equal((StoredState.Sound, "orchard"), (entry.State, entry.Text!.Key));
        Assert.Equal(bytes, Store.Find("orchard")!.Bytes.ToArray());
        Assert.Equal(bytes, Store.Find("orchard", document: null)!.Bytes.ToArray());
        Assert.Null(Store.Find("echo"));
        Assert.Null(Store.Find("no-such-key"));
    }

    [Fact]
    public void What_is_no_reference_text_word_for_word_is_not_recognized()
    {
        Assert.Null(Store.Recognize(Opened(Made.Orchard + "\n\nBut not on Sundays.")));
        Assert.Null(Store.Recognize(Opened(Made.Orchard[..^200])));
        Assert.Null(Store.Recognize(Opened($"{Made.Orchard}\n\n{Made.Bamboo}")));
        Assert.Null(Store.Recognize(Opened("")));
        Assert.Null(Store.Recognize(Opened("\0")));
        Assert.Null(Store.Recognize(Opened(Made.Orchard) with { Truncated = true }));
    }

    [Fact]
    public void There_need_be_no_folder()
    {
        Assert.Empty(Store.All());
        Assert.Null(Store.Find("orchard"));
    }

    [Fact]
    public void A_damaged_text_is_never_given_and_adding_mends_it()
    {
        var bytes = Encoding.UTF8.GetBytes(Made.Orchard);
        Store.Add(Held(bytes));
        var file = Assert.Single(Directory.GetFiles(StoreFolder));
        foreach (
            var damaged in (byte[][])
                [
                    [],
                    bytes[..^1],
                    [.. bytes, 32],
                ]
        )
        {
            File.WriteAllBytes(file, damaged);
            Assert.Equal(StoredState.Damaged, Assert.Single(Store.All()).State);
            Assert.Null(Store.Find("orchard"));
            Assert.True(Store.Add(Held(bytes)));
            Assert.Equal(bytes, Store.Find("orchard")!.Bytes.ToArray());
        }
    }

    [Fact]
    public void What_others_put_there_is_foreign_or_unrecognized()
    {
        Directory.CreateDirectory(StoreFolder);
        var prose = "words that no license has"u8.ToArray();
        File.WriteAllBytes(Path.Combine(StoreFolder, $"{Convert.ToHexStringLower(SHA256.HashData(prose))}.txt"), prose);
        File.WriteAllText(Path.Combine(StoreFolder, "LICENSE"), Made.Orchard);
        File.WriteAllText(Path.Combine(StoreFolder, $"{new string('A', 64)}.txt"), Made.Orchard);
        Directory.CreateDirectory(Path.Combine(StoreFolder, $"{new string('b', 64)}.txt"));

        var states = Store.All().ToDictionary(entry => entry.Name[..1], entry => entry.State);

        Assert.Equal(4, states.Count);
        Assert.All([.. states.Where(s => s.Key is "L" or "A" or "b")], s => Assert.Equal(StoredState.Foreign, s.Value));
        Assert.Equal(1, states.Values.Count(state => state == StoredState.Unrecognized));
        Assert.Null(Store.Find("orchard"));
    }

    [Fact]
    public void A_link_is_not_followed_and_adding_replaces_it()
    {
        var bytes = Encoding.UTF8.GetBytes(Made.Orchard);
        var outside = folder.Write("outside.txt", Made.Orchard);
        Directory.CreateDirectory(StoreFolder);
        try
        {
            File.CreateSymbolicLink(Path.Combine(StoreFolder, $"{Convert.ToHexStringLower(SHA256.HashData(bytes))}.txt"), outside);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("no symbolic links may be made here");
        }

        Assert.Equal(StoredState.Foreign, Assert.Single(Store.All()).State);
        Assert.Null(Store.Find("orchard"));
        Assert.True(Store.Add(Held(bytes)));
        Assert.Equal(StoredState.Sound, Assert.Single(Store.All()).State);
        Assert.Equal(Made.Orchard, File.ReadAllText(outside));
    }

    [Fact]
    public void Many_may_add_at_once()
    {
        var texts = Enumerable.Range(0, 4).Select(i => Encoding.UTF8.GetBytes(Made.Orchard + new string('\n', i))).ToList();

        Parallel.For(0, 40, i => Store.Add(Held(texts[i % texts.Count])));

        Assert.Equal(texts.Count, Store.All().Count());
        Assert.All(Store.All(), entry => Assert.Equal(StoredState.Sound, entry.State));
    }

    [Fact]
    public void The_words_that_a_file_lacks_are_quoted_as_they_stand()
    {
        var words = Normalization.Words(Made.Orchard);
        var match = MadeFiles.Exact("orchard");
        var removal = new Removal(1, 5, [], 30);
        Assert.Null(Store.Words(match, removal));

        Store.Add(Held(Encoding.UTF8.GetBytes($"Copyright 2026 Nobody\n\n{Made.Orchard}")));

        var quoted = Store.Words(match, removal)!;
        Assert.Equal(words.Skip(30).Take(5).Select(word => word.Text), Normalization.Words(quoted).Select(word => word.Text));
        Assert.Null(Store.Words(match, removal with { Start = null }));
        Assert.Null(Store.Words(match, removal with { Start = words.Count - 2 }));
        Assert.Null(Store.Words(match with { License = "bamboo" }, removal));
    }

    public void Dispose() => folder.Dispose();

    private HeldText Held(byte[] bytes) => Store.Recognize(OpenedFile.Of("text", bytes, truncated: false))!;

    private static OpenedFile Opened(string text) => OpenedFile.Of("text", Encoding.UTF8.GetBytes(text), truncated: false);
}
