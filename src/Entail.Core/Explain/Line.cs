namespace Entail.Core.Explain;

/// <summary>How a piece of text is meant; the printer gives it a color, or none.</summary>
public enum Tone
{
    Plain,
    Heading,
    Good,
    Caution,
    Bad,
    Quiet,
    Strong,
}

/// <summary>A piece of text.</summary>
public readonly record struct Span(string Text, Tone Tone);

/// <summary>A line for people.</summary>
public sealed record Line(params Span[] Spans)
{
    /// <summary>An empty line.</summary>
    public static readonly Line Empty = new();

    /// <summary>A line of one tone.</summary>
    public static Line Of(string text, Tone tone = Tone.Plain) => new(new Span(text, tone));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Spans.Select(s => s.Text));
}
