using System.Diagnostics;
using System.Globalization;
using System.Text;
using Entail.Core.Read;
using Entail.Tests.Decide;
using FsCheck;
using FsCheck.Fluent;

namespace Entail.Tests.Read;

/// <summary>YAML comes from strangers: whatever it holds, reading ends soon, with a value or a problem.</summary>
public sealed class YamlTests
{
    private static (YamlValue? Value, List<SourceProblem> Problems) Read(string text, int firstLine = 1)
    {
        var problems = new List<SourceProblem>();
        return (Yaml.Parse(text, firstLine, problems), problems);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    public void Deep_nesting_is_refused(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 5000)) + "x" + string.Concat(Enumerable.Repeat(close, 5000));
        var (value, problems) = Read(deep);
        Assert.Null(value);
        Assert.Single(problems);
    }

    [Fact]
    public void Nesting_as_deep_as_people_write_is_read()
    {
        var (value, problems) = Read(new string('[', 60) + "x" + new string(']', 60));
        Assert.NotNull(value);
        Assert.Empty(problems);
    }

    [Fact]
    public void A_bomb_of_aliases_does_not_go_off()
    {
        var bomb = new StringBuilder("a0: &a0 [lol]\n");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }
        var (value, problems) = Read(bomb.ToString());
        Assert.Null(value);
        var problem = Assert.Single(problems);
        Assert.Equal(2, problem.Line);
        Assert.Contains("write the value out", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_that_names_itself_is_refused() => Assert.NotEmpty(Read("a: &a [*a]").Problems);

    [Fact]
    public void An_alias_of_a_scalar_is_that_scalar()
    {
        var (value, problems) = Read("a: &x one\nb: *x\n");
        Assert.Empty(problems);
        Assert.Equal("one", Assert.IsType<YamlValue.Scalar>(((YamlValue.Map)value!)["b"]).Text);
    }

    [Fact]
    public void The_first_of_two_equal_keys_counts_and_the_second_is_reported()
    {
        var (value, problems) = Read("a: 1\nb: 2\na: 3\n", firstLine: 10);
        Assert.Equal("1", Assert.IsType<YamlValue.Scalar>(((YamlValue.Map)value!)["a"]).Text);
        var problem = Assert.Single(problems);
        Assert.Equal(12, problem.Line);
        Assert.Contains("`a` stands twice", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "x")]
    [InlineData("quoted", "\"x\"")]
    [InlineData("block", "|\n  x")]
    public void Huge_scalars_are_read_in_time(string key, string pattern)
    {
        var watch = Stopwatch.StartNew();
        var text = key + ": " + pattern.Replace("x", new string('x', 2_000_000), StringComparison.Ordinal);
        var (value, problems) = Read(text);
        Assert.Empty(problems);
        Assert.True(Assert.IsType<YamlValue.Scalar>(((YamlValue.Map)value!)[key]).Text.Length >= 2_000_000);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed} for two million characters");
    }

    [Fact]
    public void Too_many_values_are_refused()
    {
        var (value, problems) = Read("[" + string.Concat(Enumerable.Repeat("1,", 1_000_001)) + "1]");
        Assert.Null(value);
        Assert.Single(problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("---")]
    [InlineData("...")]
    [InlineData("# only a comment")]
    public void A_text_without_a_value_has_none(string text)
    {
        var (value, problems) = Read(text);
        Assert.True(value is null or YamlValue.Scalar { IsNull: true });
        Assert.Empty(problems);
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Law.Holds(Arb.From(Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i))), 500, bytes => Read(Encoding.UTF8.GetString(bytes)));

    // The characters that mean something in YAML, in any order: far more telling than random bytes.
    [Fact]
    public void Random_punctuation_never_throws() =>
        Law.Holds(
            Arb.From(
                Gen.ArrayOf(
                    Gen.Elements(
                        "- ",
                        ": ",
                        "? ",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "&a ",
                        "*a",
                        "!!x ",
                        "!<",
                        "|",
                        ">",
                        "'",
                        "\"",
                        "%YAML",
                        "\\x",
                        "\n",
                        "\n  ",
                        "\t",
                        "---\n",
                        "...\n",
                        "#",
                        "a",
                        "1",
                        "~",
                        "<<: ",
                        "\0",
                        "\u2028",
                        "@",
                        "`",
                        "\r",
                        "-1",
                        "é"
                    )
                )
            ),
            2000,
            pieces => Read(string.Concat(pieces))
        );

    [Fact]
    public void Damaged_documents_never_throw()
    {
        var sound = File.ReadAllText(Path.Combine(Repository.CatalogFolder, "taxonomy", "duties.yaml"));
        Law.Holds(
            Arb.From(
                from at in Gen.Choose(0, sound.Length - 1)
                from length in Gen.Choose(0, 40)
                from with in Gen.Elements("", "\"", "[", "}", "\n", "\0", ": ", "\t")
                select sound.Remove(at, Math.Min(length, sound.Length - at)).Insert(at, with)
            ),
            200,
            text => Read(text)
        );
    }
}
