using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Entail.Core.Read;

/// <summary>A value of a YAML document and where it stands, lines and columns counted from 1.</summary>
public abstract record YamlValue(int Line, int Column, int EndLine)
{
    /// <summary>A scalar. <paramref name="Quoted"/> scalars are strings whatever they look like.</summary>
    public sealed record Scalar(string Text, bool Quoted, int Line, int Column, int EndLine) : YamlValue(Line, Column, EndLine)
    {
        /// <summary>True for nothing, <c>~</c> and <c>null</c>.</summary>
        public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";
    }

    /// <summary>A sequence.</summary>
    public sealed record List(IReadOnlyList<YamlValue> Items, int Line, int Column, int EndLine) : YamlValue(Line, Column, EndLine);

    /// <summary>A mapping; keys in the order of the text, each once.</summary>
    public sealed record Map(IReadOnlyList<KeyValuePair<Scalar, YamlValue>> Entries, int Line, int Column, int EndLine)
        : YamlValue(Line, Column, EndLine)
    {
        /// <summary>The value of a key; null where the map lacks it.</summary>
        public YamlValue? this[string key] => Entries.FirstOrDefault(e => e.Key.Text == key).Value;
    }

    /// <summary>What this is, for a message.</summary>
    public string Kind =>
        this switch
        {
            Scalar { IsNull: true } => "nothing",
            Scalar s => $"`{(s.Text.Length > 40 ? s.Text[..40] + "…" : s.Text)}`",
            List => "a list",
            _ => "a mapping",
        };
}

/// <summary>A problem in a file: where it is and what to do.</summary>
public sealed record SourceProblem(int Line, int Column, string Message)
{
    /// <summary>The message in Chinese.</summary>
    public string MessageZh { get; init; } = $"无法按 YAML 读取：{Message}";

    /// <summary>A key that stands twice in one mapping.</summary>
    public static SourceProblem Duplicate(YamlValue.Scalar key) =>
        new(key.Line, key.Column, $"the key `{Problems.Excerpt(key.Text)}` stands twice; the first one counts")
        {
            MessageZh = $"键 `{Problems.Excerpt(key.Text)}` 出现两次，以第一次为准",
        };
}

/// <summary>
/// Reads YAML 1.2 (JSON too) from untrusted input: nesting, nodes and aliases are bounded, a key may stand once, and nothing is executed.
/// </summary>
public static class Yaml
{
    private const int DeepestNesting = 64;
    private const int MostNodes = 1_000_000;

