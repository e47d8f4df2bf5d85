using Entail.Core.Model;
using Entail.Core.Read.Sources;

namespace Entail.Tests.Read.Sources;

/// <summary>The uses of a file as a line of text.</summary>
internal static class Uses
{
    /// <summary><c>name@act:line</c> of every use; datasets in brackets.</summary>
    public static string Of(string file, string text) =>
        string.Join(
            ' ',
            SourceUses.In(file, text).Select(u => $"{(u.Kind == "dataset" ? $"[{u.Name}]" : u.Name)}@{u.Act.Name()}:{u.Evidence.Line}")
        );
}
