using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>The works of the hub that Python is told to install from, by their addresses.</summary>
internal static class Requirements
{
    private const int MostOnALine = 20;

    /// <summary>Reads a list of requirements, or a project's own file.</summary>
    public static void Read(FoundUses uses)
    {
        for (var i = 0; i < uses.Lines.Count; i++)
        {
            var line = uses.Lines[i];
            var comment = line.TrimStart().StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
            var parts = (comment < 0 ? line : line[..comment])
                .Split(' ', '"', '\'', ',')
                .Where(p => p.Contains("huggingface.co/", StringComparison.OrdinalIgnoreCase));
            foreach (var part in parts.Take(MostOnALine))
            {
                var (name, kind) = SourceNames.Address(part, part.Contains("git+", StringComparison.Ordinal));
                uses.Add(name, Act.Run, "huggingface.co", i + 1, kind);
            }
        }
    }
}
