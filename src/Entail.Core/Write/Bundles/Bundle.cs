using System.Collections.Immutable;
using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Write.Bundles;

/// <summary>What a file of a bundle is for.</summary>
public enum BundleKind
{
    /// <summary>A copy of a license's document.</summary>
    License,

    /// <summary>Credits, fixed notices, and the statement of changes.</summary>
    Notice,

    /// <summary>Use restrictions to attach to a license of one's own.</summary>
    Restrictions,

    /// <summary>Terms that bind the users of a hosted work.</summary>
    Terms,

    /// <summary>A model card, where there was none.</summary>
    Card,
}

/// <summary>A file that is owed.</summary>
/// <param name="Path">Its path in the folder of the work, with forward slashes.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Bytes">Its bytes; empty where a person's own copy in the folder stays as it is.</param>
/// <param name="License">The license whose text it is or was cut from; null for a file of several.</param>
/// <param name="Document">Which document of the license; null for a file of several.</param>
/// <param name="Source">Where the text was taken from; null where Entail wrote it.</param>
/// <param name="Duties">The duties it does.</param>
public sealed record BundleFile(
    string Path,
    BundleKind Kind,
    ReadOnlyMemory<byte> Bytes,
    string? License,
    string? Document,
    CopySource? Source,
    ImmutableArray<DutyStatus> Duties
)
{
    /// <summary>A file of text, in UTF-8.</summary>
    public static BundleFile Of(
        string path,
        BundleKind kind,
        string text,
        string? license,
        string? document,
        IEnumerable<DutyStatus> duties
    ) => new(path, kind, Encoding.UTF8.GetBytes(text), license, document, null, [.. duties]);
}

/// <summary>Something owed that could not be written, and what to do about it.</summary>
/// <param name="Path">The file that is missing.</param>
/// <param name="Duties">The duties that stay undone.</param>
/// <param name="Message">What is missing.</param>
/// <param name="Fix">What to do now.</param>
public sealed record BundleGap(string Path, ImmutableArray<DutyStatus> Duties, Text Message, Text Fix);

/// <summary>The files that a work owes those who receive it.</summary>
/// <param name="Work">The work.</param>
/// <param name="Files">In ordinal order of their paths.</param>
/// <param name="Gaps">What could not be written.</param>
public sealed record Bundle(string Work, ImmutableArray<BundleFile> Files, ImmutableArray<BundleGap> Gaps);
