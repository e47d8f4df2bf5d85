using System.Buffers;

namespace Entail.Core.Identify;

/// <summary>A file's text with everything that matching asks of it.</summary>
internal sealed class AnalyzedText
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".;:!?。；：！？");
    private readonly string _text;
    private readonly Dictionary<byte, int[]> _sampled = [];

    public AnalyzedText(string text)
    {
        _text = text;
        Words = Normalization.Words(text);
        Hashes = Fingerprint.HashWords(Words);
        Shingles = Fingerprint.Shingles(Hashes);
        Sequence = new SequenceHash(Hashes);
    }

    public IReadOnlyList<Word> Words { get; }
    public uint[] Hashes { get; }
    public uint[] Shingles { get; }
    public SequenceHash Sequence { get; }

    /// <summary>How many shingles that begin in [<paramref name="start"/>, <paramref name="end"/>) a text of this rate would have sampled.</summary>
    public int Sampled(byte rate, int start, int end)
    {
        if (!_sampled.TryGetValue(rate, out var before))
        {
            before = new int[Shingles.Length + 1];
            for (var i = 0; i < Shingles.Length; i++)
            {
                before[i + 1] = before[i] + (Shingles[i] % rate == 0 ? 1 : 0);
            }
            _sampled.Add(rate, before);
        }
        return end > start ? before[Math.Min(end, Shingles.Length)] - before[Math.Min(start, Shingles.Length)] : 0;
    }

    /// <summary>The place of the words from <paramref name="start"/> up to <paramref name="end"/>; at least one.</summary>
    public TextSpan Span(int start, int end) => new(Lines(start, end), new WordRange(start, end));

    /// <summary>The lines of the words from <paramref name="start"/> up to <paramref name="end"/>; at least one.</summary>
    public LineRange Lines(int start, int end) => new(Words[start].Line, Words[end - 1].Line);

    /// <summary>The characters from one word up to another, with the punctuation that closes the last.</summary>
    public Passage Passage(int start, int end)
    {
        var first = Words[start].Offset;
        var limit = Math.Min(end < Words.Count ? Words[end].Offset : _text.Length, first + Identify.Passage.MaxCharacters + 1);
        var last = Math.Min(Words[end - 1].Offset, limit);
        while (last < limit && _text[last] != '\n')
        {
            last++;
        }
        var characters = _text.AsSpan(first, Math.Min(last - first, Identify.Passage.MaxCharacters)).TrimEnd(" \t\r\n\"'“‘(*_`#>-[{/");
        var isCut = last - first > Identify.Passage.MaxCharacters;
        if (isCut && characters is [.., var final] && char.IsHighSurrogate(final))
        {
            characters = characters[..^1];
        }
        return new Passage(Lines(start, end), isCut ? $"{characters}…" : characters.ToString());
    }

    /// <summary>True where a sentence or a line begins.</summary>
    public bool StartsSentence(int word)
    {
        if (word == 0 || word >= Words.Count || Words[word].Line != Words[word - 1].Line)
        {
            return true;
        }
        var gap = _text.AsSpan(Words[word - 1].Offset..Words[word].Offset);
        return gap[^Math.Min(gap.Length, 8)..].ContainsAny(SentenceEnds);
    }
}
