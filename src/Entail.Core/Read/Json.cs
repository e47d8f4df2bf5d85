using System.Text;
using System.Text.Json;

namespace Entail.Core.Read;

/// <summary>Reads JSON from untrusted input into the same values as <see cref="Yaml"/>, with lines; nesting is bounded.</summary>
public static class Json
{
    private const int DeepestNesting = 64;

    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = DeepestNesting,
    };

    /// <summary>Reads the first value of <paramref name="text"/>; null with a problem when it is no JSON.</summary>
    /// <param name="text">The document.</param>
    /// <param name="firstLine">The line of the file on which the text begins.</param>
    /// <param name="problems">Receives what is wrong; of a key that stands twice the first one counts.</param>
    public static YamlValue? Parse(string text, int firstLine, ICollection<SourceProblem> problems)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var builder = new Builder(bytes, firstLine, problems);
        try
        {
            return builder.Document();
        }
        catch (JsonException problem)
        {
            var line = (int)(problem.LineNumber ?? 0) + firstLine;
            problems.Add(
                new SourceProblem(line, (int)(problem.BytePositionInLine ?? 0) + 1, "this is not JSON: the syntax breaks here. Correct it.")
                {
                    MessageZh = "这不是有效的 JSON：此处语法有误，请更正。",
                }
            );
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair.
            problems.Add(
                new SourceProblem(builder.Line, 1, "a string here holds an invalid escape. Write the character itself.")
                {
                    MessageZh = "此处的字符串含有无效的转义，请直接写出该字符。",
                }
            );
            return null;
        }
    }

    private sealed class Builder(byte[] bytes, int firstLine, ICollection<SourceProblem> problems)
    {
        private int counted;
        private int lineStart;

        public int Line { get; private set; } = firstLine;

        public YamlValue? Document()
        {
            var reader = new Utf8JsonReader(bytes, Options);
            return reader.Read() ? Value(ref reader) : null;
        }

        // Recursion ends at the reader's own depth limit.
        private YamlValue Value(ref Utf8JsonReader reader)
        {
            var (line, column) = Place(reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    var items = new List<YamlValue>();
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        items.Add(Value(ref reader));
                    }
                    return new YamlValue.List(items, line, column, Place(reader.TokenStartIndex).Line);
                case JsonTokenType.StartObject:
                    var entries = new List<KeyValuePair<YamlValue.Scalar, YamlValue>>();
                    var keys = new HashSet<string>(StringComparer.Ordinal);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                    {
                        var key = Scalar(reader.GetString() ?? "", quoted: true, Place(reader.TokenStartIndex));
                        reader.Read();
                        var value = Value(ref reader);
                        if (keys.Add(key.Text))
                        {
                            entries.Add(new(key, value));
                        }
                        else
                        {
                            problems.Add(SourceProblem.Duplicate(key));
                        }
                    }
                    return new YamlValue.Map(entries, line, column, Place(reader.TokenStartIndex).Line);
                case JsonTokenType.String:
                    return Scalar(reader.GetString() ?? "", quoted: true, (line, column));
                default:
                    return Scalar(Encoding.UTF8.GetString(reader.ValueSpan), quoted: false, (line, column));
            }
        }

        private static YamlValue.Scalar Scalar(string text, bool quoted, (int Line, int Column) at) =>
            new(text, quoted, at.Line, at.Column, at.Line);

        private (int Line, int Column) Place(long index)
        {
            for (; counted < index; counted++)
            {
                if (bytes[counted] == (byte)'\n')
                {
                    Line++;
                    lineStart = counted + 1;
                }
            }
            return (Line, (int)index - lineStart + 1);
        }
    }
}
