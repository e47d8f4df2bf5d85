using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>Collects the uses of one file, each once.</summary>
/// <param name="file">The file.</param>
/// <param name="lines">Its lines.</param>
/// <param name="numbers">The number in the file of each line, where these are not simply counted; null where they are.</param>
internal sealed class FoundUses(string file, IReadOnlyList<string> lines, IReadOnlyList<int>? numbers = null)
{
    private const int MostUses = 500;
    private const int MostAdded = 5000;
    private const int LongestText = 160;

    private readonly List<ModelUse> uses = [];

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Adds a use; one without a name is none.</summary>
    /// <param name="name">The name; null for none.</param>
    /// <param name="act">What is done with it.</param>
    /// <param name="pointer">What loads it.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="kind">model or dataset.</param>
    public void Add(string? name, Act act, string pointer, int line, string kind = SourceNames.OfModel)
    {
        if (name is not null && uses.Count < MostAdded)
        {
            var index = Math.Clamp(line, 1, lines.Count) - 1;
            var evidence = new Evidence(
                file,
                numbers is null ? index + 1 : numbers[index],
                null,
                pointer,
                Short(lines[index]),
                EvidenceSource.Declared
            );
            uses.Add(new ModelUse(name, kind, act, evidence));
        }
    }

    /// <summary>
    /// In the order of the lines, at most 500. What is trained is loaded for that: the same name on the same line is not told as run too.
    /// </summary>
    public IReadOnlyList<ModelUse> Result()
    {
        var trained = uses.Where(u => u.Act != Act.Run).Select(u => (u.Name, u.Evidence.Line)).ToHashSet();
        return
        [
            .. uses.Where(u => u.Act != Act.Run || !trained.Contains((u.Name, u.Evidence.Line)))
                .DistinctBy(u => (u.Name, u.Act, u.Evidence.Line))
                .OrderBy(u => u.Evidence.Line)
                .Take(MostUses),
        ];
    }

    private static string Short(string line)
    {
        var text = line.AsSpan().Trim();
        return (
            text.Length <= LongestText ? text
            : char.IsHighSurrogate(text[LongestText - 1]) ? text[..(LongestText - 1)]
            : text[..LongestText]
        ).ToString();
    }
}
