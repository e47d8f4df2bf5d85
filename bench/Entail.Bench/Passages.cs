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

    /// <summary>The text without a passage. One that opens a line goes with the number or bullet before it.</summary>
    public string Without(Range range) => text[..Opening(range.Start)] + text[Opening(range.End)..];

    /// <summary>The first word of the passages of that length which can be taken out with the same result, and of the last of them.</summary>
    public (int First, int Last) SameWithout(Range range)
    {
        var (first, last) = (range.Start, range.Start);
        while (first > 0 && words[first - 1].Text == words[first + range.Length - 1].Text)
        {
            first--;
        }
        while (last + range.Length < words.Count && words[last].Text == words[last + range.Length].Text)
        {
            last++;
        }
        return (first, last);
    }

    /// <summary>The text with something put before a word.</summary>
    public string With(int word, string inserted) => text[..Offset(word)] + inserted + text[Offset(word)..];

    /// <summary>Where a word begins, or the text ends.</summary>
    public int Offset(int word) => word < words.Count ? words[word].Offset : text.Length;

    // Where a word begins with what opens its line; the end of the text.
    private int Opening(int word) =>
        word < words.Count && (word == 0 || words[word - 1].Line < words[word].Line)
            ? text.LastIndexOf('\n', Math.Max(0, Offset(word) - 1)) + 1
            : Offset(word);

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
