using System.Collections.Frozen;

namespace Entail.Core.Identify;

/// <summary>What a character outside ASCII counts as in a word.</summary>
internal static class Folding
{
    // Letters of Latin-1 Supplement and Latin Extended-A without their marks, from U+00C0 to U+017F; `.` where there is no single letter.
    private const string Plain =
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllll"
        + "lllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    // Letters of other scripts that are drawn like Latin ones (Unicode Technical Standard 39, confusables), as the lower-case Latin letter.
    private static readonly FrozenDictionary<char, char> Alike = (
        "аaеeоoрpсcуyхxѕsіiјjԁdԛqԝwһhкkАaВbЕeКkМmНhОoРpСcТtУyХxЅsІiЈjҮyԌgԜwҺh"
        + "αaοoνvρpυuιiκkχxΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧxօoսuհhոnɑaɡgɩiıiᴏoᴠvᴡwᴢz"
    )
        .Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The Latin letter that another script's letter looks like; `\0` where it looks like none.</summary>
    public static char LookAlike(char c) => Alike.GetValueOrDefault(c);

    /// <summary>The letter or letters, in lower case, that a Latin letter with marks or a ligature stands for; empty where it stands for itself.</summary>
    public static ReadOnlySpan<char> Letters(char c) =>
        c switch
        {
            'ß' or 'ẞ' => "ss",
            'æ' or 'Æ' => "ae",
            'œ' or 'Œ' => "oe",
            'þ' or 'Þ' => "th",
            'ĳ' or 'Ĳ' => "ij",
            'ﬀ' => "ff",
            'ﬁ' => "fi",
            'ﬂ' => "fl",
            'ﬃ' => "ffi",
            'ﬄ' => "ffl",
            'ﬅ' or 'ﬆ' => "st",
            >= '\u00C0' and <= '\u017F' when Plain[c - '\u00C0'] != '.' => Plain.AsSpan(c - '\u00C0', 1),
            _ => [],
        };

    /// <summary>The ASCII letter or digit that a mathematical or full-width one stands for; `\0` where it is none.</summary>
    public static char Ascii(int rune) =>
        rune switch
        {
            >= 0xFF10 and <= 0xFF19 => (char)(rune - 0xFEE0),
            >= 0xFF21 and <= 0xFF3A => (char)(rune - 0xFEE0 + 32),
            >= 0xFF41 and <= 0xFF5A => (char)(rune - 0xFEE0),
            >= 0x1D400 and <= 0x1D6A3 => (char)('a' + ((rune - 0x1D400) % 26)),
            >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((rune - 0x1D7CE) % 10)),
            _ => '\0',
        };

    /// <summary>True for a Chinese, Japanese or Korean character, which is a word by itself.</summary>
    public static bool IsWordByItself(int rune) =>
        rune
            is (>= 0x3400 and <= 0x9FFF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x3040 and <= 0x30FF)
                or (>= 0xAC00 and <= 0xD7AF)
                or (>= 0x20000 and <= 0x323AF);

    /// <summary>True for what stands in a word without ending it: an apostrophe of any shape, a combining mark, a soft hyphen, an unseen character.</summary>
    public static bool IsJoiner(int rune) =>
        rune is '’' or '‘' or '´' or 'ʼ' or '\u00AD' or '\uFEFF' or (>= 0x300 and <= 0x36F) or (>= 0xFE00 and <= 0xFE0F) || IsUnseen(rune);

    /// <summary>True for a character that nobody sees and that a license has no use for: zero width, or a direction of writing.</summary>
    public static bool IsUnseen(int rune) =>
        rune is (>= 0x200B and <= 0x200D) or (>= 0x2060 and <= 0x2064) or 0x034F or 0x180E or (>= 0xE0000 and <= 0xE007F)
        || IsDirection(rune);

    /// <summary>True for a mark that changes the direction of writing.</summary>
    public static bool IsDirection(int rune) =>
        rune is 0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>True for a letter of a script that is written from right to left.</summary>
    public static bool IsRightToLeft(int rune) => rune is >= 0x0590 and <= 0x08FF;
}
