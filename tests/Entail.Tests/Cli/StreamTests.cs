using System.Text.Json;

namespace Entail.Tests.Cli;

/// <summary>What goes where: data to standard output, the same bytes each time; batches in order; color only where it is wanted.</summary>
public sealed class StreamTests
{
    private const string Questions = """
        {"id":"one","license":"mit","acts":["run"]}
        {"id":"two","license":"mit","acts":["rum"]}
        not JSON
        {"id":"four","license":"cc-by-nc-4.0","acts":["run"],"facts":{"comercial":true}}

        {"id":"six","model":"deepseek-ai/deepseek-coder-6.7b-base","acts":["distribute"]}
        {"id":"seven","license":"nothing-anyone-knows","acts":["run"]}
        {"id":"eight","license":"mit","model":"a/b","acts":["run"]}
        [1, 2]
        {"id":"ten","license":"mit","acts":"run"}
        """;

    [Fact]
    public void A_batch_answers_in_order_with_an_error_in_place_of_each_bad_line()
    {
        var run = Command.RunIn(Repository.Root, Questions, null, "ask", "--batch", "-");

        var answers = run.Out.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(3, run.Code);
        Assert.Equal("", run.Error);
        Assert.Equal(
            ["answer one", "error two", "error ", "error four", "answer six", "answer seven", "error eight", "error ", "answer ten"],
            answers.Select(a => $"{a.GetProperty("schema").GetString()!.Split('/')[1]} {Id(a)}")
        );
        Assert.Equal("unclear", answers[5].GetProperty("verdict").GetString());
    }

    [Fact]
    public void A_batch_without_a_bad_line_exits_with_0_whatever_the_answers()
    {
        const string Refused = """{"license":"cc-by-nc-4.0","acts":["run"],"facts":{"commercial":true}}""";

        var run = Command.RunIn(Repository.Root, $"{Refused}\n\n{Refused}", null, "ask", "--batch", "-");

        Assert.Equal(0, run.Code);
        Assert.Equal(2, run.Out.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void What_is_worth_knowing_of_a_model_is_said_beside_the_answer()
    {
        string[] question = ["ask", "01-ai/Yi-34B-Chat", "--do", "run", "--lang", "zh"];

        var told = Command.RunIn(Repository.Root, null, null, question);
        var quiet = Command.RunIn(Repository.Root, null, null, [.. question, "--quiet"]);

        Assert.Contains(Repository.Catalog.FindModel("01-ai/Yi-34B-Chat")!.Note!.Zh, told.Error, StringComparison.Ordinal);
        Assert.Equal("", quiet.Error);
        Assert.Equal(told.Out, quiet.Out);
    }

    [Fact]
    public void Wrong_types_in_a_batch_line_are_errors_not_crashes()
    {
        string[] lines =
        [
            """{"id":7,"license":["mit"],"acts":["run"]}""",
            """{"license":"mit","acts":[["run"]]}""",
            """{"license":"mit","acts":{}}""",
            """{"license":"mit","acts":["run"],"facts":[1]}""",
            """{"license":"mit","acts":["run"],"facts":{"mau":"many"}}""",
            """{"license":"mit","acts":["run"],"of":"both"}""",
            "null",
            "{",
            new string('[', 10_000),
        ];

        var run = Command.RunIn(Repository.Root, string.Join('\n', lines), null, "ask", "--batch", "-");

        Assert.Equal(3, run.Code);
        Assert.Equal("", run.Error);
        var answers = run.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(lines.Length, answers.Length);
        Assert.All(answers, a => Assert.Contains("\"entail/error/v1\"", a, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "examples/merge-of-two-families", "--format", "json", "--date", "2026-11-01")]
    [InlineData("check", "examples/merge-of-two-families", "--lang", "zh", "--date", "2026-11-01")]
    [InlineData("ask", "llama-3.1", "--do", "run,host,sell", "--assume", "none", "--format", "json", "--date", "2026-11-01")]
    [InlineData("faq", "deepseek-1.0", "--format", "html")]
    [InlineData("choose", "--from", "llama-3.1,cc-by-sa-4.0", "--format", "json", "--date", "2026-11-01")]
    public void The_same_question_gives_the_same_bytes(params string[] arguments) =>
        Assert.Equal(Command.Run(arguments), Command.Run(arguments));

    [Fact]
    public void Color_is_for_terminals_and_for_those_who_ask()
    {
        Assert.DoesNotContain('\e', Command.Run("ask", "mit", "--do", "run").Out);
        Assert.Contains('\e', Command.Run("ask", "mit", "--do", "run", "--color", "always").Out);
        Assert.DoesNotContain('\e', Command.Run("ask", "mit", "--do", "run", "--color", "never").Out);
        Assert.DoesNotContain('\e', Command.RunIn(Repository.Root, null, new() { ["NO_COLOR"] = "1" }, "ask", "mit", "--do", "run").Out);
    }

    [Fact]
    public void A_model_is_asked_about_with_the_licenses_that_reach_it()
    {
        var run = Command.Run("ask", "meta-llama/Llama-3.1-8B-Instruct", "--do", "fine-tune,distribute", "--format", "json");

        var answer = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(0, run.Code);
        Assert.Equal("meta-llama/Llama-3.1-8B-Instruct", answer.GetProperty("asked").GetString());
        Assert.Equal("llama-3.1", answer.GetProperty("license").GetString());
        Assert.Contains("name-prefix", answer.GetProperty("duties").EnumerateArray().Select(d => d.GetProperty("id").GetString()));
    }

    [Fact]
    public void An_ambiguous_tag_is_asked_of_what_it_may_mean()
    {
        var run = Command.Run("ask", "gemma", "--do", "distribute", "--format", "json");

        var answer = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal("gemma", answer.GetProperty("asked").GetString());
        Assert.True(run.Code is 0 or 2);
        Assert.NotEmpty(answer.GetProperty("duties").EnumerateArray());
    }

    [Fact]
    public void Without_assumptions_what_was_presumed_is_open()
    {
        var presumed = Command.Run("ask", "llama-3.1", "--do", "host", "--format", "json");
        var open = Command.Run("ask", "llama-3.1", "--do", "host", "--assume", "none", "--format", "json");

        Assert.Equal(0, presumed.Code);
        Assert.NotEmpty(JsonDocument.Parse(presumed.Out).RootElement.GetProperty("assumed").EnumerateArray());
        Assert.Equal(2, open.Code);
        Assert.Empty(JsonDocument.Parse(open.Out).RootElement.GetProperty("assumed").EnumerateArray());
        Assert.NotEmpty(JsonDocument.Parse(open.Out).RootElement.GetProperty("cases").EnumerateArray());
    }

    private static string? Id(JsonElement answer) => answer.TryGetProperty("id", out var id) ? id.GetString() : null;
}
