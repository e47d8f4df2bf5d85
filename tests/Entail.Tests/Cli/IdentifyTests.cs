using System.Text.Json;
using Entail.Tests.Identify;

namespace Entail.Tests.Cli;

/// <summary><c>identify</c> and <c>texts</c> as scripts run them. The one license text of this repository, its own, stands for all.</summary>
public sealed class IdentifyTests
{
    private const string Sentence = "Commercial use is not permitted.";

    // Its title and its copyright line are left to the tests of matching.
    private static string Text => string.Join('\n', File.ReadAllLines(Path.Combine(Repository.Root, "LICENSE")).Skip(4));

    public static TheoryData<int, string, string> Files =>
        new()
        {
            { 0, "LICENSE", "{text}" },
            { 0, "LICENSE", "\ufeff{text}" },
            { 1, "LICENSE", "{text}\n" + Sentence },
            { 1, "whatever.txt", "{text}\n" + Sentence },
            { 0, "a.py", "# SPDX-License-Identifier: Apache-2.0\n" },
            { 0, "a.py", "# SPDX-License-Identifier: MIT OR Apache-2.0\n" },
            { 2, "a.py", "# SPDX-License-Identifier: LicenseRef-Nobody-Knows\n" },
            { 2, "LICENSE", "You may do what you like on weekdays." },
            { 2, "LICENSE", "" },
            { 2, "LICENSE", "a\0b" },
            { 0, "NOTICE", "This folder holds the work of many hands." },
        };

    [Theory, MemberData(nameof(Files))]
    public void It_exits_with(int code, string name, string content)
    {
        using var folder = new Folder();
        folder.Write(name, content.Replace("{text}", Text, StringComparison.Ordinal));

        var run = Command.RunIn(folder.Path, null, null, "identify", name);

        Assert.True(code == run.Code, $"exit code {run.Code}\n{run.Out}{run.Error}");
        Assert.Equal("", run.Error);
        Assert.StartsWith(name, run.Out, StringComparison.Ordinal);
        Assert.Equal(code == 2 ? 0 : code, Command.RunIn(folder.Path, null, null, "identify", name, "--allow-unclear").Code);
    }

    [Theory]
    [InlineData("there is no nothing-here", "identify", "nothing-here")]
    [InlineData("there is no nothing-here", "identify", ".", "nothing-here")]
    [InlineData("name files or folders", "identify")]
    [InlineData("--format markdown", "identify", ".", "--format", "markdown")]
    [InlineData("--format sarif", "identify", "--classes", "--format", "sarif")]
    [InlineData("there is no file nothing-here", "texts", "add", "nothing-here")]
    [InlineData("--format sarif", "texts", "verify", "--format", "sarif")]
    public void Wrong_use_exits_with_3(string says, params string[] arguments)
    {
        using var folder = new Folder();
        var run = Command.RunIn(folder.Path, null, null, arguments);

        Assert.Equal((3, ""), (run.Code, run.Out));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_added_sentence_is_shown_with_its_line()
    {
        using var folder = new Folder();
        folder.Write("LICENSE", $"{Text}\n{Sentence}\n");

        var run = Command.RunIn(folder.Path, null, null, "identify", "LICENSE", "--format", "json");

        var match = Assert.Single(JsonDocument.Parse(run.Out).RootElement.GetProperty("files")[0].GetProperty("matches").EnumerateArray());
        var residue = Assert.Single(match.GetProperty("residue").EnumerateArray());
        Assert.Equal(("mit", "close"), (match.GetProperty("license").GetString(), match.GetProperty("kind").GetString()));
        Assert.Equal(Sentence, residue.GetProperty("text").GetString());
        Assert.Equal(Text.Split('\n').Length + 1, residue.GetProperty("lines")[0].GetInt32());
    }

    [Fact]
    public void Standard_input_is_a_file()
    {
        var run = Command.RunIn(Repository.Root, Text, null, "identify", "-");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("-  MIT License (mit), word for word\n", run.Out);
    }

    [Fact]
    public void Of_a_folder_the_license_files_are_looked_at()
    {
        using var folder = new Folder();
        foreach (var file in (string[])["LICENSE", "b/c/COPYING.md", "LICENSES/MIT.txt", "b/USE_POLICY.md"])
        {
            folder.Write(file, Text);
        }
        foreach (
            var file in (string[])
                ["README.md", "b/relicensed.md", "license.py", ".git/LICENSE", "node_modules/x/LICENSE", "LICENSES/MIT.json"]
        )
        {
            folder.Write(file, "anything");
        }

        var run = Command.RunIn(folder.Path, null, null, "identify", ".", "--format", "ndjson");
        var named = Command.RunIn(Path.GetDirectoryName(folder.Path)!, null, null, "identify", "work/", "--format", "ndjson");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["LICENSE", "LICENSES/MIT.txt", "b/USE_POLICY.md", "b/c/COPYING.md"], Names(run));
        Assert.Equal(Names(run).Select(name => $"work/{name}"), Names(named));
    }

