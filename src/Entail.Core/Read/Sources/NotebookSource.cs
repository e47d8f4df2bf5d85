using System.Text;
using Entail.Core.Model;

namespace Entail.Core.Read.Sources;

/// <summary>The code cells of a notebook: Python, and commands behind <c>!</c> or in a cell of a shell. Lines are those of the notebook's file.</summary>
internal static class NotebookSource
{
    private const int MostLines = 200_000;

    /// <summary>Reads a notebook; what is no notebook has no uses.</summary>
    public static IReadOnlyList<ModelUse> Read(string file, string text)
    {
        if (Json.Parse(text, 1, []) is not YamlValue.Map root || root["cells"] is not YamlValue.List { Items: var cells })
        {
            return [];
        }
        var (lines, numbers, tokens, commands) = (new List<string>(), new List<int>(), new List<Token>(), new StringBuilder());
        foreach (var cell in cells.OfType<YamlValue.Map>().Where(c => c["cell_type"] is YamlValue.Scalar { Text: "code" }))
        {
            var first = lines.Count;
            foreach (var (line, number) in LinesOf(cell["source"]).Take(MostLines - first))
            {
                lines.Add(line);
                numbers.Add(number);
            }
            var own = lines.Skip(first).ToList();
            var isShell = own.Count > 0 && own[0].TrimEnd() is "%%bash" or "%%sh" or "%%shell" or "%%script bash";
            var isPython =
                !isShell
                && !(
                    own.Count > 0
                    && own[0].StartsWith("%%", StringComparison.Ordinal)
                    && !own[0].StartsWith("%%time", StringComparison.Ordinal)
                    && !own[0].StartsWith("%%capture", StringComparison.Ordinal)
                );
            foreach (var line in own)
            {
                var code = line.TrimStart();
                commands
                    .Append(
                        isShell && !code.StartsWith("%%", StringComparison.Ordinal) ? line
                        : code.StartsWith('!') ? code[1..]
                        : ""
                    )
                    .Append('\n');
            }
            var python = own.Select(l => isPython && l.TrimStart() is not ['!' or '%', ..] ? l : "");
            PythonTokens.Read(string.Join('\n', python), first + 1, tokens);
        }
        if (lines.Count == 0)
        {
            return [];
        }
        var uses = new FoundUses(file, lines, numbers);
        PythonSource.Read(tokens, uses);
        CommandLines.Read(commands.ToString(), uses);
        return uses.Result();
    }

    private static IEnumerable<(string Line, int Number)> LinesOf(YamlValue? source) =>
        source switch
        {
            YamlValue.Scalar whole => whole.Text.Split('\n').Select(l => (l, whole.Line)),
            YamlValue.List list => list
                .Items.OfType<YamlValue.Scalar>()
                .SelectMany(s => (s.Text.EndsWith('\n') ? s.Text[..^1] : s.Text).Split('\n').Select(l => (l, s.Line))),
            _ => [],
        };
}
