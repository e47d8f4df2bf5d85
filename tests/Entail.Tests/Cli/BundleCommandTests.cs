using System.IO.Compression;

namespace Entail.Tests.Cli;

/// <summary><c>bundle</c> and <c>fix</c> as their users meet them: from findings to clean, and what they leave alone.</summary>
public sealed class BundleCommandTests : IDisposable
{
    private const string Card =
        "---\nlicense: other\nlicense_name: deepseek-1.0\nbase_model: deepseek-ai/deepseek-coder-6.7b-base\nbase_model_relation: finetune\n---\n# Mine\n";

    private readonly Folder folder = new("sql-helper-7b");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_violating_example_goes_from_findings_to_clean()
    {
        var original = Path.Combine(Repository.Root, "examples", "deepseek-fine-tune-relabeled");
        foreach (var file in new[] { "README.md", "config.json" })
        {
            File.Copy(Path.Combine(original, file), Path.Combine(folder.Path, file));
        }
        var theirs = Base();

        Assert.Equal(1, Run("check").Code);
        Assert.Equal(0, Run("bundle", "--base", theirs).Code);
        var asked = Run("fix", "--yes");
        Assert.Equal(1, asked.Code);

        // What it asks for: the two lines of the front matter that say which license.
        Assert.Contains("write `license: other` and `license_name: deepseek-1.0`", asked.Out, StringComparison.Ordinal);
        var card = File.ReadAllText(Path.Combine(folder.Path, "README.md"));
        folder.Write(
            "README.md",
            card.Replace("license: apache-2.0\n", "license: other\nlicense_name: deepseek-1.0\n", StringComparison.Ordinal)
        );

        var fixedUp = Run("fix", "--yes");
        Assert.Equal(0, fixedUp.Code);
        Assert.Contains("+license_link: LICENSE-deepseek-1.0", fixedUp.Out, StringComparison.Ordinal);
        var clean = Run("check", "--fail-on", "note");
        Assert.Equal(0, clean.Code);
        Assert.Contains("0 errors, 0 warnings", clean.Out, StringComparison.Ordinal);
        Assert.Equal(0, Run("bundle", "--base", theirs, "--verify").Code);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(theirs, "LICENSE-MODEL")),
            File.ReadAllBytes(Path.Combine(folder.Path, "LICENSE-deepseek-1.0"))
        );
    }

    [Fact]
    public void Without_the_text_of_a_license_it_writes_the_rest_and_says_three_ways_to_get_it()
    {
        folder.Write("README.md", Card);

        var run = Run("bundle");

        Assert.Equal(1, run.Code);
        foreach (var way in new[] { "--base", "entail texts add", "--online" })
        {
            Assert.Contains(way, run.Out, StringComparison.Ordinal);
        }
        Assert.True(File.Exists(Path.Combine(folder.Path, "NOTICE")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "LICENSE-deepseek-1.0")));
    }

    [Fact]
    public void Twice_is_once_to_the_byte_and_in_the_language_of_the_first_time()
    {
        folder.Write("README.md", Card);
        Run("bundle", "--lang", "zh");
        var first = Bytes();

        Run("bundle");
        Assert.Equal(first, Bytes());

        Run("bundle", "--lang", "en");
        Assert.NotEqual(first, Bytes());
    }

    [Fact]
    public void What_people_changed_stays_and_is_told()
    {
        folder.Write("README.md", Card);
        Run("bundle");
        folder.Write("NOTICE", "My own words.\n");

        var run = Run("bundle");

        Assert.Equal(1, run.Code);
        Assert.Contains("edited", run.Out, StringComparison.Ordinal);
        Assert.Equal("My own words.\n", File.ReadAllText(Path.Combine(folder.Path, "NOTICE")));
        Assert.Equal(1, Run("bundle", "--verify").Code);
    }

    [Fact]
    public void To_verify_changes_nothing_and_fails_on_what_is_missing()
    {
        folder.Write("README.md", Card);
        var before = Bytes();

        var run = Run("bundle", "--verify");

        Assert.Equal(1, run.Code);
        Assert.Contains("missing", run.Out, StringComparison.Ordinal);
        Assert.Equal(before, Bytes());
    }

    [Fact]
    public void An_archive_is_the_same_whenever_it_is_made_and_leaves_the_folder_alone()
    {
        folder.Write("README.md", Card);
        var before = Bytes();
        var archive = Path.Combine(folder.Path, "..", "owed.zip");

        Run("bundle", "--zip", archive);
        var first = File.ReadAllBytes(archive);
        File.SetLastWriteTimeUtc(Path.Combine(folder.Path, "README.md"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Run("bundle", "--zip", archive);

        Assert.Equal(first, File.ReadAllBytes(archive));
        Assert.Equal(before, Bytes());
        using var opened = ZipFile.OpenRead(archive);
        Assert.Equal(["NOTICE", "entail-bundle.json"], opened.Entries.Select(e => e.FullName));
    }

    [Fact]
    public void An_archive_is_not_written_over_what_is_none()
    {
        folder.Write("README.md", Card);
        var weights = folder.Write("model.safetensors", "weights");

        var run = Run("bundle", "--zip", weights);

        Assert.Equal(3, run.Code);
        Assert.Equal("weights", File.ReadAllText(weights));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"entail/bundle/v1\",\"files\":[{}]}")]
    [InlineData("{\"schema\":\"my/own/v1\"}")]
    public void A_file_that_only_is_called_like_the_list_of_a_bundle_is_not_written_over(string text)
    {
        folder.Write("README.md", Card);
        folder.Write("entail-bundle.json", text);

        var run = Run("bundle");

        Assert.Equal(3, run.Code);
        Assert.Contains("entail-bundle.json is no list of an earlier bundle", run.Error, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Path.Combine(folder.Path, "entail-bundle.json")));
    }

    [Theory]
    [InlineData("bundle", "--changed", "soon", "write a day")]
    [InlineData("bundle", "--base", "nowhere", "no such folder")]
    [InlineData("fix", "--changed", "2026-13-01", "write a day")]
    public void Wrong_use_is_told(string command, string option, string value, string said)
    {
        folder.Write("README.md", Card);

        var run = Run(command, option, value);

        Assert.Equal(3, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_fixed_where_nobody_said_yes()
    {
        folder.Write("README.md", Card);
        var before = Bytes();

        var run = Run("fix");

        Assert.Equal(1, run.Code);
        Assert.Contains("+++ b/README.md", run.Out, StringComparison.Ordinal);
        Assert.Contains("`--yes` makes these changes", run.Out, StringComparison.Ordinal);
        Assert.Equal(before, Bytes());
    }

    [Theory]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    public void Line_ends_and_a_byte_order_mark_stay_as_they_are(string newline, bool mark)
    {
        var text = (mark ? "\uFEFF" : "") + Card.ReplaceLineEndings(newline);
        folder.Write("README.md", text);

        Run("fix", "--yes");

        var after = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder.Path, "README.md")));
        Assert.StartsWith(text.TrimEnd(), after, StringComparison.Ordinal);
        Assert.Contains("modified version", after, StringComparison.Ordinal);
        Assert.Equal(newline == "\r\n", after.Contains("\r\n", StringComparison.Ordinal));
        Assert.Equal(after.Split('\n').Length, after.Split(newline).Length);
    }

    [Fact]
    public void A_card_that_is_a_link_or_no_text_is_left_alone()
    {
        File.WriteAllText(Path.Combine(folder.Path, "..", "card.md"), Card);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "README.md"), Path.Combine("..", "card.md"));

        var run = Run("fix", "--yes");

        Assert.NotEqual(0, run.Code);
        Assert.Equal(Card, File.ReadAllText(Path.Combine(folder.Path, "..", "card.md")));
        Assert.DoesNotContain("at Entail", run.Error, StringComparison.Ordinal);

        File.Delete(Path.Combine(folder.Path, "README.md"));
        File.WriteAllBytes(Path.Combine(folder.Path, "README.md"), [.. "# "u8, 0xC3, 0x28, 0xFF]);
        var bytes = File.ReadAllBytes(Path.Combine(folder.Path, "README.md"));
        Assert.NotEqual(4, Run("fix", "--yes").Code);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(folder.Path, "README.md")));
    }

    private Run Run(string command, params string[] arguments) =>
        Command.RunIn(folder.Path, null, null, [command, ".", .. arguments, "--date", "2026-11-01", "--color", "never"]);

    // The folder of the base model, as it comes from the hub.
    private string Base()
    {
        var at = Directory.CreateDirectory(Path.Combine(folder.Path, "..", "deepseek-coder-6.7b-base")).FullName;
        File.Copy(Path.Combine(Shared.RequireTexts(), "deepseek-la-1.0.txt"), Path.Combine(at, "LICENSE-MODEL"));
        return at;
    }

    private string Bytes() =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(folder.Path)
                .Order(StringComparer.Ordinal)
                .Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(File.ReadAllBytes(f))}")
        );
}