    [Fact]
    public void A_folder_without_a_license_file_is_unclear()
    {
        using var folder = new Folder();
        folder.Write("README.md", "word and");

        var run = Command.RunIn(folder.Path, null, null, "identify", ".");
        var quiet = Command.RunIn(folder.Path, null, null, "identify", ".", "--quiet");

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.StartsWith("note: ", run.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (quiet.Code, quiet.Error));
    }

    [Fact]
    public void What_leads_out_of_a_folder_is_not_read()
    {
        using var folder = new Folder();
        using var outside = new Folder();
        var secret = outside.Write("secret.txt", Text);
        folder.Write("b/LICENSE", Text);
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder.Path, "LICENSE"), secret);
            File.CreateSymbolicLink(Path.Combine(folder.Path, "COPYING"), "COPYING");
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, "loop"), folder.Path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("no symbolic links may be made here");
        }

        var run = Command.RunIn(folder.Path, null, null, "identify", ".", "--format", "ndjson");

        Assert.Equal((2, ""), (run.Code, run.Error));
        Assert.Equal(["COPYING", "LICENSE", "b/LICENSE"], Names(run));
        var files = Documents(run).Select(d => d.GetProperty("files")[0]).ToList();
        Assert.All(files.Take(2), f => Assert.Equal("file-unreadable", f.GetProperty("problem").GetProperty("code").GetString()));
        // One that the user names is read.
        Assert.Equal(0, Command.RunIn(folder.Path, null, null, "identify", "LICENSE").Code);
    }

    [Fact]
    public void Several_licenses_in_one_file_are_each_named()
    {
        var apache = File.ReadAllText(Path.Combine(Shared.RequireTexts(), "apache-2.0.txt"));

        var run = Command.RunIn(Repository.Root, $"{Text}\n\n{apache}", null, "identify", "-");

        Assert.Equal(0, run.Code);
        Assert.Contains("2 licenses in one file", run.Out, StringComparison.Ordinal);
        Assert.Contains("MIT License (mit), word for word", run.Out, StringComparison.Ordinal);
        Assert.Contains("Apache License 2.0 (apache-2.0), word for word", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_restriction_is_named_with_its_clause()
    {
        var text = File.ReadAllText(Path.Combine(Shared.RequireTexts(), "deepseek-la-1.0.txt"));

        var run = Command.RunIn(Repository.Root, text.Replace("military", "commercial", StringComparison.Ordinal), null, "identify", "-");

        Assert.Equal(1, run.Code);
        Assert.Contains("1 clause changed", run.Out, StringComparison.Ordinal);
        Assert.Contains("A.2", run.Out, StringComparison.Ordinal);
        Assert.Contains("[MIL.MILITARY@3]", run.Out, StringComparison.Ordinal);
        Assert.Contains("“commercial”", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_stranger_wrote_steers_no_terminal()
    {
        var run = Command.RunIn(Repository.Root, $"{Text}\n\e[31m\u202eCommercial\u2066 use\a is not permitted.", null, "identify", "-");

        Assert.Equal(1, run.Code);
        Assert.DoesNotContain(run.Out, c => c is '\e' or '\a' or '\u202e' or '\u2066');
    }

    [Theory]
    [InlineData("--format", "json")]
    [InlineData("--format", "sarif")]
    [InlineData("--lang", "zh")]
    public void The_same_files_give_the_same_bytes(params string[] arguments)
    {
        using var folder = new Folder();
        folder.Write("LICENSE", $"{Text}\n{Sentence}");
        folder.Write("b/LICENSE", "SPDX-License-Identifier: MIT");

        Assert.Equal(
            Command.RunIn(folder.Path, null, null, ["identify", ".", .. arguments]),
            Command.RunIn(folder.Path, null, null, ["identify", ".", .. arguments])
        );
    }

    [Fact]
    public void As_SARIF_each_place_is_a_result()
    {
        using var folder = new Folder();
        folder.Write("b/LICENSE", $"{Text}\n{Sentence}");

        var run = Command.RunIn(folder.Path, null, null, "identify", ".", "--format", "sarif");

        var result = Assert.Single(JsonDocument.Parse(run.Out).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("license-modified", result.GetProperty("ruleId").GetString());
        Assert.Equal("b/LICENSE", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(Text.Split('\n').Length + 1, place.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    [Fact]
    public void Classes_of_equal_texts_are_listed()
    {
        var run = Command.Run("identify", "--classes", "--format", "json");

        var classes = JsonDocument.Parse(run.Out).RootElement.GetProperty("classes").EnumerateArray().ToList();
        var keys = classes.SelectMany(c => c.GetProperty("keys").EnumerateArray().Select(k => k.GetString())).ToList();
        Assert.NotEmpty(classes);
        Assert.All(classes, c => Assert.True(c.GetProperty("keys").GetArrayLength() > 1));
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal(classes.Count, Command.Run("identify", "--classes").Out.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void A_text_is_kept_listed_verified_and_missed_when_damaged()
    {
        using var folder = new Folder();
        var license = folder.Write("LICENSE", Text);
        var edited = folder.Write("edited", $"{Text}\n{Sentence}");
        Dictionary<string, string> store = new() { ["ENTAIL_TEXTS"] = Path.Combine(folder.Path, "store") };

        Assert.Contains("0 texts", Run("list").Out, StringComparison.Ordinal);
        Assert.Equal(0, Run("verify").Code);

        var added = Run("add", license, edited);
        Assert.Equal(1, added.Code);
        Assert.Contains("added", added.Out, StringComparison.Ordinal);
        Assert.Contains(Sentence, added.Out, StringComparison.Ordinal);
        Assert.Contains("refused", added.Out, StringComparison.Ordinal);
        Assert.Equal("held", Status(Run("add", license, "--format", "json")));

        var kept = Assert.Single(Directory.GetFiles(store["ENTAIL_TEXTS"]));
        Assert.Equal(File.ReadAllBytes(license), File.ReadAllBytes(kept));
        Assert.Equal("sound", Status(Run("list", "--format", "json")));
        Assert.Equal(0, Run("verify").Code);

        File.AppendAllText(kept, Sentence);
        Assert.Equal("damaged", Status(Run("list", "--format", "json")));
        Assert.Equal((0, 1), (Run("list").Code, Run("verify").Code));
        Assert.Equal("added", Status(Run("add", license, "--format", "json")));
        Assert.Equal(0, Run("verify").Code);

        Run Run(string verb, params string[] arguments) => Command.RunIn(folder.Path, null, store, ["texts", verb, .. arguments]);
    }

    [Fact]
    public void Words_taken_out_are_quoted_from_the_text_that_the_user_holds()
    {
        using var folder = new Folder();
        var original = Path.Combine(Shared.RequireTexts(), "deepseek-la-1.0.txt");
        var file = folder.Write(
            "LICENSE",
            File.ReadAllText(original).Replace("You agree not to use", "You agree to use", StringComparison.Ordinal)
        );
        Dictionary<string, string> store = new() { ["ENTAIL_TEXTS"] = Path.Combine(folder.Path, "store") };

        var without = Command.RunIn(folder.Path, null, store, "identify", file);
        Assert.Equal(0, Command.RunIn(folder.Path, null, store, "texts", "add", original).Code);
        var with = Command.RunIn(folder.Path, null, store, "identify", file);

        Assert.Equal((1, 1), (without.Code, with.Code));
        Assert.Contains("1 word taken out", without.Out, StringComparison.Ordinal);
        Assert.Contains("“not”", with.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("“not”", without.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_without_its_appendix_is_as_its_authors_wrote_it()
    {
        var apache = File.ReadAllText(Path.Combine(Shared.RequireTexts(), "apache-2.0.txt"));
        var end = apache.IndexOf("END OF TERMS AND CONDITIONS", StringComparison.Ordinal);
        Assert.SkipWhen(end < 0, "the text has another end");

        var run = Command.RunIn(Repository.Root, apache[..end], null, "identify", "-");

        Assert.Equal(0, run.Code);
        Assert.Contains("word for word", run.Out, StringComparison.Ordinal);
        Assert.Contains("appendix", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_cannot_be_written_to_is_told()
    {
        using var folder = new Folder();
        var license = folder.Write("LICENSE", Text);
        Dictionary<string, string> store = new() { ["ENTAIL_TEXTS"] = license };

        var run = Command.RunIn(folder.Path, null, store, "texts", "add", license);

        Assert.Equal((3, ""), (run.Code, run.Out));
        Assert.Contains("cannot use the store", run.Error, StringComparison.Ordinal);
    }

    private static string? Status(Run run) =>
        Assert.Single(JsonDocument.Parse(run.Out).RootElement.GetProperty("texts").EnumerateArray()).GetProperty("status").GetString();

    private static IEnumerable<string?> Names(Run run) =>
        Documents(run).Select(d => d.GetProperty("files")[0].GetProperty("file").GetString());

    private static IEnumerable<JsonElement> Documents(Run run) =>
        run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);
}
