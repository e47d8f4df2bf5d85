using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Catalog;

/// <summary>What a license name stands for.</summary>
public abstract record Resolution
{
    private Resolution() { }

    /// <summary>One license of the catalog.</summary>
    public sealed record Known(License License) : Resolution;

    /// <summary>A tag that several licenses go by; no candidate when it stands for none in particular (<c>other</c>).</summary>
    public sealed record Ambiguous(string Tag, ImmutableArray<License> Candidates, Text? Note) : Resolution
    {
        /// <summary>
        /// The candidates that say different things; of several that say the same, the latest stands for all. A text dated after
        /// <paramref name="day"/> could not be meant on that day.
        /// </summary>
        public ImmutableArray<License> Differing(DateOnly day)
        {
            var then = Candidates.RemoveAll(c => c.Date > day);
            return
            [
                .. (then.IsEmpty ? Candidates : then)
                    .GroupBy(c => c.Meaning(), StringComparer.Ordinal)
                    .Select(g => g.MaxBy(c => c.Date ?? DateOnly.MinValue)!),
            ];
        }
    }

    /// <summary>A name the catalog does not know; the nearest names may help.</summary>
    public sealed record Unknown(string Name, Func<ImmutableArray<string>> FindNearest) : Resolution
    {
        /// <summary>The licenses whose names are nearest; every name of the catalog is compared each time.</summary>
        public ImmutableArray<string> Nearest => FindNearest();
    }
}

/// <summary>A reference text and the document of a license that it is.</summary>
public sealed record LicenseText(string Key, string License, string Document, string Family);

