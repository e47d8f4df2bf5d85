using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Entail.Catalog;
using Entail.Core.Catalog;
using Entail.Core.Decide;
using Entail.Core.Decide.Engine;
using Entail.Core.Model;

namespace Entail.Bench;

/// <summary>How fast questions are answered in process: one thread, every license of the catalog, by a stop watch.</summary>
internal static class Decide
{
    private const int Loads = 101;

    private static readonly DateOnly Today = new(2026, 11, 1);

    public static void Run(double seconds, TextWriter output)
    {
        var times = new List<double>();
        for (var i = 0; i < Loads; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            _ = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        Line($"catalog loaded: median {times.Order().ElementAt(Loads / 2):n2} ms of {Loads}, first {times[0]:n2} ms");

        var catalog = CompiledCatalog.Load(EmbeddedCatalog.Compiled());
        var watch = Stopwatch.StartNew();
        var licenses = catalog.Licenses.ToArray();
        Line($"{licenses.Length} licenses read: {watch.Elapsed.TotalMilliseconds:n1} ms");

        var questions = Questions().ToArray();
        watch.Restart();
        var engine = RuleEngine.Of(catalog, Today);
        Each((license, question) => engine.Ask(license, question));
        Line(
            $"first time, tables and plans made: {watch.Elapsed.TotalMicroseconds / licenses.Length / questions.Length:n1} µs a question over {licenses.Length * questions.Length:n0}"
        );
        Mix("compiled engine", (license, question) => engine.Ask(license, question));
        var decider = new Decider(catalog.Find, catalog.Facts, catalog.Territories, Today);
        Mix("reference evaluator", (license, question) => decider.Decide(license, question));

        void Each(Action<License, Question> ask)
        {
            foreach (var license in licenses)
            {
                foreach (var question in questions)
                {
                    ask(license, question);
                }
            }
        }

        void Mix(string name, Action<License, Question> ask)
        {
            Each(ask);
            var took = new List<double>();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var total = Stopwatch.StartNew(); took.Count == 0 || total.Elapsed.TotalSeconds < seconds; )
            {
                var begin = Stopwatch.GetTimestamp();
                Each(ask);
                took.Add(Stopwatch.GetElapsedTime(begin).TotalMicroseconds / licenses.Length / questions.Length);
            }
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var slowest = licenses
                .SelectMany(l => questions.Select(q => (License: l, Question: q)))
                .Select(p =>
                    Enumerable
                        .Range(0, 5)
                        .Select(_ =>
                        {
                            var begin = Stopwatch.GetTimestamp();
                            ask(p.License, p.Question);
                            return Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
                        })
                        .Min()
                )
                .Max();
            Line(
                $"{name}: {took.Order().ElementAt(took.Count / 2):n2} µs a question (median of {took.Count} passes), slowest question {slowest:n1} µs, {(double)allocated / took.Count / licenses.Length / questions.Length:n0} bytes allocated a question"
            );
        }

        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What people ask: with nothing said, and with the usual facts.</summary>
    private static IEnumerable<Question> Questions()
    {
        ImmutableArray<ImmutableArray<Act>> acts =
        [
            [Act.Run],
            [Act.Run, Act.Sell],
            [Act.FineTune, Act.Distribute],
            [Act.Quantize, Act.Distribute],
            [Act.Adapt, Act.Distribute, Act.Sell],
            [Act.Merge, Act.Host],
            [Act.Distill, Act.Distribute],
            [Act.TrainOnOutputs, Act.Distribute],
            [Act.Generate, Act.PublishOutputs],
            [Act.Embed, Act.Host, Act.Sell],
            [Act.Copy, Act.Distribute, Act.Sublicense],
        ];
        ImmutableArray<Facts> facts =
        [
            Facts.None,
            Facts.None.With("commercial", new FactValue.Flag(true)),
            Facts
                .None.With("commercial", new FactValue.Flag(false))
                .With("purpose", FactValue.Names.Of(["research"]))
                .With("entity", FactValue.Names.Of(["academic"])),
            Facts
                .None.With("commercial", new FactValue.Flag(true))
                .With("mau", new FactValue.Amount(1_000_000, 800_000_000))
                .With("annual-revenue-usd", new FactValue.Amount(5_000_000, 5_000_000)),
        ];
        return from known in facts
            from asked in acts
            from wanted in new LicenseExpression?[] { null, new LicenseExpression.Single("apache-2.0", null) }
            select Question.About([.. asked]) with
            {
                Facts = known,
                As = wanted,
            };
    }
}
