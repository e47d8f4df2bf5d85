using System.Collections.Immutable;
using Entail.Core.Decide;
using Entail.Core.Decide.Engine;
using Entail.Core.Model;

namespace Entail.Tests.Decide;

/// <summary>The compiled engine decides 10,000 random lineages as the reference does: the same bindings, verdicts and duties.</summary>
public sealed class LineageEngineTests
{
    private const int Tries = 10_000;

    private static readonly string[] Licenses = [.. Repository.Catalog.LicenseIds];
    private static readonly Evidence Somewhere = new("entail.yaml", 1, null, null, null, EvidenceSource.Configured);

    private static readonly (string Fact, FactValue Value)[] SomeFacts =
    [
        ("commercial", new FactValue.Flag(true)),
        ("commercial", new FactValue.Flag(false)),
        ("imitate", new FactValue.Flag(true)),
        ("imitate", new FactValue.Flag(false)),
        ("target", FactValue.Names.Of(["llm"])),
        ("same-model", new FactValue.Flag(true)),
        ("multimodal", new FactValue.Flag(true)),
        ("modified", new FactValue.Flag(true)),
    ];

    [Fact]
    public void It_agrees_with_the_reference()
    {
        var reference = new LineageDecider(
            Repository.Catalog,
            new ExpressionDecider(Repository.Catalog, Repository.Today),
            Repository.Today
        );
        var engine = new LineageEngine(Repository.Catalog, RuleEngine.Of(Repository.Catalog, Repository.Today));
        var verdicts = new Dictionary<Verdict, int>();
        for (var seed = 0; seed < Tries; seed++)
        {
            var random = new Random(seed);
            var lineage = Lineage(random);
            var question = Question(random);
            var expected = reference.Decide(lineage, question);
            var found = engine.Decide(lineage, question);
            verdicts[expected.Verdict] = verdicts.GetValueOrDefault(expected.Verdict) + 1;
            Assert.True(expected.Verdict == found.Verdict, $"seed {seed}: {expected.Verdict}, but {found.Verdict}");
            Assert.Equal(expected.Bindings.Concat(expected.Steps).Select(Written), found.Bindings.Select(Written));
        }
        Assert.True(verdicts.Count >= 3, "the random lineages are too much alike to show anything");
    }

    private static string Written(BindingAnswer answer) =>
        $"{Written(answer.Binding, answer.Step)} {answer.Answer.Verdict}: {string.Join(", ", answer.Answer.Duties.Select(d => $"{d.Rule.Id} {d.Certainty}"))}";

    // The steps of a making are asked for their verdict alone.
    private static string Written(QuickBinding answer) =>
        $"{Written(answer.Binding, answer.Step)} {answer.Verdict}: {string.Join(", ", answer.Step is null ? Duties(answer) : [])}";

    private static IEnumerable<string> Duties(QuickBinding answer) =>
        answer.Answer?.Duties(answer.Binding.License!).Select(d => $"{d.Rule.Id} {d.Certainty}") ?? [];

    private static string Written(Binding binding, LinkedStep? step) =>
        $"{binding.Name} of {binding.Origin.Id} {binding.Part} via {string.Join(' ', binding.Via.Select(s => $"{s.From}-{s.Act}-{s.To}"))}"
        + $" {binding.Standing.Lenient}/{binding.Standing.Strict} {binding.Standing.Component} {string.Join(' ', binding.Standing.MadeBy)} {binding.Candidate}"
        + (step is null ? "" : $" for {step.From}-{step.Act}-{step.To}");

    /// <summary>Up to seven works, each made from some of those before it; licenses of the catalog, choices, an ambiguous tag, unknown ones, none.</summary>
    private static Lineage Lineage(Random random)
    {
        var count = random.Next(2, 8);
        string[] ids = [.. Enumerable.Range(0, count).Select(i => random.Next(4) == 0 ? $"org/w{i}" : $"w{i}")];
        var works = ids.Select(
            (id, i) =>
                new LinkedWork(
                    id,
                    random.Next(8) == 0 ? "dataset" : "model",
                    random.Next(3) == 0 ? WorkOrigin.Catalog : WorkOrigin.Configured,
                    [
                        .. Enumerable
                            .Range(0, random.Next(4) == 0 ? 2 : 1)
                            .Where(_ => random.Next(8) != 0)
                            .Select(p => License(random, (Part)p)),
                    ],
                    [
                        .. Enumerable
                            .Range(0, i)
                            .Where(_ => random.Next(2) == 0)
                            .Select(from => new LinkedStep(
                                ids[from],
                                Making(random),
                                id,
                                false,
                                random.Next(8) == 0 ? Part.Code : null,
                                Facts(random),
                                Somewhere
                            )),
                    ],
                    Facts(random),
                    Somewhere,
                    null
                )
        );
        LinkProblem[] problems = random.Next(8) == 0 ? [new LinkProblem("base-not-found", ids[0], "gone", [])] : [];
        return new Lineage([.. works], ids[^1], [.. problems]);
    }

    private static PartLicense License(Random random, Part part)
    {
        string One() =>
            random.Next(12) switch
            {
                0 => "openrail",
                1 => "nobody-knows-it",
                _ => Licenses[random.Next(Licenses.Length)],
            };
        var written = random.Next(8) switch
        {
            0 => $"{One()} OR {One()}",
            1 => $"{One()} AND {One()}",
            _ => One(),
        };
        return new PartLicense(part, LicenseExpression.Parse(written), new Claim(written, Somewhere));
    }

    private static Act Making(Random random) => Acts.All[random.Next((int)Act.Copy, (int)Act.Generate + 1)];

    private static Facts Facts(Random random) =>
        random.Next(3) == 0 && SomeFacts[random.Next(SomeFacts.Length)] is var (fact, value)
            ? Core.Model.Facts.None.With(fact, value)
            : Core.Model.Facts.None;

    private static Question Question(Random random) =>
        Core.Model.Question.About(random.Next(3) == 0 ? [Act.Distribute, Act.Host, Act.Sell] : [Act.Distribute]) with
        {
            As = random.Next(3) switch
            {
                0 => null,
                1 => LicenseExpression.Parse(Licenses[random.Next(Licenses.Length)]),
                _ => LicenseExpression.Parse($"{Licenses[random.Next(Licenses.Length)]} AND {Licenses[random.Next(Licenses.Length)]}"),
            },
            Facts = Facts(random),
        };
}
