using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Entail.Core.Identify;

/// <summary>Reads the normalized words of a text in one pass; see <see cref="Normalization"/> for what counts.</summary>
internal ref struct WordScanner
{
    // Enough to say that a text is disguised, and where.
    private const int MaxMarks = 1000;

    // What ends a line or a paragraph within a line of the file, as in a page that was written on one line.
    private const int LineSeparator = 0x2028;
    private const int ParagraphSeparator = 0x2029;

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    // What may open a line before its first word without saying anything: comment markers, bullets, Markdown.
    private static readonly SearchValues<char> BulletMarks = SearchValues.Create("#>*/;%|-–—•·▪●○■□◦+=_~&\"“");

    // What may stand after "section": a number here is no bullet.
    private static readonly FrozenSet<uint> Referring = Hashes(
        "section sections clause clauses subsection subsections subclause paragraph paragraphs subparagraph article articles item items version"
            + " annex appendix exhibit schedule attachment part condition conditions chapter title point figure table step v no number"
    );

    private static readonly FrozenSet<uint> Joining = Hashes("and or");

    private static readonly uint All = Normalization.Hash("all");
    private static readonly uint Rights = Normalization.Hash("rights");
    private static readonly uint Reserved = Normalization.Hash("reserved");

    private readonly ReadOnlySpan<char> text;
    private readonly WordTable words;
    private int position;
    private int line = 1;

    // What went before: where the last word ends in meaning, so that a number or letter which follows is a bullet.
    private Boundary boundary = Boundary.Paragraph;
    private bool sentenceEnded;
    private bool lineBegins = true;
    private bool mayBeCopyright = true;
    private int bracket = -1;
    private bool scriptsEnd = true;

    // The word being read.
    private int start = -1;
    private int end;
    private uint hash;
    private uint plainHash;
    private Script scripts;
    private bool unseen;
    private bool unseenInside;

    // Words all of whose letters look Latin without being so, and how many words leave no doubt that another script is meant.
    private List<int>? ambiguous;
    private List<int>? directed;
    private bool rightToLeft;
    private int foreign;

    private WordScanner(ReadOnlySpan<char> text)
    {
        this.text = text;
        words = new WordTable((text.Length / 6) + 8);
    }

    [Flags]
    private enum Script
    {
        None = 0,
        Latin = 1,
        LookAlike = 2,
        Other = 4,
        Styled = 8,
    }

    /// <summary>The words of <paramref name="text"/>.</summary>
    public static WordTable Scan(ReadOnlySpan<char> text)
    {
        var scanner = new WordScanner(text);
        scanner.Run();
        return scanner.words;
    }

    private void Run()
    {
        BeginLine();
        while (position < text.Length)
        {
            var c = text[position];
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (start < 0 && !InParentheses && Bullets.Length(text[position..], boundary, lineBegins, Refers) is > 0 and var bullet)
                {
                    position += bullet;
                    continue;
                }
                Begin();
                var lower = (uint)c | (c >= 'A' && c <= 'Z' ? 0x20u : 0u);
                hash = (hash ^ lower) * Normalization.HashPrime;
                plainHash = (plainHash ^ lower) * Normalization.HashPrime;
                scripts |= c > '9' ? Script.Latin : Script.None;
                end = ++position;
            }
            else if (c < 0x80)
            {
                Mark(c);
            }
            else
            {
                Other();
            }
        }
        Flush();
        Settle();
    }

    private readonly bool InParentheses => position > 0 && text[position - 1] == '(';

    // The word before is one like "section", and no sentence has ended since.
    private readonly bool Refers => words.Count > 0 && boundary < Boundary.Sentence && Referring.Contains(words.Hashes[^1]);

    private void Mark(char c)
    {
        switch (c)
        {
            case '\'' or '`':
                position++;
                return;
            case '\n' or '\r':
                Flush();
                position += c == '\r' && position + 1 < text.Length && text[position + 1] == '\n' ? 2 : 1;
                line++;
                End(sentenceEnded);
                BeginLine();
                return;
            case ' ' or '\t' or '\f' or '\v':
                Flush();
                position++;
                End(sentenceEnded);
                return;
            case '<' when Markup.TagLength(text[position..], ref scriptsEnd) is > 0 and var tag:
                Flush();
                var block = Markup.IsBlock(text.Slice(position, tag));
                Skip(tag);
                lineBegins = true;
                if (block)
                {
                    BeginParagraph();
                }
                return;
            case '&' when Markup.Entity(text[position..], out var entity) is > 0 and var length:
                ReadEntity(entity, length);
                return;
            case '(' when IsParenthesizedBullet(out var length):
                Flush();
                position += length;
                return;
            case '[':
                Flush();
                bracket = position++;
                return;
            case ']' when bracket >= 0 && Markup.RepeatedLink(text, bracket, position) is > 0 and var length:
                Flush();
                Skip(length);
                bracket = -1;
                return;
            default:
                Flush();
                position++;
                Punctuate(c);
                return;
        }
    }

    private void ReadEntity(char entity, int length)
    {
        if (char.IsLetterOrDigit(entity))
        {
            Begin();
            Letter(new Rune(entity));
            end = position + length;
        }
        else if (char.IsWhiteSpace(entity))
        {
            Flush();
            End(sentenceEnded);
        }
        else if (entity is not ('\'' or '’' or '‘'))
        {
            Flush();
            Punctuate(entity);
        }
        position += length;
    }

    private void Punctuate(char c)
    {
        lineBegins &= BulletMarks.Contains(c);
        sentenceEnded =
            c is '.' or ';' or ':' or '!' or '?' or '。' or '；' or '：' or '！' or '？'
            // What closes a sentence's quotation or emphasis does not open the next one.
            || (sentenceEnded && c is '"' or ')' or ']' or '*' or '_' or '”' or '»' or '-' or '#' or '>' or '|' or '~');
    }

    private void End(bool sentence)
    {
        if (sentence && boundary < Boundary.Sentence)
        {
            boundary = Boundary.Sentence;
        }
    }

    // Passes over what is no word and may hold line ends.
    private void Skip(int length)
    {
        foreach (var c in text.Slice(position, length))
        {
            line += c == '\n' ? 1 : 0;
        }
        position += length;
    }

    // A line without a word ends a paragraph; one that states a copyright and opens a paragraph is no text.
    private void BeginLine()
    {
        lineBegins = true;
        var rest = text[position..];
        var length = rest.IndexOfAny(LineEnds) is >= 0 and var found ? found : rest.Length;
        var first = 0;
        while (first < length && !char.IsLetterOrDigit(rest[first]) && rest[first] is not ('©' or '<') && !char.IsSurrogate(rest[first]))
        {
            first++;
        }
        if (first == length)
        {
            boundary = Boundary.Paragraph;
            mayBeCopyright = true;
            position += length;
        }
        else if (mayBeCopyright)
        {
            PassCopyright();
        }
    }

    private void BeginParagraph()
    {
        (boundary, mayBeCopyright) = (Boundary.Paragraph, true);
        PassCopyright();
    }

    private void PassCopyright()
    {
        var statement = Copyrights.Length(text[position..]);
        Skip(statement);
        boundary = statement > 0 ? Boundary.Sentence : boundary;
        mayBeCopyright = statement > 0;
    }

    private readonly bool IsParenthesizedBullet(out int length)
    {
        length = Bullets.Parenthesized(text[position..], out var isNumber);
        var before = text[..position].TrimEnd("*_");
        if (length == 0 || start >= 0 || before is [.., ')'] || (before.Length > 0 && char.IsLetterOrDigit(before[^1])))
        {
            return false;
        }
        return !Refers && (!isNumber || boundary >= Boundary.Joint || (position > 1 && text[position - 2] == ','));
    }

    private void Other()
    {
        if (Rune.DecodeFromUtf16(text[position..], out var rune, out var length) != OperationStatus.Done)
        {
            Flush();
            position++;
            return;
        }
        if (rune.Value is LineSeparator or ParagraphSeparator)
        {
            Flush();
            position += length;
            End(sentenceEnded);
            lineBegins = true;
            if (rune.Value == ParagraphSeparator)
            {
                BeginParagraph();
            }
            return;
        }
        if (Folding.IsJoiner(rune.Value))
        {
            if (Folding.IsDirection(rune.Value) && (directed ??= []).Count < MaxMarks)
            {
                directed.Add(words.Count);
            }
            unseen |= Folding.IsUnseen(rune.Value) && start >= 0;
        }
        else if (Folding.Ascii(rune.Value) is not '\0' and var ascii)
        {
            Begin();
            scripts |= rune.IsBmp ? Script.Latin : Script.Latin | Script.Styled;
            Extend(ascii, ascii);
            end = position + length;
        }
        else if (Folding.IsWordByItself(rune.Value))
        {
            Flush();
            words.Add(Normalization.Extend(Normalization.HashBasis, rune), position, position + length, line);
            AfterWord(0);
        }
        else if (Rune.IsLetterOrDigit(rune))
        {
            Begin();
            Letter(rune);
            end = position + length;
        }
        else
        {
            Flush();
            if (Rune.IsWhiteSpace(rune))
            {
                End(sentenceEnded);
            }
            else
            {
                Punctuate(rune.IsBmp ? (char)rune.Value : '\0');
            }
        }
        position += length;
    }

    private void Letter(Rune rune)
    {
        rightToLeft |= Folding.IsRightToLeft(rune.Value);
        var c = rune.IsBmp ? (char)rune.Value : '\0';
        if (rune.IsAscii)
        {
            scripts |= Script.Latin;
            Extend(char.ToLowerInvariant(c), char.ToLowerInvariant(c));
            return;
        }
        if (Folding.Letters(c) is { Length: > 0 } letters)
        {
            scripts |= Script.Latin;
            foreach (var letter in letters)
            {
                Extend(letter, letter);
            }
            return;
        }
        var lower = Rune.ToLowerInvariant(rune);
        if (Folding.LookAlike(c) is not '\0' and var alike)
        {
            scripts |= Script.LookAlike;
            hash = Normalization.Extend(hash, new Rune(alike));
        }
        else
        {
            scripts |= Script.Other;
            hash = Normalization.Extend(hash, lower);
        }
        plainHash = Normalization.Extend(plainHash, lower);
    }

    private void Extend(char folded, char plain)
    {
        hash = (hash ^ folded) * Normalization.HashPrime;
        plainHash = (plainHash ^ plain) * Normalization.HashPrime;
    }

    private void Begin()
    {
        if (start < 0)
        {
            start = position;
            (hash, plainHash, scripts, unseenInside) = (Normalization.HashBasis, Normalization.HashBasis, Script.None, false);
        }
        else
        {
            unseenInside |= unseen;
        }
        unseen = false;
    }

    private void Flush()
    {
        if (start < 0)
        {
            return;
        }
        var latin = (scripts & Script.Latin) != Script.None;
        var alike = (scripts & Script.LookAlike) != Script.None;
        var other = (scripts & Script.Other) != Script.None;
        // Letters among Latin ones, or all alike, are read as what they look like; a word with a letter that looks like none is what it is.
        var folded = latin || !other;
        var word = Normalization.OneSpelling(folded ? hash : plainHash);
        words.Add(word, start, end, line);
        foreign += other && !latin ? 1 : 0;
        if ((alike && latin) || (scripts & Script.Styled) != Script.None || (unseenInside && latin))
        {
            words.Disguise();
        }
        else if (alike && !other)
        {
            Ambiguous();
        }
        start = -1;
        unseen = false;
        AfterWord(word);
    }

    private void Ambiguous()
    {
        if (foreign == 0 && (ambiguous ??= []).Count < MaxMarks)
        {
            ambiguous.Add(words.Count - 1);
        }
    }

    private void AfterWord(uint word)
    {
        // The phrase belongs to a copyright notice, wherever its line is broken.
        if (word == Reserved && words.Count > 2 && words.Hashes[^2] == Rights && words.Hashes[^3] == All)
        {
            words.RemoveLast(3);
        }
        boundary = Joining.Contains(word) ? Boundary.Joint : Boundary.None;
        sentenceEnded = false;
        lineBegins = false;
        mayBeCopyright = false;
    }

    // What cannot be told from one word: whether the text as a whole is in another script, or written from right to left.
    private readonly void Settle()
    {
        if (ambiguous is not null && foreign == 0)
        {
            words.Disguise(ambiguous);
        }
        if (directed is not null && !rightToLeft && words.Count > 0)
        {
            var last = words.Count - 1;
            words.Disguise(directed.Select(word => Math.Min(word, last)));
        }
    }

    private static FrozenSet<uint> Hashes(string list) => list.Split(' ').Select(Normalization.Hash).ToFrozenSet();
}
