using System.Collections.Immutable;
using Entail.Core.Identify;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Core;

/// <summary>How a file came out.</summary>
public enum IdentifyStatus
{
    /// <summary>Every license in it is known and as its authors wrote it, or only named.</summary>
    Recognized,

    /// <summary>Some license text in it was changed.</summary>
    Modified,

    /// <summary>Nothing known was changed, but something in it is not known, or it could not be read.</summary>
    Unclear,
}

/// <summary>A file and what is known of the license text in it.</summary>
/// <param name="File">Its name as it is shown.</param>
/// <param name="Found">What is known; null with a problem.</param>
/// <param name="Problem">Why the file could not be read.</param>
public sealed record IdentifiedFile(string File, Identification? Found, ReadProblem? Problem)
{
    /// <summary>The file is called a license.</summary>
    public bool IsLicense => KnownFiles.IsLicense(Path.GetFileName(File));

    /// <summary>The file is called a notice.</summary>
    public bool IsNotice => KnownFiles.IsNotice(Path.GetFileName(File));

    /// <summary>Where a license found in it differs from its reference text.</summary>
    /// <param name="match">The license.</param>
    /// <param name="license">What the catalog has of it; null where it has nothing.</param>
    public ImmutableArray<Difference> Differences(LicenseMatch match, License? license) => Difference.Of(match, IsLicense, license);

    /// <summary>Identifies the text of a file.</summary>
    public static IdentifiedFile Of(OpenedFile file, Identifier identifier)
    {
        if (file.Text is null)
        {
            return new IdentifiedFile(file.File, null, file.Problem);
        }
        var found = identifier.Identify(file.File, file.Text);
        return new IdentifiedFile(file.File, found with { Truncated = found.Truncated || file.Truncated }, null);
    }
}
