using Entail.Core.Model;

namespace Entail.Core.Read;

/// <summary>The two codes a reader reports, and the evidence behind them.</summary>
internal static class Problems
{
    private const int LongestExcerpt = 160;

    /// <summary>Something is written that cannot be understood.</summary>
    public static ReadProblem Invalid(Evidence at, string en, string zh) => new("metadata-invalid", new Text(en, zh), at);

    /// <summary>Something is there that cannot be read.</summary>
    public static ReadProblem Unreadable(Evidence at, string en, string zh) => new("file-unreadable", new Text(en, zh), at);

    /// <summary>A place in a file that holds lines.</summary>
    public static Evidence At(string file, YamlValue value, string? pointer, EvidenceSource source) =>
        new(
            file,
            value.Line,
            value.EndLine > value.Line ? value.EndLine : null,
            pointer,
            value is YamlValue.Scalar { IsNull: false } scalar ? Excerpt(scalar.Text) : null,
            source
        );

    /// <summary>A file as a whole.</summary>
    public static Evidence File(string file, EvidenceSource source = EvidenceSource.Declared) => new(file, null, null, null, null, source);

    /// <summary>A problem of the file's syntax.</summary>
    public static ReadProblem Of(SourceProblem problem, string file, EvidenceSource source) =>
        Invalid(new Evidence(file, problem.Line, null, null, null, source), problem.Message, problem.MessageZh);

    /// <summary>The first line of a text, short enough for a report.</summary>
    public static string Excerpt(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length <= LongestExcerpt ? line.ToString() : $"{line[..LongestExcerpt]}…";
    }
}
