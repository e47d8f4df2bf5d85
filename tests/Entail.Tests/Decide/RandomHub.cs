using Entail.Core.Model;
using Entail.Core.Read;

namespace Entail.Tests.Decide;

/// <summary>Small hubs with whatever real ones have: circles, gaps, merges, tags that mean several licenses, works that the catalog knows.</summary>
internal static class RandomHub
{
    private static readonly Evidence Somewhere = new("records.json", null, null, null, null, EvidenceSource.Declared);
    private static readonly string[] Owners = ["a", "b", "meta-llama"];

    // Tags as hubs have them: plain ones, ambiguous ones, choices, unknown ones.
    private static readonly string[] Tags =
    [
        .. Repository.Catalog.LicenseIds,
        "other",
        "openrail",
        "gemma",
        "llama2",
        "acme-eula",
        "mit OR gpl-3.0-only",
        "apache-2.0 AND cc-by-4.0",
    ];

    private static readonly Act[] Making =
    [
        Act.FineTune,
        Act.Adapt,
        Act.Quantize,
        Act.Merge,
        Act.Modify,
        Act.Distill,
        Act.TrainOnOutputs,
        Act.TrainOnData,
        Act.Generate,
        Act.Convert,
        Act.Copy,
    ];

    /// <summary>A hub of up to eleven works.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="prefix">Goes before the names of its works, to tell them from those of others.</param>
    public static IEnumerable<ConfiguredWork> Of(Random random, string prefix = "")
    {
        var count = random.Next(1, 12);
        var names = Enumerable.Range(0, count).Select(i => $"{Owners[random.Next(Owners.Length)]}/{prefix}w{i}").ToList();
        // Some are known to the catalog, some to nobody.
        string[] outside =
        [
            "meta-llama/Llama-3.1-8B",
            "meta-llama/Llama-3.1-8B-Instruct",
            "nobody/knows",
            "deepseek-ai/deepseek-coder-6.7b-base",
        ];
        for (var i = 0; i < count; i++)
        {
            var kind =
                random.Next(5) == 0 ? "dataset"
                : random.Next(4) == 0 ? "adapter"
                : "model";
            var licenses = Enumerable
                .Range(
                    0,
                    random.Next(10) switch
                    {
                        0 => 0,
                        1 => 2,
                        _ => 1,
                    }
                )
                .Select(_ => (kind == "dataset" ? Part.Data : Part.Weights, new Claim(Tags[random.Next(Tags.Length)], Somewhere)));
            // Mostly what came before; now and then what comes later, which may close a circle.
            var steps = Enumerable
                .Range(0, random.Next(3))
                .Select(_ => new DeclaredStep(
                    random.Next(12) == 0 ? outside[random.Next(outside.Length)]
                        : random.Next(25) == 0 ? names[random.Next(count)]
                        : names[random.Next(i + 1)],
                    Making[random.Next(Making.Length)],
                    false,
                    null,
                    Facts.None,
                    Somewhere
                ))
                .Where(s => s.Work != names[i] || random.Next(10) == 0)
                .DistinctBy(s => (s.Work, s.Act));
            yield return new ConfiguredWork(names[i], kind, null, null, [.. licenses], [.. steps], Facts.None, Somewhere);
        }
        if (random.Next(10) == 0)
        {
            yield return new ConfiguredWork(
                outside[0],
                "model",
                null,
                null,
                [(Part.Weights, new Claim("mit", Somewhere))],
                [],
                Facts.None,
                Somewhere
            );
        }
    }
}
