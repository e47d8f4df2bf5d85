using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entail.Core.Catalog;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Core.Write.Bundles;

/// <summary>How a file of a bundle stands in the folder.</summary>
public enum BundleState
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there as it should be.</summary>
    Current,

    /// <summary>An earlier bundle wrote it, and it would be another now.</summary>
    Outdated,

    /// <summary>Someone changed it since it was written, or wrote it first: it stays.</summary>
    Edited,
}

/// <summary>A bundle and the folder it goes to. What people wrote or changed is never written over.</summary>
public sealed class BundleFolder
{
    /// <summary>The list of what an earlier bundle wrote, with the digest of each file.</summary>
    public const string Manifest = "entail-bundle.json";

    private const string Schema = "entail/bundle/v1";
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string folder;
    private readonly BundleJson? earlier;

    /// <summary>Opens the folder of a work.</summary>
    /// <exception cref="IOException">It cannot be read, or what is called like the list of a bundle is none.</exception>
    public BundleFolder(string folder)
    {
        this.folder = folder;
        earlier = BytesOf(Manifest) is { } bytes
            ? ReadManifest(bytes)
                ?? throw new IOException(
                    $"{Path.Combine(folder, Manifest)} is no list of an earlier bundle; move it away and run this again"
                )
            : null;
    }

    /// <summary>The day of the change that an earlier bundle was told.</summary>
    public string? Changed => earlier?.Changed;

    /// <summary>The language of an earlier bundle.</summary>
    public string? Language => earlier?.Lang;

    /// <summary>The files and folders at the root that no bundle wrote.</summary>
    public ImmutableHashSet<string> Theirs => [.. Names.Where(n => Listed(n) is null)];

    /// <summary>The files that an earlier bundle wrote, whether or not they were changed since.</summary>
    public ImmutableHashSet<string> Ours => [.. Names.Where(n => Listed(n) is not null)];

    private IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p));

    /// <summary>How each file of a bundle stands; a copy of a license that is there already is as it should be, whatever its bytes.</summary>
    public ImmutableArray<(BundleFile File, BundleState State)> Compare(Bundle bundle, CompiledCatalog catalog, LicenseCopies copies) =>
        [.. bundle.Files.Select(f => (f, StateOf(f, catalog, copies)))];

    /// <summary>The changes that bring the folder up to date: what is missing or outdated, and the list of it all.</summary>
    public ImmutableArray<FileChange> Changes(IReadOnlyCollection<(BundleFile File, BundleState State)> files, BundleJson document)
    {
        var changes = files
            .Where(f => f.State is BundleState.Missing or BundleState.Outdated)
            .Select(f => new FileChange(f.File.Path, BytesOf(f.File.Path), f.File.Bytes))
            .ToList();
        var list = Encoding.UTF8.GetBytes(ManifestText(document));
        var before = BytesOf(Manifest);
        if (files.Count == 0 || (before is { } same && same.AsSpan().SequenceEqual(list)))
        {
            return [.. changes];
        }
        return [.. changes, new FileChange(Manifest, before, list)];
    }

    /// <summary>The bundle in one archive: the same bytes for the same files, whenever it is made.</summary>
    /// <param name="files">The files; those that stay as people have them are packed as they are.</param>
    /// <param name="document">What the bundle holds.</param>
    public byte[] Zip(IReadOnlyCollection<(BundleFile File, BundleState State)> files, BundleJson document)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (file, state) in files)
            {
                Pack(archive, file.Path, state is BundleState.Current or BundleState.Edited ? BytesOf(file.Path)! : file.Bytes.Span);
            }
            Pack(archive, Manifest, Encoding.UTF8.GetBytes(ManifestText(document)));
        }
        return bytes.ToArray();
    }

    /// <summary>True for an archive that holds a bundle.</summary>
    public static bool IsArchive(byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return archive.GetEntry(Manifest) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The document that tells of a bundle.</summary>
    public BundleJson Document(
        Bundle bundle,
        IReadOnlyCollection<(BundleFile File, BundleState State)> files,
        CompiledCatalog catalog,
        Phrases say,
        DateOnly? changedOn
    ) =>
        new(
            Schema,
            DocumentWriter.Tool,
            catalog.Digest,
            say.Lang == Lang.Zh ? "zh" : "en",
            changedOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            bundle.Work,
            [
                .. files.Select(f => new BundleFileJson(
                    f.File.Path,
                    Kebab.Of(f.File.Kind),
                    f.File.License,
                    f.File.Document,
                    SourceOf(f.File, f.State),
                    Digest(f.State is BundleState.Current or BundleState.Edited ? BytesOf(f.File.Path)! : f.File.Bytes.Span),
                    Kebab.Of(f.State),
                    Duties(f.File.Duties)
                )),
            ],
            [.. bundle.Gaps.Select(g => new BundleGapJson(g.Path, Duties(g.Duties), say.Say(g.Message), say.Say(g.Fix)))]
        );

    // The card is the user's from the start, and what people changed is theirs.
    private static string ManifestText(BundleJson document) =>
        DocumentWriter.Json(
            document with
            {
                Files =
                [
                    .. document
                        .Files.Where(f => f.Kind != Kebab.Of(BundleKind.Card) && f.State != Kebab.Of(BundleState.Edited))
                        .Select(f => f with { State = null }),
                ],
                Missing = [],
            },
            indented: true
        ) + "\n";

    private static List<BundleDutyJson> Duties(IEnumerable<DutyStatus> duties) =>
        [
            .. duties
                .Select(d => new BundleDutyJson(d.Owe.Duty, d.License, [.. d.Rule.Clauses.Select(c => $"{d.License}#{c}")]))
                .DistinctBy(d => (d.Id, d.License)),
        ];

    private BundleState StateOf(BundleFile file, CompiledCatalog catalog, LicenseCopies copies)
    {
        if (BytesOf(file.Path) is not { } there)
        {
            return BundleState.Missing;
        }
        if (there.AsSpan().SequenceEqual(file.Bytes.Span))
        {
            return BundleState.Current;
        }
        if (file is { Kind: BundleKind.License, License: { } license, Document: { } id })
        {
            var document = catalog.Find(license)!.Documents.First(d => d.Id == id);
            if (copies.IsCopy(OpenedFile.Of(file.Path, there, truncated: false), document))
            {
                return BundleState.Current;
            }
        }
        return Listed(file.Path) is { } listed && listed.Sha256 == Digest(there) ? BundleState.Outdated : BundleState.Edited;
    }

    // Where the copy was taken from when it was written.
    private string? SourceOf(BundleFile file, BundleState state) =>
        file.Source is not { } source ? null
        : state == BundleState.Current && Listed(file.Path) is { } listed ? listed.Source
        : Kebab.Of(source);

    private BundleFileJson? Listed(string path) => earlier?.Files.FirstOrDefault(f => f.Path == path);

    private byte[]? BytesOf(string path)
    {
        var full = Path.Combine(folder, path);
        return File.Exists(full) ? File.ReadAllBytes(full) : null;
    }

    private static void Pack(ZipArchive archive, string path, ReadOnlySpan<byte> bytes)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = Timeless;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static BundleJson? ReadManifest(byte[] bytes)
    {
        try
        {
            return
                JsonSerializer.Deserialize(bytes, DocumentContext.Default.BundleJson) is { Schema: Schema, Files: not null } read
                && read.Files.All(f => f is { Path: not null, Sha256: not null })
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
