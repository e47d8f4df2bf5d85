using System.Diagnostics;
using Entail.Core.Identify;

namespace Entail.Tests.Identify;

public sealed class HostileTextTests(ITestOutputHelper output)
{
    // Generous, for a slow machine that does other things too; the work is bounded, not the clock.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string, Func<string>> Texts =>
        new()
        {
            { "nothing", () => "" },
            { "one character", () => "x" },
            { "white space", () => new string('\n', 100_000) },
            { "NUL", () => new string('\0', 100_000) },
            { "lone surrogates", () => string.Concat(Enumerable.Repeat("\uD800 \uDC00", 50_000)) },
            { "random characters", () => Random(1_000_000, 0xFFFF) },
            { "random bytes", () => Random(1_000_000, 0xFF) },
            { "one word, 50 MB", () => string.Concat(Enumerable.Repeat("license ", 50_000_000 / 8)) },
            { "one long word, 50 MB", () => new string('a', 50_000_000) },
            { "open tags", () => string.Concat(Enumerable.Repeat("<a", 500_000)) },
            { "open parentheses", () => new string('(', 1_000_000) },
            { "one Chinese character", () => new string('许', 2_000_000) },
            { "SPDX tags", () => string.Concat(Enumerable.Repeat("SPDX-License-Identifier: MIT\n", 100_000)) },
            { "tags of nonsense", () => string.Concat(Enumerable.Repeat("SPDX-License-Identifier: ((((()))) WITH AND -\n", 100)) },
            { "two words by turns", () => string.Concat(Enumerable.Repeat("a b ", 500_000)) },
        };

    public static TheoryData<string, Func<string>> Licenses =>
        new()
        {
            { "a license 2000 times", () => Repeat(RealTexts.Read("mit"), 2000) },
            {
                "an edited license 2000 times",
                () => Repeat(RealTexts.Read("mit").Replace(" sublicense", "", StringComparison.Ordinal), 2000)
            },
            { "one sentence of a license 20000 times", () => Repeat(Rewriting.Slice(RealTexts.Read("apache-2.0"), 300, 330), 20_000) },
            { "all texts", () => string.Join('\n', RealTexts.Keys.Select(RealTexts.Read)) },
            { "a license shuffled", () => Shuffled(RealTexts.Read("llama-3.1-license-2024")) },
            { "every second word of a license", () => EverySecondWord(RealTexts.Read("gemma-tou-2024-04-01")) },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Any_text_has_an_answer_soon(string what, Func<string> text)
    {
        var found = Identify(what, text(), Made.Identifier);
        Assert.DoesNotContain(found.Matches, match => match.Kind != MatchKind.Mentioned);
    }

    [Theory]
    [MemberData(nameof(Licenses))]
    public void Much_license_text_has_an_answer_soon(string what, Func<string> text) => Identify(what, text(), RealTexts.Identifier);

    [Fact]
    public void Only_the_beginning_of_a_long_text_is_read()
    {
        var tail = string.Concat(Enumerable.Repeat("filler ", Identifier.MaxCharacters / 7));
        var found = Made.Identifier.Identify("LICENSE", Made.Harbor + "\n" + tail);
        Assert.True(found.Truncated);
        Assert.Equal("harbor", Assert.Single(found.Matches).License);
        Assert.False(Made.Identifier.Identify("LICENSE", Made.Harbor).Truncated);
    }

    private Identification Identify(string what, string text, Identifier identifier)
    {
        var watch = Stopwatch.StartNew();
        var found = identifier.Identify("LICENSE", text);
        output.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms, {found.Matches.Length} matches");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
        return found;
    }

    private static string Repeat(string text, int times) => string.Join("\n\n", Enumerable.Repeat(text, times));

    private static string Random(int length, int limit)
    {
        var random = new Random(4711);
        return string.Create(
            length,
            (random, limit),
            (span, state) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = (char)state.random.Next(state.limit);
                }
            }
        );
    }

    private static string Shuffled(string text)
    {
        var words = text.Split(' ');
        new Random(4711).Shuffle(words);
        return string.Join(' ', words);
    }

    private static string EverySecondWord(string text) => string.Join(' ', text.Split(' ').Where((_, i) => i % 2 == 0));
}
