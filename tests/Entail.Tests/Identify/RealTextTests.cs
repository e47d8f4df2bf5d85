using System.Diagnostics;
using Entail.Core.Identify;

namespace Entail.Tests.Identify;

public sealed class RealTextTests(ITestOutputHelper output)
{
    private const string Sentence = "Whoever paints the lighthouse purple owes the keeper nine marmalade sandwiches every Tuesday.";

    public static TheoryData<string, Func<string, string>> Dressings =>
        new()
        {
            { "wrapped", text => Rewriting.Wrap(text) },
            { "upper case", text => text.ToUpperInvariant() },
            { "quoted", Rewriting.Quote },
            { "with a copyright line", text => "Copyright (c) 2031 Somebody Else and contributors\n\n" + text },
            {
                "with Windows line ends",
                text => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal)
            },
        };

    [Fact]
    public void Every_reference_text_identifies_itself_exactly()
    {
        var wrong = new List<string>();
        var watch = Stopwatch.StartNew();
        foreach (var key in RealTexts.Keys)
        {
            var expected = RealTexts.Index.Find(key)!;
            var found = RealTexts.Identify(RealTexts.Read(key)).Matches;
            if (
                found.FirstOrDefault() is not { Kind: MatchKind.Exact, Score: 1, Residue: [] } match
                || !match.Also.Append(match.License).Contains(RealTexts.License(expected.Key))
            )
            {
                wrong.Add($"{key}: {Line(found)}");
            }
        }
        output.WriteLine($"{RealTexts.Keys.Count} texts in {watch.ElapsedMilliseconds} ms");
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Dressings))]
    public void Dressing_does_not_matter(string dressing, Func<string, string> dress)
    {
        var wrong = new List<string>();
        foreach (var key in RealTexts.CatalogedKeys)
        {
            var expected = RealTexts.License(key);
            var found = RealTexts.Identify(dress(RealTexts.Read(key))).Matches;
            if (found is not [{ Score: > 0.99 } match] || match.License != expected)
            {
                wrong.Add($"{dressing} {key}: {Line(found)} {Differences(found)}");
            }
        }
        output.WriteLine(string.Join('\n', wrong));
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_removed_clause_is_missing_and_the_others_present()
    {
        var wrong = new List<string>();
        foreach (var key in RealTexts.CatalogedKeys)
        {
            var text = RealTexts.Read(key);
            var expected = RealTexts.Index.Find(key)!;
            var all = RealTexts.Identify(text).Matches[0].Clauses.Present;
            foreach (var (start, end) in Clauses(all, expected.Words).Where(clause => 20 * (clause.End - clause.Start) < expected.Words))
            {
                var found = RealTexts.Identify(Rewriting.Cut(text, start, end)).Matches;
                if (
                    found is not [{ Kind: MatchKind.Close } match]
                    || match.License != RealTexts.License(expected.Key)
                    || !match.Clauses.Missing.SequenceEqual([$"w{start}"])
                )
                {
                    wrong.Add($"{key} w{start} ({end - start}): {Line(found)} {Differences(found)}");
                }
            }
        }
        output.WriteLine(string.Join('\n', wrong));
        Assert.Empty(wrong);
    }

    [Fact]
    public void An_added_sentence_is_the_residue()
    {
        var wrong = new List<string>();
        foreach (var key in RealTexts.CatalogedKeys)
        {
            var text = RealTexts.Read(key);
            var expected = RealTexts.Index.Find(key)!;
            foreach (var place in (int[])[0, expected.Words / 3, expected.Words / 2, expected.Words - 1])
            {
                var found = RealTexts.Identify(Rewriting.Insert(text, place, Sentence + "\n")).Matches;
                if (
                    found is not [{ Kind: MatchKind.Close, Residue: [var residue] } match]
                    || match.License != RealTexts.License(expected.Key)
                    || !residue.Text.Contains("purple owes", StringComparison.Ordinal)
                    || residue.Text.Length > Sentence.Length + 10
                )
                {
                    wrong.Add($"{key} at {place}: {Line(found)} {Differences(found)}");
                }
            }
        }
        output.WriteLine(string.Join('\n', wrong));
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("llama-3.1-license-2024", "3.1", "3.2")]
    [InlineData("llama-3.2-license-2024", "3.2", "3.3")]
    [InlineData("llama-3.3-license-2024", "3.3", "3.1")]
    public void A_version_is_told_from_the_next_though_the_text_was_edited(string key, string version, string other)
    {
        var text = RealTexts.Read(key).Replace("Meta Platforms", "Somebody", StringComparison.Ordinal);
        var at = text.IndexOf(version, text.Length / 2, StringComparison.Ordinal);
        var edited = at < 0 ? text : text[..at] + other + text[(at + version.Length)..];
        Assert.Equal("llama-" + version, Assert.Single(RealTexts.Identify(edited).Matches).License);
    }

    [Theory]
    [InlineData("mit", "sublicense")]
    [InlineData("mit", "WARRANTIES")]
    [InlineData("bsd-new", "Redistributions")]
    [InlineData("apache-2.0", "Derivative")]
    [InlineData("bigscience-rail-1.0", "Output")]
    public void A_replaced_word_does_not_change_the_name(string key, string word)
    {
        var text = RealTexts.Read(key);
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        var found = RealTexts.Identify(text[..at] + "marmalade" + text[(at + word.Length)..]);
        var match = Assert.Single(found.Matches);
        Assert.Equal((RealTexts.License(key), MatchKind.Close), (match.License, match.Kind));
        Assert.Single(match.Clauses.Changed);
        Assert.Equal("marmalade", Assert.Single(match.Residue).Text.TrimEnd(',', '”'));
    }

    [Theory]
    [InlineData("ms-limited-public")]
    [InlineData("ms-office-extensible-file")]
    [InlineData("embedthis-extension")]
    public void An_uncataloged_text_that_holds_most_of_a_cataloged_one_does_not_get_its_name(string key)
    {
        var words = RealTexts.Read(key).Split(' ');
        for (var i = 1; i < 12; i += 2)
        {
            var edited = words.ToArray();
            edited[i * words.Length / 13] = "marmalade";
            Assert.All(RealTexts.Identify(string.Join(' ', edited)).Matches, match => Assert.Equal(key, match.License));
        }
    }

    [Fact]
    public void Two_licenses_one_after_the_other_are_both_found()
    {
        var (mit, apache) = (RealTexts.Read("mit"), RealTexts.Read("deepseek-la-1.0"));
        var found = RealTexts.Identify($"{mit}\n\n-----\n\n{apache}").Matches;
        Assert.Equal(["mit", "deepseek-1.0"], found.Select(match => match.License));
        Assert.All(found, match => Assert.Equal(MatchKind.Exact, match.Kind));
        Assert.Equal(found[0].Spans[0].Words.End, found[1].Spans[0].Words.Start);
    }

    [Fact]
    public void Two_edited_licenses_are_both_found_with_what_was_added_to_each()
    {
        var llama = Rewriting.Insert(RealTexts.Read("llama-3.1-license-2024"), 400, Sentence + " ");
        var policy = Rewriting.Cut(RealTexts.Read("llama-3.2-use-policy"), 100, 120);
        var found = RealTexts.Identify($"{llama}\n\n{policy}").Matches;
        Assert.Equal(["llama-3.1", "llama-3.2"], found.Select(match => match.License));
        Assert.Contains("marmalade", Assert.Single(found[0].Residue).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_license_in_a_readme_is_found_and_the_rest_is_residue()
    {
        var prose = string.Join("\n\n", Enumerable.Range(0, 60).Select(i => $"Step {i}: stir the porridge {i} times and wait."));
        var found = Assert.Single(RealTexts.Identify($"# Porridge\n\n{prose}\n\n## License\n\n{RealTexts.Read("mit")}").Matches);
        Assert.Equal(("mit", MatchKind.Close, 1.0), (found.License, found.Kind, found.Score));
        Assert.StartsWith("Porridge", Assert.Single(found.Residue).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_file_may_repeat_a_license()
    {
        var mit = RealTexts.Read("mit");
        var edited = mit.Replace("sublicense", "underlicense", StringComparison.Ordinal);
        var found = Assert.Single(RealTexts.Identify($"{mit}\n\n{mit}\n\n{edited}\n\n{mit}").Matches);
        Assert.Equal(("mit", MatchKind.Close, 4), (found.License, found.Kind, found.Spans.Length));
    }

    [Fact]
    public void The_attachment_alone_is_a_part()
    {
        var attachment = Rewriting.Slice(RealTexts.Read("deepseek-la-1.0"), 1867, 2114);
        var found = Assert.Single(RealTexts.Identify(attachment).Matches);
        Assert.Equal(("deepseek-1.0", MatchKind.Partial), (found.License, found.Kind));
        Assert.Equal(11 + 1, found.Clauses.Present.Length);
        Assert.Equal("w1867", found.Clauses.Present[0]);
    }

    [Fact]
    public void A_passage_that_several_licenses_share_is_given_to_none()
    {
        var text = RealTexts.Read("apache-2.0");
        var disclaimer = text[
            text.IndexOf("Disclaimer of Warranty", StringComparison.Ordinal)..text.IndexOf("END OF TERMS", StringComparison.Ordinal)
        ];
        var found = RealTexts.Identify(disclaimer);
        Assert.Empty(found.Matches);
        Assert.NotEmpty(found.Closest);
    }

    [Fact]
    public void The_index_is_small_and_loads_fast()
    {
        var bytes = RealTexts.IndexBytes;
        var watch = Stopwatch.StartNew();
        FingerprintIndex.Load(bytes);
        output.WriteLine($"{bytes.Length} bytes, loaded in {watch.Elapsed.TotalMilliseconds} ms");
        Assert.InRange(bytes.Length, 1, 12_000_000);
    }

    [Fact]
    public void The_report_names_texts_that_can_be_mistaken()
    {
        var lines = RealTexts.Report.Split('\n');
        Assert.Contains("same: kimi-k2-modified-mit moonshot-ai-modified-mit-2025", lines);
        Assert.Contains(lines, line => line.StartsWith("near: gemma-tou-2024-04-01 gemma-tou-2025-03-24 ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_texts_give_the_same_index() => Assert.Equal(RealTexts.IndexBytes, RealTexts.Rebuild());

    private static IEnumerable<(int Start, int End)> Clauses(IEnumerable<string> ids, int words)
    {
        var starts = ids.Select(id => int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture)).Append(words).ToList();
        return starts.Zip(starts.Skip(1));
    }

    private static string Line(IEnumerable<LicenseMatch> found) =>
        string.Join(", ", found.Select(match => $"{match.Kind} {match.License} {match.Score}"));

    private static string Differences(IEnumerable<LicenseMatch> found) =>
        string.Join(
            ", ",
            found.Select(match =>
                $"missing {string.Join(' ', match.Clauses.Missing)} changed {string.Join(' ', match.Clauses.Changed.Select(c => c.Id))} residue {string.Join(" | ", match.Residue.Select(r => r.Text))}"
            )
        );
}
