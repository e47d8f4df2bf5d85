namespace Entail.Core.Read.Sources;

/// <summary>What a piece of code is.</summary>
internal enum TokenKind
{
    /// <summary>A name, a keyword or a number.</summary>
    Word,

    /// <summary>A string as it stands.</summary>
    Text,

    /// <summary>A string with parts that are only known when the code runs.</summary>
    Made,

    /// <summary>A sign.</summary>
    Sign,

    /// <summary>The end of a statement that ends with its line.</summary>
    Break,
}

/// <summary>A piece of code without the comments around it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its text; of a string what is between the quotes, as written.</param>
/// <param name="Line">The line on which it begins, counted from 1.</param>
/// <param name="Column">Its place on the line; only Python's are counted.</param>
internal readonly record struct Token(TokenKind Kind, string Value, int Line, int Column)
{
    /// <summary>The most pieces that are read of one file.</summary>
    public const int Most = 500_000;

    /// <summary>The end of a part of a file behind which nothing is open.</summary>
    public const string Part = "part";

    /// <summary>True for this sign.</summary>
    public bool Is(string sign) => Kind == TokenKind.Sign && Value == sign;

    /// <summary>True for this word.</summary>
    public bool IsWord(string word) => Kind == TokenKind.Word && Value == word;
}
