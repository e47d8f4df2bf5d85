using System.Text.RegularExpressions;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>A passage of a text: normalized words counted from 0, <paramref name="End"/> not included.</summary>
internal readonly record struct Range(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>A text in its sentences and paragraphs, for changes of whole passages.</summary>
internal sealed partial class Passages
{
    private readonly string text;
    private readonly IReadOnlyList<Word> words;

    public Passages(string text)
    {
        this.text = text;
        words = Normalization.Words(text);
        Paragraphs = Split(gap => BlankLine().IsMatch(gap));
        Sentences = Split(gap => SentenceEnd().IsMatch(gap) || BlankLine().IsMatch(gap));
    }

    public IReadOnlyList<Range> Paragraphs { get; }

    public IReadOnlyList<Range> Sentences { get; }

    public int Words => words.Count;

    /// <summary>The line, counted from 1, of a word.</summary>
    public int Line(int word) => words[word].Line;

    /// <summary>The normalized words of a passage, with single spaces.</summary>
    public string Plain(Range range) => string.Join(' ', words.Skip(range.Start).Take(range.Length).Select(word => word.Text));

    /// <summary>The text without a passage.</summary>
    public string Without(Range range) => text[..Offset(range.Start)] + (range.End < words.Count ? text[Offset(range.End)..] : "");

    /// <summary>The text with something put before a word.</summary>
    public string With(int word, string inserted) => text[..Offset(word)] + inserted + text[Offset(word)..];

    /// <summary>Where a word begins, or the text ends.</summary>
    public int Offset(int word) => word < words.Count ? words[word].Offset : text.Length;

    private List<Range> Split(Func<string, bool> ends)
    {
        var ranges = new List<Range>();
        for (int start = 0, word = 1; word <= words.Count; word++)
        {
            if (word == words.Count || ends(text[words[word - 1].Offset..words[word].Offset]))
            {
                ranges.Add(new Range(start, word));
                start = word;
            }
        }
        return ranges;
    }

    [GeneratedRegex(@"\n[ \t\r]*\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"[.!?][""'”’)]*\s|[。！？]")]
    private static partial Regex SentenceEnd();
}
