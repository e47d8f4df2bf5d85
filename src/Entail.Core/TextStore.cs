using System.Buffers;
using System.Security.Cryptography;
using Entail.Core.Catalog;
using Entail.Core.Identify;
using Entail.Core.Read;

namespace Entail.Core;

/// <summary>How an entry of the store stands.</summary>
public enum StoredState
{
    /// <summary>Its bytes have its digest and are a reference text word for word.</summary>
    Sound,

    /// <summary>Its bytes have another digest than its name says.</summary>
    Damaged,

    /// <summary>Its bytes are whole, but are no reference text word for word: it was put there by hand, or for another catalog.</summary>
    Unrecognized,

    /// <summary>A file, folder or link that the store did not make.</summary>
    Foreign,
}

/// <summary>An entry of the store.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="State">How it stands.</param>
/// <param name="Text">What it is; null unless sound.</param>
public sealed record StoredText(string Name, StoredState State, HeldText? Text);

/// <summary>A license text that is word for word a reference text.</summary>
/// <param name="Sha256">The digest of its bytes, lower-case hexadecimal.</param>
/// <param name="Key">The key of the reference text.</param>
/// <param name="License">The cataloged id, else the key.</param>
/// <param name="Document">Which document of a cataloged license; null otherwise.</param>
/// <param name="Words">The normalized words of the reference text.</param>
/// <param name="Start">The normalized word of the file at which it begins.</param>
/// <param name="Bytes">Its bytes as its user has them.</param>
public sealed record HeldText(
    string Sha256,
    string Key,
    string License,
    string? Document,
    int Words,
    int Start,
    ReadOnlyMemory<byte> Bytes
);

/// <summary>
/// The user's own license texts, which the project may not carry: a folder of files named by the SHA-256 of their bytes. Only a text that is
/// word for word a reference text gets in, and what is read is verified against both. Safe for concurrent use by several processes:
/// a file appears whole or not at all, and the same text twice is the same file.
/// </summary>
/// <param name="folder">The folder; it need not exist.</param>
/// <param name="identifier">Recognizes the texts.</param>
/// <param name="index">The reference texts.</param>
/// <param name="catalog">Tells the documents of licenses.</param>
public sealed class TextStore(string folder, Identifier identifier, FingerprintIndex index, CompiledCatalog catalog)
{
    private const int MostEntries = 100_000;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");
    private readonly Dictionary<string, HeldText?> found = new(StringComparer.Ordinal);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The text that an opened file is; null where it is no reference text word for word, or more than one.</summary>
    public HeldText? Recognize(OpenedFile file)
    {
        if (file.Text is null || file.Truncated)
        {
            return null;
        }
        var texts = identifier.Identify(file.File, file.Text).Matches.Where(match => match.Kind != MatchKind.Mentioned).ToList();
        if (texts is not [{ Kind: MatchKind.Exact, Spans: [var span] } match])
        {
            return null;
        }
        var key = catalog.Find(match.License)?.Documents.FirstOrDefault(d => d.Id == match.Document)?.TextKey ?? match.License;
        return index.Find(key) is { } reference
            ? new HeldText(Digest(file.Bytes.Span), key, match.License, match.Document, reference.Words, span.Words.Start, file.Bytes)
            : null;
    }

    /// <summary>Keeps a text; false where it was there already.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public bool Add(HeldText text)
    {
        if (Verified(FileName(text.Sha256)).State == StoredState.Sound)
        {
            return false;
        }
        var path = Path.Combine(folder, FileName(text.Sha256));
        Directory.CreateDirectory(folder);
        var written = Path.Combine(folder, $".{text.Sha256}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(text.Bytes.Span);
                stream.Flush(flushToDisk: true);
            }
            File.Move(written, path, overwrite: true);
        }
        finally
        {
            File.Delete(written);
        }
        found.Clear();
        return true;
    }

    /// <summary>Every entry of the folder, in ordinal order of names; none where there is no folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IEnumerable<StoredText> All() =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFileSystemEntries(folder)
                .Take(MostEntries)
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)
                .Select(Verified)
            : [];

    /// <summary>The user's copy of a reference text, verified; null where the store has none that can be read.</summary>
    /// <param name="key">The key of the reference text.</param>
    public HeldText? Find(string key)
    {
        if (found.TryGetValue(key, out var known))
        {
            return known;
        }
        var same = index.SameWords(key);
        try
        {
            // The reference's own bytes are found by their name; another copy of its words by looking through all.
            var own = same.Select(k => Verified(FileName(index.Find(k)!.Sha256)).Text).FirstOrDefault(text => text is not null);
            found[key] = own ?? All().Select(entry => entry.Text).FirstOrDefault(text => text is not null && same.Contains(text.Key));
        }
        catch (Exception problem) when (FileProblems.IsInputOutput(problem))
        {
            found[key] = null;
        }
        return found[key];
    }

    /// <summary>The user's copy of a license's document, verified; null where the store has none.</summary>
    /// <param name="license">The cataloged id, else the key of the reference text.</param>
    /// <param name="document">Which document of a cataloged license; null for its first.</param>
    public HeldText? Find(string license, string? document) =>
        Find(
            catalog.Find(license) is { } known
                ? (known.Documents.FirstOrDefault(d => d.Id == document) ?? known.Documents[0]).TextKey
                : license
        );

    /// <summary>The words that a file lacks, as they stand in the user's copy of the license; null where the store has none.</summary>
    public string? Words(LicenseMatch match, Removal removal)
    {
        if (removal.Start is not { } start || removal.Words < 1 || Find(match.License, match.Document) is not { } held)
        {
            return null;
        }
        var text = new AnalyzedText(OpenedFile.Of("", held.Bytes, truncated: false).Text!, index);
        var (first, end) = (held.Start + start, held.Start + start + removal.Words);
        return end <= text.Words.Count ? text.Passage(first, end).Text : null;
    }

    // A link is not followed: what it leads to is not the store's.
    private StoredText Verified(string name)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        if (!IsFileName(name) || !file.Exists || file.LinkTarget is not null)
        {
            return new StoredText(name, StoredState.Foreign, null);
        }
        var opened = Open(file);
        return opened is null || FileName(Digest(opened.Bytes.Span)) != name ? new StoredText(name, StoredState.Damaged, null)
            : Recognize(opened) is { } text ? new StoredText(name, StoredState.Sound, text)
            : new StoredText(name, StoredState.Unrecognized, null);
    }

    // Pipes and devices have no length, and opening those may block for ever.
    private static OpenedFile? Open(FileInfo file) =>
        file.Length > 0 && OpenedFile.Read(file.FullName, file.Name) is { Bytes.IsEmpty: false } opened ? opened : null;

    private static string FileName(string sha256) => $"{sha256}.txt";

    private static bool IsFileName(string name) =>
        name.Length == 68 && name.EndsWith(".txt", StringComparison.Ordinal) && name.AsSpan(0, 64).IndexOfAnyExcept(Hexadecimal) < 0;

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