/// <summary>The compiled rule base. Licenses and models are read from their blocks when they are asked for. Safe for concurrent use.</summary>
public sealed class CompiledCatalog
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly int blocksStart;
    private readonly Dictionary<string, Block> blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AmbiguousTag> tags;
    private readonly ConcurrentDictionary<(string Tag, DateOnly Day), ImmutableArray<License>> candidates = new();
    private readonly Dictionary<string, License> loaded = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Lazy<string> digest;
    private readonly Lazy<ImmutableSortedDictionary<string, KnownModel>> models;

    private sealed record Block(int Start, int Length);

    private CompiledCatalog(ReadOnlyMemory<byte> bytes)
    {
        this.bytes = bytes;
        digest = new Lazy<string>(() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(this.bytes.Span)));
        using var reader = Open(0, bytes.Length);
        if (!reader.ReadBytes(CatalogFormat.Magic.Length).AsSpan().SequenceEqual(CatalogFormat.Magic))
        {
            throw new InvalidDataException("not a compiled catalog of this version; build the project again");
        }
        Releases = reader.ReadList(() => new CatalogRelease(reader.ReadString(), reader.ReadDate()!.Value, reader.ReadText()));
        Taxonomy = TaxonomyFormat.Read(reader);
        tags = Taxonomy.Ambiguous.ToDictionary(a => a.Tag, StringComparer.OrdinalIgnoreCase);
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            names[reader.ReadString()] = reader.ReadString();
        }
        Texts = reader.ReadList(() => new LicenseText(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString()));
        var modelsBlock = (Start: reader.ReadInt32(), Length: reader.ReadInt32());
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            blocks[reader.ReadString()] = new Block(reader.ReadInt32(), reader.ReadInt32());
        }
        blocksStart = (int)reader.BaseStream.Position;
        models = new Lazy<ImmutableSortedDictionary<string, KnownModel>>(() =>
        {
            using var block = Open(blocksStart + modelsBlock.Start, modelsBlock.Length);
            var all = block.ReadList(() => TaxonomyFormat.ReadModel(block));
            return all.SelectMany(m => m.Also.Prepend(m.Id).Select(n => KeyValuePair.Create(n, m)))
                .ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase);
        });
        Facts = Taxonomy.Facts.ToDictionary(f => f.Id, StringComparer.Ordinal);
        Territories = new Territories(Taxonomy.Territories);
    }

    /// <summary>SHA-256 of the compiled rule base, as every answer carries it.</summary>
    public string Digest => digest.Value;

    /// <summary>The releases up to this one, newest first.</summary>
    public ImmutableArray<CatalogRelease> Releases { get; }

    /// <summary>The words of the catalog.</summary>
    public Taxonomy Taxonomy { get; }

    /// <summary>The facts of the taxonomy by id.</summary>
    public IReadOnlyDictionary<string, FactDefinition> Facts { get; }

    /// <summary>Groups of territories.</summary>
    public Territories Territories { get; }

    /// <summary>The reference texts of all licenses, in ordinal order of the licenses.</summary>
    public ImmutableArray<LicenseText> Texts { get; }

    /// <summary>Every id, name and address of a license, with its canonical id.</summary>
    public IReadOnlyDictionary<string, string> Names => names;

    /// <summary>The canonical ids of all licenses, in ordinal order.</summary>
    public IEnumerable<string> LicenseIds => blocks.Keys.Order(StringComparer.Ordinal);

    /// <summary>All licenses, in ordinal order of their ids.</summary>
    public IEnumerable<License> Licenses => LicenseIds.Select(Load);

    /// <summary>All known models, by id; a model also stands under its other names.</summary>
    public ImmutableSortedDictionary<string, KnownModel> Models => models.Value;

    /// <summary>Opens a compiled catalog.</summary>
    /// <exception cref="InvalidDataException">The bytes are no compiled catalog of this version.</exception>
    public static CompiledCatalog Load(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>A compiled catalog in the form in which a release is kept.</summary>
    public static byte[] Pack(byte[] compiled)
    {
        using var to = new MemoryStream();
        using (var packing = new BrotliStream(to, CompressionLevel.SmallestSize))
        {
            packing.Write(compiled);
        }
        return to.ToArray();
    }

    /// <summary>Opens a catalog that <see cref="Pack"/> made.</summary>
    /// <exception cref="InvalidDataException">The bytes are no compiled catalog of this version.</exception>
    public static CompiledCatalog Unpack(ReadOnlyMemory<byte> packed)
    {
        using var from = new BrotliStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var to = new MemoryStream();
        from.CopyTo(to);
        return new(to.ToArray());
    }

    /// <summary>
    /// The license with that id (its own, SPDX, ScanCode, Hugging Face, Ollama; letter case does not matter) or at that address; null where there is none.
    /// </summary>
    public License? Find(string name) => IdOf(name) is { } id && blocks.ContainsKey(id) ? Load(id) : null;

    /// <summary>
    /// The canonical id of the license with that id or at that address. For an address that names a license the catalog lacks, the id in it, which may be
    /// none. Null for anything else.
    /// </summary>
    public string? IdOf(string name)
    {
        if (names.TryGetValue(Plain(name), out var id))
        {
            return id;
        }
        if (LicenseAddress.Plain(name) is not { } address)
        {
            return null;
        }
        return names.TryGetValue(address, out id) ? id
            : LicenseAddress.Id(address, Taxonomy.Addresses) is { } named ? names.GetValueOrDefault(named, named)
            : null;
    }

    /// <summary>What a name stands for.</summary>
    public Resolution Resolve(string name)
    {
        if (Find(name) is { } license)
        {
            return new Resolution.Known(license);
        }
        var plain = Plain(name);
        return tags.TryGetValue(plain, out var tag)
            ? new Resolution.Ambiguous(tag.Tag, [.. tag.Candidates.Select(Load)], tag.Note)
            : new Resolution.Unknown(name, () => Nearest(plain));
    }

    /// <summary>The licenses that an ambiguous tag may mean on a day, as far as they differ; none for any other name.</summary>
    public ImmutableArray<License> Candidates(string name, DateOnly day) =>
        Resolve(name) is Resolution.Ambiguous ambiguous ? candidates.GetOrAdd((ambiguous.Tag, day), _ => ambiguous.Differing(day)) : [];

    /// <summary>The model with that name; null where the catalog has none.</summary>
    /// <param name="name">As the hub has it, or Ollama, where a tag may add a form to the size: <c>llama3.2:3b-instruct-q4_K_M</c>.</param>
    public KnownModel? FindModel(string name) =>
        Models.GetValueOrDefault(name)
        ?? (
            name.Split(':') is [var plain, var tag] && !plain.Contains('/', StringComparison.Ordinal)
                ? Models.GetValueOrDefault(tag == "latest" ? plain : $"{plain}:{tag.Split('-')[0]}")
                : null
        );

    /// <summary>Compiles the parts of a catalog into its one form. Deterministic: equal parts give equal bytes.</summary>
    public static byte[] Compile(
        IReadOnlyCollection<CatalogRelease> releases,
        Taxonomy taxonomy,
        IReadOnlyCollection<License> licenses,
        IReadOnlyDictionary<string, string> names,
        IReadOnlyCollection<KnownModel> models
    )
    {
        var modelsBlock = CatalogFormat.Block(w =>
            w.WriteList(models.OrderBy(m => m.Id, StringComparer.Ordinal).ToList(), m => TaxonomyFormat.Write(w, m))
        );
        var ordered = licenses.OrderBy(l => l.Id, StringComparer.Ordinal).ToList();
        var licenseBlocks = ordered.ConvertAll(l => CatalogFormat.Block(w => LicenseFormat.Write(w, l)));
        return CatalogFormat.Block(w =>
        {
            w.Write(CatalogFormat.Magic);
            w.WriteList(
                releases,
                r =>
                {
                    w.Write(r.Version);
                    w.Write((DateOnly?)r.Date);
                    w.Write(r.Summary);
                }
            );
            TaxonomyFormat.Write(w, taxonomy);
            w.WriteList(
                names.OrderBy(n => n.Key, StringComparer.Ordinal).ToList(),
                n =>
                {
                    w.Write(n.Key);
                    w.Write(n.Value);
                }
            );
            w.WriteList(
                ordered
                    .SelectMany(l =>
                        l.Documents.Where(d => d.ReadOn is null)
                            .SelectMany(d => d.Copies.Prepend(d.TextKey).Select(k => new LicenseText(k, l.Id, d.Id, l.Family)))
                    )
                    .ToList(),
                t =>
                {
                    w.Write(t.Key);
                    w.Write(t.License);
                    w.Write(t.Document);
                    w.Write(t.Family);
                }
            );
            w.Write(0);
            w.Write(modelsBlock.Length);
            var start = modelsBlock.Length;
            w.Write7BitEncodedInt(ordered.Count);
            for (var i = 0; i < ordered.Count; i++)
            {
                w.Write(ordered[i].Id);
                w.Write(start);
                w.Write(licenseBlocks[i].Length);
                start += licenseBlocks[i].Length;
            }
            w.Write(modelsBlock);
            licenseBlocks.ForEach(w.Write);
        });
    }

    private static string Plain(string name)
    {
        var plain = name.Trim();
        return plain.StartsWith("LicenseRef-scancode-", StringComparison.OrdinalIgnoreCase)
            ? plain["LicenseRef-scancode-".Length..]
            : plain;
    }

    private License Load(string id)
    {
        lock (gate)
        {
            if (!loaded.TryGetValue(id, out var license))
            {
                var (start, length) = blocks[id];
                using var block = Open(blocksStart + start, length);
                loaded[id] = license = LicenseFormat.Read(block);
            }
            return license;
        }
    }

    private ImmutableArray<string> Nearest(string name) =>
        [
            .. names
                .Keys.Select(n => (Name: n, Distance: Closeness.Distance(n, name)))
                .Where(n => n.Distance <= Math.Max(1, name.Length / 4))
                .OrderBy(n => n.Distance)
                .ThenBy(n => n.Name, StringComparer.Ordinal)
                .Select(n => names[n.Name])
                .Distinct()
                .Take(3),
        ];

    private BinaryReader Open(int start, int length) =>
        new(new MemoryStream(bytes.Slice(start, length).ToArray(), writable: false), Encoding.UTF8);
}
