using System.Collections.Immutable;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;
using Entail.Core.Read.Stores;

namespace Entail.Core;

/// <summary>Where a copy of a license's text was taken from.</summary>
public enum CopySource
{
    /// <summary>The folder of the work that brought the license.</summary>
    Base,

    /// <summary>The user's own store of texts.</summary>
    Store,

    /// <summary>The address at which it is published.</summary>
    Online,
}

/// <summary>A copy of a license's document, verified against its fingerprint.</summary>
/// <param name="Bytes">Its bytes as they were found.</param>
/// <param name="Source">Where it was taken from.</param>
public sealed record LicenseCopy(ReadOnlyMemory<byte> Bytes, CopySource Source);

/// <summary>
/// Finds copies of license texts, which the project may not carry: in the folders of base works, in the user's store, and where the caller lets it, at
/// the official address. Whatever is found is given only where the text is the reference text, word for word.
/// </summary>
/// <param name="catalog">The licenses.</param>
/// <param name="identifier">Recognizes the texts.</param>
/// <param name="index">The reference texts.</param>
/// <param name="store">The user's store.</param>
/// <param name="bases">The folders of base works; named as their works where that is known.</param>
/// <param name="fetch">Gets what an address holds; null bytes where it holds nothing. Null to stay offline.</param>
public sealed class LicenseCopies(
    CompiledCatalog catalog,
    Identifier identifier,
    FingerprintIndex index,
    TextStore store,
    IEnumerable<StoredWork> bases,
    Func<Uri, OpenedFile?>? fetch
)
{
    private readonly Lazy<ImmutableArray<(StoredWork Work, FolderReading Reading)>> read = new(() => [.. bases.Select(b => (b, b.Read()))]);

    private readonly Dictionary<(string, string), OpenedFile?> fetched = [];

    /// <summary>A copy of a document: the base's own before the store's, and the official address last; null where none is to be had.</summary>
    public LicenseCopy? Find(License license, Document document) =>
        OfBase(license, document) is { } own ? new LicenseCopy(own.Bytes, CopySource.Base)
        : store.Find(license.Id, document.Id) is { } held ? new LicenseCopy(held.Bytes, CopySource.Store)
        : Fetched(license, document) is { } official ? new LicenseCopy(official.Bytes, CopySource.Online)
        : null;

    /// <summary>True where the file is a copy of the document: word for word, but for what a copy may leave out.</summary>
    public bool IsCopy(OpenedFile file, Document document)
    {
        if (file.Text is null)
        {
            return false;
        }
        var place = new TermsSource(file.File, 1, file.Text, TermsKind.LicenseFile);
        var same = index.SameWords(document.TextKey);
        return FoundText
            .In([(place, identifier.Identify(file.File, file.Text))], catalog)
            .Any(t => t is { IsMention: false, IsCopy: true, Document: { } found } && same.Contains(found.TextKey));
    }

    /// <summary>True where a text, such as terms for users, holds the use restrictions of the license, word for word.</summary>
    public bool Binds(License license, string file, string text)
    {
        var place = new TermsSource(file, 1, text, TermsKind.UserTerms);
        var found = FoundText.In([(place, identifier.Identify(file, text))], catalog);
        return DutyEvidence.OfTerms(new UserTerms(file, found), license).State == DutyState.Met;
    }

    /// <summary>
    /// The words of clauses of a document, cut from a verified copy; neighboring clauses in one piece. Null where no copy is to be had, or the clauses
    /// have no places in the text.
    /// </summary>
    /// <param name="license">The license.</param>
    /// <param name="document">Its document.</param>
    /// <param name="clauses">The clauses, which the document has.</param>
    public ImmutableArray<string>? Cut(License license, Document document, IReadOnlySet<string> clauses)
    {
        var sources = Texts(license, document).Select(f => (File: f, Held: store.Recognize(f))).FirstOrDefault(f => f.Held is not null);
        if (sources.Held is not { } held || document.ReadOn is not null)
        {
            return null;
        }
        var text = new AnalyzedText(sources.File.Text!, index);
        var pieces = ImmutableArray.CreateBuilder<string>();
        var at = 0;
        while (at < document.Clauses.Length)
        {
            var first = at;
            while (at < document.Clauses.Length && clauses.Contains(document.Clauses[at].Id))
            {
                at++;
            }
            if (at > first)
            {
                var (start, end) = (held.Start + document.Clauses[first].Start, held.Start + document.Clauses[at - 1].End);
                if (end > text.Words.Count || end <= start)
                {
                    return null;
                }
                pieces.Add(text.Cut(start, end));
            }
            at++;
        }
        return pieces.ToImmutable();
    }

    /// <summary>The notices in the folder of a base work, which have to go along; none where the folder is not known.</summary>
    public ImmutableArray<TextFile> NoticesOf(string work) =>
        [
            .. read
                .Value.Where(b => read.Value.Length == 1 || b.Work.Name == work || b.Reading.Name == work)
                .SelectMany(b => b.Reading.NoticeFiles)
                .Where(f => !f.Truncated),
        ];

    private OpenedFile? OfBase(License license, Document document) =>
        read.Value.SelectMany(Licenses).FirstOrDefault(f => IsCopy(f, document));

    private IEnumerable<OpenedFile> Texts(License license, Document document) =>
        read
            .Value.SelectMany(Licenses)
            .Where(f => IsCopy(f, document))
            .Concat(store.Find(license.Id, document.Id) is { } held ? [OpenedFile.Of(document.TextKey, held.Bytes, truncated: false)] : [])
            .Concat(Fetched(license, document) is { } official ? [official] : []);

    private static IEnumerable<OpenedFile> Licenses((StoredWork Work, FolderReading Reading) work) =>
        work.Reading.LicenseFiles.Select(f => OpenedFile.Read(Path.Combine(work.Work.Folder, f.File), f.File));

    private OpenedFile? Fetched(License license, Document document)
    {
        if (fetch is null || !Uri.TryCreate(license.AddressOf(document.Id), UriKind.Absolute, out var address))
        {
            return null;
        }
        var key = (license.Id, document.Id);
        if (!fetched.TryGetValue(key, out var known))
        {
            var official = fetch(address);
            fetched[key] = known = official is not null && IsCopy(official, document) ? official : null;
        }
        return known;
    }
}
