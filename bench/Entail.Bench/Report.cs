using System.Globalization;
using System.Text;
using Entail.Core.Identify;

namespace Entail.Bench;

/// <summary>Where results go: figures to the console, one line for each trial that is not right to a file, and its text to a folder.</summary>
/// <param name="console">Receives the figures.</param>
/// <param name="failures">Receives the lines; null when they are not asked for.</param>
/// <param name="folder">Receives the texts; null when they are not asked for.</param>
internal sealed class Report(TextWriter console, TextWriter? failures, string? folder)
{
    public void Line(string text = "") => console.WriteLine(text);

    /// <summary>Notes a trial that is not right.</summary>
    /// <param name="experiment">Which experiment.</param>
    /// <param name="key">The text, or texts, that it was made from.</param>
    /// <param name="change">What was done to it.</param>
    /// <param name="outcome">What came out.</param>
    /// <param name="text">What was identified.</param>
    public void Failure(string experiment, string key, string change, string outcome, string text)
    {
        failures?.WriteLine($"{experiment}\t{key}\t{change}\t{outcome.Replace('\n', ' ').Replace('\t', ' ')}");
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            var name = string.Concat($"{experiment} {key} {change}".Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
            File.WriteAllText(Path.Combine(folder, name[..Math.Min(name.Length, 200)] + ".txt"), text, new UTF8Encoding(false));
        }
    }

    /// <summary>The names in an identification, with all that tells them apart.</summary>
    public static string Describe(Identification found) =>
        found.Matches.Length == 0
            ? $"nothing; closest {string.Join(", ", found.Closest.Select(near => Invariant($"{near.License} {near.Score}")))}"
            : string.Join("; ", found.Matches.Select(Describe));

    /// <summary>Where an identification says that the text differs.</summary>
    public static string Differences(Identification found) =>
        string.Join(
            "; ",
            found.Matches.Select(match =>
                $"residue {string.Join(' ', match.Residue.Select(passage => $"{passage.Lines.First}-{passage.Lines.Last} \"{passage.Text[..Math.Min(40, passage.Text.Length)]}\""))} removed {string.Join(' ', match.Removed.Select(removal => $"{removal.Line} ({removal.Words}) {string.Join(',', removal.Clauses)}"))} changed {string.Join(' ', match.Clauses.Changed.Select(clause => clause.Id))} missing {string.Join(' ', match.Clauses.Missing)}"
            )
        );

    private static string Describe(LicenseMatch match) =>
        Invariant(
            $"{match.Kind} {match.License}{(match.Document is null ? "" : "#" + match.Document)} {match.Score}{List(" also ", match.Also)}{List(" or ", match.Or)}"
        );

    private static string List(string name, IReadOnlyCollection<string> ids) =>
        ids.Count == 0 ? "" : name + string.Join(',', ids.Take(5)) + (ids.Count > 5 ? ",…" : "");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