    /// <summary>Reads the first document of <paramref name="text"/>; null with a problem when it cannot be read.</summary>
    /// <param name="text">The document.</param>
    /// <param name="firstLine">The line of the file on which the text begins.</param>
    /// <param name="problems">Receives what is wrong; duplicate keys are reported and the first one kept.</param>
    public static YamlValue? Parse(string text, int firstLine, ICollection<SourceProblem> problems)
    {
        var offset = firstLine - 1;
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            return new Builder(parser, offset, problems).Document();
        }
        catch (YamlException problem)
        {
            // What is left open is noticed after the end.
            var line = Math.Clamp((int)problem.Start.Line, 1, 1 + text.AsSpan().TrimEnd().Count('\n'));
            problems.Add(new SourceProblem(line + offset, Math.Max(1, (int)problem.Start.Column), Sentence(problem)));
            return null;
        }
        catch (Exception problem)
            when (problem is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            problems.Add(new SourceProblem(firstLine, 1, "this is not YAML that can be read"));
            return null;
        }
    }

    private static string Sentence(YamlException problem)
    {
        var message = (problem.InnerException ?? problem).Message;
        var colon = message.LastIndexOf("): ", StringComparison.Ordinal);
        return colon < 0 ? message : message[(colon + 3)..];
    }

    private sealed class Builder(Parser parser, int offset, ICollection<SourceProblem> problems)
    {
        private readonly Dictionary<string, YamlValue> anchors = [];
        private int nodes;

        public YamlValue? Document()
        {
            while (parser.MoveNext())
            {
                if (parser.Current is NodeEvent)
                {
                    return Node(0);
                }
            }
            return null;
        }

        // The current event opens a node; afterwards it is the node's last event.
        private YamlValue Node(int depth)
        {
            var start = parser.Current!;
            if (depth > DeepestNesting || ++nodes > MostNodes)
            {
                throw new YamlException(
                    start.Start,
                    start.End,
                    depth > DeepestNesting ? $"nested deeper than {DeepestNesting} levels" : "too many values"
                );
            }
            switch (start)
            {
                case Scalar scalar:
                    return Remember(
                        scalar,
                        new YamlValue.Scalar(
                            scalar.Value,
                            scalar.Style
                                is ScalarStyle.SingleQuoted
                                    or ScalarStyle.DoubleQuoted
                                    or ScalarStyle.Literal
                                    or ScalarStyle.Folded,
                            Line(start),
                            Column(start),
                            (int)start.End.Line + offset
                        )
                    );
                case AnchorAlias alias:
                    return anchors.TryGetValue(alias.Value.Value, out var known) && known is YamlValue.Scalar
                        ? known
                        : throw new YamlException(
                            start.Start,
                            start.End,
                            $"the alias *{alias.Value} is not supported: write the value out"
                        );
                case SequenceStart sequence:
                    var items = new List<YamlValue>();
                    while (Advance() is not SequenceEnd)
                    {
                        items.Add(Node(depth + 1));
                    }
                    return Remember(
                        sequence,
                        new YamlValue.List(items, Line(start), Column(start), (int)parser.Current!.End.Line + offset)
                    );
                case MappingStart mapping:
                    var entries = new List<KeyValuePair<YamlValue.Scalar, YamlValue>>();
                    var keys = new HashSet<string>(StringComparer.Ordinal);
                    while (Advance() is not MappingEnd)
                    {
                        var at = parser.Current!;
                        if (Node(depth + 1) is not YamlValue.Scalar key)
                        {
                            throw new YamlException(at.Start, at.End, "a key must be a plain word");
                        }
                        Advance();
                        var value = Node(depth + 1);
                        if (keys.Add(key.Text))
                        {
                            entries.Add(new(key, value));
                        }
                        else
                        {
                            problems.Add(SourceProblem.Duplicate(key));
                        }
                    }
                    return Remember(
                        mapping,
                        new YamlValue.Map(entries, Line(start), Column(start), (int)parser.Current!.End.Line + offset)
                    );
                default:
                    throw new YamlException(start.Start, start.End, "a value is missing");
            }
        }

        private ParsingEvent Advance() =>
            parser.MoveNext() ? parser.Current! : throw new YamlException(Mark.Empty, Mark.Empty, "the document ends too early");

        private YamlValue Remember(NodeEvent source, YamlValue value)
        {
            if (!source.Anchor.IsEmpty)
            {
                anchors[source.Anchor.Value] = value;
            }
            return value;
        }

        private int Line(ParsingEvent e) => (int)e.Start.Line + offset;

        private static int Column(ParsingEvent e) => Math.Max(1, (int)e.Start.Column);
    }

    /// <summary>A scalar as a flag; null where it is none.</summary>
    public static bool? AsFlag(this YamlValue value) =>
        value is YamlValue.Scalar { Quoted: false } s
            ? s.Text switch
            {
                "true" or "True" or "TRUE" or "yes" => true,
                "false" or "False" or "FALSE" or "no" => false,
                _ => null,
            }
            : null;

    /// <summary>A scalar as a number; null where it is none.</summary>
    public static decimal? AsNumber(this YamlValue value) =>
        value is YamlValue.Scalar s
        && decimal.TryParse(
            s.Text.Replace("_", "", StringComparison.Ordinal),
            NumberStyles.Number,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
