using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using DiffPlex.Renderer;
using Entail.Core.Catalog;
using Entail.Core.Explain;
using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Core.Write.Bundles;

/// <summary>A change to a text that people wrote.</summary>
/// <param name="Change">The change.</param>
/// <param name="Diff">It as a unified diff.</param>
public sealed record Repair(FileChange Change, string Diff);

/// <summary>
/// The repairs that are safe in any case: they add what is owed and leave every line that people wrote. What takes a decision, such as another license
/// or another name, stays with them.
/// </summary>
/// <param name="catalog">The licenses.</param>
/// <param name="say">The language of what is added.</param>
public sealed partial class RepairPlan(CompiledCatalog catalog, Phrases say)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] OfCard = ["state-changes", "attribution", "display-brand"];

    /// <summary>The repairs of a folder; none where nothing can be added, or a text is in no encoding that can be written back.</summary>
    /// <param name="result">What a check found.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="changedOn">The day on which the work was changed; null where nobody said it.</param>
    public ImmutableArray<Repair> Of(CheckResult result, string folder, DateOnly? changedOn)
    {
        var names = Directory.EnumerateFiles(folder).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal).ToList();
        var repairs = new List<Repair>();
        if (names.Find(n => n.Equals("README.md", StringComparison.OrdinalIgnoreCase)) is { } card)
        {
            Add(card, text => Card(text, card, result, names, changedOn));
        }
        if (
            names.Find(n =>
                n.Equals("NOTICE", StringComparison.OrdinalIgnoreCase) || n.StartsWith("NOTICE.", StringComparison.OrdinalIgnoreCase)
            ) is
            { } notice
        )
        {
            Add(notice, text => Notice(text, result));
        }
        return [.. repairs];

        void Add(string name, Func<string, string> repaired)
        {
            var before = File.ReadAllBytes(Path.Combine(folder, name));
            if (Decoded(before) is not { } text || repaired(text) is var after && after == text)
            {
                return;
            }
            var diff = UnidiffRenderer.GenerateUnidiff(Lines(text), Lines(after), $"a/{name}", $"b/{name}", contextLines: 2);
            repairs.Add(new Repair(new FileChange(name, before, Strict.GetBytes(after)), diff.ReplaceLineEndings("\n").TrimEnd() + "\n"));
        }
    }

    private string Card(string text, string name, CheckResult result, List<string> names, DateOnly? changedOn)
    {
        text = FrontMatterOf(text, result, names);
        var missing = result.Duties.Any(d =>
            OfCard.Contains(d.Owe.Duty)
            && d.Origin != result.Decision.Lineage.Root
            && !d.Evidence.Any(e => d.State == DutyState.Met && e.File == name)
        );
        return (missing || ModelCard.Has(text)) && new Upstream(catalog, result, changedOn, say, names.Contains).Section() is { } section
            ? ModelCard.With(text, section)
            : text;
    }

    // Only what is missing is added, at the end of the block or where its kin stands.
    private string FrontMatterOf(string text, CheckResult result, List<string> names)
    {
        if (Block().Match(text) is not { Success: true } block)
        {
            return text;
        }
        var lines = block.Groups["lines"].Value;
        var newline = block.Groups["newline"].Value;
        var named = Key("license_name", lines);
        if (named.Success && Key("license", lines).Groups["value"].Value.Trim() == "other" && !Key("license_link", lines).Success)
        {
            var written = named.Groups["value"].Value.Trim().Trim('"', '\'');
            if (catalog.Find(written) is { } license && CopyIn(names, license, result) is { } file)
            {
                lines = lines.Insert(named.Index + named.Length, $"license_link: {file}{newline}");
            }
        }
        var bases = result
            .Decision.Lineage.RootWork.Steps.Where(s => s.Evidence.Source == EvidenceSource.Configured && s.Act != Act.TrainOnData)
            .Select(s => s.From)
            .Where(f => HubName.Parse(f) is (var name, HubNameForm.Full) && name == f)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (bases.Count > 0 && !Key("base_model", lines).Success)
        {
            lines += $"base_model:{newline}{string.Concat(bases.Select(b => $"- {b}{newline}"))}";
        }
        return text[..block.Groups["lines"].Index] + lines + text[(block.Groups["lines"].Index + block.Groups["lines"].Length)..];
    }

    private string? CopyIn(List<string> names, License license, CheckResult result) =>
        new Upstream(catalog, result, null, say, names.Contains).CopyOf(license)
        ?? names.Find(n => n == BundlePlan.FileOf(license, license.Documents[0]));

    private static string Notice(string text, CheckResult result)
    {
        var newline = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        foreach (
            var words in result
                .Duties.Where(d => d is { Owe: { Duty: "notice-file", Words: not null }, State: DutyState.Missing })
                .Select(d => d.Owe.Words!)
                .Distinct(StringComparer.Ordinal)
        )
        {
            text = $"{text.TrimEnd()}{newline}{newline}{words.ReplaceLineEndings(newline)}{newline}";
        }
        return text;
    }

    private static Match Key(string name, string lines) => Regex.Match(lines, $@"^{name}[ \t]*:(?<value>[^\n]*)\n", RegexOptions.Multiline);

    // A renderer of differences takes line ends for part of the text.
    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    private static string? Decoded(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A\uFEFF?---[ \t]*(?<newline>\r?\n)(?<lines>([^\n]*\n)*?)---[ \t]*(\r?\n|\z)", RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
