using System.Text;
using Entail.Core.Catalog;
using Entail.Core.Model;

namespace Entail.Core.Write.Bundles;

/// <summary>The part of a model card that Entail keeps: between two marks, so that what people wrote around it stays as it is.</summary>
public static class ModelCard
{
    private const string Begin = "<!-- entail: what follows is owed to the works behind this one; `entail fix` keeps it up to date -->";
    private const string End = "<!-- entail: end -->";

    /// <summary>A card for a work that has none.</summary>
    public static string New(LinkedWork work, string section, CompiledCatalog catalog)
    {
        var text = new StringBuilder("---\n");
        if (work.Of(work.MainPart).Select(l => l.Claim.Value).FirstOrDefault() is { } declared)
        {
            if (catalog.Find(declared)?.Ids.HubTag is { } tag)
            {
                text.Append("license: ").Append(tag).Append('\n');
            }
            else
            {
                text.Append("license: other\nlicense_name: ").Append(StarterConfiguration.Scalar(declared)).Append('\n');
            }
        }
        foreach (var step in work.Steps.Select(s => s.From).Where(f => f.Contains('/', StringComparison.Ordinal)).Distinct().Take(1))
        {
            text.Append("base_model: ").Append(StarterConfiguration.Scalar(step)).Append('\n');
        }
        return With($"{text}---\n# {work.Id}\n", section);
    }

    /// <summary>The card with this section in place of the one it has, or at its end.</summary>
    public static string With(string card, string section)
    {
        var newline = card.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var framed = $"{Begin}\n{section.TrimEnd()}\n{End}".ReplaceLineEndings(newline);
        var begin = card.IndexOf(Begin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : card.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? $"{card.TrimEnd()}{newline}{newline}{framed}{newline}" : card[..begin] + framed + card[(end + End.Length)..];
    }

    /// <summary>True where a card has such a section.</summary>
    public static bool Has(string card) => card.Contains(Begin, StringComparison.Ordinal);
}
