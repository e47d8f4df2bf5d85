using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Entail.Core.Model;

namespace Entail.Core.Read.Formats;

/// <summary>
/// A Modelfile, by which Ollama builds a model (https://github.com/ollama/ollama, docs/modelfile): <c>FROM</c> names what it is built on, <c>ADAPTER</c> an
/// adapter put on top, <c>LICENSE</c> gives a license's text. Everything else is passed over; nothing is built.
/// </summary>
internal static partial class Modelfile
{
    private const int MostInstructions = 10_000;

    /// <summary>Reads a Modelfile. What <c>FROM</c> and <c>ADAPTER</c> name may be a model of a registry, or a file or folder beside the Modelfile: as written.</summary>
    public static Declaration Read(TextFile file)
    {
        var bases = ImmutableArray.CreateBuilder<DeclaredBase>();
        var terms = ImmutableArray.CreateBuilder<TermsSource>();
        var licenses = ImmutableArray.CreateBuilder<Claim>();
        foreach (var (name, value, line) in Instructions(file.Text).Take(MostInstructions))
        {
            var at = new Evidence(file.File, line, null, name, Problems.Excerpt(value), EvidenceSource.Declared);
            switch (name.ToUpperInvariant())
            {
                case "FROM" or "ADAPTER" when value.Length > 0:
                    var act = name.Equals("ADAPTER", StringComparison.OrdinalIgnoreCase) ? Act.Adapt : Act.Copy;
                    bases.Add(new DeclaredBase(new Claim(Named(Problems.Excerpt(value)), at), act));
                    break;
                case "LICENSE" when value.Contains('\n', StringComparison.Ordinal) || value.Contains(' ', StringComparison.Ordinal):
                    terms.Add(new TermsSource(file.File, line, new string('\n', line - 1) + value, TermsKind.LicenseFile));
                    break;
                case "LICENSE" when value.Length > 0:
                    licenses.Add(new Claim(Problems.Excerpt(value), at));
                    break;
                default:
                    break;
            }
        }
        return new Declaration
        {
            Bases = bases.ToImmutable(),
            Licenses = licenses.ToImmutable(),
            Terms = terms.ToImmutable(),
            DescribesModel = true,
        };
    }

    // hf.co/org/name:quant is a work of the hub in one of its forms.
    private static string Named(string value) => OnHub().Match(value) is { Success: true } hub ? hub.Groups["name"].Value : value;

    // An instruction is a word and what follows on its line, or, between three quotes, on several.
    private static IEnumerable<(string Name, string Value, int Line)> Instructions(string text)
    {
        const string Quotes = "\"\"\"";
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var match = Instruction().Match(lines[i].TrimEnd('\r'));
            if (!match.Success)
            {
                continue;
            }
            var (name, value, line) = (match.Groups["name"].Value, match.Groups["value"].Value.Trim(), i + 1);
            if (!value.StartsWith(Quotes, StringComparison.Ordinal))
            {
                yield return (name, value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value, line);
                continue;
            }
            var block = new StringBuilder();
            var rest = value[Quotes.Length..];
            while (!rest.Contains(Quotes, StringComparison.Ordinal) && i + 1 < lines.Length)
            {
                block.Append(rest).Append('\n');
                rest = lines[++i].TrimEnd('\r');
            }
            var end = rest.IndexOf(Quotes, StringComparison.Ordinal);
            yield return (name, block.Append(end < 0 ? rest : rest[..end]).ToString(), line);
        }
    }

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z]{2,20})\s+(?<value>\S.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Instruction();

    [GeneratedRegex(
        @"^(https?://)?(hf\.co|huggingface\.co)/(?<name>[^/\s:]+/[^/\s:]+)(:\S+)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex OnHub();
}
