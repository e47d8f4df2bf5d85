using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>The YAML between <c>---</c> lines at the top of a README.</summary>
/// <param name="Values">What could be read of it; empty where there is none.</param>
/// <param name="BodyLine">The line on which the text after it begins, counted from 1.</param>
internal sealed partial record FrontMatter(YamlValue.Map Values, int BodyLine)
{
    private const int MostBlocks = 500;

    /// <summary>No front matter.</summary>
    public static readonly FrontMatter None = new(new YamlValue.Map([], 1, 1, 1), 1);

    /// <summary>
    /// Reads it as the hub does: blank lines may come before it. Where it is broken as a whole, each top-level key is read by itself, so that
    /// one slip costs one key.
    /// </summary>
    public static FrontMatter Read(TextFile card, ICollection<ReadProblem> problems)
    {
        var lines = LineEnd().Split(card.Text);
        var open = Array.FindIndex(lines, l => l.AsSpan().Trim().Length > 0);
        if (open < 0 || lines[open].TrimEnd() != "---")
        {
            return None;
        }
        var close = Array.FindIndex(lines, open + 1, l => l.TrimEnd() == "---");
        if (close < 0)
        {
            problems.Add(
                Problems.Invalid(
                    new Evidence(card.File, open + 1, null, null, lines[open], EvidenceSource.Declared),
                    "the metadata at the top opens with `---` but never ends. Write `---` on a line of its own after the last key.",
                    "文件开头的元数据以 `---` 开始却没有结束。请在最后一个键之后单独写一行 `---`。"
                )
            );
            close = Array.FindIndex(lines, open + 1, l => l.AsSpan().Trim().Length == 0 || l.StartsWith('#'));
            close = close < 0 ? lines.Length : close;
        }
        var values = Parse(card.File, lines.AsSpan(open + 1, close - open - 1), open + 2, problems);
        return new FrontMatter(values, Math.Min(close + 2, Math.Max(1, lines.Length)));
    }

    private static YamlValue.Map Parse(string file, ReadOnlySpan<string> lines, int firstLine, ICollection<ReadProblem> problems)
    {
        var found = new List<SourceProblem>();
        var value = Yaml.Parse(string.Join('\n', lines), firstLine, found);
        if (value is null && found.Count > 0)
        {
            var whole = found.ToList();
            found.Clear();
            value = Blocks(lines, firstLine, found);
            found = found.Count > 0 ? found : whole;
        }
        foreach (var problem in found)
        {
            problems.Add(Problems.Of(problem, file, EvidenceSource.Declared));
        }
        switch (value)
        {
            case YamlValue.Map map:
                return map;
            case null or YamlValue.Scalar { IsNull: true }:
                break;
            default:
                problems.Add(
                    Problems.Invalid(
                        Problems.At(file, value, null, EvidenceSource.Declared),
                        $"the metadata at the top is {value.Kind}, not keys and values. Write lines such as `license: …`.",
                        "文件开头的元数据不是键值形式。请写成 `license: …` 这样的行。"
                    )
                );
                break;
        }
        return None.Values;
    }

    private static YamlValue.Map Blocks(ReadOnlySpan<string> lines, int firstLine, List<SourceProblem> problems)
    {
        var entries = new List<KeyValuePair<YamlValue.Scalar, YamlValue>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var start = 0;
        for (var blocks = 0; start < lines.Length && blocks < MostBlocks; blocks++)
        {
            var end = start + 1;
            while (end < lines.Length && !TopLevelKey().IsMatch(lines[end]))
            {
                end++;
            }
            foreach (var entry in Block(lines[start..end], firstLine + start, problems))
            {
                if (keys.Add(entry.Key.Text))
                {
                    entries.Add(entry);
                }
                else
                {
                    problems.Add(SourceProblem.Duplicate(entry.Key));
                }
            }
            start = end;
        }
        return new YamlValue.Map(entries, firstLine, 1, firstLine + lines.Length);
    }

    private static IReadOnlyList<KeyValuePair<YamlValue.Scalar, YamlValue>> Block(
        ReadOnlySpan<string> lines,
        int line,
        List<SourceProblem> problems
    )
    {
        var text = string.Join('\n', lines);
        if (Yaml.Parse(text, line, problems) is YamlValue.Map map)
        {
            return map.Entries;
        }
        // YAML forbids tabs as indentation, yet what they mean is plain.
        return
            text.Contains('\t', StringComparison.Ordinal)
            && Yaml.Parse(text.Replace("\t", "  ", StringComparison.Ordinal), line, []) is YamlValue.Map untabbed
            ? untabbed.Entries
            : [];
    }

    [GeneratedRegex(@"\r\n|\n|\r")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_ -]{0,80}:(\s|\z)", RegexOptions.ExplicitCapture)]
    private static partial Regex TopLevelKey();
}
