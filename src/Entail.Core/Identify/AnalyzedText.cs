using System.Buffers;

namespace Entail.Core.Identify;

/// <summary>A file's text with everything that matching asks of it.</summary>
internal sealed class AnalyzedText
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".;:!?。；：！？");
    private readonly string _text;

    public AnalyzedText(string text, FingerprintIndex index)
    {
        _text = text;
        Words = WordScanner.Scan(text);
        Numbers = index.Numbered(Words.Hashes);
        Sequence = new SequenceHash(Words.Hashes);
    }

    public WordTable Words { get; }

    /// <summary>The words as numbers of the index's vocabulary.</summary>
    public ushort[] Numbers { get; }

    public SequenceHash Sequence { get; }

    /// <summary>The hash of the shingle that begins at each word.</summary>
    public uint[] Shingles => field ??= Fingerprint.Shingles(Numbers);

    /// <summary>The place of the words from <paramref name="start"/> up to <paramref name="end"/>; at least one.</summary>
    public TextSpan Span(int start, int end) => new(Lines(start, end), new WordRange(start, end));

    /// <summary>The lines of the words from <paramref name="start"/> up to <paramref name="end"/>; at least one.</summary>
    public LineRange Lines(int start, int end) => new(Words.Lines[start], Words.Lines[end - 1]);

    /// <summary>The characters from one word up to another, with the punctuation that closes the last.</summary>
    public Passage Passage(int start, int end, string? clause = null)
    {
        var first = Words.Starts[start];
        var limit = Math.Min(end < Words.Count ? Words.Starts[end] : _text.Length, first + Identify.Passage.MaxCharacters + 1);
        var last = Math.Min(Words.Ends[end - 1], limit);
        while (last < limit && _text[last] is not ('\n' or '\r'))
        {
            last++;
        }
        var characters = _text
            .AsSpan(first, Math.Min(last - first, Identify.Passage.MaxCharacters))
            .TrimEnd(" \t\r\n\u2028\u2029\"'“‘(*_`#>-[{/");
        var isCut = last - first > Identify.Passage.MaxCharacters;
        if (isCut && characters is [.., var final] && char.IsHighSurrogate(final))
        {
            characters = characters[..^1];
        }
        return new Passage(Lines(start, end), isCut ? $"{characters}…" : characters.ToString(), clause);
    }

    /// <summary>
    /// All characters from one word up to another: from the beginning of its line where nothing but a bullet or a number stands before it there, to the
    /// end of the last line or the word after.
    /// </summary>
    public string Cut(int start, int end)
    {
        var before = start > 0 ? Words.Ends[start - 1] : 0;
        var line = Words.Starts[start] > 0 ? _text.LastIndexOf('\n', Words.Starts[start] - 1) + 1 : 0;
        var first = line >= before ? line : Words.Starts[start];
        var limit = end < Words.Count ? Words.Starts[end] : _text.Length;
        var last = _text.IndexOfAny(['\n', '\r'], Words.Ends[end - 1], limit - Words.Ends[end - 1]);
        return _text[first..(last < 0 ? limit : last)].ReplaceLineEndings("\n").TrimEnd();
    }

    /// <summary>True where a sentence or a line begins.</summary>
    public bool StartsSentence(int word)
    {
        if (word <= 0 || word >= Words.Count || Words.Lines[word] != Words.Lines[word - 1])
        {
            return true;
        }
        var gap = _text.AsSpan(Words.Ends[word - 1]..Words.Starts[word]);
        return gap[^Math.Min(gap.Length, 8)..].ContainsAny(SentenceEnds);
    }
}
