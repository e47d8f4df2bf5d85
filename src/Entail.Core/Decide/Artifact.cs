using System.Collections.Immutable;
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
