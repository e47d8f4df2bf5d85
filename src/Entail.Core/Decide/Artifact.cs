using System.Collections.Immutable;
using Entail.Core.Identify;
using Entail.Core.Model;

namespace Entail.Core.Decide;

/// <summary>What a folder shows, as far as deciding needs it: the name, the card, license texts, notices.</summary>
public sealed record Artifact(
    string Name,
    Evidence? NameEvidence,
    TextFile? Card,
    int CardBodyLine,
    ImmutableArray<TextFile> LicenseFiles,
    ImmutableArray<TextFile> NoticeFiles,
    CarriedTexts Texts
);

/// <summary>The terms that the users of what is shipped accept.</summary>
/// <param name="File">Their file.</param>
/// <param name="Found">The license texts, or passages of them, and the names of licenses in it.</param>
public sealed record UserTerms(string File, ImmutableArray<FoundText> Found);
