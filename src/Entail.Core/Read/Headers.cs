using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>What the weights of a folder say of themselves in their headers. Of weights in several files the first one speaks.</summary>
internal static partial class Headers
{
    private const int MostFiles = 64;

    /// <summary>Each file with something to say, in the order of the names; the same words once.</summary>
    public static ImmutableArray<(string File, Declaration Declaration)> Of(
        ArtifactFolder artifact,
        IReadOnlyList<string> names,
        List<ReadProblem> problems
    ) => [];
}
