using Entail.Core.Explain;

namespace Entail.Cli;

/// <summary>Prints lines; with color only where a terminal shows it and nobody asked otherwise (NO_COLOR, https://no-color.org).</summary>
internal sealed class Printer(bool color)
{
    /// <summary>Whether standard output gets color: <c>always</c>, <c>never</c>, or <c>auto</c>.</summary>
    public static Printer For(string when) =>
        new(
            when switch
            {
                "always" => true,
                "never" => false,
                _ => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            }
        );

    public void Print(IEnumerable<Line> lines)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(false), 1 << 14) { NewLine = "\n" };
        foreach (var line in lines)
        {
            foreach (var span in line.Spans)
            {
                var code = color ? Code(span.Tone) : "";
                output.Write(code.Length > 0 ? $"\e[{code}m{Printable(span.Text)}\e[0m" : Printable(span.Text));
            }
            output.WriteLine();
        }
    }

    public static void PrintText(string text)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(false), 1 << 14);
        output.Write(text);
        if (!text.EndsWith('\n'))
        {
            output.Write('\n');
        }
    }

    // Text of strangers must not steer the terminal, nor turn the direction of writing.
    private static string Printable(string text) => text.Any(Steers) ? string.Concat(text.Select(c => Steers(c) ? ' ' : c)) : text;

    private static bool Steers(char c) =>
        char.IsControl(c) || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static string Code(Tone tone) =>
        tone switch
        {
            Tone.Heading => "1;4",
            Tone.Good => "32",
            Tone.Caution => "33",
            Tone.Bad => "1;31",
            Tone.Quiet => "2",
            Tone.Strong => "1",
            _ => "",
        };
}
