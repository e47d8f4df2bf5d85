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
    private const char Quote = '"';
    private const string Block = "\"\"\"";

    /// <summary>Reads a Modelfile. What <c>FROM</c> and <c>ADAPTER</c> name may be a model of a registry, or a file or folder beside the Modelfile: as written.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problems">Receives what is wrong: quotes that are never closed.</param>
    public static Declaration Read(TextFile file, ICollection<ReadProblem> problems)
    {
        var bases = ImmutableArray.CreateBuilder<DeclaredBase>();
        var terms = ImmutableArray.CreateBuilder<TermsSource>();
        var licenses = ImmutableArray.CreateBuilder<Claim>();
        foreach (var (name, value, line) in Instructions(file, problems).Take(MostInstructions))
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

    // An instruction is a word and what follows on its line, or, from a quote or three on, on all lines up to one that ends with the same. MESSAGE and
    // PARAMETER have a word of their own before that.
    private static IEnumerable<(string Name, string Value, int Line)> Instructions(TextFile file, ICollection<ReadProblem> problems)
    {
        var lines = file.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var match = Instruction().Match(lines[i].TrimEnd('\r'));
            if (!match.Success)
            {
                continue;
            }
            var (name, value, line) = (match.Groups["name"].Value, match.Groups["value"].Value.Trim(), i + 1);
            var quotes =
                value.StartsWith(Block, StringComparison.Ordinal) ? Block
                : value[0] == Quote ? Quote.ToString()
                : "";
            if (quotes.Length == 0)
            {
                yield return (name, value, line);
                continue;
            }
            var text = new StringBuilder(value);
            var last = value;
            while (!Ends(last, quotes, isFirst: i + 1 == line) && i + 1 < lines.Length)
            {
                last = lines[++i].TrimEnd();
                text.Append('\n').Append(last);
            }
            if (!Ends(last, quotes, isFirst: i + 1 == line))
            {
                problems.Add(
                    Problems.Invalid(
                        new Evidence(file.File, line, null, name, null, EvidenceSource.Declared),
                        $"the quotes that open after `{name}` are never closed, so what follows belongs to it. Close them.",
                        $"`{name}` 之后的引号没有闭合，其后的内容都归于它。请补上引号。"
                    )
                );
                yield return (name, text.ToString()[quotes.Length..], line);
                yield break;
            }
            yield return (name, text.ToString()[quotes.Length..^quotes.Length], line);
        }
    }

    private static bool Ends(string line, string quotes, bool isFirst) =>
        line.EndsWith(quotes, StringComparison.Ordinal) && (!isFirst || line.Length >= 2 * quotes.Length);

    [GeneratedRegex(
        @"^\s*(?<name>[A-Za-z]{2,20})\s+((?<=(message|parameter)\s+)\S+\s+)?(?<value>\S.*)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Instruction();

    [GeneratedRegex(
        @"^(https?://)?(hf\.co|huggingface\.co)/(?<name>[^/\s:]+/[^/\s:]+)(:\S+)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex OnHub();
}
