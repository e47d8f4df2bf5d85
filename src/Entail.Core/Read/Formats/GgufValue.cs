using System.Collections.Immutable;

namespace Entail.Core.Read.Formats;

/// <summary>A value of the metadata of a GGUF file.</summary>
internal abstract record GgufValue
{
    private GgufValue() { }

    /// <summary>A string; invalid UTF-8 became U+FFFD.</summary>
    /// <param name="Value">Its characters, as far as they were read.</param>
    /// <param name="Cut">There is more than was read.</param>
    internal sealed record Text(string Value, bool Cut) : GgufValue;

    /// <summary>A whole number of any width.</summary>
    internal sealed record Whole(Int128 Value) : GgufValue;

    /// <summary>A number of single or double precision.</summary>
    internal sealed record Real(double Value) : GgufValue;

    /// <summary>True or false; any byte but 0 is true.</summary>
    internal sealed record Truth(bool Value) : GgufValue;

    /// <summary>An array of strings.</summary>
    /// <param name="Items">Its first items, as far as they were read.</param>
    /// <param name="Count">How many there are.</param>
    internal sealed record Texts(ImmutableArray<string> Items, ulong Count) : GgufValue;

    /// <summary>An array that was passed over: of numbers, of arrays, or of a tokenizer.</summary>
    internal sealed record Passed(ulong Count) : GgufValue;
}
